"""What an operator did, as one short line."""

from merchant_app.wording.words import Words


def deed(words: Words, code: str) -> str:
    """The name of each `Deed` of the server."""
    return {**_of_campaigns(words), **_of_places(words), **_of_money(words), **_of_operators(words)}[code]


def _of_campaigns(words: Words) -> dict[str, str]:
    return {
        "campaign_added": words._("Campaign written"),
        "campaign_rehearsed": words._("Campaign rehearsed"),
        "campaign_opened": words._("Campaign opened"),
        "campaign_paused": words._("Campaign paused"),
        "campaign_resumed": words._("Campaign resumed"),
        "campaign_closed": words._("Campaign closed"),
        "campaign_amended": words._("Campaign amended"),
        "campaign_deleted": words._("Draft of a campaign deleted"),
        "claim_link_made": words._("Claim link made"),
        "claim_link_closed": words._("Claim link closed"),
        "coupons_issued": words._("Coupons issued"),
        "coupon_withdrawn": words._("Coupon withdrawn"),
        "coupon_set_free": words._("Coupon set free"),
    }


def _of_places(words: Words) -> dict[str, str]:
    return {
        "outlets_imported": words._("Outlets imported"),
        "outlet_changed": words._("Outlet changed"),
        "outlets_opted_in": words._("Outlets opted in"),
        "outlets_opted_out": words._("Outlets opted out"),
        "staff_added": words._("Staff added"),
        "till_invited": words._("Till invited"),
        "till_revoked": words._("Till revoked"),
    }


def _of_money(words: Words) -> dict[str, str]:
    return {
        "dispute_resolved": words._("Dispute resolved"),
        "settlement_closed": words._("Settlement closed"),
        "settlement_paid": words._("Settlement paid"),
        "reserve_stated": words._("Reserve stated"),
        "key_rotated": words._("Key rotated"),
        "key_revoked": words._("Key revoked"),
    }


def _of_operators(words: Words) -> dict[str, str]:
    return {
        "operator_invited": words._("Sign-in link made"),
        "operator_came": words._("Operator came"),
        "operator_disabled": words._("Operator disabled"),
        "operator_enabled": words._("Operator let in again"),
        "password_changed": words._("Password changed"),
        "token_made": words._("Token for a program made"),
        "token_revoked": words._("Token of a program revoked"),
    }
