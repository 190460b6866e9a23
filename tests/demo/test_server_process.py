"""The server's process starts, ends, starts again at the same address, and is never left behind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from merchant_app.demo.server_process import ServerProcess
from merchant_app.errors import DatabaseUnusableError

LEAVES_ONE_BEHIND = """
import os, sys
from pathlib import Path
from merchant_app.demo.server_process import ServerProcess
server = ServerProcess(Path(sys.argv[1]))
server.start()
print(server.pid, flush=True)
os.kill(os.getpid(), 9)
"""


def answers(url: str) -> bool:
    try:
        requests.get(f"{url}/api/keys", timeout=10)
    except requests.ConnectionError:
        return False
    return True


def is_gone(pid: int) -> bool:
    """Whether a process has ended; one that nobody has asked about yet counts as ended too."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text(encoding="ascii")


def test_it_comes_back_at_the_same_address(tmp_path: Path) -> None:
    server = ServerProcess(tmp_path)
    server.stop()
    with server:
        first, pid = server.url, server.pid
        server.start()
        assert server.pid == pid
        assert answers(first)
        server.kill()
        assert not server.is_running
        assert not answers(first)
        server.start()
        assert server.url == first
        assert answers(first)
    assert not server.is_running
    assert not answers(first)


def test_one_that_cannot_start_says_why(tmp_path: Path) -> None:
    nowhere = tmp_path / "file"
    nowhere.write_text("this is no folder")
    server = ServerProcess(nowhere / "server")
    with pytest.raises(DatabaseUnusableError) as raised:
        server.start()
    assert "file" in str(raised.value)
    assert not server.is_running


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are looked at as Linux and macOS do")
def test_it_ends_with_the_program_that_started_it_however_that_ends(tmp_path: Path) -> None:
    started = subprocess.run(
        [sys.executable, "-c", LEAVES_ONE_BEHIND, str(tmp_path)], stdout=subprocess.PIPE, text=True, check=False
    )
    assert started.returncode == -9
    pid = int(started.stdout)
    left_behind = os.pidfd_open(pid) if hasattr(os, "pidfd_open") and not is_gone(pid) else None
    if left_behind is not None:
        import select

        try:
            assert select.select([left_behind], [], [], 30)[0]
        finally:
            os.close(left_behind)
    assert is_gone(pid)
