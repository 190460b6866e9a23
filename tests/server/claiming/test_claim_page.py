"""The page of a claim link: what a person sees and presses, in both languages, without a line of script."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import requests

from merchant_app.domain.coupon_number import grouped
from merchant_app.server.db.claim_links import KeptLink
from merchant_app.server.services.claiming.asking import wallet_of
from merchant_app.server.services.claiming.links import close_link
from merchant_app.server.services.claiming.showing import claims_in
from merchant_app.server.wallet.keeping import WALLET_COOKIE
from tests.server.claiming.wallets import CLOSES, OPENS, RUSH, all_at_once, assert_counts_are_rows, rush
from tests.server.conftest import House
from tests.server.documents import offer


@pytest.fixture
def phone() -> Iterator[requests.Session]:
    """A browser that keeps its cookies and reads English."""
    with requests.Session() as session:
        session.headers["Accept-Language"] = "en"
        yield session


def look(phone: requests.Session, house: House, link: KeptLink, query: str = "") -> str:
    house.clock.forward(seconds=1)
    answer = phone.get(f"{house.url}/c/{link.link_id}{query}", timeout=60)
    assert answer.status_code == 200, answer.text
    return answer.text


def forms(text: str) -> list[dict[str, str]]:
    """What each button of a page would send."""
    filled = [
        re.findall(r'name="(\w+)" value="([^"]*)"', form) for form in re.findall(r"<form.*?</form>", text, re.DOTALL)
    ]
    return [dict(each) for each in filled]


def press(phone: requests.Session, house: House, link: KeptLink, form: dict[str, str]) -> requests.Response:
    return phone.post(f"{house.url}/c/{link.link_id}", data=form, timeout=60)


def numbers(text: str) -> list[str]:
    return re.findall(r'class="number">([\d ]+)<', text)


def test_a_press_gives_a_coupon_and_shows_its_number(house: House, phone: requests.Session) -> None:
    link = rush(house, stock=5)
    (form,) = forms(look(phone, house, link))
    answer = press(phone, house, link, form)
    assert answer.status_code == 200, "it leads on to the page with the coupon"
    assert answer.url.endswith(f"?claim={form['claim_id']}")
    (claim,) = claims_in(house.central, RUSH, wallet_of(phone.cookies[WALLET_COOKIE]))  # type: ignore[arg-type]
    assert numbers(answer.text) == [grouped(claim.coupon_number)]
    assert "It is yours" in answer.text
    text = look(phone, house, link)
    assert numbers(text) == [grouped(claim.coupon_number)]
    assert "It is yours" not in text
    assert "4 left" in text
    assert forms(text) == [], "one is all that one may have"


def test_pressed_twice_or_ten_times_at_once_it_is_one_coupon(house: House, phone: requests.Session) -> None:
    link = rush(house, offers=[offer()])
    (form,) = forms(look(phone, house, link))
    answers = all_at_once(10, lambda _: press(phone, house, link, form))
    assert {answer.status_code for answer in answers} == {200}
    assert len({tuple(numbers(answer.text)) for answer in answers}) == 1
    assert assert_counts_are_rows(house.central) == 1


def test_before_it_opens_the_page_says_how_long_and_comes_back_by_itself(house: House, phone: requests.Session) -> None:
    opens = house.clock.at + timedelta(minutes=5)
    link = rush(house, rounds=[{"opens_at": opens.isoformat(), "closes_at": CLOSES, "stock": {"0": 5}}])
    text = look(phone, house, link)
    assert "Opens in 5 min" in text
    assert 'http-equiv="refresh" content="60"' in text
    assert forms(text) == []
    house.clock.at = opens - timedelta(seconds=10)
    assert 'http-equiv="refresh" content="10"' in look(phone, house, link)
    house.clock.at = opens
    text = look(phone, house, link)
    assert len(forms(text)) == 1
    assert "refresh" not in text


def test_a_refusal_is_one_clear_sentence_and_its_button_stays_the_same_claim(
    house: House, phone: requests.Session
) -> None:
    link = rush(house, stock=5, offers=[offer(per_holder={"claims_per_day": 1})])
    (form,) = forms(look(phone, house, link))
    press(phone, house, link, form)
    (second,) = forms(look(phone, house, link))
    answer = press(phone, house, link, second)
    assert answer.status_code == 409
    assert "That is all for today" in answer.text
    assert forms(answer.text) == [second]


def test_a_phone_without_cookies_is_told_so_and_gets_nothing(house: House, phone: requests.Session) -> None:
    link = rush(house)
    (form,) = forms(look(phone, house, link))
    phone.cookies.clear()
    answer = press(phone, house, link, form)
    assert answer.status_code == 401
    assert "cookies" in answer.text
    assert assert_counts_are_rows(house.central) == 0


@pytest.mark.parametrize("path", ["nothing", "x" * 18, "%00", "a/b", "pictures/none", f"pictures/{'0' * 64}"])
def test_a_link_that_is_not_there_has_a_page_that_says_so(house: House, phone: requests.Session, path: str) -> None:
    answer = phone.get(f"{house.url}/c/{path}", timeout=60)
    assert answer.status_code in (404, 422)
    assert "<h1>" not in answer.text
    assert 'class="answer bad"' in answer.text


def test_a_form_of_the_wrong_kind_is_refused(house: House, phone: requests.Session) -> None:
    link = rush(house)
    look(phone, house, link)
    wrong: list[dict[str, str]] = [
        {}, {"claim_id": "", "offer_index": "0"}, {"claim_id": "a b", "offer_index": "0"},
        {"claim_id": "1", "offer_index": "-1"}, {"claim_id": "1", "offer_index": "all"},
    ]  # fmt: skip
    assert {press(phone, house, link, form).status_code for form in wrong} == {422}
    assert press(phone, house, link, {"claim_id": "1", "offer_index": "7"}).status_code == 409
    assert assert_counts_are_rows(house.central) == 0


def test_a_closed_link_says_so_and_still_shows_what_was_claimed_by_it(house: House, phone: requests.Session) -> None:
    link = rush(house)
    (form,) = forms(look(phone, house, link))
    press(phone, house, link, form)
    close_link(house.central, link.link_id)
    text = look(phone, house, link)
    assert "closed by the organiser" in text
    assert len(numbers(text)) == 1
    assert forms(text) == []


def test_the_page_speaks_the_readers_language_and_remembers_which(house: House, phone: requests.Session) -> None:
    link = rush(house)
    assert 'lang="en"' in look(phone, house, link)
    chinese = look(phone, house, link, "?lang=zh")
    assert '<html lang="zh-CN">' in chinese
    assert "满100减20" in chinese
    assert '<html lang="zh-CN">' in look(phone, house, link)


def test_what_the_campaign_says_is_text_and_the_page_runs_and_loads_nothing_else(
    house: House, phone: requests.Session
) -> None:
    title = {"zh": "<script>alert(1)</script>", "en": "<b>20</b> & more"}
    link = rush(
        house, offers=[offer(title=title)], rounds=[{"opens_at": OPENS, "closes_at": CLOSES, "stock": {"0": 1}}]
    )
    answer = phone.get(f"{house.url}/c/{link.link_id}", timeout=60)
    assert "&lt;b&gt;20&lt;/b&gt; &amp; more" in answer.text
    assert "<script" not in look(phone, house, link, "?lang=zh")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["Cache-Control"] == "no-store"
    cookie = answer.headers["Set-Cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
