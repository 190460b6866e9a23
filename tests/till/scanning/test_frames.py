"""What a person writes for a source is understood as they mean it."""

from pathlib import Path

import pytest

from merchant_app.till.scanning.frames import (
    PictureSource,
    Source,
    StreamSource,
    VideoSource,
    WebcamSource,
    source_from_text,
    source_name,
)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("", WebcamSource()),
        ("1", WebcamSource(index=1)),
        ("Integrated Camera", WebcamSource(name="Integrated Camera")),
        ("USB2.0 HD UVC WebCam", WebcamSource(name="USB2.0 HD UVC WebCam")),
        ("http://192.168.1.7:8080/video", StreamSource("http://192.168.1.7:8080/video")),
        ("rtsp://10.0.0.5/live", StreamSource("rtsp://10.0.0.5/live")),
        ("counter.avi", VideoSource(Path("counter.avi"))),
        (" 优惠券.PNG ", PictureSource(Path("优惠券.PNG"))),
    ],
)
def test_a_text_names_a_source(text: str, source: Source) -> None:
    assert source_from_text(text) == source


def test_a_file_of_any_name_is_a_video(tmp_path: Path) -> None:
    clip = tmp_path / "clip"
    clip.write_bytes(b"")
    assert source_from_text(str(clip)) == VideoSource(clip)


def test_a_source_is_called_by_what_people_know_it_by() -> None:
    assert source_name(WebcamSource(name="Logitech C920")) == "Logitech C920"
    assert source_name(WebcamSource()) == ""
    assert source_name(VideoSource(Path("/a/b/counter.avi"))) == "counter.avi"
    assert source_name(StreamSource("http://phone:8080/")) == "http://phone:8080/"
