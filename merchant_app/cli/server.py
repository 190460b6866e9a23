"""`merchant-app server`: the central server, until it is told to stop."""

import argparse
import os
import signal
import sys
import threading
from pathlib import Path

from merchant_app.cli.speaking import add_data_dir, add_json, as_json, reader_language


def configure(parser: argparse.ArgumentParser) -> None:
    add_data_dir(parser)
    parser.add_argument(
        "--database", metavar="FILE|URL", help="a SQLite file (in the data dir by default) or postgresql://..."
    )
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen at")
    parser.add_argument("--port", type=int, default=8470, help="0 for any free one")
    parser.add_argument(
        "--until-input-ends",
        action="store_true",
        help="stop when standard input ends: for a program that starts it, and must not leave it behind",
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Serves until SIGTERM or SIGINT; says so in one line when it is ready."""
    from merchant_app.server.app import create_app
    from merchant_app.server.running import listen, serve, url_of
    from merchant_app.server.settings import Settings, default_data_dir
    from merchant_app.wording import Words

    words = Words(reader_language())
    settings = Settings(Path(args.data_dir or default_data_dir()), args.database, args.host, args.port)
    try:
        sock = listen(settings.host, settings.port)
    except (OSError, OverflowError) as error:
        address, detail = f"{settings.host}:{settings.port}", str(error)
        print(words._("Cannot listen at {address}: {detail}", address=address, detail=detail), file=sys.stderr)
        return 1
    app = create_app(settings, url=url_of(sock))

    def say() -> None:
        url = url_of(sock)
        print(as_json({"ready": True, "url": url}) if args.json else words._("Ready at {url}", url=url), flush=True)

    if args.until_input_ends:
        threading.Thread(target=_stop_when_input_ends, name="input", daemon=True).start()
    serve(app, sock, say)
    return 0


def _stop_when_input_ends() -> None:
    """However the program that holds the other end comes to its end, a crash included."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)
