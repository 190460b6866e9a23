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


def changes(connection: Connection) -> int:
    """How often anything changed that a catalogue is made of."""
    return int(setting(connection, _CHANGES) or 0)


def note_change(connection: Connection) -> None:
    """Called by whoever writes outlets, staff, campaigns, keys, withdrawals or revocations."""
    put_setting(connection, _CHANGES, str(changes(connection) + 1))


def guesses_since(connection: Connection, topic: str, since: datetime) -> tuple[int, datetime | None]:
    """How many wrong guesses at `topic` there were after `since`, and the oldest of them."""
    recent = (guesses.c.topic == topic) & (guesses.c.guessed_at > since)
    count, oldest = connection.execute(select(func.count(), func.min(guesses.c.guessed_at)).where(recent)).one()
    return count, oldest


def add_guess(connection: Connection, topic: str, now: datetime) -> None:
    connection.execute(insert(guesses).values(topic=topic, guessed_at=now))


def forget_guesses(connection: Connection, before: datetime) -> None:
    connection.execute(delete(guesses).where(guesses.c.guessed_at < before))
