"""The rows of the chain: appended, read in order, answered by the server.

Every function runs in the caller's transaction.
"""

import json
from collections.abc import Iterator
from datetime import datetime

from sqlite_utils import Database

from merchant_app.domain import chain
from merchant_app.domain.chain import Head, Row
from merchant_app.domain.kinds import ChainId
from merchant_app.domain.redemption import Fact, FactKind
from merchant_app.till.db import old_chains, state
from merchant_app.wire.facts import RowAnswer, RowOutcome

_MOST_LEFT_BEHIND = 500


def chain_id(db: Database) -> ChainId:
    found = state.get(db, state.CHAIN_ID)
    if found is None:
        raise LookupError("this ledger has no chain yet")
    return ChainId(found)


def head(db: Database) -> Head:
    row = db.conn.execute(
        "SELECT seq, hash FROM fact WHERE chain_id = ? ORDER BY seq DESC LIMIT 1", (chain_id(db),)
    ).fetchone()
    return Head() if row is None else Head(row[0], row[1])


def append(db: Database, fact_id: str, fact: Fact) -> Row:
    """Binds `fact` to all facts before it and stores it."""
    row = chain.append(chain_id(db), head(db), fact_id, fact)
    db.conn.execute(
        "INSERT INTO fact (chain_id, seq, kind, fact_id, content, hash) VALUES (?, ?, ?, ?, ?, ?)",
        (row.chain_id, row.seq, row.kind.value, row.fact_id, row.content, row.hash),
    )
    return row


def waiting(db: Database, limit: int) -> list[Row]:
    """The oldest rows that the server has not answered, in order."""
    return _rows(db, "WHERE chain_id = ? AND seq > ? ORDER BY seq LIMIT ?", (chain_id(db), pushed_to(db), limit))


def waiting_about(db: Database, fact_ids: list[str]) -> list[Row]:
    """The rows not yet answered that carry one of these ids."""
    marks = ",".join("?" * len(fact_ids))
    return _rows(
        db,
        f"WHERE chain_id = ? AND seq > ? AND fact_id IN ({marks}) ORDER BY seq",
        (chain_id(db), pushed_to(db), *fact_ids),
    )


def waiting_of_kind(db: Database, kind: FactKind) -> list[Row]:
    """The rows of one kind not yet answered."""
    return _rows(
        db, "WHERE chain_id = ? AND seq > ? AND kind = ? ORDER BY seq", (chain_id(db), pushed_to(db), kind.value)
    )


def count_waiting(db: Database) -> int:
    """Rows that go up with the next sync, those of earlier enrolments included."""
    of_old_chains = sum(old_chains.count_unanswered(db, chain) for chain in old_chains.pending(db))
    return of_old_chains + (head(db).seq - pushed_to(db) if state.get(db, state.CHAIN_ID) else 0)


def pushed_to(db: Database) -> int:
    """Every row up to this number has its answer."""
    return state.get_number(db, state.PUSHED_TO)


def store_answers(
    db: Database, answers: list[RowAnswer], answered_at: datetime, old_chain: ChainId | None = None
) -> None:
    """Keeps the server's answers, outside the chain; a row that only waits there is asked about again."""
    chain = old_chain or chain_id(db)
    final = [answer for answer in answers if answer.outcome is not RowOutcome.WAITING]
    db.conn.executemany(
        "INSERT INTO answer (chain_id, seq, outcome, content, answered_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (chain_id, seq) DO UPDATE SET outcome = excluded.outcome, content = excluded.content",
        [(chain, each.seq, each.outcome.value, each.model_dump_json(), answered_at.isoformat()) for each in final],
    )
    if old_chain is None:
        _move_on(db, chain)


def store_news(db: Database, cursor: int, word: RowAnswer) -> None:
    """What the server said of a redemption later, by itself."""
    db.conn.execute("INSERT OR REPLACE INTO news VALUES (?, ?)", (cursor, word.model_dump_json()))


def is_missing_there(db: Database, stored_to: int) -> bool:
    """Whether a server that has this chain up to `stored_to` had answered more of it: then it has lost the rest.

    A fork is no loss: the server keeps the other row of that number, and says so each time.
    """
    here = (chain_id(db), stored_to + 1)
    row = db.conn.execute("SELECT outcome FROM answer WHERE chain_id = ? AND seq = ?", here).fetchone()
    return stored_to < pushed_to(db) and row is not None and row[0] != RowOutcome.FORKED


def forget_answers(db: Database, stored_to: int) -> None:
    """What the server said of the rows after this one it knows nothing of any more; they wait for an answer again."""
    here = (chain_id(db), stored_to)
    db.conn.execute("DELETE FROM answer WHERE chain_id = ? AND seq > ?", here)
    db.conn.execute(
        "DELETE FROM news WHERE json_extract(content, '$.redemption_id') IN"
        " (SELECT redemption_id FROM redemption WHERE chain_id = ? AND seq > ?)",
        here,
    )
    state.put(db, state.PUSHED_TO, str(stored_to))


def _move_on(db: Database, chain: ChainId) -> None:
    seq = pushed_to(db)
    answered = db.conn.execute("SELECT seq FROM answer WHERE chain_id = ? AND seq > ? ORDER BY seq", (chain, seq))
    for (each,) in answered:
        if each != seq + 1:
            break
        seq = each
    state.put(db, state.PUSHED_TO, str(seq))


def all_rows(db: Database, chain: ChainId) -> Iterator[tuple[int, bytes, bytes]]:
    """(seq, content, hash) of a whole chain, in order, as `chain.first_break` takes them."""
    yield from db.conn.execute(
        "SELECT seq, CAST(content AS BLOB), CAST(hash AS BLOB) FROM fact WHERE chain_id = ? ORDER BY seq", (chain,)
    )


def content_of(db: Database, kind: FactKind, fact_id: str) -> bytes | None:
    row = db.conn.execute("SELECT content FROM fact WHERE fact_id = ? AND kind = ?", (fact_id, kind.value)).fetchone()
    return None if row is None else row[0]


def set_aside(db: Database) -> list[tuple[int, FactKind, RowAnswer, bytes]]:
    """Rows that the server could not take as they are, with their answers, newest first."""
    rows = db.conn.execute(
        "SELECT f.seq, f.kind, a.content, f.content FROM answer a JOIN fact f USING (chain_id, seq)"
        " WHERE a.outcome IN ('parked', 'forked', 'quarantined') ORDER BY f.seq DESC"
    )
    answered = [
        (seq, FactKind(kind), RowAnswer.model_validate_json(answer), content) for seq, kind, answer, content in rows
    ]
    return answered + [
        (row.seq, row.kind, RowAnswer(seq=row.seq, outcome=RowOutcome.LEFT_BEHIND), row.content)
        for chain in old_chains.refused(db)
        for row in reversed(old_chains.unanswered(db, chain, _MOST_LEFT_BEHIND))
    ]


def last_answers(db: Database, limit: int) -> list[RowAnswer]:
    """The server's last answers, newest first."""
    rows = db.conn.execute("SELECT content FROM answer ORDER BY answered_at DESC, seq DESC LIMIT ?", (limit,))
    return [RowAnswer.model_validate_json(content) for (content,) in rows]


def count_set_aside(db: Database) -> int:
    (count,) = db.conn.execute(
        "SELECT count(*) FROM answer WHERE outcome IN ('parked', 'forked', 'quarantined')"
    ).fetchone()
    return int(count) + sum(old_chains.count_unanswered(db, chain) for chain in old_chains.refused(db))


def oldest_waiting_at(db: Database) -> datetime | None:
    """When the oldest row that waits for an answer was written."""
    if state.get(db, state.CHAIN_ID) is None:
        return None
    of_old_chains = (row for chain in old_chains.pending(db) for row in old_chains.unanswered(db, chain, 1))
    oldest = [*of_old_chains, *waiting(db, 1)]
    return datetime.fromisoformat(json.loads(oldest[0].content)["fact"]["moment"]["at"]) if oldest else None


def _rows(db: Database, where: str, values: tuple[object, ...]) -> list[Row]:
    found = db.conn.execute(f"SELECT chain_id, seq, kind, fact_id, content, hash FROM fact {where}", values)
    return [
        Row(ChainId(chain), seq, FactKind(kind), fact_id, content, hashed)
        for chain, seq, kind, fact_id, content, hashed in found
    ]
