"""The names of categories and sub-categories, as the campaign documents key them: "catering", "hotel/resort"."""

import json
from functools import cache
from typing import Any

from merchant_app.resources import resource_path
from merchant_app.wording.words import Words


def category_name(words: Words, key: str) -> str | None:
    """The name of a category or, where the key names one, of its sub-category; None for one that is not listed."""
    primary, _, sub = key.partition("/")
    entry: Any = _categories().get(primary)
    if entry is not None and sub:
        entry = entry["sub"].get(sub)
    return None if entry is None else str(entry[words.language])


def is_sub_category(key: str) -> bool:
    """Whether this is "primary/sub" and both are listed."""
    primary, slash, sub = key.partition("/")
    return bool(slash) and sub in _categories().get(primary, {"sub": {}})["sub"]


def sub_categories() -> list[str]:
    """Every "primary/sub" that is listed, in the order of the list."""
    return [f"{primary}/{sub}" for primary, entry in _categories().items() for sub in entry["sub"]]


@cache
def _categories() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(resource_path("categories.json").read_text(encoding="utf-8"))
    return loaded
