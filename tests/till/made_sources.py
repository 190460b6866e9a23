"""Sources for tests that are real: a motion JPEG stream over HTTP on loopback, a video file, a picture file."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np

from merchant_app.paper.qr_picture import qr_array
from merchant_app.till.scanning.opencv import Picture, cv2

CODE = "".join(str((7 * place + 3) % 10) for place in range(215))
OTHER_CODE = "".join(str((3 * place + 1) % 10) for place in range(239))
SIZE = (640, 480)


def frame_with(*texts: str) -> Picture:
    """A frame (BGR) in which the codes stand side by side on gray; none for none."""
    frame = np.full((SIZE[1], SIZE[0], 3), 150, np.uint8)
    for place, text in enumerate(texts):
        code = qr_array(text, module_px=5)
        top, left = 80, 16 + place * (code.shape[1] + 24)
        frame[top : top + code.shape[0], left : left + code.shape[1]] = code[:, :, None]
    return frame


def write_video(path: Path, frames: list[Picture], *, frames_a_second: float = 30.0) -> Path:
    """A motion JPEG .avi."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), frames_a_second, SIZE)
    assert writer.isOpened()
    for frame in frames:
        writer.write(frame)
    writer.release()
    return path


def write_picture(path: Path, picture: Picture) -> Path:
    """A picture file in the format that its name says; by way of bytes, so that any path will do."""
    _, packed = cv2.imencode(path.suffix, picture)
    path.write_bytes(packed.tobytes())
    return path


class MjpegCamera:
    """A network camera on loopback whose picture can be changed, that can fall silent, and that can be unplugged."""

    def __init__(self, frame: Picture) -> None:
        self._changed = threading.Condition()
        self._is_silent = False
        self._is_over = False
        self.show(frame)
        camera = self

        class _Stream(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
                self.end_headers()
                try:
                    while (packed := camera._next()) is not None:
                        head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(packed)}\r\n\r\n"
                        self.wfile.write(head.encode() + packed + b"\r\n")
                except OSError:
                    pass

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Stream)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/stream.mjpg"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def show(self, frame: Picture) -> None:
        _, packed = cv2.imencode(".jpg", frame)
        with self._changed:
            self._packed = packed.tobytes()

    def fall_silent(self) -> None:
        """The connection stays, and nothing comes."""
        with self._changed:
            self._is_silent = True

    def unplug(self) -> None:
        with self._changed:
            self._is_over = True
            self._changed.notify_all()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _next(self) -> bytes | None:
        with self._changed:
            self._changed.wait_for(lambda: self._is_over, timeout=0.03)
            self._changed.wait_for(lambda: self._is_over or not self._is_silent)
            return None if self._is_over else self._packed


@contextmanager
def mjpeg_camera(frame: Picture) -> Iterator[MjpegCamera]:
    camera = MjpegCamera(frame)
    try:
        yield camera
    finally:
        camera.unplug()
