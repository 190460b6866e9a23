"""The day's figures, each with the line that explains it."""

from PySide6.QtWidgets import QHBoxLayout

from merchant_app.domain.business_day import DayReport, Tally
from merchant_app.domain.redemption import Standing
from merchant_app.till.ui.parts.figure_card import FigureCard
from merchant_app.till.ui.parts.part import Part
from merchant_app.till.ui.theme import SPACES, Theme
from merchant_app.wording import Words


class DayCards(Part):
    """Redemptions, amount off, bill amount driven, provisional, contested, refused."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme, words)
        self._report: DayReport | None = None
        self._cards = [FigureCard(theme, words) for _ in range(6)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACES.space_3)
        for card in self._cards:
            row.addWidget(card, 1)

    def show_report(self, report: DayReport) -> None:
        self._report = report
        self.refresh()

    def refresh(self) -> None:
        report, words = self._report, self.words
        if report is None:
            return
        standing = dict(report.by_standing)
        provisional, contested = standing.get(Standing.PROVISIONAL, Tally()), standing.get(Standing.CONTESTED, Tally())
        redeemed, off, driven, waiting, disputed, refused = self._cards
        redeemed.show_figure("ticket", words.number(report.kept.count), words._("redemptions"))
        off.show_figure("percent", words.money(report.kept.amount_off_fen), words._("amount off"))
        driven.show_figure("trending-up", words.money(report.kept.bill_fen), words._("bills driven"))
        waiting.show_figure(
            "hourglass",
            words.number(provisional.count),
            words._("provisional, {amount}", amount=words.money(provisional.amount_off_fen)),
            colour="provisional_text",
        )
        disputed.show_figure(
            "scale",
            words.number(contested.count),
            words._("contested, {amount}", amount=words.money(contested.amount_off_fen)),
            colour="refused_text" if contested.count else "accent_text",
        )
        refused.show_figure("circle-x", words.number(report.refused), words._("refused"))
