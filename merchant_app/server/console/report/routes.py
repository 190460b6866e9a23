"""`/console/report`: a campaign's figures over all outlets, moving while cashiers scan, and as files."""

from typing import Annotated, Any

from fastapi import Path, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from merchant_app.domain.campaign_report import Breakdown, CampaignReport
from merchant_app.server.api.operator.report import Format, as_file
from merchant_app.server.api.who import CentralPart
from merchant_app.server.central import Central
from merchant_app.server.console.pages import page, part, words_of
from merchant_app.server.console.paging import Paging
from merchant_app.server.console.report import showing
from merchant_app.server.console.report.asking import Measure, Sort, View, ViewPart
from merchant_app.server.console.who import area
from merchant_app.server.services.campaign_desk import look_at_all
from merchant_app.server.services.reporting.report import FOR_A_PAGE, NoReport, make_report
from merchant_app.wording import Words
from merchant_app.wording.campaign_report import line_name, why_no_report

router = area("report")

CampaignPath = Annotated[int, Path(ge=1, lt=1 << 63)]


@router.get("")
def choose_report(request: Request, central: CentralPart) -> Response:
    """The campaign that was opened last; a page that says so where there is none."""
    campaigns = look_at_all(central)
    opened = [each for each in campaigns if each.kept.opened_at is not None]
    if not opened:
        return page(request, "report/none.html")
    return RedirectResponse(f"/console/report/{opened[0].campaign.campaign_id}", 303)


@router.get("/{campaign_id}")
def show_report(request: Request, central: CentralPart, campaign_id: CampaignPath, view: ViewPart) -> Response:
    """The whole page."""
    shown = _shown(central, words_of(request), campaign_id, view)
    campaigns = [(each.campaign.campaign_id, each.campaign.name) for each in look_at_all(central)]
    return page(request, "report/report.html", campaigns=campaigns, campaign_id=campaign_id, **shown)


@router.get("/{campaign_id}/figures")
def show_figures(request: Request, central: CentralPart, campaign_id: CampaignPath, view: ViewPart) -> Response:
    """What of the page moves while cashiers scan."""
    return part(request, "report/figures.html", **_shown(central, words_of(request), campaign_id, view))


@router.get("/{campaign_id}/file.{wanted}")
def download_report(
    request: Request, central: CentralPart, campaign_id: CampaignPath, wanted: Format, view: ViewPart
) -> Response:
    """The same view with every breakdown, as a file that adds up to the same totals."""
    report = _report(central, words_of(request), campaign_id, view, tuple(Breakdown))
    return as_file(report, wanted, words_of(request))


def _report(
    central: Central, words: Words, campaign_id: int, view: View, breakdowns: tuple[Breakdown, ...]
) -> CampaignReport:
    report = make_report(central, view.asked(campaign_id), breakdowns, within=FOR_A_PAGE)
    if isinstance(report, NoReport):
        raise HTTPException(404 if report is NoReport.UNKNOWN_CAMPAIGN else 422, why_no_report(words, report.value))
    return report


def _shown(central: Central, words: Words, campaign_id: int, view: View) -> dict[str, Any]:
    report = _report(central, words, campaign_id, view, showing.breakdowns_for(view))
    rows = showing.outlet_rows(words, report, view)
    paging = Paging(view.page, len(rows))
    return {
        "report": report,
        "view": view,
        "today": report.made_at.astimezone(report.zone).date(),
        "cards": showing.cards(words, report),
        "chart": showing.day_chart(words, report, view.measure),
        "bar_lists": list(showing.bar_lists(words, report, view)),
        "rows": rows[paging.offset : paging.offset + paging.size],
        "paging": paging,
        "filters": [(by, key, line_name(words, report, by, key)) for by, key in view.set_filters()],
        "measures": list(Measure),
        "sorts": list(Sort),
    }
