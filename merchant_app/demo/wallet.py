"""The customers' side of the server: a phone asks it for the right to show a coupon at this outlet."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from merchant_app.demo.customers import HERE, Customer
from merchant_app.domain.coupon_code import CouponCode, unpack
from merchant_app.domain.kinds import CampaignId
from merchant_app.server.central import Central
from merchant_app.server.services.holding import Held, WantedHold, hold


@dataclass(frozen=True, slots=True)
class Shown:
    """What a phone has to show: the code's digits, and for a hold from when until when it may be shown."""

    text: str
    held_at: datetime | None = None
    ends_at: datetime | None = None


class Wallet:
    """May be called from any thread. `can_answer`: whether the server is up; without it there is no new hold."""

    def __init__(self, central: Central, can_answer: Callable[[], bool]) -> None:
        self.central = central
        self._can_answer = can_answer
        self._lock = threading.Lock()
        self._running: dict[str, Shown] = {}

    def shown(self, customer: Customer) -> Shown | None:
        """What this customer holds up now: paper, the hold that is still running, or a new one; None: neither."""
        fixed = customer.fixed_text
        if fixed is not None or customer.issued is None:
            return Shown(fixed or "")
        number, now = customer.issued.coupon_number, self.central.now()
        with self._lock:
            running = self._running.get(number)
            if running is not None and running.ends_at is not None and now < running.ends_at:
                return running
            fresh = self._hold(customer) if self._can_answer() else None
            if fresh is not None:
                self._running[number] = fresh
            return fresh

    def close(self) -> None:
        self.central.database.close()

    def _hold(self, customer: Customer) -> Shown | None:
        assert customer.issued is not None
        wanted = WantedHold(CampaignId(customer.campaign_id), customer.issued.serial, HERE, customer.holder_tag)
        given = hold(self.central, wanted)
        if not isinstance(given, Held):
            return None
        code = unpack(given.code)
        assert isinstance(code, CouponCode)
        assert code.hold is not None
        return Shown(given.code, code.hold.held_at, code.hold.held_at + timedelta(minutes=code.hold.hold_minutes))
