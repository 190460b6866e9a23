"""Versions that only grow: what is published under a name has a higher one whenever it stands for something new."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from merchant_app.server.db.published import Published, put_published, version_of


def publish(
    connection: Connection,
    name: str,
    fingerprint: str,
    content_of: Callable[[int], bytes],
    now: datetime,
    *,
    made_after: int | None = None,
) -> Published:
    """What is published under `name`: with a higher version where it is another thing than before.

    Numbers go with the time, so that what a server publishes that was restored from a backup is higher than what it has
    forgotten; as is whatever it finds at its start (`backing_up.note_start`).
    `made_after`: the same version is made anew where nothing has changed.
    """
    kept = version_of(connection, name)
    if kept is not None and kept.fingerprint == fingerprint and made_after is None:
        return kept
    version, by_time = 0 if kept is None else kept.version, int(now.timestamp())
    if kept is None or kept.fingerprint != fingerprint:
        version = max(version + 1, by_time)
    new = Published(version, fingerprint, content_of(version), now, made_after or 0)
    put_published(connection, name, new)
    return new
