"""When to try again: waits double up to the longest, spread by chance, and never undercut what the server asked."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from merchant_app.domain.backoff import BETWEEN_SYNCS, FIRST, LONGEST, wait_after

parts = st.floats(0, 1, exclude_max=True)


def test_without_a_failure_it_is_the_usual_wait() -> None:
    assert wait_after(0, 0.5) == BETWEEN_SYNCS


@given(st.integers(1, 10**6), parts)
def test_a_wait_is_between_half_of_its_length_and_all_of_it(failures: int, jitter: float) -> None:
    whole = min(FIRST * 2 ** min(failures - 1, 20), LONGEST)
    assert whole / 2 <= wait_after(failures, jitter) <= whole


@given(st.integers(1, 50), parts)
def test_waits_do_not_get_shorter_with_more_failures(failures: int, jitter: float) -> None:
    assert wait_after(failures, jitter) <= wait_after(failures + 1, jitter)


@given(st.integers(1, 50), parts, st.integers(0, 7200))
def test_what_the_server_asked_for_is_the_least(failures: int, jitter: float, seconds: int) -> None:
    asked = timedelta(seconds=seconds)
    assert wait_after(failures, jitter, asked) >= asked
