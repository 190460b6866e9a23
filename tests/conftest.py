"""Gives every test the same surroundings: no screen, no keyring, nobody's own folders, one locale."""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from tests.server.postgres import PrivatePostgres

# These stand before Qt is imported (it aborts the process without a display), and in the environment rather than
# in a fixture, so that the servers and tills that tests start as processes of their own have them too.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1,localhost"
os.environ["LC_ALL"] = os.environ["LANG"] = "C.UTF-8"
os.environ["TZ"] = "UTC"
os.environ.pop("LANGUAGE", None)

# A slow machine is not a wrong answer.
settings.register_profile("house", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture(scope="session", autouse=True)
def _folders_of_nobody() -> Iterator[Path]:
    """Folders that are found by default (settings, data, caches) are new and empty, never the user's own."""
    with tempfile.TemporaryDirectory(prefix="merchant-app-tests-") as folder, pytest.MonkeyPatch.context() as patch:
        for name in ("CACHE", "CONFIG", "DATA", "STATE"):
            patch.setenv(f"XDG_{name}_HOME", str(Path(folder, name.lower())))
        yield Path(folder)


@pytest.fixture(autouse=True)
def _no_till_is_left_open() -> Iterator[None]:
    """From Python 3.13 on, a database that nobody closes is a warning, and so fails whichever test comes next."""
    yield
    made_till = sys.modules.get("tests.till.made_till")
    if made_till is not None:
        made_till.close_made_tills()


@pytest.fixture(scope="session")
def postgres() -> Iterator["PrivatePostgres"]:
    """One for all tests that ask; most know nothing of a server and do not even load it."""
    from tests.server.postgres import private_postgres

    with private_postgres() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """What `--database` says: the server keeps its promises on both engines."""
    if request.param == "sqlite":
        yield None
        return
    running: PrivatePostgres = request.getfixturevalue("postgres")
    url = running.new_database()
    yield url
    running.drop(url)
