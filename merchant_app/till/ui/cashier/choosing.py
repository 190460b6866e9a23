"""Two codes in view: each is looked at, both are listed, and the one that is chosen goes on as a scan."""

from PySide6.QtCore import QObject

from merchant_app.till.services.answers import Answer
from merchant_app.till.ui.cashier.choice_face import Choice
from merchant_app.till.ui.cashier.page import CashierPage
from merchant_app.till.ui.cashier.serving import Serving
from merchant_app.till.workers.redeeming import RedeemingWorker
from merchant_app.till.workers.scanning import Scanning


class Choosing(QObject):
    """Joins the scanning's offers to the answer panel and back."""

    def __init__(self, page: CashierPage, serving: Serving, worker: RedeemingWorker, scanning: Scanning) -> None:
        super().__init__(page)
        self._page, self._serving, self._worker = page, serving, worker
        self._answers: dict[str, Answer | None] = {}
        scanning.codes_offered.connect(self._on_codes_offered)
        worker.looked.connect(self._on_looked)
        page.answer.chosen.connect(scanning.choose)

    def _on_codes_offered(self, texts: list[str]) -> None:
        self._answers = dict.fromkeys(texts)
        if not texts:
            if self._page.answer.is_choosing:
                self._page.answer.invite()
            return
        self._show()
        for text in texts:
            self._worker.look(text, self._serving.bill)

    def _on_looked(self, text: str, answer: Answer) -> None:
        if text in self._answers and self._page.answer.is_choosing:
            self._answers[text] = answer
            self._show()

    def _show(self) -> None:
        self._page.answer.show_choices([Choice(text, answer) for text, answer in self._answers.items()])
