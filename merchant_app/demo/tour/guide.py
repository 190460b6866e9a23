"""The tour's hands and eyes: it taps what a visitor would tap, and sees what the till answers."""

from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from merchant_app.demo.customers import Customer, Kind
from merchant_app.demo.showing import Showing
from merchant_app.demo.stage import Stage
from merchant_app.demo.tour.waiting import CameOtherwiseError, expect, wait_until
from merchant_app.demo.world import World
from merchant_app.domain.kinds import Fen, Language, RedemptionId
from merchant_app.domain.redemption import Standing
from merchant_app.till.joining import OpenTill
from merchant_app.till.services.answers import Answer, BillWanted, NotRedeemed, Recent, Redeemed, Strip
from merchant_app.till.ui.palette import DARK, LIGHT, Palette
from merchant_app.till.workers.looking import Glance
from merchant_app.wording import Words

Look = tuple[Language, Palette]
LOOKS: tuple[Look, ...] = (("en", LIGHT), ("zh", DARK))
"""In which languages and lights each screen is pictured."""
_QUICK = 80
"""Half the time of the usual compression, and a tenth larger."""


class Guide:
    """`words` are those of whoever reads the tour's lines; the till's own change with each picture."""

    def __init__(self, app: QApplication, world: World, stage: Stage, showing: Showing, folder: Path, words: Words):
        self._app, self.world, self.stage, self.showing = app, world, stage, showing
        self.folder, self.words = folder, words
        self.till = stage.till
        self.answers: list[Answer] = []
        self.redeemed: list[Redeemed] = []
        self.undone = 0
        self.redemptions_before = world.stored().total
        self.off_today = Fen(0)
        self.strip: Strip | None = None
        self._recents: list[Recent] = []
        self._number = self._frames = 0

    @property
    def counter(self) -> OpenTill:
        assert self.till.counter is not None
        return self.till.counter

    def wait_for_till(self) -> None:
        """Until coupons can be redeemed."""
        wait_until(lambda: self.till.counter is not None, "a till that opens", self._what_is_seen)
        self.counter.serving.answered.connect(self._on_answered)
        self.counter.looking.glanced.connect(self._on_glanced)
        self.till.scanner.frame_shown.connect(self._on_frame_shown)
        self.counter.looking.look_soon()
        wait_until(lambda: self._frames > 0, "a picture from the camera", lambda: "none")

    def wait_for_strip(self, *, online: bool, waiting: int) -> None:
        def told() -> bool:
            return self.strip is not None and (self.strip.online, self.strip.waiting) == (online, waiting)

        wait_until(told, f"online={online}, waiting={waiting}", lambda: str(self.strip))

    def wait_for_standing(self, redemption_id: RedemptionId, standing: Standing) -> None:
        """In the list of the last redemptions."""

        def stands() -> bool:
            return (redemption_id, standing) in [(each.redemption_id, each.standing) for each in self._recents]

        wait_until(stands, f"{redemption_id} {standing}", lambda: str(self._recents))

    def are_listed_as(self, standing: Standing) -> bool:
        """Whether all of the last redemptions stand so, those taken back aside."""
        return {each.standing for each in self._recents} <= {standing, Standing.VOIDED}

    def open_coupon(self, kind: Kind) -> Customer:
        """Taps a coupon in the phone's list and waits for its code; a spent one makes room for the next customer's."""
        self.showing.back_to_list()
        self.stage.panel.coupons.opened.emit(kind)
        if self.stage.panel.page.shown_text is None and self.showing.is_spent(kind):
            self.stage.panel.next_wanted.emit()
        page = self.stage.panel.page
        wait_until(lambda: page.shown_text is not None, f"a code for {kind}", self._what_is_seen)
        assert self.showing.customer is not None
        return self.showing.customer

    def show(self, kind: Kind) -> Answer:
        """Opens the coupon, holds the phone before the camera, and waits for the till's answer."""
        self.open_coupon(kind)
        return self._next_answer(self.stage.panel.show_wanted.emit)

    def enter_bill(self, fen: int) -> Answer:
        """Types the amount and presses Enter."""
        bill = self.till.screens.cashier.bill
        bill.amount.show_fen(Fen(fen))
        bill.edited.emit()
        return self._next_answer(bill.entered.emit)

    def present(self, how: object) -> Answer:
        """Anything else that brings a code to the till."""
        assert callable(how)
        return self._next_answer(how)

    def must_be_redeemed(self, answer: Answer, off_fen: int, standing: Standing) -> None:
        came = describe(answer)
        expect(holds=came == f"{standing.value} {off_fen}", expected=f"{standing.value} {off_fen}", came=came)
        newest = self.redeemed[-1].redemption.redemption_id

        def is_listed() -> bool:
            return bool(self._recents) and self._recents[0].redemption_id == newest

        wait_until(is_listed, "it in the list of the last ones", lambda: str(self._recents))

    def must_be_refused(self, answer: Answer, *reasons: str) -> None:
        came = describe(answer)
        expect(holds=came == f"refused {list(reasons)}", expected=f"refused {list(reasons)}", came=came)

    def must_want_bill(self, answer: Answer) -> None:
        expect(holds=isinstance(answer, BillWanted), expected="bill wanted", came=describe(answer))

    def picture(self, name: str, *, once: bool = False) -> None:
        """A PNG of the whole window in each of the looks; the last look stays, the next picture begins with it.

        `once`: in the present look alone, for a screen that was pictured before with other figures.
        """
        self._number += 1
        now = (self.till.window.words.language, self.till.theme.palette)
        present_first = sorted(LOOKS, key=lambda one: (one[0], one[1].name) != (now[0], now[1].name))
        for look in present_first[:1] if once else present_first:
            self.take_on(look)
            self._save(f"{self._number:02d}-{name}", look)

    def take_on(self, look: Look) -> None:
        """Language and light are switched while the till runs."""
        language, palette = look
        if self.till.window.words.language != language:
            self.till.window.speak(Words(language))
        if self.till.theme.palette is not palette:
            self.till.theme.use(palette)
        for _ in range(3):
            self._app.processEvents()

    def save(self, name: str, look: Look) -> None:
        self._number += 1
        self._save(f"{self._number:02d}-{name}", look)

    def _save(self, name: str, look: Look) -> None:
        path = self.folder / f"{name}-{look[0]}-{look[1].name}.png"
        # What came in a moment ago has its words already and its place only after this.
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        if not self.stage.grab().save(str(path), "PNG", _QUICK):
            raise CameOtherwiseError(f"a picture {path}", "nothing written")

    def _next_answer(self, cause: object) -> Answer:
        before = len(self.answers)
        assert callable(cause)
        cause()
        wait_until(lambda: len(self.answers) > before, "an answer", self._what_is_seen)
        return self.answers[-1]

    def _on_answered(self, answer: Answer) -> None:
        self.answers.append(answer)
        if isinstance(answer, Redeemed):
            self.redeemed.append(answer)

    def _on_frame_shown(self, _: object) -> None:
        self._frames += 1

    def _on_glanced(self, glance: Glance) -> None:
        self.strip, self._recents = glance.strip, glance.recents

    def _what_is_seen(self) -> str:
        return self.till.screens.cashier.answer.accessibleName() or "nothing"


def describe(answer: Answer) -> str:
    """An answer as the tour compares it."""
    match answer:
        case Redeemed(redemption=made, standing=standing):
            return f"{standing.value} {made.amount_off_fen}"
        case NotRedeemed(reasons=reasons):
            return f"refused {[reason.code for reason in reasons]}"
        case BillWanted():
            return "bill wanted"
        case _:
            return "only looked at"
