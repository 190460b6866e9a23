"""Pushing facts: rows of a till's chain go up in the order of their numbers, an answer comes back for each.

`POST /api/facts`. The server stores every well-formed row before it judges it; a row that it cannot parse is kept
as it is and parked. A batch can be cut, sent twice or out of order: the state is as if it had been sent once.
"""

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AwareDatetime, Field, TypeAdapter, ValidationError

from merchant_app.domain.chain import Row
from merchant_app.domain.kinds import ChainId
from merchant_app.domain.redemption import KIND_OF, Fact, FactKind, Standing
from merchant_app.wire.shape import Id, Line, WholeText, Wire, example

LARGEST_BATCH = 500

_ADAPTERS: dict[FactKind, TypeAdapter[Any]] = {kind: TypeAdapter(shape) for shape, kind in KIND_OF.items()}


Seq = Annotated[int, Field(ge=1, lt=1 << 53)]
Count = Annotated[int, Field(ge=0, lt=1 << 53)]


class PushedRow(Wire):
    """A row of the chain: its number, its canonical bytes as text, its hash in hex."""

    seq: Seq
    content: WholeText
    hash: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Report(Wire):
    """What a till answers for: it refuses whatever ended before `floor`, and its ledger ends at `head_seq`.

    Read in one transaction and durable before it is sent. What follows is for whoever looks after the tills: the
    program's version, its raw wall clock when it sent this, rows that wait behind these, the catalogue it judges by.
    """

    floor: AwareDatetime | None
    head_seq: Annotated[int, Field(ge=0, lt=1 << 53)]
    head_hash: Line
    version: Line | None = None
    sent_at: AwareDatetime | None = None
    waiting: Count | None = None
    catalogue_version: Count | None = None
    catalogue_at: AwareDatetime | None = None


class PushRequest(Wire):
    """Rows in the order of their numbers, and what the till answers for."""

    model_config = example(
        chain_id="0190f0c2-0001",
        rows=[{"seq": 1, "content": "{}", "hash": "0" * 64}],
        report={"floor": "2022-06-28T04:00:00Z", "head_seq": 1, "head_hash": "0" * 64},
    )
    chain_id: Id
    rows: Annotated[list[PushedRow], Field(max_length=LARGEST_BATCH)]
    report: Report


class RowOutcome(StrEnum):
    """What became of a pushed row."""

    CONFIRMED = "confirmed"
    REPEAT = "repeat"
    CONTESTED = "contested"
    STORED = "stored"
    PARKED = "parked"
    WAITING = "waiting"
    """It came early: a row before it is missing."""
    FORKED = "forked"
    """Another row with this number was stored before: two ledgers are using one chain."""
    QUARANTINED = "quarantined"
    """It is kept, but this till has been revoked."""
    LEFT_BEHIND = "left_behind"
    """A till's own word, never the server's: an earlier enrolment wrote it, and it is not taken from this one."""


class RowAnswer(Wire):
    """`standing` and `redemption_id` are given where the row concerns a redemption; `reasons` where it is contested."""

    seq: int
    outcome: RowOutcome
    redemption_id: str | None = None
    standing: Standing | None = None
    reasons: list[dict[str, Any]] = Field(default_factory=list)
    dispute_id: str | None = None
    dispute_outcome: str | None = None


class PushAnswer(Wire):
    """`stored_to`: every row up to this number is stored at the server."""

    answers: list[RowAnswer]
    stored_to: int


@dataclass(frozen=True, slots=True)
class ParsedRow:
    chain_id: ChainId
    seq: int
    kind: FactKind
    fact_id: str
    fact: Fact


def as_pushed(row: Row) -> PushedRow:
    return PushedRow(seq=row.seq, content=row.content.decode(), hash=row.hash.hex())


def parse_row(content: str | bytes) -> ParsedRow | None:
    """The fact in a row's bytes; None where this version cannot read it (a newer till's, say)."""
    try:
        envelope = json.loads(content)
        kind = FactKind(envelope["kind"])
        return ParsedRow(
            ChainId(envelope["chain_id"]),
            int(envelope["seq"]),
            kind,
            str(envelope["fact_id"]),
            _ADAPTERS[kind].validate_python(envelope["fact"]),
        )
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError, ValidationError):
        return None
