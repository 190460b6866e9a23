"""Counters where the coupons are redeemed: with the server's answer, by number, offline, twice, and taken back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from merchant_app.domain.kinds import CampaignId, Fen, OutletId, RedemptionId, Serial
from merchant_app.domain.redemption import Bill
from merchant_app.server.services.holding import Held, WantedHold, hold
from merchant_app.wire.redeeming import RedeemAnswer
from tests.server.conftest import House
from tests.server.till_client import TillClient, asked

GIFT = 3
"""The offer that takes nothing off and asks for no bill."""


@dataclass
class Counter:
    """An outlet's tills. `unpushed` are those that have been offline."""

    house: House
    tills: list[TillClient]
    random: Random
    campaign_id: int
    bills: int = 0
    shown: list[str] = field(default_factory=list)

    def serve(self, coupon: tuple[str, int, int, str]) -> None:
        """One customer: most are asked for online, a third while offline; some of those at two tills at once."""
        _, offer, serial, number = coupon
        till, bill, now = self.random.choice(self.tills), self._bill(offer), self.house.clock.at
        if offer != GIFT and self.random.random() < 0.1:
            self._online(till, number, offer, bill)
            return
        code = self._hold(serial)
        if self.random.random() < 0.6:
            self._online(till, code, offer, bill)
            return
        row = till.redeem(code, now, off=off(offer, bill), bill=bill)
        if len(self.tills) > 1 and self.random.random() < 0.2:
            other = next(each for each in self.tills if each is not till)
            again = self._bill(offer)
            other.redeem(code, now, off=off(offer, again), bill=again)
        elif self.random.random() < 0.1:
            till.void(_id_of(row), now, reason="typo")

    def push(self) -> None:
        """Every till's whole ledger, in batches; what is there already is a repeat."""
        for till in self.tills:
            for start in range(0, len(till.rows), 500):
                till.push(till.rows[start : start + 500], floor=self.house.clock.at)

    def _online(self, till: TillClient, text: str, offer: int, bill: Bill) -> None:
        question = asked(text)
        answer = RedeemAnswer.model_validate_json(till.ask_raw(question, bill=bill).content)
        assert answer.outcome == "confirmed", answer
        (yes,) = answer.confirmed
        assert yes.amount_off_fen == off(offer, bill)
        redemption_id = RedemptionId(yes.redemption_id)
        known = {
            "campaign_id": CampaignId(yes.campaign_id), "serial": Serial(int(yes.serial)), "holder_tag": yes.holder_tag,
            "round_index": yes.round_index, "offer_index": yes.offer_index,
        }  # fmt: skip
        typed = {"code": None, "coupon_number": text} if len(text) == 16 else {}
        till.redeem(
            text, self.house.clock.at, off=yes.amount_off_fen, bill=bill, redemption_id=redemption_id, **known, **typed
        )

    def _hold(self, serial: int) -> str:
        tag = self.random.randrange(1, 1 << 31)
        outlet_id = OutletId(self.tills[0].outlet_id)
        given = hold(self.house.central, WantedHold(CampaignId(self.campaign_id), Serial(serial), outlet_id, tag))
        assert isinstance(given, Held), given
        return given.code

    def _bill(self, offer: int) -> Bill:
        self.bills += 1
        bill_id = f"{self.tills[0].outlet_id}-bill-{self.bills}"
        return Bill(bill_id, None if offer == GIFT else Fen(self.random.randrange(30_000, 60_000)))


def off(offer: int, bill: Bill) -> int:
    """What each of the five offers takes off a bill of 300 yuan and more."""
    whole = bill.bill_fen or 0
    return (2000, 8000, min(whole // 5, 5000), 0, 2000)[offer]


def serve_all(counters: Sequence[Counter], coupons: Sequence[tuple[str, int, int, str]], random: Random) -> None:
    """Three quarters of those who have a coupon come, each to one of the counters."""
    for coupon in coupons:
        if random.random() < 0.75:
            random.choice(counters).serve(coupon)


def _id_of(row: object) -> str:
    import json

    return str(json.loads(row.content)["fact_id"])  # type: ignore[attr-defined]
