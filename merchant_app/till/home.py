"""Where a till is at home while nobody says otherwise: its folder on this computer, its time zone. Loads little."""

from pathlib import Path
from zoneinfo import ZoneInfo

HOME_ZONE = ZoneInfo("Asia/Shanghai")
"""The zone that days and times are shown in; changing the computer's own changes nothing."""


def default_data_dir() -> Path:
    from platformdirs import user_data_path

    return user_data_path("merchant-app", appauthor=False)
