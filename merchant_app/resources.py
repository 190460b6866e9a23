"""Finds the files of resources/: beside the package in a clone, inside it once installed."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_resources"
_IN_A_CLONE = _PACKAGE.parent / "resources"


def resource_path(*parts: str) -> Path:
    """The path of a file or folder of resources/, named by its parts: ``resource_path("icons", "till.svg")``.

    A wheel and an installer carry resources/ as ``merchant_app/_resources``, so what is returned is always a
    real path. Whether it exists is for the caller to say: only the caller knows what its absence means.
    """
    root = _INSTALLED if _INSTALLED.is_dir() else _IN_A_CLONE
    return root.joinpath(*parts)
