"""The apps' push gateway, simulated: it knows one queue and the published schemas, nothing else.

Here: reading notices, checking them, and what the apps' users would see. Not here: the city.
"""
