"""`merchant-app campaign link|links|close-link`: the links by which people claim, one for each round and channel."""

import argparse
from typing import TYPE_CHECKING

from merchant_app.cli.desk import add_database, open_desk, refuse, tell, words_here
from merchant_app.domain.kinds import CampaignId
from merchant_app.wording.claiming import why_not_linked

if TYPE_CHECKING:
    from merchant_app.server.db.claim_links import KeptLink

ACTIONS = ("link", "links", "close-link")


def configure(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    link = actions.add_parser("link", help="make a link by which people claim in one round and channel")
    link.add_argument("campaign_id", type=int, metavar="CAMPAIGN_ID")
    link.add_argument("--round", type=int, default=0, metavar="N", help="its index, from 0")
    link.add_argument("--channel", required=True, metavar="NAME", help="short_video, a creator's name, a hashtag ...")
    link.add_argument("--url", metavar="URL", help="this server's address as people reach it")
    links = actions.add_parser("links", help="the links of a campaign, and how many coupons were claimed by channel")
    links.add_argument("campaign_id", type=int, metavar="CAMPAIGN_ID")
    links.add_argument("--url", metavar="URL", help="this server's address as people reach it")
    closing = actions.add_parser("close-link", help="close a link for good; what was claimed by it stays good")
    closing.add_argument("link_id", metavar="LINK_ID")
    for each in (link, links, closing):
        add_database(each)


def run(args: argparse.Namespace) -> int:
    return {"link": _make, "links": _list, "close-link": _close}[args.action](args)


def _make(args: argparse.Namespace) -> int:
    from merchant_app.server.services.claiming.links import NotLinked, link_url, make_link

    with open_desk(args) as central:
        made = make_link(central, CampaignId(args.campaign_id), args.round, args.channel)
        if isinstance(made, NotLinked):
            return refuse(args, made.value, why_not_linked(words_here(), made.value))
        url = link_url(central, made.link_id, args.url)
    return tell(args, _plain(made, url), url)


def _list(args: argparse.Namespace) -> int:
    from merchant_app.server.services.claiming.links import link_url, links_in

    words = words_here()
    with open_desk(args) as central:
        found = links_in(central, CampaignId(args.campaign_id))
        if found is None:
            return refuse(args, "unknown_campaign", why_not_linked(words, "unknown_campaign"))
        plain = [
            {**_plain(each.link, link_url(central, each.link.link_id, args.url)), "claimed_count": each.claimed_count}
            for each in found.links
        ]
    lines = [f"{each['round_index']}\t{each['channel']}\t{each['claimed_count']}\t{each['url']}" for each in plain]
    return tell(args, {"campaign_id": args.campaign_id, "links": plain}, *lines)


def _close(args: argparse.Namespace) -> int:
    from merchant_app.server.services.claiming.links import close_link

    words = words_here()
    with open_desk(args) as central:
        closed = close_link(central, args.link_id)
    if closed is None:
        return refuse(args, "unknown_link", words._("There is no such link on this server."))
    return tell(args, {"closed": closed.link_id}, words._("The link is closed; what was claimed by it stays good."))


def _plain(link: "KeptLink", url: str) -> dict[str, object]:
    return {
        "link_id": link.link_id,
        "url": url,
        "round_index": link.round_index,
        "channel": link.channel,
        "made_at": link.made_at.isoformat(),
        "closed_at": None if link.closed_at is None else link.closed_at.isoformat(),
    }
