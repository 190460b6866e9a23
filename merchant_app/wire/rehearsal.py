"""A rehearsal: cases as lines of JSON, each to its verdict, or to its mistakes by their fields."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from merchant_app.domain.campaign import Campaign
from merchant_app.domain.judging import Verdict, judge
from merchant_app.errors import CampaignDocumentError
from merchant_app.wire.judge_line import answer, read_case


@dataclass(frozen=True, slots=True)
class Judged:
    """A line with its verdict. `expected` is what it says has to come out (None: nothing); `agrees` says whether it did
    (True where nothing was expected)."""

    number: int
    name: str
    campaign: Campaign
    now: datetime
    verdict: Verdict
    expected: Any

    @property
    def answer(self) -> dict[str, Any]:
        """The verdict as JSON."""
        return answer(self.verdict)

    @property
    def agrees(self) -> bool:
        return self.expected is None or _meets(self.expected, self.answer)


@dataclass(frozen=True, slots=True)
class NoCase:
    """A line that is none. `mistakes` are (path, expected) pairs, as a document's are."""

    number: int
    mistakes: list[tuple[str, str]]


def rehearse(lines: Iterable[str], document: Any = None) -> Iterator[Judged | NoCase]:
    """Each line that is not empty, in order; one that names no campaign is judged by `document`."""
    for number, line in enumerate((line for line in lines if line.strip()), start=1):
        try:
            yield _judged(number, json.loads(line), document)
        except (ValueError, RecursionError) as error:
            yield NoCase(number, [("(line)", f"JSON: {error}")])
        except CampaignDocumentError as error:
            yield NoCase(number, error.mistakes)


def _judged(number: int, case: Any, document: Any) -> Judged:
    if isinstance(case, dict) and "campaign" not in case and document is not None:
        case = {**case, "campaign": document}
    code, campaign, scene = read_case(case)
    name, expected = str(case.get("name") or number), case.get("expect")
    return Judged(number, name, campaign, scene.now, judge(code, campaign, scene), expected)


def _meets(expected: Any, given: Any) -> bool:
    """Each key of `expected` is there with its value; more keys are fine."""
    if isinstance(expected, dict):
        return isinstance(given, dict) and all(key in given and _meets(expected[key], given[key]) for key in expected)
    if isinstance(expected, list):
        return isinstance(given, list) and len(given) == len(expected) and all(map(_meets, expected, given))
    return bool(expected == given)
