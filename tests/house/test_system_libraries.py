"""Setting up names just the system packages that are missing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from merchant_app.system_libraries import FOR_TESTS, LIBRARIES, missing_for_tests, missing_packages
from tests.house.tree import ROOT

EVERYTHING = "15 libs found in cache\n" + "".join(f"\t{name} (libc6,x86-64) => /usr/lib/{name}\n" for name in LIBRARIES)


def test_nothing_is_missing_where_all_libraries_are_known() -> None:
    assert missing_packages(EVERYTHING, can_make_environments=True) == []


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_that_is_not_known_is_asked_for_by_its_package(library: str) -> None:
    others = "".join(line for line in EVERYTHING.splitlines(keepends=True) if not line.startswith(f"\t{library} "))
    assert missing_packages(others, can_make_environments=True) == [LIBRARIES[library]]


def test_a_library_of_a_similar_name_does_not_count() -> None:
    similar = EVERYTHING.replace("\tlibGL.so.1 ", "\tlibGL.so.1.7.0 ")
    assert missing_packages(similar, can_make_environments=True) == ["libgl1"]


def test_a_python_that_cannot_make_environments_needs_a_package_too() -> None:
    assert missing_packages(EVERYTHING, can_make_environments=False) == ["python3-venv"]


def test_only_the_tests_need_a_browser() -> None:
    assert missing_for_tests(lambda name: True) == []
    assert missing_for_tests(lambda name: name != "chromium") == ["chromium"]
    assert missing_for_tests(lambda name: False) == sorted(FOR_TESTS.values())


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root may install")
def test_a_browser_is_installed_for_the_tests_alone(commands: Path) -> None:
    asked = commands / "asked"
    write_command(commands / "apt-get", f'echo "$@" >> "{asked}"')
    assert set_up(commands).returncode == 0
    assert "chromium" not in asked.read_text(encoding="utf-8")
    assert set_up(commands, "--for-tests").returncode == 0
    assert "chromium" in asked.read_text(encoding="utf-8").split()


def test_without_apt_the_packages_are_named_and_setting_up_stops(commands: Path) -> None:
    answer = set_up(commands)
    assert answer.returncode == 1
    assert "libegl1" in answer.stderr
    assert "Install them and try again" in answer.stderr


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root may install")
def test_root_gets_them_installed_and_needs_no_second_try(commands: Path) -> None:
    asked = commands / "asked"
    write_command(commands / "apt-get", f'echo "$@" >> "{asked}"')
    assert set_up(commands).returncode == 0
    update, install = asked.read_text(encoding="utf-8").splitlines()
    assert update.startswith("update")
    assert install.startswith("install -y")
    assert {"libegl1", "libxcb-cursor0"} <= set(install.split())


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root may install")
def test_where_apt_fails_the_line_to_run_is_printed(commands: Path) -> None:
    write_command(commands / "apt-get", "exit 100")
    answer = set_up(commands)
    assert answer.returncode == 1
    assert "apt-get install --no-install-recommends libbrotli1" in answer.stderr


@pytest.fixture
def commands(tmp_path: Path) -> Path:
    """A folder of commands as on a machine that has none of the libraries."""
    write_command(tmp_path / "ldconfig", "echo '0 libs found in cache'")
    return tmp_path


def write_command(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def set_up(commands: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "merchant_app.system_libraries", *words],
        cwd=ROOT,
        env={"PATH": str(commands)},
        capture_output=True,
        text=True,
        check=False,
    )
