"""Files that cannot be used: the till's records, a campaign document, a picture, a report."""

from merchant_app.errors import (
    CampaignDocumentError,
    LedgerBusyError,
    LedgerDamagedError,
    LedgerError,
    LedgerNewerError,
    LedgerUnwritableError,
    OutputError,
    SourceError,
)
from merchant_app.wording.expectations import expectation
from merchant_app.wording.said import Said, said
from merchant_app.wording.words import Words


def ledger(words: Words, error: LedgerError) -> Said:
    match error:
        case LedgerNewerError():
            title = words._("This till's records were written by a newer version of this program")
            return said(words, title, words._("Install the newest version; nothing is lost."))
        case LedgerBusyError():
            title = words._("This till is already open")
            return said(words, title, words._("Use the window that is open, or close it first."))
        case LedgerUnwritableError():
            title = words._("Nothing can be written to {path}", path=error.path)
            return said(words, title, words._("Free some space, or allow writing there; nothing was redeemed."))
        case LedgerDamagedError():
            title = words._("This till's records are damaged")
            return said(words, title, words._("Keep the file {path} and call the operator.", path=error.path))
        case _:
            title = words._("This till's records cannot be used")
            return said(words, title, words._("Keep the file {path} and call the operator.", path=error.path))


def campaign_document(words: Words, error: CampaignDocumentError) -> Said:
    count = len(error.mistakes)
    title = words.n_("The campaign document has {count} mistake", "The campaign document has {count} mistakes", count)
    wanted = words._("; ").join(f"{path}: {expectation(words, expected)}" for path, expected in error.mistakes)
    return said(words, title, wanted)


def source(words: Words, error: SourceError) -> Said:
    title = words._("{source} cannot be read", source=error.source)
    return said(words, title, words._("Check that it is there and not in use, or choose another."))


def output(words: Words, error: OutputError) -> Said:
    title = words._("{path} cannot be written", path=error.path)
    return said(words, title, words._("Choose another place, or free some space."))
