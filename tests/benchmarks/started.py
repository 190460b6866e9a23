"""One start, as a process of its own: prints when the window was first painted and when the till was ready to scan.

`python -m tests.benchmarks.started empty|till DATA_DIR PICTURE`; the times are the system's monotonic clock, which the
process that started this one reads as well.
"""

import json
import os
import sys
import time

os.environ["QT_QPA_PLATFORM"] = "offscreen"


def empty() -> None:
    """The peer: a QMainWindow of the same size with nothing in it."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Window(QMainWindow):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            QTimer.singleShot(0, self.seen)

        def seen(self) -> None:
            print(json.dumps({"painted": time.monotonic()}), flush=True)
            os._exit(0)

    app = QApplication([])
    window = Window()
    window.resize(1366, 768)
    window.show()
    app.exec()


def till(data_dir: str, picture: str) -> None:
    """The till over an enrolled folder. It is ready once its ledger is open and a first frame has been decoded."""
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from merchant_app.till.app import Choices, build_till
    from merchant_app.till.scanning.frames import PictureSource

    app = QApplication([])
    built = build_till(app, Path(data_dir), choices=Choices(source=PictureSource(Path(picture)), language="en"))
    marks: dict[str, float] = {}

    def note(mark: str) -> None:
        marks.setdefault(mark, time.monotonic())
        if len(marks) == 3:
            ready = max(marks["opened"], marks["decoded"])
            print(json.dumps({"painted": marks["painted"], "ready": ready}), flush=True)
            os._exit(0)

    def on_painted() -> None:
        note("painted")
        built.scanner.frame_shown.connect(lambda *_: note("decoded"))

    built.window.first_painted.connect(on_painted)
    built.opened.connect(lambda: note("opened"))
    built.show()
    app.exec()


if __name__ == "__main__":
    if sys.argv[1] == "empty":
        empty()
    else:
        till(*sys.argv[2:4])
