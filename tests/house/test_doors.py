"""The documents name the commands that there are, and every command that there is can be opened."""

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from merchant_app.cli.main import DOORS
from tests.house.tree import ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):", MAKEFILE, flags=re.MULTILINE)) - {"system-libraries", "test-libraries"}
HEAVY = ("PySide6", "cv2", "fastapi", "sqlalchemy", "requests")


def written(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


def commands_of(document: str, program: str) -> set[str]:
    """The words that follow a program's name where a document shows them as code."""
    code = re.findall(r"```sh\n(.*?)```|`([^`\n]+)`", written(document), flags=re.DOTALL)
    return set(re.findall(rf"(?:^|/|\s){program} ([a-z]+)", "\n".join("\n".join(each) for each in code)))


def first_words(document: str) -> set[str]:
    """The first word of each piece of code in a table."""
    return set(re.findall(r"(?:^\| |, )`([a-z]+)", written(document), flags=re.MULTILINE))


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_the_documents_name_only_make_targets_that_there_are(document: str) -> None:
    named = commands_of(document, "make")
    assert named
    assert named <= TARGETS


def test_every_make_target_is_documented() -> None:
    assert commands_of("CONTRIBUTING.md", "make") == TARGETS


def test_the_documents_name_only_commands_that_there_are() -> None:
    assert commands_of("README.md", "merchant-app") <= set(DOORS)


def test_every_command_is_documented() -> None:
    assert commands_of("docs/commands.md", "merchant-app") | first_words("docs/commands.md") >= set(DOORS)


def test_continuous_integration_runs_the_readmes_own_command() -> None:
    assert "make test" in written(".ci/run")
    assert "test" in commands_of("README.md", "make")


@pytest.mark.parametrize("door", [*DOORS, "open_till"])
def test_every_door_opens(door: str) -> None:
    module = import_module(f"merchant_app.cli.{door}")
    assert callable(module.configure)
    assert callable(module.run)


def test_judging_loads_no_screen_no_camera_and_no_server(tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.touch()
    look = f"""
import sys
from merchant_app.cli.main import main
assert main(["judge", {str(cases)!r}]) == 0
assert "merchant_app.domain.judging" in sys.modules
print([name for name in {HEAVY!r} if name in sys.modules])
"""
    answer = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
