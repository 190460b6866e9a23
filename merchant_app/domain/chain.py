"""The hash chain of a till's ledger: one gap-free row of facts, each bound to all before it.

The hash is over the stored canonical bytes, so a change of the database's shape changes no hash.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from merchant_app.domain.kinds import ChainId
from merchant_app.domain.plain import canonical, plain
from merchant_app.domain.redemption import KIND_OF, Fact, FactKind

FIRST_LINK = b"\x00" * 32


@dataclass(frozen=True, slots=True)
class Row:
    """A fact as it is stored and pushed. `content` is canonical JSON; `seq` counts from 1."""

    chain_id: ChainId
    seq: int
    kind: FactKind
    fact_id: str
    content: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ends: the last row's number and hash (0 and `FIRST_LINK` where it has none)."""

    seq: int = 0
    hash: bytes = FIRST_LINK


def append(chain_id: ChainId, head: Head, fact_id: str, fact: Fact) -> Row:
    """`fact` as the row that follows `head`."""
    kind, seq = KIND_OF[type(fact)], head.seq + 1
    content = canonical({"chain_id": chain_id, "seq": seq, "kind": kind.value, "fact_id": fact_id, "fact": plain(fact)})
    return Row(chain_id, seq, kind, fact_id, content, link(head.hash, content))


def link(previous: bytes, content: bytes) -> bytes:
    return hashlib.sha256(previous + content).digest()


def first_break(rows: Iterable[tuple[int, bytes, bytes]], head: Head | None = None) -> int | None:
    """The number of the first row, of (seq, content, hash), that does not follow from those before; None: all do."""
    head = head or Head()
    for seq, content, hashed in rows:
        if seq != head.seq + 1 or link(head.hash, content) != hashed:
            return seq
        head = Head(seq, hashed)
    return None
