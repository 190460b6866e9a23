"""Outlets in the console: found, imported with a preview, opted in and out, closed and opened again, staffed."""

import pytest

from merchant_app.domain.kinds import CampaignId
from merchant_app.server.db.outlets import staff_of
from merchant_app.server.services.outlet_import import import_outlets
from merchant_app.server.services.participation import part_of
from tests.server.conftest import House
from tests.server.console.chromium import PHONE, picture
from tests.server.console.conftest import OpenPage
from tests.server.console.visitor import Visitor
from tests.server.documents import CAMPAIGN_ID, OUTLETS

MANY = OUTLETS.splitlines()[0] + ",merchant_id,merchant_zh,merchant_en\n"
MANY += "".join(
    f"{5000 + n},渝舟第{n}店,Yuzhou No {n},jiangbei,hotel/resort,29.58,{106.5 + n / 5000:.4f},10:00-22:00,路{n}号,"
    f"{n} Bridge Road,7,渝舟,Yuzhou\n"
    for n in range(120)
)


def send_table(operator: Visitor, content: bytes, name: str = "outlets.csv") -> str:
    operator.get("/console/outlets/import")
    operator.post("/console/outlets/import", files={"table": (name, content, "text/csv")})
    return operator.said


@pytest.fixture
def many(house: House) -> House:
    import_outlets(house.central, MANY)
    return house


def test_outlets_are_found_by_all_that_they_are(many: House, operator: Visitor) -> None:
    operator.get("/console/outlets")
    assert "124 outlets found" in operator.said
    assert "1–50 of 124" in operator.said
    for query, count in (
        ("words=noodles", 1),
        ("words=路1号", 1),
        ("words=500", 10),
        ("district=yuzhong", 1),
        ("category=hotel", 120),
        ("category=catering/foods&district=jiangbei", 3),
        ("merchant=7", 120),
        (f"campaign={CAMPAIGN_ID}", 123),
        ("standing=closed", 0),
        ("words=%25", 0),
    ):
        operator.get(f"/console/outlets?{query}")
        expected = "1 outlet found" if count == 1 else f"{count} outlets found"
        assert expected in operator.said, query
    operator.get("/console/outlets?category=hotel&page=3")
    assert "101–120 of 120" in operator.said


@pytest.mark.parametrize("query", ["page=0", "page=x", "words=" + "x" * 300])
def test_a_query_that_is_none_is_a_page_that_says_so(operator: Visitor, query: str) -> None:
    assert operator.get(f"/console/outlets?{query}").status_code == 422
    assert operator.get("/console/outlets/99999999999999999999").status_code in (404, 422)
    assert operator.get("/console/outlets/77").status_code == 404


def test_a_table_is_shown_before_it_is_taken(house: House, operator: Visitor) -> None:
    bad = MANY + "5999,,No name,jiangbei,hotel/resort,,,,,,,,\n"
    said = send_table(operator, bad.encode())
    assert "Take 120 outlets" in said
    assert "122 name_zh Expected: something." in said
    with house.central.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM outlets").scalar() == 4
    packed = operator.last.text.split('name="packed" value="')[1].split('"')[0]
    operator.post("/console/outlets/import/take", packed=packed)
    assert "Lines left out" in operator.said
    operator.get("/console/outlets?merchant=7")
    assert "120 outlets found" in operator.said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("店".encode("gbk") * 30, "looks like GBK"),
        (b"PK\x03\x04\x00", "not a spreadsheet"),
        (b"", "these columns"),
        (b"a,b\n1,2\n", "these columns"),
    ],
)
def test_a_file_that_is_no_table_of_outlets_is_a_sentence(operator: Visitor, content: bytes, said: str) -> None:
    assert said in send_table(operator, content)


@pytest.mark.parametrize("packed", ["", "x", "eJwDAAAAAAE=", "%%%", "店"])
def test_what_was_not_shown_is_not_taken(operator: Visitor, packed: str) -> None:
    operator.get("/console/outlets/import")
    assert operator.post("/console/outlets/import/take", packed=packed).status_code == 422


def test_outlets_opt_in_and_out_by_district_table_and_number(many: House, operator: Visitor) -> None:
    here = f"/console/outlets/opting/{CAMPAIGN_ID}"
    operator.get("/console/outlets/opting")
    operator.post(f"{here}/by", by_opt_in="yes")
    assert "By opting in" in operator.said
    operator.post(here, category="hotel", way="out")
    assert "120 outlets changed" in operator.said
    operator.post(here, outlets="5000, 5001 4301", way="in")
    assert "2 outlets changed." in operator.said
    assert "4301 This outlet is not in the campaign's scope." in operator.said
    operator.post(here, way="in", files={"table": ("ids.csv", b"outlet_id\n5002\n", "text/csv")})
    part = part_of(many.central, CampaignId(CAMPAIGN_ID))
    assert part is not None
    assert part.outlet_ids == {4201, 4202, 4203, 5000, 5001, 5002}
    assert operator.post(here, way="in").status_code == 422


def test_an_outlet_that_paper_names_says_until_when(house: House, operator: Visitor) -> None:
    operator.get("/console/outlets/4201")
    operator.post(f"/console/outlets/opting/{CAMPAIGN_ID}/by", by_opt_in="yes")
    house.coupons(outlet_id=4201, on_paper=True)
    operator.post(f"/console/outlets/opting/{CAMPAIGN_ID}", outlets="4201", way="out", back="4201")
    assert "Coupons on paper name this outlet; the last of them ends 19 July at midnight." in operator.said


def test_an_outlet_closes_and_opens_again(house: House, operator: Visitor) -> None:
    operator.get("/console/outlets/4201")
    operator.post("/console/outlets/4201/close")
    assert "Closed" in operator.said
    operator.get("/console/tills/invite")
    assert operator.post("/console/tills/invite", outlet="4201").status_code == 422
    operator.post("/console/outlets/4201/reopen")
    assert "Open again." in operator.said


def test_the_first_manager_comes_with_a_pin(house: House, operator: Visitor) -> None:
    operator.get("/console/outlets/4201")
    assert "Add the first manager" in operator.said
    for wrong in ({"pin": "12"}, {"pin": ""}, {"name": ""}):
        fields = {"name": "李丽", "role": "manager", "pin": "1234", **wrong}
        assert operator.post("/console/outlets/4201/staff", **fields).status_code == 422
    operator.post("/console/outlets/4201/staff", name="李丽", role="manager", pin="1234")
    assert "李丽 has the number 4201-01." in operator.said
    with house.central.database.reading() as connection:
        (member,) = staff_of(connection, 4201)
    assert (member.name, member.role) == ("李丽", "manager")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_pictures_of_its_pages(many: House, operator: Visitor, open_page: OpenPage, language: str) -> None:
    operator.get("/console/outlets/opting")
    operator.post(f"/console/outlets/opting/{CAMPAIGN_ID}/by", by_opt_in="yes")
    operator.post("/console/outlets/4201/staff", name="李丽", role="manager", pin="1234")
    many.till()
    send_table(operator, (MANY + "5999,,No name,jiangbei,hotel/resort,,,,,,,,\n").encode())
    for name in ("outlets", "outlets/4201", "outlets/import", "outlets/opting"):
        page = open_page(operator, f"/console/{name}", language=language)
        assert page.locator("h1").count() == 1
        picture(page, f"{name.replace('/', '-')}-{language}")
    page.goto("/console/outlets/import")
    table = {"name": "o.csv", "mimeType": "text/csv", "buffer": (MANY + "5999,,x,jiangbei,hotel/resort\n").encode()}
    page.set_input_files("input[type=file]", files=[table])  # type: ignore[list-item]
    page.locator("button.main").click()
    page.locator(".figures").wait_for()
    picture(page, f"outlets-import-report-{language}")
    phone = open_page(operator, "/console/outlets", language=language, dark=True, size=PHONE)
    picture(phone, f"outlets-phone-{language}")
