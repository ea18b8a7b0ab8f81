"""What a policy changes: between two of them, said in sentences; over the past, counted.

Nothing here writes to a city. Here: `diff` (sides, comparing, wording, sentences) and `replay`
(history, verdict, tally, chart). Not here: the commands; and what a policy decides, which
chalicelib.policy says.
"""
