"""The waiting line: in order, in groups, with an end; nobody in it is forgotten, and none is held up by another."""

import threading
from collections.abc import Sequence
from concurrent.futures import Future
from datetime import UTC, datetime

import pytest

from merchant_app.domain.kinds import CampaignId, Serial
from merchant_app.errors import DatabaseBusyError
from merchant_app.server.services.claiming.asking import Claimed, WantedClaim
from merchant_app.server.services.claiming.line import ClaimLine
from merchant_app.server.services.claiming.serving import Answer

NOW = datetime(2026, 6, 30, 4, 0, tzinfo=UTC)


def claim_of(who: int) -> WantedClaim:
    return WantedClaim("link", f"wallet {who}", "1", 0)


def given(wanted: WantedClaim) -> Claimed:
    return Claimed(CampaignId(7), 0, 0, Serial(int(wanted.wallet_id.split()[1])), "0", NOW, NOW)


class Serving:
    """Serves when it is let; writes down which groups it was given."""

    def __init__(self) -> None:
        self.groups: list[list[int]] = []
        self.may_go = threading.Event()
        self.breaks_at: set[int] = set()
        self.error: Exception = ZeroDivisionError()

    def __call__(self, wanted: Sequence[WantedClaim]) -> list[Answer]:
        self.may_go.wait()
        answers = [given(each) for each in wanted]
        self.groups.append([answer.serial for answer in answers])
        if self.breaks_at & set(self.groups[-1]):
            raise self.error
        return list(answers)


def joined(line: ClaimLine, who: int) -> "Future[Answer]":
    answer = line.join(claim_of(who))
    assert answer is not None
    return answer


def test_those_who_wait_are_served_together_in_the_order_in_which_they_came() -> None:
    serving = Serving()
    line = ClaimLine(serving, group=3)
    answers = [joined(line, who) for who in range(7)]
    line.start()
    serving.may_go.set()
    line.close()
    assert serving.groups == [[0, 1, 2], [3, 4, 5], [6]]
    assert [answer.result(0) for answer in answers] == [given(claim_of(who)) for who in range(7)]


def test_whoever_has_gone_is_passed_over() -> None:
    serving = Serving()
    line = ClaimLine(serving, group=2)
    answers = [joined(line, who) for who in range(6)]
    assert all(answers[who].cancel() for who in (0, 1, 2, 4))
    line.start()
    serving.may_go.set()
    line.close()
    assert serving.groups == [[3, 5]]


def test_a_full_line_takes_nobody_else_and_a_closed_one_neither() -> None:
    serving = Serving()
    line = ClaimLine(serving, longest=2)
    assert line.join(claim_of(0)) is not None
    assert line.join(claim_of(1)) is not None
    assert line.join(claim_of(2)) is None
    serving.may_go.set()
    line.start()
    line.close()
    assert serving.groups == [[0, 1]]
    assert line.join(claim_of(3)) is None


def test_closing_it_answers_everybody_who_waits() -> None:
    serving = Serving()
    line = ClaimLine(serving, group=1)
    line.start()
    answers = [joined(line, who) for who in range(5)]
    closing = threading.Thread(target=line.close)
    closing.start()
    serving.may_go.set()
    closing.join()
    assert all(answer.done() for answer in answers)


def test_one_claim_that_fails_spoils_no_others() -> None:
    serving = Serving()
    serving.breaks_at = {1}
    line = ClaimLine(serving)
    answers = [joined(line, who) for who in range(3)]
    serving.may_go.set()
    line.start()
    line.close()
    assert serving.groups == [[0, 1, 2], [0], [1], [2]]
    assert isinstance(answers[1].exception(0), ZeroDivisionError)
    assert answers[0].result(0) == given(claim_of(0))
    assert answers[2].result(0) == given(claim_of(2))


def test_a_busy_database_is_said_to_all_and_the_next_are_served() -> None:
    serving = Serving()
    serving.breaks_at, serving.error = {0}, DatabaseBusyError("")
    line = ClaimLine(serving, group=2)
    answers = [joined(line, who) for who in range(3)]
    serving.may_go.set()
    line.start()
    line.close()
    assert serving.groups == [[0, 1], [2]]
    for answer in answers[:2]:
        with pytest.raises(DatabaseBusyError):
            answer.result(0)
    assert answers[2].result(0) == given(claim_of(2))
