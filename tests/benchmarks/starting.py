"""How soon the till's window is painted, and ready to scan, against an empty PySide6 window started the same way."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import qrcode

from tests.benchmarks.rows import Row, at_most
from tests.journeys.world import open_world

ROUNDS = 9
FIRST_PAINT, READY = 1.5, 4.0
"""The goals: times the start of an empty window."""


def rows(_: Path | None) -> Iterator[Row]:
    """Starts take turns, so that whatever else the machine does is shared; the first of each is not counted."""
    with tempfile.TemporaryDirectory(prefix="starting-") as folder:
        data_dir, picture = _enrolled(Path(folder)), _picture(Path(folder))
        empty: list[float] = []
        painted: list[float] = []
        ready: list[float] = []
        for number in range(ROUNDS + 1):
            peer, ours = _start("empty"), _start("till", str(data_dir), str(picture))
            if number:
                empty.append(peer["painted"])
                painted.append(ours["painted"])
                ready.append(ours["ready"])
    yield _row("first paint", painted, empty, FIRST_PAINT)
    yield _row("ready to scan: ledger open, a first frame decoded", ready, empty, READY)


def _row(name: str, ours: list[float], peer: list[float], limit: float) -> Row:
    value, against = median(ours), median(peer)
    detail = f"{value * 1000:.0f} ms against {against * 1000:.0f} ms for an empty window, medians of {ROUNDS}"
    return at_most(f"{name}, from the start of the process", value / against, limit, "x", detail)


def _start(*arguments: str) -> dict[str, float]:
    """Seconds from the start of the process to each of its marks. Compiled modules are kept, as once installed."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-m", "tests.benchmarks.started", *arguments]
    started = time.monotonic()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=120)
    return {mark: at - started for mark, at in json.loads(done.stdout.splitlines()[-1]).items()}


def _enrolled(folder: Path) -> Path:
    """The folder of a till that has its catalogue; its server is gone, as on a morning without network."""
    with open_world(folder) as world:
        return world.new_till().data_dir


def _picture(folder: Path) -> Path:
    path = folder / "code.png"
    qrcode.make("01430758255480075027" * 10).save(path)
    return path
