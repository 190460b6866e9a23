"""A document into the fields of the form. The document is a checked one."""

from typing import Any

from merchant_app.server.console.campaigns.form.fields import Fields
from merchant_app.server.console.campaigns.form.spelling import in_a_row, wall_clock, yuan, zone_named


def filled(document: dict[str, Any]) -> Fields:
    """Every field of the document; what it leaves out stays empty."""
    fields = Fields()
    for name in ("campaign_id", "time_zone", "budget_fen"):
        _put(fields, name, document.get(name))
    for name in ("name", "organiser"):
        _put_both(fields, name, document.get(name))
    _put_instants(fields, "", document, document, "starts_at", "ends_at")
    for index, issue_round in enumerate(document.get("rounds", [])):
        path = f"rounds.{index}."
        _put_instants(fields, path, document, issue_round, "opens_at", "closes_at", "coupons_end_at")
        for offer_index, stock in issue_round.get("stock", {}).items():
            _put(fields, f"{path}stock.{offer_index}", stock)
    for index, offer in enumerate(document.get("offers", [])):
        _put_offer(fields, f"offers.{index}", offer)
    _put_scope(fields, document)
    for name in ("hold", "offline"):
        for part, given in document.get(name, {}).items():
            _put(fields, f"{name}.{part}", given)
    return fields


def _put_offer(fields: Fields, path: str, offer: dict[str, Any]) -> None:
    for name in ("title", "terms"):
        _put_both(fields, f"{path}.{name}", offer.get(name))
    for name in ("picture", "min_spend_fen", "bill_required", "uses", "stacks_with", "max_per_bill"):
        _put(fields, f"{path}.{name}", offer.get(name))
    for name, given in offer.get("benefit", {}).items():
        (_put_both if name == "item" else _put)(fields, f"{path}.benefit.{name}", given)
    _put_times(fields, path, offer)
    for name, given in offer.get("per_holder", {}).items():
        _put(fields, f"{path}.per_holder.{name}", given)
    void, sharing = offer.get("void", "business_day"), offer.get("sharing", "none")
    fields.put(f"{path}.void.kind", void if isinstance(void, str) else "minutes")
    fields.put(f"{path}.void.minutes", "" if isinstance(void, str) else str(void["minutes"]))
    fields.put(f"{path}.sharing.friends", "" if isinstance(sharing, str) else str(sharing["friends"]))


def _put_times(fields: Fields, path: str, offer: dict[str, Any]) -> None:
    for name in ("valid_for", "usable_after"):
        for unit, given in (offer.get(name) or {}).items():
            if given is not None:
                fields.put(f"{path}.{name}.unit", unit)
                _put(fields, f"{path}.{name}.count", given)
    for index, window in enumerate(offer.get("weekly_windows", [])):
        fields.put(f"{path}.weekly_windows.{index}.days", *window["days"])
        for name in ("from", "until"):
            fields.put(f"{path}.weekly_windows.{index}.{name}", window[name])
    for name in ("excluded_dates", "only_dates"):
        fields.put(f"{path}.{name}", in_a_row(offer.get(name, [])))


def _put_scope(fields: Fields, document: dict[str, Any]) -> None:
    outlets = document.get("outlets", "all")
    fields.put("outlets.mode", "all" if outlets == "all" else "listed")
    fields.put("outlets.list", "" if outlets == "all" else in_a_row(outlets))
    fields.put("districts", in_a_row(document.get("districts") or []))
    fields.put("categories", *(document.get("categories") or []))
    fields.put("channels", in_a_row(document.get("channels", [])))


def _put_instants(fields: Fields, path: str, document: dict[str, Any], part: dict[str, Any], *names: str) -> None:
    zone = zone_named(document.get("time_zone", ""))
    for name in names:
        fields.put(path + name, wall_clock(part[name], zone) if part.get(name) else "")


def _put(fields: Fields, path: str, given: Any) -> None:
    """Money, whose names end in `_fen`, as yuan."""
    if given is None:
        fields.put(path, "")
    elif isinstance(given, bool):
        fields.put(path, "true" if given else "false")
    else:
        fields.put(path, yuan(given) if path.endswith("_fen") else str(given))


def _put_both(fields: Fields, path: str, given: Any) -> None:
    for language in ("zh", "en"):
        fields.put(f"{path}.{language}", (given or {}).get(language, ""))
