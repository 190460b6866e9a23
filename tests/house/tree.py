"""Walks the files of this project as a clone holds them, without what setting up and running leave behind."""

import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_LEFT_BEHIND = {"build", "dist", "tour", "__pycache__"}
_LEFT_BEHIND_FILES = {"bench.json"}


def files_of_the_project() -> Iterator[Path]:
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in _LEFT_BEHIND and not _is_hidden(name)]
        yield from (Path(folder, name) for name in sorted(names) if name not in _LEFT_BEHIND_FILES)


def python_files(*folders: str) -> list[Path]:
    """The Python files under these folders of the project, and the file of that name where it is no folder."""
    roots = [ROOT / folder for folder in folders]
    return [
        path
        for path in files_of_the_project()
        if path.suffix == ".py" and any(path.is_relative_to(root) for root in roots)
    ]


def named(path: Path) -> str:
    """How a path is called in a failure: from the top of the project."""
    return path.relative_to(ROOT).as_posix()


def _is_hidden(name: str) -> bool:
    return (name.startswith(".") and name != ".ci") or name.endswith(".egg-info")
