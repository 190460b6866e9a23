"""What the QR codes in a file say: a picture by all means there are, a video frame by frame."""

from collections.abc import Iterator
from pathlib import Path

from merchant_app.errors import SourceError
from merchant_app.till.scanning.captures import Failure, open_source
from merchant_app.till.scanning.frames import VideoSource
from merchant_app.till.scanning.ladder import FrameReader, read_still
from merchant_app.till.scanning.pictures import load_picture


def texts_in_file(path: Path) -> Iterator[str]:
    """Each text once, in the order in which they come; nothing if there is no code.

    :raises SourceError: there is no such file, or it is neither a picture nor a video
    """
    try:
        picture = load_picture(path)
    except SourceError:
        yield from _texts_in_video(path)
        return
    yield from dict.fromkeys(sighting.text for sighting in read_still(picture))


def _texts_in_video(path: Path) -> Iterator[str]:
    capture = open_source(VideoSource(path))
    if isinstance(capture, Failure):
        raise SourceError(str(path), capture.value)
    reader, seen = FrameReader(), set[str]()
    try:
        while (frame := capture.read()) is not None:
            for sighting in reader.read(frame):
                if sighting.text not in seen:
                    seen.add(sighting.text)
                    yield sighting.text
    finally:
        capture.close()
