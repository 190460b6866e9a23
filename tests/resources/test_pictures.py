"""The pictures of offers and the icons are sound, small, and all there."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from merchant_app.resources import resource_path
from tests.house.tree import python_files

PICTURES = sorted(resource_path("offers").glob("*.jpg"))
ICONS = sorted(resource_path("icons").glob("*.svg"))
TAKE_AN_ICON = {"icon", "icon_pixmap", "show_icon", "use_icon", "KeyButton"}
ICON_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.stem)
def test_an_offers_picture_is_960_by_540_and_under_60_kilobytes(path: Path) -> None:
    with Image.open(path) as picture:
        picture.load()
        assert picture.size == (960, 540)
    assert path.stat().st_size < 60_000
    assert resource_path("offers", "source", f"{path.stem}.svg").is_file()


def test_there_are_pictures_enough_for_every_kind_of_outlet() -> None:
    kinds = {"hotpot", "noodles", "hotel", "foot_massage", "ktv", "cinema", "milk_tea", "bakery", "spa", "gift"}
    assert kinds <= {path.stem for path in PICTURES}


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_an_icon_is_one_of_the_set_and_takes_its_colour_from_us(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ElementTree.fromstring(text).get("viewBox") == "0 0 24 24"
    assert "currentColor" in text


def test_the_sets_licence_is_with_it() -> None:
    assert "ISC License" in resource_path("icons", "LICENSE-lucide.txt").read_text(encoding="utf-8")


def icons_named(path: Path) -> Iterator[str]:
    """The icons that a file of screens asks for by name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and called(node) in TAKE_AN_ICON:
            for argument in [*node.args, *(word.value for word in node.keywords if word.arg in ("name", "icon_name"))]:
                yield from (name for name in texts(argument) if ICON_NAME.fullmatch(name))


def texts(argument: ast.expr) -> Iterator[str]:
    """A string given as it is, or either one of `a if b else c`."""
    if isinstance(argument, ast.IfExp):
        yield from texts(argument.body)
        yield from texts(argument.orelse)
    elif isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def test_every_icon_that_a_screen_asks_for_is_there() -> None:
    named = {name for path in python_files("merchant_app/till/ui") for name in icons_named(path)}
    assert named - {path.stem for path in ICONS} == set()
    assert "camera-off" in named


def test_the_product_has_its_mark_in_every_form() -> None:
    with Image.open(resource_path("logo", "logo-256.png")) as picture:
        assert picture.size == (256, 256)
    with Image.open(resource_path("logo", "logo.ico")) as icon:
        assert {(16, 16), (32, 32), (256, 256)} <= set(icon.ico.sizes())
    assert ElementTree.parse(resource_path("logo", "logo.svg")).getroot().get("viewBox") == "0 0 256 256"
