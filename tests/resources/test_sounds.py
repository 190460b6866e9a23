"""The three sounds: short, not clipped, ending in silence, and made by the program beside them."""

import runpy
import struct
import wave
from pathlib import Path

import pytest

from merchant_app.resources import resource_path

NAMES = ("accepted", "refused", "attention")


def samples(path: Path) -> tuple[int, list[int]]:
    """Samples a second, and the samples of a mono 16-bit file."""
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        frames = file.readframes(file.getnframes())
        return file.getframerate(), list(struct.unpack(f"<{len(frames) // 2}h", frames))


@pytest.mark.parametrize("name", NAMES)
def test_a_sound_is_shorter_than_400_milliseconds_loud_enough_and_clicks_at_neither_end(name: str) -> None:
    rate, words = samples(resource_path("sounds", f"{name}.wav"))
    assert 0.1 < len(words) / rate < 0.4
    assert 16_000 < max(map(abs, words)) < 32_767
    assert abs(words[0]) < 400
    assert abs(words[-1]) < 400


def test_the_sounds_are_three_different_ones() -> None:
    assert len({tuple(samples(resource_path("sounds", f"{name}.wav"))[1]) for name in NAMES}) == 3


def test_making_them_again_gives_the_same_bytes(tmp_path: Path) -> None:
    make = runpy.run_path(str(resource_path("sounds", "make_sounds.py")))["make_all"]
    make(tmp_path)
    for name in NAMES:
        again, kept = (folder.joinpath(f"{name}.wav").read_bytes() for folder in (tmp_path, resource_path("sounds")))
        assert again == kept
