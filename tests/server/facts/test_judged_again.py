"""What a till accepted without the server is judged again: at its own time, by its own evidence."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from merchant_app.domain.coupon_code import decode, encode, sign
from merchant_app.domain.kinds import Fen
from merchant_app.domain.redemption import Bill, Standing
from merchant_app.server.services.campaigns import key_ring
from merchant_app.server.services.withdrawing import revoke_coupon
from merchant_app.wire.facts import RowAnswer
from tests.server.conftest import House
from tests.server.documents import CAMPAIGN_ID
from tests.server.till_client import TillClient


def judged(till: TillClient) -> tuple[Standing | None, list[str]]:
    answer: RowAnswer = till.push(till.rows[-1:]).answers[0]
    return answer.standing, [reason["code"] for reason in answer.reasons]


def test_it_is_judged_at_its_own_time_not_at_its_arrival(house: House) -> None:
    till, code, at = house.till(), house.code(), house.clock.at
    house.clock.forward(days=60)
    till.redeem(code, at)
    assert judged(till) == (Standing.CONFIRMED, [])


def test_a_time_before_the_floor_counts_as_the_floor(house: House) -> None:
    till, code, at = house.till(), house.code(), house.clock.at
    house.clock.forward(days=60)
    till.redeem(code, at, floor=at + timedelta(days=40))
    assert judged(till) == (Standing.CONTESTED, ["campaign_ended"])


def test_a_time_after_the_arrival_counts_as_the_arrival(house: House) -> None:
    till, code = house.till(), house.code()
    till.redeem(code, house.clock.at + timedelta(days=40))
    assert judged(till) == (Standing.CONFIRMED, [])


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"off": 2001}, "amount_differs"),
        ({"bill": Bill("b", Fen(9_999))}, "below_min_spend"),
        ({"bill": Bill("b")}, "needs_bill"),
        ({"serial": 5}, "forged"),
        ({"outlet_id": 4202}, "forged"),
        ({"code": None, "coupon_number": "0000000000000000"}, "forged"),
        ({"code": "123"}, "forged"),
    ],
)
def test_a_row_that_the_rules_or_its_own_evidence_do_not_bear_out_is_contested(
    house: House, changes: dict[str, Any], why: str
) -> None:
    till = house.till()
    till.redeem(house.code(), house.clock.at, **changes)
    assert judged(till) == (Standing.CONTESTED, [why])


def test_less_off_than_the_rules_give_is_no_dispute(house: House) -> None:
    till = house.till()
    till.redeem(house.code(), house.clock.at, off=1999)
    assert judged(till) == (Standing.CONFIRMED, [])


def test_digits_that_another_key_signed_are_forged(house: House) -> None:
    till = house.till()
    with house.central.database.reading() as connection:
        code = decode(house.code(), key_ring(connection))
    till.redeem(encode(sign(code, till.key)), house.clock.at)  # type: ignore[arg-type]
    assert judged(till) == (Standing.CONTESTED, ["forged"])


def test_a_serial_that_was_never_issued_is_forged_even_with_the_right_key(house: House) -> None:
    till = house.till()
    with house.central.database.reading() as connection:
        code = decode(house.code(), key_ring(connection))
    forged = replace(code, serial=12345)  # type: ignore[type-var]
    till.redeem(encode(sign(forged, house.central.keys.issuing(1))), house.clock.at)  # type: ignore[arg-type]
    assert judged(till) == (Standing.CONTESTED, ["forged"])


def test_paper_of_another_outlet_is_contested(house: House) -> None:
    till = house.till(4202)
    till.redeem(house.code(outlet_id=4201), house.clock.at)
    assert judged(till) == (Standing.CONTESTED, ["wrong_outlet"])


def test_a_coupon_revoked_before_it_was_redeemed_is_contested(house: House) -> None:
    till, (coupon,) = house.till(), house.coupons()
    early = house.clock.at
    house.clock.forward(minutes=10)
    assert revoke_coupon(house.central, CAMPAIGN_ID, coupon.serial)  # type: ignore[arg-type]
    assert coupon.code is not None
    till.redeem(coupon.code, house.clock.forward(minutes=10))
    assert judged(till) == (Standing.CONTESTED, ["revoked"])
    till.void(till.rows[-1].fact_id, house.clock.at)
    till.redeem(coupon.code, early)
    till.push()
    assert till.push(till.rows[-1:]).answers[0].standing is Standing.CONFIRMED


def test_more_unanswered_rows_than_the_campaign_allows_are_contested_unless_a_manager_took_it_on(house: House) -> None:
    offline = {"mode": "open", "till_max_count": 2, "manager_override": True}
    house.campaign(campaign_id=7, offline=offline)
    till = house.till()
    for _ in range(3):
        till.redeem(house.code(campaign_id=7), house.clock.at)
    override_id = "override-1"
    row = till.redeem(house.code(campaign_id=7), house.clock.at, override_id=override_id)
    till.override(override_id, row.fact_id, house.clock.at)
    answers = till.push().answers
    assert [answer.standing for answer in answers[:4]] == [
        Standing.CONFIRMED,
        Standing.CONFIRMED,
        Standing.CONTESTED,
        Standing.CONFIRMED,
    ]
    assert [reason["code"] for reason in answers[2].reasons] == ["offline_cap"]


def test_offline_use_that_the_campaign_denies_is_contested(house: House) -> None:
    house.campaign(campaign_id=7, offline={"mode": "deny"})
    till = house.till()
    till.redeem(house.code(campaign_id=7), house.clock.at)
    assert judged(till) == (Standing.CONTESTED, ["offline_not_allowed"])


def test_a_catalogue_older_than_the_campaign_allows_is_contested_unless_a_manager_took_it_on(house: House) -> None:
    offline = {"mode": "open", "catalogue_max_age_hours": 24, "manager_override": True}
    house.campaign(campaign_id=7, offline=offline)
    till = house.till()
    version = till.snapshot().version
    house.clock.forward(minutes=30)
    house.campaign(campaign_id=8)
    newer = house.till().snapshot().version
    assert newer > version
    in_time = house.clock.forward(hours=24)
    till.redeem(house.code(campaign_id=7), in_time, catalogue_version=version)
    assert judged(till) == (Standing.CONFIRMED, [])
    late = house.clock.forward(minutes=1)
    till.redeem(house.code(campaign_id=7), late, catalogue_version=newer)
    assert judged(till) == (Standing.CONFIRMED, [])
    till.redeem(house.code(campaign_id=7), late, catalogue_version=version)
    assert judged(till) == (Standing.CONTESTED, ["catalogue_too_old"])
    row = till.redeem(house.code(campaign_id=7), late, catalogue_version=version, override_id="override-1")
    till.override("override-1", row.fact_id, late)
    assert till.push().answers[-2].standing is Standing.CONFIRMED
