"""One line of a table of outlets: an outlet with its merchant, or the first column that is not as it should be."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from merchant_app.server.db.merchants import Merchant
from merchant_app.wire.catalogue import OutletPart
from merchant_app.wording.categories import is_sub_category

REQUIRED = ("outlet_id", "name_zh", "name_en", "district", "category")
OPTIONAL = ("latitude", "longitude", "hours", "address_zh", "address_en", "merchant_id", "merchant_zh", "merchant_en")
COLUMNS = REQUIRED + OPTIONAL
LONGEST = 300
_NUMBER = re.compile(r"[1-9]\d{0,8}", flags=re.ASCII)


@dataclass(frozen=True, slots=True)
class BadLine:
    """`line` counts as an editor does; `expected` is plain English, said in others by `wording.expectations`."""

    line: int
    column: str
    expected: str


@dataclass(frozen=True, slots=True)
class ReadOutlet:
    """An outlet as a line gives it; `merchant` where the line gives its names too."""

    line: int
    part: OutletPart
    merchant_id: int | None
    merchant: Merchant | None


def read_line(values: Mapping[str, str], line: int) -> ReadOutlet | BadLine:
    """`values` by column; one that is missing counts as empty."""
    given = {column: (values.get(column) or "").strip() for column in COLUMNS}
    wrong = _wrong_text(given) or _wrong_place(given) or _wrong_merchant(given)
    if wrong is not None:
        return BadLine(line, *wrong)
    part = OutletPart(
        outlet_id=int(given["outlet_id"]),
        **{name: given[name] for name in ("name_zh", "name_en", "district", "category", "hours")},
        **{name: given[name] for name in ("address_zh", "address_en")},
        latitude=_degrees(given["latitude"], 90),
        longitude=_degrees(given["longitude"], 180),
    )
    if not given["merchant_id"]:
        return ReadOutlet(line, part, None, None)
    merchant_id = int(given["merchant_id"])
    names = given["merchant_zh"] or given["merchant_en"], given["merchant_en"] or given["merchant_zh"]
    return ReadOutlet(line, part, merchant_id, Merchant(merchant_id, *names) if names[0] else None)


def _wrong_text(given: Mapping[str, str]) -> tuple[str, str] | None:
    """(column, what was expected) of the first one that is wrong."""
    if not _NUMBER.fullmatch(given["outlet_id"]):
        return "outlet_id", "a whole number from 1 to 999999999"
    for column, text in given.items():
        if not text and column in REQUIRED:
            return column, "something"
        if len(text) > LONGEST or any(letter < " " for letter in text):
            return column, f"one line of at most {LONGEST} characters"
    if not is_sub_category(given["category"]):
        return "category", "a category and sub-category that are listed, for example catering/foods"
    return None


def _wrong_place(given: Mapping[str, str]) -> tuple[str, str] | None:
    if bool(given["latitude"]) != bool(given["longitude"]):
        return "latitude", "both latitude and longitude, or neither"
    for column, limit in (("latitude", 90), ("longitude", 180)):
        if given[column] and _degrees(given[column], limit) is None:
            return column, f"degrees from -{limit} to {limit}"
    return None


def _wrong_merchant(given: Mapping[str, str]) -> tuple[str, str] | None:
    if given["merchant_id"] and not _NUMBER.fullmatch(given["merchant_id"]):
        return "merchant_id", "a whole number from 1 to 999999999"
    if not given["merchant_id"] and (given["merchant_zh"] or given["merchant_en"]):
        return "merchant_id", "the merchant's number beside its name"
    return None


def _degrees(text: str, limit: int) -> float | None:
    try:
        degrees = float(text)
    except ValueError:
        return None
    return degrees if math.isfinite(degrees) and abs(degrees) <= limit else None
