"""What was expected in a field is said in the reader's language, whatever the field."""

import re

import pytest

from merchant_app.wording.expectations import expectation
from tests.wire.test_campaign_document import mistakes, window
from tests.wording.saying import EN, ZH


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("colour", "red"),
        ("starts_at", ...),
        ("starts_at", 5),
        ("name", "Xindong"),
        ("name.zh", " "),
        ("campaign_id", "x"),
        ("campaign_id", 0),
        ("campaign_id", 2**32),
        ("currency", "USD"),
        ("time_zone", "Mars/Olympus"),
        ("ends_at", "2022-06-28T10:00:00+08:00"),
        ("rounds", []),
        ("rounds.1.closes_at", "2022-06-29T10:00:00+08:00"),
        ("rounds.0.stock", {"1": 5}),
        ("rounds.0.stock", {"x": 5}),
        ("offers", {}),
        ("offers.0.benefit", {"kind": "percent_off", "percent": 101}),
        ("offers.0.benefit", {"kind": "percent_off", "percent": 20}),
        ("offers.0.valid_for", {}),
        ("offers.0.excluded_dates", ["soon"]),
        ("offers.0.bill_required", 1),
        ("offers.0.weekly_windows", window(until="17:00")),
        ("offers.0.weekly_windows", window(until="25:00")),
        ("offers.0.weekly_windows", [{"days": ["mon"], "from": "24:00", "until": "17:00"}]),
        ("hold", {"minutes": 10, "longest_minutes": 5}),
    ],
)
def test_each_is_said_in_both_languages(path: str, value: object) -> None:
    (_, expected), *_ = mistakes(path, value)
    assert expectation(EN, expected) == expected
    assert re.search(r"[\u4e00-\u9fff]", expectation(ZH, expected))
    assert "{" not in expectation(ZH, expected)


def test_numbers_and_choices_are_put_in() -> None:
    assert expectation(ZH, "100 or less") == "不大于100"
    assert expectation(ZH, "one of 'mon' or 'tue'") == "可选值：'mon' or 'tue'"


def test_what_is_not_known_stays_as_it_is() -> None:
    assert expectation(ZH, "something else") == "something else"
