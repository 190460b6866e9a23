"""The defended clock: which time to judge by when the computer's own clock may be wrong.

The floor is the latest signed time this till has seen, carried forward by a clock that nobody can set. The wall clock
is believed while it lies between the floor and `LEAD` after it; outside of that the floor is used, the row is marked,
and the screen says how far the wall clock is off. The wall clock never raises the floor.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from merchant_app.domain.redemption import Moment, TimeFrom

LEAD = timedelta(hours=72)
TOLERANCE = timedelta(minutes=2)
"""How far a floor may lie ahead of a fresh server time before it counts as wrong: answers take time to travel."""


@dataclass(frozen=True, slots=True)
class Defended:
    """`off_by` is how far the wall clock is from the floor, where it could not be believed."""

    moment: Moment
    off_by: timedelta | None


def defend(wall: datetime, floor: datetime | None) -> Defended:
    """The time to judge by. Both are aware UTC; `floor` None: this till has never heard the time."""
    if floor is None or floor <= wall <= floor + LEAD:
        return Defended(Moment(wall, TimeFrom.WALL, floor), None)
    return Defended(Moment(floor, TimeFrom.FLOOR, floor), wall - floor)


def bounded(moment: Moment, arrived_at: datetime) -> datetime:
    """When something happened as the server takes it: not before what the till knew then, nor after it came here."""
    at = moment.at if moment.floor is None else max(moment.at, moment.floor)
    return min(at, arrived_at).astimezone(UTC)


def heard(floor: datetime | None, signed_at: datetime) -> datetime:
    """The floor after some signed time: it only rises."""
    return signed_at if floor is None else max(floor, signed_at)


def heard_fresh(floor: datetime | None, server_time: datetime, reported: datetime | None) -> datetime:
    """The floor after a time that answers this till's own nonce: a floor that was wrong is lowered too.

    Never below one that was reported: the server counts on that one.
    """
    if floor is None or server_time >= floor - TOLERANCE:
        return heard(floor, server_time)
    return server_time if reported is None else max(server_time, reported)
