"""`merchant-app`: opens the till; on its first start, its set-up."""

import argparse
import sys
from pathlib import Path

from .speaking import add_data_dir


def configure(parser: argparse.ArgumentParser) -> None:
    add_data_dir(parser)
    parser.add_argument(
        "--camera", metavar="SOURCE", help="a camera's name or number, a network stream, a video or a picture"
    )
    parser.add_argument("--language", choices=("zh", "en"), help="speak this language from now on")


def run(args: argparse.Namespace) -> int:
    """Returns when the window is closed. 0, or 1 where something outside did not let go in time."""
    from PySide6.QtWidgets import QApplication

    from ..till.app import Choices, build_till
    from ..till.home import default_data_dir
    from ..till.scanning.frames import source_from_text

    app = QApplication(sys.argv[:1])
    app.setApplicationName("merchant-app")
    app.setApplicationDisplayName("")
    data_dir: Path = args.data_dir or default_data_dir()
    source = None if args.camera is None else source_from_text(args.camera)
    till = build_till(app, data_dir, choices=Choices(source=source, language=args.language))
    till.show()
    app.exec()
    return 0 if till.close() else 1
