"""Enrolling: an invitation and a new key pair become a till of a server, whose root key is pinned from then on."""

import hashlib
from collections.abc import Callable

import requests
from nacl.encoding import HexEncoder
from nacl.signing import SigningKey, VerifyKey

from merchant_app.errors import EnrolmentRefusedError, NotTheServerError, RequestRefusedError
from merchant_app.till import device_key, remote
from merchant_app.till.db import catalogue, old_chains, state
from merchant_app.till.db.connection import Ledger
from merchant_app.till.network import new_session
from merchant_app.till.remote import Identity
from merchant_app.till.trust import check_keys
from merchant_app.version import program_version
from merchant_app.wire.enrolment import (
    EnrolAnswer,
    EnrolRequest,
    Invitation,
    is_plain_address,
    is_safe_address,
    read_invitation,
)
from merchant_app.wire.root_chain import last_root, old_roots


class Enrolling:
    """`new_id` gives the new chain its id; `session` stands for the way to the network."""

    def __init__(self, ledger: Ledger, *, new_id: Callable[[], str], session: requests.Session | None = None) -> None:
        self._ledger, self._new_id, self._session = ledger, new_id, session

    def identity(self) -> Identity | None:
        """Who this till is; None: not enrolled yet, or its key is gone."""
        with self._ledger.reading() as db:
            known = {
                name: state.get(db, name) for name in (state.SERVER, state.TILL_ID, state.ROOT_KEY, state.CHAIN_ID)
            }
        server, till_id, root_key, chain_id = known.values()
        if server is None or till_id is None or root_key is None or chain_id is None:
            return None
        key = device_key.load_key(self._ledger.path.parent, chain_id)
        return None if key is None else Identity(server, till_id, key, VerifyKey(bytes.fromhex(root_key)))

    def enrol(self, server: str | None, invitation_text: str, till_name: str, *, plain_http: bool = False) -> Identity:
        """Uses up the invitation. `server` may be None where the invitation was scanned and names it.

        `plain_http`: somebody has said in so many words that what is said may be read on the way.

        Raises `EnrolmentRefusedError` with what is wrong, or a `RemoteError`: the same invitation can be tried again.
        """
        invitation = read_invitation(invitation_text)
        if invitation is None:
            raise EnrolmentRefusedError("not_an_invitation")
        address = _address(server, invitation, plain_http=plain_http)
        chain_id, key = self._begin(invitation)
        request = EnrolRequest(
            secret=invitation.secret,
            public_key=key.verify_key.encode(HexEncoder).decode(),
            chain_id=chain_id,
            till_name=till_name,
            version=program_version(),
        )
        answer = self._ask(address, request)
        root_key = _checked_root_key(invitation, answer)
        self._keep(address, chain_id, answer)
        return Identity(address, answer.till_id, key, root_key)

    def _begin(self, invitation: Invitation) -> tuple[str, SigningKey]:
        """A chain and a key for it; the same ones again for an invitation whose answer was lost: it is good once."""
        begun, folder = hashlib.sha256(invitation.secret.encode()).hexdigest(), self._ledger.path.parent
        with self._ledger.reading() as db:
            before, _, chain_id = (state.get(db, state.ENROLLING) or "").partition(" ")
        key = device_key.load_key(folder, chain_id) if before == begun else None
        if key is None:
            chain_id = self._new_id()
            key = device_key.make_key(folder, chain_id)
            with self._ledger.transaction() as db:
                state.put(db, state.ENROLLING, f"{begun} {chain_id}")
        return chain_id, key

    def _ask(self, address: str, request: EnrolRequest) -> EnrolAnswer:
        try:
            return remote.enrol(address, request, self._session or new_session(self._ledger.path.parent))
        except RequestRefusedError as error:
            raise EnrolmentRefusedError(error.code) from error

    def _keep(self, address: str, chain_id: str, answer: EnrolAnswer) -> None:
        with self._ledger.transaction() as db:
            state.put(db, state.SERVER, address)
            state.put(db, state.TILL_ID, answer.till_id)
            state.put(db, state.ROOT_KEY, answer.root_key)
            state.put(db, state.CHAIN_ID, chain_id)
            state.put(db, state.OUTLET, str(answer.outlet.outlet_id))
            state.put(db, state.ENROLLING, None)
            for name in state.OF_ONE_CHAIN:
                state.put(db, name, None)
            old_chains.forget_adoptions(db)
            catalogue.forget(db)


def _address(server: str | None, invitation: Invitation, *, plain_http: bool) -> str:
    address = (server or invitation.server or "").strip().rstrip("/")
    if not address:
        raise EnrolmentRefusedError("no_server")
    if "://" not in address:
        address = f"https://{address}"
    if not is_safe_address(address) and not (plain_http and is_plain_address(address)):
        raise EnrolmentRefusedError("unsafe_address")
    return address


def _checked_root_key(invitation: Invitation, answer: EnrolAnswer) -> VerifyKey:
    """The root key that the invitation vouches for, which in turn vouches for the server's list of keys."""
    root_key = VerifyKey(bytes.fromhex(answer.root_key))
    if not any(last_root(vouched, answer.keys.root_changes) == root_key for vouched in _vouched(invitation, answer)):
        raise EnrolmentRefusedError("another_server")
    try:
        check_keys(answer.keys, root_key)
    except NotTheServerError as error:
        raise EnrolmentRefusedError("another_server") from error
    return root_key


def _vouched(invitation: Invitation, answer: EnrolAnswer) -> list[VerifyKey]:
    """The keys that the invitation's fingerprint fits: the root, or one before it that has handed over since."""
    known = [answer.root_key, *old_roots(answer.keys.root_changes)]
    return [VerifyKey(bytes.fromhex(each)) for each in known if invitation.fits(bytes.fromhex(each))]
