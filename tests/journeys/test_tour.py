"""The tour, taken whole: the real server process, till, camera path and command; each step comes out as told."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from merchant_app.demo.tour.steps import STEPS
from merchant_app.till.scanning.opencv import cv2

FEWEST_COLOURS = 200
SCREENS = ("idle", "good", "short", "needs-bill", "plug-pulled", "server-stopped", "back", "offers", "sync", "today")


@dataclass(frozen=True)
class Tour:
    """What came of it."""

    returncode: int
    lines: list[str]
    said: str
    folder: Path

    def pictures(self) -> list[Path]:
        return sorted(self.folder.glob("*.png"))


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tour]:
    folder = tmp_path_factory.mktemp("tour")
    temporary = tmp_path_factory.mktemp("tmp")
    command = [sys.executable, "-m", "merchant_app", "demo", "--tour", str(folder)]
    surroundings = {**os.environ, "TMPDIR": str(temporary), "QT_QPA_PLATFORM": "", "PYTHONUTF8": "1"}
    taken = subprocess.run(command, capture_output=True, text=True, env=surroundings, check=False, encoding="utf-8")
    yield Tour(taken.returncode, taken.stdout.splitlines(), taken.stdout + taken.stderr, folder)
    assert not list(temporary.glob("merchant-app-*")), "the demo leaves its own folder behind"


def test_every_step_comes_out_as_told(tour: Tour) -> None:
    assert tour.returncode == 0, tour.said
    assert len([line for line in tour.lines if line.startswith("✓")]) == len(STEPS)


def test_every_screen_is_pictured_in_both_languages_and_lights(tour: Tour) -> None:
    names = [path.stem.partition("-")[2] for path in tour.pictures()]
    for screen in SCREENS:
        assert {f"{screen}-en-light", f"{screen}-zh-dark"} <= set(names)
    assert {"looks-en-dark", "looks-zh-light"} <= set(names)


def test_no_picture_is_blank_and_no_two_are_the_same(tour: Tour) -> None:
    pictures = {path.name: cv2.imread(str(path)) for path in tour.pictures()}
    assert pictures
    for name, picture in pictures.items():
        assert picture is not None, name
        blue, green, red = (picture[::3, ::3, channel].astype(np.uint32) for channel in range(3))
        assert np.unique(blue | green << 8 | red << 16).size > FEWEST_COLOURS, name
    assert len({picture.tobytes() for picture in pictures.values() if picture is not None}) == len(pictures)


def test_the_report_has_a_line_for_every_redemption(tour: Tour) -> None:
    report = (tour.folder / "report.txt").read_text(encoding="utf-8")
    counted = [int(line.removesuffix(" redemptions kept")) for line in report.splitlines() if line.endswith(" kept")]
    listed = [line for line in report.splitlines() if line.startswith("20") and line.endswith("Confirmed")]
    assert counted == [len(listed)]
