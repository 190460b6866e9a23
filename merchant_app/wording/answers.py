"""What a till answers, in lines: for the command line, and wherever there is only text."""

from collections.abc import Callable, Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from merchant_app.domain.judging.reasons import Reason
from merchant_app.domain.kinds import Fen, OutletId
from merchant_app.domain.redemption import Standing
from merchant_app.wording.refusals import refusal
from merchant_app.wording.standings import standing_line
from merchant_app.wording.words import Words


def accepted_lines(
    words: Words, title: str, amount_off_fen: Fen, payable_fen: Fen | None, standing: Standing | None
) -> list[str]:
    """`standing` None: it was only looked at, nothing was redeemed."""
    off = words.money(amount_off_fen)
    if standing is None:
        first = words._("Usable now: {title}, {off} off.", title=title, off=off)
    else:
        first = words._("Redeemed: {title}, {off} off.", title=title, off=off)
    lines = [first]
    if payable_fen is not None:
        lines.append(words._("To pay: {payable}", payable=words.money(payable_fen)))
    if standing is not None:
        lines.append(standing_line(words, standing))
    return lines


def refused_lines(
    words: Words,
    reasons: Iterable[Reason],
    *,
    now: datetime,
    zone: ZoneInfo,
    outlet_name: Callable[[OutletId], str | None],
    outlet_distance: Callable[[OutletId], int | None] = lambda _: None,
    offer_title: Callable[[int], str | None] = lambda _: None,
) -> list[str]:
    """Every reason, each with what puts it right."""
    return [
        refusal(
            words,
            reason,
            now=now,
            zone=zone,
            outlet_name=outlet_name,
            outlet_distance=outlet_distance,
            offer_title=offer_title,
        ).sentence
        for reason in reasons
    ]
