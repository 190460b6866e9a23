"""A campaign's report for a program to read: fixed names, money in whole fen, a rate as a decimal text."""

from datetime import date

from pydantic import AwareDatetime

from merchant_app.domain.campaign_report import Breakdown, CampaignReport, Figures, Wanted
from merchant_app.domain.kinds import Bilingual
from merchant_app.wire.shape import Wire


class BothLanguages(Wire):
    zh: str
    en: str


class ReportFigures(Wire):
    """`redeemed` is without what was voided and with what is contested. `redemption_rate`: "0.4123"; null where claims
    and redemptions are not of the same coupons, or nothing was claimed."""

    claimed: int
    redeemed: int
    redemption_rate: str | None
    amount_off_fen: int
    bill_fen: int
    contested: int
    contested_off_fen: int
    voided: int
    voided_off_fen: int


class ReportLine(ReportFigures):
    """`key`: a day, a round's or an offer's index, a channel, a district, a category or an outlet's id; null: none.

    `name`: what people call it, where it has a name.
    """

    key: str | int | None
    name: BothLanguages | None


class ReportBreakdown(Wire):
    """Lines that add up to the total."""

    by: Breakdown
    lines: list[ReportLine]


class ReportFilters(Wire):
    district: str | None
    category: str | None
    outlet_id: int | None
    round_index: int | None
    offer_index: int | None
    channel: str | None


class ReportAnswer(Wire):
    """`before`: the totals of as many days just before, where a first day was asked for. `left_stale`: so many outlets'
    days have changed and are not added up again yet; 0: the report is complete."""

    campaign_id: int
    name: BothLanguages
    time_zone: str
    first_day: date
    last_day: date
    filters: ReportFilters
    made_at: AwareDatetime
    left_stale: int
    total: ReportFigures
    before: ReportFigures | None
    breakdowns: list[ReportBreakdown]


def as_answer(report: CampaignReport) -> ReportAnswer:
    wanted = report.wanted
    return ReportAnswer(
        campaign_id=wanted.campaign_id,
        name=BothLanguages(zh=report.name.zh, en=report.name.en),
        time_zone=report.zone.key,
        first_day=wanted.first_day,
        last_day=wanted.last_day,
        filters=_filters(wanted),
        made_at=report.made_at,
        left_stale=report.left_stale,
        total=ReportFigures(**_figures(report, None, report.added.total)),
        before=None if report.before is None else ReportFigures(**_figures(report, None, report.before)),
        breakdowns=[_breakdown(report, by) for by in report.added.lines],
    )


def _filters(wanted: Wanted) -> ReportFilters:
    return ReportFilters(**{name: getattr(wanted, name) for name in ReportFilters.model_fields})


def _breakdown(report: CampaignReport, by: Breakdown) -> ReportBreakdown:
    lines = [
        ReportLine(
            key=line.key.isoformat() if isinstance(line.key, date) else line.key,
            name=_both(report.name_of(by, line.key)),
            **_figures(report, by, line.figures),
        )
        for line in report.added.lines[by]
    ]
    return ReportBreakdown(by=by, lines=lines)


def _both(both: Bilingual | None) -> BothLanguages | None:
    return None if both is None else BothLanguages(zh=both.zh, en=both.en)


def _figures(report: CampaignReport, by: Breakdown | None, figures: Figures) -> dict[str, int | str | None]:
    rate = report.rate_of(by, figures)
    names = (name for name in ReportFigures.model_fields if name != "redemption_rate")
    return {name: int(getattr(figures, name)) for name in names} | {
        "redemption_rate": None if rate is None else f"{rate // 10_000}.{rate % 10_000:04}"
    }
