"""Checking a ledger: the chain is whole, and what is derived is what facts and answers give when read again."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from merchant_app.domain import chain
from merchant_app.domain.judging import Network
from merchant_app.domain.kinds import ChainId
from merchant_app.domain.redemption import Fact, Intent, Redemption, RefusedAttempt, Reversal, Standing, Void
from merchant_app.till.db import attempts, facts, intents, redemptions
from merchant_app.till.db.migrations import migrations
from merchant_app.wire.facts import RowAnswer, parse_row

DERIVED = {
    "redemption": "redemption_id",
    "attempt": "attempted_at, attempt_id",
    "open_intent": "coupon",
}
"""The derived tables, each with its key."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A derived row as it is stored and as the facts give it; None: there is none."""

    table: str
    stored: tuple[object, ...] | None
    expected: tuple[object, ...] | None


@dataclass(frozen=True, slots=True)
class Findings:
    """`broken_at`: the first row that does not follow from those before it, as "chain/seq".

    `unreadable`: facts that only a newer version of this program can read.
    """

    facts: int
    redemptions: int
    broken_at: str | None
    unreadable: int
    differences: tuple[Difference, ...]

    @property
    def is_sound(self) -> bool:
        return self.broken_at is None and not self.differences


def check(db: Database) -> Findings:
    """Reads every fact in order, builds again what is derived, and compares. Changes nothing in `db`."""
    rebuilt = Database(memory=True)
    try:
        migrations.apply(rebuilt)
        _copy_what_was_shown(db, rebuilt)
        total, unreadable, broken = 0, 0, None
        for (chain_id,) in db.conn.execute("SELECT DISTINCT chain_id FROM fact ORDER BY chain_id").fetchall():
            rows = list(facts.all_rows(db, ChainId(chain_id)))
            total += len(rows)
            unreadable += sum(not _replay(rebuilt, chain_id, seq, content) for seq, content, _ in rows)
            seq = chain.first_break(rows)
            broken = broken or (None if seq is None else f"{chain_id}/{seq}")
        _replay_what_was_said(db, rebuilt)
        count = rebuilt.table("redemption").count
        return Findings(total, count, broken, unreadable, tuple(_differences(db, rebuilt)))
    finally:
        rebuilt.conn.close()


def _copy_what_was_shown(db: Database, rebuilt: Database) -> None:
    """Marks outside the chain: an intent whose answer was shown is not open."""
    shown = db.conn.execute("SELECT redemption_id, shown_at FROM shown").fetchall()
    rebuilt.conn.executemany("INSERT INTO shown VALUES (?, ?)", shown)


def _replay(rebuilt: Database, chain_id: str, seq: int, content: bytes) -> bool:
    parsed = parse_row(content)
    if parsed is None:
        return False
    _follow(rebuilt, chain_id, seq, parsed.fact)
    return True


def _follow(rebuilt: Database, chain_id: str, seq: int, fact: Fact) -> None:
    match fact:
        case Redemption():
            standing = Standing.CONFIRMED if fact.network is Network.ONLINE else Standing.PROVISIONAL
            use = redemptions.lowest_free_use(rebuilt, fact.coupon_id)
            redemptions.follow(rebuilt, fact, chain_id, seq, standing, use=use)
        case Void():
            redemptions.free(rebuilt, fact.redemption_id)
        case Intent() if not redemptions.was_shown(rebuilt, fact.redemption_id):
            intents.follow(rebuilt, fact)
        case Reversal():
            intents.close(rebuilt, fact.redemption_id)
        case RefusedAttempt():
            attempts.follow(rebuilt, fact)
        case _:
            pass


def _replay_what_was_said(db: Database, rebuilt: Database) -> None:
    """The server's answers and later news give the standings."""
    answers = db.conn.execute("SELECT content FROM answer ORDER BY chain_id, seq")
    news = db.conn.execute("SELECT content FROM news ORDER BY cursor")
    for (content,) in [*answers, *news]:
        redemptions.take_word(rebuilt, RowAnswer.model_validate_json(content))


def _differences(db: Database, rebuilt: Database) -> Iterator[Difference]:
    for table, key in DERIVED.items():
        width = len(key.split(","))
        stored = _rows(db, table, key, width)
        expected = _rows(rebuilt, table, key, width)
        for each in sorted(stored.keys() | expected.keys(), key=str):
            if stored.get(each) != expected.get(each):
                yield Difference(table, stored.get(each), expected.get(each))


def _rows(db: Database, table: str, key: str, width: int) -> dict[tuple[object, ...], tuple[object, ...]]:
    return {tuple(row[:width]): tuple(row) for row in db.conn.execute(f"SELECT {key}, * FROM {table}")}
