"""What operators did: written in the transaction that does it, read newest first, never changed."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from merchant_app.domain.kinds import OperatorId
from merchant_app.server.db.tables import deeds, operators


@dataclass(frozen=True, slots=True)
class KeptDeed:
    deed_id: int
    at: datetime
    operator: str | None
    """The operator's name; None: somebody at the server's own command line."""
    what: str
    subject: str
    details: dict[str, Any]


def add_deed(
    connection: Connection, at: datetime, operator_id: OperatorId | None, what: str, subject: str, details: str
) -> None:
    values = {"at": at, "operator_id": operator_id, "what": what, "subject": subject, "details": details}
    connection.execute(insert(deeds).values(values))


def deeds_before(
    connection: Connection, *, before: int | None, count: int, operator_id: str | None = None, what: str | None = None
) -> list[KeptDeed]:
    """At most `count` deeds older than the one of this number (None: the newest), of one operator or kind or of all."""
    columns = (deeds.c.deed_id, deeds.c.at, operators.c.name, deeds.c.what, deeds.c.subject, deeds.c.details)
    who = deeds.outerjoin(operators, operators.c.operator_id == deeds.c.operator_id)
    found = select(*columns).select_from(who).order_by(deeds.c.deed_id.desc()).limit(count)
    if before is not None:
        found = found.where(deeds.c.deed_id < before)
    if operator_id is not None:
        found = found.where(deeds.c.operator_id == operator_id)
    if what is not None:
        found = found.where(deeds.c.what == what)
    return [KeptDeed(*row[:-1], details=json.loads(row.details)) for row in connection.execute(found)]
