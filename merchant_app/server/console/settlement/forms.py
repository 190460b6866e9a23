"""What is typed into the forms of settlements: a day, an amount in yuan."""

import re
from datetime import date

from merchant_app.server.services.settling.reserve import LARGEST_RESERVE

_YUAN = re.compile(r"\s*[¥￥]?\s*(\d{1,12})(?:\.(\d{1,2}))?\s*", re.ASCII)


def day_in(text: str) -> date | None:
    """A day as a browser's field gives it; None where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def fen_in(text: str) -> int | None:
    """Whole fen of an amount in yuan with at most two decimals, commas allowed; None where it is none."""
    found = _YUAN.fullmatch(text.replace(",", "").replace("，", ""))
    if found is None:
        return None
    fen = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
    return fen if fen <= LARGEST_RESERVE else None
