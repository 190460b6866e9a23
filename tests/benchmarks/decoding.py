"""How often and how fast codes are read from made webcam frames and photographs, against zxing-cpp alone."""

import csv
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean, median

import zxingcpp

from merchant_app.demo.webcam_picture import FULL_HD, HD, Kind
from merchant_app.till.scanning.decoder import as_gray
from merchant_app.till.scanning.ladder import FrameReader, read_still
from merchant_app.till.scanning.opencv import Picture
from merchant_app.till.scanning.pictures import load_picture
from tests.benchmarks.made_frames import KEPT_OUT_SEED, SHOTS, TUNED_SEED, Scene, empty_frames, scenes
from tests.benchmarks.rows import Row, at_least, at_most

Reader = Callable[[Picture], set[str]]


def rows(pictures: Path | None) -> Iterator[Row]:
    """Made frames on both seeds and in both sizes; with `pictures`, the photographs in that folder."""
    for size in (HD, FULL_HD):
        for seed in (TUNED_SEED, KEPT_OUT_SEED):
            named = f"{size[1]}p, " + ("seed tuned on" if seed == TUNED_SEED else "seed kept out")
            yield from _Scores(scenes(seed, size)).rows(named)
            yield from _empty_rows(empty_frames(seed, size), named)
    if pictures is not None:
        yield from _photograph_rows(pictures)


def zxing_alone(gray: Picture) -> set[str]:
    """zxing-cpp with its defaults; only the text is asked for as it is, so that both say it the same way."""
    codes = zxingcpp.read_barcodes(gray, formats=zxingcpp.BarcodeFormat.QRCode, text_mode=zxingcpp.TextMode.Plain)
    return {code.text for code in codes}


def ours_still(gray: Picture) -> set[str]:
    """All rungs, as dropped pictures and `merchant-app read` are read."""
    return {sighting.text for sighting in read_still(gray)}


def ours_frame() -> Reader:
    """One rung a frame, as the camera's frames are read."""
    reader = FrameReader()
    return lambda gray: {sighting.text for sighting in reader.read(gray)}


@dataclass
class _Times:
    """Seconds for each picture, of both, on the same pictures in the same run."""

    zxing: list[float] = field(default_factory=list)
    ours: list[float] = field(default_factory=list)

    def both(self, ours: Reader, gray: Picture) -> tuple[set[str], set[str]]:
        """What each reads; who goes first changes from picture to picture, for the second finds a warm cache."""
        if len(self.zxing) % 2:
            own = _timed(ours, gray, self.ours)
            return _timed(zxing_alone, gray, self.zxing), own
        other = _timed(zxing_alone, gray, self.zxing)
        return other, _timed(ours, gray, self.ours)


class _Scores:
    """Counts over the scenes of one seed and size."""

    def __init__(self, of_scenes: Iterator[Scene]) -> None:
        self.total = self.wrong = 0
        self.still = {"zxing": 0, "ours": 0}
        self.stream = {"zxing": 0, "ours": 0}
        self.nominal: list[bool] = []
        self.times = _Times()
        for scene in of_scenes:
            self._count(scene)

    def _count(self, scene: Scene) -> None:
        self.total += 1
        ours = ours_frame()
        read = [self.times.both(ours, frame) for frame in scene.frames]
        still = ours_still(scene.frames[0])
        self.still["zxing"] += scene.text in read[0][0]
        self.still["ours"] += scene.text in still
        self.stream["zxing"] += any(scene.text in texts for texts, _ in read)
        self.stream["ours"] += any(scene.text in texts for _, texts in read)
        self.wrong += bool((still | set().union(*(texts for _, texts in read))) - {scene.text})
        if scene.kind is Kind.NOMINAL:
            self.nominal += [scene.text in texts for _, texts in read]

    def rows(self, named: str) -> Iterator[Row]:
        for way, scores in (("one frame, all rungs", self.still), (f"{SHOTS} frames, one rung each", self.stream)):
            ours, zxing = (100 * scores[who] / self.total for who in ("ours", "zxing"))
            told = f"ours {ours:.1f} %, zxing-cpp alone {zxing:.1f} %, {self.total} scenes"
            yield at_least(f"made frames, {named}, {way}: read more", ours - zxing, 3, "points", told)
        seen = f"{self.total} scenes"
        yield at_most(f"made frames, {named}: wrong texts", self.wrong, 0, "", seen)
        read = 100 * fmean(self.nominal)
        yield at_least(f"made frames, {named}: nominal and near read", read, 100, "%", f"{len(self.nominal)} frames")
        ours, zxing = median(self.times.ours), median(self.times.zxing)
        yield at_most(f"made frames, {named}: time with a code, median", ours / zxing, 1.25, "x", _told(ours, zxing))


def _empty_rows(frames: Iterator[Picture], named: str) -> Iterator[Row]:
    times, ours, read, count = _Times(), ours_frame(), 0, 0
    for gray in frames:
        count += 1
        _, texts = times.both(ours, gray)
        read += bool(texts | ours_still(gray))
    yield at_most(f"empty frames, {named}: read something", read, 0, "", f"{count} frames")
    mine, zxing = fmean(times.ours), fmean(times.zxing)
    yield at_most(f"empty frames, {named}: time, mean", mine / zxing, 4, "x", _told(mine, zxing))


def _photograph_rows(folder: Path) -> Iterator[Row]:
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        listed = [(folder / row["path"], _lines(row["expected"])) for row in csv.DictReader(file)]
    ours = zxing = wrong = 0
    for path, expected in listed:
        gray = as_gray(load_picture(path))
        read = {_lines(text) for text in ours_still(gray)}
        ours += expected in read
        zxing += expected in {_lines(text) for text in zxing_alone(gray)}
        wrong += bool(read) and expected not in read
    told = f"ours {ours}, zxing-cpp alone {zxing}, of {len(listed)}"
    yield at_least("photographs: read more", 100 * (ours - zxing) / len(listed), 0, "points", told)
    yield at_most("photographs: wrong texts", wrong, 0, "", f"{len(listed)} photographs")


def _timed(reader: Reader, gray: Picture, seconds: list[float]) -> set[str]:
    started_s = time.perf_counter()
    texts = reader(gray)
    seconds.append(time.perf_counter() - started_s)
    return texts


def _told(ours_s: float, zxing_s: float) -> str:
    return f"ours {ours_s * 1000:.1f} ms, zxing-cpp alone {zxing_s * 1000:.1f} ms"


def _lines(text: str) -> str:
    """With line ends as the manifest writes them, whatever the code has."""
    return text.replace("\r\n", "\n")
