"""The voucher city: everything that ships in a function, and nothing that does not."""
