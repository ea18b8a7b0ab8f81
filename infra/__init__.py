"""What carries the system: the template, its packaging, the local cloud and deployment.

Nothing here ships in a function, and nothing here knows a rule of the vouchers.
"""
