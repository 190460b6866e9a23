"""The standing table, row by row: who was first, what a void frees, what a reversal takes back."""

from datetime import timedelta

from sqlalchemy import select

from merchant_app.domain.kinds import Fen
from merchant_app.domain.redemption import NOT_GIVEN, Bill, Standing
from merchant_app.server.db.tables import disputes
from merchant_app.wire.events import EventKind
from merchant_app.wire.facts import RowAnswer, RowOutcome
from tests.server.conftest import House
from tests.server.till_client import TillClient, new_redemption_id


def last(till: TillClient) -> RowAnswer:
    """Pushes the till's last row alone."""
    return till.push(till.rows[-1:]).answers[0]


def test_a_void_frees_the_use_and_the_oldest_that_waited_gets_it(house: House) -> None:
    first, second, third = house.till(), house.till(4202), house.till(4203)
    code, at = house.code(), house.clock.at
    rows = [till.redeem(code, at) for till in (first, second, third)]
    assert [till.push().answers[0].standing for till in (first, second, third)] == [
        Standing.CONFIRMED,
        Standing.CONTESTED,
        Standing.CONTESTED,
    ]
    first.void(rows[0].fact_id, house.clock.forward(minutes=1))
    assert last(first).standing is Standing.VOIDED
    (news,) = [each for each in second.events().events if each.kind is EventKind.STANDING]
    assert (news.redemption_id, news.standing) == (rows[1].fact_id, Standing.CONFIRMED)
    assert [each.kind for each in third.events().events if each.kind is EventKind.STANDING] == []
    assert second.push().answers[0].standing is Standing.CONFIRMED
    assert third.push().answers[0].standing is Standing.CONTESTED


def test_a_dispute_names_who_was_first_and_closes_when_that_one_is_voided(house: House) -> None:
    first, second = house.till(), house.till(4202)
    code = house.code()
    row = first.redeem(code, house.clock.at)
    second.redeem(code, house.clock.at)
    first.push()
    dispute_id = second.push().answers[0].dispute_id
    with house.central.database.reading() as connection:
        (kept,) = connection.execute(select(disputes)).all()
    assert (kept.dispute_id, kept.first_redemption_id, kept.outcome) == (dispute_id, row.fact_id, None)
    first.void(row.fact_id, house.clock.forward(minutes=1))
    first.push()
    with house.central.database.reading() as connection:
        assert [each.outcome for each in connection.execute(select(disputes))] == ["first_was_voided"]


def test_a_coupon_of_three_uses_is_confirmed_three_times_and_then_contested(house: House) -> None:
    tills = [house.till(), house.till(4202)]
    code = house.code(offer_index=1)
    standings = []
    for turn in range(4):
        till = tills[turn % 2]
        till.redeem(code, house.clock.forward(minutes=1))
        answer = last(till)
        standings.append((answer.standing, [reason["code"] for reason in answer.reasons]))
    assert standings == [*[(Standing.CONFIRMED, [])] * 3, (Standing.CONTESTED, ["uses_spent"])]


def test_a_late_yes_is_taken_back_by_its_reversal(house: House) -> None:
    till, other = house.till(), house.till(4202)
    code = house.code()
    asked_id = till.ask(code).confirmed[0].redemption_id
    till.reverse(asked_id, house.clock.forward(seconds=5))
    assert till.push().answers[0].standing is Standing.VOIDED
    assert other.ask(code).outcome == "confirmed"
    assert [each.kind for each in other.events().events] == [EventKind.REDEEMED, EventKind.FREED]


def test_the_id_of_a_reversal_that_came_first_is_refused_when_it_comes(house: House) -> None:
    till = house.till()
    late = new_redemption_id()
    till.reverse(late, house.clock.at)
    assert till.push().answers[0].outcome is RowOutcome.STORED
    till.redeem(house.code(), house.clock.at, redemption_id=late)
    answer = last(till)
    assert (answer.standing, answer.reasons) == (Standing.CONTESTED, [{"code": "reversed"}])


def test_only_the_till_that_made_it_may_reverse_or_void_it(house: House) -> None:
    till, other = house.till(), house.till(4202)
    row = till.redeem(house.code(), house.clock.at)
    till.push()
    other.reverse(row.fact_id, house.clock.at)
    other.void(row.fact_id, house.clock.at)
    reversal, void = other.push().answers
    assert reversal.outcome is RowOutcome.STORED
    assert (void.outcome, void.reasons) == (RowOutcome.CONTESTED, [{"code": "not_its_own"}])
    assert till.push().answers[0].standing is Standing.CONFIRMED


def test_a_row_under_another_tills_id_is_contested_and_changes_nothing(house: House) -> None:
    till, other = house.till(), house.till(4202)
    row = till.redeem(house.code(), house.clock.at)
    till.push()
    other.redeem(house.code(), house.clock.at, redemption_id=row.fact_id)
    answer = other.push().answers[0]
    assert (answer.outcome, answer.reasons, answer.standing) == (RowOutcome.CONTESTED, [{"code": "id_taken"}], None)


def test_a_void_within_two_minutes_is_always_good_and_later_only_within_the_offers_terms(house: House) -> None:
    till = house.till()
    at = house.clock.at
    rows = [till.redeem(house.code(), at) for _ in range(2)]
    house.clock.forward(hours=3)
    till.void(rows[0].fact_id, at + timedelta(minutes=59))
    till.void(rows[1].fact_id, at + timedelta(minutes=90))
    *_, good, late = till.push().answers
    assert good.standing is Standing.VOIDED
    assert (late.outcome, late.reasons) == (RowOutcome.CONTESTED, [{"code": "void_not_allowed"}])


def test_what_was_never_given_can_be_taken_back_whenever_the_cashier_says_so(house: House) -> None:
    till, code = house.till(), house.code()
    row = till.redeem(code, house.clock.at)
    till.void(row.fact_id, house.clock.forward(hours=20), NOT_GIVEN)
    assert till.push().answers[1].standing is Standing.VOIDED
    assert house.till(4202).ask(code).outcome == "confirmed"


def test_voiding_one_coupon_of_a_bill_leaves_the_others_as_they_are(house: House) -> None:
    till, bill = house.till(), Bill("one-bill", Fen(12_000))
    rows = [till.redeem(house.code(), house.clock.at, bill=bill) for _ in range(2)]
    till.void(rows[0].fact_id, house.clock.at)
    assert [answer.standing for answer in till.push().answers] == [
        Standing.VOIDED,
        Standing.CONFIRMED,
        Standing.VOIDED,
    ]
