"""What the form's page shows beside its fields: names, mistakes in sentences, the choices of categories and days."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from merchant_app.server.console.campaigns.form import Fields
from merchant_app.wording import Words
from merchant_app.wording.campaign_fields import field_name, place_name
from merchant_app.wording.categories import category_name, sub_categories
from merchant_app.wording.expectations import expectation

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_A_MONDAY = date(2024, 1, 1)
_IN_A_LIST = re.compile(r"(outlets|districts|categories|channels|.*\.(?:excluded_dates|only_dates|days))\.\d+")
_IN_A_SPAN = re.compile(r"(.*\.(?:valid_for|usable_after))\.(?:days|hours)")
_TERMS = ("weekly_windows", "excluded_dates", "only_dates", "uses", "per_holder", "stacks_with", "max_per_bill", "void")


def shown_at(path: str) -> str:
    """The field of the form at which a mistake of the document is said: a list is one field, and a span is."""
    for pattern in (_IN_A_LIST, _IN_A_SPAN):
        match = pattern.fullmatch(path)
        if match is not None:
            return match[1]
    return path


def said(words: Words, mistakes: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Each field with its mistake in a sentence, once."""
    found: dict[str, str] = {}
    for path, expected in mistakes:
        sentence = words._("Expected: {expected}.", expected=expectation(words, expected))
        found.setdefault(shown_at(path), sentence)
    return list(found.items())


def beside(words: Words, fields: Fields, mistakes: list[tuple[str, str]]) -> dict[str, Any]:
    """The values that the form's templates are drawn with."""
    chosen, wrong = set(fields.many("categories")), [path for path, _ in mistakes]
    return {
        "fields": fields,
        "mistakes": mistakes,
        "errors": dict(mistakes),
        "label": lambda path: field_name(words, path),
        "place": lambda path: place_name(words, path),
        "weekdays": [(day, words.weekday(_A_MONDAY + timedelta(days=at), short=True)) for at, day in enumerate(_DAYS)],
        "categories": _categories(words),
        "opened_category": lambda key: any(each.startswith(f"{key}/") for each in chosen),
        "opened": lambda path: (
            any(each.startswith(f"{path}.{term}") for each in wrong for term in _TERMS)
            or bool(fields.count(f"{path}.weekly_windows"))
        ),
    }


def _categories(words: Words) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Each primary category with its name and its sub-categories."""
    found: dict[str, list[tuple[str, str]]] = {}
    for key in sub_categories():
        found.setdefault(key.partition("/")[0], []).append((key, category_name(words, key) or key))
    return [(primary, category_name(words, primary) or primary, subs) for primary, subs in found.items()]
