"""`merchant-app server`: the central server, until it is told to stop."""

import argparse
import os
import signal
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from merchant_app.cli.speaking import add_data_dir, add_json, as_json, reader_language
from merchant_app.errors import CertificateWhy, ServerCertificateError

if TYPE_CHECKING:
    from merchant_app.server.certificates import Certificate
    from merchant_app.wording import Words

_RENEW_BEFORE = timedelta(days=14)


def configure(parser: argparse.ArgumentParser) -> None:
    add_data_dir(parser)
    parser.add_argument(
        "--database", metavar="FILE|URL", help="a SQLite file (in the data dir by default) or postgresql://..."
    )
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen at")
    parser.add_argument("--port", type=int, default=8470, help="0 for any free one")
    parser.add_argument("--url", help="the address at which tills and people reach it: https://coupons.example.com")
    tls = parser.add_argument_group(
        "HTTPS", "with a certificate of its own, or behind a reverse proxy (docs/server.md)"
    )
    tls.add_argument("--tls-cert", type=Path, metavar="FILE", help="the certificate's chain, in PEM")
    tls.add_argument("--tls-key", type=Path, metavar="FILE", help="its private key, in PEM and without a passphrase")
    tls.add_argument(
        "--behind-proxy",
        action="append",
        metavar="ADDRESS",
        help="the address of a reverse proxy, whose word is taken for where a request came from; may be given again",
    )
    parser.add_argument(
        "--until-input-ends",
        action="store_true",
        help="stop when standard input ends: for a program that starts it, and must not leave it behind",
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Serves until SIGTERM or SIGINT; says so in one line when it is ready."""
    from merchant_app.server.app import create_app
    from merchant_app.server.running import Front, listen, serve, url_of
    from merchant_app.server.services.operators.links import first_link, link_url
    from merchant_app.server.settings import Settings, default_data_dir
    from merchant_app.wording import Words

    words = Words(reader_language())
    front = Front(_certificate(args, words), tuple(args.behind_proxy or ()))
    settings = Settings(Path(args.data_dir or default_data_dir()), args.database, args.host, args.port)
    try:
        sock = listen(settings.host, settings.port)
    except (OSError, OverflowError) as error:
        address, detail = f"{settings.host}:{settings.port}", str(error)
        print(words._("Cannot listen at {address}: {detail}", address=address, detail=detail), file=sys.stderr)
        return 1
    url = (args.url or url_of(sock, front)).rstrip("/")
    app = create_app(settings, url=url)

    secret = first_link(app.central)

    def say() -> None:
        link = None if secret is None else link_url(url, secret)
        if args.json:
            print(as_json({"ready": True, "url": url, "sign_in_link": link}), flush=True)
            return
        print(words._("Ready at {url}", url=url), flush=True)
        if link is not None:
            print(words._("Open the console for the first time, within 24 hours: {link}", link=link), flush=True)

    if args.until_input_ends:
        threading.Thread(target=_stop_when_input_ends, name="input", daemon=True).start()
    serve(app, sock, front, say)
    return 0


def _certificate(args: argparse.Namespace, words: "Words") -> "Certificate | None":
    """Looked at before anybody meets it. Raises `ServerCertificateError`."""
    from merchant_app.server.certificates import Certificate

    if args.tls_cert is None and args.tls_key is None:
        return None
    if args.tls_cert is None or args.tls_key is None:
        raise ServerCertificateError("--tls-cert --tls-key", CertificateWhy.MISSING)
    certificate = Certificate(args.tls_cert, args.tls_key)
    ends_at = certificate.ends_at()
    if ends_at - datetime.now(UTC) < _RENEW_BEFORE:
        time = ends_at.isoformat(timespec="minutes")
        print(words._("The certificate ends at {time}; renew it before that.", time=time), file=sys.stderr)
    return certificate


def _stop_when_input_ends() -> None:
    """However the program that holds the other end comes to its end, a crash included."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)
