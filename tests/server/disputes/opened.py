"""Disputes of each kind, opened the way they come about, and what stands of a redemption afterwards."""

from typing import Any

from sqlalchemy import select

from merchant_app.domain.disputes import Outcome
from merchant_app.server.db.disputes import KeptDispute
from merchant_app.server.db.redemptions import by_ids
from merchant_app.server.db.tables import disputes
from merchant_app.server.services.resolving import NotResolved, resolve
from merchant_app.wire.events import Event, EventKind
from tests.server.conftest import House
from tests.server.till_client import TillClient

BY = "HQ Wang"


def a_double(house: House, first: TillClient, second: TillClient) -> tuple[str, str, str]:
    """Two offline redemptions of one coupon: both redemption ids, and the dispute of the second."""
    code = house.code()
    one, two = first.redeem(code, house.clock.at), second.redeem(code, house.clock.at)
    first.push([one])
    dispute_id = second.push([two]).answers[0].dispute_id
    assert dispute_id is not None
    return one.fact_id, two.fact_id, dispute_id


def decide(house: House, dispute_id: str, outcome: Outcome, note: str = "looked at both") -> KeptDispute:
    done = resolve(house.central, dispute_id, outcome, note=note, by=BY)
    assert not isinstance(done, NotResolved), done
    return done


def stands(house: House, redemption_id: str) -> tuple[str, str | None]:
    """A redemption's standing, and who pays for it."""
    with house.central.database.reading() as connection:
        (kept,) = by_ids(connection, [redemption_id])
    return kept.standing.value, kept.payer


def only_dispute(house: House) -> Any:
    with house.central.database.reading() as connection:
        return connection.execute(select(disputes)).one()


def news_of(till: TillClient, redemption_id: str) -> list[Event]:
    """What the till was told of how its redemption stands."""
    events = till.events().events
    return [each for each in events if each.kind is EventKind.STANDING and each.redemption_id == redemption_id]
