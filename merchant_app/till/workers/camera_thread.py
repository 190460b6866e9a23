"""The thread that a camera blocks, and nothing else."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from merchant_app.till.scanning.frames import Frame, Source
from merchant_app.till.scanning.states import CameraCondition, CameraState

if TYPE_CHECKING:
    from merchant_app.till.scanning.camera import Camera
    from merchant_app.till.scanning.captures import Opener

_PREVIOUS_ENDS_WITHIN_S = 10.0

_log = logging.getLogger(__name__)


class CameraThread:
    """Steps one camera until told to end. The callbacks come on this thread.

    It waits for the thread `after` which it comes, for a device that is still open would look taken.
    """

    def __init__(
        self,
        source: Source,
        *,
        after: CameraThread | None,
        open_capture: Opener | None,
        clock: Callable[[], float],
        arrived: Callable[[CameraThread, Frame], None],
        changed: Callable[[CameraState], None],
    ) -> None:
        self.source = source
        self._after = after
        self._open_capture = open_capture
        self._clock = clock
        self._arrived = arrived
        self._changed = changed
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="camera", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def end(self) -> None:
        """Asks it to end; it does when the device lets go of it."""
        self._ending.set()

    def join(self, within_s: float) -> bool:
        """Waits for the end; whether it came."""
        self._thread.join(within_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        # OpenCV takes as long to load as the first window to paint: it is loaded here, beside it.
        from merchant_app.till.scanning.camera import Camera
        from merchant_app.till.scanning.captures import open_source

        after, self._after = self._after, None
        if after is not None:
            after.join(_PREVIOUS_ENDS_WITHIN_S)
        camera = Camera(self.source, self._open_capture or open_source)
        try:
            self._tell(camera.state)
            self._step_until_ended(camera)
        except Exception:
            _log.exception("the camera's thread broke down")
            self._tell(CameraState(CameraCondition.UNREADABLE, camera.state.name))
        finally:
            camera.close()

    def _step_until_ended(self, camera: Camera) -> None:
        state, number = camera.state, 0
        while not self._ending.is_set():
            step = camera.step(self._clock())
            if step.state != state:
                state = step.state
                self._tell(state)
            if step.picture is not None and not self._ending.is_set():
                number += 1
                self._arrived(self, Frame(step.picture, number, self._clock()))
            self._ending.wait(max(0.0, step.due_s - self._clock()))

    def _tell(self, state: CameraState) -> None:
        if not self._ending.is_set():
            self._changed(state)
