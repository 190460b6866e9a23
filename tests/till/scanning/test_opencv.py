"""Loading OpenCV leaves Qt alone, and the parts that the first window needs do not load it at all."""

import os
import subprocess
import sys

import pytest


def printed_by(program: str, **environment: str) -> str:
    answer = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=os.environ | environment
    )
    return answer.stdout.strip()


SHOW = "import os; from merchant_app.till.scanning import opencv; print(os.environ.get('{}', 'not set'))"


@pytest.mark.parametrize("variable", ["QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"])
def test_opencv_does_not_point_qt_at_its_own_plug_ins(variable: str) -> None:
    assert printed_by(SHOW.format(variable)) == "not set"
    assert printed_by(SHOW.format(variable), **{variable: "/mine"}) == "/mine"


def test_the_worker_loads_no_opencv_before_it_is_used() -> None:
    program = "import sys; import merchant_app.till.workers.scanning; print('cv2' in sys.modules)"
    assert printed_by(program) == "False"
