"""The voucher city: everything that ships in a function, and nothing that does not."""

import gc

# What a function imports lives as long as its process. Python looks for garbage at every 700 new
# objects, which is a fourteenth of a cold start; there is little to find before 10,000.
gc.set_threshold(10_000)
