"""`/api/operator/campaigns/{id}/report`: the figures over all outlets, as JSON, CSV or a workbook."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from merchant_app.domain.campaign_report import Breakdown, CampaignReport
from merchant_app.domain.kinds import CampaignId, Language, OutletId
from merchant_app.paper.campaign_paper import campaign_paper
from merchant_app.paper.csv_file import csv_file
from merchant_app.paper.spreadsheet import spreadsheet
from merchant_app.server.api.describing import refusals
from merchant_app.server.api.operator.who import REFUSED, ByToken, CampaignPath, refused
from merchant_app.server.api.who import CentralPart
from merchant_app.server.services.reporting.report import FOR_A_PAGE, Asked, NoReport, make_report
from merchant_app.wire.campaign_report import ReportAnswer, as_answer
from merchant_app.wire.refusal import RefusalCode as Code
from merchant_app.wire.shape import Line, Wire
from merchant_app.wording import Words

router = APIRouter(prefix="/api/operator", tags=["operator: report"], responses=REFUSED)


class Format(StrEnum):
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


MEDIA_TYPES = {
    Format.JSON: "application/json",
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Index = Annotated[int, Field(ge=0, le=10_000)]


class ReportQuery(Wire):
    """What the report is narrowed down to. `category` "catering" takes all of its sub-categories; `channel` "" asks for
    what came through no known channel; a `last_day` without a `first_day` counts from the campaign's beginning."""

    by: list[Breakdown] = Field(default=[Breakdown.DAY], max_length=len(Breakdown))
    first_day: date | None = Field(None, examples=["2022-06-28"])
    last_day: date | None = None
    district: Line | None = Field(None, examples=["jiangbei"])
    category: Line | None = Field(None, examples=["catering", "hotel/resort"])
    outlet_id: Annotated[int, Field(ge=1, lt=1 << 53)] | None = None
    round_index: Index | None = None
    offer_index: Index | None = None
    channel: Line | None = Field(None, examples=["live_stream"])
    format: Format = Format.JSON
    language: Language = "zh"


_FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "model": ReportAnswer,
        "description": "The report; as a file where `format` asks for one",
        "content": {
            MEDIA_TYPES[Format.CSV]: {"schema": {"type": "string"}},
            MEDIA_TYPES[Format.XLSX]: {"schema": {"type": "string", "format": "binary"}},
        },
    }
}


@router.get(
    "/campaigns/{campaign_id}/report",
    response_model=ReportAnswer,
    responses={**_FILES, **refusals(*(Code(why.value) for why in NoReport))},
)
def get_report(
    central: CentralPart, _token: ByToken, campaign_id: CampaignPath, query: Annotated[ReportQuery, Query()]
) -> Response:
    """Claimed, redeemed, taken off and driven; every breakdown adds up to the totals, in every format, to the fen."""
    report = make_report(central, asked_by(query, campaign_id), query.by, within=FOR_A_PAGE)
    if isinstance(report, NoReport):
        raise refused(report.value)
    return as_file(report, query.format, Words(query.language))


def asked_by(query: ReportQuery, campaign_id: int) -> Asked:
    names = ("first_day", "last_day", "district", "category", "round_index", "offer_index", "channel")
    outlet_id = None if query.outlet_id is None else OutletId(query.outlet_id)
    narrowed = {name: getattr(query, name) for name in names}
    return Asked(campaign_id=CampaignId(campaign_id), outlet_id=outlet_id, **narrowed)


def as_file(report: CampaignReport, wanted: Format, words: Words) -> Response:
    """The report in one of its formats; as a download where it is a file."""
    if wanted is Format.JSON:
        return Response(as_answer(report).as_json(), media_type=MEDIA_TYPES[wanted])
    write = csv_file if wanted is Format.CSV else spreadsheet
    of = report.wanted
    name = f"report-{of.campaign_id}-{of.first_day}-{of.last_day}.{wanted.value}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(write(campaign_paper(report, words), words), media_type=MEDIA_TYPES[wanted], headers=headers)
