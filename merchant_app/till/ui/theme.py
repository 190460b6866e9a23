"""The look of the till: colours and sizes filled into one style sheet, switchable while the till runs.

A widget says what it is by dynamic properties, and the style sheet in `resources/theme` does the rest:
`dress(button, kind="primary")`, `dress(label, role="title")`, `dress(panel, role="verdict", state="accepted")`.

    role    page card raised sunken rule strip header camera banner verdict inset chip keycap,
            and for labels: caption label muted strong lead lead_strong title headline figure amount
    state   verdict: accepted refused needs; banner: refused accepted provisional (none: amber);
            chip: confirmed provisional contested voided resolved online offline; line edit: wrong
    kind    buttons: primary quiet danger key link on_verdict; line edit: money
    extent  buttons: large (`size` is a property that every widget has already)
"""

from dataclasses import asdict, dataclass
from string import Template

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from merchant_app.resources import resource_path
from merchant_app.till.ui.fonts import till_font
from merchant_app.till.ui.palette import LIGHT, Palette

SHEETS = ("base.qss", "controls.qss", "lists.qss", "verdict.qss")
TEXT_PERCENTS = (100, 110, 125, 150)


@dataclass(frozen=True)
class Sizes:
    """Sizes in pixels at 100 % text; `lead` and above can be read at an arm's length, `figure` and above at 1 m."""

    keycap: int = 11
    caption: int = 13
    small: int = 14
    body: int = 15
    lead: int = 18
    title: int = 21
    headline: int = 28
    figure: int = 42
    amount: int = 84
    target: int = 44
    target_large: int = 54
    key: int = 52


@dataclass(frozen=True)
class Spaces:
    """Gaps and corners in pixels: steps of four, the same at every text size."""

    space_1: int = 4
    space_2: int = 8
    space_3: int = 12
    space_4: int = 16
    space_5: int = 24
    space_6: int = 32
    radius_small: int = 8
    radius: int = 12
    radius_large: int = 18


SPACES = Spaces()
FIXED = ("target", "target_large", "key")  # big enough for a finger already; text grows inside them


def sizes(text_percent: int = 100) -> Sizes:
    """The sizes at a text size of 100 to 150 per cent. Touch targets grow at half the pace of text."""
    grown = {
        name: round(pixels * (100 + (text_percent - 100) / (2 if name in FIXED else 1)) / 100)
        for name, pixels in asdict(Sizes()).items()
    }
    return Sizes(**grown)


def style_sheet(palette: Palette, text_percent: int = 100) -> str:
    """The whole style sheet with every token filled in; a token that the sheet names and nobody has is a KeyError."""
    at_size = sizes(text_percent)
    tokens: dict[str, object] = {**asdict(palette), **asdict(at_size), **asdict(SPACES)}
    tokens["theme"] = resource_path("theme").as_posix()
    tokens["chip_radius"] = at_size.caption * 3 // 4
    return "\n".join(
        Template(resource_path("theme", sheet).read_text(encoding="utf-8")).substitute(tokens) for sheet in SHEETS
    )


def qt_palette(palette: Palette) -> QPalette:
    """The colours that Qt takes from its palette rather than from a style sheet (placeholders, links, dialogs)."""
    roles = QPalette.ColorRole
    qt = QPalette()
    for role, colour in {
        roles.Window: palette.page,
        roles.Base: palette.surface,
        roles.AlternateBase: palette.sunken,
        roles.Button: palette.raised,
        roles.WindowText: palette.text,
        roles.Text: palette.text,
        roles.ButtonText: palette.text,
        roles.PlaceholderText: palette.faint,
        roles.Highlight: palette.accent,
        roles.HighlightedText: palette.on_accent,
        roles.Link: palette.accent_text,
        roles.ToolTipBase: palette.text,
        roles.ToolTipText: palette.surface,
    }.items():
        qt.setColor(role, QColor(colour))
    return qt


class Theme(QObject):
    """The look in use. Screens that paint for themselves, or show icons, listen to `changed`."""

    changed = Signal()

    def __init__(self, app: QApplication, palette: Palette = LIGHT, text_percent: int = 100) -> None:
        super().__init__(app)
        self._app = app
        self.text_percent = text_percent
        app.setStyle("Fusion")
        self.use(palette, text_percent)

    def use(self, palette: Palette, text_percent: int | None = None) -> None:
        """Put on another palette, another text size, or both, while the till runs."""
        self.palette = palette
        if text_percent is not None:
            self.text_percent = text_percent
        self.sizes = sizes(self.text_percent)
        self._app.setFont(till_font(self.sizes.body))
        self._app.setPalette(qt_palette(palette))
        self._app.setStyleSheet(style_sheet(palette, self.text_percent))
        self.changed.emit()


def dress(widget: QWidget, **properties: str) -> None:
    """Say what a widget is (`role`, `state`, `kind`, `extent`) and let the style sheet look at it again.

    The widgets inside it are looked at again too: what they look like can depend on the panel they are in.
    """
    for name, value in properties.items():
        widget.setProperty(name, value)
    for one in (widget, *widget.findChildren(QWidget)):
        one.style().unpolish(one)
        one.style().polish(one)
