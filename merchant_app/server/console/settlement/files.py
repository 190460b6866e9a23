"""`/console/settlement/.../file`: a settlement, or all of a period, as CSV or as a workbook."""

from typing import Literal

from fastapi import HTTPException, Request
from starlette.responses import Response

from merchant_app.domain.settlement_sheet import SettlementSheet
from merchant_app.paper.csv_file import csv_file
from merchant_app.paper.settlement_paper import settlement_paper
from merchant_app.paper.spreadsheet import spreadsheet
from merchant_app.server.api.who import CentralPart
from merchant_app.server.console.pages import words_of
from merchant_app.server.console.settlement.routes import CampaignNumber, Number
from merchant_app.server.console.who import area
from merchant_app.server.services.settling.sheets import period_sheet, settlement_sheet

router = area("settlement")
Format = Literal["csv", "xlsx"]
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@router.get("/{campaign_id}/periods/{number}/{kind}")
def period_file(
    request: Request, central: CentralPart, campaign_id: CampaignNumber, number: Number, kind: Format
) -> Response:
    return _file(request, period_sheet(central, campaign_id, number), kind, f"settlement-{campaign_id}-period-{number}")


@router.get("/{campaign_id}/settlements/{number}/{kind}")
def settlement_file(
    request: Request, central: CentralPart, campaign_id: CampaignNumber, number: Number, kind: Format
) -> Response:
    return _file(request, settlement_sheet(central, campaign_id, number), kind, f"settlement-{campaign_id}-{number}")


def _file(request: Request, sheet: SettlementSheet | None, kind: Format, name: str) -> Response:
    if sheet is None:
        raise HTTPException(404)
    words = words_of(request)
    paper = settlement_paper(sheet, words)
    content = csv_file(paper, words) if kind == "csv" else spreadsheet(paper, words)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return Response(content, media_type=_TYPES[kind], headers=headers)
