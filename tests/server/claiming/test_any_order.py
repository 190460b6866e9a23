"""Any mix of claims, repeats, wallets, days and closings: what is given is what a list of rules by hand would give."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from merchant_app.server.db.claim_links import KeptLink
from merchant_app.server.services.claiming.asking import Claimed, WantedClaim
from merchant_app.server.services.claiming.links import close_link, make_link
from merchant_app.server.services.claiming.serving import serve
from tests.server.claiming.wallets import CLOSES, OPENS, assert_counts_are_rows, wanted, why
from tests.server.conftest import House
from tests.server.documents import offer

STOCK = {"0": 4, "1": 3}
OFFERS = [
    offer(per_holder={"claims": 2, "claims_per_day": 1}),
    offer(uses=3, per_holder={"claims": 2}),
]
BUDGET = 2000 * 11
COSTS = [2000, 6000]
ids = count(1000)

claims = st.tuples(st.sampled_from(["li", "wang"]), st.integers(0, 4).map(str), st.integers(0, 2))
steps = st.one_of(
    st.lists(claims, min_size=1, max_size=8),
    st.integers(1, 30).map(lambda hours: timedelta(hours=hours)),
    st.just("close"),
)


@dataclass
class ByHand:
    """The rules once more, one claim at a time, with nothing but dictionaries."""

    issued: Counter[int] = field(default_factory=Counter)
    ever: Counter[tuple[str, int]] = field(default_factory=Counter)
    today: Counter[tuple[str, int, date]] = field(default_factory=Counter)
    given: dict[tuple[str, str], int] = field(default_factory=dict)
    is_closed: bool = False

    def says(self, who: str, claim_id: str, offer_index: int, day: date) -> str:
        if (who, claim_id) in self.given:
            return "claimed"
        if self.is_closed:
            return "link_closed"
        if str(offer_index) not in STOCK:
            return "no_such_offer"
        if self.ever[who, offer_index] >= 2:
            return "limit_reached"
        if offer_index == 0 and self.today[who, 0, day] >= 1:
            return "daily_limit_reached"
        if self.issued[offer_index] >= STOCK[str(offer_index)]:
            return "out_of_stock"
        if sum(COSTS[index] * number for index, number in self.issued.items()) + COSTS[offer_index] > BUDGET:
            return "over_budget"
        self.issued[offer_index] += 1
        self.ever[who, offer_index] += 1
        self.today[who, offer_index, day] += 1
        self.given[who, claim_id] = offer_index
        return "claimed"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=25)
@given(steps=st.lists(steps, max_size=10))
def test_what_is_given_is_what_the_rules_give(house: House, steps: list[object]) -> None:
    campaign_id, start = next(ids), house.clock.at
    rounds = [{"opens_at": OPENS, "closes_at": CLOSES, "stock": STOCK}]
    house.campaign(campaign_id=campaign_id, rounds=rounds, offers=OFFERS, budget_fen=BUDGET)
    link = make_link(house.central, campaign_id, 0, "short_video")  # type: ignore[arg-type]
    assert isinstance(link, KeptLink)
    by_hand, numbers = ByHand(), dict[WantedClaim, str]()
    for step in steps:
        match step:
            case timedelta():
                house.clock.at = min(house.clock.at + step, start + timedelta(days=7))
            case list():
                _serve_and_compare(house, link, by_hand, numbers, step)
            case _:
                by_hand.is_closed = close_link(house.central, link.link_id) is not None
    assert assert_counts_are_rows(house.central, campaign_id) == sum(by_hand.issued.values())
    house.clock.at = start


def _serve_and_compare(
    house: House,
    link: KeptLink,
    by_hand: ByHand,
    numbers: dict[WantedClaim, str],
    asked: list[tuple[str, str, int]],
) -> None:
    day = (house.clock.at + timedelta(hours=8)).date()  # in Shanghai
    group = [wanted(link, *each) for each in asked]
    expected = [by_hand.says(*each, day) for each in asked]
    answers = serve(house.central, group)
    assert [why(each) for each in answers] == expected
    for (who, claim_id, _), answer in zip(asked, answers, strict=True):
        if isinstance(answer, Claimed):
            key = wanted(link, who, claim_id)
            assert numbers.setdefault(key, answer.coupon_number) == answer.coupon_number
            assert answer.offer_index == by_hand.given[who, claim_id]
