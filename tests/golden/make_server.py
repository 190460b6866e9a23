"""Makes the database that a released server leaves behind: `python -m tests.golden.make_server FILE`, once a release.

It has seen everything a server can: outlets with staff, tills that came and one that was revoked, coupons on paper and
in phones, redemptions asked for and pushed, contested, voided and reversed, a withdrawal, a published catalogue. The
file is kept for ever; every later version has to bring it up to date without losing a row.
"""

import sqlite3
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from merchant_app.domain.kinds import CampaignId, OutletId, RedemptionId, TillId
from merchant_app.domain.redemption import NOT_GIVEN, Bill, Reversal, Void
from merchant_app.server.app import create_app
from merchant_app.server.running import RunningServer
from merchant_app.server.services.enrolling import revoke
from merchant_app.server.services.outlet_import import import_outlets
from merchant_app.server.services.outlets import add_staff
from merchant_app.server.services.withdrawing import revoke_coupon
from merchant_app.server.settings import Settings
from tests.server.conftest import Clock, House
from tests.server.documents import CAMPAIGN_ID, OUTLETS
from tests.server.till_client import TillClient, moment


def main(path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock()
        with RunningServer(create_app(Settings(Path(folder)), now=clock)) as running:
            house = House(running, clock)
            import_outlets(house.central, OUTLETS)
            house.campaign()
            _live(house)
            for till in house.tills:
                till.session.close()
        with sqlite3.connect(Path(folder) / "server.db") as connection:
            connection.execute("VACUUM INTO ?", (str(path),))


def _live(house: House) -> None:
    one, other, gone = house.till(), house.till(4202), house.till(4203)
    add_staff(house.central, OutletId(4201), "Li", "manager", "1234")
    for till in (one, other):
        till.snapshot()
    asked_for, pushed, twice = house.code(), house.code(), house.code()
    confirmed = one.ask(asked_for).confirmed[0]
    one.redeem(asked_for, house.clock.at, redemption_id=RedemptionId(confirmed.redemption_id))
    sold = one.redeem(pushed, house.clock.at)
    one.redeem(twice, house.clock.at, bill=Bill("a bill", None))
    other.redeem(twice, house.clock.at)
    one.push()
    other.push()
    _undo(house, one, sold.fact_id)
    phone = house.coupons(on_paper=False)[0]
    other.ask(house.hold(phone, 4202))
    house.hold(house.coupons()[0], holder=8)
    assert revoke_coupon(house.central, CampaignId(CAMPAIGN_ID), house.coupons()[0].serial)
    assert revoke(house.central, TillId(gone.till_id))
    gone.redeem(house.code(), house.clock.at)
    gone.push()


def _undo(house: House, till: TillClient, sold: str) -> None:
    house.clock.at += timedelta(minutes=1)
    at = house.clock.at
    till.write(sold, Void(RedemptionId(sold), "01", "manager", "typed wrong", moment(at)))
    till.intend(house.code(), at, RedemptionId("0190" + "f" * 28))
    till.write("0190" + "f" * 28, Reversal(RedemptionId("0190" + "f" * 28), NOT_GIVEN, moment(at)))
    till.push()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
