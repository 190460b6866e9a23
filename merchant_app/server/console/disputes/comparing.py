"""Both sides of a dispute as lines of one table: what the contested row says beside what it stands against."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from merchant_app.domain.judging import Network
from merchant_app.domain.redemption import Moment, Redemption, TimeFrom, Void
from merchant_app.server.services.evidence import Evidence, Side
from merchant_app.wording import Words
from merchant_app.wording.standings import standing_name


@dataclass(frozen=True, slots=True)
class Compared:
    """One line; `differs` where both sides say something, and not the same. `is_code`: for looking up, not reading."""

    label: str
    contested: str
    first: str
    is_code: bool = False

    @property
    def differs(self) -> bool:
        return bool(self.contested and self.first) and self.contested != self.first


def comparison(words: Words, found: Evidence) -> list[Compared]:
    """Only what at least one side has something to say about."""

    def when(instant: datetime | None) -> str:
        if instant is None:
            return ""
        return f"{instant.astimezone(found.zone):%Y-%m-%d %H:%M:%S}"

    said: list[tuple[str, Callable[[Side], str]]] = [
        (words._("Outlet"), lambda side: f"{words.of(side.outlet)} ({side.outlet_id})"),
        (words._("Till"), lambda side: _till(words, side, when)),
        (words.p_("person", "Cashier"), _cashier),
        (words._("Took place"), lambda side: when(_at(side))),
        (words._("By which clock"), lambda side: _clock(words, side)),
        (words._("Last signed time"), lambda side: when(None if _moment(side) is None else _moment_of(side).floor)),
        (words._("Came to the server"), lambda side: when(_came(side))),
        (words._("Network"), lambda side: _network(words, side)),
        (words._("Data of the till"), lambda side: _version(words, side)),
        (words._("Bill"), lambda side: _bill(words, side)),
        (words._("Amount off"), lambda side: _money(words, _amount_off(side))),
        (words._("To pay"), lambda side: _money(words, _payable(side))),
        (words._("Manager's leave"), _leave),
        (words._("Void"), _void),
        (words._("Standing"), lambda side: "" if side.kept is None else standing_name(words, side.kept.standing)),
    ]
    codes: list[tuple[str, Callable[[Side], str]]] = [
        (words._("Coupon"), _serial),
        (words._("Coupon number"), lambda side: _redemption_text(side, "coupon_number")),
        (words._("Redemption"), lambda side: side.redemption_id or ""),
        (words._("Signed code"), lambda side: _redemption_text(side, "code")),
    ]
    lines = [_compared(label, of, found) for label, of in said]
    lines += [replace(_compared(label, of, found), is_code=True) for label, of in codes]
    return [line for line in lines if line.contested or line.first]


def _compared(label: str, of: Callable[[Side], str], found: Evidence) -> Compared:
    return Compared(label, of(found.contested), "" if found.first is None else of(found.first))


def _moment(side: Side) -> Moment | None:
    return None if side.fact is None else side.fact.moment


def _moment_of(side: Side) -> Moment:
    assert side.fact is not None
    return side.fact.moment


def _at(side: Side) -> datetime | None:
    if side.fact is not None:
        return side.fact.moment.at
    return None if side.kept is None else side.kept.redeemed_at


def _came(side: Side) -> datetime | None:
    if side.row is not None:
        return side.row.stored_at
    return None if side.kept is None else side.kept.stored_at


def _till(words: Words, side: Side, when: Callable[[datetime | None], str]) -> str:
    if side.row is None:
        return side.till_id
    name = f"{side.row.till_name} ({side.till_id}, {side.row.till_version})"
    if side.row.till_revoked_at is None:
        return name
    return words._("{till}, revoked {when}", till=name, when=when(side.row.till_revoked_at))


def _cashier(side: Side) -> str:
    if isinstance(side.fact, Redemption | Void):
        return side.fact.cashier
    return "" if side.kept is None else side.kept.cashier


def _clock(words: Words, side: Side) -> str:
    moment = _moment(side)
    if moment is None:
        return words._("The server's own") if side.kept is not None else ""
    if moment.time_from is TimeFrom.WALL:
        return words._("The till's clock, which could be right")
    return words._("The last signed time: the till's clock could not be right")


def _network(words: Words, side: Side) -> str:
    if isinstance(side.fact, Redemption):
        online = side.fact.network is Network.ONLINE
        return words._("With the server's answer") if online else words._("Without the server")
    return words._("With the server's answer") if side.fact is None and side.kept is not None else ""


def _version(words: Words, side: Side) -> str:
    if not isinstance(side.fact, Redemption):
        return ""
    return words._("Version {number}", number=side.fact.catalogue_version)


def _bill(words: Words, side: Side) -> str:
    fen = (
        side.fact.bill.bill_fen
        if isinstance(side.fact, Redemption)
        else None
        if side.kept is None
        else side.kept.bill_fen
    )
    number = side.fact.bill.bill_number if isinstance(side.fact, Redemption) else None
    if fen is None:
        return number or ""
    return words.money(fen) if number is None else f"{words.money(fen)} ({number})"


def _amount_off(side: Side) -> int | None:
    if isinstance(side.fact, Redemption):
        return side.fact.amount_off_fen
    return None if side.kept is None else side.kept.amount_off_fen


def _payable(side: Side) -> int | None:
    if isinstance(side.fact, Redemption):
        return side.fact.payable_fen
    return None if side.kept is None else side.kept.payable_fen


def _money(words: Words, fen: int | None) -> str:
    return "" if fen is None else words.money(fen)


def _leave(side: Side) -> str:
    return "" if side.override is None else f"{side.override.manager}: {side.override.reason}"


def _void(side: Side) -> str:
    if not isinstance(side.fact, Void):
        return ""
    return f"{side.fact.manager or side.fact.cashier}: {side.fact.reason}"


def _serial(side: Side) -> str:
    if isinstance(side.fact, Redemption):
        return str(side.fact.serial)
    return "" if side.kept is None else str(side.kept.serial)


def _redemption_text(side: Side, name: str) -> str:
    return str(getattr(side.fact, name) or "") if isinstance(side.fact, Redemption) else ""
