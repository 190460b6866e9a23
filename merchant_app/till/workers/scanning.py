"""Scanning beside the screen: frames in, signals out, the newest frame first. Nothing here blocks the caller."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance

from merchant_app.errors import SourceError
from merchant_app.till.scanning.frames import Frame, PushedSource, Source
from merchant_app.till.scanning.latch import Latch, Offered, Scan, Taken
from merchant_app.till.scanning.newest import Newest
from merchant_app.till.scanning.sightings import Sighting
from merchant_app.till.scanning.states import CameraCondition, CameraState, PictureTrouble
from merchant_app.till.workers.camera_thread import CameraThread
from merchant_app.till.workers.decoder_thread import DecoderThread

if TYPE_CHECKING:
    from merchant_app.till.scanning.captures import Opener
    from merchant_app.till.scanning.opencv import Picture

STOPS_WITHIN_S = 1.0


class Scanning(QObject):
    """The till's eyes. All signals come on the thread that this object lives on."""

    frame_shown = Signal(object, object)
    """The newest frame (Picture) and what was read in it (list of Sighting); frames are left out, never queued."""
    code_read = Signal(str)
    """A scan: one showing of one code, or the cashier's choice."""
    codes_offered = Signal(list)
    """Two or more codes are in view, one is to be chosen; an empty list ends the offer."""
    camera_changed = Signal(object)
    """CameraState, on every change."""
    picture_unread = Signal(str, object)
    """The name of a picture given to `read_picture` that gave nothing, and its PictureTrouble."""
    cameras_found = Signal(list)
    """The computer's cameras (Webcam), in answer to `find_cameras`."""
    _woken = Signal()

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        open_capture: Opener | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._open_capture = open_capture
        self._clock = clock
        self._lock = threading.Lock()
        self._latch = Latch()
        self._picture_texts: tuple[str, ...] = ()
        self._frames: Newest[tuple[Source, Frame]] = Newest()
        self._shown: Newest[tuple[Picture, list[Sighting]]] = Newest()
        self._to_say: deque[tuple[SignalInstance, tuple[Any, ...]]] = deque()
        self._source: Source | None = None
        self._camera: CameraThread | None = None
        self._pushed = 0
        self._stopping = threading.Event()
        self._decoder = DecoderThread(self._frames, clock=clock, decoded=self._look_at)
        self._woken.connect(self._on_woken, Qt.ConnectionType.QueuedConnection)

    def open(self, source: Source) -> None:
        """Looks at this source from now on, and comes back to it whenever it is lost."""
        if self._stopping.is_set():
            return
        before = self._leave_camera()
        self._source = source
        self._decoder.start()
        if isinstance(source, PushedSource):
            self._say(self.camera_changed, CameraState(CameraCondition.LIVE, source.name))
            return
        self._camera = CameraThread(
            source, after=before, open_capture=self._open_capture, clock=self._clock,
            arrived=self._arrived, changed=lambda state: self._say(self.camera_changed, state),
        )  # fmt: skip
        self._camera.start()

    def close(self) -> None:
        """Looks at nothing until a source is opened."""
        if self._source is None:
            return
        self._leave_camera()
        self._source = None
        self._say(self.camera_changed, CameraState(CameraCondition.CLOSED))

    def push(self, picture: Picture) -> None:
        """A frame (gray or BGR) from the program itself; ignored unless a `PushedSource` is open."""
        if isinstance(self._source, PushedSource):
            self._pushed += 1
            self._frames.put((self._source, Frame(picture, self._pushed, self._clock())))

    def read_picture(self, picture: Path | bytes | Picture, name: str = "") -> None:
        """Reads a dropped or pasted picture by all means there are: a file, a file's bytes, or pixels."""
        called = name or (picture.name if isinstance(picture, Path) else "")
        threading.Thread(target=self._read_picture, args=(picture, called), name="picture", daemon=True).start()

    def find_cameras(self) -> None:
        """Lists this computer's cameras, for somebody to choose from; they come as `cameras_found`."""
        threading.Thread(target=self._find_cameras, name="cameras", daemon=True).start()

    def choose(self, text: str) -> None:
        """The cashier's choice among the codes offered."""
        with self._lock:
            scan = self._latch.choose(text)
            if scan is None and text in self._picture_texts:
                scan = Taken(text)
        self._say_scan(scan)

    def scan_again(self) -> None:
        """Takes a code that is still in view for a new one."""
        with self._lock:
            self._latch.forget()

    def stop(self, within_s: float = STOPS_WITHIN_S) -> bool:
        """Ends for good; True if all threads are gone, False if a device still blocks one (it is left behind)."""
        self._stopping.set()
        camera = self._leave_camera()
        self._frames.close()
        self._shown.close()
        return self._decoder.join(within_s) and (camera is None or camera.join(within_s))

    def _leave_camera(self) -> CameraThread | None:
        """Stops listening to the camera thread, which ends as soon as its device lets it."""
        left, self._camera = self._camera, None
        if left is not None:
            left.end()
        self._frames.take(0)
        if self._latch.offered:
            self._say(self.codes_offered, [])
        self.scan_again()
        return left

    def _arrived(self, camera: CameraThread, frame: Frame) -> None:
        if camera is self._camera:
            self._frames.put((camera.source, frame))

    def _look_at(self, source: Source, frame: Frame, sightings: list[Sighting]) -> None:
        if source is not self._source:
            return
        with self._lock:
            scan = self._latch.see([sighting.text for sighting in sightings], frame.taken_s)
        self._say_scan(scan)
        if self._shown.put((frame.picture, sightings)):
            self._woken.emit()

    def _read_picture(self, picture: Path | bytes | Picture, name: str) -> None:
        # OpenCV takes as long to load as the first window to paint: it is loaded here, beside it.
        from merchant_app.till.scanning.ladder import read_still
        from merchant_app.till.scanning.pictures import load_picture, picture_from_bytes

        try:
            if isinstance(picture, Path):
                picture = load_picture(picture)
            elif isinstance(picture, bytes):
                picture = picture_from_bytes(picture, name)
        except SourceError:
            self._say(self.picture_unread, name, PictureTrouble.UNREADABLE)
            return
        texts = tuple(dict.fromkeys(sighting.text for sighting in read_still(picture)))
        with self._lock:
            self._picture_texts = texts
        if not texts:
            self._say(self.picture_unread, name, PictureTrouble.NO_CODE)
        else:
            self._say_scan(Taken(texts[0]) if len(texts) == 1 else Offered(texts))

    def _find_cameras(self) -> None:
        from merchant_app.till.scanning.captures import list_webcams

        self._say(self.cameras_found, list_webcams())

    def _say_scan(self, scan: Scan) -> None:
        match scan:
            case Taken(text=text):
                self._say(self.code_read, text)
            case Offered(texts=texts):
                self._say(self.codes_offered, list(texts))

    def _say(self, signal: SignalInstance, *what: Any) -> None:
        if not self._stopping.is_set():
            self._to_say.append((signal, what))
            self._woken.emit()

    def _on_woken(self) -> None:
        while self._to_say and not self._stopping.is_set():
            signal, what = self._to_say.popleft()
            signal.emit(*what)
        shown = self._shown.take(0)
        if shown is not None:
            self.frame_shown.emit(*shown)
