"""What the operator is told when something could not be done on the server."""

from merchant_app.wording.words import Words


def why_not_issued(words: Words, code: str) -> str:
    """One sentence for each `NotIssued` of the server."""
    sentences = {
        "unknown_campaign": words._("There is no such campaign on this server."),
        "not_open": words._("This campaign is not open yet."),
        "paused": words._("This campaign is paused: nothing is issued until it goes on."),
        "closed": words._("This campaign is closed: nothing is issued any more."),
        "no_such_offer": words._("The campaign has no such round or offer."),
        "unknown_outlet": words._("There is no such outlet on this server."),
        "out_of_scope": words._("This outlet does not take part in the campaign."),
        "unknown_channel": words._("The campaign names no such channel."),
        "round_not_open": words._("This round hands out no coupons now."),
        "bad_count": words._("At least 1 and at most 100000 coupons at a time."),
        "out_of_stock": words._("The round has not so many left of this offer."),
        "over_budget": words._("The campaign's budget does not reach for so many."),
    }
    return sentences[code]


def why_key_unchanged(words: Words, code: str) -> str:
    """One sentence for each reason for which no key was changed."""
    sentences = {
        "unknown_campaign": words._("There is no such campaign on this server."),
        "not_open": words._("This campaign is not open yet."),
        "unknown_key": words._("There is no such key; `keys show` names them all."),
        "already_revoked": words._("This key was revoked before."),
    }
    return sentences[code]


def why_not_held(words: Words, code: str) -> str:
    """One sentence for each reason of the server's own for which a hold is not given."""
    sentences = {
        "unknown_coupon": words._("There is no such coupon."),
        "unknown_outlet": words._("There is no such outlet on this server."),
        "no_tills": words._("This outlet has no till."),
        "held_by_another": words._("Somebody else is showing this coupon just now."),
        "too_long": words._("The campaign allows no hold as long as this."),
        "paper_elsewhere": words._("This coupon exists on paper for another outlet."),
        "waiting_for_tills": words._("The outlet that had the right before has not reported yet."),
    }
    return sentences[code]


def why_not_changed(words: Words, code: str, campaign_id: int) -> str:
    """One sentence for each `NotChanged` of the server."""
    sentences = {
        "unknown_campaign": words._("There is no campaign {campaign_id} on this server.", campaign_id=campaign_id),
        "not_open": words._("Campaign {campaign_id} is not open yet.", campaign_id=campaign_id),
        "already_open": words._("Campaign {campaign_id} is open and stays as it is.", campaign_id=campaign_id),
        "already_paused": words._("Campaign {campaign_id} is paused already.", campaign_id=campaign_id),
        "closed": words._("Campaign {campaign_id} is closed and stays closed.", campaign_id=campaign_id),
        "changed_meanwhile": words._(
            "Somebody else has changed campaign {campaign_id} meanwhile. Look at it again.", campaign_id=campaign_id
        ),
        "nothing_changed": words._(
            "This document says what campaign {campaign_id} says already.", campaign_id=campaign_id
        ),
    }
    return sentences[code]
