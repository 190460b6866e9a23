"""The fields of a campaign document by name, as the form calls them: `offers.0.min_spend_fen` is a "Threshold"."""

import re

from merchant_app.wording.words import Words

_PART = re.compile(r"(rounds|offers)\.(\d+)(?:\.(.*))?")


def field_name(words: Words, path: str) -> str:
    """A field's own name, without the round or offer it is of; the path itself for what has no name."""
    inside = re.sub(r"^(rounds|offers)\.\d+\.", r"\1.", path)
    plain = re.sub(r"\.\d+(\.|$)", r"\1", inside)
    names = _of_campaign(words) | _of_rounds(words) | _of_offers(words) | _of_terms(words) | _of_limits(words)
    while plain not in names and "." in plain:
        plain = plain.rpartition(".")[0]
    return names.get(plain, path)


def place_name(words: Words, path: str) -> str:
    """With its round or offer: "Offer 2: Threshold"."""
    match = _PART.fullmatch(path)
    if match is None:
        return field_name(words, path)
    number = int(match[2]) + 1
    part = (
        words._("Offer {number}", number=number) if match[1] == "offers" else words._("Round {number}", number=number)
    )
    if match[3] is None:
        return part
    return words._("{part}: {field}", part=part, field=field_name(words, path))


def _of_campaign(words: Words) -> dict[str, str]:
    return {
        "(document)": words._("The document"),
        "campaign_id": words._("Campaign number"),
        "name": words._("Name"),
        "name.zh": words._("Name in Chinese"),
        "name.en": words._("Name in English"),
        "organiser": words._("Organiser"),
        "organiser.zh": words._("Organiser in Chinese"),
        "organiser.en": words._("Organiser in English"),
        "time_zone": words._("Time zone"),
        "starts_at": words._("Starts"),
        "ends_at": words._("Ends"),
        "budget_fen": words._("Budget in yuan"),
        "rounds": words._("Rounds"),
        "offers": words._("Offers"),
        "outlets": words._("Outlets"),
        "districts": words._("Districts"),
        "categories": words._("Categories"),
        "channels": words._("Channels"),
    }


def _of_rounds(words: Words) -> dict[str, str]:
    return {
        "rounds.opens_at": words._("Opens"),
        "rounds.closes_at": words._("Closes"),
        "rounds.coupons_end_at": words._("Its coupons end"),
        "rounds.stock": words._("Stock"),
    }


def _of_offers(words: Words) -> dict[str, str]:
    return {
        "offers.title": words._("Title"),
        "offers.title.zh": words._("Title in Chinese"),
        "offers.title.en": words._("Title in English"),
        "offers.terms": words._("Terms"),
        "offers.terms.zh": words._("Terms in Chinese"),
        "offers.terms.en": words._("Terms in English"),
        "offers.picture": words._("Picture"),
        "offers.benefit": words._("Benefit"),
        "offers.benefit.kind": words._("Kind of benefit"),
        "offers.benefit.amount_fen": words._("Yuan off"),
        "offers.benefit.percent": words._("Percent off"),
        "offers.benefit.price_fen": words._("Price in yuan"),
        "offers.benefit.cap_fen": words._("At most yuan off"),
        "offers.benefit.item": words._("Item"),
        "offers.benefit.item.zh": words._("Item in Chinese"),
        "offers.benefit.item.en": words._("Item in English"),
    }


def _of_terms(words: Words) -> dict[str, str]:
    return {
        "offers.min_spend_fen": words._("Threshold in yuan"),
        "offers.bill_required": words._("Bill"),
        "offers.valid_for": words._("Valid for"),
        "offers.usable_after": words._("Usable after"),
        "offers.weekly_windows": words._("Usable hours"),
        "offers.weekly_windows.days": words._("Weekdays"),
        "offers.weekly_windows.from": words._("From"),
        "offers.weekly_windows.until": words._("Until"),
        "offers.excluded_dates": words._("Not on these dates"),
        "offers.only_dates": words._("Only on these dates"),
        "offers.uses": words._("Uses of a coupon"),
        "offers.per_holder.claims": words._("Claims of a holder"),
        "offers.per_holder.claims_per_day": words._("Claims of a holder a day"),
        "offers.per_holder.redemptions_per_day": words._("Redemptions of a holder a day"),
        "offers.stacks_with": words._("Goes with"),
        "offers.max_per_bill": words._("At most on one bill"),
        "offers.void": words._("Staff may void"),
        "offers.void.minutes": words._("Minutes"),
        "offers.sharing": words._("Friends it may be shared with"),
    }


def _of_limits(words: Words) -> dict[str, str]:
    return {
        "hold": words._("Showing a coupon"),
        "hold.minutes": words._("Minutes a coupon is shown"),
        "hold.longest_minutes": words._("At most minutes"),
        "hold.release": words._("Free for other outlets"),
        "offline": words._("Without the network"),
        "offline.mode": words._("Tills accept"),
        "offline.max_amount_off_fen": words._("At most yuan off a coupon"),
        "offline.till_max_count": words._("At most coupons a till"),
        "offline.till_max_amount_fen": words._("At most yuan off a till"),
        "offline.catalogue_max_age_hours": words._("Oldest data in hours"),
        "offline.manager_override": words._("A manager may allow more"),
    }
