"""Adopting a chain: a till that was enrolled anew over its ledger answers for the rows of its earlier enrolments too.

`POST /api/chains`. The ledger is shown to be the one by the hash of a row that the server has stored; which row, the
server says in its first answer. Asked again, the same answer comes again. From then on `POST /api/facts` takes that
chain's rows from the till that adopted it.
"""

from typing import Annotated

from pydantic import Field

from merchant_app.wire.facts import Seq
from merchant_app.wire.shape import Id, Wire

RowHash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]

FINAL_REFUSALS = ("unknown_chain", "other_outlet", "not_this_ledger")
"""Codes of refusals that asking again does not change: these rows stay where they are."""


class ShownRow(Wire):
    """A row's number and hash, as the ledger has them."""

    seq: Seq
    hash: RowHash


class AdoptRequest(Wire):
    """`head_seq` and `head_hash`: where the chain ends in the ledger; it never grows again."""

    chain_id: Id
    head_seq: Seq
    head_hash: RowHash
    shown: ShownRow | None = None


class AdoptAnswer(Wire):
    """`show_seq`: the row to show first; None: the chain is adopted, and rows up to `stored_to` are stored."""

    show_seq: int | None = None
    stored_to: int = 0
