"""Outlets opt in to campaigns and out again; what is taken from nobody is said first.

A campaign takes every outlet in its scope until it is told to go by opting in. One that is open goes on with all it
took; outlets can then leave. None leaves while paper that names it can still be shown there.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from merchant_app.domain.campaign import Campaign
from merchant_app.domain.judging.validity import last_instant
from merchant_app.domain.kinds import CampaignId, OperatorId, OutletId
from merchant_app.server.central import Central
from merchant_app.server.db import campaigns as campaign_rows
from merchant_app.server.db import participants as participant_rows
from merchant_app.server.db.coupons import newest_good_paper
from merchant_app.server.db.outlets import known_ids, open_outlets
from merchant_app.server.services.campaigns import parsed
from merchant_app.server.services.operators.deeds import Deed, note_deed
from merchant_app.wire.catalogue import OutletPart


class NotOpted(StrEnum):
    """Why an outlet's part in a campaign stays as it is."""

    UNKNOWN_OUTLET = "unknown_outlet"
    CLOSED = "closed"
    OUT_OF_SCOPE = "out_of_scope"
    PAPER_IS_GOOD = "paper_is_good"


@dataclass(frozen=True, slots=True)
class Left:
    """An outlet that was not opted in or out. `until`: so long can paper that names it still be shown there."""

    outlet_id: int
    why: NotOpted
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Opted:
    """How many changed; `as_before` were opted that way already."""

    changed: int = 0
    as_before: int = 0
    left: tuple[Left, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One campaign and who takes part in it; `outlet_ids` are those that it takes, in its scope."""

    campaign: Campaign
    by_opt_in: bool
    outlet_ids: frozenset[int] = field(default_factory=frozenset)


def go_by_opting_in(
    central: Central, campaign_id: CampaignId, *, by_opt_in: bool, by: OperatorId | None = None
) -> bool:
    """From now on only outlets that opted in take part, or all in scope again. False: there is no such campaign."""
    with central.database.writing() as connection:
        kept = campaign_rows.campaign_of(connection, campaign_id)
        if kept is None:
            return False
        was_by_opt_in = campaign_id in participant_rows.states(connection)
        if by_opt_in and not was_by_opt_in and kept.opened_at is not None:
            _stay_in(connection, parsed(kept.document), central.now())
        if by_opt_in != was_by_opt_in:
            participant_rows.put_state(connection, campaign_id, central.new_id() if by_opt_in else None)
            what = Deed.OUTLETS_OPTED_OUT if by_opt_in else Deed.OUTLETS_OPTED_IN
            note_deed(connection, by, what, campaign_id, at=central.now(), by_opt_in=by_opt_in)
    return True


def opt_in(
    central: Central, campaign_id: CampaignId, outlet_ids: Collection[int], *, by: OperatorId | None = None
) -> Opted | None:
    """These outlets take part from now on. None: there is no such campaign, or it takes every outlet in its scope."""
    with central.database.writing() as connection:
        campaign = _by_opt_in(connection, campaign_id)
        if campaign is None:
            return None
        known, opened = known_ids(connection), {each.outlet_id: each for each in open_outlets(connection)}
        in_already = participant_rows.taking_part(connection, campaign_id)
        left, new = [], []
        for outlet_id in sorted(set(outlet_ids) - in_already):
            why = _why_not_in(campaign, outlet_id, known, opened)
            new.append(outlet_id) if why is None else left.append(Left(outlet_id, why))
        participant_rows.put_in(connection, campaign_id, new, central.now())
        _note(connection, central, campaign_id, new, Deed.OUTLETS_OPTED_IN, by)
    return Opted(len(new), len(in_already & set(outlet_ids)), tuple(left))


def opt_out(
    central: Central, campaign_id: CampaignId, outlet_ids: Collection[int], *, by: OperatorId | None = None
) -> Opted | None:
    """These outlets leave, but for those that paper still names. None: as for `opt_in`."""
    now, wanted = central.now(), set(outlet_ids)
    with central.database.writing() as connection:
        campaign = _by_opt_in(connection, campaign_id)
        if campaign is None:
            return None
        unknown = wanted - known_ids(connection)
        taking_part = wanted & participant_rows.taking_part(connection, campaign_id)
        until = _good_paper_until(connection, campaign, now)
        leaving = sorted(taking_part - until.keys())
        participant_rows.put_out(connection, campaign_id, leaving, now)
        _note(connection, central, campaign_id, leaving, Deed.OUTLETS_OPTED_OUT, by)
    left = [Left(each, NotOpted.UNKNOWN_OUTLET) for each in sorted(unknown)]
    left += [Left(each, NotOpted.PAPER_IS_GOOD, until[each]) for each in sorted(taking_part & until.keys())]
    return Opted(len(leaving), len(wanted - unknown - taking_part), tuple(left))


def part_of(central: Central, campaign_id: CampaignId) -> Part | None:
    """Who takes part in a campaign; None: there is no such campaign."""
    with central.database.reading() as connection:
        kept = campaign_rows.campaign_of(connection, campaign_id)
        if kept is None:
            return None
        campaign, by_opt_in = parsed(kept.document), campaign_id in participant_rows.states(connection)
        opted = participant_rows.taking_part(connection, campaign_id) if by_opt_in else None
        taken = {each.outlet_id for each in open_outlets(connection) if _takes(campaign, each)}
    return Part(campaign, by_opt_in, frozenset(taken if opted is None else taken & opted))


def outlets_like(central: Central, district: str | None, category: str | None) -> set[int]:
    """The open outlets of a district, of a category or sub-category, or of both; None: of any."""
    with central.database.reading() as connection:
        return {
            each.outlet_id
            for each in open_outlets(connection)
            if district in (None, each.district) and category in (None, each.category, each.category.partition("/")[0])
        }


def _by_opt_in(connection: Connection, campaign_id: CampaignId) -> Campaign | None:
    kept = campaign_rows.campaign_of(connection, campaign_id)
    return parsed(kept.document) if kept is not None and campaign_id in participant_rows.states(connection) else None


def _stay_in(connection: Connection, campaign: Campaign, now: datetime) -> None:
    """Whoever took part so far still does."""
    in_scope = [each.outlet_id for each in open_outlets(connection) if _takes(campaign, each)]
    taking_part = participant_rows.taking_part(connection, campaign.campaign_id)
    participant_rows.put_in(connection, campaign.campaign_id, sorted(set(in_scope) - taking_part), now)


def _why_not_in(
    campaign: Campaign, outlet_id: int, known: Collection[int], opened: dict[int, OutletPart]
) -> NotOpted | None:
    if outlet_id not in opened:
        return NotOpted.CLOSED if outlet_id in known else NotOpted.UNKNOWN_OUTLET
    return None if _takes(campaign, opened[outlet_id]) else NotOpted.OUT_OF_SCOPE


def _takes(campaign: Campaign, outlet: OutletPart) -> bool:
    return campaign.takes(OutletId(outlet.outlet_id), outlet.district, outlet.category)


def _good_paper_until(connection: Connection, campaign: Campaign, now: datetime) -> dict[int, datetime]:
    """Outlets that paper of this campaign names which can still be shown, and until when at the latest: by the document
    as it stands, since an amendment may have given the paper a longer life than it was issued with."""
    until: dict[int, datetime] = {}
    for outlet_id, round_index, offer_index, issued_at in newest_good_paper(
        connection, campaign.campaign_id, _spent_by_one(campaign)
    ):
        ends_at = last_instant(issued_at, campaign, campaign.offers[offer_index], campaign.rounds[round_index])
        if now < ends_at:
            until[outlet_id] = max(ends_at, until.get(outlet_id, ends_at))
    return until


def _spent_by_one(campaign: Campaign) -> list[int]:
    return [offer.offer_index for offer in campaign.offers if offer.uses == 1]


def _note(
    connection: Connection,
    central: Central,
    campaign_id: CampaignId,
    changed: Collection[int],
    what: Deed,
    by: OperatorId | None,
) -> None:
    if changed:
        participant_rows.put_state(connection, campaign_id, central.new_id())
        note_deed(connection, by, what, campaign_id, at=central.now(), outlets=len(changed))
