"""The sample campaigns are what the operator's document must be, and hold what they promise."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from merchant_app.domain.campaign import Campaign
from merchant_app.resources import resource_path
from merchant_app.wire.campaign_document import parse_campaign

DOCUMENTS = ("jiangbei", "hotpot")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def document(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(resource_path("campaigns", f"{name}.json").read_text(encoding="utf-8"))
    return read


def campaign(name: str) -> Campaign:
    return parse_campaign(document(name))


def bilingual_texts(part: Any) -> Iterator[dict[str, str]]:
    """Every `{"zh", "en"}` of a document."""
    if isinstance(part, dict):
        if set(part) == {"zh", "en"}:
            yield part
        for value in part.values():
            yield from bilingual_texts(value)
    elif isinstance(part, list):
        for value in part:
            yield from bilingual_texts(value)


def moved(part: Any, by: timedelta) -> Any:
    """The same document with every date and time moved by whole days."""
    if isinstance(part, dict):
        return {key: moved(value, by) for key, value in part.items()}
    if isinstance(part, list):
        return [moved(value, by) for value in part]
    if isinstance(part, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", part):
        return (date.fromisoformat(part) + by).isoformat()
    if isinstance(part, str) and re.match(r"\d{4}-\d\d-\d\dT", part):
        return (datetime.fromisoformat(part) + by).isoformat()
    return part


@pytest.mark.parametrize("name", DOCUMENTS)
def test_it_is_a_campaign(name: str) -> None:
    assert campaign(name).offers


@pytest.mark.parametrize("days", [1, 29, 365, 4200])
@pytest.mark.parametrize("name", DOCUMENTS)
def test_it_stays_one_when_all_its_dates_move(name: str, days: int) -> None:
    there = parse_campaign(moved(document(name), timedelta(days=days)))
    assert there.starts_at == campaign(name).starts_at + timedelta(days=days)
    before, after = campaign(name).offers, there.offers
    assert [len(offer.only_dates) for offer in after] == [len(offer.only_dates) for offer in before]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_budget_covers_the_whole_stock(name: str) -> None:
    of = campaign(name)
    assert of.budget_fen is not None
    spent = 0
    for issue_round in of.rounds:
        for offer_index, count in issue_round.stock:
            offer = of.offers[offer_index]
            assert offer.largest_amount_off_fen is not None
            spent += count * offer.uses * offer.largest_amount_off_fen
    assert 0 < spent <= of.budget_fen


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_offer_can_be_claimed_and_every_coupon_used_in_its_campaign(name: str) -> None:
    of = campaign(name)
    assert {index for issue_round in of.rounds for index, count in issue_round.stock if count} == set(
        range(len(of.offers))
    )
    for issue_round in of.rounds:
        assert of.starts_at <= issue_round.opens_at < issue_round.closes_at <= of.ends_at


@pytest.mark.parametrize("name", DOCUMENTS)
def test_both_languages_are_written(name: str) -> None:
    texts = list(bilingual_texts(document(name)))
    assert len(texts) > 10
    for text in texts:
        assert CHINESE.search(text["zh"]), text
        assert not CHINESE.search(text["en"]), text


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_offer_has_its_picture(name: str) -> None:
    for offer in campaign(name).offers:
        assert resource_path("offers", offer.picture).is_file(), offer.title.en


def test_jiangbei_is_the_campaign_of_the_text() -> None:
    of = campaign("jiangbei")
    assert of.budget_fen == 1_000_000_00
    opened = [issue_round.opens_at.astimezone(of.zone).date() for issue_round in of.rounds]
    assert opened == [date(2022, 6, 28), date(2022, 6, 29), date(2022, 7, 14)]
    last_instants = [issue_round.coupons_end_at for issue_round in of.rounds[:2]]
    assert [at and (at - timedelta(seconds=1)).astimezone(of.zone).date() for at in last_instants] == [
        date(2022, 7, 2),
        date(2022, 7, 2),
    ]
    assert all(offer.valid_for is not None and offer.valid_for.days == 5 for offer in of.offers)
    assert of.outlets is None
    assert of.districts == {"jiangbei"}
    assert {"short_video", "live_stream"} <= set(of.channels)


def test_the_hot_pot_coupons_can_be_shared_among_friends() -> None:
    of = campaign("hotpot")
    assert all(offer.sharing_friends == 5 for offer in of.offers)
    assert any(offer.uses == 2 for offer in of.offers)
    assert any(window.runs_past_midnight for offer in of.offers for window in offer.weekly_windows)
