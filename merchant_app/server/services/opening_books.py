"""Opens a book for one till's request: its outlet, the campaigns, and everything its rows touch."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from merchant_app.domain.kinds import TillId
from merchant_app.domain.redemption import Override, Redemption
from merchant_app.server.central import Central
from merchant_app.server.db.chains import facts_with_ids
from merchant_app.server.db.outlets import outlet_of_till
from merchant_app.server.db.participants import campaigns_of
from merchant_app.server.db.published import replaced_at
from merchant_app.server.db.tills import EnrolledTill, adopted_by, till_of
from merchant_app.server.services.arriving import Arrived
from merchant_app.server.services.book import Book, Touched, limited_holders
from merchant_app.server.services.campaigns import key_ring, open_campaigns
from merchant_app.server.services.outdated import outdated_at
from merchant_app.server.services.outlets import judged_at

_LARGEST_VERSION = 1 << 62


def open_book(connection: Connection, central: Central, till_id: TillId, *, pushed_by: TillId | None = None) -> Book:
    """An empty book in which this till's rows can be judged; `pushed_by` a till that has adopted its ledger."""
    adopter = pushed_by or till_id
    till, outlet = till_of(connection, till_id), outlet_of_till(connection, till_id)
    by = till if adopter == till_id else till_of(connection, adopter)
    return Book(
        till_id=till_id,
        outlet=judged_at(outlet),
        revoked_at=_quarantined_since(till, by),
        now=central.now(),
        new_id=central.new_id,
        campaigns=open_campaigns(connection),
        keys=key_ring(connection),
        same_ledger=frozenset({adopter, *adopted_by(connection, adopter)}),
        left_at=campaigns_of(connection, outlet.outlet_id),
        outdated_at=partial(outdated_at, connection),
    )


def _quarantined_since(till: EnrolledTill | None, by: EnrolledTill | None) -> datetime | None:
    """From when on rows of `till`, pushed `by` itself or by who adopted its ledger, are only kept."""
    if till is None or by is None or till.till_id == by.till_id:
        return None if till is None else till.revoked_at
    return by.revoked_at or till.revoked_by_operator_at


def touched_by(book: Book, rows: Iterable[Arrived], known_ids: Iterable[str] = ()) -> Touched:
    """What these rows are about; `known_ids` are redemptions that have to be answered for as well."""
    rows = list(rows)
    made = [row.parsed.fact for row in rows if row.parsed is not None and isinstance(row.parsed.fact, Redemption)]
    ids = {row.redemption_id for row in rows if row.redemption_id is not None}
    shown = [(fact.campaign_id, fact.offer_index, fact.holder_tag) for fact in made]
    return Touched(
        keys=frozenset((int(fact.campaign_id), int(fact.serial)) for fact in made),
        redemption_ids=frozenset([*ids, *known_ids]),
        bill_ids=frozenset(fact.bill.bill_id for fact in made),
        holders=limited_holders(book.campaigns, shown),
        earliest=min((fact.moment.at for fact in made), default=None),
    )


def read_circumstances(connection: Connection, book: Book, chain_id: str, rows: Iterable[Arrived]) -> None:
    """By whose leave, and with how old a catalogue, these rows came about."""
    rows = list(rows)
    _read_overrides(connection, book, chain_id, rows)
    _read_catalogues(connection, book, rows)


def _read_catalogues(connection: Connection, book: Book, rows: Iterable[Arrived]) -> None:
    """When the catalogues that these rows were judged by were replaced by newer ones."""
    facts = [row.parsed.fact for row in rows if row.parsed is not None]
    versions = {fact.catalogue_version for fact in facts if isinstance(fact, Redemption)}
    good = [version for version in versions if 0 <= version < _LARGEST_VERSION]
    book.replaced_at |= replaced_at(connection, book.outlet.outlet_id, good)


def _read_overrides(connection: Connection, book: Book, chain_id: str, rows: Iterable[Arrived]) -> None:
    """Managers' overrides that these rows name, in the chain already or among the rows themselves."""
    facts = [row.parsed.fact for row in rows if row.parsed is not None]
    named = {fact.override_id for fact in facts if isinstance(fact, Redemption) and fact.override_id is not None}
    book.override_ids |= facts_with_ids(connection, chain_id, "override", named)
    book.override_ids |= {fact.override_id for fact in facts if isinstance(fact, Override)}
