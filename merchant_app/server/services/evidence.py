"""Both sides of a dispute as evidence: the contested row as its till wrote it down, and what it stands against."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from merchant_app.domain.campaign import Campaign
from merchant_app.domain.kinds import Bilingual
from merchant_app.domain.redemption import Override, Redemption, Reversal, Void
from merchant_app.server.central import Central
from merchant_app.server.db import disputes as dispute_rows
from merchant_app.server.db import evidence as rows
from merchant_app.server.db.campaigns import all_campaigns, campaign_of
from merchant_app.server.db.disputes import DisputesWanted, KeptDispute
from merchant_app.server.db.evidence import PushedFact
from merchant_app.server.db.kept import KeptRedemption
from merchant_app.server.db.outlets import outlets_among
from merchant_app.server.db.redemptions import by_ids
from merchant_app.server.services.campaigns import parsed
from merchant_app.wire.facts import ParsedRow, parse_row


@dataclass(frozen=True, slots=True)
class Side:
    """`fact` is the row as it was pushed; `kept` the redemption as it is stored; `override` a manager's leave.

    A redemption that the server said yes to has no row before the till sends it.
    """

    redemption_id: str | None
    outlet_id: int
    outlet: Bilingual
    till_id: str
    row: PushedFact | None
    fact: Redemption | Void | Reversal | None
    override: Override | None
    kept: KeptRedemption | None


@dataclass(frozen=True, slots=True)
class Evidence:
    dispute: KeptDispute
    campaign: Campaign | None
    contested: Side
    first: Side | None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo("UTC") if self.campaign is None else self.campaign.zone

    @property
    def took_place_at(self) -> datetime:
        """When, as the contested row says; when the dispute was opened where it says nothing."""
        fact = self.contested.fact
        return self.dispute.opened_at if fact is None else fact.moment.at.astimezone(UTC)

    @property
    def offer(self) -> Bilingual | None:
        kept = self.contested.kept or (None if self.first is None else self.first.kept)
        fact = self.contested.fact
        index = fact.offer_index if isinstance(fact, Redemption) else None if kept is None else kept.offer_index
        offers = () if self.campaign is None else self.campaign.offers
        return offers[index].title if index is not None and index < len(offers) else None


def evidence_for(central: Central, dispute_id: str) -> Evidence | None:
    """Everything that is known of a dispute; None: there is no such one."""
    with central.database.reading() as connection:
        dispute = dispute_rows.dispute_of(connection, dispute_id)
        if dispute is None:
            return None
        kept = None if dispute.campaign_id is None else campaign_of(connection, dispute.campaign_id)
        campaign = None if kept is None else parsed(kept.document)
        return Evidence(dispute, campaign, _contested(connection, dispute), _first(connection, dispute))


def disputes_page(
    central: Central, wanted: DisputesWanted, *, limit: int, offset: int = 0
) -> tuple[list[KeptDispute], int, dict[int, Bilingual]]:
    """Disputes of a page, open ones first; how many there are in all; the names of their outlets."""
    with central.database.reading() as connection:
        page = dispute_rows.page_of(connection, wanted, limit=limit, offset=offset)
        names = _names(connection, {each.outlet_id for each in page})
        return page, dispute_rows.count_of(connection, wanted), names


def open_disputes(central: Central) -> int:
    """How many wait for the operator."""
    with central.database.reading() as connection:
        return dispute_rows.count_open(connection)


def campaign_names(central: Central) -> dict[int, Bilingual]:
    """Of every campaign, the youngest first."""
    with central.database.reading() as connection:
        return {each.campaign_id: parsed(each.document).name for each in all_campaigns(connection)}


def _contested(connection: Connection, dispute: KeptDispute) -> Side:
    row = rows.row_at(connection, dispute.chain_id, dispute.seq)
    fact = _fact(row)
    override_id = fact.override_id if isinstance(fact, Redemption) else None
    given = None if override_id is None else rows.override_row(connection, dispute.chain_id, override_id)
    leave = None if given is None else parse_row(given.content)
    override = leave.fact if leave is not None and isinstance(leave.fact, Override) else None
    stored = by_ids(connection, [dispute.redemption_id] if dispute.redemption_id else [])
    own = [each for each in stored if each.dispute_id == dispute.dispute_id]
    return _side(connection, dispute.redemption_id, row, fact, override, own[0] if own else None, dispute)


def _first(connection: Connection, dispute: KeptDispute) -> Side | None:
    if dispute.first_redemption_id is None:
        return None
    kept = next(iter(by_ids(connection, [dispute.first_redemption_id])), None)
    if kept is None:
        return None
    row = rows.redemption_row(connection, kept.redemption_id, kept.till_id)
    if row is not None and (row.chain_id, row.seq) == (dispute.chain_id, dispute.seq):
        row = None  # its only row is the contested one: the other side is the server's own yes
    return _side(connection, kept.redemption_id, row, _fact(row), None, kept, kept)


def _side(
    connection: Connection,
    redemption_id: str | None,
    row: PushedFact | None,
    fact: Redemption | Void | Reversal | None,
    override: Override | None,
    kept: KeptRedemption | None,
    whose: KeptDispute | KeptRedemption,
) -> Side:
    outlet = _names(connection, {whose.outlet_id})[whose.outlet_id]
    return Side(redemption_id, whose.outlet_id, outlet, whose.till_id, row, fact, override, kept)


def _names(connection: Connection, outlet_ids: set[int]) -> dict[int, Bilingual]:
    """Names of outlets; the number where there is no such outlet any more."""
    known = {each.outlet_id: Bilingual(each.name_zh, each.name_en) for each in outlets_among(connection, outlet_ids)}
    return {each: known.get(each, Bilingual(str(each), str(each))) for each in outlet_ids}


def _fact(row: PushedFact | None) -> Redemption | Void | Reversal | None:
    read: ParsedRow | None = None if row is None else parse_row(row.content)
    if read is None or not isinstance(read.fact, Redemption | Void | Reversal):
        return None
    return read.fact
