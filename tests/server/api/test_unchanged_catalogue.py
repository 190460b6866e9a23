"""What an unchanged catalogue costs on the wire, question and answer together, byte by byte."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from tests.server.conftest import House


@contextmanager
def on_the_wire(url: str) -> Iterator[tuple[str, dict[str, bytearray]]]:
    """An address that passes everything on to `url`, and what went through it either way."""
    parts, seen = urlsplit(url), {"asked": bytearray(), "answered": bytearray()}

    def pass_on(source: socket.socket, target: socket.socket, noted: bytearray) -> None:
        while data := source.recv(65_536):
            noted += data
            target.sendall(data)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        ends: list[socket.socket] = []

        def accept() -> None:
            near, _ = listening.accept()
            with near, socket.create_connection((str(parts.hostname), parts.port or 80)) as far:
                ends.append(near)
                back = threading.Thread(target=pass_on, args=(far, near, seen["answered"]))
                back.start()
                pass_on(near, far, seen["asked"])
                far.shutdown(socket.SHUT_RDWR)
                back.join()

        accepting = threading.Thread(target=accept)
        accepting.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", seen
        for end in ends:  # whoever asked has the answer; its own end may stay open as long as it likes
            with suppress(OSError):
                end.shutdown(socket.SHUT_RD)
        accepting.join()


def test_one_request_one_304_and_both_together_under_a_kilobyte(house: House) -> None:
    till = house.till()
    etag = till.send("GET", "/api/catalogue").headers["ETag"]
    till.session.close()
    with on_the_wire(house.url) as (till.url, seen):
        answer = till.send("GET", "/api/catalogue", headers={"If-None-Match": etag})
        till.session.close()
    assert (answer.status_code, answer.content) == (304, b"")
    assert seen["asked"].startswith(b"GET /api/catalogue ")
    assert seen["answered"].startswith(b"HTTP/1.1 304 ")
    assert len(seen["asked"]) + len(seen["answered"]) < 1000, seen
