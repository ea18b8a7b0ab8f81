"""What every party has that is asked on one queue and answers on another.

Here: hearing messages, opening their sealed parts, keeping letters until they left, the clock
and the arguments of such a program. Not here: what any party makes of what it hears.
"""
