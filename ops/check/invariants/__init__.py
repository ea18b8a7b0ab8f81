"""The invariants (docs: what must never happen), one small module each, all of one form.

`breaches(city)` yields every breach it finds; an invariant looks only at what it names and leaves
a missing class, policy or voucher to the one whose matter that is.
"""
