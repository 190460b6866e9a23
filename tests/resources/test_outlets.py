"""The sample outlets can be imported: unique, in known categories, at places on the map."""

import csv
import json
import re
from collections import Counter

from merchant_app.resources import resource_path
from merchant_app.wire.campaign_document import parse_campaign

HOURS = re.compile(r"([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)")


def outlets() -> list[dict[str, str]]:
    with resource_path("outlets.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def known_categories() -> set[str]:
    primary = json.loads(resource_path("categories.json").read_text(encoding="utf-8"))
    return {f"{name}/{sub}" for name, part in primary.items() for sub in part["sub"]}


def test_no_number_is_given_twice_and_no_cell_is_empty() -> None:
    rows = outlets()
    assert len(rows) >= 40
    assert [number for number, times in Counter(row["outlet_id"] for row in rows).items() if times > 1] == []
    assert rows[0]["outlet_id"] == "4201"
    assert [row for row in rows if not all(value and value.strip() == value for value in row.values())] == []


def test_every_category_is_known() -> None:
    assert {row["category"] for row in outlets()} <= known_categories()


def test_every_outlet_is_in_chongqing_and_says_when_it_is_open() -> None:
    for row in outlets():
        assert 29.4 < float(row["latitude"]) < 29.7, row
        assert 106.4 < float(row["longitude"]) < 106.8, row
        assert HOURS.fullmatch(row["hours"]), row


def test_both_campaigns_have_outlets_that_take_them_and_outlets_that_do_not() -> None:
    for name in ("jiangbei", "hotpot"):
        campaign = parse_campaign(json.loads(resource_path("campaigns", f"{name}.json").read_text(encoding="utf-8")))
        takes = [
            row
            for row in outlets()
            if (campaign.outlets is None or int(row["outlet_id"]) in campaign.outlets)
            and (campaign.districts is None or row["district"] in campaign.districts)
            and (campaign.categories is None or {row["category"], row["category"].split("/")[0]} & campaign.categories)
        ]
        assert "4201" in {row["outlet_id"] for row in takes}
        assert 0 < len(takes) < len(outlets())
        numbers = {int(row["outlet_id"]) for row in outlets()}
        assert campaign.outlets is None or campaign.outlets <= numbers
