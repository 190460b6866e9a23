"""Loading OpenCV leaves Qt alone, and the parts that the first window needs do not load it at all."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import merchant_app


def printed_by(program: str, **environment: str) -> str:
    answer = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=os.environ | environment
    )
    return answer.stdout.strip()


QT_VARIABLES = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")


@pytest.mark.parametrize("module", ["opencv", "captures", "camera", "files", "ladder", "pictures"])
def test_opencv_does_not_point_qt_at_its_own_plug_ins(module: str) -> None:
    program = f"import os; from merchant_app.till.scanning import {module}"
    program += f"; print(*(os.environ.get(name) for name in {QT_VARIABLES}))"
    assert printed_by(program, **dict.fromkeys(QT_VARIABLES, "/mine")) == "/mine /mine"
    unset = f"import os; [os.environ.pop(name, None) for name in {QT_VARIABLES}]; "
    assert printed_by(unset + program) == "None None"


def test_opencv_is_loaded_in_one_place() -> None:
    package = Path(merchant_app.__file__).parent
    loading = [
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if re.search(r"^\s*(import cv2|from cv2)", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert loading == ["till/scanning/opencv.py"]


def test_the_worker_loads_no_opencv_before_it_is_used() -> None:
    program = "import sys; import merchant_app.till.workers.scanning; print('cv2' in sys.modules)"
    assert printed_by(program) == "False"


AT_THE_SAME_MOMENT = """
import sys
import threading
from importlib import import_module

sys.setswitchinterval(1e-5)
both, loaded = threading.Barrier(2), []


def load(module):
    both.wait()
    import_module(f"merchant_app.till.scanning.{module}")
    loaded.append(module)


threads = [threading.Thread(target=load, args=(module,)) for module in ("camera", "ladder")]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(*sorted(loaded))
"""


def test_the_cameras_thread_and_the_decoders_load_it_at_the_same_moment() -> None:
    assert printed_by(AT_THE_SAME_MOMENT) == "camera ladder"
