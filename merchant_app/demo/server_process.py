"""The real server as a process of its own, on loopback: started, stopped, killed and started again at one address.

It ends with whoever started it, also where that crashes: its standard input is held open for as long as it may run.
"""

import json
import signal
import subprocess
import sys
import threading
from collections import deque
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

from merchant_app.errors import DatabaseUnusableError

READY_WITHIN_S = 60.0
STOPS_WITHIN_S = 15.0


class ServerProcess:
    """One server over one folder. Without a `url` the first start finds a free port; later ones take the same."""

    def __init__(self, data_dir: Path, url: str = "") -> None:
        self._data_dir = data_dir
        self.url = url
        self._process: subprocess.Popen[str] | None = None
        self._listener: threading.Thread | None = None
        self._said: deque[str] = deque(maxlen=20)

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int | None:
        return None if self._process is None else self._process.pid

    def start(self) -> None:
        """Returns when requests are answered. Raises `DatabaseUnusableError` where it does not start."""
        if self.is_running:
            return
        port = str(urlsplit(self.url).port or 0)
        command = [*program(), "server", "--port", port, "--json", "--until-input-ends"]
        command += ["--data-dir", str(self._data_dir)]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
        self._said.clear()
        self._listener = threading.Thread(target=self._listen, args=(self._process,), name="server", daemon=True)
        self._listener.start()
        self.url = self._wait_for_url(self._process)

    def stop(self) -> None:
        """Asks it to finish what is under way and end; one that does not is killed."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """As a power cut would."""
        self._end(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)

    def __enter__(self) -> "ServerProcess":
        self.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.stop()

    def _wait_for_url(self, process: subprocess.Popen[str]) -> str:
        """The address from its first line; the wait ends with the line, with the process, or after a generous time."""
        assert process.stdout is not None
        too_slow = threading.Timer(READY_WITHIN_S, process.kill)
        too_slow.start()
        try:
            line = process.stdout.readline()
        finally:
            too_slow.cancel()
        try:
            return str(json.loads(line)["url"])
        except (ValueError, KeyError, TypeError) as error:
            self.stop()
            raise DatabaseUnusableError(str(self._data_dir), "\n".join(self._said) or line) from error

    def _listen(self, process: subprocess.Popen[str]) -> None:
        """Takes what it says on stderr, so that it never waits for somebody to read it."""
        assert process.stderr is not None
        with process.stderr as lines:
            for line in lines:
                self._said.append(line.rstrip())

    def _end(self, by: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.poll() is None:
            process.send_signal(by)
        try:
            process.wait(STOPS_WITHIN_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if self._listener is not None:
            self._listener.join(STOPS_WITHIN_S)
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()


def program() -> list[str]:
    """This very program: the interpreter with the package, or the executable of an installer."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "merchant_app"]
