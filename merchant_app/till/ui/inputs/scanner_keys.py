"""A USB scanner's keystrokes, taken wherever the focus is: they become a scan and reach no field."""

import time
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication

from merchant_app.till.scanning.keystrokes import SUFFIXES, Keystrokes, Outcome

_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_ENDS = {Qt.Key.Key_Return: "\r", Qt.Key.Key_Enter: "\r", Qt.Key.Key_Tab: "\t"}


class ScannerKeys(QObject):
    """A filter over the whole program, dialogs included. Keystrokes that a person typed arrive a moment later."""

    scanned = Signal(str)

    def __init__(self, app: QApplication, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(app)
        self._clock = clock
        self._keystrokes = Keystrokes()
        self._held: deque[QEvent] = deque()
        self._event_s = self._handled_s = 0.0
        self._is_typing = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_due)
        app.installEventFilter(self)

    def stop(self) -> None:
        app = QCoreApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # At the window, before Qt has looked for the widget that has the focus: each keystroke is seen once.
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and watched.isWindowType():
            return self._on_key(event)
        if isinstance(event, QInputMethodEvent) and event.commitString() and not event.preeditString():
            return not self._is_typing and self._on_commit(event)
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        """True if the keystroke is held back."""
        at_s = self._note_time(event.timestamp() / 1000)
        character = _ENDS.get(Qt.Key(event.key()), event.text())
        if event.modifiers() & _COMMANDS or not _is_character(character):
            if event.text() or event.key() in _MOVES:
                self._follow(self._keystrokes.pause(float("inf")))
            return False
        outcome = self._keystrokes.press(character, at_s, is_repeat=event.isAutoRepeat())
        self._follow(outcome)
        if not outcome.passes and character not in SUFFIXES:
            again = event.clone()
            self._held.append(again)
        self._watch()
        return not outcome.passes

    def _on_commit(self, event: QInputMethodEvent) -> bool:
        """What an input method makes of keys comes as text; a scanner's digits come through it as fast."""
        at_s = self._note_time(0.0)
        for character in event.commitString():
            outcome = self._keystrokes.press(character, at_s)
            self._follow(outcome)
            commit = QInputMethodEvent()
            commit.setCommitString(character)
            self._held.append(commit)
        self._watch()
        return True

    def _note_time(self, event_s: float) -> float:
        """The event's own time, so that a busy screen does not tear a scan apart; the clock's where it has none."""
        now_s = self._clock()
        self._event_s = event_s or self._event_s + (now_s - self._handled_s)
        self._handled_s = now_s
        return self._event_s

    def _watch(self) -> None:
        due_s = self._keystrokes.due_s
        if due_s is None:
            self._timer.stop()
        else:
            self._timer.start(max(1, round((due_s - self._event_s) * 1000) + 1))

    def _on_due(self) -> None:
        # Keystrokes that already wait in the queue come first: they may belong to the same scan.
        QTimer.singleShot(0, self._on_still_due)

    def _on_still_due(self) -> None:
        if self._keystrokes.due_s is not None and not self._timer.isActive():
            self._follow(self._keystrokes.pause(self._event_s + (self._clock() - self._handled_s) + 0.001))
            self._watch()

    def _follow(self, outcome: Outcome) -> None:
        if outcome.scanned is not None:
            self._held.clear()
            self.scanned.emit(outcome.scanned)
        for _ in outcome.typed:
            if self._held:
                self._type(self._held.popleft())

    def _type(self, event: QEvent) -> None:
        """To where it was going: the widget with the focus, past this filter's own eye."""
        receiver = QApplication.focusWidget() or QApplication.activeWindow()
        if receiver is not None:
            self._is_typing = True
            QCoreApplication.sendEvent(receiver, event)
            self._is_typing = False


_MOVES = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Backspace})


def _is_character(text: str) -> bool:
    return len(text) == 1 and (text.isprintable() or text in SUFFIXES)
