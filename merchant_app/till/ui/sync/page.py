"""Sync: what waits, what is set aside and what to do about it, the server's last answers, and "sync now"."""

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from merchant_app.domain.redemption import FactKind
from merchant_app.till.services.answers import ParkedRow, Strip, SyncReport
from merchant_app.till.ui.parts.banner import Banner
from merchant_app.till.ui.parts.figure_card import FigureCard
from merchant_app.till.ui.parts.key_button import KeyButton
from merchant_app.till.ui.parts.labels import label
from merchant_app.till.ui.parts.page import Page
from merchant_app.till.ui.parts.table import Cell, Pill, Table
from merchant_app.till.ui.theme import SPACES, Theme
from merchant_app.wire.facts import RowAnswer, RowOutcome
from merchant_app.wording import Words, sync_state
from merchant_app.wording.breakdowns import breakdown
from merchant_app.wording.row_outcomes import fact_name, row_outcome
from merchant_app.wording.standings import standing_name


class SyncPage(Page):
    """Says `sync_wanted`; everything else it is told."""

    sync_wanted = Signal()

    def __init__(self, theme: Theme, words: Words, now: Callable[[], datetime], zone: ZoneInfo) -> None:
        super().__init__(theme, words)
        self._now, self._zone = now, zone
        self._strip: Strip | None = None
        self._report: SyncReport | None = None
        self._is_running = False
        self._parked: tuple[ParkedRow, ...] = ()
        self._answers: tuple[RowAnswer, ...] = ()
        self._sync = KeyButton(theme, "refresh-cw", key="F10", kind="primary", size="large")
        self._sync.clicked.connect(self.sync_wanted)
        self.beside.addWidget(self._sync)
        self._banner = Banner(theme, words)
        self._waiting, self._last, self._data, self._aside = (FigureCard(theme, words) for _ in range(4))
        self._parked_title, self._answers_title = label("strong"), label("strong")
        self._parked_empty, self._answers_empty = label("muted", wraps=True), label("muted", wraps=True)
        self._parked_table, self._answers_table = Table(theme, words, wide=2), Table(theme, words, wide=1)
        self._arrange()
        self.refresh()

    def show_strip(self, strip: Strip) -> None:
        self._strip = strip
        self._show_figures()

    def show_running(self, *, running: bool) -> None:
        self._is_running = running
        self._sync.setEnabled(not running)
        self._sync.say(self.words._("Syncing…") if running else self.words._("Sync now"))

    def show_report(self, report: SyncReport) -> None:
        self._report = report
        self._show_report()

    def show_rows(self, parked: Sequence[ParkedRow], answers: Sequence[RowAnswer]) -> None:
        if (tuple(parked), tuple(answers)) != (self._parked, self._answers):
            self._parked, self._answers = tuple(parked), tuple(answers)
            self._show_rows()

    def refresh(self) -> None:
        words = self.words
        self.say(words._("Sync"), words._("Redeeming goes on without the server; what waits goes up by itself."))
        self.show_running(running=self._is_running)
        self._parked_title.setText(words._("Set aside"))
        self._parked_empty.setText(words._("Nothing is set aside."))
        self._answers_title.setText(words._("The server's last answers"))
        self._answers_empty.setText(words._("The server has not answered yet."))
        self._show_figures()
        self._show_report()
        self._show_rows()

    def _show_figures(self) -> None:
        strip, words, now = self._strip, self.words, self._now()
        if strip is None:
            return
        waiting = sync_state.waiting(words, strip.waiting, strip.oldest_waiting_at, now=now)
        self._waiting.show_figure("cloud-upload", words.number(strip.waiting), waiting)
        online = sync_state.connection(words, online=strip.online, since=strip.since, zone=self._zone)
        last = sync_state.last_sync(words, strip.last_sync_at, now=now, zone=self._zone)
        self._last.show_figure("wifi" if strip.online else "wifi-off", online, last)
        age = "–" if strip.catalogue_age is None else words.span(strip.catalogue_age)
        said = sync_state.catalogue_age(words, strip.catalogue_age, expired=strip.catalogue_expired)
        self._data.show_figure("database", age, said)
        aside = words._("Set aside, {count} in dispute", count=words.number(strip.contested))
        self._aside.show_figure("octagon-pause", words.number(strip.parked), aside)

    def _show_report(self) -> None:
        report, words = self._report, self.words
        if report is None:
            self._banner.hide()
        elif report.trouble is not None:
            said = breakdown(words, report.trouble)
            self._banner.show_line("triangle-alert", said.title, said.remedy)
        else:
            said_line = sync_state.synced(words, pushed=report.pushed, pulled=report.pulled)
            self._banner.show_line("circle-check", said_line, state="accepted")

    def _show_rows(self) -> None:
        words = self.words
        self._parked_empty.setVisible(not self._parked)
        self._parked_table.setVisible(bool(self._parked))
        parked = (words._("Row"), words._("What"), words._("What to do"))
        self._parked_table.show_rows(parked, [self._parked_row(row) for row in self._parked])
        self._answers_empty.setVisible(not self._answers)
        self._answers_table.setVisible(bool(self._answers))
        answers = (words._("Row"), words._("Answer"), words._("Standing"))
        self._answers_table.show_rows(answers, [self._answer_row(answer) for answer in self._answers])

    def _parked_row(self, row: ParkedRow) -> tuple[Cell, ...]:
        what = fact_name(self.words, FactKind(row.kind)) if row.kind in set(FactKind) else row.kind
        return str(row.seq), what, row_outcome(self.words, RowOutcome(row.outcome)).sentence

    def _answer_row(self, answer: RowAnswer) -> tuple[Cell, ...]:
        said = row_outcome(self.words, answer.outcome)
        standing = answer.standing
        pill = "" if standing is None else Pill(standing_name(self.words, standing), standing.value)
        return str(answer.seq), said.sentence, pill

    def _arrange(self) -> None:
        cards = QHBoxLayout()
        cards.setSpacing(SPACES.space_4)
        for card in (self._last, self._waiting, self._data, self._aside):
            cards.addWidget(card, 1)
        self.body.addWidget(self._banner)
        self.body.addLayout(cards)
        grid = QGridLayout()
        grid.setSpacing(SPACES.space_4)
        halves = ((self._answers_title, self._answers_empty, self._answers_table),
                  (self._parked_title, self._parked_empty, self._parked_table))  # fmt: skip
        for column, (title, empty, table) in enumerate(halves):
            half = QFrame()
            half.setProperty("role", "card")
            inside = QVBoxLayout(half)
            inside.setContentsMargins(SPACES.space_4, SPACES.space_3, SPACES.space_4, SPACES.space_4)
            inside.addWidget(title)
            inside.addWidget(empty)
            inside.addWidget(table, 1)
            inside.addStretch(0)
            grid.addWidget(half, 0, column)
            grid.setColumnStretch(column, 1)
        self.body.addLayout(grid, 1)
