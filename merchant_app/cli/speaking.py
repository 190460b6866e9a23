"""How the doors speak: in the reader's language, to people or, with --json, to programs."""

import argparse
import json
import locale
import os
from datetime import date
from pathlib import Path
from typing import Any

from merchant_app.domain.kinds import Language


def reader_language() -> Language:
    """The language of the reader's environment: Chinese where it says so, else English."""
    chosen = os.environ.get("MERCHANT_APP_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "zh" if (chosen or (locale.getlocale()[0] or "")).lower().startswith(("zh", "chinese")) else "en"


def add_data_dir(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="where this program keeps what it must not lose")


def add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON for a program to read")


def day_of(text: str) -> date:
    """The type of an option that names a day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"not a day like 2022-06-28: {text}") from None


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
