"""A server on loopback that answers as it is told: well signed or not, whole or not, in time or not."""

import threading
from collections.abc import Callable
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from nacl.signing import SigningKey

from merchant_app.wire import signing
from tests.till.made_till import NOON, SERVING_KEY

Answer = Callable[["Answering"], None]


class Answering(BaseHTTPRequestHandler):
    """One request; `answer` and what follows are what a test tells it to do."""

    server: "FalseServer"
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.server.answer(self)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.do_GET()

    def say(
        self,
        body: bytes,
        status: int = 200,
        *,
        key: SigningKey | None = SERVING_KEY,
        at: datetime | None = None,
        nonce: str | None = None,
        headers: dict[str, str] | None = None,
        length: int | None = None,
    ) -> None:
        """An answer, signed by `key` (None: not at all) for `nonce` (None: the request's own)."""
        at = at or self.server.now
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        if key is not None:
            asked = self.headers.get(signing.TILL_NONCE, "") if nonce is None else nonce
            message = signing.answer_message(asked, status, at, body)
            self.send_header(signing.SERVER_TIME, at.isoformat())
            self.send_header(signing.SERVER_KEY, key.verify_key.encode().hex())
            self.send_header(signing.SERVER_SIGNATURE, key.sign(message).signature.hex())
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def trickle(self, until: threading.Event) -> None:
        """Byte after byte, and never the last."""
        self.send_response(200)
        self.send_header("Content-Length", "1000000")
        self.end_headers()
        try:
            while not until.wait(0.05):
                self.wfile.write(b" ")
                self.wfile.flush()
        except OSError:
            pass  # the till has hung up

    def without_end(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(b" " * 65536)
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads it."""


class FalseServer(ThreadingHTTPServer):
    """`answer` is called for every request; change it between requests."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.answer: Answer = lambda request: request.say(b"{}")
        self.asked: list[str] = []
        self.now = NOON
        self.stopping = threading.Event()
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02})

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def __enter__(self) -> "FalseServer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        self.shutdown()
        self._thread.join()
        self.server_close()
