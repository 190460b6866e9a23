"""How a request shows which till it is from, and an answer which server it is from and to which request it belongs.

Both sides sign with Ed25519 over a prefix of their own, so that no signature can be taken for another kind.
An answer's signed time, bound to the till's nonce, is what a till's floor is raised by.
"""

import hashlib
from datetime import datetime

TILL_ID = "Till-Id"
TILL_NONCE = "Till-Nonce"
TILL_SIGNATURE = "Till-Signature"
SERVER_TIME = "Server-Time"
SERVER_KEY = "Server-Key"
SERVER_SIGNATURE = "Server-Signature"

_REQUEST = b"merchant-app request v1\x00"
_ANSWER = b"merchant-app answer v1\x00"
_DOCUMENT = b"merchant-app document v1\x00"
_ROOT_CHANGE = b"merchant-app root change v1\x00"


def request_message(method: str, path: str, nonce: str, body: bytes) -> bytes:
    """What a till signs. `path` is as sent, query included; `nonce` is new for each request."""
    return _REQUEST + "\n".join((method, path, nonce, hashlib.sha256(body).hexdigest())).encode()


def answer_message(nonce: str, status: int, server_time: datetime, body: bytes) -> bytes:
    """What the server signs. `nonce` is the request's, so that an old answer cannot be played again."""
    digest = hashlib.sha256(body).hexdigest()
    return _ANSWER + "\n".join((nonce, str(status), server_time.isoformat(), digest)).encode()


def document_message(content: bytes) -> bytes:
    """What is signed of a document that travels by itself: a catalogue's snapshot, the list of keys."""
    return _DOCUMENT + content


def root_change_message(content: bytes) -> bytes:
    """What the old and the new root key sign when one takes the other's place."""
    return _ROOT_CHANGE + content
