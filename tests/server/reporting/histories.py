"""Random histories of a campaign: coupons issued, redeemed online, offline and late, voided, reversed, resolved."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import strategies as st
from nacl.signing import SigningKey

from merchant_app.domain.disputes import Outcome
from merchant_app.domain.kinds import ANY_OUTLET, CampaignId, Fen, OutletId, RedemptionId, TillId
from merchant_app.domain.redemption import Bill
from merchant_app.server.app import open_central
from merchant_app.server.central import Central
from merchant_app.server.db.disputes import DisputesWanted
from merchant_app.server.services.campaign_desk import add, open_campaign
from merchant_app.server.services.confirming import confirm
from merchant_app.server.services.enrolling import enrol, invite
from merchant_app.server.services.evidence import disputes_page
from merchant_app.server.services.issuing import Wanted, issue
from merchant_app.server.services.outlet_import import import_outlets
from merchant_app.server.services.resolving import resolve
from merchant_app.server.services.taking_facts import take
from merchant_app.server.settings import Settings
from merchant_app.wire.enrolment import EnrolRequest
from merchant_app.wire.facts import PushRequest, Report, as_pushed
from merchant_app.wire.redeeming import AskedCoupon, RedeemRequest
from tests.server.documents import CAMPAIGN_ID, OUTLETS, document
from tests.server.till_client import TillClient

SMALL = st.integers(0, 3)
CHANNELS = (None, "short_video", "live_stream", None)
STEPS = ("issue", "ask", "redeem", "redeem", "void", "reverse", "push", "resolve", "wait", "look")
histories = st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 1), SMALL, SMALL), max_size=25)
"""(step, which till, two small numbers that say the rest)."""
BILLS = (12_000, 15_001, 20_050, None)
MORE_OUTLETS = OUTLETS.replace("4202,小面,Noodles,jiangbei,catering/foods", "4202,小面,Noodles,jiangbei,hotel/resort")
ROUNDS = [
    {"opens_at": f"2026-06-{day}T00:00:00+08:00", "closes_at": "2026-07-14T00:00:00+08:00",
     "stock": {"0": 5000, "1": 5000}}
    for day in (28, 29)
]  # fmt: skip


@dataclass
class Life:
    """One campaign's life so far. The clock begins a quarter of an hour before a midnight of the campaign's zone."""

    now: datetime = datetime(2026, 6, 30, 15, 45, tzinfo=UTC)
    codes: list[str] = field(default_factory=list)
    ids: list[list[RedemptionId]] = field(default_factory=lambda: [[], []])
    made: int = 0

    def new_id(self, who: int) -> RedemptionId:
        self.made += 1
        self.ids[who].append(RedemptionId(f"{who}-{self.made:04}"))
        return self.ids[who][-1]


class Campaigning:
    """A server without a network, two tills of two outlets, and a life that is lived step by step."""

    def __init__(self, central: Central, life: Life) -> None:
        self.central, self.life = central, life
        import_outlets(central, MORE_OUTLETS)
        add(central, document(rounds=ROUNDS, channels=["short_video", "live_stream"]), {})
        open_campaign(central, CAMPAIGN_ID)
        self.tills = [_till(central, number) for number in (1, 2)]

    def step(self, step: str, who: int, one: int, two: int) -> None:
        if step == "issue" or not self.life.codes:
            self._issue(one, two)
        elif step == "wait":
            self.life.now += timedelta(minutes=10 * one, hours=two)
        elif step == "push":
            self.push(who)
        elif step == "resolve":
            self._resolve(one, two)
        elif step == "look":
            self.central.refreshing.refresh(self.central.database)
        else:
            self._at_the_till(step, who, one, two)

    def _at_the_till(self, step: str, who: int, one: int, two: int) -> None:
        till, life = self.tills[who], self.life
        if step == "ask":
            self._ask(who, one, two)
        elif step == "redeem":
            at = life.now - timedelta(minutes=20 * two, hours=one)
            code = life.codes[(one + two) % len(life.codes)]
            till.redeem(code, at, off=1000 + one, bill=_bill(one), redemption_id=life.new_id(who))
        elif life.ids[who]:
            of = life.ids[who][(4 * one + two) % len(life.ids[who])]
            (till.void if step == "void" else till.reverse)(of, life.now)

    def push(self, who: int) -> None:
        till = self.tills[who]
        report = Report(floor=self.life.now, head_seq=till.head.seq, head_hash=till.head.hash.hex())
        rows = [as_pushed(row) for row in till.rows]
        assert take(self.central, TillId(till.till_id), PushRequest(chain_id=till.chain_id, rows=rows, report=report))

    def _issue(self, one: int, two: int) -> None:
        where = OutletId(4201) if one == two else ANY_OUTLET
        wanted = Wanted(CampaignId(CAMPAIGN_ID), one % 2, two % 2, 1 + one, where, channel=CHANNELS[two])
        made = issue(self.central, wanted)
        assert isinstance(made, list), made
        self.life.codes += [str(each.code) for each in made]

    def _resolve(self, one: int, two: int) -> None:
        open_ones, _, _ = disputes_page(self.central, DisputesWanted(is_open=True), limit=100)
        if open_ones:
            outcome = list(Outcome)[(one + two) % len(Outcome)]
            resolve(self.central, open_ones[one % len(open_ones)].dispute_id, outcome, note="looked at", by="Chen")

    def _ask(self, who: int, one: int, two: int) -> None:
        codes = {self.life.codes[(one + number) % len(self.life.codes)] for number in range(1 + two)}
        till, bill = self.tills[who], _bill(two)
        coupons = [AskedCoupon(redemption_id=self.life.new_id(who), code=code) for code in sorted(codes)]
        request: dict[str, Any] = {"bill_id": bill.bill_id, "bill_fen": bill.bill_fen, "cashier": "02"}
        confirm(
            self.central,
            TillId(till.till_id),
            RedeemRequest(**request, coupons=coupons, chain_id=till.chain_id, rows=[]),
        )


@contextmanager
def campaigning(database: str | None) -> Iterator[Campaigning]:
    life = Life()
    with TemporaryDirectory() as folder:
        ids = iter(map(str, range(10**6)))
        central = open_central(Settings(Path(folder), database), now=lambda: life.now, new_id=ids.__next__)
        try:
            yield Campaigning(central, life)
        finally:
            central.database.close()


def _till(central: Central, number: int) -> TillClient:
    """Spoken to without a network."""
    invited = invite(central, OutletId(4200 + number), None)
    assert invited is not None
    key, chain_id = SigningKey(bytes([number]) * 32), f"chain-{number}"
    request = EnrolRequest(
        secret=invited[0].secret,
        public_key=key.verify_key.encode().hex(),
        chain_id=chain_id,
        till_name="t",
        version="1",
    )
    till_id = enrol(central, request, "here")
    assert isinstance(till_id, str)
    return TillClient("", 4200 + number, till_id, key, chain_id, key.verify_key, set())


def _bill(number: int) -> Bill:
    """One of few, so that bills have several coupons, some of them on both sides of a midnight."""
    amount = BILLS[number]
    return Bill(f"bill-{number}", None if amount is None else Fen(amount))
