"""Which keys this till believes: the root it pinned at enrolment, or one that it handed over to; what that root signed.

A serving key is believed between the two instants that the root has signed for it. The time in an answer is signed by
that very key, so it proves nothing about its age: once a time that this till has heard from its server is past a
key's end, the key is not believed any more, whatever it says. The computer's own clock is not asked: it may be wrong.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey
from pydantic import ValidationError

from merchant_app.errors import NotTheServerError
from merchant_app.wire.catalogue import Keys, KeysDocument
from merchant_app.wire.root_chain import last_root
from merchant_app.wire.signing import document_message


@dataclass(frozen=True, slots=True)
class _Serving:
    key: VerifyKey
    valid_from: datetime
    valid_until: datetime


class Trust:
    """`served` gives the latest time that the server signed, carried forward; None: none yet. For several threads."""

    def __init__(self, root_key: VerifyKey, served: Callable[[], datetime | None]) -> None:
        self.root_key = root_key
        self._served = served
        self._serving: dict[str, _Serving] = {}

    def take(self, keys: Keys) -> None:
        """From now on the serving keys are those of this list, which was checked."""
        self._serving = {
            each.public_key: _Serving(VerifyKey(bytes.fromhex(each.public_key)), each.valid_from, each.valid_until)
            for each in keys.serving_keys
        }

    def checked_keys(self, document: KeysDocument) -> Keys:
        """The list in a document of the pinned root, or of one that it leads to, which is pinned then.

        Raises `NotTheServerError`.
        """
        root_key = last_root(self.root_key, document.root_changes)
        keys = check_keys(document, root_key)
        self.root_key = root_key
        return keys

    def serving_key(self, public_hex: str, signed_at: datetime) -> VerifyKey:
        """The key that signed something at `signed_at`. Raises `NotTheServerError` where it is not to be believed."""
        serving, served = self._serving.get(public_hex), self._served()
        if serving is None:
            raise NotTheServerError("signed by a key that is not the server's")
        if not serving.valid_from <= signed_at < serving.valid_until:
            raise NotTheServerError(f"signed at {signed_at}, when its key was not valid")
        if served is not None and served >= serving.valid_until:
            raise NotTheServerError(f"signed by a key that expired at {serving.valid_until}")
        return serving.key


def check_keys(document: KeysDocument, root_key: VerifyKey) -> Keys:
    """The list of keys in a document that the root key signed. Raises `NotTheServerError` where it did not."""
    try:
        root_key.verify(document_message(document.content.encode()), bytes.fromhex(document.signature))
        return Keys.model_validate_json(document.content)
    except ValidationError as error:
        raise NotTheServerError("a list of keys of another shape") from error
    except (ValueError, BadSignatureError) as error:
        raise NotTheServerError("the list of keys is not signed by the root key") from error
