"""Today, at one glance: the figures, the day by hour and by offer, and every redemption with where it stands."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from merchant_app.domain.business_day import OutletDays, ReportRow
from merchant_app.domain.redemption import Standing
from merchant_app.till.ui.parts.labels import label
from merchant_app.till.ui.parts.page import Page
from merchant_app.till.ui.parts.table import Cell, Money, Pill, Table
from merchant_app.till.ui.theme import SPACES, Theme
from merchant_app.till.ui.today.cards import DayCards
from merchant_app.till.ui.today.charts import BarChart
from merchant_app.wording import Words
from merchant_app.wording.standings import standing_name

FIRST_HOUR, LAST_HOUR = 9, 21
"""Hours that are always on the chart; others where something was redeemed in them."""

CHART_LINES, LIST_LINES = 11, 17
"""Least heights in lines of text; on a low screen with large text the page scrolls."""


class TodayPage(Page):
    """Shows `OutletDays`; the list can be narrowed to a standing, and to rows with a word in them."""

    def __init__(self, theme: Theme, words: Words, zone: ZoneInfo) -> None:
        super().__init__(theme, words)
        self._zone = zone
        self._days: OutletDays | None = None
        self._cards = DayCards(theme, words)
        self._hours = BarChart(theme, words, lying=False)
        self._offers = BarChart(theme, words, lying=True)
        self._list_title, self._count = label("strong"), label("caption")
        self._standing = QComboBox()
        self._search = QLineEdit()
        self._search.setClearButtonEnabled(True)
        self._rows = Table(theme, words, wide=1)
        self._standing.currentIndexChanged.connect(lambda _: self._show_rows())
        self._search.textChanged.connect(lambda _: self._show_rows())
        self._arrange()
        self.refresh()

    def show_day(self, days: OutletDays) -> None:
        if self._days is None or days.report != self._days.report:
            self._days = days
            self._show_figures()
            self._show_rows()
        self._days = days
        self._say_title()

    def refresh(self) -> None:
        words = self.words
        for chart in (self._hours, self._offers):
            chart.setMinimumHeight(self.theme.sizes.body * CHART_LINES)
        self._list_card.setMinimumHeight(self.theme.sizes.body * LIST_LINES)
        self._list_title.setText(words.p_("list", "Redemptions"))
        chosen = max(self._standing.currentIndex(), 0)
        self._standing.blockSignals(True)
        self._standing.clear()
        self._standing.addItem(words._("All standings"), None)
        for standing in Standing:
            self._standing.addItem(standing_name(words, standing), standing.value)
        self._standing.setCurrentIndex(chosen)
        self._standing.blockSignals(False)
        self._standing.setAccessibleName(words._("Show only this standing"))
        self._search.setPlaceholderText(words._("Search the list"))
        self._search.setAccessibleName(words._("Search the list"))
        self._say_title()
        if self._days is not None:
            self._show_figures()
            self._show_rows()

    def _say_title(self) -> None:
        words, days = self.words, self._days
        if days is None:
            self.say(words._("Today"))
            return
        day = words.day(days.report.first_day, year=True)
        at = words.time(days.made_at, self._zone)
        self.say(words._("Today, {day}", day=day), words._("This till, as of {time}", time=at))

    def _show_figures(self) -> None:
        assert self._days is not None
        words, report = self.words, self._days.report
        self._cards.show_report(report)
        by_hour = {group.key: group.kept.amount_off_fen for group in report.by_hour}
        hours = sorted({*range(FIRST_HOUR, LAST_HOUR + 1), *by_hour})
        self._hours.show_bars(words._("Amount off by hour"), [(f"{hour}", by_hour.get(hour, 0)) for hour in hours])
        offers = [
            (
                words.of(self._days.offers[group.key]) if group.key in self._days.offers else "–",
                group.kept.amount_off_fen,
            )
            for group in report.by_offer[:5]
        ]
        self._offers.show_bars(words._("Amount off by offer"), offers)

    def _show_rows(self) -> None:
        if self._days is None:
            return
        words = self.words
        titles = (words._("Time"), words._("Offer"), words._("Bill"), words._("Off"), words._("To pay"),
                  words.p_("person", "Cashier"), words._("Standing"))  # fmt: skip
        rows = [row for row in reversed(self._days.report.rows) if self._is_wanted(row)]
        self._rows.show_rows(titles, [self._cells(row) for row in rows])
        total = len(self._days.report.rows)
        self._count.setText(words._("{shown} of {total}", shown=words.number(len(rows)), total=words.number(total)))

    def _is_wanted(self, row: ReportRow) -> bool:
        standing, search = self._standing.currentData(), self._search.text().strip().casefold()
        if standing is not None and row.standing.value != standing:
            return False
        made = row.redemption
        said = f"{self._title_of(row)} {made.cashier} {made.bill.bill_number or ''} {made.coupon_number or ''}"
        return search in said.casefold()

    def _title_of(self, row: ReportRow) -> str:
        assert self._days is not None
        made = row.redemption
        title = next(
            (name for key, name in self._days.offers.items() if key == (made.campaign_id, made.offer_index)), None
        )
        return "–" if title is None else self.words.of(title)

    def _cells(self, row: ReportRow) -> tuple[Cell, ...]:
        words, made = self.words, row.redemption
        bill = "" if made.bill.bill_fen is None else words.money(made.bill.bill_fen)
        payable = "" if made.payable_fen is None else words.money(made.payable_fen)
        return (
            words.time(made.moment.at, self._zone),
            self._title_of(row),
            Money(bill),
            Money(f"−{words.money(made.amount_off_fen)}" if made.amount_off_fen else ""),
            Money(payable),
            made.cashier,
            Pill(standing_name(words, row.standing), row.standing.value),
        )

    def _arrange(self) -> None:
        card = QFrame()
        card.setProperty("role", "card")
        top = QHBoxLayout()
        top.setSpacing(SPACES.space_3)
        top.addWidget(self._list_title)
        top.addWidget(self._count)
        top.addStretch(1)
        top.addWidget(self._search)
        top.addWidget(self._standing)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(SPACES.space_4, SPACES.space_3, SPACES.space_4, SPACES.space_3)
        inside.addLayout(top)
        inside.addWidget(self._rows, 1)
        charts = QGridLayout()
        charts.setSpacing(SPACES.space_3)
        charts.addWidget(self._hours, 0, 0)
        charts.addWidget(self._offers, 0, 1)
        charts.setColumnStretch(0, 3)
        charts.setColumnStretch(1, 2)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACES.space_3)
        column.addWidget(self._cards)
        column.addLayout(charts, 4)
        column.addWidget(card, 7)
        self._list_card = card
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(whole)
        self.body.addWidget(scroll)
