"""A pulled plug refuses at once; put back, everything goes through."""

import http.server
import threading
from collections.abc import Iterator

import pytest
import requests

from merchant_app.demo.plug import Plug


class _Hello(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing on the screen."""


@pytest.fixture
def address() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Hello) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


def test_what_is_sent_arrives_only_while_the_plug_is_in(address: str) -> None:
    plug = Plug()
    with plug.session() as session:
        assert session.get(address).status_code == 204
        plug.pull()
        assert plug.is_pulled
        with pytest.raises(requests.ConnectionError):
            session.get(address)
        plug.put_back()
        assert session.get(address).status_code == 204
