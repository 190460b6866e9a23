"""The server does not answer, or not as it should."""

from merchant_app.errors import (
    NotTheServerError,
    RemoteError,
    RequestRefusedError,
    ServerBusyError,
    UntrustedCertificateError,
)
from merchant_app.wording.breakdowns.certificate import untrusted_certificate
from merchant_app.wording.said import Said, said
from merchant_app.wording.words import Words


def remote(words: Words, error: RemoteError) -> Said:
    match error:
        case ServerBusyError():
            return said(words, words._("The server is busy"), words._("This till will ask again by itself."))
        case UntrustedCertificateError():
            return untrusted_certificate(words)
        case NotTheServerError():
            title = words._("Something answered that is not this till's server")
            return said(words, title, words._("Check the network (a sign-in page?) and the server's address."))
        case RequestRefusedError():
            return _refused(words, error)
        case _:
            title = words._("The server does not answer")
            return said(words, title, words._("Check the network; this till goes on and syncs later."))


def catalogue_rejected(words: Words) -> Said:
    title = words._("The server's new data was not taken over")
    return said(words, title, words._("What this till had stays in use; tell the operator."))


def _refused(words: Words, error: RequestRefusedError) -> Said:
    match error.code:
        case "unknown_till" | "bad_signature":
            title = words._("The server does not know this till")
            return said(words, title, words._("Set it up again with a new invitation; its records are kept."))
        case "revoked":
            title = words._("The operator has revoked this till")
            return said(words, title, words._("Ask the operator for a new invitation."))
        case "internal" | "database_unavailable":
            title = words._("The server has a trouble of its own")
            return said(words, title, words._("This till will ask again by itself; tell the operator if it stays."))
        case _:
            title = words._("The server says no ({code})", code=error.code)
            return said(words, title, words._("Tell the operator what this till was doing."))
