"""Which version of this program is running."""

from importlib.metadata import PackageNotFoundError, version


def program_version() -> str:
    """The installed version; "0" where the program runs without having been installed."""
    try:
        return version("merchant-app")
    except PackageNotFoundError:
        return "0"
