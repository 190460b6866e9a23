"""Reasons on the wire and back: what the server refuses is said by the till in its own sentences."""

from typing import Any

from pydantic import TypeAdapter, ValidationError

from merchant_app.domain.judging.reasons import REASON_ORDER, Reason
from merchant_app.domain.plain import plain

_ADAPTERS: dict[str, TypeAdapter[Any]] = {shape.code: TypeAdapter(shape) for shape in REASON_ORDER}


def reason_as_plain(reason: Reason) -> dict[str, Any]:
    """A reason with its code and what it carries."""
    return {"code": reason.code, **plain(reason)}


def parse_reason(given: dict[str, Any]) -> Reason | None:
    """The inverse of `reason_as_plain`; None for a reason that only a newer server knows."""
    adapter = _ADAPTERS.get(str(given.get("code")))
    if adapter is None:
        return None
    try:
        reason: Reason = adapter.validate_python({key: value for key, value in given.items() if key != "code"})
    except ValidationError:
        return None
    return reason
