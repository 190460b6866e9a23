"""`breakdown`: any error to what is said of it; each family of errors has a file of its own."""

from merchant_app.errors import (
    CampaignDocumentError,
    CatalogueRejectedError,
    DatabaseError,
    EnrolmentRefusedError,
    KeysError,
    LedgerError,
    MerchantAppError,
    NotEnrolledError,
    OutputError,
    RemoteError,
    ServerCertificateError,
    SourceError,
    TillRevokedError,
)
from merchant_app.wording.breakdowns.certificate import server_certificate
from merchant_app.wording.breakdowns.databases import database
from merchant_app.wording.breakdowns.enrolment import enrolment, not_enrolled, till_revoked
from merchant_app.wording.breakdowns.files import campaign_document, ledger, output, source
from merchant_app.wording.breakdowns.keys import keys
from merchant_app.wording.breakdowns.network import catalogue_rejected, remote
from merchant_app.wording.said import Said, said
from merchant_app.wording.words import Words


def breakdown(words: Words, error: BaseException) -> Said:
    """What to say of any breakdown; of one that has no sentence of its own, that it was not expected."""
    match error:
        case RemoteError():
            return remote(words, error)
        case CatalogueRejectedError():
            return catalogue_rejected(words)
        case EnrolmentRefusedError():
            return enrolment(words, error)
        case NotEnrolledError():
            return not_enrolled(words)
        case TillRevokedError():
            return till_revoked(words)
        case _:
            return _of_a_file(words, error)


def _of_a_file(words: Words, error: BaseException) -> Said:
    match error:
        case LedgerError():
            return ledger(words, error)
        case DatabaseError():
            return database(words, error)
        case KeysError():
            return keys(words, error)
        case ServerCertificateError():
            return server_certificate(words, error)
        case CampaignDocumentError():
            return campaign_document(words, error)
        case SourceError():
            return source(words, error)
        case OutputError():
            return output(words, error)
        case _:
            return _unexpected(words, error)


def _unexpected(words: Words, error: BaseException) -> Said:
    title = words._("Something happened that was not expected")
    detail = f"{type(error).__name__}: {error}" if isinstance(error, MerchantAppError) else type(error).__name__
    return said(words, title, words._("Try again; if it stays, tell the operator: {detail}.", detail=detail))
