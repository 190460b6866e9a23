"""The whole of a round campaign from the console, and its totals counted anew from what the tills wrote down."""

from collections import Counter as Count
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser

from tests.server.conftest import Clock, House
from tests.server.jiangbei.campaign import BEGINS, Whole, whole_campaign
from tests.server.jiangbei.pages import look_at_every_page
from tests.server.jiangbei.recount import Sums, Taken, by, claimed, sums, taken

SHARE = 40


def test_a_campaign_is_made_claimed_empty_redeemed_settled_and_reported_to_the_fen(
    start: Callable[[], House], clock: Clock, chromium: Browser
) -> None:
    clock.at = BEGINS
    with whole_campaign(start(), SHARE) as whole:
        assert_to_the_fen(whole)
        if whole.house.central.database.is_sqlite:  # what a page shows does not depend on the engine
            assert len(look_at_every_page(whole, chromium)) == 50


def assert_to_the_fen(whole: Whole) -> None:
    """The report and the settlements say what an independent recount says."""
    with whole.house.central.database.reading() as connection:
        rows, by_channel = taken(connection), claimed(connection, whole.campaign_id)
    assert len(rows) > 0
    assert any(not row.is_kept for row in rows)
    assert whole.resolved
    _claims_are_as_answered(whole, by_channel)
    _report_is_the_recount(whole, rows, by_channel)
    _settlements_are_the_recount(whole, rows)


def _claims_are_as_answered(whole: Whole, by_channel: dict[str, int]) -> None:
    answered = Count(channel for rush in whole.rushes for channel, *_ in set(rush.coupons))
    assert by_channel == answered
    assert sum(answered.values()) == sum(sum(stock.values()) for stock in whole.stock)


def _report_is_the_recount(whole: Whole, rows: list[Taken], by_channel: dict[str, int]) -> None:
    report = whole.desk.report(whole.campaign_id)
    assert report["left_stale"] == 0
    assert _figures(report["total"]) == sums(rows)
    assert report["total"]["claimed"] == sum(by_channel.values())
    assert report["total"]["voided"] == sum(not row.is_kept for row in rows)
    lines = {each["by"]: {line["key"]: line for line in each["lines"]} for each in report["breakdowns"]}
    assert {key: line["claimed"] for key, line in lines["channel"].items()} == by_channel
    for name, column in (("outlet", "outlet_id"), ("round", "round_index"), ("offer", "offer_index")):
        counted = {key: _figures(line) for key, line in lines[name].items() if line["redeemed"]}
        assert counted == by(rows, column)


def _settlements_are_the_recount(whole: Whole, rows: list[Taken]) -> None:
    """Two periods together; the second has what came late for the first."""
    first, second = (whole.desk.owed_in(whole.campaign_id, number) for number in (1, 2))
    owed: dict[int, int] = defaultdict(int)
    for row in rows:
        if row.is_kept and whole.resolved.get(row.redemption_id, True):
            owed[row.outlet_id] += row.amount_off_fen
    paid = {each: first.get(each, 0) + second.get(each, 0) for each in {*first, *second}}
    assert {each: fen for each, fen in paid.items() if fen} == {each: fen for each, fen in owed.items() if fen}
    assert sum(first.values()) > 0


def _figures(line: dict[str, Any]) -> Sums:
    return Sums(line["redeemed"], line["amount_off_fen"], line["bill_fen"])
