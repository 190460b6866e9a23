"""A coupon looked up in the console, revoked, and set free at the campaign's risk."""

from sqlalchemy import select

from merchant_app.server.db import tables
from tests.server.conftest import House
from tests.server.console.chromium import picture
from tests.server.console.conftest import OpenPage
from tests.server.console.visitor import Visitor
from tests.server.disputes.opened import a_double
from tests.server.documents import CAMPAIGN_ID

HERE = "/console/coupons"


def deeds(house: House) -> list[str]:
    with house.central.database.reading() as connection:
        return list(connection.scalars(select(tables.deeds.c.what).order_by(tables.deeds.c.deed_id)))


def test_it_is_found_by_its_number_its_code_and_its_serial(house: House, operator: Visitor) -> None:
    (coupon,) = house.coupons(outlet_id=4201, channel="short_video")
    for text in (coupon.coupon_number, coupon.code, f"{CAMPAIGN_ID}/{coupon.serial}"):
        assert operator.get(HERE, params={"coupon": text}).status_code == 200
        assert "Issued for Hot pot, channel short_video" in operator.said
    for text in ("0000000000000000", "5/5", "=1+1", "9" * 300):
        assert operator.get(HERE, params={"coupon": text}).status_code == 404
        assert "There is no such coupon." in operator.said
    assert operator.get(HERE).status_code == 200


def test_it_is_revoked_and_set_free_and_both_are_noted(house: House, operator: Visitor) -> None:
    (coupon,) = house.coupons(outlet_id=4201)
    path = f"{HERE}/{CAMPAIGN_ID}/{coupon.serial}"
    operator.get(HERE)
    operator.post(f"{path}/free")
    assert "Set free, at the campaign's risk" in operator.said
    operator.post(f"{path}/revoked")
    assert "Revoked for good" in operator.said
    assert deeds(house)[-2:] == ["coupon_set_free", "coupon_withdrawn"]
    assert house.till().ask(str(coupon.code)).refused[0].reasons[0]["code"] == "revoked"
    assert operator.post(f"{HERE}/5/5/revoked").status_code == 404
    assert operator.post(f"{HERE}/5/5/free").status_code == 404


def test_a_coupon_in_a_real_browser(house: House, operator: Visitor, open_page: OpenPage) -> None:
    a_double(house, house.till(), house.till(4202))
    dispute = open_page(operator, "/console/disputes")
    dispute.get_by_role("link", name="Used already").click()
    dispute.get_by_role("link", name="Look the coupon up").click()
    dispute.get_by_role("heading", name="20 off 100").wait_for()
    picture(dispute, "coupon")
    dispute.get_by_text("Revoke it", exact=True).click()
    dispute.get_by_role("button", name="Yes, revoke it").click()
    dispute.get_by_text("The coupon is revoked.").wait_for()
    picture(open_page(operator, dispute.url.partition(operator.url)[2], language="zh", dark=True), "coupon-zh-dark")
