"""Adopting the ledger of an earlier enrolment: what a reinstalled till had not pushed yet goes up, and is answered for.

The new till shows that it has the ledger by the hash of a row that the server has stored. The till that the chain was
enrolled for is retired; its rows are judged as its own, and the rights that waited for it come free when the new till
has answered (`rights`). Only within one outlet: what was redeemed there is that outlet's.

the ledger is the newest     it ends at or after what is stored: it is sealed there, and answers once all is stored
the ledger is a backup       rows are stored that it does not have: it is adopted, but answers for nothing, since
                             whoever wrote those rows may still be in use
the chain had forked         the row before the fork is shown, which both have; it stays frozen, and answers for nothing
an operator had revoked it   its rows go into quarantine still, and its rights stay the operator's
"""

from enum import StrEnum

from sqlalchemy import Connection

from merchant_app.domain.kinds import TillId
from merchant_app.server.central import Central
from merchant_app.server.db import chains as chain_rows
from merchant_app.server.db import tills as till_rows
from merchant_app.server.db.chains import KeptChain
from merchant_app.server.services.till_reports import hash_at, settle_who_answers
from merchant_app.wire.chains import AdoptAnswer, AdoptRequest


class NotAdopted(StrEnum):
    """Why a chain stays whose it is."""

    UNKNOWN_CHAIN = "unknown_chain"
    OWN_CHAIN = "own_chain"
    OTHER_OUTLET = "other_outlet"
    NOT_THIS_LEDGER = "not_this_ledger"


def adopt(central: Central, till_id: TillId, request: AdoptRequest) -> AdoptAnswer | NotAdopted:
    """The chain is this till's from now on; or which row to show first."""
    with central.database.writing() as connection:
        chain = chain_rows.chain_of(connection, request.chain_id)
        owner = None if chain is None else till_rows.till_of(connection, chain.till_id)
        asking = till_rows.till_of(connection, till_id)
        if chain is None or owner is None or asking is None:
            return NotAdopted.UNKNOWN_CHAIN
        if owner.till_id == till_id:
            return NotAdopted.OWN_CHAIN
        if owner.outlet_id != asking.outlet_id:
            return NotAdopted.OTHER_OUTLET
        show_seq = _to_show(connection, chain, request)
        if show_seq and (request.shown is None or request.shown.seq != show_seq):
            return AdoptAnswer(show_seq=show_seq)
        if show_seq and request.shown and hash_at(connection, chain, show_seq).hex() != request.shown.hash:
            return NotAdopted.NOT_THIS_LEDGER
        till_rows.adopt(connection, owner.till_id, till_id, central.now())
        _seal(connection, chain, request)
        return AdoptAnswer(stored_to=chain.stored_to)


def _to_show(connection: Connection, chain: KeptChain, request: AdoptRequest) -> int:
    """The last row that both the server and the ledger have; 0: nothing is stored, and the chain's own id is enough."""
    forked_at = chain_rows.forked_at(connection, chain.chain_id)
    last = chain.stored_to if forked_at is None else min(chain.stored_to, forked_at - 1)
    return min(last, request.head_seq)


def _seal(connection: Connection, chain: KeptChain, request: AdoptRequest) -> None:
    is_newest = request.head_seq >= chain.stored_to
    chain.sealed_to = request.head_seq if is_newest else None
    chain.sealed_hash = bytes.fromhex(request.head_hash) if is_newest else None
    chain_rows.write_chain(connection, chain)
    owner = till_rows.till_of(connection, chain.till_id)
    assert owner is not None
    settle_who_answers(connection, chain, owner)
