"""Bodies of every wrong kind: each is refused with a code, none is a failure of the server, nothing is half written."""

import gzip
import json
import socket
from typing import Any

import pytest
import requests
from sqlalchemy import func, select

from merchant_app.domain.chain import FIRST_LINK, link
from merchant_app.server.app import create_app
from merchant_app.server.db.tables import redemptions, rows
from merchant_app.server.running import Front, RunningServer
from merchant_app.server.settings import Settings
from merchant_app.wire.refusal import Refusal, RefusalCode
from tests.server.conftest import Clock, House
from tests.server.till_client import TillClient

HASH = "0" * 64
REPORT = {"floor": None, "head_seq": 0, "head_hash": HASH}

BODIES: dict[str, bytes] = {
    "nothing": b"",
    "half": b'{"chain_id": "',
    "html": b"<html>sign in</html>",
    "a number": b"7",
    "null": b"null",
    "a list": b"[1, 2]",
    "no utf-8": b'{"chain_id": "\xff\xfe"}',
    "nested without end": b"[" * 100_000,
    "a number without end": b"[" + b"9" * 100_000 + b"]",
    "not a number": b'{"chain_id": NaN}',
    "binary": bytes(range(256)),
}


def refused(answer: requests.Response) -> str:
    """The code of a refusal in its one shape."""
    assert 400 <= answer.status_code < 500, answer.text
    return Refusal.model_validate_json(answer.content).code


def stored(house: House) -> int:
    with house.central.database.reading() as connection:
        counts = [connection.scalar(select(func.count()).select_from(table)) for table in (rows, redemptions)]
    return sum(count or 0 for count in counts)


@pytest.mark.parametrize("path", ["/api/facts", "/api/redemptions"])
def test_a_body_of_the_wrong_kind_is_refused(house: House, path: str) -> None:
    till = house.till()
    for name, body in BODIES.items():
        assert refused(till.send("POST", path, body)) in ("not_json", "invalid", "bad_request"), name
    assert refused(till.send("POST", path, b"{}", headers={"Content-Type": "text/plain"})) in ("invalid", "not_json")
    assert stored(house) == 0


WRONG_FIELDS: list[tuple[str, Any]] = [
    ("chain_id", 7),
    ("chain_id", "a\x00b"),
    ("chain_id", "x" * 65),
    ("bill_id", ""),
    ("bill_fen", -1),
    ("bill_fen", 10**30),
    ("bill_fen", 12.5),
    ("bill_fen", "much"),
    ("cashier", None),
    ("cashier", "x" * 201),
    ("cashier", "\ud800"),
    ("coupons", []),
    ("coupons", [{"redemption_id": "r"}]),
    ("coupons", [{"redemption_id": "r", "code": "1", "coupon_number": "2"}]),
    ("coupons", [{"redemption_id": "r", "code": "1" * 513}]),
    ("coupons", [{"redemption_id": "\ud800", "code": "1"}]),
    ("coupons", [{"redemption_id": "r", "code": "1"}] * 51),
    ("rows", [{"seq": 0, "content": "", "hash": HASH}]),
    ("rows", [{"seq": 1, "content": "\ud800", "hash": HASH}]),
    ("rows", [{"seq": 1, "content": "", "hash": "xyz"}]),
    ("rows", [{"seq": 1 << 70, "content": "", "hash": HASH}]),
]


def test_an_ask_with_a_wrong_field_is_refused_with_its_name(house: House) -> None:
    till = house.till()
    good = {
        "bill_id": "b",
        "bill_fen": 1,
        "cashier": "02",
        "chain_id": till.chain_id,
        "coupons": [{"redemption_id": "r", "code": "1"}],
    }
    for field, value in WRONG_FIELDS:
        answer = till.send("POST", "/api/redemptions", json.dumps(good | {field: value}).encode())
        assert refused(answer) == "invalid"
        assert answer.json()["field"].startswith(field), (field, value)


STRANGE: list[str] = [
    "",
    "null",
    "[" * 3000,
    '{"seq": Infinity}',
    '{"kind": "redemption"}',
    '{"chain_id": "c", "seq": 1e400, "kind": "void", "fact_id": "x", "fact": {}}',
]


def push_of(till: TillClient, content: str) -> bytes:
    """A push of one row, the first of its chain."""
    row = {"seq": 1, "content": content, "hash": link(FIRST_LINK, content.encode()).hex()}
    return json.dumps({"chain_id": till.chain_id, "rows": [row], "report": REPORT}).encode()


def test_a_row_whose_content_is_no_fact_is_parked_when_its_turn_comes(house: House) -> None:
    for content in STRANGE:
        till = house.till()
        answer = till.send("POST", "/api/facts", push_of(till, content)).json()
        assert [each["outcome"] for each in answer["answers"]] == ["parked"], content
        assert answer["stored_to"] == 1


IMPOSSIBLE: list[tuple[str, Any]] = [
    ("serial", str(1 << 63)),
    ("serial", "-1"),
    ("campaign_id", 10**30),
    ("amount_off_fen", 10**30),
    ("amount_off_fen", -5),
    ("payable_fen", 10**30),
    ("holder_tag", 10**30),
    ("redemption_id", "\ud800"),
    ("redemption_id", "a\x00b"),
    ("cashier", "\x00"),
    ("cashier", "\udfff"),
    ("moment.at", "2026-06-30T04:00:00"),
    ("moment.at", "0001-01-01T00:00:00+00:00"),
    ("moment.at", "9999-12-31T23:59:59-23:00"),
    ("moment.floor", "9999-12-31T23:59:59-23:00"),
    ("bill.bill_id", "\ud800"),
    ("bill.bill_fen", 10**30),
    ("override_id", "\ud800"),
    ("code", "\ud800"),
    ("code", "9" * 600),
    ("offer_index", 200),
    ("round_index", 200),
]


def test_a_redemption_with_an_impossible_value_is_kept_and_never_a_failure(house: House) -> None:
    for path, value in IMPOSSIBLE:
        till = house.till()
        fact = json.loads(till.redeem(house.code(), house.clock.at).content)
        place = fact["fact"]
        *steps, last = path.split(".")
        for step in steps:
            place = place[step]
        place[last] = value
        body = push_of(till, json.dumps(fact))
        answer = till.send("POST", "/api/facts", body)
        assert answer.status_code == 200, (path, value, answer.text)
        assert next(each["outcome"] for each in answer.json()["answers"]) in ("parked", "contested"), (path, value)
        assert till.send("POST", "/api/facts", body).status_code == 200


def test_a_body_that_is_too_large_is_refused_unread(house: House) -> None:
    till = house.till()
    assert refused(till.send("POST", "/api/facts", b" " * (4 * 1024 * 1024 + 1))) == "too_large"

    def endless() -> Any:
        for _ in range(5 * 1024):
            yield b" " * 1024

    answer = requests.post(f"{house.url}/api/facts", data=endless(), timeout=30)
    assert refused(answer) == "too_large"


def test_a_body_that_trickles_is_refused_and_others_are_answered_meanwhile(clock: Clock, tmp_path: Any) -> None:
    app = create_app(Settings(tmp_path), now=clock, body_seconds=0.2)
    with RunningServer(app) as running:
        host, port = running.url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=30) as slow:
            slow.sendall(b"POST /api/facts HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
            assert requests.get(f"{running.url}/health", timeout=30).status_code == 200
            answer = b""
            while b"}" not in answer:
                answer += slow.recv(4096)
    assert answer.startswith(b"HTTP/1.1 408")
    assert b"too_slow" in answer


@pytest.mark.parametrize(
    "begun",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"POST /api/facts HTTP/1.1\r\nHost: x\r\nX-One: ", id="half of its headers"),
        pytest.param(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\nGET /hea", id="half of a second request"),
    ],
)
def test_headers_that_do_not_come_are_not_waited_for(clock: Clock, tmp_path: Any, begun: bytes) -> None:
    app = create_app(Settings(tmp_path), now=clock)
    with RunningServer(app, front=Front(header_seconds=0.2)) as running:
        host, port = running.url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=30) as slow:
            slow.sendall(begun)
            assert requests.get(f"{running.url}/health", timeout=30).status_code == 200
            while slow.recv(4096):
                pass  # the answer to what was whole; then the server hangs up


def test_a_compressed_body_is_refused_before_anybody_unpacks_it(house: House) -> None:
    bomb = gzip.compress(b" " * 50_000_000)
    headers = {"Content-Encoding": "gzip"}
    assert refused(house.till().send("POST", "/api/facts", bomb, headers=headers)) == "encoded_body"
    assert stored(house) == 0


def test_a_connection_that_breaks_off_in_the_middle_leaves_nothing_behind(house: House) -> None:
    host, port = house.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as broken:
        broken.sendall(b"POST /api/facts HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
    assert requests.get(f"{house.url}/health", timeout=30).status_code == 200
    assert stored(house) == 0


def test_a_cursor_that_is_none_is_refused(house: House) -> None:
    till = house.till()
    for cursor in ("-1", "x", "99999999999999999999"):
        assert refused(till.send("GET", f"/api/events?after={cursor}")) == "invalid"


def test_a_path_that_is_none_is_refused(house: House) -> None:
    till = house.till()
    for path in ("/", "/api", "/api/catalogue/nothing", "/api/redemptions/%00", "/api/redemptions/%ED%A0%80"):
        assert refused(till.send("GET", path)) in ("not_found", "invalid", "unknown_redemption"), path


DESCRIBED = {
    "/health",
    "/api/enrolments",
    "/api/keys",
    "/api/catalogue",
    "/api/catalogue/{name}",
    "/api/pictures/{sha256}",
    "/api/redemptions",
    "/api/redemptions/{redemption_id}",
    "/api/facts",
    "/api/events",
    "/api/chains",
    "/api/claim-links/{link_id}",
    "/api/claim-links/{link_id}/claims",
}


def test_the_api_describes_itself(house: House) -> None:
    described = requests.get(f"{house.url}/openapi.json", timeout=30).json()
    assert set(described["paths"]) >= DESCRIBED
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            where = (path, method)
            assert operation["summary"], where
            assert operation["description"], where
            refused = {status: told for status, told in operation["responses"].items() if status >= "400"}
            assert {"400", "408", "413", "415", "500", "503"} <= set(refused), where
            for told in refused.values():
                content = told["content"]["application/json"]
                assert content["schema"]["$ref"].endswith("Refusal"), where
                assert set(content["examples"]) <= set(RefusalCode), where
            if path.startswith("/api/") and "TillSignature" in str(operation.get("security")):
                assert operation["security"] == [{"TillId": [], "TillNonce": [], "TillSignature": []}]
                assert "bad_signature" in refused["401"]["content"]["application/json"]["examples"]
