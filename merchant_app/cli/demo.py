"""`merchant-app demo`: a till, its server and a customer's phone to try; without a display, the tour."""

import argparse
import os
import sys
from pathlib import Path

from merchant_app.cli.speaking import add_data_dir, reader_language
from merchant_app.wording import Words

TOUR = Path("tour")
_UNSEEN = ("offscreen", "minimal")


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--tour", type=Path, metavar="DIR", help="let it drive itself offscreen, with a picture of each screen in DIR"
    )
    add_data_dir(parser)


def run(args: argparse.Namespace) -> int:
    """0: the window was closed, or every step of the tour came out as told."""
    words = Words(reader_language())
    folder: Path | None = args.tour
    if folder is None and not has_display(os.environ, sys.platform):
        folder = TOUR
        print(words._("There is no display here: taking the tour into {folder}.", folder=folder), flush=True)
    if folder is None:
        from merchant_app.demo.opening import open_demo

        return open_demo(args.data_dir, words)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is imported
    from merchant_app.demo.opening import open_tour

    return open_tour(args.data_dir, folder, words)


def has_display(environment: "os._Environ[str] | dict[str, str]", platform: str) -> bool:
    """Whether a window would be seen: Qt ends the whole program where it finds no screen to open one on."""
    forced = environment.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if forced:
        return forced not in _UNSEEN
    return not platform.startswith("linux") or bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
