"""The city's other edges: schedules, queues, a stream. A handler translates and calls use cases."""
