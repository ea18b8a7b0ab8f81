"""The commands of voucherctl, one module per noun: each reads its arguments, calls, prints."""
