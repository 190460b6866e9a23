"""The demo's world is the real thing: a server process, an enrolled till, customers whose coupons are genuine."""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from merchant_app.demo.customers import Kind
from merchant_app.demo.morning import CASHIER, VISITS, told
from merchant_app.demo.world import World
from merchant_app.domain.judging.reasons import NotACoupon
from merchant_app.domain.redemption import Bill, Standing
from merchant_app.till.parts import Parts, open_parts
from merchant_app.till.services.answers import Answer, BillWanted, NotRedeemed, Redeemed


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """One for all: each test lets other customers come."""
    with World() as opened:
        yield opened


@pytest.fixture
def till(world: World) -> Iterator[Parts]:
    parts = open_parts(world.till_dir, world.outside, lambda: CASHIER)
    parts.syncing.sync()
    yield parts
    parts.close()


def show(world: World, till: Parts, kind: Kind) -> Answer:
    customer = world.queue.next(kind)
    shown = world.wallet.shown(customer)
    assert shown is not None
    answer = till.redeeming.present(shown.text, Bill(world.outside.new_id(), customer.bill_fen))
    if isinstance(answer, Redeemed):
        till.redeeming.shown(answer.redemption.redemption_id)
    return answer


def test_the_day_so_far_is_confirmed_and_known_to_both(world: World, till: Parts) -> None:
    redeemed = [visit for visit in VISITS if visit.kind is not Kind.SHORT]
    stored = world.stored()
    assert stored.confirmed >= len(redeemed)
    assert stored.confirmed == stored.total
    today = till.looking.business_day()
    rows = till.looking.days(today - timedelta(days=1), today).report.rows[: len(redeemed)]
    assert {row.standing for row in rows} == {Standing.CONFIRMED}
    assert [row.redemption.bill.bill_fen for row in rows] == [visit.bill_fen for visit in redeemed]
    assert [row.redemption.cashier for row in rows] == [visit.cashier for visit in redeemed]


@pytest.mark.parametrize("kind", [Kind.GOOD, Kind.SHARED, Kind.ANY_OUTLET])
def test_good_coupons_are_redeemed_with_the_servers_yes(world: World, till: Parts, kind: Kind) -> None:
    answer = show(world, till, kind)
    assert isinstance(answer, Redeemed)
    assert answer.standing is Standing.CONFIRMED


@pytest.mark.parametrize(
    ("kind", "reasons"),
    [
        (Kind.SHORT, ["below_min_spend"]),
        (Kind.EXPIRED, ["expired"]),
        (Kind.OTHER_SHOP, ["wrong_outlet"]),
        (Kind.USED, ["already_redeemed"]),
        (Kind.PAYMENT, [NotACoupon.code]),
    ],
)
def test_bad_ones_are_refused_for_the_one_reason_that_is_shown(
    world: World, till: Parts, kind: Kind, reasons: list[str]
) -> None:
    answer = show(world, till, kind)
    assert isinstance(answer, NotRedeemed)
    assert [reason.code for reason in answer.reasons] == reasons


def test_one_waits_for_the_bill(world: World, till: Parts) -> None:
    assert isinstance(show(world, till, Kind.NEEDS_BILL), BillWanted)


def test_without_the_plug_holds_are_good_and_any_outlet_paper_is_not(world: World, till: Parts) -> None:
    world.plug.pull()
    try:
        held, paper = show(world, till, Kind.GOOD), show(world, till, Kind.ANY_OUTLET)
    finally:
        world.plug.put_back()
    assert isinstance(held, Redeemed)
    assert held.standing is Standing.PROVISIONAL
    assert isinstance(paper, NotRedeemed)
    assert [reason.code for reason in paper.reasons] == ["offline_not_allowed"]


def test_a_hold_is_kept_while_it_runs_and_the_queue_has_theirs_when_the_server_stops(world: World) -> None:
    now, later = world.queue.coming(3)[:2]
    first = world.wallet.shown(now)
    world.stop_server()
    try:
        assert not world.server.is_running
        assert world.wallet.shown(now) == first
        assert world.wallet.shown(later) is not None
        stranger = world.queue.coming(30)[29]
        assert world.wallet.shown(stranger) is None
    finally:
        world.start_server()
    assert world.wallet.shown(stranger) is not None


def test_stopped_midway_it_leaves_neither_process_nor_folder() -> None:
    opened = World()

    def be_interrupted() -> None:
        with opened:
            left.append(opened.server.pid or 0)
            raise KeyboardInterrupt

    left: list[int] = []
    with pytest.raises(KeyboardInterrupt):
        be_interrupted()
    with pytest.raises(ProcessLookupError):
        os.kill(left[0], 0)
    assert not opened.till_dir.parent.exists()


def test_a_folder_that_was_asked_for_is_kept_and_never_mixed(tmp_path: Path) -> None:
    worlds = [World(tmp_path / "demo") for _ in range(2)]
    assert len({each.till_dir for each in worlds}) == 2
    for each in worlds:
        each.close()
    assert len(list((tmp_path / "demo").iterdir())) == 2


@pytest.mark.parametrize(
    ("now", "began"),
    [
        ("2026-06-30T09:59:00+08:00", "2026-06-30T01:59:00+08:00"),
        ("2026-06-30T10:05:00+08:00", "2026-06-30T09:05:00+08:00"),
        ("2026-06-30T13:00:00+08:00", "2026-06-30T10:00:00+08:00"),
        ("2026-06-30T23:00:00+08:00", "2026-06-30T15:00:00+08:00"),
        ("2026-07-01T03:00:00+08:00", "2026-06-30T19:00:00+08:00"),
    ],
)
def test_the_day_so_far_is_told_from_when_the_shop_opened(now: str, began: str) -> None:
    assert datetime.fromisoformat(now) - told(datetime.fromisoformat(now)) == datetime.fromisoformat(began)
