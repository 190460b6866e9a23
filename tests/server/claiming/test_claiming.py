"""A claim gives one coupon under one id, within the round's hours, stock and budget and the wallet's own limits."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select

from merchant_app.domain.campaign_life import LifeStep
from merchant_app.domain.kinds import CampaignId
from merchant_app.server.db.tables import claimed, coupons
from merchant_app.server.services.campaign_desk import add, take_step
from merchant_app.server.services.claiming.asking import Claimed, NotClaimed, NotClaimedWhy, WantedClaim
from merchant_app.server.services.claiming.links import NotLinked, close_link, links_in, make_link
from merchant_app.server.services.claiming.serving import claim, serve
from merchant_app.server.services.claiming.tally import check_tally
from merchant_app.server.services.reporting.checking import check_report
from tests.server.claiming.wallets import RUSH, assert_counts_are_rows, link_to, rush, wanted, why
from tests.server.conftest import House
from tests.server.documents import document, offer


def test_a_claim_gives_a_coupon_that_can_be_redeemed_by_its_number(house: House) -> None:
    link = rush(house, channel="#jiangbei")
    given = claim(house.central, wanted(link, "li"))
    assert isinstance(given, Claimed)
    assert (given.campaign_id, given.round_index, given.offer_index, given.claimed_at) == (RUSH, 0, 0, house.clock.at)
    assert given.ends_at == datetime(2026, 7, 19, 16, 0, tzinfo=UTC)
    answer = house.till().ask(given.coupon_number)
    assert answer.outcome == "confirmed"
    with house.central.database.reading() as connection:
        (coupon,) = connection.execute(select(coupons).where(coupons.c.campaign_id == RUSH))
    assert (coupon.serial, coupon.channel, coupon.on_paper) == (given.serial, "#jiangbei", False)


def test_the_same_claim_gives_the_same_coupon_whatever_has_happened_since(house: House) -> None:
    link = rush(house, stock=1)
    given = claim(house.central, wanted(link, "li"))
    assert isinstance(given, Claimed)
    assert why(claim(house.central, wanted(link, "wang"))) == "out_of_stock"
    close_link(house.central, link.link_id)
    house.clock.forward(days=30)
    assert claim(house.central, wanted(link, "li")) == given
    assert assert_counts_are_rows(house.central) == 1


def test_another_wallets_claim_of_the_same_id_is_another_claim(house: House) -> None:
    link = rush(house)
    answers = serve(house.central, [wanted(link, who, "1") for who in ("li", "wang", "li")])
    assert [why(each) for each in answers] == ["claimed"] * 3
    assert answers[0] == answers[2] != answers[1]


def test_before_a_round_opens_it_is_said_when_it_does_and_after_it_closes_that_it_is_over(house: House) -> None:
    opens = house.clock.at + timedelta(hours=1)
    times = {"opens_at": opens.isoformat(), "closes_at": (opens + timedelta(hours=1)).isoformat()}
    link = rush(house, rounds=[{**times, "stock": {"0": 10}}])
    assert claim(house.central, wanted(link, "li")) == NotClaimed(NotClaimedWhy.NOT_OPEN_YET, opens)
    house.clock.at = opens
    assert why(claim(house.central, wanted(link, "li"))) == "claimed"
    house.clock.at = opens + timedelta(minutes=60)
    assert why(claim(house.central, wanted(link, "wang"))) == "round_over"


def test_a_coupon_that_would_have_ended_already_is_not_given(house: House) -> None:
    ended = house.clock.at.isoformat()
    opens, closes = "2026-06-28T00:00:00+08:00", "2026-07-14T00:00:00+08:00"
    rounds = [{"opens_at": opens, "closes_at": closes, "coupons_end_at": ended, "stock": {"0": 10}}]
    assert why(claim(house.central, wanted(rush(house, rounds=rounds), "li"))) == "round_over"


def test_a_wallet_gets_as_many_as_the_offer_allows_and_on_one_day_no_more_than_that(house: House) -> None:
    link = rush(house, offers=[offer(per_holder={"claims": 3, "claims_per_day": 2})])
    first_day = [why(claim(house.central, wanted(link, "li", str(number)))) for number in range(3)]
    assert first_day == ["claimed", "claimed", "daily_limit_reached"]
    refused = claim(house.central, wanted(link, "li", "more"))
    assert isinstance(refused, NotClaimed)
    assert refused.possible_from == datetime(2026, 6, 30, 16, 0, tzinfo=UTC), "midnight in Shanghai"
    house.clock.at = refused.possible_from
    next_day = [why(claim(house.central, wanted(link, "li", f"next-{number}"))) for number in range(2)]
    assert next_day == ["claimed", "limit_reached"]
    assert why(claim(house.central, wanted(link, "wang"))) == "claimed"


def test_limits_hold_within_one_group_and_over_all_rounds_and_links(house: House) -> None:
    opens, closes = "2026-06-28T00:00:00+08:00", "2026-07-14T00:00:00+08:00"
    two = [{"opens_at": opens, "closes_at": closes, "stock": {"0": 10}}] * 2
    first = rush(house, rounds=two, offers=[offer(per_holder={"claims": 2})])
    second = link_to(house, 1, "live_stream")
    asked = [wanted(first, "li", "a"), wanted(second, "li", "b"), wanted(first, "li", "c"), wanted(second, "li", "d")]
    assert [why(each) for each in serve(house.central, asked)] == [
        "claimed",
        "claimed",
        "limit_reached",
        "limit_reached",
    ]


def test_who_came_first_is_served_first(house: House) -> None:
    link = rush(house, stock=3)
    answers = serve(house.central, [wanted(link, who) for who in range(6)])
    assert [why(each) for each in answers] == ["claimed"] * 3 + ["out_of_stock"] * 3


def test_the_budget_is_spent_to_the_last_coupon_and_not_beyond(house: House) -> None:
    both = [offer(), offer(uses=3)]
    opens, closes = "2026-06-28T00:00:00+08:00", "2026-07-14T00:00:00+08:00"
    rounds = [{"opens_at": opens, "closes_at": closes, "stock": {"0": 10, "1": 10}}]
    link = rush(house, budget_fen=2000 * 4, offers=both, rounds=rounds)
    asked = [wanted(link, who, "1", offer_index) for who, offer_index in enumerate((1, 1, 0, 0))]
    assert [why(each) for each in serve(house.central, asked)] == ["claimed", "over_budget", "claimed", "over_budget"]


def test_paper_and_claims_share_one_stock_and_both_are_in_the_tally(house: House) -> None:
    link = rush(house, stock=5)
    house.coupons(2, campaign_id=CampaignId(RUSH), outlet_id=4201)
    house.coupons(1, campaign_id=CampaignId(RUSH), channel="live_stream")
    assert [why(each) for each in serve(house.central, [wanted(link, who) for who in range(3)])] == [
        "claimed",
        "claimed",
        "out_of_stock",
    ]
    assert check_tally(house.central) == []
    with house.central.database.reading() as connection:
        rows = connection.execute(select(claimed).where(claimed.c.campaign_id == RUSH)).all()
    assert {(row.channel, row.outlet_id, row.claimed_count) for row in rows} == {
        ("", 4201, 2),
        ("live_stream", 0, 1),
        ("short_video", 0, 2),
    }


def test_a_tally_that_differs_from_the_coupons_is_found(house: House) -> None:
    house.clock.at = datetime(2026, 7, 1, 16, 0, tzinfo=UTC)
    claim(house.central, wanted(rush(house), "li"))
    with house.central.database.writing() as connection:
        connection.execute(delete(claimed))
    (difference,) = check_tally(house.central)
    assert (difference.tallied, difference.counted, difference.cell.day.isoformat()) == (0, 1, "2026-07-02")
    (said,) = check_report(house.central).differences
    assert (said.table, said.campaign_id, said.key) == ("claimed", RUSH, (0, 0, "short_video", 0))


def test_a_closed_link_a_paused_and_a_closed_campaign_give_nothing(house: House) -> None:
    link, other = rush(house), link_to(house, channel="live_stream")
    take_step(house.central, RUSH, LifeStep.PAUSE)
    assert why(claim(house.central, wanted(link, "li"))) == "campaign_paused"
    take_step(house.central, RUSH, LifeStep.RESUME)
    close_link(house.central, link.link_id)
    assert why(claim(house.central, wanted(link, "li"))) == "link_closed"
    assert why(claim(house.central, wanted(other, "li"))) == "claimed"
    take_step(house.central, RUSH, LifeStep.CLOSE)
    assert why(claim(house.central, wanted(other, "wang"))) == "campaign_closed"


def test_what_is_not_there_is_refused_by_name(house: House) -> None:
    link = rush(house)
    assert why(claim(house.central, WantedClaim("x" * 18, "w", "1", 0))) == "unknown_link"
    assert why(claim(house.central, wanted(link, "li", "1", 1))) == "no_such_offer"
    add(house.central, document(campaign_id=8), {})
    early = make_link(house.central, CampaignId(8), 0, "short_video")
    assert not isinstance(early, NotLinked)
    assert why(claim(house.central, wanted(early, "li"))) == "campaign_not_open"


def test_a_link_is_made_for_a_round_there_is_and_a_channel_the_campaign_allows(house: House) -> None:
    central, campaign_id = house.central, CampaignId(RUSH)
    rush(house, channels=["short_video", "#jiangbei"])
    assert make_link(central, CampaignId(99), 0, "short_video") is NotLinked.UNKNOWN_CAMPAIGN
    assert make_link(central, campaign_id, 1, "short_video") is NotLinked.NO_SUCH_ROUND
    assert make_link(central, campaign_id, 0, "tv") is NotLinked.UNKNOWN_CHANNEL
    for bad in ("", " ", "a\nb", "x" * 41):
        assert make_link(central, campaign_id, 0, bad) is NotLinked.BAD_CHANNEL
    link = link_to(house, channel="#jiangbei")
    serve(central, [wanted(link, who) for who in range(3)])
    found = links_in(central, campaign_id)
    assert found is not None
    assert {(each.link.channel, each.claimed_count) for each in found.links} == {("short_video", 0), ("#jiangbei", 3)}
    assert links_in(central, CampaignId(99)) is None
