"""A till that was enrolled anew adopts its old ledger: its rows go up, and it answers for the rights that waited."""

from datetime import timedelta

import pytest
import requests

from merchant_app.domain.coupon_code import Form
from merchant_app.domain.kinds import CampaignId, TillId
from merchant_app.domain.redemption import Standing
from merchant_app.server.db.tills import till_of
from merchant_app.server.services.enrolling import revoke
from merchant_app.server.services.withdrawing import move_paper_into_wallet
from merchant_app.wire.chains import AdoptAnswer, AdoptRequest, ShownRow
from merchant_app.wire.facts import PushAnswer, PushRequest, Report, RowOutcome, as_pushed
from tests.server.conftest import House
from tests.server.documents import CAMPAIGN_ID
from tests.server.till_client import TillClient, new_redemption_id


def ask(new: TillClient, old: TillClient, shown: int | None = None) -> requests.Response:
    """Asks to adopt the chain of `old`, whose ledger is this one, showing one of its rows."""
    row = None if shown is None else ShownRow(seq=shown, hash=old.rows[shown - 1].hash.hex())
    head = old.head
    request = AdoptRequest(chain_id=old.chain_id, head_seq=head.seq, head_hash=head.hash.hex(), shown=row)
    return new.send("POST", "/api/chains", request.as_json())


def adopt(new: TillClient, old: TillClient) -> AdoptAnswer:
    """Asks, shows what the server wants to see, and asks again, as if the answer had been lost."""
    first = AdoptAnswer.model_validate_json(ask(new, old).content)
    if first.show_seq is None:
        return first
    for _ in range(2):
        answer = AdoptAnswer.model_validate_json(ask(new, old, first.show_seq).content)
    return answer


def push_old(new: TillClient, old: TillClient) -> PushAnswer:
    """The whole old chain, pushed by the new till."""
    report = Report(floor=None, head_seq=old.head.seq, head_hash=old.head.hash.hex())
    request = PushRequest(chain_id=old.chain_id, rows=[as_pushed(row) for row in old.rows], report=report)
    answer = new.send("POST", "/api/facts", request.as_json())
    assert answer.status_code == 200, answer.text
    return PushAnswer.model_validate_json(answer.content)


def refused(response: requests.Response) -> str:
    assert response.status_code >= 400
    code: str = response.json()["code"]
    return code


def answered_by(house: House, till: TillClient) -> str | None:
    with house.central.database.reading() as connection:
        kept = till_of(connection, till.till_id)
    assert kept is not None
    return kept.answered_by


@pytest.mark.parametrize("pushed", [0, 1, 2])
def test_rows_that_were_not_pushed_before_are_confirmed_as_the_old_tills(house: House, pushed: int) -> None:
    old = house.till()
    for _ in range(2):
        old.redeem(house.code(), house.clock.at)
    if pushed:
        old.push(old.rows[:pushed])
    new = house.till()
    assert adopt(new, old).stored_to == pushed
    answers = push_old(new, old).answers
    assert [each.standing for each in answers] == [Standing.CONFIRMED] * 2
    assert [each.outcome is RowOutcome.REPEAT for each in answers] == [pushed >= 1, pushed >= 2]
    assert answered_by(house, old) == new.till_id
    assert refused(old.send("GET", "/api/catalogue")) == "revoked"


def test_a_chain_is_adopted_only_with_its_ledger_in_hand_and_at_its_outlet(house: House) -> None:
    old, here, there = house.till(), house.till(), house.till(4202)
    old.redeem(house.code(), house.clock.at)
    old.push()
    assert refused(ask(there, old, 1)) == "other_outlet"
    assert refused(ask(old, old, 1)) == "own_chain"
    another = house.till()
    another.redeem(house.code(), house.clock.at)
    forged = AdoptRequest(
        chain_id=old.chain_id,
        head_seq=1,
        head_hash=another.head.hash.hex(),
        shown=ShownRow(seq=1, hash=another.head.hash.hex()),
    )
    assert refused(here.send("POST", "/api/chains", forged.as_json())) == "not_this_ledger"
    unknown = forged.model_copy(update={"chain_id": "none"})
    assert refused(here.send("POST", "/api/chains", unknown.as_json())) == "unknown_chain"
    here.chain_id = old.chain_id
    assert refused(here.push_raw([as_pushed(old.rows[0])])) == "unknown_chain"


def test_the_new_till_voids_and_continues_what_the_old_one_began(house: House) -> None:
    old = house.till()
    code, lost = house.code(), new_redemption_id()
    made = old.redeem(house.code(), house.clock.at)
    old.push()
    asked = old.ask(code)
    new = house.till()
    adopt(new, old)
    push_old(new, old)
    confirmed = asked.confirmed[0].redemption_id
    assert new.send("GET", f"/api/redemptions/{confirmed}").status_code == 200
    assert refused(new.send("GET", f"/api/redemptions/{lost}")) == "unknown_redemption"
    new.void(made.fact_id, house.clock.at)
    new.reverse(confirmed, house.clock.at)
    outcomes = new.push().answers
    assert [each.standing for each in outcomes] == [Standing.VOIDED, Standing.VOIDED]
    assert new.ask(code).confirmed


def test_a_hold_elsewhere_waits_until_the_new_till_has_answered_for_the_old_one(house: House) -> None:
    old, coupon = house.till(), house.coupons(on_paper=False)[0]
    house.till(4202)
    code = house.hold(coupon)
    old.redeem(code, house.clock.at)
    new = house.till()
    adopt(new, old)
    house.clock.forward(minutes=30)
    new.push(floor=house.clock.at)
    assert house.try_hold(coupon, 4202).why.value == "waiting_for_tills", "the old ledger's row is not stored yet"
    push_old(new, old)
    assert house.try_hold(coupon, 4202)[0].code == "already_redeemed"


@pytest.mark.parametrize("revoked_before", [False, True])
def test_rights_come_free_by_the_new_tills_floor_unless_an_operator_had_revoked_the_old(
    house: House, revoked_before: bool
) -> None:
    old, coupon = house.till(), house.coupons(on_paper=False)[0]
    house.till(4202)
    house.hold(coupon)
    if revoked_before:
        house.clock.forward(minutes=1)
        revoke(house.central, TillId(old.till_id))
    old.redeem(house.code(), house.clock.at)
    new = house.till()
    adopt(new, old)
    outcome = push_old(new, old).answers[0].outcome
    assert outcome is (RowOutcome.QUARANTINED if revoked_before else RowOutcome.CONFIRMED)
    house.clock.forward(minutes=30)
    assert house.try_hold(coupon, 4202, 8).why.value == "waiting_for_tills"
    new.push(floor=house.clock.at)
    given = house.try_hold(coupon, 4202, 8)
    assert hasattr(given, "code") is not revoked_before


def test_a_backup_is_adopted_but_answers_for_nothing(house: House) -> None:
    """Somebody wrote the rows that it does not have, and may still be accepting codes."""
    old = house.till()
    for _ in range(2):
        old.redeem(house.code(), house.clock.at)
    old.push()
    backup = TillClient(old.url, 4201, old.till_id, old.key, old.chain_id, old.root_key, old.serving_keys)
    backup.rows = old.rows[:1]
    new = house.till()
    adopt(new, backup)
    push_old(new, backup)
    assert answered_by(house, old) is None


def test_rows_beyond_the_ledgers_end_show_a_copy_that_is_still_in_use(house: House) -> None:
    old = house.till()
    old.redeem(house.code(), house.clock.at)
    new = house.till()
    adopt(new, old)
    push_old(new, old)
    assert answered_by(house, old) == new.till_id
    old.redeem(house.code(), house.clock.at)
    assert old.push(old.rows[1:]).answers[0].outcome is RowOutcome.QUARANTINED
    assert answered_by(house, old) is None


def test_a_third_enrolment_adopts_both_chains_before(house: House) -> None:
    first, second = house.till(), house.till()
    first.redeem(house.code(), house.clock.at)
    second.redeem(house.code(), house.clock.at)
    adopt(second, first)
    third = house.till()
    for old in (second, first):
        adopt(third, old)
        assert push_old(third, old).answers[0].standing is Standing.CONFIRMED
    assert {answered_by(house, old) for old in (first, second)} == {third.till_id}


def test_a_withdrawal_that_waited_for_the_old_till_waits_no_more(house: House) -> None:
    old, coupon = house.till(), house.coupons(outlet_id=4201, on_paper=True)[0]
    house.till(4202)
    back = move_paper_into_wallet(house.central, CampaignId(CAMPAIGN_ID), coupon.serial)
    house.clock.forward(minutes=1)
    new = house.till()
    assert house.try_hold(coupon, 4202).why.value == "paper_elsewhere"
    old.acknowledge("other", CAMPAIGN_ID, 1, Form.BEARER, None, house.clock.at - timedelta(seconds=1))
    adopt(new, old)
    push_old(new, old)
    assert back is not None
    assert hasattr(house.try_hold(coupon, 4202), "code")
