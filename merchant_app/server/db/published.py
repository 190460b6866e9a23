"""Keeps what was published: the bytes that every process of the server gives, with their versions."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from merchant_app.server.db.tables import published


@dataclass(frozen=True, slots=True)
class Published:
    """`fingerprint` stands for the content; `made_after` changes of the database (`notes`) it was made."""

    version: int
    fingerprint: str
    content: bytes
    made_at: datetime
    made_after: int = 0

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.content).hexdigest()[:32]}"'


def published_as(connection: Connection, name: str) -> Published | None:
    columns = [published.c[each] for each in Published.__slots__]
    row = connection.execute(select(*columns).where(published.c.name == name)).one_or_none()
    return None if row is None else Published(*row)


def put_published(connection: Connection, name: str, new: Published) -> None:
    connection.execute(delete(published).where(published.c.name == name))
    values = {each: getattr(new, each) for each in Published.__slots__}
    connection.execute(insert(published).values(name=name, **values))
