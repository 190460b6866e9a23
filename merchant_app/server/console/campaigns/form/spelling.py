"""How people write what a document holds: yuan for fen, the clock on the wall for an instant, lists with commas."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

FALLBACK_ZONE = "Asia/Shanghai"
_BETWEEN = re.compile(r"[\s,，、;；]+")
_MOST_DIGITS = 15


def zone_named(name: str) -> ZoneInfo:
    """The zone in which the form's times are meant, wrong as its name may be still."""
    try:
        return ZoneInfo(name or FALLBACK_ZONE)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo(FALLBACK_ZONE)


def yuan(fen: int) -> str:
    """`2000` -> `20.00`."""
    return f"{fen // 100}.{fen % 100:02d}"


def fen(text: str) -> int | None:
    """`20`, `20.5` or `1,234.50` yuan -> whole fen; None where it is no amount, or has parts of a fen."""
    try:
        amount = Decimal(text.replace(",", "").replace("¥", "").strip()) * 100
    except InvalidOperation:
        return None
    if not amount.is_finite() or amount < 0 or amount != amount.to_integral_value() or amount >= 10**_MOST_DIGITS:
        return None
    return int(amount)


def whole(text: str) -> int | None:
    """A whole number as it is typed."""
    return int(text) if re.fullmatch(r"-?\d{1,15}", text, re.ASCII) else None


def wall_clock(instant: str, zone: ZoneInfo) -> str:
    """An instant of a document as a field for date and time shows it: `2022-06-28T10:00`."""
    local = datetime.fromisoformat(instant).astimezone(zone).replace(tzinfo=None)
    return local.isoformat(timespec="auto" if local.second or local.microsecond else "minutes")


def instant(text: str, zone: ZoneInfo) -> str | None:
    """The other way; None where it is no date and time."""
    try:
        wall = datetime.fromisoformat(text.replace(" ", "T"))
        meant = wall.replace(tzinfo=zone) if wall.tzinfo is None else wall
        meant.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return meant.isoformat()


def listed(text: str) -> list[str]:
    """What stands between commas, spaces or lines."""
    return [each for each in _BETWEEN.split(text) if each]


def in_a_row(things: Iterable[object]) -> str:
    return ", ".join(str(each) for each in things)
