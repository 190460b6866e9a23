"""The pill that says where a redemption stands, in a word and a colour."""

from PySide6.QtWidgets import QLabel, QSizePolicy

from merchant_app.till.ui.parts.labels import label
from merchant_app.till.ui.theme import dress


def chip() -> QLabel:
    made = label("chip")
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return made


def show_chip(on: QLabel, text: str, state: str) -> None:
    """`state` is a standing's value, or online, offline, accepted, refused, needs."""
    on.setText(text)
    dress(on, state=state)
