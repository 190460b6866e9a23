"""The campaign document: what it means, and each mistake named by its field and what was expected there."""

import json
from copy import deepcopy
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merchant_app.domain.campaign import (
    AmountOff,
    Campaign,
    FixedPrice,
    Gift,
    HoldRelease,
    OfflineMode,
    PercentOff,
    Stacking,
    Validity,
    VoidWithin,
    WeeklyWindow,
)
from merchant_app.domain.kinds import Bilingual, Fen
from merchant_app.errors import CampaignDocumentError
from merchant_app.wire.campaign_document import parse_campaign

FIRST_EXAMPLE = Path(__file__).parents[1].joinpath("data", "judge-examples.jsonl").read_text("utf-8").splitlines()[0]
DOCUMENT = json.loads(FIRST_EXAMPLE)["campaign"]


def changed(path: str, value: Any) -> dict[str, Any]:
    """The document with another value at one place; `...` takes the field away."""
    document = deepcopy(DOCUMENT)
    *steps, last = [int(step) if step.isdecimal() else step for step in path.split(".")]
    place: Any = document
    for step in steps:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return document


def mistakes(path: str, value: Any) -> list[tuple[str, str]]:
    with pytest.raises(CampaignDocumentError) as caught:
        parse_campaign(changed(path, value))
    return caught.value.mistakes


def offer_with(**fields: Any) -> Any:
    document = deepcopy(DOCUMENT)
    document.pop("budget_fen")
    document["offers"][0] |= fields
    return parse_campaign(document).offers[0]


def test_the_document_is_read_whole() -> None:
    campaign = parse_campaign(DOCUMENT)
    assert isinstance(campaign, Campaign)
    assert campaign.name == Bilingual("心动生活在江北", "Xindong Life in Jiangbei")
    assert campaign.starts_at == datetime(2022, 6, 28, 2, tzinfo=UTC)
    assert campaign.zone.key == "Asia/Shanghai"
    assert [each.round_index for each in campaign.rounds] == [0, 1, 2]
    assert campaign.rounds[0].coupons_end_at == datetime(2022, 7, 2, 16, tzinfo=UTC)
    assert campaign.rounds[2].stock == ((0, 5000),)
    assert campaign.offers[0].benefit == AmountOff(Fen(2000))
    assert campaign.offers[0].void == VoidWithin(60)
    assert (campaign.outlets, campaign.districts) == (None, frozenset({"jiangbei"}))
    assert campaign.hold.release is HoldRelease.OUTLET_REPORTED


def test_what_is_left_out_has_its_default() -> None:
    document = deepcopy(DOCUMENT)
    for name in ("budget_fen", "outlets", "districts", "categories", "channels", "hold", "offline"):
        document.pop(name)
    campaign = parse_campaign(document)
    assert campaign.budget_fen is campaign.outlets is campaign.districts is campaign.categories is None
    assert (campaign.hold.minutes, campaign.hold.longest_minutes) == (5, 720)
    assert (campaign.offline.mode, campaign.offline.manager_override) == (OfflineMode.OUTLET_BOUND, True)


@pytest.mark.parametrize(
    ("given", "benefit"),
    [
        ({"kind": "amount_off", "amount_fen": 1}, AmountOff(Fen(1))),
        ({"kind": "percent_off", "percent": 100}, PercentOff(100, None)),
        ({"kind": "percent_off", "percent": 1, "cap_fen": 5000}, PercentOff(1, Fen(5000))),
        ({"kind": "fixed_price", "price_fen": 0, "cap_fen": 9}, FixedPrice(Fen(0), Fen(9))),
        ({"kind": "gift", "item": {"zh": "酸梅汤", "en": "Plum juice"}}, Gift(Bilingual("酸梅汤", "Plum juice"))),
    ],
)
def test_each_benefit(given: dict[str, Any], benefit: object) -> None:
    assert offer_with(benefit=given).benefit == benefit


GIFT = {"kind": "gift", "item": {"zh": "茶", "en": "Tea"}}


@pytest.mark.parametrize(
    ("fields", "required"),
    [
        ({}, True),
        ({"min_spend_fen": 0}, True),
        ({"benefit": GIFT, "min_spend_fen": 0}, False),
        ({"benefit": GIFT, "min_spend_fen": 1}, True),
        ({"benefit": GIFT, "min_spend_fen": 0, "bill_required": True}, True),
        ({"bill_required": False}, False),
    ],
)
def test_a_bill_is_required_by_default_for_all_but_a_gift_without_threshold(
    fields: dict[str, Any], *, required: bool
) -> None:
    assert offer_with(**fields).bill_required is required


def test_the_parts_of_an_offer() -> None:
    offer = offer_with(
        weekly_windows=[{"days": ["mon", "sun"], "from": "17:00", "until": "24:00"}],
        excluded_dates=["2022-07-01"],
        valid_for={"hours": 120},
        usable_after={"days": 1},
        void="never",
        sharing={"friends": 5},
        stacks_with="any",
    )
    assert offer.weekly_windows == (WeeklyWindow(frozenset({0, 6}), time(17), time(0)),)
    assert offer.excluded_dates == {date(2022, 7, 1)}
    assert (offer.valid_for, offer.usable_after) == (Validity(hours=120), Validity(days=1))
    assert (offer.void, offer.sharing_friends, offer.stacks_with) == ("never", 5, Stacking.ANY)


def test_a_catalogues_largest_age_is_in_hours() -> None:
    campaign = parse_campaign(changed("offline", {"catalogue_max_age_hours": 72}))
    assert campaign.offline.catalogue_max_age == timedelta(hours=72)


A_TIME = "a time with its zone, for example 2022-06-28T10:00:00+08:00"
A_DATE = "a date, for example 2022-07-01"


@pytest.mark.parametrize(
    ("path", "value", "field", "expected"),
    [
        ("colour", "red", "colour", "no such field"),
        ("offers.0.uses_", 1, "offers.0.uses_", "no such field"),
        ("hold", {"minute": 5}, "hold.minute", "no such field"),
        ("starts_at", ..., "starts_at", "this field, which is missing"),
        ("name.en", ..., "name.en", "this field, which is missing"),
        ("name", "Xindong", "name", "an object"),
        ("name.zh", " ", "name.zh", "text"),
        ("campaign_id", "20220628", "campaign_id", "a whole number"),
        ("campaign_id", 20220628.0, "campaign_id", "a whole number"),
        ("campaign_id", True, "campaign_id", "a whole number"),
        ("campaign_id", 0, "campaign_id", "1 or more"),
        ("campaign_id", 2**32, "campaign_id", "less than 4294967296"),
        ("budget_fen", 1e6, "budget_fen", "a whole number"),
        ("budget_fen", -1, "budget_fen", "0 or more"),
        ("currency", "USD", "currency", "one of 'CNY'"),
        ("time_zone", "Mars/Olympus", "time_zone", "the name of a time zone, for example Asia/Shanghai"),
        ("time_zone", "Asia", "time_zone", "the name of a time zone, for example Asia/Shanghai"),
        ("starts_at", "2022-06-28T10:00:00", "starts_at", A_TIME),
        ("starts_at", 1656381600, "starts_at", A_TIME),
        ("starts_at", "1656381600", "starts_at", A_TIME),
        ("ends_at", "2022-06-28T10:00:00+08:00", "ends_at", "a time after starts_at"),
        ("rounds", [], "rounds", "at least 1 of them"),
        ("rounds.1.closes_at", "2022-06-29T10:00:00+08:00", "rounds.1.closes_at", "a time after opens_at"),
        ("rounds.1.coupons_end_at", "2022-06-01T00:00:00+08:00", "rounds.1.coupons_end_at", "a time after opens_at"),
        ("rounds.0.stock", {"1": 5}, "rounds.0.stock.1", "an offer's index from 0 to 0"),
        ("rounds.0.stock", {"00": 5}, "rounds.0.stock.00", "an offer's index from 0 to 0"),
        ("rounds.0.stock", {"x": 5}, "rounds.0.stock.x", "an offer's index"),
        ("rounds.0.stock", {"0": 1.0}, "rounds.0.stock.0", "a whole number"),
        ("offers", {}, "offers", "a list"),
        ("offers.0.benefit", {"kind": "percent_off", "percent": 0}, "offers.0.benefit.percent", "1 or more"),
        ("offers.0.benefit", {"kind": "percent_off", "percent": 101}, "offers.0.benefit.percent", "100 or less"),
        (
            "offers.0.benefit",
            {"kind": "amount_off", "amount_fen": 20.5},
            "offers.0.benefit.amount_fen",
            "a whole number",
        ),
        ("offers.0.benefit", {"kind": "amount_off"}, "offers.0.benefit.amount_fen", "this field, which is missing"),
        ("offers.0.benefit", {"amount_fen": 1}, "offers.0.benefit.kind", "this field, which is missing"),
        (
            "offers.0.benefit",
            {"kind": "magic"},
            "offers.0.benefit.kind",
            "one of 'amount_off', 'percent_off', 'fixed_price', 'gift'",
        ),
        ("offers.0.valid_for", {"days": 0}, "offers.0.valid_for.days", "1 or more"),
        ("offers.0.valid_for", {"weeks": 1}, "offers.0.valid_for.weeks", "no such field"),
        ("offers.0.valid_for", {"days": 1, "hours": 1}, "offers.0.valid_for", "either days or hours"),
        ("offers.0.usable_after", {}, "offers.0.usable_after", "either days or hours"),
        ("offers.0.excluded_dates", ["2022-07-01", 20220702], "offers.0.excluded_dates.1", A_DATE),
        ("offers.0.excluded_dates", ["2022-07-01T00:00:00"], "offers.0.excluded_dates.0", A_DATE),
        ("offers.0.void", {"minutes": 0}, "offers.0.void.minutes", "1 or more"),
        ("offers.0.void", "always", "offers.0.void", "one of 'business_day' or 'never'"),
        ("offers.0.sharing", "all", "offers.0.sharing", "one of 'none'"),
        ("offers.0.sharing", {"friends": "5"}, "offers.0.sharing.friends", "a whole number"),
        ("offers.0.stacks_with", "all", "offers.0.stacks_with", "one of 'none', 'other_offers' or 'any'"),
        ("offers.0.bill_required", 1, "offers.0.bill_required", "true or false"),
        ("outlets", "some", "outlets", "one of 'all'"),
        ("outlets", [4201, 0], "outlets.1", "1 or more"),
        ("channels", [1], "channels.0", "text"),
        ("hold", {"minutes": 10, "longest_minutes": 5}, "hold.longest_minutes", "at least hold.minutes"),
        ("offline.mode", "maybe", "offline.mode", "one of 'outlet_bound', 'open' or 'deny'"),
    ],
)
def test_a_mistake_is_named_by_its_field_and_what_was_expected(
    path: str, value: Any, field: str, expected: str
) -> None:
    assert mistakes(path, value) == [(field, expected)]


def window(**fields: Any) -> list[dict[str, Any]]:
    return [{"days": ["mon"], "from": "17:00", "until": "22:00"} | fields]


@pytest.mark.parametrize(
    ("fields", "field", "expected"),
    [
        ({"until": "17:00"}, "until", "a time other than from"),
        ({"from": "24:00"}, "from", "a time from 00:00 to 23:59"),
        ({"from": "7:00"}, "from", "a time from 00:00 to 24:00"),
        ({"until": "24:01"}, "until", "a time from 00:00 to 24:00"),
        ({"until": 22}, "until", "a time from 00:00 to 24:00"),
        ({"days": []}, "days", "at least 1 of them"),
        ({"days": ["mo"]}, "days.0", "one of 'mon', 'tue', 'wed', 'thu', 'fri', 'sat' or 'sun'"),
        ({"from_": "17:00"}, "from_", "no such field"),
    ],
)
def test_a_mistake_in_a_window(fields: dict[str, Any], field: str, expected: str) -> None:
    found = mistakes("offers.0.weekly_windows", window(**fields))
    assert found == [(f"offers.0.weekly_windows.0.{field}", expected)]


@pytest.mark.parametrize("benefit", [{"kind": "percent_off", "percent": 20}, {"kind": "fixed_price", "price_fen": 990}])
def test_a_budget_needs_a_cap_on_what_nothing_else_bounds(benefit: dict[str, Any]) -> None:
    (mistake,) = mistakes("offers.0.benefit", benefit)
    assert mistake[0] == "offers.0.benefit.cap_fen"
    assert offer_with(benefit=benefit).largest_amount_off_fen is None


def test_all_mistakes_are_told_at_once() -> None:
    document = changed("campaign_id", "x")
    document["offers"][0]["uses"] = 0
    document["colour"] = "red"
    with pytest.raises(CampaignDocumentError) as caught:
        parse_campaign(document)
    assert {field for field, _ in caught.value.mistakes} == {"campaign_id", "offers.0.uses", "colour"}


@pytest.mark.parametrize("document", [None, [], "x", 5])
def test_what_is_no_document_at_all(document: Any) -> None:
    with pytest.raises(CampaignDocumentError) as caught:
        parse_campaign(document)
    assert caught.value.mistakes == [("(document)", "an object")]


jsons = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=5), part, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from(sorted(DOCUMENT)), jsons)
def test_any_value_in_any_place_is_taken_or_named(field: str, value: Any) -> None:
    found: list[tuple[str, str]] = []
    try:
        parse_campaign(changed(field, value))
    except CampaignDocumentError as error:
        found = error.mistakes
    assert all(path and expected for path, expected in found)
