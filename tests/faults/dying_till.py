"""A till in a process of its own that is about to be killed: `python -m tests.faults.dying_till FOLDER CODE WHEN`.

WHEN is `after_yes` (it was told "yes" and has not written it down) or `after_green` (it has just said so). It prints
the word and then waits for the end.
"""

import sys
import time
from pathlib import Path
from typing import Any

import requests
from requests.adapters import HTTPAdapter

from merchant_app.domain.kinds import Fen
from merchant_app.domain.redemption import Bill
from merchant_app.till.parts import Outside, open_parts
from merchant_app.till.services.answers import Redeemed
from tests.fakes import FakeClock
from tests.till.made_till import NOON


class _AnswerThenNothing(HTTPAdapter):
    """Hears the server's whole answer, and the program gets no further."""

    def send(self, *args: Any, **kwargs: Any) -> requests.Response:
        response = super().send(*args, **kwargs)
        assert b'"confirmed"' in response.content
        wait_for_the_end("after_yes")


def wait_for_the_end(word: str) -> Any:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()
    while True:
        time.sleep(60)


def main(folder: str, code: str, when: str) -> None:
    session = requests.Session()
    if when == "after_yes":
        session.mount("http://", _AnswerThenNothing())
    clock = FakeClock(NOON)
    outside = Outside(wall=clock.wall, monotonic=clock.monotonic, session=session)
    parts = open_parts(Path(folder), outside, lambda: "02")
    if when == "after_yes":
        parts.line.up()
    answer = parts.redeeming.present(code, Bill("bill", Fen(12_800)))
    assert isinstance(answer, Redeemed), answer
    wait_for_the_end("after_green")


if __name__ == "__main__":
    main(*sys.argv[1:])
