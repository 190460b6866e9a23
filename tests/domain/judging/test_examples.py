"""The worked examples of the rules: each comes out as it says it must."""

import json
from pathlib import Path
from typing import Any

import pytest

from merchant_app.domain.judging import judge
from merchant_app.wire.judge_line import answer, read_case

LINES = Path(__file__).parents[2].joinpath("data", "judge-examples.jsonl").read_text(encoding="utf-8").splitlines()
EXAMPLES = [json.loads(line) for line in LINES]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["name"])
def test_the_example_comes_out_as_it_says(example: dict[str, Any]) -> None:
    given, expected = answer(judge(*read_case(example))), example["expect"]
    reasons = expected.pop("reasons", [])
    assert {key: given.get(key) for key in expected} == expected
    assert len(given.get("reasons", [])) == len(reasons)
    for said, wanted in zip(given.get("reasons", []), reasons, strict=True):
        assert {key: said.get(key) for key in wanted} == wanted


def test_there_are_as_many_examples_as_were_given() -> None:
    assert len(EXAMPLES) == 29
    assert {example["expect"]["verdict"] for example in EXAMPLES} == {"accepted", "needs_bill", "refused"}
