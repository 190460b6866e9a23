"""What stands in the fields of the form: text by the document's own paths, such as `offers.0.min_spend_fen`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from starlette.datastructures import FormData

MOST_PARTS = 256
"""Rounds, and offers, that a document can have."""


@dataclass(slots=True)
class Fields:
    """Each path has the texts that were chosen or typed there; most have one."""

    texts: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of_form(cls, form: FormData) -> "Fields":
        """Files are none of these."""
        made = cls()
        for name, value in form.multi_items():
            if isinstance(value, str):
                made.texts.setdefault(name, []).append(value)
        return made

    def one(self, path: str) -> str:
        """The text there, without spaces around it; empty where there is none."""
        return (self.texts.get(path) or [""])[0].strip()

    def many(self, path: str) -> list[str]:
        return self.texts.get(path, [])

    def put(self, path: str, *texts: str) -> None:
        self.texts[path] = list(texts)

    def count(self, prefix: str) -> int:
        """How many parts there are under `prefix`: rounds, offers, or an offer's windows."""
        head = re.compile(rf"{re.escape(prefix)}\.(\d{{1,4}})\.")
        found = [int(match[1]) for path in self.texts if (match := head.match(path)) is not None]
        return min(max(found, default=-1) + 1, MOST_PARTS)

    def remove(self, prefix: str, index: int) -> None:
        """Takes a part out; those after it move up."""
        head = re.compile(rf"{re.escape(prefix)}\.(\d{{1,4}})\.(.*)")
        kept: dict[str, list[str]] = {}
        for path, texts in self.texts.items():
            match = head.fullmatch(path)
            place = None if match is None else int(match[1])
            if match is None or place is None or place < index:
                kept[path] = texts
            elif place > index:
                kept[f"{prefix}.{place - 1}.{match[2]}"] = texts
        self.texts = kept

    def under(self, prefix: str) -> Iterable[tuple[str, list[str]]]:
        """The paths below `prefix`, without it."""
        head = f"{prefix}."
        return [(path.removeprefix(head), texts) for path, texts in self.texts.items() if path.startswith(head)]
