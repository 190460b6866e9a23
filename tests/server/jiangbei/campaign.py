"""A campaign like Jiangbei's from its first draft to its last settlement, at one server, told as it goes.

A million yuan in three rounds, three thousand outlets that opt in, claimed empty each time, redeemed at counters with
and without the network, disputed, settled and reported. Everything that an operator does is done at the console.
"""

from collections import Counter as Count
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random

from sqlalchemy import select

from merchant_app.server.db.tables import disputes
from tests.server.conftest import House
from tests.server.console.visitor import operator_of
from tests.server.jiangbei.counters import Counter, serve_all
from tests.server.jiangbei.desk import Desk
from tests.server.jiangbei.people import GONE, Rush, claim_empty
from tests.server.jiangbei.shops import FIRST, table_of_shops

OUTLETS = 3000
BEGINS = datetime(2026, 6, 27, 1, tzinfo=UTC)
CHANNELS = ("short_video", "live_stream")
STARTS_ON, LAST_DAY = "2026-06-28", "2026-07-19"
ROUNDS = ("2026-06-28T10:00", "2026-06-29T10:00", "2026-07-14T10:00")
FIRST_SETTLED, LAST_SETTLED = "2026-07-02", LAST_DAY


@dataclass
class Whole:
    """`share`: one in so many of the real stock. `resolved`: redemption -> whether the campaign pays."""

    house: House
    desk: Desk
    random: Random
    share: int
    campaign_id: int = 0
    counters: list[Counter] = field(default_factory=list)
    stock: list[dict[int, int]] = field(default_factory=list)
    rushes: list[Rush] = field(default_factory=list)
    resolved: dict[str, bool] = field(default_factory=dict)
    late: Counter | None = None

    def prepare(self) -> None:
        """The day before: outlets, the campaign, its rehearsal, who takes part, links, tills."""
        said = self.desk.import_outlets(table_of_shops(OUTLETS, self.random))
        assert "3,000" in said, said[:500]
        self.campaign_id = self.desk.make_from_sample("jiangbei", STARTS_ON, self._smaller)
        assert "wrong" not in self.desk.rehearse(self.campaign_id).lower().split()
        self.desk.step(self.campaign_id, "open")
        self.desk.opt_everybody_in(self.campaign_id)
        for index in range(320 // self.share):
            tills = [self.house.till(FIRST + index) for _ in range(2 if index % 3 == 0 else 1)]
            self.counters.append(Counter(self.house, tills, Random(self.random.random()), self.campaign_id))
        self.late = self.counters[-1]

    def run_round(self, index: int) -> None:
        """Nobody is given anything a minute early; then it is claimed empty, and people go to the shops."""
        links = [self.desk.make_link(self.campaign_id, index, channel) for channel in CHANNELS]
        opens = datetime.fromisoformat(f"{ROUNDS[index]}+08:00").astimezone(UTC)
        self.house.clock.at = opens.replace(minute=59, hour=opens.hour - 1)
        early = claim_empty(self.house.url, links, {0: 5})
        assert set(early.refused) == {"not_open_yet"}
        self.house.clock.at = opens
        rush = claim_empty(self.house.url, links, self.stock[index])
        assert Count(offer for _, offer, _, _ in set(rush.coupons)) == Count(self.stock[index])
        assert set(rush.refused) == {GONE}
        self.rushes.append(rush)
        self.house.clock.forward(hours=3)
        serve_all(self.counters, sorted(set(rush.coupons)), self.random)
        for counter in self.counters:
            if counter is not self.late or index != 1:
                counter.push()

    def settle(self, upto: str) -> None:
        """The day after `upto` at noon."""
        self.house.clock.at = datetime.fromisoformat(f"{upto}T04:00+00:00")
        self.house.clock.forward(days=1)
        self.desk.visitor.sign_in()
        self.desk.close_period(self.campaign_id, upto)

    def resolve_all(self) -> None:
        """Of the doubles, the campaign pays every other one."""
        for number, (dispute_id, redemption_id) in enumerate(self._open_disputes()):
            campaign_pays = number % 2 == 0
            self.desk.resolve(
                dispute_id, "campaign_pays" if campaign_pays else "outlet_pays", "Both tills were offline."
            )
            self.resolved[redemption_id] = campaign_pays

    def _open_disputes(self) -> list[tuple[str, str]]:
        with self.house.central.database.reading() as connection:
            still_open = select(disputes.c.dispute_id, disputes.c.redemption_id).where(disputes.c.closed_at.is_(None))
            return sorted((row.dispute_id, row.redemption_id) for row in connection.execute(still_open))

    def _smaller(self, name: str, value: str) -> str:
        """The sample's stock, divided; only outlets that opt in."""
        parts = name.split(".")
        if len(parts) == 4 and parts[0] == "rounds" and parts[2] == "stock":
            while len(self.stock) <= int(parts[1]):
                self.stock.append({})
            count = max(1, int(value or 0) // self.share)
            self.stock[int(parts[1])][int(parts[3])] = count
            return str(count)
        return value


@contextmanager
def whole_campaign(house: House, share: int, say: Callable[[str], None] = lambda _: None) -> Iterator[Whole]:
    """From the draft to the second settlement; `house` is a server that was started at `BEGINS`."""
    visitor = operator_of(house)
    whole = Whole(house, Desk(visitor), Random(20220628), share)
    try:
        whole.prepare()
        say("rehearsed, opened, three thousand outlets in")
        for index in (0, 1):
            whole.desk.visitor.sign_in()
            whole.run_round(index)
            say(f"round {index + 1} claimed empty and redeemed")
        whole.settle(FIRST_SETTLED)
        assert whole.late is not None
        whole.late.push()
        whole.resolve_all()
        say("settled, late rows come, disputes resolved")
        house.clock.at = datetime(2026, 7, 14, 1, tzinfo=UTC)
        whole.desk.visitor.sign_in()
        whole.run_round(2)
        whole.resolve_all()
        whole.settle(LAST_SETTLED)
        say("settled to the end")
        yield whole
    finally:
        visitor.close()
        for till in house.tills:
            till.session.close()
