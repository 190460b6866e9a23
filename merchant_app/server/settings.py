"""Where the server keeps what it must not lose, and where it listens."""

from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path


def default_data_dir() -> Path:
    return user_data_path("merchant_app") / "server"


@dataclass(frozen=True, slots=True)
class Settings:
    """`database` is a file or `postgresql://...`; None: `server.db` in the data dir. Port 0: any free one."""

    data_dir: Path
    database: str | None = None
    host: str = "127.0.0.1"
    port: int = 8470
