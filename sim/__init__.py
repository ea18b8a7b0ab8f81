"""What the city meets outside: sample city, bank, national platform, workers' apps, token issuer.

Everything here stands in for somebody else. It speaks to the system only through files, queues
and HTTP, and nothing of it ships in a function.
"""
