"""Histories of two outlets with everything that can happen to a redemption; an independent recount of what is owed."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, select

from merchant_app.domain.disputes import About, Outcome
from merchant_app.domain.kinds import ANY_OUTLET, CampaignId, RedemptionId, TillId
from merchant_app.server.app import open_central
from merchant_app.server.central import Central
from merchant_app.server.db.tables import disputes, redemptions, settlement_lines, settlements
from merchant_app.server.services.campaign_desk import add, open_campaign
from merchant_app.server.services.enrolling import revoke
from merchant_app.server.services.issuing import Wanted, issue
from merchant_app.server.services.outlet_import import import_outlets
from merchant_app.server.services.resolving import resolve
from merchant_app.server.services.settling.closing import Closed, NotClosed, close
from merchant_app.server.services.taking_facts import take
from merchant_app.server.settings import Settings
from merchant_app.wire.facts import PushRequest, Report, as_pushed
from tests.server.documents import CAMPAIGN_ID, OUTLETS, document, offer
from tests.server.facts.test_any_order import tills_of
from tests.server.till_client import TillClient

BEGIN = datetime(2026, 6, 30, 4, 0, tzinfo=UTC)
START_DAY = date(2026, 6, 28)


@dataclass
class History:
    """A server, two tills, and what has been closed so far, as it was then."""

    central: Central
    clock: list[datetime]
    tills: list[TillClient]
    codes: list[str]
    closed: list[Closed] = field(default_factory=list)
    as_closed: list[list[Any]] = field(default_factory=list)

    def redeem(self, who: int, which: int, *, off: int = 2000, again: bool = False) -> None:
        till = self.tills[who]
        own = [row.fact_id for row in till.rows if row.kind == "redemption"]
        number = RedemptionId(own[-1] if again and own else f"{who}-{till.head.seq + 1}")
        till.redeem(self.codes[which], self.clock[0], redemption_id=number, off=off)

    def redeem_at_both(self, which: int) -> None:
        """Two tills that do not hear each other; both have sent it."""
        for who in (0, 1):
            self.redeem(who, which)
            self.push(who)

    def void(self, who: int) -> None:
        own = [row.fact_id for row in self.tills[who].rows if row.kind == "redemption"]
        if own:
            self.tills[who].void(own[-1], self.clock[0])

    def push(self, who: int) -> None:
        till = self.tills[who]
        report = Report(floor=None, head_seq=till.head.seq, head_hash=till.head.hash.hex())
        request = PushRequest(chain_id=till.chain_id, rows=[as_pushed(row) for row in till.rows], report=report)
        assert take(self.central, TillId(till.till_id), request) is not None

    def revoke(self, who: int) -> None:
        """What it sends from here on goes into quarantine."""
        revoke(self.central, TillId(self.tills[who].till_id))

    def resolve(self, outcome: Outcome) -> None:
        with self.central.database.reading() as connection:
            is_open = select(disputes.c.dispute_id).where(disputes.c.closed_at.is_(None))
            first = connection.scalar(is_open.order_by(disputes.c.chain_id, disputes.c.seq).limit(1))
        if first is not None:
            resolve(self.central, first, outcome, note="decided", by="HQ")

    def pass_days(self, days: int) -> None:
        self.clock[0] += timedelta(days=days)

    def close(self) -> None:
        """Everything up to yesterday."""
        last_day = (self.clock[0] + timedelta(hours=8)).date() - timedelta(days=1)
        done = close(self.central, CAMPAIGN_ID, last_day, by="HQ")
        if isinstance(done, Closed):
            self.closed.append(done)
            self.as_closed.append(self.stored(done.period.period_index))
        else:
            assert done is NotClosed.ALREADY_CLOSED

    def stored(self, period_index: int) -> list[Any]:
        """Everything that is written of a period."""
        with self.central.database.reading() as connection:
            return [
                tuple(row)
                for table in (settlements, settlement_lines)
                for row in connection.execute(
                    select(table).where(table.c.period_index == period_index).order_by(*table.primary_key)
                )
            ]


def settled(connection: Connection) -> dict[int, int]:
    """outlet_id -> the sum of all its lines."""
    sums: dict[int, int] = defaultdict(int)
    for row in connection.execute(select(settlement_lines)):
        sums[row.outlet_id] += row.amount_fen
    return {outlet: fen for outlet, fen in sums.items() if fen}


def recounted(connection: Connection, last_day: date) -> dict[int, int]:
    """outlet_id -> what is owed for days up to `last_day`, counted from redemptions and disputes one by one."""
    sums: dict[int, int] = defaultdict(int)
    for row in connection.execute(select(redemptions).where(redemptions.c.day <= last_day)):
        if row.standing == "confirmed" or (row.standing == "resolved" and row.payer == "campaign"):
            sums[row.outlet_id] += row.amount_off_fen
    by_id = {row.redemption_id: row for row in connection.execute(select(redemptions))}
    for row in connection.execute(select(disputes)):
        if row.about != About.ROW or row.outcome != Outcome.CAMPAIGN_PAYS or row.day > last_day:
            continue
        same = "amount_differs" in row.reasons
        has = by_id[row.redemption_id].amount_off_fen if same else 0
        counted = not same or by_id[row.redemption_id].dispute_id is None
        sums[row.outlet_id] += row.amount_off_fen - has if counted else 0
    return {outlet: fen for outlet, fen in sums.items() if fen}


@contextmanager
def opened(database: str | None) -> Iterator[History]:
    """An empty history: a coupon of one use, one of two, one of three."""
    clock = [BEGIN]
    with TemporaryDirectory() as folder:
        central = open_central(Settings(Path(folder), database), now=lambda: clock[0])
        try:
            import_outlets(central, OUTLETS)
            offers = [offer(uses=uses) for uses in (1, 2, 3)]
            rounds = [{**document()["rounds"][0], "stock": {"0": 50, "1": 50, "2": 50}}]
            add(central, document(offers=offers, rounds=rounds), {})
            open_campaign(central, CAMPAIGN_ID)
            codes = []
            for index in range(3):
                made = issue(central, Wanted(CampaignId(CAMPAIGN_ID), 0, index, 1, ANY_OUTLET))
                assert isinstance(made, list)
                codes.append(str(made[0].code))
            yield History(central, clock, tills_of(central), codes)
        finally:
            central.database.close()
