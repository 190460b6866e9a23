"""`/console/campaigns/<id>/links`: claim links by round and channel, each with its address, QR picture and count."""

from datetime import datetime

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from merchant_app.domain.campaign import Campaign
from merchant_app.domain.kinds import CampaignId
from merchant_app.paper.qr_picture import qr_png
from merchant_app.server.api.who import CentralPart
from merchant_app.server.central import Central
from merchant_app.server.console.charts import Datum, bar_chart
from merchant_app.server.console.pages import done, page, words_of
from merchant_app.server.console.who import Form, Operator, area
from merchant_app.server.services.claiming.links import (
    LONGEST_CHANNEL,
    CampaignLinks,
    CountedLink,
    NotLinked,
    close_link,
    link_url,
    links_in,
    make_link,
)
from merchant_app.wording import Words
from merchant_app.wording.claiming import why_not_linked
from merchant_app.wording.when import moment

router = area("campaigns/{campaign_id}/links")

_FIELDS = {NotLinked.NO_SUCH_ROUND: "round_index"}


@router.get("")
def list_links(request: Request, central: CentralPart, campaign_id: int) -> Response:
    return _list(request, central, _found(central, campaign_id))


@router.post("")
def do_make_link(request: Request, central: CentralPart, operator: Operator, form: Form, campaign_id: int) -> Response:
    channel, round_text = str(form.get("channel", "")), str(form.get("round_index", ""))
    round_index = int(round_text) if round_text.isascii() and round_text.isdecimal() else -1
    made = make_link(central, CampaignId(campaign_id), round_index, channel, by=operator.operator_id)
    if isinstance(made, NotLinked):
        errors = {_FIELDS.get(made, "channel"): why_not_linked(words_of(request), made)}
        return _list(request, central, _found(central, campaign_id), errors, channel, round_index)
    return done(request, f"{_path(campaign_id)}/{made.link_id}", words_of(request)._("The link is made."))


@router.get("/{link_id}")
def show_link(request: Request, central: CentralPart, campaign_id: int, link_id: str) -> Response:
    found = _found(central, campaign_id)
    counted = _one(found, link_id)
    return page(request, "links/one.html", found=found, counted=counted, address=_address(request, central, link_id))


@router.get("/{link_id}/qr.png")
def get_qr_picture(request: Request, central: CentralPart, campaign_id: int, link_id: str) -> Response:
    """For a poster or the end of a video."""
    _one(_found(central, campaign_id), link_id)
    name = f"{campaign_id}-{link_id}.png"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(qr_png(_address(request, central, link_id), module_px=16), headers=headers, media_type="image/png")


@router.post("/{link_id}/close")
def do_close_link(
    request: Request, central: CentralPart, operator: Operator, campaign_id: int, link_id: str
) -> Response:
    _one(_found(central, campaign_id), link_id)
    close_link(central, link_id, by=operator.operator_id)
    sentence = words_of(request)._("The link is closed; what was claimed by it stays good.")
    return done(request, _path(campaign_id), sentence)


def _list(
    request: Request,
    central: Central,
    found: CampaignLinks,
    errors: dict[str, str] | None = None,
    channel: str = "",
    round_index: int = 0,
) -> Response:
    words = words_of(request)
    return page(
        request,
        "links/list.html",
        status=422 if errors else 200,
        found=found,
        rounds=_rounds(words, found.campaign, central.now()),
        channels=[(each, each) for each in found.campaign.channels],
        errors=errors or {},
        channel=channel,
        round_index=round_index,
        longest=LONGEST_CHANNEL,
        chart=bar_chart(_by_channel(words, found)),
    )


def _rounds(words: Words, campaign: Campaign, now: datetime) -> list[tuple[int, str]]:
    """What is chosen from: each round by its number and times."""
    options = []
    for each in campaign.rounds:
        opens, closes = (moment(words, at, now=now, zone=campaign.zone) for at in (each.opens_at, each.closes_at))
        number = each.round_index + 1
        said = words._("Round {number}: {opens} to {closes}", number=number, opens=opens, closes=closes)
        options.append((each.round_index, said))
    return options


def _by_channel(words: Words, found: CampaignLinks) -> list[Datum]:
    """All rounds together, the channel that brought most first."""
    totals: dict[str, int] = {}
    for (_, channel), count in found.counts.items():
        totals[channel] = totals.get(channel, 0) + count
    most_first = sorted(totals.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Datum(channel or words._("no channel"), count, words.number(count)) for channel, count in most_first]


def _found(central: Central, campaign_id: int) -> CampaignLinks:
    found = links_in(central, CampaignId(campaign_id)) if 0 < campaign_id < 1 << 32 else None
    if found is None:
        raise HTTPException(404)
    return found


def _one(found: CampaignLinks, link_id: str) -> CountedLink:
    counted = next((each for each in found.links if each.link.link_id == link_id), None)
    if counted is None:
        raise HTTPException(404)
    return counted


def _address(request: Request, central: Central, link_id: str) -> str:
    """As this console was reached: that is where people reach the server as well."""
    return link_url(central, link_id, f"{request.url.scheme}://{request.url.netloc}")


def _path(campaign_id: int) -> str:
    return f"/console/campaigns/{campaign_id}/links"
