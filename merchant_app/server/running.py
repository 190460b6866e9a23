"""Runs the server: in this process until it is told to stop, or in a thread on a free port."""

import gc
import logging
import signal
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType, TracebackType

import uvicorn

from merchant_app.errors import ServerCertificateError
from merchant_app.server.app import ServerApp
from merchant_app.server.certificates import Certificate
from merchant_app.server.patience import HEADER_SECONDS, patient

log = logging.getLogger(__name__)

_STOP_SECONDS = 10
_MOST_CONNECTIONS = 10_000


@dataclass(frozen=True, slots=True)
class Front:
    """How the server meets the network: with a certificate of its own, or behind proxies at these addresses.

    Only a proxy is believed when it says from where, and by HTTPS, a request came to it.
    """

    certificate: Certificate | None = None
    proxies: tuple[str, ...] = ()
    header_seconds: float = HEADER_SECONDS


class _Announcing(uvicorn.Server):
    """Says when it is ready."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self._on_ready()


def listen(host: str, port: int) -> socket.socket:
    """A socket at this address; port 0 takes any free one. Raises `OSError` where that cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named, so that asyncio sends small answers at once and waits for no more.
    sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
    except OSError:
        sock.close()
        raise
    return sock


def url_of(sock: socket.socket, front: Front) -> str:
    host, port = sock.getsockname()[:2]
    scheme = "http" if front.certificate is None else "https"
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"


def _settle_in() -> None:
    """What is loaded by now stays: no collection looks at it again, and what a batch leaves behind can wait.

    Otherwise a push of five hundred rows pays for dozens of looks at everything that the program consists of.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def serve(app: ServerApp, sock: socket.socket, front: Front, on_ready: Callable[[], None]) -> None:
    """Serves until SIGTERM or SIGINT; requests that are under way are finished. SIGHUP: the certificate was renewed."""
    server = _Announcing(_config(app, front), on_ready)

    def stop(_number: int, _frame: FrameType | None) -> None:
        """Being told to stop is no failure: uvicorn raises the signal again when it is done, and it ends here."""
        server.should_exit = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    if front.certificate is not None and hasattr(signal, "SIGHUP"):
        certificate = front.certificate
        signal.signal(signal.SIGHUP, lambda _number, _frame: _renew(server, certificate))
    _settle_in()
    server.run(sockets=[sock])


class RunningServer:
    """The server in a thread of this process, on loopback; a context manager."""

    def __init__(self, app: ServerApp, *, host: str = "127.0.0.1", port: int = 0, front: Front | None = None) -> None:
        self.app, front = app, front or Front()
        self._sock = listen(host, port)
        self.url = url_of(self._sock, front)
        self._ready = threading.Event()
        self._server = _Announcing(_config(app, front), self._ready.set)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._sock]}, name="server")

    def start(self) -> "RunningServer":
        """Returns when requests are answered."""
        self._thread.start()
        while not self._ready.wait(0.05):
            if not self._thread.is_alive():
                raise RuntimeError("the server did not start")
        return self

    def stop(self) -> None:
        """Finishes what is under way and closes the database."""
        self._server.should_exit = True
        self._thread.join()
        self._sock.close()

    def __enter__(self) -> "RunningServer":
        return self.start()

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.stop()


def _renew(server: uvicorn.Server, certificate: Certificate) -> None:
    """New connections get what is in the files now; where that is no good, the old one stays."""
    try:
        certificate.ends_at()
    except ServerCertificateError as error:
        log.error("the certificate is not taken over: %s", error)
        return
    context = server.config.ssl
    if context is not None:
        certificate.load_into(context)


def _config(app: ServerApp, front: Front) -> uvicorn.Config:
    certificate = front.certificate
    return uvicorn.Config(
        app,
        http=patient(front.header_seconds),
        ws="none",
        ssl_certfile=None if certificate is None else certificate.chain,
        ssl_keyfile=None if certificate is None else certificate.key,
        proxy_headers=bool(front.proxies),
        forwarded_allow_ips=list(front.proxies),
        limit_concurrency=_MOST_CONNECTIONS,
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="on",
        timeout_keep_alive=75,
        timeout_graceful_shutdown=_STOP_SECONDS,
    )
