"""Requests of every wrong kind, byte by byte: each is refused, none is a failure, and the server answers on."""

import socket
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import requests

from merchant_app.server.app import create_app
from merchant_app.server.running import RunningServer
from merchant_app.server.settings import Settings
from merchant_app.wire.refusal import Refusal
from tests.server.api.test_bad_input import refused, stored
from tests.server.conftest import Clock, House

QUERIES = [
    "after=",
    "after=-1",
    "after=1e3",
    "after=%00",
    "after=%FF%FE",
    "after=%ED%A0%80",
    "after=" + "9" * 40,
    "after=" + "9" * 5000,
    "after=0x10",
    "after=1&after=x",
    "after%5B%5D=1&after=x",
    "after=" + "%20" * 3000,
]


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_a_query_of_the_wrong_kind_is_refused_with_the_name_of_its_field(house: House, query: str) -> None:
    answer = house.till().send("GET", f"/api/events?{query}")
    assert refused(answer) == "invalid"
    assert answer.json()["field"] == "after"


@pytest.mark.parametrize("query", ["a=b&a=c", "after=1&after=2", "&&&=&", "%00=%00", "x" * 8000])
def test_what_a_query_says_beside_its_fields_is_left_alone(house: House, query: str) -> None:
    assert house.till().send("GET", f"/api/events?{query}").status_code == 200


RAW = {
    "no http": b"hello\r\n\r\n",
    "tls to a plain port": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(32),
    "a method of blanks": b"  / HTTP/1.1\r\nHost: x\r\n\r\n",
    "no host": b"GET /health HTTP/1.1\r\n\r\n",
    "half a version": b"GET /health HTTP/9\r\nHost: x\r\n\r\n",
    "a header without a name": b"GET /health HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n",
    "a header with a zero byte": b"GET /health HTTP/1.1\r\nHost: x\r\nA: \x00\r\n\r\n",
    "headers without end": b"GET /health HTTP/1.1\r\nHost: x\r\n" + b"A: b\r\n" * 40_000,
    "a line without end": b"GET /" + b"a" * 200_000,
    "two lengths": b"POST /api/facts HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    "a length below nothing": b"POST /api/facts HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "a length without end": b"POST /api/facts HTTP/1.1\r\nHost: x\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n",
    "a length and chunks": b"POST /api/facts HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n"
    b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    "a chunk of no length": b"POST /api/facts HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
}


@pytest.mark.parametrize("raw", RAW.values(), ids=RAW.keys())
def test_bytes_that_are_no_request_are_refused_and_the_server_answers_on(house: House, raw: bytes) -> None:
    host, port = house.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as strange:
        try:
            strange.sendall(raw)
            answer = strange.recv(4096)
        except ConnectionError:
            answer = b""  # it has hung up on us in the middle
    assert answer == b"" or answer.startswith(b"HTTP/1.1 4"), answer
    assert requests.get(f"{house.url}/health", timeout=30).status_code == 200
    assert stored(house) == 0


HEADERS = [
    {"Till-Id": "\xff\xfe"},
    {"Till-Id": "x" * 8000},
    {"Till-Id": "' OR 1=1 --"},
    {"Till-Signature": "zz"},
    {"Till-Signature": "0" * 4000},
    {"Till-Signature": "\u00b2" * 128},
    {"Till-Nonce": ""},
    {"Till-Nonce": "x" * 5000},
]


@pytest.mark.parametrize("changed", HEADERS, ids=range(len(HEADERS)))
def test_headers_of_the_wrong_kind_sign_nothing(house: House, changed: dict[str, str]) -> None:
    till = house.till()
    signed = {"Till-Id": till.till_id, "Till-Nonce": "n", "Till-Signature": "0" * 128}
    latin = {name: value.encode("latin-1") for name, value in (signed | changed).items()}
    answer = requests.get(f"{house.url}/api/events", headers=latin, timeout=30)
    assert refused(answer) in ("unknown_till", "bad_signature")


KINDS = [
    "text/plain",
    "application/xml",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded",
    "\xff",
]


@pytest.mark.parametrize("kind", KINDS)
def test_a_body_of_another_kind_is_refused(house: House, kind: str) -> None:
    till = house.till()
    latin: dict[str, Any] = {"Content-Type": kind.encode("latin-1")}
    answer = till.send("POST", "/api/facts", b"{}", headers=latin)
    assert refused(answer) in ("invalid", "not_json")


BODIES = {
    "infinity": b'{"chain_id": "c", "rows": [], "report": {"floor": null, "head_seq": Infinity, "head_hash": ""}}',
    "deep in a field": b'{"chain_id": ' + b'{"a":' * 30_000 + b"1" + b"}" * 30_001,
    "a list in a field": b'{"chain_id": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "the same field twice": b'{"chain_id": "c", "chain_id": 7, "rows": [], "report": {}}',
    "a number of 5000 digits": b'{"chain_id": "c", "rows": [], "report": {"head_seq": ' + b"9" * 5000 + b"}}",
    "half a pair": b'{"chain_id": "\\ud800"}',
    "a mark of order": b"\xef\xbb\xbf{}",
    "utf-16": '{"chain_id": "c"}'.encode("utf-16"),
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_json_of_the_wrong_kind_is_refused(house: House, body: bytes) -> None:
    assert refused(house.till().send("POST", "/api/facts", body)) in ("invalid", "not_json", "bad_request")
    assert stored(house) == 0


def test_pages_take_larger_bodies_than_the_api_and_forms_of_strangers_smaller_ones(
    clock: Clock, tmp_path: Path
) -> None:
    app = create_app(Settings(tmp_path), now=clock)
    with RunningServer(app) as running:
        for path, size, status in (
            ("/api/facts", 5, 413),
            ("/console/sign-in", 1, 413),
            ("/console/outlets/import", 5, None),
            ("/console/outlets/import", 33, 413),
        ):
            files = {"file": ("x.csv", b" " * (size * 1024 * 1024))}
            answer = requests.post(f"{running.url}{path}", files=files, timeout=60, allow_redirects=False)
            assert answer.status_code == status or (status is None and answer.status_code not in (408, 413, 500))


def test_of_too_many_bodies_at_once_some_are_told_to_come_again(clock: Clock, tmp_path: Path) -> None:
    """The memory of the server is not what limits it."""
    app = create_app(Settings(tmp_path), now=clock, most_held=1000)
    with RunningServer(app) as running:
        host, port = running.url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=30) as slow:
            slow.sendall(b"POST /api/facts HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n" + b" " * 800)
            for _ in range(1000):  # until what was sent there has arrived
                answer = requests.post(f"{running.url}/api/facts", data=b" " * 300, timeout=30)
                if answer.status_code == 503:
                    break
            assert Refusal.model_validate_json(answer.content).code == "busy"
            assert int(answer.headers["Retry-After"]) > 0
            slow.sendall(b" " * 100)
            assert slow.recv(4096).startswith(b"HTTP/1.1 4")
        assert requests.post(f"{running.url}/api/facts", data=b" " * 300, timeout=30).status_code < 500


def test_whoever_fills_the_console_keeps_no_till_waiting(clock: Clock, tmp_path: Path) -> None:
    with RunningServer(create_app(Settings(tmp_path), now=clock)) as running, ExitStack() as stack:
        host, port = running.url.removeprefix("http://").split(":")
        head = b"POST /console/outlets/import HTTP/1.1\r\nHost: x\r\nContent-Length: 33000000\r\n\r\n"
        for _ in range(8):
            slow = stack.enter_context(socket.create_connection((host, int(port)), timeout=30))
            slow.sendall(head + b" " * 32_999_999)
        answer = requests.post(f"{running.url}/console/outlets/import", data=b" " * 8_000_000, timeout=30)
        assert answer.status_code == 503
        assert requests.post(f"{running.url}/api/facts", data=b" " * 300, timeout=30).status_code < 500
