"""TLS certificates: the server's own, and the one that a till meets."""

from merchant_app.errors import CertificateWhy, ServerCertificateError
from merchant_app.wording.said import Said, said
from merchant_app.wording.words import Words


def server_certificate(words: Words, error: ServerCertificateError) -> Said:
    name_both = words._("Name the certificate's chain and its private key, both in PEM and without a passphrase.")
    renew = words._("Renew it, or check this computer's clock.")
    match error.why:
        case CertificateWhy.MISSING:
            return said(words, words._("The server's certificate is not there: {path}", path=error.path), name_both)
        case CertificateWhy.NOT_A_PAIR:
            title = words._("The certificate {path} and its private key do not belong together", path=error.path)
            return said(words, title, name_both)
        case CertificateWhy.EXPIRED:
            return said(words, words._("The server's certificate has expired: {path}", path=error.path), renew)
        case CertificateWhy.NOT_YET_VALID:
            return said(words, words._("The server's certificate is not valid yet: {path}", path=error.path), renew)
        case CertificateWhy.UNREADABLE:
            detail = error.detail or error.path
            title = words._("The server's certificate cannot be used: {detail}", detail=detail)
            return said(words, title, name_both)


def untrusted_certificate(words: Words) -> Said:
    title = words._("The server's certificate is not one that this computer trusts")
    remedy = words._(
        "Check this computer's date and the server's address; an authority of your own is named with --ca."
    )
    return said(words, title, remedy)
