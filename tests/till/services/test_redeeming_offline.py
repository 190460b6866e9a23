"""Redeeming while the server is away: judged here, written down, and only then accepted."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from merchant_app.domain.kinds import ANY_OUTLET
from merchant_app.domain.redemption import Standing, TimeFrom
from merchant_app.errors import LedgerUnwritableError
from merchant_app.till.db import facts, redemptions
from merchant_app.till.db.connection import ReadOnlyLedger
from merchant_app.till.parts import Outside, build_parts
from merchant_app.till.remote import Identity
from merchant_app.till.services.answers import BillWanted, NotRedeemed, Redeemed, Usable
from tests.fakes import FakeClock
from tests.till.made_till import NOON, ROOT_KEY, MadeTill, bearer, bill, document, hold, make_till


@pytest.fixture
def till(tmp_path: Path) -> MadeTill:
    return make_till(tmp_path, catalogue_of=[document()])


def codes(answer: object) -> list[str]:
    assert isinstance(answer, NotRedeemed)
    return [reason.code for reason in answer.reasons]


def test_a_good_coupon_is_redeemed_and_stands_provisional(till: MadeTill) -> None:
    answer = till.parts.redeeming.present(hold(), bill())
    assert isinstance(answer, Redeemed)
    assert answer.standing is Standing.PROVISIONAL
    assert (answer.redemption.amount_off_fen, answer.redemption.payable_fen) == (2000, 10_800)
    with till.parts.ledger.reading() as db:
        assert redemptions.find(db, answer.redemption.redemption_id) is not None
        assert facts.count_waiting(db) == 1


def test_what_was_redeemed_is_there_after_a_restart(till: MadeTill) -> None:
    answer = till.parts.redeeming.present(hold(), bill())
    assert isinstance(answer, Redeemed)
    again = till.restart()
    with again.parts.ledger.reading() as db:
        stored = redemptions.find(db, answer.redemption.redemption_id)
    assert stored is not None
    assert stored.redemption == answer.redemption


def test_the_bill_is_asked_for_and_nothing_is_written(till: MadeTill) -> None:
    assert isinstance(till.parts.redeeming.present(hold(), bill(None)), BillWanted)
    with till.parts.ledger.reading() as db:
        assert facts.count_waiting(db) == 0


def test_looking_redeems_nothing(till: MadeTill) -> None:
    assert isinstance(till.parts.redeeming.present(hold(), bill(), redeem=False), Usable)
    with till.parts.ledger.reading() as db:
        assert facts.count_waiting(db) == 0


def test_a_second_use_is_refused(till: MadeTill) -> None:
    first = till.parts.redeeming.present(hold(), bill())
    assert isinstance(first, Redeemed)
    till.parts.redeeming.shown(first.redemption.redemption_id)
    assert codes(till.parts.redeeming.present(hold(), bill(bill_id="next"))) == ["already_redeemed"]


def test_a_redemption_that_was_never_shown_is_shown_again_and_not_spent_twice(till: MadeTill) -> None:
    first = till.parts.redeeming.present(hold(), bill())
    again = till.restart().parts.redeeming.present(hold(), bill())
    assert isinstance(first, Redeemed)
    assert isinstance(again, Redeemed)
    assert again.before
    assert again.redemption == first.redemption


def test_paper_for_any_outlet_needs_the_network(till: MadeTill) -> None:
    assert codes(till.parts.redeeming.present(bearer(outlet=ANY_OUTLET), bill())) == ["offline_not_allowed"]


def test_two_threads_redeem_one_coupon_once(till: MadeTill) -> None:
    """However often the same code is shown at once, its one use is spent once."""
    answers: list[object] = []
    start = threading.Barrier(4)

    def show(number: int) -> None:
        start.wait()
        answers.append(till.parts.redeeming.present(bearer(), bill(bill_id=str(number))))

    threads = [threading.Thread(target=show, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    new = [answer for answer in answers if isinstance(answer, Redeemed) and not answer.before]
    assert len(answers) == 4
    assert len(new) == 1
    with till.parts.ledger.reading() as db:
        assert redemptions.unanswered(db).count == 1


def test_offline_limits_count_what_the_server_has_not_answered(tmp_path: Path) -> None:
    till = make_till(tmp_path, catalogue_of=[document(offline={"mode": "outlet_bound", "till_max_count": 2})])
    for serial in (1, 2):
        assert isinstance(till.parts.redeeming.present(bearer(serial), bill(bill_id=str(serial))), Redeemed)
    assert codes(till.parts.redeeming.present(bearer(3), bill(bill_id="3"))) == ["offline_cap"]


def test_a_refused_attempt_is_a_fact_too(till: MadeTill) -> None:
    assert codes(till.parts.redeeming.present(hold(), bill(5000))) == ["below_min_spend"]
    with till.parts.ledger.reading() as db:
        rows = facts.waiting(db, 10)
    assert [row.kind.value for row in rows] == ["refused_attempt"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("https://example.com/c/123", "not_a_coupon"),
        ("134567890123456789", "not_a_coupon"),
        ("", "not_a_coupon"),
        ("9" * 215, "malformed"),
        ("1" * 214, "malformed"),
        ("6901234567892", "not_a_coupon"),
        ("x" * 100_000, "not_a_coupon"),
    ],
)
def test_what_is_no_coupon_is_named(till: MadeTill, text: str, code: str) -> None:
    assert codes(till.parts.redeeming.present(text, bill())) == [code]


def test_a_hold_is_refused_once_the_floor_has_passed_its_end(till: MadeTill) -> None:
    till.clock.pass_by(minutes=7)
    assert codes(till.parts.redeeming.present(hold(), bill())) == ["hold_expired"]


def test_a_clock_set_back_does_not_bring_a_hold_to_life(till: MadeTill) -> None:
    """The floor is carried on by a clock that nobody can set, and kept through a restart."""
    till.clock.pass_by(minutes=10)
    till.parts.redeeming.present(hold(2, held_at=till.clock.at), bill())
    wrong = FakeClock(NOON - timedelta(days=1))
    restarted = till.restart(clock=wrong)
    assert codes(restarted.parts.redeeming.present(hold(), bill(bill_id="next"))) == ["hold_expired"]


def test_a_clock_years_off_is_not_believed_and_the_row_says_so(till: MadeTill) -> None:
    till.clock.set_wrong(NOON + timedelta(days=900))
    answer = till.parts.redeeming.present(hold(), bill())
    assert isinstance(answer, Redeemed)
    assert answer.redemption.moment.time_from is TimeFrom.FLOOR
    assert till.parts.clock.state().defended


def test_the_hold_itself_is_a_signed_time(till: MadeTill) -> None:
    later = NOON + timedelta(hours=3)
    till.parts.redeeming.present(hold(held_at=later), bill())
    assert till.parts.clock.floor() >= later  # type: ignore[operator]


def test_only_what_an_earlier_run_left_behind_is_asked_about(till: MadeTill) -> None:
    """A redemption that is about to be painted is no question to the cashier; after a crash it is one."""
    till.parts.redeeming.present(hold(), bill())
    assert till.parts.recovering.unfinished() == []
    (asked,) = till.restart().parts.recovering.unfinished()
    assert (asked.amount_off_fen, asked.bill_fen) == (2000, 12_800)


@pytest.mark.parametrize("code", [bearer(), hold()], ids=["paper", "phone"])
def test_both_uses_of_a_coupon_may_be_taken_on_one_bill(tmp_path: Path, code: str) -> None:
    """A use on this bill is written down like any other: it is counted once."""
    two_uses = {"uses": 2, "stacks_with": "any", "max_per_bill": 3}
    till = make_till(tmp_path, catalogue_of=[document(offline={"mode": "open"}, offer=two_uses)])
    for _ in range(2):
        answer = till.parts.redeeming.present(code, bill())
        assert isinstance(answer, Redeemed), answer
        till.parts.redeeming.shown(answer.redemption.redemption_id)
    assert codes(till.parts.redeeming.present(code, bill())) == ["uses_spent"]
    till.parts.close()


def test_looking_works_beside_the_till_that_is_open_and_cannot_write(till: MadeTill) -> None:
    outside = Outside(wall=till.clock.wall, monotonic=till.clock.monotonic)
    identity = Identity("http://127.0.0.1:9", "till-1", SigningKey(b"t" * 32), ROOT_KEY.verify_key)
    beside = build_parts(ReadOnlyLedger(till.parts.ledger.path), identity, outside, lambda: "03")
    assert isinstance(beside.redeeming.present(hold(), bill(), redeem=False), Usable)
    with pytest.raises(LedgerUnwritableError):
        beside.redeeming.present(hold(), bill())
    till.parts.redeeming.present(hold(), bill())
    assert codes(beside.redeeming.present(hold(), bill(bill_id="next"), redeem=False)) == ["already_redeemed"]
    beside.close()
