"""What a push is made of, done alone in this process: parsing, verifying, judging, and inserting with one commit."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Table, insert

from merchant_app.domain.campaign import Campaign
from merchant_app.domain.coupon_code import CouponCode, KeyRing, decode
from merchant_app.domain.judging import Network, Outlet, Scene, judge
from merchant_app.domain.redemption import Redemption
from merchant_app.server.db.database import Database
from merchant_app.server.db.tables import events, redemption_ids, redemptions, rows
from merchant_app.wire.facts import PushedRow, PushRequest, parse_row

Inserted = dict[Table, list[dict[str, Any]]]


@dataclass
class Parts:
    """`seconds` by part, of all batches so far. `database` is one that only these rows go into."""

    database: Database
    keys: KeyRing
    campaign: Campaign
    here: Outlet
    seconds: Counter[str] = field(default_factory=Counter)
    stored: int = 0

    def take(self, body: bytes) -> None:
        with self._timed("parse"):
            push = PushRequest.model_validate_json(body)
            parsed = [row for row in map(parse_row, (each.content for each in push.rows)) if row]
        facts = [row.fact for row in parsed if isinstance(row.fact, Redemption)]
        with self._timed("verify"):
            codes = [decode(fact.code or "", self.keys) for fact in facts]
        with self._timed("judge"):
            for code, fact in zip(codes, facts, strict=True):
                assert isinstance(code, CouponCode)
                judge(code, self.campaign, Scene(fact.moment.at, self.here, Network.OFFLINE, fact.bill.bill_fen))
        prepared = self._rows(push, facts)
        with self._timed("insert"), self.database.writing() as connection:
            for table, some in prepared.items():
                connection.execute(insert(table), some)

    @contextmanager
    def _timed(self, part: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.seconds[part] += time.perf_counter() - started

    def _rows(self, push: PushRequest, facts: list[Redemption]) -> Inserted:
        """What the server stores of such a push, in the same tables."""
        now, first = datetime.now(UTC), self.stored + 1
        self.stored += len(facts)
        both = list(zip(push.rows, facts, strict=True))
        return {
            rows: [_row(push.chain_id, row, fact, now) for row, fact in both],
            redemptions: [_redemption(fact, order, now) for order, fact in enumerate(facts, first)],
            redemption_ids: [_key(fact) for fact in facts],
            events: [_event(fact, cursor, now) for cursor, fact in enumerate(facts, first)],
        }


def _row(chain_id: str, row: PushedRow, fact: Redemption, now: datetime) -> dict[str, Any]:
    return {
        "chain_id": chain_id, "seq": row.seq, "content": row.content.encode(), "hash": b"0" * 32, "state": "applied",
        "kind": "redemption", "fact_id": fact.redemption_id, "redemption_id": fact.redemption_id, "stored_at": now,
    }  # fmt: skip


def _key(fact: Redemption) -> dict[str, Any]:
    return {"redemption_id": fact.redemption_id, "campaign_id": fact.campaign_id, "serial": fact.serial}


def _event(fact: Redemption, cursor: int, now: datetime) -> dict[str, Any]:
    return _key(fact) | {
        "cursor": cursor, "kind": "redeemed", "till_id": fact.till_id, "scope_outlet_id": 0, "outlet_id": 4201,
        "holder_tag": None, "offer_index": 0, "redeemed_at": now, "standing": None, "dispute_id": None, "reasons": "[]",
    }  # fmt: skip


def _redemption(fact: Redemption, order: int, now: datetime) -> dict[str, Any]:
    return _key(fact) | {
        "stored_order": order, "till_id": fact.till_id, "outlet_id": 4201, "use": 1, "round_index": 0, "offer_index": 0,
        "scope_outlet_id": 0, "holder_tag": None, "cashier": fact.cashier, "bill_id": fact.bill.bill_id,
        "bill_fen": fact.bill.bill_fen, "amount_off_fen": 2000, "payable_fen": fact.payable_fen, "redeemed_at": now,
        "stored_at": now, "standing": "confirmed", "freed_by": None, "waits_for_use": False, "reasons": "[]",
        "dispute_id": None, "day": now.date(), "channel": None, "payer": None,
    }  # fmt: skip
