"""The story's scenes, one module per kind of deed: each acts through a front door and
looks at the answer. None reads a table."""
