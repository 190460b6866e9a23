"""`/console/`: the checklist from the first start to the first redeemed coupon, afterwards the figures of today."""

from typing import Any

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from merchant_app.server.api.who import CentralPart
from merchant_app.server.console.charts import Datum, bar_chart
from merchant_app.server.console.overview.sayings import checklist
from merchant_app.server.console.pages import COOKIE_PATH, done, page, part, words_of
from merchant_app.server.console.who import Form, Operator, area
from merchant_app.server.services import first_steps
from merchant_app.server.services.campaign_desk.author import Author
from merchant_app.server.services.today import Today, today_over_all
from merchant_app.wording import Words

router = area("")

_CHART_WIDTH = 1060.0


@router.get("/")
def show_overview(request: Request, central: CentralPart) -> Response:
    words, so_far = words_of(request), first_steps.progress(central)
    steps = checklist(words, so_far)
    return page(request, "overview/overview.html", progress=so_far, steps=steps, **_today(words, central))


@router.get("/today")
def show_today(request: Request, central: CentralPart) -> Response:
    """The figures alone, for the page that refreshes them."""
    return part(request, "overview/today.html", **_today(words_of(request), central))


@router.get("/checklist")
def show_checklist(request: Request, central: CentralPart) -> Response:
    so_far = first_steps.progress(central)
    steps = checklist(words_of(request), so_far)
    return part(request, "overview/checklist.html", progress=so_far, steps=steps)


@router.post("/first-steps/outlets")
def import_sample_outlets(request: Request, central: CentralPart, operator: Operator) -> Response:
    taken = first_steps.import_sample_outlets(central, _author(operator))
    return _on(request, words_of(request).n_("{count} outlet taken in.", "{count} outlets taken in.", taken))


@router.post("/first-steps/samples")
def load_samples(request: Request, central: CentralPart, operator: Operator) -> Response:
    loaded, words = first_steps.load_samples(central, _author(operator)), words_of(request)
    if not loaded:
        return _on(request, words._("The sample campaigns are open already and stay as they are."))
    return _on(request, words._("The sample campaigns are here, as drafts. Rehearse one before you open it."))


@router.post("/first-steps/rehearsal")
def rehearse(central: CentralPart, operator: Operator, form: Form) -> Response:
    campaign_id = _campaign_id(form)
    if not first_steps.note_rehearsal(central, campaign_id, _author(operator)):
        raise HTTPException(404)
    return RedirectResponse(f"{COOKIE_PATH}/campaigns/{campaign_id}/rehearse", 303)


@router.post("/first-steps/opening")
def open_draft(request: Request, central: CentralPart, operator: Operator, form: Form) -> Response:
    words = words_of(request)
    if not first_steps.open_draft(central, _campaign_id(form), _author(operator)):
        return done(request, f"{COOKIE_PATH}/", words._("This campaign is no draft and stays as it is."), "bad")
    return _on(request, words._("The campaign is open: tills know it within a minute."))


@router.post("/first-steps/till")
def invite_till(request: Request, central: CentralPart, operator: Operator) -> Response:
    made = first_steps.invite_first_till(central, _author(operator))
    if made is None:
        return done(request, f"{COOKIE_PATH}/", words_of(request)._("There is no outlet yet."), "bad")
    return page(request, "overview/invitation.html", made=made)


@router.post("/first-steps/coupon")
def issue_coupon(request: Request, central: CentralPart, operator: Operator) -> Response:
    made = first_steps.issue_first_coupon(central, _author(operator))
    if made is None:
        return done(request, f"{COOKIE_PATH}/", words_of(request)._("No round hands out coupons now."), "bad")
    return page(request, "overview/coupon.html", made=made)


def _author(operator: Operator) -> Author:
    return Author(operator.name, operator.operator_id)


def _campaign_id(form: Form) -> int:
    given = form.get("campaign_id")
    if not isinstance(given, str) or not given.isascii() or not given.isdecimal() or len(given) > 18:
        raise HTTPException(422)
    return int(given)


def _on(request: Request, sentence: str) -> Response:
    return done(request, f"{COOKIE_PATH}/", sentence)


def _today(words: Words, central: CentralPart) -> dict[str, Any]:
    today = today_over_all(central)
    return {"today": today, "chart": bar_chart(_as_data(words, today), width=_CHART_WIDTH)}


def _as_data(words: Words, today: Today) -> list[Datum]:
    return [Datum(words.day(day), count, words.number(count)) for day, count in today.days]
