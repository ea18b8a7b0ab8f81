"""A bank as the city meets it: two queues and a key, nothing else in common.

Here: what the bank understands, decides, remembers and answers. Not here: anything of the
city's code; a test keeps this program free of it.
"""
