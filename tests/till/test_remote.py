"""Answers that are not the server's, or not whole, or late: each is named, none is believed."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from nacl.signing import SigningKey

from merchant_app.errors import NotTheServerError, RequestRefusedError, ServerBusyError, UnreachableError
from merchant_app.till.remote import Identity, Remote
from merchant_app.wire.catalogue import Keys, ServingKey
from merchant_app.wire.enrolment import is_plain_address, is_safe_address
from merchant_app.wire.redeeming import AskedCoupon, RedeemRequest
from tests.till.false_server import Answer, FalseServer
from tests.till.made_till import NOON, ROOT_KEY, SERVING_KEY

EVENTS = json.dumps({"events": [], "cursor": 3, "more": False}).encode()


@pytest.fixture
def server() -> Iterator[FalseServer]:
    with FalseServer() as running:
        yield running


@pytest.fixture
def times() -> list[datetime]:
    return []


@pytest.fixture
def remote(server: FalseServer, times: list[datetime]) -> Remote:
    identity = Identity(server.url, "till-1", SigningKey(b"t" * 32), ROOT_KEY.verify_key)
    made = Remote(identity, new_nonce=iter(str(n) for n in range(1000)).__next__, heard=times.append)
    public_key = SERVING_KEY.verify_key.encode().hex()
    serving = ServingKey(public_key=public_key, valid_from=NOON, valid_until=NOON + timedelta(days=1))
    made.trust.take(Keys(version=1, serving_keys=[serving], issuing_keys=[]))
    return made


def test_a_signed_answer_is_believed_and_its_time_heard(
    server: FalseServer, remote: Remote, times: list[datetime]
) -> None:
    server.answer = lambda request: request.say(EVENTS)
    assert remote.events(0).cursor == 3
    assert times == [NOON]


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(lambda request: request.say(EVENTS, key=None), id="not signed"),
        pytest.param(lambda request: request.say(EVENTS, key=SigningKey(b"x" * 32)), id="another key"),
        pytest.param(lambda request: request.say(EVENTS, nonce="yesterday's"), id="an answer played again"),
        pytest.param(lambda request: request.say(b"<html>Please log in</html>", key=None), id="a login page"),
        pytest.param(lambda request: request.say(b"<html>Please log in</html>"), id="HTML, well signed"),
        pytest.param(lambda request: request.say(b'{"events": 7}'), id="another shape"),
        pytest.param(lambda request: request.say(b"no", 404), id="a refusal in a shape of its own"),
        pytest.param(lambda request: request.without_end(), id="without end"),
    ],
)
def test_what_is_not_the_servers_answer(
    server: FalseServer, remote: Remote, times: list[datetime], answer: Answer
) -> None:
    server.answer = answer
    with pytest.raises(NotTheServerError):
        remote.events(0)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(lambda request: request.say(EVENTS, length=len(EVENTS) + 10), id="half a body"),
        pytest.param(lambda request: request.say(b"{}", 500), id="a server in trouble"),
        pytest.param(lambda request: request.say(b"Bad gateway", 502, key=None), id="a proxy without its server"),
    ],
)
def test_no_usable_answer(server: FalseServer, remote: Remote, answer: Answer) -> None:
    def then_hang_up(request: object) -> None:
        answer(request)  # type: ignore[arg-type]
        request.close_connection = True  # type: ignore[attr-defined]

    server.answer = then_hang_up
    with pytest.raises(UnreachableError):
        remote.events(0)


def test_an_answer_that_trickles_is_given_up(server: FalseServer, remote: Remote) -> None:
    """Every byte comes in time, and the answer never."""
    server.answer = lambda request: request.trickle(server.stopping)
    coupon = AskedCoupon(redemption_id="id", coupon_number="1")
    with pytest.raises(UnreachableError, match="trickles"):
        remote.redeem(RedeemRequest(bill_id="bill", cashier="02", coupons=[coupon], chain_id="chain"))


@pytest.mark.parametrize("asked", ["inf", "nan", "1e300", "-5", "Wed, 21 Oct 2099 07:28:00 GMT"])
def test_patience_without_measure_is_not_given(server: FalseServer, remote: Remote, asked: str) -> None:
    """The header is not signed: whatever stands in it, the till comes back."""
    server.answer = lambda request: request.say(b"{}", 429, headers={"Retry-After": asked})
    with pytest.raises(ServerBusyError) as busy:
        remote.events(0)
    assert busy.value.retry_after is None or 0 <= busy.value.retry_after <= 3600


def test_a_server_that_asks_for_patience(server: FalseServer, remote: Remote) -> None:
    server.answer = lambda request: request.say(b"{}", 429, headers={"Retry-After": "17"})
    with pytest.raises(ServerBusyError) as busy:
        remote.events(0)
    assert busy.value.retry_after == 17


def test_a_refusal_carries_its_code(server: FalseServer, remote: Remote) -> None:
    server.answer = lambda request: request.say(b'{"code": "revoked", "detail": "by the operator"}', 403)
    with pytest.raises(RequestRefusedError) as refused:
        remote.events(0)
    assert refused.value.code == "revoked"


def test_nobody_there(remote: Remote, server: FalseServer) -> None:
    server.server_close()
    with pytest.raises(UnreachableError):
        remote.events(0)


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://coupons.example.com", True),
        ("http://127.0.0.1:8470", True),
        ("http://localhost:8470", True),
        ("http://coupons.example.com", False),
        ("http://192.168.1.20:8470", False),
        ("ftp://coupons.example.com", False),
        ("https://", False),
    ],
)
def test_plain_http_goes_to_this_machine_only(address: str, safe: bool) -> None:
    assert is_safe_address(address) is safe
    assert not (safe and is_plain_address(address))
