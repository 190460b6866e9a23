"""The chain of root keys: how a till that pinned an old root finds the one that is in use now.

Each change is signed twice: by the old root, which hands over, and by the new one, which shows that somebody holds it.
A till walks from the root it has pinned; it never goes back, and a link that is not whole ends the walk.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey
from pydantic import AwareDatetime, ValidationError

from merchant_app.wire.shape import Hex64, Wire
from merchant_app.wire.signing import root_change_message


class RootChange(Wire):
    """What is signed of a change; keys in hex."""

    old_key: Hex64
    new_key: Hex64
    changed_at: AwareDatetime


class SignedRootChange(Wire):
    """`content` is a `RootChange` as JSON text; the signatures (hex) are over `signing.root_change_message`."""

    content: str
    by_old: str
    by_new: str


def signed_change(change: RootChange, old: SigningKey, new: SigningKey) -> SignedRootChange:
    content = change.as_json()
    message = root_change_message(content)
    by_old, by_new = (key.sign(message).signature.hex() for key in (old, new))
    return SignedRootChange(content=content.decode(), by_old=by_old, by_new=by_new)


def last_root(pinned: VerifyKey, changes: Iterable[SignedRootChange]) -> VerifyKey:
    """The root to which the changes lead from the one that was pinned; that one itself where none leads on."""
    root = pinned
    for signed in changes:
        try:
            change = RootChange.model_validate_json(signed.content)
            if change.old_key != root.encode().hex():
                continue  # a link before the root that was pinned
            new, message = VerifyKey(bytes.fromhex(change.new_key)), root_change_message(signed.content.encode())
            root.verify(message, bytes.fromhex(signed.by_old))
            new.verify(message, bytes.fromhex(signed.by_new))
        except (ValidationError, ValueError, BadSignatureError):
            break
        root = new
    return root


def old_roots(changes: Iterable[SignedRootChange]) -> Iterator[str]:
    """The roots (hex) that say they have handed over; nothing is checked here."""
    for signed in changes:
        with suppress(ValidationError):
            yield RootChange.model_validate_json(signed.content).old_key
