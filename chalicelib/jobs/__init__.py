"""The city's other edges: schedules, queues. A handler translates and calls one use case."""
