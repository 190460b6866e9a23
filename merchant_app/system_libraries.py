"""Says which system libraries a Debian-like Linux still lacks, and installs them when it may.

``python3 -m merchant_app.system_libraries`` runs before anything is installed, so it needs nothing but Python. With
``--for-tests`` it looks for what only the tests need as well: a browser, and a font in which it shows Chinese.
"""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping

LIBRARIES: Mapping[str, str] = {
    # Python's pictures and screens, with or without a display
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libbrotlidec.so.1": "libbrotli1",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    # sound
    "libpulse.so.0": "libpulse0",
    # a real window
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""Shared library -> the Debian package that brings it."""

FOR_TESTS: Mapping[str, str] = {
    "chromium": "chromium",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc": "fonts-wqy-microhei",
}
"""Command on the path, or file -> the Debian package that brings it."""

_ADMIN_FOLDERS = "/usr/sbin:/sbin"  # where ldconfig lives; not on the path of an ordinary Debian user


def missing_packages(known_libraries: str, *, can_make_environments: bool) -> list[str]:
    """The Debian packages to install, sorted; ``known_libraries`` is what ``ldconfig -p`` prints."""
    known = set(re.findall(r"^\s*(\S+) \(", known_libraries, flags=re.MULTILINE))
    missing = {package for library, package in LIBRARIES.items() if library not in known}
    if not can_make_environments:
        missing.add("python3-venv")
    return sorted(missing)


def missing_for_tests(found: Callable[[str], object]) -> list[str]:
    """The Debian packages to install, sorted; ``found`` says whether there is such a command or file."""
    return sorted(package for name, package in FOR_TESTS.items() if not found(name))


def install(packages: list[str]) -> bool:
    """Install with apt; True when all of them came."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages],
    ):
        if subprocess.run(command, env=environment, check=False, stdin=subprocess.DEVNULL).returncode != 0:
            return False
    return True


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - an older Python is what this sentence is for
        return _stop("Python 3.11 or newer is needed; name it with PYTHON=, for example: make setup PYTHON=python3.12")
    search_path = f"{os.environ.get('PATH', '')}:{_ADMIN_FOLDERS}"
    ldconfig = shutil.which("ldconfig", path=search_path)
    if not sys.platform.startswith("linux") or ldconfig is None:
        return 0
    known = subprocess.run([ldconfig, "-p"], capture_output=True, text=True, check=True).stdout
    packages = missing_packages(known, can_make_environments=importlib.util.find_spec("ensurepip") is not None)
    if "--for-tests" in sys.argv[1:]:
        packages += missing_for_tests(lambda name: shutil.which(name) or os.path.exists(name))
    if not packages:
        return 0
    line = "apt-get install --no-install-recommends " + " ".join(packages)
    if shutil.which("apt-get") is None:
        return _stop(
            f"These libraries are missing, by their Debian names: {' '.join(packages)}. Install them and try again."
        )
    if os.geteuid() != 0:
        return _stop(f"Some system libraries are missing. As root, run this and try again:\n\n    {line}\n")
    print(f"Installing system libraries: {' '.join(packages)}", flush=True)
    return (
        0
        if install(packages)
        else _stop(f"apt could not install them. See its message above, then run:\n\n    {line}\n")
    )


def _stop(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
