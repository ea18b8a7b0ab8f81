"""The operator's side: the command `voucherctl`, the demo, the checker of a dump.

Here: what an operator runs from his own machine. Not here: anything that ships in a
function; of chalicelib only rules, policy and the store's dump may be imported.
"""
