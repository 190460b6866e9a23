"""When to try again: waits that double, with jitter, so that a thousand tills do not come back at the same instant."""

from datetime import timedelta

FIRST = timedelta(seconds=2)
LONGEST = timedelta(minutes=2)
BETWEEN_SYNCS = timedelta(seconds=15)
"""How often a till that is online looks for news by itself."""


def wait_after(failures: int, jitter: float, retry_after: timedelta | None = None) -> timedelta:
    """How long to wait after so many failures in a row; `jitter` in [0, 1) spreads it over its upper half.

    What the server asked for (`retry_after`) is the least.
    """
    if failures == 0:
        return BETWEEN_SYNCS
    whole: timedelta = min(FIRST * 2 ** min(failures - 1, 10), LONGEST)
    return max(whole / 2 + whole / 2 * jitter, retry_after or timedelta(0))
