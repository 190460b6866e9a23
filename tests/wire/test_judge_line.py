"""A line of a rehearsal: its mistakes are named by their field, its answers are the three that there are."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from merchant_app.domain.judging import Network, judge
from merchant_app.errors import CampaignDocumentError
from merchant_app.wire.judge_line import answer, read_case

LINES = Path(__file__).parents[1].joinpath("data", "judge-examples.jsonl").read_text("utf-8").splitlines()
CASE = json.loads(LINES[0])


def case(**changes: Any) -> dict[str, Any]:
    return deepcopy(CASE) | changes


def test_the_last_four_fields_may_be_left_out() -> None:
    short = {key: value for key, value in CASE.items() if key not in ("history", "on_bill", "network", "bill_fen")}
    _, _, scene = read_case(short)
    assert (scene.history, scene.on_bill, scene.bill_fen) == ((), (), None)
    assert (scene.network, scene.catalogue_age) == (Network.ONLINE, None)


def test_what_is_given_reaches_the_scene() -> None:
    _, _, scene = read_case(
        case(
            network="offline",
            history=[{"serial": "9", "redeemed_at": "2022-06-28T11:00:00+08:00", "outlet_id": 4202, "holder_tag": 7}],
            on_bill=[{"offer_index": 0, "serial": "5", "amount_off_fen": 2000}],
            unanswered={"count": 3, "amount_off_fen": 600},
            catalogue_age_hours=1.5,
        )
    )
    assert scene.history[0].serial == 9
    assert scene.history[0].outlet_id == 4202
    assert scene.on_bill[0].amount_off_fen == 2000
    assert (scene.unanswered.count, scene.unanswered.amount_off_fen) == (3, 600)
    assert scene.catalogue_age is not None
    assert scene.catalogue_age.total_seconds() == 5400


def test_the_three_answers() -> None:
    assert answer(judge(*read_case(case()))) == {"verdict": "accepted", "amount_off_fen": 2000, "payable_fen": 8000}
    assert answer(judge(*read_case(case(bill_fen=None)))) == {"verdict": "needs_bill"}
    refused = answer(judge(*read_case(case(bill_fen=8800))))
    assert refused == {
        "verdict": "refused",
        "reasons": [{"code": "below_min_spend", "short_by_fen": 1200, "min_spend_fen": 10000}],
    }
    assert json.loads(json.dumps(refused)) == refused


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"now": "noon"}, "now"),
        ({"network": "sometimes"}, "network"),
        ({"outlet": {}}, "outlet.outlet_id"),
        ({"campaign": {**CASE["campaign"], "offers": []}}, "campaign.offers"),
        ({"coupon": {**CASE["coupon"], "form": "paper"}}, "coupon.form"),
    ],
)
def test_a_mistake_is_named_by_its_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(CampaignDocumentError) as caught:
        read_case(case(**changes))
    assert field in dict(caught.value.mistakes)


@pytest.mark.parametrize("line", [None, [], 7, "x"])
def test_a_line_that_is_no_case_at_all(line: Any) -> None:
    with pytest.raises(CampaignDocumentError) as caught:
        read_case(line)
    assert caught.value.mistakes[0][0] == "(document)"
