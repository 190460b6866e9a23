"""The demo's world: a server of its own, a till enrolled with it, and customers whose coupons the server has issued."""

import shutil
import tempfile
import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from sqlalchemy import select

from merchant_app.demo.customers import HERE, Kind, Queue
from merchant_app.demo.founding import found
from merchant_app.demo.plug import Plug
from merchant_app.demo.samples import samples
from merchant_app.demo.server_process import ServerProcess
from merchant_app.demo.wallet import Wallet
from merchant_app.domain.kinds import Fen
from merchant_app.domain.redemption import Bill
from merchant_app.server.app import open_central
from merchant_app.server.db.tables import redemptions
from merchant_app.server.services.enrolling import invite
from merchant_app.server.settings import Settings
from merchant_app.till.parts import Outside, open_ledger, open_parts
from merchant_app.till.services.answers import Redeemed
from merchant_app.till.services.enrolling import Enrolling

CASHIER = "02"
TILL_NAME = "1"
_IN_THE_QUEUE = 3


def system_now() -> datetime:
    return datetime.now(UTC)


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
        self.samples = samples(now())
        self.server = ServerProcess(self._server_dir)
        self.queue: Queue
        self.wallet: Wallet
        self._server_changing = threading.Lock()

    def open(self) -> None:
        """Founds everything, starts the server, enrols the till, and lets the first customer of the day pay."""
        self.queue = found(self._server_dir, self.samples)
        self.server.start()
        central = open_central(Settings(self._server_dir), now=self.now, checkpoints=False)
        self.wallet = Wallet(central, lambda: self.server.is_running)
        self._enrol()
        self._redeem_the_used_one()

    def start_server(self) -> None:
        with self._server_changing:
            self.server.start()

    def stop_server(self) -> None:
        """As a power cut would. Whoever queues has pressed "show" already: those codes stay good without the server."""
        with self._server_changing:
            for customer in self.queue.coming(_IN_THE_QUEUE):
                self.wallet.shown(customer)
            self.server.kill()

    def stored(self) -> Counter[str]:
        """How many redemptions the server has, by their standing there; and what they take off, under `fen`."""
        with self.wallet.central.database.reading() as connection:
            rows = connection.execute(select(redemptions.c.standing, redemptions.c.amount_off_fen)).all()
        counted = Counter(row.standing for row in rows)
        counted["fen"] = sum(row.amount_off_fen for row in rows)
        return counted

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

    def _enrol(self) -> None:
        made = invite(self.wallet.central, HERE, self.server.url)
        assert made is not None, "the till's outlet is one of the samples"
        ledger = open_ledger(self.till_dir)
        try:
            enrolling = Enrolling(ledger, new_id=self.outside.new_id, session=self.outside.session)
            enrolling.enrol(self.server.url, made[0].as_code(), TILL_NAME)
        finally:
            ledger.close()

    def _redeem_the_used_one(self) -> None:
        """Takes the first catalogue, and redeems at this till the coupon that is shown again later."""
        customer = self.queue.first(Kind.USED)
        shown = self.wallet.shown(customer)
        parts = open_parts(self.till_dir, self.outside, lambda: CASHIER)
        try:
            parts.syncing.sync()
            bill = Bill(self.outside.new_id(), customer.bill_fen or Fen(0), None)
            answer = parts.redeeming.present("" if shown is None else shown.text, bill)
            if not isinstance(answer, Redeemed):
                raise RuntimeError(f"the first coupon of the day was not redeemed: {answer}")
            parts.redeeming.shown(answer.redemption.redemption_id)
        finally:
            parts.close()


def _new_folder(folder: Path | None, now: datetime) -> Path:
    if folder is None:
        return Path(tempfile.mkdtemp(prefix="merchant-app-demo-"))
    folder.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=f"{now:%Y%m%d-%H%M%S}-", dir=folder))
