"""Outlets from a table: bad lines are named with what was expected, and stop none of the good ones."""

import csv
import io
import math
import re
from dataclasses import dataclass

from merchant_app.server.central import Central
from merchant_app.server.db.outlets import put_outlets

COLUMNS = (
    "outlet_id",
    "name_zh",
    "name_en",
    "district",
    "category",
    "latitude",
    "longitude",
    "hours",
    "address_zh",
    "address_en",
)
_WANTED = ("name_zh", "name_en", "district", "category")


@dataclass(frozen=True, slots=True)
class BadLine:
    """`line` counts as an editor does."""

    line: int
    column: str
    expected: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    taken: int
    bad_lines: tuple[BadLine, ...]


def import_outlets(central: Central, text: str) -> ImportReport:
    """New outlets are added, known ones brought up to date."""
    reader = csv.DictReader(io.StringIO(text), restkey="", restval="")
    missing = [column for column in COLUMNS[:5] if column not in (reader.fieldnames or ())]
    if missing:
        return ImportReport(0, (BadLine(1, ", ".join(missing), "these columns"),))
    rows, bad = {}, []
    for values in reader:
        read = _read(values, reader.line_num)
        if isinstance(read, BadLine):
            bad.append(read)
        elif read["outlet_id"] in rows:
            bad.append(BadLine(reader.line_num, "outlet_id", "a number that no line before has"))
        else:
            rows[read["outlet_id"]] = read
    with central.database.writing() as connection:
        put_outlets(connection, list(rows.values()))
    return ImportReport(len(rows), tuple(bad))


def _read(values: dict[str, str], line: int) -> dict[str, str | int | float | None] | BadLine:
    given = {column: (values.get(column) or "").strip() for column in COLUMNS}
    if not re.fullmatch(r"[1-9]\d{0,8}", given["outlet_id"], flags=re.ASCII):
        return BadLine(line, "outlet_id", "a whole number from 1 to 999999999")
    empty = next((column for column in _WANTED if not given[column]), None)
    if empty is not None:
        return BadLine(line, empty, "something")
    too_long = next((column for column in COLUMNS if len(given[column]) > 300 or "\x00" in given[column]), None)
    if too_long is not None:
        return BadLine(line, too_long, "at most 300 characters")
    if bool(given["latitude"]) != bool(given["longitude"]):
        return BadLine(line, "latitude", "both latitude and longitude, or neither")
    place = {}
    for column, limit in (("latitude", 90), ("longitude", 180)):
        degrees = _degrees(given[column], limit)
        if degrees is None and given[column]:
            return BadLine(line, column, f"degrees from -{limit} to {limit}")
        place[column] = degrees
    return {**given, **place, "outlet_id": int(given["outlet_id"])}


def _degrees(text: str, limit: int) -> float | None:
    try:
        degrees = float(text)
    except ValueError:
        return None
    return degrees if math.isfinite(degrees) and abs(degrees) <= limit else None
