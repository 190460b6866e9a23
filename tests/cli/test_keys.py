"""`merchant-app keys`: what is shown, backed up and restored, and what is refused with a sentence."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from merchant_app.cli.main import main
from merchant_app.errors import KeyBackupError, KeysUnusableError
from merchant_app.server.app import open_central
from merchant_app.server.services.keeping_keys.backing_up import Cost, back_up, restore
from merchant_app.server.services.keeping_keys.server_keys import keys_folder
from merchant_app.server.settings import Settings

Call = Callable[..., tuple[int, Any, str]]
PASSPHRASE = "correct horse battery staple"
CHEAP = Cost(passes=1, memory=8192)


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    """Runs `keys` with --json on this test's data: exit code, what it printed as JSON, what it said."""

    def run(*words: str) -> tuple[int, Any, str]:
        code = main(["keys", *words, "--json", "--data-dir", str(tmp_path / "server")])
        out, err = capsys.readouterr()
        return code, json.loads(out) if out else None, err

    return run


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A backup of new keys, by a passphrase that is quickly tried."""
    central = open_central(Settings(tmp_path / "server"))
    path, names = back_up(central, tmp_path, PASSPHRASE, CHEAP)
    central.database.close()
    assert names == ["root.key", "serving.json"]
    return path


def test_keys_are_shown_without_their_private_halves(call: Call, tmp_path: Path) -> None:
    _, told, _ = call("show")
    assert told["root_is_here"]
    assert [each["signs_now"] for each in told["serving_keys"]] == [True]
    assert told["backed_up_at"] is None
    secrets = [path.read_text() for path in keys_folder(tmp_path / "server").iterdir()]
    seed = next(json.loads(text)["keys"][0]["seed"] for text in secrets if text.startswith("{"))
    assert seed not in json.dumps(told)


def test_a_person_is_told_what_is_wanted_and_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = ["--data-dir", str(tmp_path / "server")]
    assert main(["keys", "rotate", "serving", *data]) == 0
    assert main(["keys", "show", *data]) == 0
    assert "No backup was made yet." in capsys.readouterr().out
    root = keys_folder(tmp_path / "server") / "root.key"
    root.unlink()
    for which in (["rotate", "serving"], ["rotate", "root"]):
        assert main(["keys", *which, *data]) == 1
        assert str(root) in capsys.readouterr().err


def test_what_names_no_key_is_refused(call: Call) -> None:
    assert call("revoke", "serving", "00000000")[:2] == (1, {"refused": "unknown_key"})
    assert call("revoke", "issuing", "9")[:2] == (1, {"refused": "unknown_key"})
    assert call("rotate", "issuing", "9")[:2] == (1, {"refused": "unknown_campaign"})


def test_a_backup_is_written_to_a_folder_that_is_there_by_a_passphrase_that_is_long(call: Call, tmp_path: Path) -> None:
    passphrase = tmp_path / "passphrase"
    passphrase.write_text("short\n")
    words = ("backup", str(tmp_path), "--passphrase-file", str(passphrase))
    assert call(*words)[:2] == (1, {"refused": "weak_passphrase"})
    passphrase.write_text(PASSPHRASE + "\n")
    code, _, said = call("backup", str(tmp_path / "not plugged in"), "--passphrase-file", str(passphrase))
    assert (code, "not plugged in" in said) == (1, True)
    code, told, _ = call(*words)
    assert code == 0
    assert Path(told["file"]).stat().st_mode & 0o777 == 0o600
    assert call("show")[1]["backed_up_at"] is not None
    assert call("restore", told["file"], "--passphrase-file", str(passphrase))[0] == 0


def test_a_backup_opens_by_its_passphrase_alone_and_says_nothing_without_it(backup: Path, tmp_path: Path) -> None:
    assert restore(tmp_path / "elsewhere", backup, PASSPHRASE) == ["root.key", "serving.json"]
    for name in ("root.key", "serving.json"):
        text = (tmp_path / "elsewhere" / name).read_text()
        assert text == (keys_folder(tmp_path / "server") / name).read_text()
        assert text not in backup.read_text()
    with pytest.raises(KeyBackupError, match="wrong_passphrase"):
        restore(tmp_path / "third", backup, PASSPHRASE + "r")
    assert not (tmp_path / "third").exists()


def test_other_keys_are_not_overwritten_unless_that_was_said(backup: Path, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "root.key").write_text("00" * 32)
    with pytest.raises(KeyBackupError, match=r"in_the_way") as refused:
        restore(folder, backup, PASSPHRASE)
    assert refused.value.path == "root.key"
    assert [path.name for path in folder.iterdir()] == ["root.key"]
    restore(folder, backup, PASSPHRASE, replace=True)
    assert (folder / "root.key").read_text() != "00" * 32


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"memory": 1 << 40}, id="more memory than there is"),
        pytest.param({"passes": 1 << 30}, id="passes without end"),
        pytest.param({"passes": "x"}, id="no number"),
        pytest.param({"salt": "!"}, id="no base64"),
        pytest.param({"salt": "AAAA"}, id="a short salt"),
        pytest.param({"format": "another"}, id="another format"),
        pytest.param({"box": None}, id="no box"),
    ],
)
def test_a_file_that_is_no_backup_is_said_so(backup: Path, tmp_path: Path, change: dict[str, Any]) -> None:
    backup.write_text(json.dumps(json.loads(backup.read_text()) | change))
    with pytest.raises(KeyBackupError, match="unreadable"):
        restore(tmp_path / "elsewhere", backup, PASSPHRASE)
    (tmp_path / "no json").write_text("{")
    for name in ("no json", "nowhere"):
        with pytest.raises(KeyBackupError, match="unreadable"):
            restore(tmp_path / "elsewhere", tmp_path / name, PASSPHRASE)


def test_keys_that_cannot_be_kept_are_said_so(tmp_path: Path) -> None:
    (tmp_path / "server").mkdir()
    (tmp_path / "server" / "keys").write_text("a file in the way")
    with pytest.raises(KeysUnusableError):
        open_central(Settings(tmp_path / "server"))
