"""Signing in and out: links good once, wrong passwords that make one wait, sessions that end when they should."""

import pytest

from merchant_app.server.services.operators.accounts import operators_known
from merchant_app.server.services.operators.links import first_link, link_url, make_link
from tests.server.conftest import House
from tests.server.console.visitor import NAME, PASSWORD, Visitor, operator_of

WRONG = "not this one at all"


def test_the_first_link_makes_the_first_operator_once(house: House, stranger: Visitor) -> None:
    first, second = first_link(house.central), first_link(house.central)
    assert first is not None
    assert second is not None
    assert stranger.get(link_url("", first)).status_code == 410
    path = link_url("", second)
    stranger.get(path)
    assert stranger.post(path, name="", password=PASSWORD, repeated=PASSWORD).status_code == 422
    assert stranger.post(path, name=NAME, password="short", repeated="short").status_code == 422
    assert stranger.post(path, name=NAME, password=PASSWORD, repeated=WRONG).status_code == 422
    assert stranger.post(path, name=NAME, password=PASSWORD, repeated=PASSWORD).url.endswith("/console/")
    assert stranger.post(path, name="Other", password=PASSWORD, repeated=PASSWORD).status_code == 410
    assert first_link(house.central) is None


def test_a_link_is_good_for_a_day(house: House, stranger: Visitor) -> None:
    path = link_url("", first_link(house.central) or "")
    house.clock.forward(hours=24)
    assert stranger.get(path).status_code == 410
    assert stranger.post(path, name=NAME, password=PASSWORD, repeated=PASSWORD).status_code == 410
    assert operators_known(house.central) == []


def test_a_link_for_a_forgotten_password_ends_every_session(house: House, operator: Visitor, stranger: Visitor) -> None:
    path = link_url("", make_link(house.central, NAME, by=None) or "")
    assert stranger.post(path, password="a new one for today", repeated="a new one for today").url.endswith("/console/")
    assert operator.get("/console/").url.startswith(f"{house.url}/console/sign-in")
    assert operator.sign_in(password="a new one for today").status_code == 200


def test_knowing_one_password_makes_no_guesses_at_others_free(
    house: House, operator: Visitor, stranger: Visitor
) -> None:
    stranger.get("/console/sign-in")
    for number in range(30):
        house.clock.forward(seconds=1)
        stranger.sign_in(f"Somebody {number}", "a wrong password")
        if number == 15:
            house.clock.forward(seconds=1)
            operator.get("/console/sign-in")
            operator.sign_in()
    house.clock.forward(seconds=1)
    assert "Too many wrong passwords" in _said_after(stranger)


def _said_after(stranger: Visitor) -> str:
    stranger.sign_in("Somebody else", "a wrong password")
    return stranger.said


def test_wrong_passwords_make_one_wait_also_with_the_right_one(house: House, operator: Visitor) -> None:
    guesser = Visitor(house.url)
    for _ in range(10):
        assert guesser.sign_in(password=WRONG).status_code == 403
    answer = guesser.sign_in()
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) == 600
    assert "Try again in 10 min" in guesser.said
    assert operator.get("/console/").status_code == 200
    house.clock.forward(minutes=10)
    assert guesser.sign_in().url.endswith("/console/")
    guesser.close()


def test_names_are_counted_alike_whether_there_is_one_or_not(house: House, operator: Visitor) -> None:
    guesser = Visitor(house.url)
    said = set()
    for name in (NAME, "nobody of this name"):
        for _ in range(10):
            guesser.sign_in(name=name, password=WRONG)
            said.add(guesser.said.replace(name, "NAME"))
        assert guesser.sign_in(name=name, password=WRONG).status_code == 429
    assert len(said) == 1
    guesser.close()


def test_one_address_cannot_try_many_names(house: House, operator: Visitor) -> None:
    guesser = Visitor(house.url)
    answers = [guesser.sign_in(name=f"name {number}", password=WRONG).status_code for number in range(31)]
    assert answers == [403] * 30 + [429]
    guesser.close()


def test_a_session_ends_when_idle_and_is_kept_by_whoever_works(house: House, operator: Visitor) -> None:
    for _ in range(3):
        house.clock.forward(hours=11)
        assert operator.get("/console/").url.endswith("/console/")
    house.clock.forward(hours=11)
    assert operator.get("/console/today", headers={"HX-Request": "true"}).status_code == 200
    house.clock.forward(hours=1)
    answer = operator.get("/console/today", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/console/sign-in")
    answer = operator.get("/console/operators?page=2")
    assert answer.url.endswith("/console/sign-in?to=%2Fconsole%2Foperators%3Fpage%3D2")
    answer = operator.post("/console/sign-in", name=NAME, password=PASSWORD, to="/console/operators?page=2")
    assert answer.url.endswith("/console/operators?page=2")


def test_no_session_lasts_longer_than_a_week(house: House, operator: Visitor) -> None:
    for _ in range(14):
        house.clock.forward(hours=11)
        assert operator.get("/console/").url.endswith("/console/")
    for _ in range(2):
        house.clock.forward(hours=11)
        answer = operator.get("/console/")
    assert "/console/sign-in" in answer.url


def test_signing_in_gives_a_new_cookie_and_signing_out_ends_it(house: House, operator: Visitor) -> None:
    before = operator.session.cookies["merchant_app_session"]
    operator.sign_in()
    after = operator.session.cookies["merchant_app_session"]
    assert before != after
    operator.post("/console/sign-out")
    assert "merchant_app_session" not in operator.session.cookies
    operator.session.cookies.set("merchant_app_session", after, path="/console")
    assert "/console/sign-in" in operator.get("/console/").url


def test_changing_the_password_signs_out_everywhere_else(house: House, operator: Visitor) -> None:
    elsewhere = Visitor(house.url)
    elsewhere.sign_in()
    fields = {"old": PASSWORD, "password": "a new one for today", "repeated": "a new one for today"}
    assert operator.post("/console/operators/password", **{**fields, "old": WRONG}).status_code == 422
    assert operator.post("/console/operators/password", **fields).url.endswith("/console/")
    assert "Your password is changed" in operator.said
    assert "/console/sign-in" in elsewhere.get("/console/").url
    elsewhere.close()


def test_a_disabled_operator_is_out_at_once_until_let_in_again(house: House, operator: Visitor) -> None:
    second = operator_of(house, "Li Wei", "another horse, another bridge")
    (mine, other) = [each.operator_id for each in operators_known(house.central)]
    operator.post(f"/console/operators/{mine}/disable")
    assert "Nobody can disable themselves" in operator.said
    operator.post(f"/console/operators/{other}/disable")
    assert "/console/sign-in" in second.get("/console/").url
    assert second.sign_in("Li Wei", "another horse, another bridge").status_code == 403
    assert "has been disabled" in second.said
    operator.post(f"/console/operators/{other}/enable")
    assert second.sign_in("Li Wei", "another horse, another bridge").status_code == 200
    second.close()


@pytest.mark.parametrize("name", [NAME.upper(), f"  {NAME} ", NAME.replace("C", "Ｃ")])
def test_a_name_that_looks_the_same_is_the_same(house: House, operator: Visitor, name: str) -> None:
    assert operator.sign_in(name).status_code == 200
    visitor = Visitor(house.url)
    path = link_url("", make_link(house.central, None, by=None) or "")
    assert visitor.post(path, name=name, password=PASSWORD, repeated=PASSWORD).status_code == 422
    assert "Another operator has this name" in visitor.said
    visitor.close()
