"""What a till believes: keys between their two instants, roots that handed over, and nothing that anybody else says."""

from datetime import datetime, timedelta

import pytest
from nacl.signing import SigningKey

from merchant_app.errors import NotTheServerError
from merchant_app.till.trust import Trust
from merchant_app.wire.catalogue import Keys, KeysDocument, ServingKey
from merchant_app.wire.root_chain import RootChange, SignedRootChange, last_root, signed_change
from merchant_app.wire.signing import document_message
from tests.till.made_till import NOON, ROOT_KEY, SERVING_KEY

SERVING = SERVING_KEY.verify_key.encode().hex()
SECOND, THIRD, THIEF = (SigningKey(letter * 32) for letter in (b"2", b"3", b"x"))


def listed(version: int = 1) -> Keys:
    """A list whose only serving key is good for one day from noon on."""
    serving = ServingKey(public_key=SERVING, valid_from=NOON, valid_until=NOON + timedelta(days=1))
    return Keys(version=version, serving_keys=[serving], issuing_keys=[])


def document(root: SigningKey, changes: list[SignedRootChange]) -> KeysDocument:
    content = listed().as_json()
    signature = root.sign(document_message(content)).signature.hex()
    key = root.verify_key.encode().hex()
    return KeysDocument(content=content.decode(), key=key, signature=signature, root_changes=changes)


def change(
    old: SigningKey, new: SigningKey, *, by_old: SigningKey | None = None, by_new: SigningKey | None = None
) -> SignedRootChange:
    """Signed by those who have to, or by somebody else."""
    old_hex, new_hex = (key.verify_key.encode().hex() for key in (old, new))
    return signed_change(RootChange(old_key=old_hex, new_key=new_hex, changed_at=NOON), by_old or old, by_new or new)


def trust(served: datetime | None = None) -> Trust:
    made = Trust(ROOT_KEY.verify_key, lambda: served)
    made.take(listed())
    return made


@pytest.mark.parametrize("hours", [0, 23.9])
def test_a_serving_key_is_believed_between_its_two_instants(hours: float) -> None:
    assert trust().serving_key(SERVING, NOON + timedelta(hours=hours)) == SERVING_KEY.verify_key


@pytest.mark.parametrize("hours", [-0.1, 24, 240])
def test_outside_of_them_it_is_not(hours: float) -> None:
    with pytest.raises(NotTheServerError, match="not valid"):
        trust().serving_key(SERVING, NOON + timedelta(hours=hours))


def test_an_expired_key_that_signs_an_earlier_time_is_found_out_by_what_the_server_said_since() -> None:
    with pytest.raises(NotTheServerError, match="expired"):
        trust(served=NOON + timedelta(days=2)).serving_key(SERVING, NOON + timedelta(hours=1))


def test_a_key_that_is_not_on_the_list_is_not_believed() -> None:
    with pytest.raises(NotTheServerError):
        trust().serving_key(THIEF.verify_key.encode().hex(), NOON)


def test_a_root_that_handed_over_is_followed_and_never_gone_back_to() -> None:
    made, chain = trust(), [change(ROOT_KEY, SECOND), change(SECOND, THIRD)]
    assert made.checked_keys(document(THIRD, chain)) == listed()
    assert made.root_key == THIRD.verify_key
    for root in (ROOT_KEY, SECOND):
        with pytest.raises(NotTheServerError):
            made.checked_keys(document(root, chain))
        with pytest.raises(NotTheServerError):
            made.checked_keys(document(root, []))
    assert made.root_key == THIRD.verify_key


@pytest.mark.parametrize(
    "chain",
    [
        pytest.param([], id="no link"),
        pytest.param([change(ROOT_KEY, THIEF, by_old=THIEF)], id="not signed by the old root"),
        pytest.param([change(ROOT_KEY, THIEF, by_new=SECOND)], id="nobody holds the new one"),
        pytest.param([change(SECOND, THIEF)], id="a link from another root"),
        pytest.param([change(ROOT_KEY, SECOND, by_old=THIEF), change(SECOND, THIEF)], id="a chain with a broken link"),
        pytest.param([SignedRootChange(content="{}", by_old="", by_new="")], id="no link at all"),
        pytest.param([SignedRootChange(content="[", by_old="zz", by_new="zz")], id="no JSON"),
    ],
)
def test_a_chain_that_is_not_whole_leads_nowhere(chain: list[SignedRootChange]) -> None:
    made = trust()
    with pytest.raises(NotTheServerError):
        made.checked_keys(document(THIEF, chain))
    assert made.root_key == ROOT_KEY.verify_key


def test_a_signature_for_a_document_is_none_for_a_change_of_the_root() -> None:
    """What the root signs as a list must not be taken for a link, whatever is written in it."""
    content = RootChange(
        old_key=ROOT_KEY.verify_key.encode().hex(), new_key=THIEF.verify_key.encode().hex(), changed_at=NOON
    ).as_json()
    by_old, by_new = (key.sign(document_message(content)).signature.hex() for key in (ROOT_KEY, THIEF))
    link = SignedRootChange(content=content.decode(), by_old=by_old, by_new=by_new)
    assert last_root(ROOT_KEY.verify_key, [link]) == ROOT_KEY.verify_key
