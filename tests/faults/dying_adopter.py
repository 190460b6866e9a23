"""A till that was enrolled again, in a process of its own, about to be killed: `... FOLDER PATH COUNT`.

It syncs until the COUNT-th answer from PATH has come, which it does not get to write down. It says so and waits.
"""

import sys
from pathlib import Path
from typing import Any

import requests
from requests.adapters import HTTPAdapter

from merchant_app.till.parts import Outside, open_parts
from tests.fakes import FakeClock
from tests.faults.dying_till import wait_for_the_end
from tests.till.made_till import NOON


class _SoFar(HTTPAdapter):
    """Hears so many whole answers from one path, and the program gets no further."""

    def __init__(self, path: str, count: int) -> None:
        super().__init__(max_retries=0)
        self._path, self._left = path, count

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        response = super().send(request, *args, **kwargs)
        self._left -= request.path_url == self._path
        if not self._left:
            assert response.content
            wait_for_the_end("heard")
        return response


def main(folder: str, path: str, count: str) -> None:
    session, clock = requests.Session(), FakeClock(NOON)
    session.mount("http://", _SoFar(path, int(count)))
    outside = Outside(wall=clock.wall, monotonic=clock.monotonic, session=session)
    parts = open_parts(Path(folder), outside, lambda: "02")
    report = parts.syncing.sync()
    sys.exit(f"it came to an end: {report}")


if __name__ == "__main__":
    main(*sys.argv[1:])
