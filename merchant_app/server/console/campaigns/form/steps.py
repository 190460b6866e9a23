"""Steps of whoever fills in the form: one more round, offer or window, or one fewer. None of them needs a script."""

import re
from datetime import date, datetime, time, timedelta

from merchant_app.server.console.campaigns.form.fields import Fields
from merchant_app.server.console.campaigns.form.spelling import FALLBACK_ZONE

REDRAW = "redraw"
_STEP = re.compile(r"(add|remove) ((?:rounds|offers)(?:\.\d{1,3}\.weekly_windows)?)(?: (\d{1,3}))?")


def blank(today: date, campaign_id: int) -> Fields:
    """A new campaign that begins in a week, with a round of a day and an offer to fill in."""
    starts_at = datetime.combine(today + timedelta(days=7), time(10))
    fields = Fields()
    given = {
        "campaign_id": str(campaign_id),
        "time_zone": FALLBACK_ZONE,
        "starts_at": _spelled(starts_at),
        "ends_at": _spelled(datetime.combine(starts_at.date() + timedelta(days=30), time(0))),
        "outlets.mode": "all",
        "hold.minutes": "5",
        "hold.longest_minutes": "720",
        "hold.release": "outlet_reported",
        "offline.mode": "outlet_bound",
        "offline.till_max_count": "200",
        "offline.catalogue_max_age_hours": "72",
        "offline.manager_override": "true",
    }
    for path, text in given.items():
        fields.put(path, text)
    _add_offer(fields)
    _add_round(fields)
    return fields


def take(step: str, fields: Fields) -> None:
    """`add rounds`, `remove offers 1`, `add offers.0.weekly_windows`; anything else leaves the fields as they are."""
    match = _STEP.fullmatch(step)
    if match is None:
        return
    action, prefix, index = match[1], match[2], match[3]
    if action == "remove" and index is not None:
        _remove(fields, prefix, int(index))
    elif action == "add" and prefix == "rounds":
        _add_round(fields)
    elif action == "add" and prefix == "offers":
        _add_offer(fields)
    elif action == "add":
        _add_window(fields, prefix)


def _remove(fields: Fields, prefix: str, index: int) -> None:
    count = fields.count("offers")
    fields.remove(prefix, index)
    if prefix != "offers":
        return
    for at in range(fields.count("rounds")):  # stock is counted by the offer's index
        for offer_index in range(index, count):
            following = fields.texts.pop(f"rounds.{at}.stock.{offer_index + 1}", None)
            fields.texts.pop(f"rounds.{at}.stock.{offer_index}", None)
            if following is not None:
                fields.texts[f"rounds.{at}.stock.{offer_index}"] = following


def _add_round(fields: Fields) -> None:
    """A day after the one before, for as long, with as much."""
    index = fields.count("rounds")
    before = f"rounds.{index - 1}"
    opens_at = fields.one(f"{before}.opens_at") or fields.one("starts_at")
    closes_at = fields.one(f"{before}.closes_at")
    fields.put(f"rounds.{index}.opens_at", _a_day_later(opens_at) if index else opens_at)
    fields.put(f"rounds.{index}.closes_at", _a_day_later(closes_at) if index else _midnight_after(opens_at))
    fields.put(f"rounds.{index}.coupons_end_at", "")
    for offer_index in range(fields.count("offers")):
        path = f"rounds.{index}.stock.{offer_index}"
        fields.put(path, fields.one(f"{before}.stock.{offer_index}") if index else "1000")


def _add_offer(fields: Fields) -> None:
    path = f"offers.{fields.count('offers')}"
    given = {
        "benefit.kind": "amount_off",
        "valid_for.count": "5",
        "valid_for.unit": "days",
        "uses": "1",
        "per_holder.claims": "1",
        "stacks_with": "none",
        "max_per_bill": "1",
        "void.kind": "business_day",
    }
    for name, text in given.items():
        fields.put(f"{path}.{name}", text)


def _add_window(fields: Fields, prefix: str) -> None:
    path = f"{prefix}.{fields.count(prefix)}"
    fields.put(f"{path}.days", "mon", "tue", "wed", "thu", "fri", "sat", "sun")
    fields.put(f"{path}.from", "10:00")
    fields.put(f"{path}.until", "22:00")


def _a_day_later(text: str) -> str:
    try:
        return _spelled(datetime.fromisoformat(text) + timedelta(days=1))
    except (ValueError, OverflowError):
        return text


def _midnight_after(text: str) -> str:
    try:
        return _spelled(datetime.combine(datetime.fromisoformat(text).date() + timedelta(days=1), time(0)))
    except (ValueError, OverflowError):
        return text


def _spelled(wall: datetime) -> str:
    return wall.isoformat(timespec="minutes")
