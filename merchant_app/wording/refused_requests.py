"""What the server says no to a request with: a sentence for each of its stable codes."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from merchant_app.wire.refusal import RefusalCode as Code
from merchant_app.wording.claiming import why_not_claimed
from merchant_app.wording.words import Words


def refused_request(words: Words, code: Code) -> str:
    """One sentence; what a request can carry beside the code (a field, a time) is not in it."""
    families = (_of_any_request(words), _of_tills(words), _of_programs(words), _of_the_server(words))
    said = next((family[code] for family in families if code in family), None)
    if said is not None:
        return said
    return why_not_claimed(words, code.value, now=datetime.min.replace(tzinfo=UTC), zone=ZoneInfo("UTC"))


def _of_any_request(words: Words) -> dict[Code, str]:
    return {
        Code.BAD_REQUEST: words._("The request cannot be read."),
        Code.NOT_JSON: words._("The body is not JSON."),
        Code.INVALID: words._("A field has no value that can be taken; `field` names it."),
        Code.ENCODED_BODY: words._("Bodies are taken as they are, not compressed."),
        Code.TOO_LARGE: words._("The body is larger than this address takes."),
        Code.TOO_SLOW: words._("The body did not come in time."),
        Code.NOT_FOUND: words._("There is nothing at this address."),
        Code.METHOD_NOT_ALLOWED: words._("This address knows no such method; `Allow` names those it knows."),
    }


def _of_tills(words: Words) -> dict[Code, str]:
    return {
        Code.UNKNOWN_TILL: words._("No such till is enrolled here."),
        Code.BAD_SIGNATURE: words._("The request is not signed by this till's key, or was changed on the way."),
        Code.REVOKED: words._("The operator has revoked this till."),
        Code.UNKNOWN_INVITATION: words._("There is no such invitation."),
        Code.INVITATION_USED: words._("This invitation was used; each is good once."),
        Code.INVITATION_EXPIRED: words._("This invitation has expired."),
        Code.CHAIN_TAKEN: words._("This ledger is known already by another enrolment."),
        Code.TOO_MANY_GUESSES: words._("Too many wrong guesses; `Retry-After` says how long to wait."),
        Code.UNKNOWN_CHAIN: words._("This till has enrolled no such ledger."),
        Code.UNKNOWN_REDEMPTION: words._("The server never confirmed this redemption, or it was taken back."),
        Code.ID_TAKEN: words._("This id belongs to another redemption."),
        Code.ID_TWICE: words._("Two coupons of one bill have the same id."),
        Code.REVERSED: words._("This till has taken the redemption with this id back."),
        Code.OWN_CHAIN: words._("This is the ledger that this till writes to now."),
        Code.OTHER_OUTLET: words._("This ledger was enrolled at another outlet."),
        Code.NOT_THIS_LEDGER: words._("This till's ledger does not hold what the server has of it."),
    }


def _of_programs(words: Words) -> dict[Code, str]:
    """Of operators' programs."""
    return {
        Code.BAD_TOKEN: words._("The bearer token is none of this server's, or opens nothing any more."),
        Code.UNKNOWN_CAMPAIGN: words._("There is no such campaign on this server."),
        Code.NOT_OPEN: words._("The campaign is a draft; open it first."),
        Code.ALREADY_OPEN: words._("The campaign is open."),
        Code.ALREADY_PAUSED: words._("The campaign is paused."),
        Code.NO_SUCH_ROUND: words._("The campaign has no such round."),
        Code.UNKNOWN_CHANNEL: words._("The campaign names no such channel."),
        Code.BAD_CHANNEL: words._("A channel is a name of 1 to 40 characters."),
        Code.UNKNOWN_OUTLET: words._("There is no such outlet."),
        Code.NO_SUCH_TILL: words._("There is no such till."),
        Code.DAYS_WRONG_WAY_ROUND: words._("The last day is before the first."),
        Code.UNKNOWN_DISPUTE: words._("There is no such dispute."),
        Code.ALREADY_CLOSED: words._("This dispute has ended already; it cannot be opened again."),
        Code.NOTE_MISSING: words._("Say in a note why it ends like this."),
        Code.NO_CAMPAIGN: words._("The server knows no such campaign; nobody is there to pay."),
        Code.UNKNOWN_PERIOD: words._("There is no such period."),
    }


def _of_the_server(words: Words) -> dict[Code, str]:
    return {
        Code.BUSY: words._("The server is busy; `Retry-After` says when to ask again."),
        Code.DATABASE_UNAVAILABLE: words._("The server does not reach its database."),
        Code.KEY_MISSING: words._("A key that the server signs with is missing; the operator has to restore it."),
        Code.ROOT_KEY_AWAY: words._("This needs the server's root key, which is not in its place."),
        Code.INTERNAL: words._("The server failed; nothing of this request was stored."),
    }
