"""Where facts live: one module per owner, its table model private to it.

Store code alone reads AWS error codes; what it raises are the city's errors.
"""
