"""Builds the installers of this platform into dist/: a folder that needs no Python, and on Debian a package of it."""

import platform
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
DIST = HERE / "dist"
BUILD = HERE / "build" / "installer"
PROJECT = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NAME: str = PROJECT["name"]
MIGRATIONS = "merchant_app/server/db/migrations"  # Alembic reads them as files, one by one
DEBIAN_MACHINES = {"x86_64": "amd64", "aarch64": "arm64"}


def build_folder() -> Path:
    """dist/merchant-app: the program, its Python and its libraries, as PyInstaller gathers them."""
    from PyInstaller.__main__ import run

    start = BUILD / "start.py"
    start.parent.mkdir(parents=True, exist_ok=True)
    start.write_text("import sys\n\nfrom merchant_app.cli.main import main\n\nsys.exit(main())\n", encoding="utf-8")
    # fmt: off
    run([
        str(start), "--name", NAME, "--onedir", "--noconfirm", "--log-level", "WARN",
        "--distpath", str(DIST), "--workpath", str(BUILD), "--specpath", str(BUILD), "--paths", str(HERE),
        "--add-data", f"{HERE / 'resources'}:merchant_app/_resources",
        "--add-data", f"{HERE / MIGRATIONS}:{MIGRATIONS}",
        "--collect-submodules", "merchant_app", "--collect-data", "merchant_app",
        "--collect-data", "noto_cjk_sans_otc", "--collect-data", "tzdata",
        "--recursive-copy-metadata", NAME,
    ])
    # fmt: on
    return DIST / NAME


def build_debian_package(folder: Path) -> Path:
    """A .deb that puts the folder under /opt and its command on the path."""
    from merchant_app.system_libraries import LIBRARIES

    tree = BUILD / "debian"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(folder, tree / "opt" / NAME, symlinks=True)
    command = tree / "usr" / "bin" / NAME
    command.parent.mkdir(parents=True)
    command.symlink_to(f"/opt/{NAME}/{NAME}")
    control = tree / "DEBIAN" / "control"
    control.parent.mkdir()
    machine = DEBIAN_MACHINES.get(platform.machine(), platform.machine())
    fields = {
        "Package": NAME,
        "Version": PROJECT["version"],
        "Architecture": machine,
        "Maintainer": f"The {NAME} authors",
        "Depends": ", ".join(sorted(set(LIBRARIES.values()))),
        "Section": "misc",
        "Priority": "optional",
        "Description": PROJECT["description"],
    }
    control.write_text("".join(f"{name}: {value}\n" for name, value in fields.items()), encoding="utf-8")
    package = DIST / f"{NAME}_{PROJECT['version']}_{machine}.deb"
    subprocess.run(["dpkg-deb", "-Zzstd", "--root-owner-group", "--build", str(tree), str(package)], check=True)
    return package


def main() -> int:
    folder = build_folder()
    print(f"Built {folder.relative_to(HERE)}")
    if shutil.which("dpkg-deb"):
        print(f"Built {build_debian_package(folder).relative_to(HERE)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
