"""After any history of redemptions, late pushes, voids, disputes, resolutions and closings the lines add up."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from merchant_app.domain.disputes import Outcome
from tests.server.postgres import PrivatePostgres
from tests.server.settling.histories import START_DAY, History, opened, recounted, settled

who = st.integers(0, 1)
steps = st.one_of(
    st.tuples(st.just("redeem"), who, st.integers(0, 2)),
    st.tuples(st.just("at both"), st.integers(0, 2)),
    st.tuples(st.just("too much"), who, st.integers(0, 2)),
    st.tuples(st.just("again"), who, st.integers(0, 2)),
    st.tuples(st.just("void"), who),
    st.tuples(st.just("push"), who),
    st.tuples(st.just("push"), who),
    st.tuples(st.just("resolve"), st.sampled_from(Outcome)),
    st.tuples(st.just("revoke"), st.just(1)),
    st.tuples(st.just("days"), st.integers(1, 3)),
    st.tuples(st.just("close")),
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest) -> PrivatePostgres | None:
    return None if request.param == "sqlite" else request.getfixturevalue("postgres")


def happen(history: History, step: tuple[object, ...]) -> None:
    """A step is called by its name: with what is taken off, or under an id that was used already."""
    name, *values = step
    acts: dict[object, Callable[..., None]] = {
        "redeem": history.redeem,
        "at both": history.redeem_at_both,
        "too much": partial(history.redeem, off=2500),
        "again": partial(history.redeem, off=1500, again=True),
        "void": history.void,
        "push": history.push,
        "revoke": history.revoke,
        "resolve": history.resolve,
        "days": history.pass_days,
        "close": history.close,
    }
    acts[name](*values)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=st.lists(steps, min_size=4, max_size=25))
def test_the_lines_of_an_outlet_add_up_to_what_is_owed(
    new_database: PrivatePostgres | None, story: list[tuple[object, ...]]
) -> None:
    url = None if new_database is None else new_database.new_database()
    with opened(url) as history:
        for step in story:
            happen(history, step)
            assert_it_adds_up(history, just_closed=step == ("close",))
        for till in (0, 1):
            history.push(till)
        history.pass_days(40)
        history.close()
        assert_it_adds_up(history, just_closed=True)
    if new_database is not None and url is not None:
        new_database.drop(url)


def assert_it_adds_up(history: History, *, just_closed: bool) -> None:
    if not history.closed:
        return
    periods = [closed.period for closed in history.closed]
    assert periods[0].first_day == START_DAY
    assert all((after.first_day - before.last_day).days == 1 for before, after in pairwise(periods))
    for period, as_closed in zip(periods, history.as_closed, strict=True):
        assert history.stored(period.period_index) == as_closed
    numbers = [row[1] for closed in history.as_closed for row in closed if len(row) == 11]
    assert numbers == list(range(1, len(numbers) + 1))
    if just_closed:
        with history.central.database.reading() as connection:
            assert settled(connection) == recounted(connection, periods[-1].last_day)
