"""The first start: an invitation from the operator, scanned or typed, makes this computer a till."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout

from merchant_app.till.ui.cashier.camera_view import CameraView
from merchant_app.till.ui.icons import logo_pixmap
from merchant_app.till.ui.parts.banner import Banner
from merchant_app.till.ui.parts.key_button import KeyButton
from merchant_app.till.ui.parts.labels import label
from merchant_app.till.ui.parts.part import Part
from merchant_app.till.ui.theme import SPACES, Theme
from merchant_app.wire.enrolment import is_plain_address, read_invitation
from merchant_app.wording import Words
from merchant_app.wording.said import Said


class SetupPage(Part):
    """Says `enrolment_wanted` with server (may be empty where the invitation names it), invitation, till name, and
    whether plain HTTP was allowed: that is asked only where the address is such a one.
    """

    enrolment_wanted = Signal(str, str, str, bool)

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme, words, role="page")
        self.trouble: Said | None = None
        self._is_running = False
        self.camera = CameraView(theme, words)
        self._logo = QLabel()
        self._title, self._line = label("headline", wraps=True), label("muted", wraps=True)
        self._banner = Banner(theme, words)
        self._labels = [label("label") for _ in range(3)]
        self.code, self.server, self.name = QLineEdit(), QLineEdit(), QLineEdit()
        self.plain_http = QCheckBox()
        self._go = KeyButton(theme, "plug", kind="primary", size="large")
        self._go.clicked.connect(self._on_go)
        for field in (self.code, self.server, self.name):
            field.returnPressed.connect(self._on_go)
            field.textChanged.connect(self._on_edited)
        self._arrange()
        self.refresh()
        self._on_edited()

    def take_code(self, text: str) -> None:
        """An invitation that was scanned goes on at once; it names its server."""
        self.code.setText(text.strip())
        self._on_go()

    def show_running(self) -> None:
        self._is_running, self.trouble = True, None
        self.refresh()

    def show_trouble(self, trouble: Said) -> None:
        self._is_running, self.trouble = False, trouble
        self.refresh()

    def take_focus(self) -> None:
        self.code.setFocus()

    def refresh(self) -> None:
        words = self.words
        self._logo.setPixmap(logo_pixmap(56, self.devicePixelRatioF()))
        self._title.setText(words._("Set up this till"))
        self._line.setText(
            words._("Show the invitation from the operator to the camera, or type its code and the server's address.")
        )
        said = (
            words._("Invitation code"),
            words._("Server address (if the code was typed)"),
            words._("Name of this till"),
        )
        hints = ("ABCD-EFGH-2345-6789-WXYZ", "https://coupons.example.com", words._("Till 1"))
        for caption, text, field, hint in zip(
            self._labels, said, (self.code, self.server, self.name), hints, strict=True
        ):
            caption.setText(text)
            field.setAccessibleName(text)
            field.setPlaceholderText(hint)
        self._go.say(words._("Setting up…") if self._is_running else words._("Set up"))
        self.plain_http.setText(words._("Use http:// all the same: whoever is on this network can read along"))
        if self.trouble is None:
            self._banner.hide()
        else:
            self._banner.show_line("triangle-alert", self.trouble.title, self.trouble.remedy, state="refused")
        self._on_edited()

    def _on_edited(self) -> None:
        self.plain_http.setVisible(self._is_plain())
        self._go.setEnabled(bool(self.code.text().strip()) and not self._is_running)

    def _is_plain(self) -> bool:
        invitation = read_invitation(self.code.text())
        named = None if invitation is None else invitation.server
        return is_plain_address(self.server.text().strip() or named or "")

    def _on_go(self) -> None:
        if self._go.isEnabled():
            name = self.name.text().strip() or self.words._("Till 1")
            plain_http = self._is_plain() and self.plain_http.isChecked()
            self.enrolment_wanted.emit(self.server.text().strip(), self.code.text().strip(), name, plain_http)

    def _arrange(self) -> None:
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(SPACES.space_6, SPACES.space_5, SPACES.space_6, SPACES.space_6)
        column.setSpacing(SPACES.space_3)
        top = QHBoxLayout()
        top.setSpacing(SPACES.space_4)
        top.addWidget(self._logo)
        top.addWidget(self._title, 1)
        column.addLayout(top)
        column.addWidget(self._line)
        column.addWidget(self._banner)
        for caption, field in zip(self._labels, (self.code, self.server, self.name), strict=True):
            column.addWidget(caption)
            column.addWidget(field)
        column.addWidget(self.plain_http)
        column.addSpacing(SPACES.space_2)
        column.addWidget(self._go, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        grid = QGridLayout(self)
        grid.setContentsMargins(SPACES.space_5, SPACES.space_5, SPACES.space_5, SPACES.space_5)
        grid.setSpacing(SPACES.space_5)
        grid.addWidget(self.camera, 0, 0)
        grid.addWidget(card, 0, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
