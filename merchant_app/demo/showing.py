"""Joins phone, made camera, till and world: what is tapped beside the till happens to it."""

from PySide6.QtCore import QObject, QTimer

from merchant_app.demo.camera_feed import CameraFeed
from merchant_app.demo.customers import Customer, Kind
from merchant_app.demo.stage import MADE_CAMERA, Stage
from merchant_app.demo.wallet import Shown
from merchant_app.demo.world import World
from merchant_app.till.scanning.frames import WebcamSource
from merchant_app.till.scanning.sightings import Sighting
from merchant_app.till.services.answers import Answer, Redeemed
from merchant_app.till.services.voiding import Voided, VoidOutcome
from merchant_app.till.workers.errands import Done, Errands, Failed, Outcome
from merchant_app.wording.breakdowns import breakdown

LINGERS_MS = 1100
"""How long the phone stays before the camera after the answer: long enough to see both."""
GIVES_UP_MS = 12_000
CLEAR_FRAMES = 2


class Showing(QObject):
    """One phone, one till. Waits for nothing: the server is asked, started and stopped on a thread of its own."""

    def __init__(self, stage: Stage, world: World) -> None:
        super().__init__(stage)
        self._world, self._till, self._panel = world, stage.till, stage.panel
        self._errands = Errands("phone")
        self._feed = CameraFeed(stage.till.scanner.push)
        self._spent: set[Kind] = set()
        self._is_wanted = False
        self._clear_frames = 0
        self.customer: Customer | None = None
        self._away = QTimer(self)
        self._away.setSingleShot(True)
        self._away.timeout.connect(self._feed.take_away)
        stage.till.opened.connect(self._on_till_opened)
        stage.closing.connect(self.close)
        self._join()

    def start(self) -> None:
        """The made camera runs from here on."""
        self._feed.start()

    def close(self) -> bool:
        """Ends the camera, the phone's thread and the till; whether all did in time."""
        return all([self._feed.stop(), self._errands.close(), self._till.close()])

    @property
    def is_before_camera(self) -> bool:
        """Whether a phone is in view, or may still be in a frame that is being looked at."""
        return self._away.isActive() or not self._feed.is_empty or self._clear_frames < CLEAR_FRAMES

    def is_spent(self, kind: Kind) -> bool:
        """Whether the coupon of this kind that is in the phone has been redeemed."""
        return kind in self._spent

    def open(self, kind: Kind) -> None:
        """This kind's coupon in front; its code comes as soon as the server has given it."""
        self.customer = customer = self._world.queue.first(kind)
        is_spent = kind in self._spent
        self._panel.open_coupon(customer, is_spent=is_spent)
        if not is_spent:
            self._ask_for_code()

    def show_to_camera(self) -> None:
        """The bill is rung up, and a hand brings the phone into view: as soon as the one before has gone."""
        self._is_wanted = self.customer is not None and self._panel.page.shown_text is not None
        if self._is_wanted and self._away.isActive():
            self._away.stop()
            self._feed.take_away()
        self._bring_when_clear()

    def next_customer(self) -> None:
        """Another one with the same kind of coupon."""
        if self.customer is None:
            return
        kind = self.customer.kind
        self._spent.discard(kind)
        self._panel.coupons.show_customer(self._world.queue.next(kind), is_spent=False)
        self.open(kind)

    def back_to_list(self) -> None:
        self.customer = None
        self._panel.close_coupon()

    def pull_plug(self, pulled: bool) -> None:
        """The till notices as it would with a real cable: its system says that the link went, or is back."""
        (self._world.plug.pull if pulled else self._world.plug.put_back)()
        self._sync()

    def stop_server(self, stopped: bool) -> None:
        """Starting takes a while: meanwhile the button waits."""
        self._panel.server.setEnabled(False)
        self._errands.run(self._world.stop_server if stopped else self._world.start_server, self._on_server_changed)

    def use_real_camera(self, real: bool) -> None:
        self._feed.turn(on=not real)
        self._till.scanner.open(WebcamSource() if real else MADE_CAMERA)

    def _bring_when_clear(self) -> None:
        if not self._is_wanted or self.is_before_camera or self.customer is None:
            return
        self._is_wanted = False
        if self._till.counter is not None:
            self._ring_up(self.customer)
        self._till.scanner.scan_again()
        self._clear_frames = 0
        self._feed.show(self._panel.screen_of_phone.picture())
        self._away.start(GIVES_UP_MS)

    def _on_frame_shown(self, _: object, sightings: list[Sighting]) -> None:
        """A frame without a code is a clear one only while nothing is held up: it may just have been unreadable."""
        is_clear = not sightings and self._feed.is_empty
        self._clear_frames = self._clear_frames + 1 if is_clear else 0
        self._bring_when_clear()

    def _join(self) -> None:
        panel = self._panel
        self._till.scanner.frame_shown.connect(self._on_frame_shown)
        panel.opened.connect(self.open)
        panel.left.connect(self.back_to_list)
        panel.show_wanted.connect(self.show_to_camera)
        panel.next_wanted.connect(self.next_customer)
        panel.plug_wanted.connect(self.pull_plug)
        panel.server_wanted.connect(self.stop_server)
        panel.camera_wanted.connect(self.use_real_camera)
        panel.page.ran_out.connect(self._ask_for_code)

    def _on_till_opened(self) -> None:
        assert self._till.counter is not None
        self._till.counter.serving.answered.connect(self._on_answered)
        self._till.counter.redeeming.undone.connect(self._on_undone)

    def _ring_up(self, customer: Customer) -> None:
        """A new bill with what this customer buys, as the cashier types it."""
        assert self._till.counter is not None
        self._till.window.open_page("cashier")
        self._till.counter.serving.next_bill()
        self._till.screens.cashier.bill.amount.show_fen(customer.bill_fen)

    def _ask_for_code(self) -> None:
        customer = self.customer
        if customer is None:
            return

        def ask() -> tuple[Customer, Shown | None]:
            return customer, self._world.wallet.shown(customer)

        self._errands.run(ask, self._on_code)

    def _on_code(self, outcome: Outcome[tuple[Customer, Shown | None]]) -> None:
        if not isinstance(outcome, Done):
            self._panel.page.show_code(None)
        elif outcome.value[0] is self.customer:
            self._panel.page.show_code(outcome.value[1])

    def _on_answered(self, answer: Answer) -> None:
        if self._away.isActive():
            self._away.start(LINGERS_MS)
        customer = self.customer
        if not isinstance(answer, Redeemed) or customer is None or customer.issued is None:
            return
        if answer.redemption.serial == customer.issued.serial:
            self._spent.add(customer.kind)
            self._panel.coupons.show_customer(customer, is_spent=True)
            self._panel.open_coupon(customer, is_spent=True)

    def _on_undone(self, outcome: VoidOutcome) -> None:
        """The coupon is free again here: it is back in the phone."""
        customer = self.customer
        if not isinstance(outcome, Voided) or customer is None or customer.issued is None:
            return
        if outcome.redemption.serial == customer.issued.serial:
            self._spent.discard(customer.kind)
            self._panel.coupons.show_customer(customer, is_spent=False)
            self.open(customer.kind)

    def _on_server_changed(self, outcome: Outcome[None]) -> None:
        is_running = self._world.server.is_running
        trouble = outcome.error if isinstance(outcome, Failed) else None
        self._panel.show_trouble("" if trouble is None else breakdown(self._panel.words, trouble).sentence)
        self._panel.server.setEnabled(True)
        self._panel.server.setChecked(not is_running)
        self._panel.screen_of_phone.has_signal = is_running
        self._panel.refresh()
        self._panel.screen_of_phone.refresh()
        self._sync()

    def _sync(self) -> None:
        if self._till.counter is not None:
            self._till.counter.syncing.sync_now()
