"""The demo's world: a server of its own, a till enrolled with it, and customers whose coupons the server has issued."""

import shutil
import tempfile
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from sqlalchemy import func, select

from merchant_app.demo.customers import Queue
from merchant_app.demo.founding import found
from merchant_app.demo.morning import Then, pass_morning
from merchant_app.demo.plug import Plug
from merchant_app.demo.samples import samples
from merchant_app.demo.server_process import ServerProcess
from merchant_app.demo.wallet import Wallet
from merchant_app.domain.kinds import Fen
from merchant_app.domain.redemption import Standing
from merchant_app.server.app import open_central
from merchant_app.server.db.tables import redemptions
from merchant_app.server.settings import Settings
from merchant_app.till.parts import Outside

_IN_THE_QUEUE = 3


def system_now() -> datetime:
    return datetime.now(UTC)


class Stored(NamedTuple):
    """What the server confirmed: how many, how much off; and how many it has, whatever their standing."""

    confirmed: int
    off_fen: Fen
    total: int


class World:
    """A context manager: what it started is ended with it, and a folder that it made is removed.

    `folder` None: one that is forgotten afterwards; else a new one inside it is kept.
    """

    def __init__(self, folder: Path | None = None, *, now: Callable[[], datetime] = system_now) -> None:
        self.now = now
        self._is_kept = folder is not None
        self._folder = _new_folder(folder, now())
        self._server_dir = self._folder / "server"
        self.till_dir = self._folder / "till"
        self.plug = Plug()
        self.outside = Outside(wall=now, session=self.plug.session())
        self.server = ServerProcess(self._server_dir)
        self.queue: Queue
        self.wallet: Wallet
        self._server_changing = threading.Lock()

    def open(self) -> None:
        """Lets happen what has happened, and starts the server at the address where the till looks for it."""
        now = self.now()
        today, then = samples(now), Then(now)
        self.queue = found(self._server_dir, today, then)
        self.server.url = pass_morning(self._server_dir, self.till_dir, self.queue, then, now)
        self.server.start()
        central = open_central(Settings(self._server_dir), now=self.now, checkpoints=False)
        self.wallet = Wallet(central, lambda: self.server.is_running)

    def start_server(self) -> None:
        with self._server_changing:
            self.server.start()

    def stop_server(self) -> None:
        """As a power cut would. Whoever queues has pressed "show" already: those codes stay good without the server."""
        with self._server_changing:
            for customer in self.queue.coming(_IN_THE_QUEUE):
                self.wallet.shown(customer)
            self.server.kill()

    def stored(self, start: datetime | None = None, end: datetime | None = None) -> Stored:
        """The redemptions that the server has and nobody took back, those of a half-open span where one is given."""
        rows = select(func.count(), func.sum(redemptions.c.amount_off_fen)).where(
            redemptions.c.standing == Standing.CONFIRMED.value,
            redemptions.c.redeemed_at >= (start or datetime.min.replace(tzinfo=UTC)),
            redemptions.c.redeemed_at < (end or datetime.max.replace(tzinfo=UTC)),
        )
        with self.wallet.central.database.reading() as connection:
            count, off_fen = connection.execute(rows).one()
            total = connection.scalar(select(func.count()).select_from(redemptions)) or 0
        return Stored(count, Fen(off_fen or 0), total)

    def close(self) -> None:
        with self._server_changing:
            self.server.stop()
        if hasattr(self, "wallet"):
            self.wallet.close()
        if not self._is_kept:
            shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> "World":
        try:
            self.open()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()


def _new_folder(folder: Path | None, now: datetime) -> Path:
    if folder is None:
        return Path(tempfile.mkdtemp(prefix="merchant-app-demo-"))
    folder.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=f"{now:%Y%m%d-%H%M%S}-", dir=folder))
