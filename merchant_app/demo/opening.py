"""Opens the demo: in a window, or as the tour that drives itself."""

import signal
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from merchant_app.demo.showing import Showing
from merchant_app.demo.stage import Stage
from merchant_app.demo.tour.taking import take_tour
from merchant_app.demo.world import World
from merchant_app.wording import Words

_AWAKE_MS = 250


def open_demo(data_dir: Path | None, words: Words) -> int:
    """Until the window is closed."""
    app = _app()
    print(words._("Starting a server and a till…"), flush=True)
    with World(data_dir) as world:
        stage = Stage(app, world, words.language)
        showing = Showing(stage, world)
        stage.show()
        showing.start()
        print(words._("Choose a coupon in the phone and show it to the camera."), flush=True)
        _end_on_signals(app)
        app.exec()
        stage.close()
    return 0


def open_tour(data_dir: Path | None, folder: Path, words: Words) -> int:
    """0 only if each step came out as told."""
    app = _app()
    print(words._("Starting a server and a till…"), flush=True)
    with World(data_dir) as world:
        is_told = take_tour(app, world, folder, words)
    print(words._("Pictures: {folder}", folder=folder.resolve()), flush=True)
    return 0 if is_told else 1


def _end_on_signals(app: QApplication) -> QTimer:
    """SIGTERM and Ctrl+C close the window, so that the server is ended too."""
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: app.quit())
    awake = QTimer(app)
    awake.timeout.connect(lambda: None)  # Python's handlers run only when Python does
    awake.start(_AWAKE_MS)
    return awake


def _app() -> QApplication:
    app = QApplication.instance()
    return app if isinstance(app, QApplication) else QApplication(["merchant-app"])
