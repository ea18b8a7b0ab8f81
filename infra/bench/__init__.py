"""`make bench`: what the city costs, measured, each part a module that can be run alone by name.

A part has `measure()`, which gives frozen structs, and `table()`, which shows them in Markdown.
Where the figures are kept stands in __main__.py; nothing here is judged.
"""
