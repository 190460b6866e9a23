"""`merchant-app server` as a process: one line when it is ready, an orderly end, and work goes on beside it."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from merchant_app.cli.main import main
from merchant_app.wire.enrolment import read_invitation
from tests.server.documents import OUTLETS
from tests.server.till_client import enrol


@contextmanager
def server(data_dir: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process, and its address once it is ready."""
    command = [sys.executable, "-W", "error", "-m", "merchant_app", "server", "--json", "--port", "0", *words]
    with subprocess.Popen(
        [*command, "--data-dir", str(data_dir)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, process.communicate()[1]
        ready = json.loads(line)
        assert ready["ready"] is True
        try:
            yield process, ready["url"]
        finally:
            process.kill()


def test_it_says_when_it_is_ready_answers_and_ends_in_order(tmp_path: Path) -> None:
    with server(tmp_path) as (process, url):
        health = requests.get(f"{url}/health", timeout=30).json()
        assert health["status"] == "ok"
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (0, "", "")


def test_an_invitation_made_beside_it_says_where_it_is_and_is_good_at_once(tmp_path: Path, capsys: object) -> None:
    (tmp_path / "outlets.csv").write_text(OUTLETS, encoding="utf-8")
    data = ["--data-dir", str(tmp_path / "data")]
    with server(tmp_path / "data") as (_, url):
        assert main(["outlet", "import", str(tmp_path / "outlets.csv"), *data]) == 0
        capsys.readouterr()  # type: ignore[attr-defined]
        assert main(["till", "invite", "4201", "--json", *data]) == 0
        told = json.loads(capsys.readouterr().out)  # type: ignore[attr-defined]
        invitation = read_invitation(told["qr_text"])
        assert invitation is not None
        assert invitation.server == url
        till = enrol(url, 4201, invitation.secret)
        assert till.snapshot().outlet_id == 4201
        till.session.close()


def test_it_is_killed_and_comes_back_with_its_keys_and_tills(tmp_path: Path) -> None:
    (tmp_path / "outlets.csv").write_text(OUTLETS, encoding="utf-8")
    data = tmp_path / "data"
    assert main(["outlet", "import", str(tmp_path / "outlets.csv"), "--data-dir", str(data)]) == 0
    with server(data) as (process, url):
        invited = subprocess.run(
            [sys.executable, "-m", "merchant_app", "till", "invite", "4201", "--json", "--data-dir", str(data)],
            check=True,
            capture_output=True,
            text=True,
        )
        invitation = read_invitation(json.loads(invited.stdout)["code"])
        assert invitation is not None
        till = enrol(url, 4201, invitation.secret)
        process.kill()
    till.session.close()
    with server(data) as (_, url):
        till.url = url
        assert till.snapshot().outlet_id == 4201
        till.session.close()


def test_an_address_that_is_taken_is_said_so(tmp_path: Path) -> None:
    with server(tmp_path / "one") as (_, url):
        port = url.rsplit(":", 1)[1]
        answer = subprocess.run(
            [sys.executable, "-m", "merchant_app", "server", "--port", port, "--data-dir", str(tmp_path / "two")],
            check=False,
            capture_output=True,
            text=True,
        )
    assert answer.returncode == 1
    assert port in answer.stderr
    assert "Traceback" not in answer.stderr
