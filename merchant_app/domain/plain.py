"""Domain values as plain JSON values, and JSON as the one spelling of it that is hashed and signed."""

import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any

Plain = dict[str, Any] | list[Any] | str | int | bool | None


def plain(value: object) -> Any:
    """`value` in JSON's own types.

    Times are ISO 8601, spans are whole seconds, a field named `serial` is a decimal string (not every reader's numbers
    hold it), sets are sorted. Floats are refused: money and time are never floats here.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str | int):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return _plain_compound(value)


def _plain_compound(value: object) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: str(part) if field.name == "serial" and part is not None else plain(part)
            for field in fields(value)
            for part in (getattr(value, field.name),)
        }
    if isinstance(value, timedelta):
        return int(value.total_seconds())
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, frozenset | set):
        return sorted(plain(part) for part in value)
    raise TypeError(f"{type(value).__name__} has no plain form")


def canonical(value: Any) -> bytes:
    """The one spelling of plain JSON that is hashed and signed: keys sorted, no blanks, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
