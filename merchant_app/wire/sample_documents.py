"""The sample campaigns' documents, with their dates moved by whole days to where they are wanted."""

import json
import re
from datetime import date, datetime, timedelta
from typing import Any

from merchant_app.resources import resource_path

SAMPLES = ("jiangbei", "hotpot")
"""One of each kind: released in rounds, and shared among friends."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT")


def sample_document(name: str, by: timedelta = timedelta(0)) -> dict[str, Any]:
    """One of `SAMPLES`, moved by whole days."""
    read: dict[str, Any] = json.loads(resource_path("campaigns", f"{name}.json").read_text(encoding="utf-8"))
    document: dict[str, Any] = moved(read, by)
    return document


def sample_starting_on(name: str, day: date) -> dict[str, Any]:
    """One of `SAMPLES` as if it began on `day`, in its own time zone."""
    begins = datetime.fromisoformat(sample_document(name)["starts_at"]).date()
    return sample_document(name, day - begins)


def moved(part: Any, by: timedelta) -> Any:
    """The same JSON with every date and every instant moved by whole days; hours and weekdays stay as they are."""
    if isinstance(part, dict):
        return {key: moved(value, by) for key, value in part.items()}
    if isinstance(part, list):
        return [moved(value, by) for value in part]
    if isinstance(part, str) and _DAY.fullmatch(part):
        return (date.fromisoformat(part) + by).isoformat()
    if isinstance(part, str) and _INSTANT.match(part):
        return (datetime.fromisoformat(part) + by).isoformat()
    return part
