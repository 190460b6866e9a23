"""What happened to a coupon, in one line each."""

from merchant_app.domain.redemption import Standing
from merchant_app.wording.disputes import outcome_name
from merchant_app.wording.standings import standing_name
from merchant_app.wording.words import Words


def step_line(
    words: Words,
    what: str,
    *,
    outlet: str,
    standing: Standing | None = None,
    amount_off_fen: int | None = None,
    until: str = "",
    channel: str | None = None,
    outcome: str | None = None,
) -> str:
    """`what` is the code of a step; `outlet` is its name, empty where none is named."""
    match what:
        case "issued":
            return _issued(words, outlet, channel)
        case "held":
            return words._("Shown at {outlet}, until {until}", outlet=outlet, until=until)
        case "withdrawn":
            return words._("Taken back from {outlet}", outlet=outlet)
        case "redeemed":
            stands = "" if standing is None else standing_name(words, standing)
            money = words.money(amount_off_fen or 0)
            return words._(
                "Redeemed at {outlet}, {amount} off: {standing}", outlet=outlet, amount=money, standing=stands
            )
        case "disputed":
            return words._("A dispute with {outlet} began", outlet=outlet)
        case "resolved":
            return words._("The dispute ended: {outcome}", outcome=outcome_name(words, outcome or ""))
        case "set_free":
            return words._("Set free, at the campaign's risk")
        case _:
            return words._("Revoked for good")


def _issued(words: Words, outlet: str, channel: str | None) -> str:
    where = words._("Issued for {outlet}", outlet=outlet) if outlet else words._("Issued")
    return where if channel is None else words._("{issued}, channel {channel}", issued=where, channel=channel)
