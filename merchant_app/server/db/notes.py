"""Small things the server remembers: settings, wrong guesses, and how often what tills judge by has changed."""

from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from merchant_app.server.db.tables import guesses, settings

_CHANGES = "catalogue_changes"


def setting(connection: Connection, name: str) -> str | None:
    return connection.scalar(select(settings.c.value).where(settings.c.name == name))


def put_setting(connection: Connection, name: str, value: str) -> None:
    connection.execute(delete(settings).where(settings.c.name == name))
    connection.execute(insert(settings).values(name=name, value=value))


def changes(connection: Connection, outlet_id: int | None = None) -> int:
    """How often anything changed that catalogues are made of: every outlet's; or this one's, its own things included.

    Both counts only grow, so their sum stands still exactly where nothing has changed.
    """
    names = [_CHANGES] if outlet_id is None else [_CHANGES, _changes_at(outlet_id)]
    return sum(map(int, connection.scalars(select(settings.c.value).where(settings.c.name.in_(names)))))


def note_change(connection: Connection, outlet_id: int | None = None) -> None:
    """Called by whoever writes outlets, participation, campaigns, keys or revocations; with `outlet_id` where only that
    outlet's tills have to know: its staff, a withdrawal there."""
    name = _CHANGES if outlet_id is None else _changes_at(outlet_id)
    put_setting(connection, name, str(int(setting(connection, name) or 0) + 1))


def _changes_at(outlet_id: int) -> str:
    return f"{_CHANGES} at {outlet_id}"


def guesses_since(connection: Connection, topic: str, since: datetime) -> tuple[int, datetime | None]:
    """How many wrong guesses at `topic` there were after `since`, and the oldest of them."""
    recent = (guesses.c.topic == topic) & (guesses.c.guessed_at > since)
    count, oldest = connection.execute(select(func.count(), func.min(guesses.c.guessed_at)).where(recent)).one()
    return count, oldest


def add_guess(connection: Connection, topic: str, now: datetime) -> None:
    connection.execute(insert(guesses).values(topic=topic, guessed_at=now))


def forget_guesses(connection: Connection, before: datetime) -> None:
    connection.execute(delete(guesses).where(guesses.c.guessed_at < before))


def forget_guess(connection: Connection, topic: str, guessed_at: datetime) -> None:
    """One that was right after all."""
    connection.execute(delete(guesses).where(guesses.c.topic == topic, guesses.c.guessed_at == guessed_at))


def forget_topic(connection: Connection, topic: str) -> None:
    """The guesses at `topic` count no more: the last one was right."""
    connection.execute(delete(guesses).where(guesses.c.topic == topic))
