"""Walks the files of this project as a clone holds them, without what setting up and running leave behind."""

import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_LEFT_BEHIND = {ROOT / name for name in (".git", "build", "dist", "tour", "bench.json")}


def files_of_the_project() -> Iterator[Path]:
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if Path(folder, name) not in _LEFT_BEHIND and not _is_made(name)]
        yield from (path for name in sorted(names) if (path := Path(folder, name)) not in _LEFT_BEHIND)


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


def _is_made(folder: str) -> bool:
    return (folder.startswith(".") and folder != ".ci") or folder == "__pycache__" or folder.endswith(".egg-info")
