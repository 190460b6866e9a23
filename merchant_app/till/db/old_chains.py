"""The chains of this ledger that earlier enrolments wrote, and how far each of them has come to the server.

Every function runs in the caller's transaction.
"""

from enum import StrEnum

from sqlite_utils import Database

from merchant_app.domain.chain import Head, Row
from merchant_app.domain.kinds import ChainId
from merchant_app.domain.redemption import FactKind
from merchant_app.till.db import state
from merchant_app.wire.facts import RowOutcome

_ADOPTION = "adoption of "
_WITHOUT_ANSWER = (
    "FROM fact f LEFT JOIN answer a ON a.chain_id = f.chain_id AND a.seq = f.seq WHERE f.chain_id = ? AND a.seq IS NULL"
)


class Adoption(StrEnum):
    """What became of asking the server to take over an old chain."""

    ADOPTED = "adopted"
    DONE = "done"
    REFUSED = "refused"


def adoption(db: Database, chain: ChainId) -> Adoption | None:
    """None: it was not asked yet, or not answered."""
    found = state.get(db, _ADOPTION + chain)
    return None if found is None else Adoption(found)


def put_adoption(db: Database, chain: ChainId, adoption: Adoption | None) -> None:
    state.put(db, _ADOPTION + chain, None if adoption is None else adoption.value)


def forget_adoptions(db: Database) -> None:
    """Another till begins: it has to adopt them all itself."""
    db.conn.execute("DELETE FROM state WHERE name LIKE ?", (_ADOPTION + "%",))


def pending(db: Database) -> list[ChainId]:
    """The chains of which something could still go up, oldest first."""
    return [chain for chain in _old(db) if adoption(db, chain) not in (Adoption.DONE, Adoption.REFUSED)]


def refused(db: Database) -> list[ChainId]:
    return [chain for chain in _old(db) if adoption(db, chain) is Adoption.REFUSED]


def head(db: Database, chain: ChainId) -> Head:
    row = db.conn.execute(
        "SELECT seq, hash FROM fact WHERE chain_id = ? ORDER BY seq DESC LIMIT 1", (chain,)
    ).fetchone()
    return Head() if row is None else Head(row[0], row[1])


def hash_at(db: Database, chain: ChainId, seq: int) -> bytes:
    """Empty where there is no such row."""
    row = db.conn.execute("SELECT hash FROM fact WHERE chain_id = ? AND seq = ?", (chain, seq)).fetchone()
    return b"" if row is None else bytes(row[0])


def unanswered(db: Database, chain: ChainId, limit: int) -> list[Row]:
    """The oldest rows that the server has not answered, in order."""
    rows = db.conn.execute(
        f"SELECT f.chain_id, f.seq, f.kind, f.fact_id, f.content, f.hash {_WITHOUT_ANSWER} ORDER BY f.seq LIMIT ?",
        (chain, limit),
    )
    return [
        Row(ChainId(chain_id), seq, FactKind(kind), fact_id, content, hashed)
        for chain_id, seq, kind, fact_id, content, hashed in rows
    ]


def count_unanswered(db: Database, chain: ChainId) -> int:
    (count,) = db.conn.execute(f"SELECT count(*) {_WITHOUT_ANSWER}", (chain,)).fetchone()
    return int(count)


def intents_not_adopted(db: Database) -> set[str]:
    """The redemptions that earlier enrolments asked for, in chains of which something could still go up."""
    return {
        redemption_id
        for chain in pending(db)
        for (redemption_id,) in db.conn.execute(
            "SELECT fact_id FROM fact WHERE chain_id = ? AND kind = ?", (chain, FactKind.INTENT.value)
        )
    }


def is_missing_there(db: Database, chain: ChainId, stored_to: int) -> bool:
    """Whether a server that has this chain up to `stored_to` had answered the row after it: then it has lost it.

    A fork is no loss: the server keeps the other row of that number.
    """
    row = db.conn.execute(
        "SELECT outcome FROM answer WHERE chain_id = ? AND seq = ?", (chain, stored_to + 1)
    ).fetchone()
    return row is not None and row[0] != RowOutcome.FORKED


def forget_answers(db: Database, chain: ChainId, stored_to: int) -> None:
    """What the server said of the rows after this one: they wait for an answer again."""
    db.conn.execute("DELETE FROM answer WHERE chain_id = ? AND seq > ?", (chain, stored_to))
    db.conn.execute(
        "DELETE FROM news WHERE json_extract(content, '$.redemption_id') IN"
        " (SELECT redemption_id FROM redemption WHERE chain_id = ? AND seq > ?)",
        (chain, stored_to),
    )


def _old(db: Database) -> list[ChainId]:
    """Found by leaping from one chain's rows to the next, oldest first (ids begin with their time)."""
    leaping = (
        "WITH RECURSIVE chain(id) AS (SELECT min(chain_id) FROM fact UNION ALL"
        " SELECT (SELECT min(chain_id) FROM fact WHERE chain_id > chain.id) FROM chain WHERE chain.id IS NOT NULL)"
        " SELECT id FROM chain WHERE id IS NOT NULL"
    )
    here = state.get(db, state.CHAIN_ID)
    return [ChainId(chain) for (chain,) in db.conn.execute(leaping) if chain != here]
