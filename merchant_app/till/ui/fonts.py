"""The till's letters: Inter for Latin and figures, and a Chinese font, from the system or from our own packages."""

from collections.abc import Callable, Iterable
from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from merchant_app.resources import resource_path

LATIN = "Inter"
LATIN_FILES = ("Inter-Regular.ttf", "Inter-Medium.ttf", "Inter-SemiBold.ttf", "Inter-Bold.ttf")
CHINESE_OF_SYSTEMS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
)
BUNDLED_CHINESE = "Noto Sans CJK SC"


def till_font(pixels: int) -> QFont:
    """The till's font at a size in pixels. The first call registers what is missing."""
    font = QFont()
    font.setFamilies([LATIN, chinese_family()])
    font.setPixelSize(pixels)
    return font


@cache
def chinese_family() -> str:
    """The family that Chinese is shown in; the font files are registered with Qt once per process."""
    for name in LATIN_FILES:
        QFontDatabase.addApplicationFont(str(resource_path("fonts", name)))
    return pick_chinese(QFontDatabase.families(), add_bundled_chinese)


def pick_chinese(families: Iterable[str], add_bundled: Callable[[], None]) -> str:
    """The best Chinese family among the system's; without one, the package's 19 MB font is added."""
    present = set(families)
    for family in CHINESE_OF_SYSTEMS:
        if family in present:
            return family
    add_bundled()
    return BUNDLED_CHINESE


def add_bundled_chinese() -> None:
    """Register Noto Sans CJK by its path: Qt reads of the file what it draws, not the whole of it."""
    from noto_cjk_sans_otc import FONT_PATH

    QFontDatabase.addApplicationFont(str(FONT_PATH))
