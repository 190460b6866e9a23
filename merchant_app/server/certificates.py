"""The server's own TLS certificate, looked at before anybody meets it: there, a pair with its key, and valid now.

Whether it is valid, OpenSSL decides, as it does for a till: a handshake in memory, in which nothing but this very
certificate is trusted and its names are not looked at.
"""

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from merchant_app.errors import CertificateWhy, ServerCertificateError

_HAS_EXPIRED, _NOT_YET_VALID = 10, 9  # X509_V_ERR_CERT_HAS_EXPIRED, X509_V_ERR_CERT_NOT_YET_VALID


@dataclass(frozen=True, slots=True)
class Certificate:
    """A chain in PEM, the server's own certificate first, and the private key to it, without a passphrase."""

    chain: Path
    key: Path

    def ends_at(self) -> datetime:
        """Until when it is valid. Raises `ServerCertificateError` where it cannot be served now."""
        for path in (self.chain, self.key):
            if not path.is_file():
                raise ServerCertificateError(str(path), CertificateWhy.MISSING)
        served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        try:
            self.load_into(served)
        except ssl.SSLError as error:
            is_no_pair = "MISMATCH" in (error.reason or "")
            why = CertificateWhy.NOT_A_PAIR if is_no_pair else CertificateWhy.UNREADABLE
            raise ServerCertificateError(str(self.chain), why, str(error)) from error
        except OSError as error:
            raise ServerCertificateError(str(self.chain), CertificateWhy.UNREADABLE, str(error)) from error
        return self._shaken_hands(served)

    def load_into(self, context: ssl.SSLContext) -> None:
        """Also into one that is in use: new connections get the new certificate."""
        context.load_cert_chain(self.chain, self.key, password=lambda: "")  # nobody is there to be asked

    def _shaken_hands(self, served: ssl.SSLContext) -> datetime:
        trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        trusting.check_hostname = False
        trusting.verify_flags |= ssl.VerifyFlags.VERIFY_X509_PARTIAL_CHAIN
        trusting.load_verify_locations(self.chain)
        there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
        server = served.wrap_bio(there, back, server_side=True)
        client = trusting.wrap_bio(back, there)
        try:
            _shake_hands(client, server)
        except ssl.SSLCertVerificationError as error:
            why = {_HAS_EXPIRED: CertificateWhy.EXPIRED, _NOT_YET_VALID: CertificateWhy.NOT_YET_VALID}
            raise ServerCertificateError(
                str(self.chain), why.get(error.verify_code, CertificateWhy.UNREADABLE), error.verify_message
            ) from error
        except ssl.SSLError as error:
            raise ServerCertificateError(str(self.chain), CertificateWhy.UNREADABLE, str(error)) from error
        ends = (client.getpeercert() or {})["notAfter"]
        return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(ends)), UTC)


def _shake_hands(client: ssl.SSLObject, server: ssl.SSLObject) -> None:
    """Each side goes on until it waits for the other; a few turns are enough."""
    for _ in range(4):
        for side in (client, server):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
