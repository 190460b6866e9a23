"""Domain values as plain JSON values, and JSON as the one spelling of it that is hashed and signed."""

import json
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from enum import Enum
from functools import cache
from typing import Any

Plain = dict[str, Any] | list[Any] | str | int | bool | None


def plain(value: object) -> Any:
    """`value` in JSON's own types.

    Times are ISO 8601, spans are whole seconds, a field named `serial` is a decimal string (not every reader's numbers
    hold it), sets are sorted. Floats are refused: money and time are never floats here.
    """
    kind: Any = type(value)
    if kind in _AS_IT_IS:
        return value
    names = _names(kind)
    if names is not None:
        return {
            name: part if type(part) in _AS_IT_IS and name != "serial" else _field(name, part)
            for name in names
            for part in (getattr(value, name),)
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    return _plain_rarely(value)


_AS_IT_IS = frozenset({type(None), bool, int, str})


def _field(name: str, value: object) -> Any:
    return str(value) if name == "serial" and value is not None else plain(value)


@cache
def _names(kind: Any) -> tuple[str, ...] | None:
    """The fields of a dataclass; None for any other type."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else None


def _plain_rarely(value: object) -> Any:
    if isinstance(value, timedelta):
        return int(value.total_seconds())
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(plain(part) for part in value)
    raise TypeError(f"{type(value).__name__} has no plain form")


def canonical(value: Any) -> bytes:
    """The one spelling of plain JSON that is hashed and signed: keys sorted, no blanks, UTF-8."""
    return _CANONICAL.encode(value).encode()


_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
