"""Settlements as an operator looks at them: every campaign, its periods, one settlement with why each line is there."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from merchant_app.domain.campaign import Campaign
from merchant_app.domain.kinds import Bilingual, Fen
from merchant_app.domain.settlement import Reserve, Why
from merchant_app.server.central import Central
from merchant_app.server.db import periods as period_rows
from merchant_app.server.db.campaigns import all_campaigns, campaign_of
from merchant_app.server.db.disputes import drawn_on_reserve
from merchant_app.server.db.outlets import outlets_among
from merchant_app.server.db.periods import KeptLine, KeptPeriod, KeptSettlement, Totals
from merchant_app.server.services.campaigns import parsed
from merchant_app.server.services.settling.closing import next_first_day


@dataclass(frozen=True, slots=True)
class SettledCampaign:
    """A campaign with its periods, the last one first. `next_last` is the last day that is over there now."""

    campaign: Campaign
    periods: tuple[tuple[KeptPeriod, Totals], ...]
    next_first: date
    next_last: date
    reserve: Reserve

    @property
    def can_close(self) -> bool:
        return self.next_first <= self.next_last

    @property
    def owed_fen(self) -> int:
        return sum(totals.owed_fen for _, totals in self.periods)

    @property
    def unpaid_fen(self) -> int:
        return sum(totals.owed_fen - totals.paid_fen for _, totals in self.periods)


@dataclass(frozen=True, slots=True)
class Part:
    """A page of a period's settlements, with the names of their outlets."""

    period: KeptPeriod
    totals: Totals
    settlements: tuple[KeptSettlement, ...]
    names: dict[int, Bilingual]
    earlier: tuple[KeptLine, ...]
    """Lines for days before the period, the first of them."""


@dataclass(frozen=True, slots=True)
class OneSettlement:
    period: KeptPeriod
    settlement: KeptSettlement
    outlet: Bilingual
    by_why: tuple[tuple[Why, int, Fen], ...]
    lines: tuple[KeptLine, ...]


def campaigns_settled(central: Central) -> list[SettledCampaign]:
    """Every campaign that was opened, the youngest first."""
    with central.database.reading() as connection:
        opened = [each for each in all_campaigns(connection) if each.opened_at is not None]
        return [_settled(connection, central, parsed(each.document)) for each in opened]


def campaign_settled(central: Central, campaign_id: int) -> SettledCampaign | None:
    with central.database.reading() as connection:
        kept = campaign_of(connection, campaign_id)
        return None if kept is None else _settled(connection, central, parsed(kept.document))


def part_of_period(central: Central, campaign_id: int, period_number: int, *, limit: int, offset: int) -> Part | None:
    with central.database.reading() as connection:
        period = period_rows.period_of(connection, campaign_id, period_number - 1)
        if period is None:
            return None
        index = period.period_index
        some = period_rows.settlements_of(connection, campaign_id, index, limit=limit, offset=offset)
        earlier = period_rows.lines_of(connection, campaign_id, index, before=period.first_day, limit=limit)
        ids = {each.outlet_id for each in some} | {line.outlet_id for line in earlier}
        names = outlet_names_of(connection, ids)
        totals = period_rows.totals_of(connection, campaign_id).get(index, Totals())
        return Part(period, totals, tuple(some), names, tuple(earlier))


def one_settlement(central: Central, campaign_id: int, number: int, *, limit: int, offset: int) -> OneSettlement | None:
    with central.database.reading() as connection:
        kept = period_rows.settlement_of(connection, campaign_id, number)
        period = None if kept is None else period_rows.period_of(connection, campaign_id, kept.period_index)
        if kept is None or period is None:
            return None
        here = (connection, campaign_id, kept.period_index)
        lines = period_rows.lines_of(*here, outlet_id=kept.outlet_id, limit=limit, offset=offset)
        by_why = period_rows.by_why(*here, kept.outlet_id)
        outlet = outlet_names_of(connection, {kept.outlet_id})[kept.outlet_id]
        return OneSettlement(period, kept, outlet, tuple(by_why), tuple(lines))


def names_of(central: Central, outlet_ids: set[int]) -> dict[int, Bilingual]:
    with central.database.reading() as connection:
        return outlet_names_of(connection, outlet_ids)


def outlet_names_of(connection: Connection, outlet_ids: set[int]) -> dict[int, Bilingual]:
    """The number where there is no such outlet any more."""
    known = {each.outlet_id: Bilingual(each.name_zh, each.name_en) for each in outlets_among(connection, outlet_ids)}
    return {each: known.get(each, Bilingual(str(each), str(each))) for each in outlet_ids}


def _settled(connection: Connection, central: Central, campaign: Campaign) -> SettledCampaign:
    totals = period_rows.totals_of(connection, campaign.campaign_id)
    periods = period_rows.periods_of(connection, campaign.campaign_id)
    proposed, drawn = drawn_on_reserve(connection, campaign.campaign_id)
    return SettledCampaign(
        campaign,
        tuple((period, totals.get(period.period_index, Totals())) for period in periods),
        next_first_day(connection, campaign),
        central.now().astimezone(campaign.zone).date() - timedelta(days=1),
        Reserve(period_rows.reserve_of(connection, campaign.campaign_id), proposed, drawn),
    )
