"""`/api/operator/disputes` and settlements: what is contested, how it ends, and what is owed to outlets."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from merchant_app.domain.plain import plain
from merchant_app.server.api.describing import refusals
from merchant_app.server.api.operator.shapes import (
    DisputeList,
    DisputeSummary,
    OutletSettlement,
    OutletSettlementList,
    Resolution,
    SettlementPeriod,
    SettlementPeriodList,
)
from merchant_app.server.api.operator.who import REFUSED, ByToken, CampaignPath, refused
from merchant_app.server.api.who import CentralPart
from merchant_app.server.db import periods as period_rows
from merchant_app.server.db.disputes import DisputesWanted, KeptDispute
from merchant_app.server.services.evidence import disputes_page
from merchant_app.server.services.operator_tokens import note_act
from merchant_app.server.services.operators.deeds import Deed
from merchant_app.server.services.resolving import NotResolved, resolve
from merchant_app.wire.refusal import RefusalCode as Code

router = APIRouter(prefix="/api/operator", tags=["operator: disputes and settlements"], responses=REFUSED)

_PAGE = 200
DisputePath = Annotated[str, Path(pattern=r"^[!-~]{1,64}$")]
PeriodPath = Annotated[int, Path(ge=1, lt=1 << 31)]
CampaignQuery = Annotated[int | None, Query(ge=1, lt=1 << 53)]
OutletQuery = Annotated[int | None, Query(ge=1, lt=1 << 53)]
Offset = Annotated[int, Query(ge=0, le=1_000_000)]


@router.get("/disputes")
def list_disputes(
    central: CentralPart,
    _token: ByToken,
    campaign_id: CampaignQuery = None,
    outlet_id: OutletQuery = None,
    is_open: bool | None = None,
    offset: Offset = 0,
) -> DisputeList:
    """Open ones first, 200 a page; `total` says how many there are in all."""
    wanted = DisputesWanted(campaign_id=campaign_id, outlet_id=outlet_id, is_open=is_open)
    page, total, _ = disputes_page(central, wanted, limit=_PAGE, offset=offset)
    return DisputeList(disputes=[_dispute(each) for each in page], total=total)


@router.post("/disputes/{dispute_id}/resolve", responses=refusals(*(Code(why.value) for why in NotResolved)))
def resolve_dispute(
    central: CentralPart, token: ByToken, dispute_id: DisputePath, resolution: Resolution
) -> DisputeSummary:
    """Ends it, for good: the operator who made the token decides."""
    done = resolve(central, dispute_id, resolution.outcome, note=resolution.note, by=token.operator)
    if isinstance(done, NotResolved):
        raise refused(done.value)
    note_act(central, token, Deed.DISPUTE_RESOLVED, dispute_id)
    return _dispute(done)


@router.get("/campaigns/{campaign_id}/settlements")
def list_settlement_periods(central: CentralPart, _token: ByToken, campaign_id: CampaignPath) -> SettlementPeriodList:
    """The closed periods of a campaign, the last one first, with what is owed and paid."""
    with central.database.reading() as connection:
        totals = period_rows.totals_of(connection, campaign_id)
        periods = [
            SettlementPeriod(
                period=each.period_index + 1,
                first_day=each.first_day,
                last_day=each.last_day,
                closed_at=each.closed_at,
                **_without_lines(totals.get(each.period_index, period_rows.Totals())),
            )
            for each in period_rows.periods_of(connection, campaign_id)
        ]
    return SettlementPeriodList(periods=periods)


@router.get("/campaigns/{campaign_id}/settlements/{period}", responses=refusals(Code.UNKNOWN_PERIOD))
def list_settlements(
    central: CentralPart, _token: ByToken, campaign_id: CampaignPath, period: PeriodPath
) -> OutletSettlementList:
    """What is owed to each outlet for one period."""
    with central.database.reading() as connection:
        if period_rows.period_of(connection, campaign_id, period - 1) is None:
            raise refused("unknown_period")
        settlements = period_rows.settlements_of(connection, campaign_id, period - 1)
    names = OutletSettlement.model_fields
    return OutletSettlementList(
        settlements=[OutletSettlement(**{name: getattr(each, name) for name in names}) for each in settlements]
    )


def _without_lines(totals: period_rows.Totals) -> dict[str, int]:
    return {name: value for name, value in plain(totals).items() if name != "lines"}


def _dispute(kept: KeptDispute) -> DisputeSummary:
    names = DisputeSummary.model_fields.keys() - {"reasons", "serial"}
    serial = None if kept.serial is None else str(kept.serial)
    return DisputeSummary(reasons=kept.codes, serial=serial, **{name: getattr(kept, name) for name in names})
