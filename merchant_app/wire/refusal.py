"""How the server says no to a request: a stable code, a sentence for the log, the field where there is one."""

from enum import StrEnum

from merchant_app.wire.shape import Wire


class RefusalCode(StrEnum):
    """Every code there is. A newer server may know more: who reads one that it does not know goes by the status."""

    # the request itself
    BAD_REQUEST = "bad_request"
    NOT_JSON = "not_json"
    INVALID = "invalid"
    ENCODED_BODY = "encoded_body"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    # who asks
    UNKNOWN_TILL = "unknown_till"
    BAD_SIGNATURE = "bad_signature"
    REVOKED = "revoked"
    NO_WALLET = "no_wallet"
    # enrolling
    UNKNOWN_INVITATION = "unknown_invitation"
    INVITATION_USED = "invitation_used"
    INVITATION_EXPIRED = "invitation_expired"
    CHAIN_TAKEN = "chain_taken"
    # redeeming and pushing
    TOO_MANY_GUESSES = "too_many_guesses"
    UNKNOWN_CHAIN = "unknown_chain"
    UNKNOWN_REDEMPTION = "unknown_redemption"
    ID_TAKEN = "id_taken"
    ID_TWICE = "id_twice"
    REVERSED = "reversed"
    OWN_CHAIN = "own_chain"
    OTHER_OUTLET = "other_outlet"
    NOT_THIS_LEDGER = "not_this_ledger"
    # claiming
    UNKNOWN_LINK = "unknown_link"
    LINK_CLOSED = "link_closed"
    CAMPAIGN_NOT_OPEN = "campaign_not_open"
    CAMPAIGN_PAUSED = "campaign_paused"
    CAMPAIGN_CLOSED = "campaign_closed"
    NO_SUCH_OFFER = "no_such_offer"
    NOT_OPEN_YET = "not_open_yet"
    ROUND_OVER = "round_over"
    LIMIT_REACHED = "limit_reached"
    DAILY_LIMIT_REACHED = "daily_limit_reached"
    OUT_OF_STOCK = "out_of_stock"
    OVER_BUDGET = "over_budget"
    TOO_FAST = "too_fast"
    # an operator's program
    BAD_TOKEN = "bad_token"
    UNKNOWN_CAMPAIGN = "unknown_campaign"
    NOT_OPEN = "not_open"
    ALREADY_OPEN = "already_open"
    ALREADY_PAUSED = "already_paused"
    NO_SUCH_ROUND = "no_such_round"
    UNKNOWN_CHANNEL = "unknown_channel"
    BAD_CHANNEL = "bad_channel"
    UNKNOWN_OUTLET = "unknown_outlet"
    NO_SUCH_TILL = "no_such_till"
    DAYS_WRONG_WAY_ROUND = "days_wrong_way_round"
    UNKNOWN_DISPUTE = "unknown_dispute"
    ALREADY_CLOSED = "already_closed"
    NOTE_MISSING = "note_missing"
    NO_CAMPAIGN = "no_campaign"
    UNKNOWN_PERIOD = "unknown_period"
    # the server
    BUSY = "busy"
    DATABASE_UNAVAILABLE = "database_unavailable"
    KEY_MISSING = "key_missing"
    ROOT_KEY_AWAY = "root_key_away"
    INTERNAL = "internal"


REVOKED = RefusalCode.REVOKED
"""The code of a refusal that is about the till itself: the operator has revoked it."""


class Refusal(Wire):
    """The body of every answer with a status of 400 or above."""

    code: str
    detail: str = ""
    field: str | None = None
