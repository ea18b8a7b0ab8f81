"""The demo: a sample city's whole year, played through the front doors only.

Here: the story's player, its clock, its clients, and the cloud it plays on; `make up`, which
plays its first scenes in a city that stays.
Not here: any reading of a table; the closing check alone takes a dump.
"""
