"""The surroundings that every test gets: strict, and nobody's own."""

import os
import subprocess
import sys
from pathlib import Path

import keyring
import keyring.errors
import platformdirs
import pytest

from tests.house.tree import ROOT


def test_no_test_reaches_the_users_keyring() -> None:
    with pytest.raises(keyring.errors.NoKeyringError):
        keyring.set_password("merchant_app", "device", "secret")


def test_no_test_reaches_the_users_folders() -> None:
    own = Path.home()
    for folder in (platformdirs.user_data_dir("merchant_app"), platformdirs.user_config_dir("merchant_app")):
        assert not Path(folder).is_relative_to(own) or "merchant-app-tests-" in folder


def test_windows_need_no_screen() -> None:
    assert os.environ["QT_QPA_PLATFORM"]


UNEXPECTED = """
import warnings
import pytest
from PySide6.QtCore import qWarning

def test_warns(qtbot):
    warnings.warn("old", DeprecationWarning)

def test_has_qt_complain(qtbot):
    qWarning("lost a painter")

def test_is_quiet(qtbot):
    pass
"""


def test_a_warning_or_a_message_of_qts_fails_a_test_and_an_unknown_mark_stops_the_run(tmp_path: Path) -> None:
    tmp_path.joinpath("test_unexpected.py").write_text(UNEXPECTED, encoding="utf-8")
    tmp_path.joinpath("test_mark.py").write_text(
        "import pytest\npytestmark = pytest.mark.unheard_of\n", encoding="utf-8"
    )
    command = [sys.executable, "-m", "pytest", "-rA", "--continue-on-collection-errors", "-p", "no:cacheprovider"]
    answer = subprocess.run(
        [*command, "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(tmp_path), str(tmp_path)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    summary = answer.stdout.rpartition("short test summary info")[2]
    assert "FAILED test_unexpected.py::test_warns - DeprecationWarning: old" in summary
    assert "FAILED test_unexpected.py::test_has_qt_complain" in summary
    assert "lost a painter" in answer.stdout
    assert "PASSED test_unexpected.py::test_is_quiet" in summary
    assert "ERROR test_mark.py" in summary
    assert "'unheard_of' not found in `markers`" in answer.stdout
