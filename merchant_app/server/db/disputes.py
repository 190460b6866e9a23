"""Reads and writes disputes: opened with the rows that they are about, closed once."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, case, func, insert, or_, select, true, update

from merchant_app.domain.disputes import About, Outcome, Payer
from merchant_app.domain.kinds import Fen
from merchant_app.server.db.kept import CouponKey
from merchant_app.server.db.tables import disputes


@dataclass(frozen=True, slots=True)
class KeptDispute:
    """`chain_id` and `seq` name the row it is about; `first_redemption_id` is what it stands against.

    `owed_fen` is what the campaign owes by its outcome beside what it owes for a stored redemption. `outcome` is the
    operator's where `resolved_by` names one; else the dispute ended by itself.
    """

    dispute_id: str
    chain_id: str
    seq: int
    redemption_id: str | None
    campaign_id: int | None
    serial: int | None
    reasons: list[dict[str, Any]]
    first_redemption_id: str | None
    opened_at: datetime
    closed_at: datetime | None
    outcome: str | None
    about: About
    till_id: str
    outlet_id: int
    day: date | None
    amount_off_fen: Fen
    proposed_payer: Payer
    owed_fen: Fen
    note: str | None
    resolved_by: str | None
    outlet_note: str | None

    @property
    def codes(self) -> list[str]:
        return [str(reason["code"]) for reason in self.reasons]


@dataclass(frozen=True, slots=True)
class DisputesWanted:
    """Which disputes; None: any. `before` is the last one of the page before, by when it was opened and its id."""

    campaign_id: int | None = None
    outlet_id: int | None = None
    reason: str | None = None
    is_open: bool | None = None
    opened_before: datetime | None = None
    opened_after: datetime | None = None


def add_disputes(connection: Connection, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(disputes), rows)


def end_disputes(connection: Connection, ended: dict[str, str], now: datetime) -> None:
    """Closes what ended by itself: dispute_id -> how."""
    for outcome in set(ended.values()):
        ids = [each for each, how in ended.items() if how == outcome]
        still_open = disputes.c.dispute_id.in_(ids) & disputes.c.closed_at.is_(None)
        connection.execute(update(disputes).where(still_open).values(closed_at=now, outcome=outcome))


def resolve(
    connection: Connection, dispute_id: str, outcome: Outcome, owed_fen: Fen, *, note: str, by: str, now: datetime
) -> None:
    """Closes an open dispute by the operator's word."""
    still_open = (disputes.c.dispute_id == dispute_id) & disputes.c.closed_at.is_(None)
    values = {"closed_at": now, "outcome": outcome.value, "owed_fen": owed_fen, "note": note, "resolved_by": by}
    connection.execute(update(disputes).where(still_open).values(values))


def note_of_outlet(connection: Connection, dispute_id: str, note: str) -> None:
    connection.execute(update(disputes).where(disputes.c.dispute_id == dispute_id).values(outlet_note=note))


def dispute_of(connection: Connection, dispute_id: str) -> KeptDispute | None:
    row = connection.execute(select(disputes).where(disputes.c.dispute_id == dispute_id)).one_or_none()
    return None if row is None else _kept(row)


def of_rows(connection: Connection, chain_id: str, seqs: Collection[int]) -> dict[int, KeptDispute]:
    """Disputes about these rows of a chain."""
    if not seqs:
        return {}
    there = (disputes.c.chain_id == chain_id) & disputes.c.seq.in_(seqs)
    return {row.seq: _kept(row) for row in connection.execute(select(disputes).where(there))}


def of_coupon(connection: Connection, key: CouponKey) -> list[KeptDispute]:
    there = (disputes.c.campaign_id == key[0]) & (disputes.c.serial == key[1])
    return [_kept(row) for row in connection.execute(select(disputes).where(there).order_by(disputes.c.opened_at))]


def count_open(connection: Connection) -> int:
    return connection.scalar(select(func.count()).where(disputes.c.closed_at.is_(None))) or 0


def count_of(connection: Connection, wanted: DisputesWanted) -> int:
    return connection.scalar(select(func.count()).select_from(disputes).where(_where(wanted))) or 0


def page_of(connection: Connection, wanted: DisputesWanted, *, limit: int, offset: int = 0) -> list[KeptDispute]:
    """Open ones first, of these the oldest first; then the closed ones, the last closed first."""
    in_order = (disputes.c.closed_at.is_not(None), disputes.c.closed_at.desc(), disputes.c.opened_at)
    found = select(disputes).where(_where(wanted)).order_by(*in_order, disputes.c.dispute_id)
    return [_kept(row) for row in connection.execute(found.limit(limit).offset(offset))]


def drawn_on_reserve(connection: Connection, campaign_id: int) -> tuple[Fen, Fen]:
    """What the campaign would pay by open disputes as proposed, and pays by resolved ones. For what a void is about it
    pays as for any redemption, not from its reserve."""
    column = disputes.c
    of_campaign = (column.campaign_id == campaign_id) & (column.about != About.VOID.value)
    is_proposed = column.closed_at.is_(None) & (column.proposed_payer == Payer.CAMPAIGN.value)
    is_drawn = column.outcome == Outcome.CAMPAIGN_PAYS.value
    drawn_fen = case((column.about == About.ROW.value, column.owed_fen), else_=column.amount_off_fen)
    found = select(
        func.coalesce(func.sum(case((is_proposed, column.amount_off_fen), else_=0)), 0),
        func.coalesce(func.sum(case((is_drawn, drawn_fen), else_=0)), 0),
    )
    proposed, drawn = connection.execute(found.where(of_campaign)).one()
    return Fen(int(proposed)), Fen(int(drawn))


def _where(wanted: DisputesWanted) -> ColumnElement[bool]:
    column = disputes.c
    conditions: list[ColumnElement[bool]] = [
        column[name] == value
        for name, value in (("campaign_id", wanted.campaign_id), ("outlet_id", wanted.outlet_id))
        if value is not None
    ]
    if wanted.is_open is not None:
        conditions.append(column.closed_at.is_(None) if wanted.is_open else column.closed_at.is_not(None))
    if wanted.reason is not None:
        named = json.dumps({"code": wanted.reason})[1:-1]
        conditions.append(or_(*(column.reasons.contains(named + end, autoescape=True) for end in (",", "}"))))
    if wanted.opened_before is not None:
        conditions.append(column.opened_at < wanted.opened_before)
    if wanted.opened_after is not None:
        conditions.append(column.opened_at >= wanted.opened_after)
    return and_(true(), *conditions)


def _kept(row: Row[Any]) -> KeptDispute:
    values = row._asdict()
    return KeptDispute(
        **{
            **values,
            "reasons": json.loads(values["reasons"]),
            "about": About(values["about"]),
            "proposed_payer": Payer(values["proposed_payer"]),
        }
    )
