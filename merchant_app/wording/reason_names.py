"""Reasons for a refusal by name, for lists and figures: shorter than what a cashier is told."""

from merchant_app.wording.words import Words


def reason_name(words: Words, code: str) -> str:
    """The name of a reason's code; the code itself where it is a newer program's."""
    names = {
        "not_a_coupon": words._("Not a coupon"),
        "malformed": words._("Damaged code"),
        "forged": words._("Not genuine"),
        "unknown_campaign": words._("Campaign not known here"),
        "key_revoked": words._("Withdrawn by the organiser"),
        "revoked": words._("Coupon withdrawn"),
        "not_started": words._("Campaign not started"),
        "too_soon": words._("Not usable yet"),
        "expired": words._("Expired"),
        "campaign_ended": words._("Campaign ended"),
        "outside_hours": words._("Outside its hours"),
        "excluded_date": words._("Not on this date"),
        "wrong_outlet": words._("Another outlet's"),
        "wrong_category": words._("Another kind of outlet"),
        "wrong_district": words._("Another district"),
    }
    return (names | _names_of_use(words)).get(code, code)


def _names_of_use(words: Words) -> dict[str, str]:
    return {
        "below_min_spend": words._("Bill too small"),
        "already_redeemed": words._("Used already"),
        "uses_spent": words._("All uses spent"),
        "held_elsewhere": words._("In use at another outlet"),
        "in_wallet": words._("Moved into a phone"),
        "hold_expired": words._("Shown too long ago"),
        "daily_limit": words._("Daily limit reached"),
        "cannot_combine": words._("Not with other coupons"),
        "offline_not_allowed": words._("Network needed"),
        "offline_cap": words._("Offline limit reached"),
        "catalogue_too_old": words._("Till's data too old"),
        "clock_wrong": words._("Time not known"),
    }
