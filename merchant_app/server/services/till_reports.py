"""What a till reports with each push: up to when it answers for its outlet's rights, and how it is."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from merchant_app.domain.chain import FIRST_LINK
from merchant_app.server.db import chains as chain_rows
from merchant_app.server.db import tills as till_rows
from merchant_app.server.db.chains import KeptChain
from merchant_app.server.db.tills import EnrolledTill
from merchant_app.wire.facts import Report

_MILLISECOND = timedelta(milliseconds=1)
_FARTHEST = timedelta(days=36_500)


def take_floor(connection: Connection, chain: KeptChain, report: Report, now: datetime) -> None:
    """The till has answered up to its floor: if every row up to its head is stored, and none of them is unread.

    A floor beyond this server's own clock counts only up to that: what ends later can still be accepted.
    """
    if report.floor is None or chain.frozen_at is not None or chain.parked or chain.stored_to < report.head_seq:
        return
    if hash_at(connection, chain, report.head_seq).hex() != report.head_hash:
        return
    till_rows.answer_by_floor(connection, chain.till_id, min(report.floor.astimezone(UTC), now))


def as_said(report: Report, now: datetime) -> dict[str, Any]:
    """What of a till's row the report changes; nothing of it from one that does not speak of itself yet."""
    if report.version is None or report.sent_at is None:
        return {}
    ahead = max(-_FARTHEST, min(report.sent_at - now, _FARTHEST))
    catalogue_at = report.catalogue_at
    return {
        "version": report.version,
        "reported_at": now,
        "waiting": report.waiting,
        "clock_ahead_ms": ahead // _MILLISECOND,
        "catalogue_version": report.catalogue_version,
        "catalogue_at": None if catalogue_at is None else min(catalogue_at.astimezone(UTC), now),
    }


def settle_who_answers(connection: Connection, chain: KeptChain, owner: EnrolledTill) -> None:
    """Who adopted a ledger answers for it from the moment at which every row of it is stored and judged.

    Not where an operator had revoked its till: its rows are kept and judged by nobody, so any of them may have spent a
    coupon. Nor where rows came beyond the ledger's end: a copy of it is still in use somewhere.
    """
    if owner.adopted_by is None:
        return
    is_whole = (
        chain.sealed_to is not None
        and chain.sealed_to == chain.stored_to
        and hash_at(connection, chain, chain.sealed_to) == chain.sealed_hash
        and chain.frozen_at is None
        and not chain.parked
        and owner.revoked_by_operator_at is None
    )
    till_rows.put_answered_by(connection, owner.till_id, owner.adopted_by if is_whole else None)


def hash_at(connection: Connection, chain: KeptChain, seq: int) -> bytes:
    """The stored hash of a row; of row 0, what the first row follows."""
    if seq == chain.stored_to:
        return chain.head_hash
    return FIRST_LINK if seq <= 0 else chain_rows.hash_at(connection, chain.chain_id, seq) or b""
