"""Keeps what was published: the bytes that every process of the server gives, with their versions."""

import hashlib
import zlib
from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from merchant_app.server.db.columns import EPOCH
from merchant_app.server.db.tables import catalogue_versions, published

_SHORT = 2000


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
    return None if row is None else replace(Published(*row), content=_unpacked(row.content))


def version_of(connection: Connection, name: str) -> Published | None:
    """The same without its content, which is not read."""
    columns = [published.c[each] for each in Published.__slots__ if each != "content"]
    row = connection.execute(select(*columns).where(published.c.name == name)).one_or_none()
    return None if row is None else Published(row.version, row.fingerprint, b"", row.made_at, row.made_after)


def put_published(connection: Connection, name: str, new: Published) -> None:
    """What is long is kept packed: three thousand outlets each have parts of their own that are much alike."""
    content = new.content if len(new.content) < _SHORT else zlib.compress(new.content, 1)
    values = {**{each: getattr(new, each) for each in Published.__slots__}, "content": content}
    here = update(published).where(published.c.name == name)
    if connection.execute(here.values(values)).rowcount == 0:
        connection.execute(insert(published).values(name=name, **values))


def note_version(connection: Connection, outlet_id: int, version: int, now: datetime) -> None:
    """When a version of an outlet's catalogue was first there: until then nobody had a newer one than that before."""
    here = (catalogue_versions.c.outlet_id == outlet_id) & (catalogue_versions.c.version == version)
    if connection.scalar(select(catalogue_versions.c.version).where(here)) is None:
        connection.execute(insert(catalogue_versions).values(outlet_id=outlet_id, version=version, made_at=now))


def replaced_at(connection: Connection, outlet_id: int, versions: Collection[int]) -> dict[int, datetime]:
    """Of these versions those that were replaced, and when the next one was there."""
    if not versions:
        return {}
    of_outlet = (catalogue_versions.c.outlet_id == outlet_id) & (catalogue_versions.c.version > min(versions))
    newer = connection.execute(select(catalogue_versions).where(of_outlet).order_by(catalogue_versions.c.version)).all()
    following = {version: bisect_right(newer, version, key=lambda row: row.version) for version in versions}
    return {version: newer[index].made_at for version, index in following.items() if index < len(newer)}


def _unpacked(content: bytes) -> bytes:
    """All that is published is JSON, which begins with a brace."""
    return content if content.startswith(b"{") else zlib.decompress(content)


def raise_versions(connection: Connection, to: int) -> None:
    """No outlet's part has a version below `to`; a snapshot, which says its own, is due to be made anew."""
    lower = (published.c.version < to) & published.c.name.like("%/%")
    connection.execute(update(published).where(lower).values(version=to, made_at=EPOCH))
