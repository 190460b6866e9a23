"""Makes the till's three sounds, the same bytes every time: `python resources/sounds/make_sounds.py`.

Accepted rises, refused falls and is darker, attention knocks twice on one note: they can be told apart in a noisy
shop without looking up.
"""

import math
import struct
import wave
from pathlib import Path

RATE = 44_100
"""Samples a second, mono, 16 bit."""

Partials = tuple[tuple[float, float], ...]
BELL: Partials = ((1.0, 1.0), (2.0, 0.35), (3.01, 0.14), (4.2, 0.06))
WOOD: Partials = ((1.0, 1.0), (2.0, 0.5), (3.0, 0.28), (5.0, 0.08))
"""(multiple of the note, loudness) of the tones that a note is made of."""


def note(hertz: float, seconds: float, partials: Partials, decay: float) -> list[float]:
    """One struck note: a soft start of 4 ms, then fading; the last 12 ms end in silence, so that nothing clicks."""
    count = round(RATE * seconds)
    samples = []
    for index in range(count):
        at = index / RATE
        swell = min(1.0, at / 0.004) * min(1.0, (count - index) / (RATE * 0.012))
        tone = sum(
            loud * math.exp(-at * decay * math.sqrt(multiple)) * math.sin(2 * math.pi * hertz * multiple * at)
            for multiple, loud in partials
        )
        samples.append(swell * tone)
    return samples


def mix(*parts: tuple[float, list[float]]) -> list[float]:
    """Notes laid over each other, each begun at its second."""
    length = max(round(RATE * start) + len(samples) for start, samples in parts)
    mixed = [0.0] * length
    for start, samples in parts:
        first = round(RATE * start)
        for index, sample in enumerate(samples):
            mixed[first + index] += sample
    return mixed


def write(path: Path, samples: list[float], loudness: float) -> None:
    """Write a WAV file whose loudest sample is `loudness` (0 to 1)."""
    peak = max(abs(sample) for sample in samples)
    words = [round(sample / peak * loudness * 32_767) for sample in samples]
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(struct.pack(f"<{len(words)}h", *words))


def make_all(folder: Path) -> None:
    """Write accepted.wav, refused.wav and attention.wav into `folder`."""
    g5, d6, b3, f3, a5 = 783.99, 1174.66, 246.94, 174.61, 880.0
    write(folder / "accepted.wav", mix((0.0, note(g5, 0.20, BELL, 14)), (0.085, note(d6, 0.29, BELL, 11))), 0.80)
    write(folder / "refused.wav", mix((0.0, note(b3, 0.16, WOOD, 9)), (0.15, note(f3, 0.23, WOOD, 9))), 0.85)
    write(folder / "attention.wav", mix((0.0, note(a5, 0.12, BELL, 22)), (0.16, note(a5, 0.16, BELL, 18))), 0.75)


if __name__ == "__main__":
    make_all(Path(__file__).parent)
