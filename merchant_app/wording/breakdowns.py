"""What went wrong with the program, the disk or the network, in one line, and what to do about it."""

from ..errors import (
    CampaignDocumentError,
    CatalogueRejected,
    LedgerBusy,
    LedgerDamaged,
    LedgerError,
    LedgerNewer,
    LedgerUnwritable,
    MerchantAppError,
    NotEnrolled,
    NotTheServer,
    RemoteError,
    RequestRefused,
    ServerBusy,
    SourceError,
    Unreachable,
)
from .said import Said, said
from .words import Words


def breakdown(words: Words, error: BaseException) -> Said:
    """What to say of any breakdown; of one that has no sentence of its own, that it was not expected."""
    match error:
        case CampaignDocumentError():
            return _campaign_document(words, error)
        case LedgerError():
            return _ledger(words, error)
        case RemoteError():
            return _remote(words, error)
        case CatalogueRejected():
            title = words._("The server's new data was not taken over")
            return said(words, title, words._("What this till had stays in use; tell the operator."))
        case NotEnrolled():
            title = words._("This till belongs to no server yet")
            return said(words, title, words._("Set it up with an invitation from the operator."))
        case SourceError(source=source):
            title = words._("{source} cannot be read", source=source)
            return said(words, title, words._("Check that it is there and not in use, or choose another."))
        case _:
            return _unexpected(words, error)


def _campaign_document(words: Words, error: CampaignDocumentError) -> Said:
    count = len(error.mistakes)
    title = words.n_("The campaign document has {count} mistake", "The campaign document has {count} mistakes", count)
    wanted = "; ".join(f"{path}: {expected}" for path, expected in error.mistakes)
    return said(words, title, wanted)


def _ledger(words: Words, error: LedgerError) -> Said:
    match error:
        case LedgerNewer():
            title = words._("This till's records were written by a newer version of this program")
            return said(words, title, words._("Install the newest version; nothing is lost."))
        case LedgerBusy():
            title = words._("This till is already open")
            return said(words, title, words._("Use the window that is open, or close it first."))
        case LedgerUnwritable():
            title = words._("Nothing can be written to {path}", path=error.path)
            return said(words, title, words._("Free some space, or allow writing there; nothing was redeemed."))
        case LedgerDamaged():
            title = words._("This till's records are damaged")
            return said(words, title, words._("Keep the file {path} and call the operator.", path=error.path))
        case _:
            title = words._("This till's records cannot be used")
            return said(words, title, words._("Keep the file {path} and call the operator.", path=error.path))


def _remote(words: Words, error: RemoteError) -> Said:
    match error:
        case ServerBusy():
            return said(words, words._("The server is busy"), words._("This till will ask again by itself."))
        case NotTheServer():
            title = words._("Something answered that is not this till's server")
            return said(words, title, words._("Check the network (a sign-in page?) and the server's address."))
        case RequestRefused():
            return _request_refused(words, error)
        case Unreachable() | _:
            title = words._("The server does not answer")
            return said(words, title, words._("Check the network; this till goes on and syncs later."))


def _request_refused(words: Words, error: RequestRefused) -> Said:
    title = words._("The server says no ({code})", code=error.code)
    return said(words, title, words._("Tell the operator what this till was doing."))


def _unexpected(words: Words, error: BaseException) -> Said:
    title = words._("Something happened that was not expected")
    detail = f"{type(error).__name__}: {error}" if isinstance(error, MerchantAppError) else type(error).__name__
    return said(words, title, words._("Try again; if it stays, tell the operator: {detail}.", detail=detail))
