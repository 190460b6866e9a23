"""Asking for a bill's coupons: all or none, an id once and for good, what the till has not pushed yet first."""

from datetime import timedelta

from sqlalchemy import func, select

from merchant_app.domain.kinds import CampaignId, Fen, Serial
from merchant_app.domain.redemption import Bill, Standing
from merchant_app.server.db.tables import redemptions
from merchant_app.server.services.withdrawing import move_paper_into_wallet, revoke_coupon
from merchant_app.wire.facts import RowOutcome
from merchant_app.wire.redeeming import AskedCoupon, RedeemAnswer
from tests.server.conftest import House
from tests.server.documents import CAMPAIGN_ID, offer
from tests.server.till_client import TillClient, asked, new_redemption_id


def codes_of(answer: RedeemAnswer) -> list[list[str]]:
    return [[reason["code"] for reason in refused.reasons] for refused in answer.refused]


def ask_again(till: TillClient, coupon: AskedCoupon, bill: Bill) -> RedeemAnswer:
    return RedeemAnswer.model_validate_json(till.ask_raw(coupon, bill=bill).content)


def test_a_bills_coupons_are_taken_in_order_each_on_what_is_left(house: House) -> None:
    till = house.till()
    answer = till.ask(house.code(), house.code(), bill=Bill("b1", Fen(10_000)))
    assert [(each.amount_off_fen, each.payable_fen) for each in answer.confirmed] == [(2000, 8000), (2000, 6000)]


def test_a_coupon_asked_for_later_on_the_same_bill_goes_by_what_is_left_of_it(house: House) -> None:
    till, bill = house.till(), Bill("b1", Fen(10_000))
    till.ask(house.code(), bill=bill)
    assert till.ask(house.code(), bill=bill).confirmed[0].payable_fen == 6000


def test_one_that_is_no_good_leaves_all_of_them_unredeemed(house: House) -> None:
    till, good, spent = house.till(), house.code(), house.code()
    till.ask(spent)
    answer = till.ask(good, spent)
    assert (answer.outcome, answer.confirmed, codes_of(answer)) == ("refused", [], [["already_redeemed"]])
    assert till.ask(good).outcome == "confirmed"


def test_the_same_coupon_twice_on_a_bill_is_refused(house: House) -> None:
    code = house.code()
    answer = house.till().ask(code, code)
    assert (answer.outcome, codes_of(answer)) == ("refused", [["already_redeemed"]])


def test_a_coupon_of_several_uses_is_good_so_often_on_one_bill(house: House) -> None:
    till, code, bill = house.till(), house.code(offer_index=1), Bill("b1", Fen(50_000))
    assert [each.use for each in till.ask(code, code, bill=bill).confirmed] == [1, 2]
    assert [each.use for each in till.ask(code, bill=bill).confirmed] == [3]
    assert codes_of(till.ask(code, bill=bill)) == [["uses_spent"]]


def test_the_amount_of_the_bill_is_asked_for_where_it_decides(house: House) -> None:
    till, code = house.till(), house.code()
    assert till.ask(code, bill=Bill("b1")).outcome == "needs_bill"
    assert till.ask(code, bill=Bill("b1", Fen(10_000))).outcome == "confirmed"


def test_asking_again_under_the_same_id_gives_the_same_answer_and_spends_nothing(house: House) -> None:
    till, bill, coupon = house.till(), Bill("b1", Fen(10_000)), asked(house.code())
    first = ask_again(till, coupon, bill)
    house.clock.forward(days=60)
    assert ask_again(till, coupon, bill) == first
    looked_up = till.send("GET", f"/api/redemptions/{coupon.redemption_id}")
    assert RedeemAnswer.model_validate_json(looked_up.content) == first
    with house.central.database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(redemptions)) == 1


def test_an_id_that_was_refused_can_be_asked_for_again(house: House) -> None:
    till, coupon = house.till(), asked(house.code())
    assert ask_again(till, coupon, Bill("b1", Fen(9_000))).outcome == "refused"
    assert till.send("GET", f"/api/redemptions/{coupon.redemption_id}").json()["code"] == "unknown_redemption"
    assert ask_again(till, coupon, Bill("b1", Fen(10_000))).outcome == "confirmed"


def test_an_ask_that_comes_after_its_reversal_is_refused_for_good(house: House) -> None:
    till, coupon = house.till(), asked(house.code())
    till.reverse(coupon.redemption_id, house.clock.at)
    till.push()
    answer = till.ask_raw(coupon)
    assert (answer.status_code, answer.json()["code"]) == (409, "reversed")
    assert house.till(4202).ask(coupon.code or "").outcome == "confirmed"


def test_an_id_of_another_till_or_of_another_coupon_is_refused(house: House) -> None:
    till, other, coupon = house.till(), house.till(4202), asked(house.code())
    till.ask_raw(coupon)
    assert other.ask_raw(coupon).json()["code"] == "id_taken"
    changed = AskedCoupon(redemption_id=coupon.redemption_id, code=house.code())
    assert till.ask_raw(changed).json()["code"] == "id_taken"
    assert other.send("GET", f"/api/redemptions/{coupon.redemption_id}").status_code == 404


def test_an_ask_that_was_only_late_is_a_repeat_of_the_row_that_came_before_it(house: House) -> None:
    till, coupon = house.till(), asked(house.code())
    till.redeem(coupon.code or "", house.clock.at, redemption_id=coupon.redemption_id)  # type: ignore[arg-type]
    till.push()
    answer = ask_again(till, coupon, Bill("b1", Fen(10_000)))
    assert (answer.outcome, answer.confirmed[0].use) == ("confirmed", 1)


def test_rows_that_travel_along_are_applied_first_and_count_once_when_they_are_pushed(house: House) -> None:
    till, code = house.till(), house.code()
    other = till.redeem(house.code(), house.clock.at)
    made = till.redeem(code, house.clock.at)
    void = till.void(made.fact_id, house.clock.at)
    answer = till.ask(code, rows=[made, void])
    assert answer.outcome == "confirmed"
    till.redeem(code, house.clock.at, redemption_id=answer.confirmed[0].redemption_id)  # type: ignore[arg-type]
    pushed = till.push().answers
    assert [(each.outcome, each.standing) for each in pushed] == [
        (RowOutcome.CONFIRMED, Standing.CONFIRMED),
        (RowOutcome.REPEAT, Standing.VOIDED),
        (RowOutcome.REPEAT, Standing.VOIDED),
        (RowOutcome.CONFIRMED, Standing.CONFIRMED),
    ]
    assert other.seq == pushed[0].seq


def test_a_use_that_was_spent_offline_here_is_spent_when_its_row_travels_along(house: House) -> None:
    till, code = house.till(), house.code()
    made = till.redeem(code, house.clock.at)
    assert codes_of(till.ask(code, rows=[made])) == [["already_redeemed"]]
    assert till.push().answers[0].standing is Standing.CONFIRMED


def test_a_typed_number_is_redeemed_with_the_servers_answer(house: House) -> None:
    (coupon,) = house.coupons(on_paper=False)
    till = house.till()
    answer = till.ask(coupon.coupon_number)
    assert answer.outcome == "confirmed"
    assert answer.confirmed[0].serial == str(coupon.serial)
    assert codes_of(house.till(4202).ask(coupon.coupon_number)) == [["already_redeemed"]]


def test_guessing_numbers_is_slowed_down_and_scanned_codes_go_on(house: House) -> None:
    till = house.till()
    for number in range(20):
        assert codes_of(till.ask(f"{number:016d}")) == [["not_a_coupon"]]
    answer = till.ask_raw(asked("1" * 16))
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_guesses")
    assert 0 < int(answer.headers["Retry-After"]) <= 600
    assert till.ask(house.code()).outcome == "confirmed"
    (coupon,) = house.coupons()
    house.clock.forward(minutes=11)
    assert till.ask(coupon.coupon_number).outcome == "confirmed"


def test_what_the_organiser_withdrew_and_what_is_no_coupon_are_refused_by_name(house: House) -> None:
    till = house.till()
    (coupon,) = house.coupons()
    revoke_coupon(house.central, CampaignId(CAMPAIGN_ID), coupon.serial)
    assert codes_of(till.ask(coupon.code or "")) == [["revoked"]]
    assert codes_of(till.ask("https://example.org")) == [["not_a_coupon"]]
    assert codes_of(till.ask("0" * 215)) == [["malformed"]]
    digits = house.code()
    bent = digits[:-1] + str((int(digits[-1]) + 1) % 10)
    assert codes_of(till.ask(bent)) == [["forged"]]


def test_paper_that_moved_into_a_wallet_is_refused_online_at_once(house: House) -> None:
    till, (coupon,) = house.till(), house.coupons(outlet_id=4201)
    move_paper_into_wallet(house.central, CampaignId(CAMPAIGN_ID), Serial(coupon.serial))
    assert codes_of(till.ask(coupon.code or "")) == [["in_wallet"]]


def test_a_holders_day_is_counted_over_all_outlets_and_begins_anew_at_midnight_there(house: House) -> None:
    house.campaign(campaign_id=7, offers=[offer(per_holder={"redemptions_per_day": 1})], rounds=[ROUND])
    one, other = house.till(), house.till(4202)
    coupons = house.coupons(3, campaign_id=7)
    assert one.ask(house.hold(coupons[0], 4201, campaign_id=7)).outcome == "confirmed"
    late = house.hold(coupons[1], 4202, holder=8, campaign_id=7)
    assert other.ask(late).outcome == "confirmed"
    house.clock.at = house.clock.at.replace(hour=16, minute=0) + timedelta(seconds=1)
    assert other.ask(house.hold(coupons[2], 4202, campaign_id=7)).outcome == "confirmed"


ROUND = {
    "opens_at": "2026-06-28T00:00:00+08:00",
    "closes_at": "2026-07-14T00:00:00+08:00",
    "stock": {"0": 5000},
}


def test_a_second_redemption_by_the_same_holder_on_the_same_day_is_refused(house: House) -> None:
    house.campaign(campaign_id=7, offers=[offer(per_holder={"redemptions_per_day": 1})], rounds=[ROUND])
    one, other = house.till(), house.till(4202)
    coupons = house.coupons(2, campaign_id=7)
    held = [house.hold(coupons[0], 4201, campaign_id=7), house.hold(coupons[1], 4202, campaign_id=7)]
    assert one.ask(held[0]).outcome == "confirmed"
    assert codes_of(other.ask(held[1])) == [["daily_limit"]]


def test_an_id_may_stand_only_once_in_a_question(house: House) -> None:
    till, redemption_id = house.till(), new_redemption_id()
    twice = [AskedCoupon(redemption_id=redemption_id, code=house.code()) for _ in range(2)]
    assert till.ask_raw(*twice).json()["code"] == "id_twice"
