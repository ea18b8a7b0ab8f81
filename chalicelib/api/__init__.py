"""The HTTP edge: one blueprint per resource; parsing, answers and problems, no decision."""
