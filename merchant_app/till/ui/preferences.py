"""What this till's people chose: kept in a small file beside the ledger, one property for each choice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QSettings

if TYPE_CHECKING:
    from merchant_app.domain.kinds import Language

FILE = "till.ini"
LARGEST_TEXT = 200


class Preferences:
    """A choice that was never made, or that nobody understands, is its default."""

    def __init__(self, data_dir: Path) -> None:
        self._kept = QSettings(str(data_dir / FILE), QSettings.Format.IniFormat)

    def _flag(self, name: str, default: bool) -> bool:
        return str(self._kept.value(name, default)).lower() == "true"

    @property
    def language(self) -> Language:
        kept = self._kept.value("language")
        if kept in ("zh", "en"):
            return "zh" if kept == "zh" else "en"
        return "zh" if QLocale.system().language() is QLocale.Language.Chinese else "en"

    @language.setter
    def language(self, language: Language) -> None:
        self._kept.setValue("language", language)

    @property
    def is_dark(self) -> bool:
        return self._flag("dark", default=False)

    @is_dark.setter
    def is_dark(self, is_dark: bool) -> None:
        self._kept.setValue("dark", is_dark)

    @property
    def text_percent(self) -> int:
        kept = str(self._kept.value("text_percent", 100))
        return int(kept) if kept.isdigit() and 100 <= int(kept) <= LARGEST_TEXT else 100

    @text_percent.setter
    def text_percent(self, percent: int) -> None:
        self._kept.setValue("text_percent", percent)

    @property
    def is_silent(self) -> bool:
        return self._flag("silent", default=False)

    @is_silent.setter
    def is_silent(self, is_silent: bool) -> None:
        self._kept.setValue("silent", is_silent)

    @property
    def redeem_on_sight(self) -> bool:
        return self._flag("redeem_on_sight", default=True)

    @redeem_on_sight.setter
    def redeem_on_sight(self, redeem_on_sight: bool) -> None:
        self._kept.setValue("redeem_on_sight", redeem_on_sight)

    @property
    def is_mirrored(self) -> bool:
        return self._flag("mirrored", default=False)

    @is_mirrored.setter
    def is_mirrored(self, is_mirrored: bool) -> None:
        self._kept.setValue("mirrored", is_mirrored)

    @property
    def camera(self) -> str:
        """As `scanning.frames.source_from_text` reads it; empty: the first camera."""
        return str(self._kept.value("camera", ""))

    @camera.setter
    def camera(self, camera: str) -> None:
        self._kept.setValue("camera", camera)

    @property
    def cashier(self) -> str:
        return str(self._kept.value("cashier", "01"))

    @cashier.setter
    def cashier(self, name: str) -> None:
        self._kept.setValue("cashier", name)
