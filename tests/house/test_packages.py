"""What pyproject.toml asks for is locked with hashes, and the packages this project is built on are used."""

import ast
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.tree import ROOT, python_files

LOCK = ROOT / "requirements.txt"
LOCKED = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[^ ]+)", flags=re.MULTILINE)


@cache
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def asked_for() -> list[Requirement]:
    groups = project()["dependency-groups"].values()
    lines = [*project()["project"]["dependencies"], *(line for group in groups for line in group)]
    return [Requirement(line) for line in lines]


def imported_by(path: Path) -> set[str]:
    """The top-level names of what a file imports, at its top or inside a function."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module)
    return {name.partition(".")[0] for name in names}


@pytest.mark.parametrize("requirement", asked_for(), ids=lambda requirement: requirement.name)
def test_every_package_asked_for_is_locked_at_a_version_that_fits(requirement: Requirement) -> None:
    versions = [
        match["version"]
        for match in LOCKED.finditer(LOCK.read_text(encoding="utf-8"))
        if match["name"] == canonicalize_name(requirement.name)
    ]
    assert versions, f"{requirement.name} is not in requirements.txt: run make lock"
    assert all(requirement.specifier.contains(version) for version in versions)


def test_every_locked_package_has_a_hash() -> None:
    entries = re.split(r"\n(?=\S)", LOCK.read_text(encoding="utf-8").strip())
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize(
    ("package", "module"),
    [
        ("PySide6-Essentials", "PySide6"),
        ("sqlite-utils", "sqlite_utils"),
        ("qrcode", "qrcode"),
        ("opencv-python", "cv2"),
        ("requests", "requests"),
    ],
)
def test_the_packages_this_is_built_on_are_declared_and_used(package: str, module: str) -> None:
    declared = {Requirement(line).name for line in project()["project"]["dependencies"]}
    assert package in declared
    assert any(module in imported_by(path) for path in python_files("merchant_app"))


def test_windows_are_tested_with_pytest_qt() -> None:
    assert "pytest-qt" in {requirement.name for requirement in asked_for()}
    assert any("qtbot" in path.read_text(encoding="utf-8") for path in python_files("tests/till"))
