"""`merchant-app`: opens the till; on its first start, its set-up."""

import argparse
from pathlib import Path

from merchant_app.cli.speaking import add_data_dir


def configure(parser: argparse.ArgumentParser) -> None:
    add_data_dir(parser)
    parser.add_argument(
        "--camera", metavar="SOURCE", help="a camera's name or number, a network stream, a video or a picture"
    )
    parser.add_argument(
        "--ca",
        type=Path,
        metavar="FILE",
        help="from now on trust servers of this certificate authority (PEM), and no others",
    )
    parser.add_argument("--language", choices=("zh", "en"), help="speak this language from now on")


def _keep_authority(args: argparse.Namespace, data_dir: Path) -> None:
    if args.ca is not None:
        from merchant_app.till.network import keep_authority

        keep_authority(data_dir, args.ca)


def run(args: argparse.Namespace) -> int:
    """Returns when the window is closed. 0, or 1 where something outside did not let go in time."""
    from merchant_app.till.app import Choices, run_till
    from merchant_app.till.home import default_data_dir
    from merchant_app.till.scanning.frames import source_from_text

    data_dir: Path = args.data_dir or default_data_dir()
    _keep_authority(args, data_dir)
    source = None if args.camera is None else source_from_text(args.camera)
    return 0 if run_till(data_dir, Choices(source=source, language=args.language)) else 1
