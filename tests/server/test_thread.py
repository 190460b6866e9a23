"""The thread through the server: enrol, catalogue, ask, push, events."""

from merchant_app.domain.kinds import RedemptionId
from merchant_app.domain.redemption import Standing
from merchant_app.wire.facts import RowOutcome
from tests.server.conftest import House


def test_a_till_enrols_and_gets_what_it_judges_by(house: House) -> None:
    till = house.till()
    snapshot = till.snapshot()
    campaigns = till.send("GET", "/api/catalogue/campaigns").json()
    assert set(snapshot.parts) == {"campaigns", "outlet", "staff", "withdrawals"}
    assert [each["campaign_id"] for each in campaigns["campaigns"]] == [20260628]


def test_a_coupon_is_confirmed_its_row_pushed_and_others_are_told(house: House) -> None:
    till, other = house.till(), house.till(4202)
    code = house.code()
    answer = till.ask(code)
    assert answer.outcome == "confirmed"
    (coupon,) = answer.confirmed
    assert (coupon.use, coupon.amount_off_fen, coupon.payable_fen) == (1, 2000, 10_000)
    till.redeem(code, house.clock.at, redemption_id=RedemptionId(coupon.redemption_id))
    pushed = till.push()
    assert [(row.outcome, row.standing) for row in pushed.answers] == [(RowOutcome.CONFIRMED, Standing.CONFIRMED)]
    (event,) = other.events().events
    assert (event.redemption_id, event.serial) == (coupon.redemption_id, coupon.serial)
    assert till.events().events == []


def test_a_redemption_made_offline_is_confirmed_when_it_comes(house: House) -> None:
    till = house.till()
    till.redeem(house.code(), house.clock.at)
    (row,) = till.push().answers
    assert (row.outcome, row.standing) == (RowOutcome.CONFIRMED, Standing.CONFIRMED)
    (again,) = till.push().answers
    assert (again.outcome, again.standing) == (RowOutcome.REPEAT, Standing.CONFIRMED)


def test_of_two_tills_that_redeemed_offline_the_first_to_sync_is_confirmed(house: House) -> None:
    one, other = house.till(), house.till(4202)
    code = house.code()
    one.redeem(code, house.clock.at)
    other.redeem(code, house.clock.at)
    (first,), (second,) = other.push().answers, one.push().answers
    assert first.standing is Standing.CONFIRMED
    assert (second.outcome, second.standing) == (RowOutcome.CONTESTED, Standing.CONTESTED)
    assert [reason["code"] for reason in second.reasons] == ["already_redeemed"]
    assert second.dispute_id
