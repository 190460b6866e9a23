"""Another root key: the old one hands over by its signature, and tills that pinned it follow without a visit."""

from nacl.signing import SigningKey

from merchant_app.domain.kinds import OperatorId
from merchant_app.server.central import Central
from merchant_app.server.services.keeping_keys.list_of_keys import (
    publish_keys,
    put_root,
    root_changes,
    root_for_signing,
    root_public_hex,
)
from merchant_app.server.services.operators.deeds import Deed, note_deed
from merchant_app.wire.root_chain import RootChange, signed_change


def rotate_root(central: Central, *, old_is_lost: bool = False, by: OperatorId | None = None) -> str:
    """The public half of the new root. Raises `RootKeyAwayError`.

    `old_is_lost`: nobody can sign the change, so tills do not follow; each has to be invited again.
    """
    with central.database.writing() as connection:
        central.keys.settle_root(root_public_hex(connection, central))  # a change that broke off before
        changes, new = root_changes(connection), SigningKey.generate()
        new_hex = new.verify_key.encode().hex()
        if not old_is_lost:
            old = root_for_signing(connection, central)
            change = RootChange(old_key=old.verify_key.encode().hex(), new_key=new_hex, changed_at=central.now())
            changes.append(signed_change(change, old, new))
        central.keys.prepare_root(new)  # before it is published: a root that tills follow must not be lost
        put_root(connection, central, new_hex, changes)
        publish_keys(connection, central)
        note_deed(connection, by, Deed.KEY_ROTATED, f"root {new_hex[:8]}", at=central.now(), old_is_lost=old_is_lost)
    central.keys.settle_root(new_hex)
    return new_hex
