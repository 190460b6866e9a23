"""An operator at the console: opens pages, fills in the forms that stand there, downloads what is offered."""

import csv
import io
import json
from collections.abc import Callable
from decimal import Decimal
from html.parser import HTMLParser
from itertools import dropwhile, takewhile
from typing import Any

from tests.server.console.visitor import Visitor


class FilledForm(HTMLParser):
    """The fields of the page's form with this action, as a browser would send them."""

    def __init__(self, page: str, action: str) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self._action, self._inside, self._select, self._area = action, False, "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = given.get("action") == self._action
        name = given.get("name", "")
        if not self._inside or "disabled" in given:
            return
        if tag == "input" and name and self._is_sent(given):
            self.fields.append((name, given.get("value", "on")))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self.fields.append((self._select, given.get("value", "")))
        elif tag == "textarea":
            self._area = name
            self.fields.append((name, ""))

    def _is_sent(self, given: dict[str, str]) -> bool:
        kind = given.get("type", "text")
        return "checked" in given if kind in ("checkbox", "radio") else kind not in ("file", "submit")

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[-1] = (self._area, self.fields[-1][1] + data)

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "form"
        self._select = "" if tag == "select" else self._select
        self._area = "" if tag == "textarea" else self._area


class Desk:
    """Each method is what one page is for; `visitor` is signed in."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor

    def import_outlets(self, table: str) -> str:
        """Looks at the report of bad lines, then takes the good ones; what the report says."""
        self._sent("/console/outlets/import", files={"table": ("outlets.csv", table.encode(), "text/csv")})
        said = self.visitor.said
        assert "packed" in self.visitor.last.text, said
        form = dict(FilledForm(self.visitor.last.text, "/console/outlets/import/take").fields)
        self._sent("/console/outlets/import/take", packed=form["packed"])
        return said

    def make_from_sample(self, sample: str, starts_on: str, change: Callable[[str, str], str]) -> int:
        """The sample's form with `change(name, value)` of its fields, saved; the new campaign's number."""
        page = self._page(f"/console/campaigns/new/form?sample={sample}&starts_on={starts_on}")
        filled = FilledForm(page, "/console/campaigns/new/form").fields
        fields: dict[str, list[str]] = {}
        for name, value in filled:
            fields.setdefault(name, []).append(change(name, value))
        self._sent("/console/campaigns/new/form", **fields)
        return int(self.visitor.last.url.rpartition("/")[2])

    def rehearse(self, campaign_id: int) -> str:
        self._page(f"/console/campaigns/{campaign_id}/rehearse")
        return self.visitor.said

    def step(self, campaign_id: int, step: str) -> None:
        """`open`, `pause`, `resume` or `close`."""
        self._sent(f"/console/campaigns/{campaign_id}/step/{step}")

    def opt_everybody_in(self, campaign_id: int) -> None:
        self._sent(f"/console/outlets/opting/{campaign_id}/by", by_opt_in="yes")
        self._sent(f"/console/outlets/opting/{campaign_id}", everyone="1", way="in")

    def make_link(self, campaign_id: int, round_index: int, channel: str) -> tuple[str, str]:
        """The link's id and its channel."""
        self._sent(f"/console/campaigns/{campaign_id}/links", round_index=str(round_index), channel=channel)
        return self.visitor.last.url.rpartition("/")[2], channel

    def resolve(self, dispute_id: str, outcome: str, note: str) -> None:
        self._page(f"/console/disputes/{dispute_id}")
        self._sent(f"/console/disputes/{dispute_id}/outcome", outcome=outcome, note=note)

    def close_period(self, campaign_id: int, to: str) -> None:
        self._page(f"/console/settlement/{campaign_id}/close?to={to}")
        self._sent(f"/console/settlement/{campaign_id}/close", to=to)

    def owed_in(self, campaign_id: int, number: int) -> dict[int, int]:
        """Outlet -> fen, as the period's table says it."""
        text = self._file(f"/console/settlement/{campaign_id}/periods/{number}/csv").decode("utf-8-sig")
        lines = dropwhile(lambda line: "Outlet no." not in line, csv.reader(io.StringIO(text)))
        heads, *rows = takewhile(bool, lines)
        outlet, owed = heads.index("Outlet no."), heads.index("Owed")
        return {int(row[outlet]): int(Decimal(row[owed]) * 100) for row in rows if row[outlet]}

    def report(self, campaign_id: int) -> dict[str, Any]:
        """The report as a program reads it."""
        read: dict[str, Any] = json.loads(self._file(f"/console/report/{campaign_id}/file.json"))
        return read

    def _page(self, path: str) -> str:
        answer = self.visitor.get(path)
        assert answer.status_code == 200, (path, answer.status_code, self.visitor.said)
        return answer.text

    def _file(self, path: str) -> bytes:
        answer = self.visitor.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.content

    def _sent(self, path: str, files: Any = None, **fields: Any) -> None:
        answer = self.visitor.post(path, files=files, **fields)
        assert answer.status_code == 200, (path, answer.status_code, self.visitor.said)
