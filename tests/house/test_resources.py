"""resources/ is found from a clone, and from a wheel that is installed somewhere else."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from merchant_app.resources import resource_path
from tests.house.tree import ROOT, files_of_the_project

LOOK = """
import json, merchant_app
from merchant_app.resources import resource_path
folder = resource_path()
print(json.dumps({
    "package": merchant_app.__file__,
    "folder": str(folder),
    "files": sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()),
}))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which this project's wheel, built from this clone, is unpacked as an installation would."""
    made, folder = tmp_path_factory.mktemp("wheel"), tmp_path_factory.mktemp("installed")
    # fmt: off
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", str(ROOT), "--wheel-dir", str(made), "--quiet",
         "--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check"],
        check=True, capture_output=True,
    )
    # fmt: on
    (wheel,) = made.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def test_a_clone_finds_them_beside_the_package() -> None:
    assert resource_path() == ROOT / "resources"
    assert resource_path("locale", "zh_CN").is_dir()


def test_an_installed_wheel_finds_all_of_them_inside_the_package(installed: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONDONTWRITEBYTECODE": "1"}
    answer = subprocess.run(
        [sys.executable, "-c", LOOK], cwd=tmp_path, env=environment, check=True, capture_output=True, text=True
    )
    seen = json.loads(answer.stdout)
    assert Path(seen["package"]) == installed / "merchant_app" / "__init__.py"
    assert Path(seen["folder"]) == installed / "merchant_app" / "_resources"
    assert seen["files"]
    assert seen["files"] == files_under("resources")


def test_an_installed_wheel_holds_every_file_of_the_package(installed: Path) -> None:
    package = installed / "merchant_app"
    files = {path.relative_to(package) for path in package.rglob("*") if path.is_file()}
    own = sorted(path.as_posix() for path in files if path.parts[0] != "_resources")
    assert own == files_under("merchant_app")


def files_under(folder: str) -> list[str]:
    here = ROOT / folder
    return sorted(path.relative_to(here).as_posix() for path in files_of_the_project() if path.is_relative_to(here))
