"""A dispute is resolved once, by the operator, with a note; the redemption, its payer and its till follow."""

import pytest

from merchant_app.domain.disputes import About, Outcome, Payer
from merchant_app.domain.kinds import Fen, RedemptionId, TillId
from merchant_app.domain.redemption import Standing
from merchant_app.server.services.enrolling import revoke
from merchant_app.server.services.resolving import NotResolved, note_of_outlet, resolve
from merchant_app.server.services.settling.reserve import reserve_of, state_reserve
from merchant_app.wire.facts import RowOutcome
from tests.server.conftest import House
from tests.server.disputes.opened import BY, a_double, decide, news_of, only_dispute, stands
from tests.server.documents import CAMPAIGN_ID


@pytest.mark.parametrize(
    ("outcome", "standing", "payer"),
    [
        (Outcome.CAMPAIGN_PAYS, "resolved", "campaign"),
        (Outcome.OUTLET_PAYS, "resolved", "outlet"),
        (Outcome.FRAUD, "resolved", "outlet"),
        (Outcome.VOIDED, "voided", None),
    ],
)
def test_a_resolved_double_has_its_standing_and_payer_and_its_till_is_told(
    house: House, outcome: Outcome, standing: str, payer: str | None
) -> None:
    first, second = house.till(), house.till(4202)
    one, two, dispute_id = a_double(house, first, second)
    assert only_dispute(house).proposed_payer == Payer.CAMPAIGN
    done = decide(house, dispute_id, outcome)
    assert (done.outcome, done.resolved_by, done.note, done.closed_at) == (
        outcome, BY, "looked at both", house.clock.at,
    )  # fmt: skip
    assert stands(house, two) == (standing, payer)
    assert stands(house, one) == ("confirmed", None)
    (news,) = news_of(second, two)
    assert (news.standing, news.dispute_outcome, news.dispute_id) == (standing, outcome, dispute_id)
    assert second.push().answers[0].standing == standing


def test_it_is_resolved_once_with_a_note_and_stays_so(house: House) -> None:
    first, second = house.till(), house.till(4202)
    one, two, dispute_id = a_double(house, first, second)
    central = house.central
    assert resolve(central, dispute_id, Outcome.FRAUD, note="  ", by=BY) is NotResolved.NOTE_MISSING
    assert resolve(central, "none", Outcome.FRAUD, note="x", by=BY) is NotResolved.UNKNOWN_DISPUTE
    decide(house, dispute_id, Outcome.CAMPAIGN_PAYS)
    assert resolve(central, dispute_id, Outcome.FRAUD, note="x", by=BY) is NotResolved.ALREADY_CLOSED
    second.void(two, house.clock.forward(minutes=1))
    first.void(one, house.clock.at)
    for till in (first, second):
        till.push()
    assert stands(house, two) == ("resolved", "campaign")
    assert stands(house, one) == ("voided", None)
    assert only_dispute(house).outcome == Outcome.CAMPAIGN_PAYS


def test_one_that_ended_by_itself_is_not_resolved_any_more(house: House) -> None:
    first, second = house.till(), house.till(4202)
    one, two, dispute_id = a_double(house, first, second)
    first.void(one, house.clock.forward(minutes=1))
    first.push()
    assert stands(house, two) == ("confirmed", None)
    done = resolve(house.central, dispute_id, Outcome.FRAUD, note="x", by=BY)
    assert done is NotResolved.ALREADY_CLOSED


def test_a_contested_redemption_that_its_till_voids_ends_its_dispute(house: House) -> None:
    first, second = house.till(), house.till(4202)
    _, two, _ = a_double(house, first, second)
    second.void(two, house.clock.forward(minutes=1))
    second.push()
    ended = only_dispute(house)
    assert (ended.outcome, ended.resolved_by) == (Outcome.VOIDED, None)


def test_another_amount_than_the_servers_yes_is_contested_and_the_yes_stands(house: House) -> None:
    till, code = house.till(), house.code()
    said_yes = RedemptionId(till.ask(code).confirmed[0].redemption_id)
    till.redeem(code, house.clock.at, redemption_id=said_yes, off=2500)
    answer = till.push().answers[0]
    assert answer.outcome is RowOutcome.CONTESTED
    assert answer.reasons == [{"code": "amount_differs", "amount_off_fen": 2000}]
    assert stands(house, said_yes) == ("confirmed", None)
    again = till.push().answers[0]
    assert (again.outcome, again.reasons, again.dispute_id) == (RowOutcome.REPEAT, answer.reasons, answer.dispute_id)
    done = decide(house, str(answer.dispute_id), Outcome.CAMPAIGN_PAYS)
    assert (done.about, done.owed_fen) == (About.ROW, 500)
    assert stands(house, said_yes) == ("resolved", "campaign")
    assert [each.dispute_outcome for each in news_of(till, said_yes)] == [Outcome.CAMPAIGN_PAYS]


def test_a_void_that_came_too_late_is_carried_out_when_the_operator_says_so(house: House) -> None:
    till, waiting, code = house.till(), house.till(4202), house.code()
    at = house.clock.at
    row = till.redeem(code, at)
    till.push()
    waiting_row = waiting.redeem(code, at)
    waiting.push()
    till.void(row.fact_id, house.clock.forward(minutes=90))
    void = till.push(till.rows[-1:]).answers[0]
    assert (void.outcome, void.reasons) == (RowOutcome.CONTESTED, [{"code": "void_not_allowed"}])
    decide(house, str(void.dispute_id), Outcome.VOIDED)
    assert stands(house, row.fact_id) == ("voided", None)
    assert stands(house, waiting_row.fact_id) == ("confirmed", None)


@pytest.mark.parametrize(("outcome", "payer"), [(Outcome.CAMPAIGN_PAYS, "campaign"), (Outcome.OUTLET_PAYS, "outlet")])
def test_a_void_that_came_too_late_can_be_refused_for_good(house: House, outcome: Outcome, payer: str) -> None:
    till = house.till()
    row = till.redeem(house.code(), house.clock.at)
    till.void(row.fact_id, house.clock.forward(minutes=90))
    decide(house, str(till.push().answers[1].dispute_id), outcome)
    assert stands(house, row.fact_id) == ("resolved", payer)
    assert reserve_of(house.central, CAMPAIGN_ID).used_fen == 0


def test_a_void_of_another_tills_redemption_decides_nothing_else_about_it(house: House) -> None:
    till, other = house.till(), house.till(4202)
    row = till.redeem(house.code(), house.clock.at)
    till.push()
    for number, (outcome, standing) in enumerate([(Outcome.OUTLET_PAYS, "confirmed"), (Outcome.VOIDED, "voided")]):
        other.void(row.fact_id, house.clock.forward(minutes=number))
        decide(house, str(other.push(other.rows[-1:]).answers[0].dispute_id), outcome)
        assert stands(house, row.fact_id)[0] == standing


def test_a_row_under_a_taken_id_is_owed_where_the_campaign_pays_and_the_other_stays(house: House) -> None:
    till, other = house.till(), house.till(4202)
    row = till.redeem(house.code(), house.clock.at)
    till.push()
    other.redeem(house.code(), house.clock.at, redemption_id=row.fact_id)  # type: ignore[arg-type]
    answer = other.push().answers[0]
    done = decide(house, str(answer.dispute_id), Outcome.CAMPAIGN_PAYS)
    assert (done.about, done.outlet_id, done.owed_fen, done.first_redemption_id) == (
        About.ROW, 4202, 2000, row.fact_id,
    )  # fmt: skip
    assert stands(house, row.fact_id) == ("confirmed", None)
    (news,) = news_of(other, row.fact_id)
    assert (news.standing, news.dispute_outcome) == (Standing.RESOLVED, Outcome.CAMPAIGN_PAYS)
    assert news_of(till, row.fact_id) == []


def test_a_revoked_tills_row_in_quarantine_can_be_resolved(house: House) -> None:
    till = house.till()
    revoke(house.central, TillId(till.till_id))
    till.redeem(house.code(), house.clock.at)
    dispute_id = till.push().answers[0].dispute_id
    done = decide(house, str(dispute_id), Outcome.CAMPAIGN_PAYS)
    assert (done.about, done.proposed_payer, done.owed_fen) == (About.ROW, Payer.OUTLET, 2000)


def test_a_campaign_that_the_server_does_not_know_cannot_pay(house: House) -> None:
    till = house.till()
    till.redeem(house.code(), house.clock.at, campaign_id=5)
    dispute_id = str(till.push().answers[0].dispute_id)
    assert resolve(house.central, dispute_id, Outcome.CAMPAIGN_PAYS, note="x", by=BY) is NotResolved.NO_CAMPAIGN
    decide(house, dispute_id, Outcome.FRAUD)


def test_a_double_under_a_managers_override_is_the_outlets_to_pay(house: House) -> None:
    first, second = house.till(), house.till(4202)
    code = house.code()
    first.redeem(code, house.clock.at)
    first.push()
    row = second.redeem(code, house.clock.at, override_id="override-1")
    second.override("override-1", row.fact_id, house.clock.at)
    second.push()
    assert only_dispute(house).proposed_payer == Payer.OUTLET


def test_the_reserve_counts_what_is_proposed_and_what_the_campaign_pays(house: House) -> None:
    first, second = house.till(), house.till(4202)
    doubles = [a_double(house, first, second)[2] for _ in range(3)]
    assert not state_reserve(house.central, 5, Fen(1), by=BY)
    assert state_reserve(house.central, CAMPAIGN_ID, Fen(7000), by=BY)
    assert reserve_of(house.central, CAMPAIGN_ID).proposed_fen == 6000
    decide(house, doubles[0], Outcome.CAMPAIGN_PAYS)
    decide(house, doubles[1], Outcome.OUTLET_PAYS)
    reserve = reserve_of(house.central, CAMPAIGN_ID)
    assert (reserve.stated_fen, reserve.proposed_fen, reserve.drawn_fen) == (7000, 2000, 2000)


def test_the_outlets_note_is_kept_while_the_dispute_is_open(house: House) -> None:
    _, _, dispute_id = a_double(house, house.till(), house.till(4202))
    assert note_of_outlet(house.central, dispute_id, " The customer showed the receipt. ")
    assert only_dispute(house).outlet_note == "The customer showed the receipt."
    decide(house, dispute_id, Outcome.CAMPAIGN_PAYS)
    assert not note_of_outlet(house.central, dispute_id, "again")
