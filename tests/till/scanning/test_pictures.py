"""Any picture file becomes an array that the decoder understands, or is refused with its name."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from merchant_app.errors import SourceError
from merchant_app.paper.qr_picture import qr_array, qr_png
from merchant_app.till.scanning.ladder import read_still
from merchant_app.till.scanning.opencv import Picture, cv2
from merchant_app.till.scanning.pictures import LARGEST_BYTES, load_picture, picture_from_bytes
from tests.till.made_sources import CODE, frame_with, write_picture


def clear_paper() -> Picture:
    """A code's dark modules on nothing: black everywhere, and only the opacity tells."""
    code = qr_array(CODE)
    picture = np.zeros((*code.shape, 4), np.uint8)
    picture[:, :, 3] = 255 - code
    return picture


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp", ".bmp"])
def test_every_usual_format_is_read(tmp_path: Path, suffix: str) -> None:
    path = write_picture(tmp_path / f"coupon{suffix}", frame_with(CODE))
    assert [s.text for s in read_still(load_picture(path))] == [CODE]


@pytest.mark.parametrize(
    "picture",
    [clear_paper(), qr_array(CODE), qr_array(CODE).astype(np.uint16) * 257],
    ids=["clear", "gray", "16 bits"],
)
def test_transparency_and_depth_do_not_matter(tmp_path: Path, picture: Picture) -> None:
    path = write_picture(tmp_path / "coupon.png", picture)
    assert [s.text for s in read_still(load_picture(path))] == [CODE]


def test_a_black_and_white_picture_of_ours_is_read_from_its_bytes() -> None:
    assert [s.text for s in read_still(picture_from_bytes(qr_png(CODE), "pasted"))] == [CODE]


def test_a_path_with_chinese_characters_and_spaces_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "我的 优惠券"
    folder.mkdir()
    path = write_picture(folder / "满一百减二十.png", frame_with(CODE))
    assert [s.text for s in read_still(load_picture(path))] == [CODE]


@pytest.mark.parametrize("content", [b"", b"not a picture", b"<html>", b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_what_is_no_picture_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.png"
    path.write_bytes(content)
    with pytest.raises(SourceError) as refusal:
        load_picture(path)
    assert refusal.value.source == str(path)


def test_a_picture_cut_short_is_read_or_refused_but_nothing_wrong_comes_of_it() -> None:
    _, packed = cv2.imencode(".png", frame_with(CODE))
    whole = packed.tobytes()
    for share in (0.1, 0.5, 0.9):
        try:
            texts = [s.text for s in read_still(picture_from_bytes(whole[: int(len(whole) * share)], "cut"))]
        except SourceError:
            continue
        assert texts in ([], [CODE])


def test_a_missing_file_a_folder_and_a_huge_file_are_refused(tmp_path: Path) -> None:
    huge = tmp_path / "huge.png"
    with huge.open("wb") as file:
        file.truncate(LARGEST_BYTES + 1)
    for path in (tmp_path / "missing.png", tmp_path, huge):
        with pytest.raises(SourceError):
            load_picture(path)


def test_a_small_file_that_claims_to_be_a_giant_picture_is_refused() -> None:
    stream = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(stream, format="PNG")
    assert len(stream.getvalue()) < 1_000_000
    with pytest.raises(SourceError):
        picture_from_bytes(stream.getvalue(), "giant")


def test_a_code_in_a_photograph_of_many_megapixels_is_read_where_it_is() -> None:
    photograph = np.full((4200, 5600), 200, np.uint8)
    code = qr_array(CODE, module_px=20)
    photograph[1000 : 1000 + code.shape[0], 2000 : 2000 + code.shape[1]] = code // 8 + 120
    (sighting,) = read_still(photograph)
    assert sighting.text == CODE
    assert np.allclose(sighting.corners[0], (2080, 1080), atol=30)
