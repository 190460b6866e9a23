"""Looking: what the screens show of the ledger and the catalogue, through a connection that only reads."""

import threading
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from merchant_app.domain.business_day import OutletDays, business_day
from merchant_app.domain.campaign import Campaign
from merchant_app.domain.kinds import Bilingual, OutletId
from merchant_app.till.db import facts, redemptions
from merchant_app.till.db.connection import open_reading
from merchant_app.till.db.redemptions import Stored
from merchant_app.till.services.answers import OfferHere, ParkedRow, Recent
from merchant_app.till.services.knowledge import Knowledge
from merchant_app.till.services.pictures import picture_path
from merchant_app.till.services.reporting import report_days
from merchant_app.till.services.voiding import undo_until
from merchant_app.wire.catalogue import OutletPart
from merchant_app.wire.facts import RowAnswer, parse_row


class Looking:
    """May be called from any thread; a reader of its own, so that a long list never holds a redemption up."""

    def __init__(self, ledger_path: Path, knowledge: Callable[[], Knowledge], now: Callable[[], datetime]) -> None:
        self._path, self._knowledge, self._now = ledger_path, knowledge, now
        self._db = open_reading(ledger_path)
        self._lock = threading.Lock()

    def recent(self, limit: int = 5) -> list[Recent]:
        """The last redemptions, newest first; only the very last may be undone by the cashier."""
        with self._lock:
            found = redemptions.latest(self._db, limit)
        return [self._as_recent(stored, is_last=index == 0) for index, stored in enumerate(found)]

    def days(self, first_day: date, last_day: date) -> OutletDays:
        """The business days of this till, in the outlet's zone."""
        with self._lock:
            return report_days(self._db, self._knowledge(), first_day, last_day, now=self._now())

    def today(self) -> OutletDays:
        day = self.business_day()
        return self.days(day, day)

    def business_day(self) -> date:
        """Which business day it is at this outlet."""
        return business_day(self._now(), self._knowledge().zone)

    def outlet(self) -> OutletPart | None:
        return self._knowledge().outlet

    def outlet_name(self, outlet_id: OutletId) -> Bilingual | None:
        return self._knowledge().outlet_name(outlet_id)

    def outlet_distance(self, outlet_id: OutletId) -> int | None:
        """In metres from here, where that is known."""
        return self._knowledge().outlet_distance(outlet_id)

    def picture(self, name: str) -> str | None:
        """The file of the picture that a campaign document names so."""
        path = picture_path(self._path, self._knowledge().pictures, name)
        return None if path is None else str(path)

    def offers_here(self) -> list[OfferHere]:
        """Every offer of the campaigns that take this outlet, running ones first."""
        now, knowledge = self._now(), self._knowledge()
        offers = [
            OfferHere(campaign, offer, self.picture(offer.picture), _is_running(campaign, now))
            for campaign in knowledge.campaigns_here()
            for offer in campaign.offers
        ]
        return sorted(offers, key=lambda here: not here.running)

    def parked(self) -> list[ParkedRow]:
        """Rows that the server could not take as they are, newest first."""
        with self._lock:
            rows = facts.set_aside(self._db)
        return [
            ParkedRow(seq, kind.value, answer.outcome.value, _written_at(content))
            for seq, kind, answer, content in rows
        ]

    def last_answers(self, limit: int = 20) -> list[RowAnswer]:
        """The server's last answers, newest first."""
        with self._lock:
            return facts.last_answers(self._db, limit)

    def close(self) -> None:
        with self._lock:
            self._db.conn.close()

    def _as_recent(self, stored: Stored, *, is_last: bool) -> Recent:
        made = stored.redemption
        campaign = self._knowledge().campaigns.get(made.campaign_id)
        offer = campaign.offers[made.offer_index] if campaign and made.offer_index < len(campaign.offers) else None
        return Recent(
            redemption_id=made.redemption_id,
            redeemed_at=made.moment.at,
            title=offer.title if offer else Bilingual(str(made.campaign_id), str(made.campaign_id)),
            amount_off_fen=made.amount_off_fen,
            payable_fen=made.payable_fen,
            standing=stored.standing,
            cashier=made.cashier,
            undo_until=undo_until(stored, offer) if is_last else None,
        )


def _is_running(campaign: Campaign, now: datetime) -> bool:
    return campaign.starts_at <= now < campaign.ends_at


def _written_at(content: bytes) -> datetime | None:
    parsed = parse_row(content)
    return None if parsed is None else parsed.fact.moment.at
