"""`/console/settlement`: campaigns with their periods; closing one after a look at it; what is owed to whom."""

from typing import Annotated

from fastapi import HTTPException, Path, Query, Request
from starlette.responses import Response

from merchant_app.domain.kinds import Fen
from merchant_app.domain.settlement import ReserveLevel
from merchant_app.server.api.who import CentralPart
from merchant_app.server.console.pages import done, page, words_of
from merchant_app.server.console.paging import PageNumber, Paging
from merchant_app.server.console.settlement.forms import day_in, fen_in
from merchant_app.server.console.who import Form, Operator, area
from merchant_app.server.services.settling import looking
from merchant_app.server.services.settling.closing import NotClosed, close, preview
from merchant_app.server.services.settling.paying import NotPaid, mark_paid
from merchant_app.server.services.settling.reserve import state_reserve
from merchant_app.wording.settlements import (
    days_of,
    reserve_line,
    why_line,
    why_name,
    why_not_closed,
    why_not_paid,
)

router = area("settlement")
CampaignNumber = Annotated[int, Path(ge=0, lt=1 << 63)]
Number = Annotated[int, Path(ge=1, lt=1 << 31)]
TONES = {
    ReserveLevel.UNSTATED: "quiet",
    ReserveLevel.GOOD: "good",
    ReserveLevel.LOW: "wait",
    ReserveLevel.OVERDRAWN: "bad",
}


@router.get("")
def list_campaigns(request: Request, central: CentralPart) -> Response:
    settled = looking.campaigns_settled(central)
    return page(request, "settlement/campaigns.html", campaigns=settled, tones=TONES, reserve_line=reserve_line)


@router.get("/{campaign_id}")
def show_campaign(request: Request, central: CentralPart, campaign_id: CampaignNumber) -> Response:
    return _campaign(request, central, campaign_id, {})


@router.post("/{campaign_id}/reserve")
def state(
    request: Request, central: CentralPart, operator: Operator, form: Form, campaign_id: CampaignNumber
) -> Response:
    words, stated = words_of(request), fen_in(str(form.get("reserve", "")))
    if stated is None or not state_reserve(
        central, campaign_id, Fen(stated), by=operator.name, operator=operator.operator_id
    ):
        return _campaign(request, central, campaign_id, {"reserve": words._("An amount in yuan, for example 5000.00")})
    return done(request, f"/console/settlement/{campaign_id}", words._("The reserve is stated."))


@router.get("/{campaign_id}/close")
def preview_period(
    request: Request, central: CentralPart, campaign_id: CampaignNumber, to: Annotated[str, Query(max_length=20)] = ""
) -> Response:
    words, last_day = words_of(request), day_in(to)
    if last_day is None:
        return _campaign(request, central, campaign_id, {"to": words._("A day, for example 2022-07-02")})
    found = preview(central, campaign_id, last_day)
    if isinstance(found, NotClosed):
        return _campaign(request, central, campaign_id, {"to": why_not_closed(words, found.value)})
    settled = _known(looking.campaign_settled(central, campaign_id))
    names = looking.names_of(central, {outlet for outlet, *_ in found.outlets[:_SHOWN]})
    shown = found.outlets[:_SHOWN]
    return page(
        request, "settlement/preview.html", settled=settled, found=found, names=names, shown=shown, days_of=days_of
    )


@router.post("/{campaign_id}/close")
def close_period(
    request: Request, central: CentralPart, operator: Operator, form: Form, campaign_id: CampaignNumber
) -> Response:
    words, last_day, here = words_of(request), day_in(str(form.get("to", ""))), f"/console/settlement/{campaign_id}"
    closed = (
        NotClosed.NOT_OVER
        if last_day is None
        else close(central, campaign_id, last_day, by=operator.name, operator=operator.operator_id)
    )
    if isinstance(closed, NotClosed):
        return done(request, here, why_not_closed(words, closed.value), "bad")
    number = closed.period.period_index + 1
    said = words._("Period {number} is closed.", number=number)
    return done(request, f"{here}/periods/{number}", said)


@router.get("/{campaign_id}/periods/{number}")
def show_period(
    request: Request, central: CentralPart, campaign_id: CampaignNumber, number: Number, at: PageNumber = 1
) -> Response:
    settled = _known(looking.campaign_settled(central, campaign_id))
    first = Paging(at, 0)
    part = looking.part_of_period(central, campaign_id, number, limit=first.size, offset=first.offset)
    if part is None:
        raise HTTPException(404)
    return page(
        request,
        "settlement/period.html",
        settled=settled,
        part=part,
        number=number,
        paging=Paging(at, part.totals.outlets),
        why_name=why_name,
        days_of=days_of,
    )


@router.get("/{campaign_id}/settlements/{number}")
def show_settlement(
    request: Request, central: CentralPart, campaign_id: CampaignNumber, number: Number, at: PageNumber = 1
) -> Response:
    return _settlement(request, central, campaign_id, number, at, {})


@router.post("/{campaign_id}/settlements/{number}/paid")
def pay(
    request: Request, central: CentralPart, operator: Operator, form: Form, campaign_id: CampaignNumber, number: Number
) -> Response:
    words, paid_on = words_of(request), day_in(str(form.get("paid_on", "")))
    if paid_on is None:
        return _settlement(
            request, central, campaign_id, number, 1, {"paid_on": words._("A day, for example 2022-07-02")}
        )
    reference = str(form.get("reference", ""))[:200]
    paid = mark_paid(
        central,
        campaign_id,
        number,
        paid_on=paid_on,
        reference=reference,
        by=operator.name,
        operator=operator.operator_id,
    )
    match paid:
        case NotPaid.REFERENCE_MISSING:
            errors = {"reference": why_not_paid(words, paid.value)}
            return _settlement(request, central, campaign_id, number, 1, errors)
        case NotPaid.UNKNOWN_SETTLEMENT:
            raise HTTPException(404)
        case NotPaid():
            why_not = why_not_paid(words, paid.value)
            return done(request, f"/console/settlement/{campaign_id}/settlements/{number}", why_not, "bad")
    said = words._("Settlement {number} is marked as paid.", number=number)
    return done(request, f"/console/settlement/{campaign_id}/settlements/{number}", said)


_SHOWN = 200
"""Outlets that a preview names; its totals are of all."""


def _campaign(request: Request, central: CentralPart, campaign_id: int, errors: dict[str, str]) -> Response:
    settled = _known(looking.campaign_settled(central, campaign_id))
    return page(
        request,
        "settlement/campaign.html",
        status=422 if errors else 200,
        settled=settled,
        errors=errors,
        line=reserve_line(words_of(request), settled.reserve),
        tone=TONES[settled.reserve.level],
        days_of=days_of,
    )


def _settlement(
    request: Request, central: CentralPart, campaign_id: int, number: int, at: int, errors: dict[str, str]
) -> Response:
    settled, first = _known(looking.campaign_settled(central, campaign_id)), Paging(at, 0)
    found = looking.one_settlement(central, campaign_id, number, limit=first.size, offset=first.offset)
    if found is None:
        raise HTTPException(404)
    return page(
        request,
        "settlement/settlement.html",
        status=422 if errors else 200,
        settled=settled,
        found=found,
        today=central.now().astimezone(settled.campaign.zone).date(),
        errors=errors,
        paging=Paging(at, found.settlement.line_count),
        why_name=why_name,
        days_of=days_of,
        why_line=why_line,
    )


def _known(settled: looking.SettledCampaign | None) -> looking.SettledCampaign:
    if settled is None:
        raise HTTPException(404)
    return settled
