"""How long a scheduled run works: it stops in time, and the next one goes on."""

import time
from collections.abc import Callable


def spent_after(worked_s: float) -> Callable[[], bool]:
    """Says, when asked, whether that many seconds have passed since now."""
    ends_at = time.monotonic() + worked_s
    return lambda: time.monotonic() >= ends_at
