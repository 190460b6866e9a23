"""Enrolling a till: the invitation that a person carries over, the till's request, the server's answer."""

import hashlib
import re
from base64 import b32encode
from dataclasses import dataclass
from urllib.parse import urlsplit

from merchant_app.wire.catalogue import KeysDocument, OutletPart
from merchant_app.wire.shape import Hex64, Id, Line, Wire, example

_SECRET_LENGTH, _FINGERPRINT_LENGTH = 12, 8
_QR = re.compile(r"^merchant-app-invitation:(?P<server>https?://\S+)#(?P<code>[A-Z2-7-]+)$")


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time invitation: a secret, and the beginning of the fingerprint of the server's root key.

    `server` is None where a person typed only the code. 40 bits of the fingerprint stop a server that happens to
    listen at the address; whoever can make 2**40 keys and answer for the address is kept out by TLS alone.
    """

    secret: str
    fingerprint: str
    server: str | None = None

    def as_code(self) -> str:
        """For typing: five groups of four characters that are hard to confuse."""
        text = self.secret + self.fingerprint
        return "-".join(text[i : i + 4] for i in range(0, len(text), 4))

    def as_qr_text(self) -> str:
        return f"merchant-app-invitation:{self.server}#{self.as_code()}"

    def fits(self, root_key: bytes) -> bool:
        return root_fingerprint(root_key) == self.fingerprint


def read_invitation(text: str) -> Invitation | None:
    """A scanned invitation, or its typed code (case, blanks and dashes do not matter); None: it is neither."""
    scanned = _QR.match(text.strip())
    code = scanned["code"] if scanned else text
    letters = re.sub(r"[\s-]", "", code).upper().replace("0", "O").replace("1", "I")
    if not re.fullmatch(r"[A-Z2-7]{20}", letters):
        return None
    server = scanned["server"] if scanned else None
    return Invitation(letters[:_SECRET_LENGTH], letters[_SECRET_LENGTH:], server)


def is_safe_address(server: str) -> bool:
    """HTTPS, or plain HTTP to this very machine: anything else would show the invitation to whoever listens."""
    parts = urlsplit(server)
    if parts.scheme == "https":
        return bool(parts.hostname)
    return parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")


def is_plain_address(server: str) -> bool:
    """Plain HTTP to another machine: a till uses it only where it was told to in so many words."""
    parts = urlsplit(server)
    return parts.scheme == "http" and bool(parts.hostname) and not is_safe_address(server)


def new_secret(random_bytes: bytes) -> str:
    """Twelve characters (60 bits) from at least 8 random bytes."""
    return b32encode(random_bytes).decode()[:_SECRET_LENGTH]


def root_fingerprint(root_key: bytes) -> str:
    """The first 40 bits of the root key's hash, as eight characters."""
    return b32encode(hashlib.sha256(root_key).digest()).decode()[:_FINGERPRINT_LENGTH]


class EnrolRequest(Wire):
    """`POST /api/enrolments`: the one request that no till signs, since nobody knows it yet."""

    model_config = example(
        secret="ABCDEFGH2345", public_key="5d" * 32, chain_id="0190f0c2-0001", till_name="Counter 1", version="0.1.0"
    )

    secret: Line
    public_key: Hex64
    chain_id: Id
    till_name: Line
    version: Line


class EnrolAnswer(Wire):
    """`keys` is signed by the root key, whose fingerprint the invitation carried."""

    till_id: str
    root_key: Hex64
    keys: KeysDocument
    outlet: OutletPart
