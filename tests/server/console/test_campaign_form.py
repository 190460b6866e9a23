"""The form of a campaign and its document say the same, there and back; steps keep everything else as it was."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merchant_app.resources import resource_path
from merchant_app.server.console.campaigns.form import Fields, filled, read, take
from merchant_app.server.console.campaigns.form.spelling import fen, instant, wall_clock, yuan, zone_named
from merchant_app.server.console.campaigns.showing import shown_at
from merchant_app.wire.campaign_document import parse_campaign
from tests.server.documents import document, offer

EVERYTHING = document(
    budget_fen=123_456_78,
    outlets=[4201, 4202],
    categories=["catering", "hotel/resort"],
    rounds=[
        {
            "opens_at": "2026-06-28T00:00:30+08:00",
            "closes_at": "2026-07-01T00:00:00+08:00",
            "coupons_end_at": "2026-07-05T00:00:00+08:00",
            "stock": {"0": 5, "2": 7},
        }
    ],
    offers=[
        offer(
            weekly_windows=[{"days": ["fri", "sat"], "from": "17:00", "until": "02:00"}],
            excluded_dates=["2026-07-01", "2026-07-02"],
            usable_after={"hours": 2},
            valid_for={"days": 5},
            per_holder={"claims": 2, "claims_per_day": 1, "redemptions_per_day": 1},
            sharing={"friends": 5},
            bill_required=False,
        ),
        offer(benefit={"kind": "percent_off", "percent": 20, "cap_fen": 5001}, void="never", uses=3),
        offer(benefit={"kind": "fixed_price", "price_fen": 0, "cap_fen": 2000}, only_dates=["2026-07-03"]),
        offer(benefit={"kind": "gift", "item": {"zh": "茶", "en": "Tea"}}, min_spend_fen=0),
    ],
    hold={"minutes": 7, "longest_minutes": 70, "release": "expiry"},
    offline={"mode": "deny", "max_amount_off_fen": 1, "till_max_count": 0, "manager_override": False},
)


def sample(name: str) -> dict[str, Any]:
    read_in: dict[str, Any] = json.loads(resource_path("campaigns", f"{name}.json").read_text(encoding="utf-8"))
    return read_in


def mistakes(fields: Fields) -> list[str]:
    return [path for path, _ in read(fields)[1]]


@pytest.mark.parametrize("whole", [sample("jiangbei"), sample("hotpot"), EVERYTHING, document()])
def test_a_document_goes_into_the_form_and_comes_out_the_same(whole: dict[str, Any]) -> None:
    made, wrong = read(filled(whole))
    assert wrong == []
    assert parse_campaign(made) == parse_campaign(whole)


def test_what_is_no_number_amount_or_time_is_said_at_its_field_beside_all_else() -> None:
    fields = filled(EVERYTHING)
    wrong = {
        "budget_fen": "a million",
        "starts_at": "soon",
        "rounds.0.stock.0": "1.5",
        "offers.0.min_spend_fen": "10.005",
        "offers.1.benefit.percent": "101",
        "offers.0.valid_for.count": "five",
        "offers.3.title.en": "",
        "outlets.list": "all of them",
        "hold.minutes": "0",
    }
    for path, text in wrong.items():
        fields.put(path, text)
    named = {"offers.0.valid_for.count": "offers.0.valid_for", "outlets.list": "outlets"}
    assert {named.get(path, path) for path in wrong} <= set(mistakes(fields))


def test_an_empty_form_says_what_is_missing_and_breaks_nothing() -> None:
    assert {"campaign_id", "name.zh", "starts_at", "rounds", "offers"} <= set(mistakes(Fields()))


def test_a_removed_offer_takes_its_stock_along() -> None:
    fields = filled(EVERYTHING)
    take("remove offers 1", fields)
    made, wrong = read(fields)
    assert wrong == []
    assert made["rounds"][0]["stock"] == {"0": 5, "1": 7}
    assert [each["benefit"]["kind"] for each in made["offers"]] == ["amount_off", "fixed_price", "gift"]


def test_a_new_round_begins_a_day_later_with_as_much() -> None:
    fields = filled(sample("jiangbei"))
    take("add rounds", fields)
    before, added = read(fields)[0]["rounds"][-2:]
    assert added["stock"] == before["stock"]
    assert added["opens_at"][:10] == "2022-07-15"
    take("remove rounds 0", fields)
    assert len(read(fields)[0]["rounds"]) == 3


def test_hours_are_added_and_removed() -> None:
    fields = filled(EVERYTHING)
    take("add offers.0.weekly_windows", fields)
    assert [each["from"] for each in read(fields)[0]["offers"][0]["weekly_windows"]] == ["17:00", "10:00"]
    take("remove offers.0.weekly_windows 0", fields)
    assert [each["from"] for each in read(fields)[0]["offers"][0]["weekly_windows"]] == ["10:00"]


@pytest.mark.parametrize("step", ["", "redraw", "add campaigns", "remove offers", "remove offers x", "add offers.9999"])
def test_a_step_that_there_is_not_changes_nothing(step: str) -> None:
    fields, before = filled(EVERYTHING), filled(EVERYTHING)
    take(step, fields)
    assert fields == before


@given(st.dictionaries(st.sampled_from(sorted(filled(EVERYTHING).texts)), st.lists(st.text(max_size=12), max_size=3)))
def test_whatever_is_typed_the_form_has_an_answer(typed: dict[str, list[str]]) -> None:
    fields = Fields({**copy.deepcopy(filled(EVERYTHING).texts), **typed})
    made, wrong = read(fields)
    if not wrong:
        parse_campaign(made)


@given(st.integers(0, 10**14))
def test_yuan_and_fen_say_the_same(amount: int) -> None:
    assert fen(yuan(amount)) == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [("20", 2000), ("20.5", 2050), ("¥1,234.50", 123450), ("0", 0), ("1.005", None), ("-1", None), ("1e9999", None)],
)
def test_yuan_as_people_type_them(text: str, amount: int | None) -> None:
    assert fen(text) == amount


def test_times_are_those_of_the_campaigns_own_clock() -> None:
    zone = zone_named("Asia/Shanghai")
    assert wall_clock("2026-06-28T02:00:00+00:00", zone) == "2026-06-28T10:00"
    assert instant("2026-06-28 10:00", zone) == "2026-06-28T10:00:00+08:00"
    assert instant("2026-13-28T10:00", zone) is None
    assert zone_named("Mars/Olympus") == zone


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("offers.0.excluded_dates.3", "offers.0.excluded_dates"),
        ("offers.0.weekly_windows.0.days.1", "offers.0.weekly_windows.0.days"),
        ("offers.0.valid_for.days", "offers.0.valid_for"),
        ("outlets.5", "outlets"),
        ("rounds.0.stock.1", "rounds.0.stock.1"),
    ],
)
def test_a_mistake_is_said_at_the_field_that_holds_it(path: str, field: str) -> None:
    assert shown_at(path) == field
