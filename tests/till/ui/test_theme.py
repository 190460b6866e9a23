"""The till's look can be read: contrast in both palettes, sizes at every text size, Chinese without a system font."""

import re
from dataclasses import asdict, fields
from itertools import pairwise

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFontInfo, QImage, QRawFont
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from merchant_app.resources import resource_path
from merchant_app.till.ui.fonts import BUNDLED_CHINESE, pick_chinese, till_font
from merchant_app.till.ui.icons import app_icon, icon, icon_pixmap
from merchant_app.till.ui.palette import DARK, LIGHT, Palette
from merchant_app.till.ui.sounds import Sound, Sounds, loudness
from merchant_app.till.ui.theme import SHEETS, TEXT_PERCENTS, Theme, dress, sizes, style_sheet

PALETTES = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)

TEXT_ON = [
    *[(text, ground) for text in ("text", "muted") for ground in ("page", "surface", "raised", "sunken", "field")],
    ("text", "hover"),
    ("text", "accent_soft"),
    ("surface", "text"),
    ("on_camera", "camera"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_accent", "accent_pressed"),
    ("accent_text", "accent_soft"),
    ("accent_text", "surface"),
    *[(f"on_{tone}", f"{tone}{field}") for tone in ("accepted", "refused", "amber") for field in ("", "_inset")],
    ("on_provisional", "provisional"),
    *[(f"{tone}_text", f"{tone}_soft") for tone in ("accepted", "refused", "amber", "provisional")],
    *[(f"{tone}_text", "surface") for tone in ("accepted", "refused", "amber", "provisional")],
]
"""(token of the text, token of what it stands on), as the style sheet pairs them."""


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, as WCAG 2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@PALETTES
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_stands_out_from_what_it_is_on(palette: Palette, text: str, ground: str) -> None:
    colours = asdict(palette)
    assert contrast(colours[text], colours[ground]) >= 4.5


@PALETTES
def test_the_three_answers_and_the_page_are_told_apart_without_colour(palette: Palette) -> None:
    lightness = sorted(luminance(colour) for colour in (palette.accepted, palette.amber))
    assert lightness[1] - lightness[0] > 0.2
    assert contrast(palette.accent_solid, palette.surface) >= 3
    assert contrast(palette.accepted, palette.surface) >= 3
    assert contrast(palette.refused, palette.surface) >= 3


@PALETTES
def test_every_colour_is_one(palette: Palette) -> None:
    colours = [value for value in asdict(palette).values() if isinstance(value, str) and value != palette.name]
    assert [colour for colour in colours if not re.fullmatch("#[0-9a-f]{6}", colour)] == []


@PALETTES
@pytest.mark.parametrize("percent", TEXT_PERCENTS)
def test_the_style_sheet_has_no_token_left_and_qt_takes_it(qtbot: QtBot, palette: Palette, percent: int) -> None:
    sheet = style_sheet(palette, percent)
    assert "$" not in sheet
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.setStyleSheet(sheet)
    widget.ensurePolished()
    for name in re.findall(r"url\(([^)]*)\)", sheet):
        assert resource_path("theme") in resource_path("theme", name).parents
        assert resource_path("theme", name).is_file()


def test_every_token_of_a_palette_is_of_use() -> None:
    sheets = "".join(resource_path("theme", sheet).read_text(encoding="utf-8") for sheet in SHEETS)
    named = set(re.findall(r"\$\{?(\w+)", sheets))
    painted = {"name", "is_dark", "provisional", "on_provisional"}  # what screens paint for themselves
    assert {field.name for field in fields(Palette)} - named - painted == set()


@pytest.mark.parametrize("percent", TEXT_PERCENTS)
def test_what_is_touched_is_never_under_44_pixels(qtbot: QtBot, percent: int) -> None:
    sheet = style_sheet(LIGHT, percent)
    for kind in ("", "primary", "quiet", "danger", "key"):
        button = QPushButton("12")
        qtbot.addWidget(button)
        button.setStyleSheet(sheet)
        dress(button, kind=kind)
        assert button.sizeHint().height() >= 44, kind


def test_text_grows_with_its_setting() -> None:
    grown = [sizes(percent) for percent in TEXT_PERCENTS]
    assert all(less.amount < more.amount and less.body < more.body for less, more in pairwise(grown))
    assert grown[-1].body == round(grown[0].body * 1.5)
    assert grown[0].caption < grown[0].body < grown[0].lead < grown[0].title < grown[0].headline < grown[0].figure


def test_the_look_changes_while_the_till_runs(qtbot: QtBot, qapp: QApplication) -> None:
    before = qapp.styleSheet(), qapp.palette(), qapp.font()
    theme = Theme(qapp)
    panel, label = QWidget(), QLabel("128.00")
    qtbot.addWidget(panel)
    QVBoxLayout(panel).addWidget(label)
    dress(panel, role="page")
    dress(label, role="title")
    label.ensurePolished()
    size = QFontInfo(label.font()).pixelSize()
    try:
        with qtbot.waitSignal(theme.changed):
            theme.use(DARK, 150)
        label.ensurePolished()
        assert QFontInfo(label.font()).pixelSize() > size
        assert label.palette().windowText().color() == QColor(DARK.text)
        theme.use(LIGHT)
        assert theme.text_percent == 150
        label.ensurePolished()
        assert label.palette().windowText().color() == QColor(LIGHT.text)
    finally:
        qapp.setStyleSheet(before[0])
        qapp.setPalette(before[1])
        qapp.setFont(before[2])


def test_chinese_has_glyphs_on_a_machine_without_a_chinese_font(qtbot: QtBot) -> None:
    shown = QRawFont.fromFont(till_font(16).__class__(till_font(16).families()[1]))
    assert all(shown.supportsCharacter(ord(character)) for character in "核销撤销争议满减券¥")


@pytest.mark.parametrize(
    ("families", "chosen"),
    [
        (["Arial", "Microsoft YaHei"], "Microsoft YaHei"),
        (["PingFang SC", "Helvetica"], "PingFang SC"),
        (["Noto Sans CJK SC", "Microsoft YaHei"], "Noto Sans CJK SC"),
    ],
)
def test_a_chinese_font_of_the_system_is_taken_and_ours_left_unloaded(families: list[str], chosen: str) -> None:
    added: list[str] = []
    assert pick_chinese(families, lambda: added.append("ours")) == chosen
    assert added == []


def test_ours_is_loaded_where_the_system_has_none() -> None:
    added: list[str] = []
    assert pick_chinese(["DejaVu Sans"], lambda: added.append("ours")) == BUNDLED_CHINESE
    assert added == ["ours"]


@PALETTES
def test_an_icon_is_drawn_in_the_colour_asked_for(qtbot: QtBot, palette: Palette) -> None:
    picture = icon_pixmap("circle-check", palette.accepted, 48, 2.0)
    assert picture.size() == QSize(96, 96)
    assert picture.deviceIndependentSize().toSize() == QSize(48, 48)
    assert QColor(palette.accepted).rgb() in opaque_colours(picture.toImage())


def test_an_icon_is_sharp_at_every_size_and_an_unknown_one_is_named(qtbot: QtBot) -> None:
    assert icon("camera", LIGHT.muted).actualSize(QSize(96, 96)) == QSize(96, 96)
    assert not app_icon().isNull()
    with pytest.raises(FileNotFoundError, match="no-such-icon"):
        icon("no-such-icon", LIGHT.muted)


def opaque_colours(image: QImage) -> set[int]:
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.rgb() for pixel in pixels if pixel.alpha() == 255}


def test_a_sound_that_is_muted_or_turned_down_is_not_played(qtbot: QtBot) -> None:
    muted = Sounds(is_muted=True)
    assert not muted.play(Sound.ACCEPTED)
    silent = Sounds(volume=0)
    assert not silent.play(Sound.REFUSED)


def test_every_sound_can_be_asked_for_with_or_without_a_device(qtbot: QtBot) -> None:
    sounds = Sounds(volume=10)
    assert len({sounds.play(sound) for sound in Sound}) == 1
    assert all(resource_path("sounds", f"{sound}.wav").is_file() for sound in Sound)


def test_loudness_follows_the_volume() -> None:
    assert [loudness(volume) for volume in (-5, 0, 50, 100, 400)] == [0, 0, 0.25, 1, 1]
