"""The HTTP status of each refusal: one code never comes with two."""

from collections.abc import Mapping

from merchant_app.wire.refusal import RefusalCode as Code

_BY_STATUS = {
    400: (Code.BAD_REQUEST, Code.NOT_JSON),
    401: (Code.UNKNOWN_TILL, Code.BAD_SIGNATURE, Code.NO_WALLET, Code.BAD_TOKEN),
    403: (Code.REVOKED, Code.UNKNOWN_INVITATION, Code.INVITATION_USED, Code.INVITATION_EXPIRED),
    404: (
        Code.NOT_FOUND, Code.UNKNOWN_REDEMPTION, Code.UNKNOWN_LINK, Code.UNKNOWN_CAMPAIGN, Code.UNKNOWN_OUTLET,
        Code.NO_SUCH_TILL, Code.UNKNOWN_DISPUTE, Code.UNKNOWN_PERIOD,
    ),
    405: (Code.METHOD_NOT_ALLOWED,),
    408: (Code.TOO_SLOW,),
    409: (
        Code.CHAIN_TAKEN, Code.UNKNOWN_CHAIN, Code.ID_TAKEN, Code.ID_TWICE, Code.REVERSED, Code.OWN_CHAIN,
        Code.OTHER_OUTLET, Code.NOT_THIS_LEDGER, Code.CAMPAIGN_NOT_OPEN,
        Code.CAMPAIGN_PAUSED, Code.CAMPAIGN_CLOSED, Code.NO_SUCH_OFFER, Code.NOT_OPEN_YET, Code.ROUND_OVER,
        Code.LIMIT_REACHED, Code.DAILY_LIMIT_REACHED, Code.OUT_OF_STOCK, Code.OVER_BUDGET,
        Code.NOT_OPEN, Code.ALREADY_OPEN, Code.ALREADY_PAUSED, Code.NO_SUCH_ROUND, Code.UNKNOWN_CHANNEL,
        Code.BAD_CHANNEL, Code.ALREADY_CLOSED, Code.NOTE_MISSING, Code.NO_CAMPAIGN,
        Code.DAYS_WRONG_WAY_ROUND,
    ),
    410: (Code.LINK_CLOSED,),
    413: (Code.TOO_LARGE,),
    415: (Code.ENCODED_BODY,),
    422: (Code.INVALID,),
    429: (Code.TOO_MANY_GUESSES, Code.TOO_FAST),
    500: (Code.INTERNAL,),
    503: (Code.BUSY, Code.DATABASE_UNAVAILABLE, Code.KEY_MISSING, Code.ROOT_KEY_AWAY),
}  # fmt: skip
STATUS: Mapping[Code, int] = {code: status for status, codes in _BY_STATUS.items() for code in codes}
