"""The subsidy of one voucher, exact to the fen, in the order the policy states (notice 三.(四)).

standard → uplift → ratio → mode factor → caps → fixed lines → rounding → top-ups → instalments;
amounts are fractions of a fen until they are rounded, once.
"""
