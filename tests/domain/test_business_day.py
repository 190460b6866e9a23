"""The business day in figures: every table adds up to the rows, whatever they are."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merchant_app.domain.business_day import (
    DayReport,
    Group,
    ReportRow,
    Tally,
    bounds,
    business_day,
    day_report,
)
from merchant_app.domain.judging import Network
from merchant_app.domain.kinds import CampaignId, Fen, RedemptionId, Serial, TillId
from merchant_app.domain.redemption import Bill, Moment, Redemption, RefusedAttempt, Standing, TimeFrom
from tests.domain.building import HERE, SHANGHAI, at

DAY = date(2022, 6, 28)
NOON = at(2022, 6, 28, 12)


def a_row(
    number: int = 1,
    redeemed_at: datetime = NOON,
    standing: Standing = Standing.CONFIRMED,
    *,
    off: int = 2000,
    bill: str = "b1",
    bill_fen: int | None = 10000,
    offer_index: int = 0,
    cashier: str = "02",
    standing_at: datetime | None = None,
) -> ReportRow:
    redemption = Redemption(
        redemption_id=RedemptionId(f"id-{number}"),
        till_id=TillId("till-1"),
        outlet_id=HERE,
        cashier=cashier,
        campaign_id=CampaignId(20220628),
        serial=Serial(number),
        round_index=0,
        offer_index=offer_index,
        holder_tag=None,
        code=None,
        coupon_number=None,
        bill=Bill(bill, None if bill_fen is None else Fen(bill_fen)),
        amount_off_fen=Fen(off),
        payable_fen=None,
        checked=(),
        network=Network.OFFLINE,
        catalogue_version=1,
        moment=Moment(redeemed_at, TimeFrom.WALL, None),
    )
    return ReportRow(redemption, standing, standing_at)


def an_attempt(number: int, attempted_at: datetime, *reasons: str) -> RefusedAttempt:
    moment = Moment(attempted_at, TimeFrom.WALL, None)
    return RefusedAttempt(f"a-{number}", "02", None, None, None, reasons, Bill("b"), moment)


def report(rows: Sequence[ReportRow], refused: Sequence[RefusedAttempt] = (), **changes: object) -> DayReport:
    given = {"first_day": DAY, "last_day": DAY, "zone": SHANGHAI}
    return day_report(rows, refused, **(given | changes))


row_lists = st.lists(
    st.builds(
        a_row,
        st.integers(1, 10**6),
        st.integers(-1440, 2 * 1440).map(lambda minutes: NOON + timedelta(minutes=minutes)),
        st.sampled_from(Standing),
        off=st.integers(0, 5000),
        bill=st.sampled_from(["b1", "b2", "b3"]),
        bill_fen=st.just(10000),
        offer_index=st.integers(0, 2),
        cashier=st.sampled_from(["01", "02"]),
    ),
    max_size=12,
    unique_by=lambda row: row.redemption.redemption_id,
)


def total(tallies: Sequence[Tally]) -> Tally:
    return sum(tallies, Tally())


@given(row_lists, st.sampled_from([time(0), time(4), time(23, 30)]))
def test_every_table_adds_up_to_the_rows(rows: list[ReportRow], cut_over: time) -> None:
    made = report(rows, last_day=DAY + timedelta(days=1), cut_over=cut_over)
    assert made.taken.count == len(made.rows)
    assert made.taken.amount_off_fen == sum(row.redemption.amount_off_fen for row in made.rows)
    assert made.taken == total([tally for _, tally in made.by_standing])
    voided = dict(made.by_standing)[Standing.VOIDED]
    assert made.kept + voided == made.taken
    tables: list[tuple[Group, ...]] = [made.by_day, made.by_hour, made.by_offer, made.by_cashier, made.by_channel]
    for groups in tables:
        assert total([group.taken for group in groups]) == made.taken
        assert total([group.kept for group in groups]) == made.kept
        assert len({group.key for group in groups}) == len(groups)


@given(row_lists)
def test_a_bill_is_driven_once_however_many_coupons_are_on_it(rows: list[ReportRow]) -> None:
    made = report(rows)
    bills = {row.redemption.bill.bill_id for row in made.rows}
    kept = {row.redemption.bill.bill_id for row in made.rows if row.standing is not Standing.VOIDED}
    assert made.taken.bill_fen == 10000 * len(bills)
    assert made.kept.bill_fen == 10000 * len(kept)


@given(row_lists, st.randoms())
def test_the_order_in_which_rows_come_does_not_matter(rows: list[ReportRow], random: object) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert report(shuffled) == report(rows)


@given(row_lists)
def test_days_one_by_one_make_up_the_range(rows: list[ReportRow]) -> None:
    """But for bills, which a range counts once."""
    days = [DAY - timedelta(days=1), DAY, DAY + timedelta(days=1)]
    single = [report(rows, first_day=day, last_day=day) for day in days]
    whole = report(rows, first_day=days[0], last_day=days[-1])
    assert whole.taken.count == sum(made.taken.count for made in single)
    assert whole.taken.amount_off_fen == sum(made.taken.amount_off_fen for made in single)
    assert [group.key for group in whole.by_day] == [
        day for day, made in zip(days, single, strict=True) if made.taken.count
    ]


@pytest.mark.parametrize(
    ("instant", "cut_over", "day"),
    [
        (at(2022, 6, 28), time(0), DAY),
        (at(2022, 6, 27, 23, 59), time(0), date(2022, 6, 27)),
        (at(2022, 6, 29, 3, 59), time(4), DAY),
        (at(2022, 6, 29, 4), time(4), date(2022, 6, 29)),
        (datetime(2022, 6, 27, 16, tzinfo=UTC), time(0), DAY),
    ],
)
def test_a_business_day_begins_at_its_cut_over_on_the_outlets_clock(
    instant: datetime, cut_over: time, day: date
) -> None:
    assert business_day(instant, SHANGHAI, cut_over) == day


@given(
    st.sampled_from(["Asia/Shanghai", "Europe/London", "America/Havana"]),
    st.dates(date(2022, 1, 1), date(2022, 12, 31)),
    st.sampled_from([time(0), time(4), time(6, 30)]),
    st.integers(-2, 26 * 60),
)
def test_the_bounds_of_a_day_hold_what_belongs_to_it(name: str, day: date, cut_over: time, minutes: int) -> None:
    zone = ZoneInfo(name)
    start, end = bounds(day, day, zone, cut_over)
    instant = start + timedelta(minutes=minutes)
    assert (start <= instant < end) is (business_day(instant, zone, cut_over) == day)


def test_a_voided_coupon_leaves_its_bill_to_the_others_on_it() -> None:
    first, second = a_row(1, standing=Standing.VOIDED), a_row(2, NOON + timedelta(minutes=1))
    made = report([first, second])
    assert made.taken == Tally(2, Fen(4000), Fen(10000))
    assert made.kept == Tally(1, Fen(2000), Fen(10000))


def test_a_bill_that_was_not_given_drives_nothing() -> None:
    assert report([a_row(bill_fen=None)]).taken == Tally(1, Fen(2000), Fen(0))


def test_hours_are_listed_from_the_cut_over_on() -> None:
    rows = [a_row(n, at(2022, 6, 28 + (hour < 4), hour)) for n, hour in enumerate([1, 23, 4, 12])]
    made = report(rows, cut_over=time(4))
    assert [group.key for group in made.by_hour] == [4, 12, 23, 1]


def test_the_largest_offer_and_cashier_come_first() -> None:
    rows = [a_row(1, off=100, cashier="01"), a_row(2, off=900, offer_index=1), a_row(3, off=50, cashier="01")]
    made = report(rows)
    assert [(group.key.offer_index, group.taken.amount_off_fen) for group in made.by_offer] == [(1, 900), (0, 150)]
    assert [group.key for group in made.by_cashier] == ["02", "01"]


def test_refusals_are_counted_once_each_and_by_each_reason() -> None:
    attempts = [
        an_attempt(1, NOON, "expired", "wrong_outlet"),
        an_attempt(2, NOON, "expired"),
        an_attempt(3, NOON - timedelta(days=1), "expired"),
    ]
    made = report([], attempts)
    assert made.refused == 2
    assert made.by_reason == (("expired", 2), ("wrong_outlet", 1))


def test_what_changed_after_the_day_is_a_dated_adjustment() -> None:
    next_day = at(2022, 6, 29, 9)
    late = a_row(1, standing=Standing.CONTESTED, standing_at=next_day)
    rows = [
        late,
        a_row(2, standing=Standing.VOIDED, standing_at=NOON + timedelta(minutes=1)),
        a_row(3, standing=Standing.CONFIRMED, standing_at=next_day),
        replace(a_row(4), standing=Standing.VOIDED),
    ]
    made = report(rows)
    assert [(change.row, change.day, change.at) for change in made.adjustments] == [(late, DAY, next_day)]


def test_a_day_without_anything_is_all_noughts() -> None:
    made = report([])
    assert made.taken == made.kept == Tally()
    assert made.rows == made.by_hour == made.by_reason == made.adjustments == ()
    assert [standing for standing, _ in made.by_standing] == list(Standing)
