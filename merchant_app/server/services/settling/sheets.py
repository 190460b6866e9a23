"""A settlement, or a whole period, as it is handed over; read in one view of the database."""

from sqlalchemy import Connection

from merchant_app.domain.campaign import Campaign
from merchant_app.domain.kinds import Bilingual, Fen, OutletId
from merchant_app.domain.settlement_sheet import SettlementSheet, SheetLine, SheetSettlement
from merchant_app.server.central import Central
from merchant_app.server.db import periods as period_rows
from merchant_app.server.db.campaigns import campaign_of
from merchant_app.server.db.figures import outlet_names
from merchant_app.server.db.periods import KeptLine, KeptPeriod, KeptSettlement
from merchant_app.server.services.campaigns import parsed


def settlement_sheet(central: Central, campaign_id: int, number: int) -> SettlementSheet | None:
    """One settlement with every line; None: there is none of this number."""
    with central.database.reading() as connection:
        kept = period_rows.settlement_of(connection, campaign_id, number)
        period = None if kept is None else period_rows.period_of(connection, campaign_id, kept.period_index)
        if kept is None or period is None:
            return None
        lines = period_rows.lines_of(connection, campaign_id, period.period_index, outlet_id=kept.outlet_id)
        return _sheet(connection, period, [kept], lines, is_whole_period=False)


def period_sheet(central: Central, campaign_id: int, period_number: int) -> SettlementSheet | None:
    """All settlements of a period, numbered from 1, and the lines for days before it; None: there is none."""
    with central.database.reading() as connection:
        period = period_rows.period_of(connection, campaign_id, period_number - 1)
        if period is None:
            return None
        settlements = period_rows.settlements_of(connection, campaign_id, period.period_index)
        lines = period_rows.lines_of(connection, campaign_id, period.period_index, before=period.first_day)
        return _sheet(connection, period, settlements, lines, is_whole_period=True)


def _sheet(
    connection: Connection,
    period: KeptPeriod,
    settlements: list[KeptSettlement],
    lines: list[KeptLine],
    *,
    is_whole_period: bool,
) -> SettlementSheet:
    kept = campaign_of(connection, period.campaign_id)
    assert kept is not None
    campaign = parsed(kept.document)
    names = outlet_names(connection)
    return SettlementSheet(
        campaign.campaign_id,
        campaign.name,
        campaign.organiser,
        campaign.zone,
        period.period_index + 1,
        period.first_day,
        period.last_day,
        period.closed_at,
        tuple(_settlement(each, names) for each in settlements),
        tuple(_line(each, campaign) for each in lines),
        is_whole_period,
    )


def _settlement(kept: KeptSettlement, names: dict[OutletId, Bilingual]) -> SheetSettlement:
    outlet_id = OutletId(kept.outlet_id)
    return SheetSettlement(
        kept.number,
        outlet_id,
        names.get(outlet_id, Bilingual(str(outlet_id), str(outlet_id))),
        kept.owed_fen,
        kept.adjusted_fen,
        kept.line_count,
        kept.paid_on,
        kept.reference,
    )


def _line(line: KeptLine, campaign: Campaign) -> SheetLine:
    index = line.offer_index
    return SheetLine(
        line.number,
        OutletId(line.outlet_id),
        line.day,
        line.redeemed_at,
        None if index is None or index >= len(campaign.offers) else campaign.offers[index].title,
        str(line.serial),
        line.redemption_id,
        None if line.bill_fen is None else Fen(line.bill_fen),
        line.why,
        line.amount_fen,
    )
