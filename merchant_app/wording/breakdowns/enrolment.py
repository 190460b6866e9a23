"""A till that belongs to no server: not yet, not any more, or not by this invitation."""

from merchant_app.errors import EnrolmentRefusedError
from merchant_app.wording.said import Said, said
from merchant_app.wording.words import Words


def not_enrolled(words: Words) -> Said:
    title = words._("This till belongs to no server yet")
    return said(words, title, words._("Set it up with an invitation from the operator."))


def till_revoked(words: Words) -> Said:
    title = words._("The operator has revoked this till")
    return said(words, title, words._("It redeems nothing more; what it wrote down is still sent."))


def enrolment(words: Words, error: EnrolmentRefusedError) -> Said:
    """An invitation that the server, or this till, does not take."""
    match error.why:
        case "not_an_invitation":
            title = words._("This is not an invitation")
            return said(words, title, words._("Scan the invitation's code again, or type its five groups of letters."))
        case "no_server" | "unsafe_address":
            return _address(words, error.why)
        case "another_server":
            title = words._("This server is not the one that the invitation names")
            return said(words, title, words._("Check the address; nothing was sent but the invitation."))
        case "unknown_invitation" | "invitation_used" | "invitation_expired":
            title = words._("This invitation is not good any more")
            return said(words, title, words._("Ask the operator for a new one; each is good once."))
        case "too_many_guesses":
            title = words._("Too many wrong invitations were tried")
            return said(words, title, words._("Wait a few minutes and try again."))
        case _:
            title = words._("The server did not take this till ({code})", code=error.why)
            return said(words, title, words._("Tell the operator."))


def _address(words: Words, why: str) -> Said:
    if why == "no_server":
        title = words._("The invitation does not say where the server is")
        return said(words, title, words._("Type the server's address beside it."))
    title = words._("This address is not safe to use")
    remedy = words._("It must begin with https://; http:// to another computer has to be allowed expressly.")
    return said(words, title, remedy)
