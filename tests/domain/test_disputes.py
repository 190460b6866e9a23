"""Who is proposed to pay: a table over every reason that a dispute can have."""

from itertools import product

import pytest

from merchant_app.domain.disputes import Outcome, Payer, ServerReason, payer_by, proposed_payer
from merchant_app.domain.judging.reasons import REASON_CODES

CAMPAIGN, OUTLET = Payer.CAMPAIGN, Payer.OUTLET
PAYERS: dict[str, Payer] = {
    "not_a_coupon": OUTLET,
    "malformed": OUTLET,
    "forged": OUTLET,
    "unknown_campaign": OUTLET,
    "key_revoked": OUTLET,
    "revoked": OUTLET,
    "not_started": OUTLET,
    "too_soon": OUTLET,
    "expired": OUTLET,
    "campaign_ended": OUTLET,
    "outside_hours": OUTLET,
    "excluded_date": OUTLET,
    "wrong_outlet": OUTLET,
    "wrong_category": OUTLET,
    "wrong_district": OUTLET,
    "below_min_spend": OUTLET,
    "already_redeemed": CAMPAIGN,  # another till had the use, and could not be heard
    "uses_spent": CAMPAIGN,
    "held_elsewhere": CAMPAIGN,  # another outlet had the right, and could not be heard
    "in_wallet": OUTLET,  # this till had acknowledged the withdrawal
    "hold_expired": OUTLET,
    "daily_limit": CAMPAIGN,  # what the holder redeemed elsewhere could not be heard
    "cannot_combine": OUTLET,
    "offline_not_allowed": OUTLET,
    "offline_cap": OUTLET,
    "catalogue_too_old": OUTLET,
    "clock_wrong": OUTLET,
    "id_taken": OUTLET,
    "another_coupon": OUTLET,
    "reversed": OUTLET,
    "amount_differs": OUTLET,
    "needs_bill": OUTLET,
    "void_not_allowed": OUTLET,
    "not_its_own": OUTLET,
    "till_revoked": OUTLET,
    "cloned_till": OUTLET,
}


def test_the_table_names_every_reason_that_there_is() -> None:
    assert list(PAYERS) == [*REASON_CODES, *ServerReason]


@pytest.mark.parametrize(("code", "payer"), PAYERS.items(), ids=list(PAYERS))
def test_the_payer_of_a_reason_alone(code: str, payer: Payer) -> None:
    assert proposed_payer([code]) is payer


def test_the_campaign_pays_only_where_nothing_else_was_wrong() -> None:
    for one, other in product(PAYERS, repeat=2):
        both = CAMPAIGN if PAYERS[one] is PAYERS[other] is CAMPAIGN else OUTLET
        assert proposed_payer([one, other]) is both


@pytest.mark.parametrize("code", PAYERS)
def test_what_a_manager_took_on_or_the_same_till_did_twice_the_outlet_pays(code: str) -> None:
    assert proposed_payer([code], overridden=True) is OUTLET
    assert proposed_payer([code], own_double=True) is OUTLET


def test_without_a_reason_nothing_is_put_on_the_campaign() -> None:
    assert proposed_payer([]) is OUTLET


def test_an_outcome_names_who_pays() -> None:
    assert {outcome: payer_by(outcome) for outcome in Outcome} == {
        Outcome.CAMPAIGN_PAYS: CAMPAIGN,
        Outcome.OUTLET_PAYS: OUTLET,
        Outcome.VOIDED: None,
        Outcome.FRAUD: OUTLET,
    }
