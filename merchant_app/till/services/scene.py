"""Setting the scene: what the ledger and the catalogue know of a coupon, as one value for `judge`."""

from datetime import datetime, timedelta

from sqlite_utils import Database

from merchant_app.domain.coupon_code import CouponCode
from merchant_app.domain.judging import Network, Scene
from merchant_app.domain.redemption import Bill, Moment
from merchant_app.till.db import catalogue, redemptions, state
from merchant_app.till.services.knowledge import Knowledge


def set_scene(
    db: Database, knowledge: Knowledge, code: CouponCode, bill: Bill, moment: Moment, network: Network
) -> Scene:
    """Read within the caller's transaction where a redemption follows, so that it stays true until it is committed."""
    key = knowledge.keys.get(code.key_index)
    hold = code.hold
    return Scene(
        now=moment.at,
        outlet=knowledge.here(),
        network=network,
        bill_fen=bill.bill_fen,
        on_bill=redemptions.on_bill(db, bill.bill_id, code.campaign_id),
        history=redemptions.history(db, code.coupon_id, None if hold is None else hold.holder_tag),
        unanswered=redemptions.unanswered(db),
        catalogue_age=catalogue_age(db, moment.at),
        catalogue_version=knowledge.version,
        neighbours=knowledge.neighbours,
        time_known=moment.floor is not None,
        key_revoked_at=None if key is None else key.revoked_at,
        revoked_at=catalogue.revoked_at(db, code.coupon_id),
        withdrawn=catalogue.withdrawn(db, code),
    )


def catalogue_age(db: Database, now: datetime) -> timedelta | None:
    """How long ago the server last said that this catalogue is its newest; None: never.

    When that was is noted by this till's clock. Of one that has expired, the age counts from its signed time instead.
    """
    as_of = state.get_time(db, state.CATALOGUE_CONFIRMED_AT)
    if has_expired(db, now):
        as_of = state.get_time(db, state.CATALOGUE_ISSUED_AT)
    return None if as_of is None else max(timedelta(0), now - as_of)


def has_expired(db: Database, now: datetime) -> bool:
    """Whether the catalogue is past the end that the server gave it. What that stops, the campaigns' limits decide."""
    expires_at = state.get_time(db, state.CATALOGUE_EXPIRES_AT)
    return expires_at is not None and now >= expires_at
