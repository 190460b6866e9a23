"""The library of the screens gives back what it takes: a till runs for days."""

import subprocess
import sys

COUNT = """
import sys
from PySide6.QtCore import QObject
thing = QObject()
before = sys.getrefcount(None)
for _ in range(1000):
    thing.setObjectName("till")
print(sys.getrefcount(None) - before)
"""


def test_calls_into_it_use_up_no_references() -> None:
    answer = subprocess.run([sys.executable, "-c", COUNT], capture_output=True, text=True, check=True)
    assert abs(int(answer.stdout)) < 500
