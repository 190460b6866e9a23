"""No file names the registry its packages came from, nor a folder of the machine it was written on."""

import re

import pytest

from tests.house.tree import files_of_the_project, named

# One letter stands in brackets so that this file does not find itself.
REGISTRY = re.compile(
    rb"pypi\.or[g]|pythonhoste[d]|npmjs\.or[g]|registry\.npmj[s]|deb\.debian\.or[g]|index-ur[l]|find-link[s]"
)
FOLDER = re.compile(rb"(?<![\w.-])/wor[k]/|\.\./share[d]/|/op[t]/(pypi|wheels)|/hom[e]/\w|/roo[t]/\.")


@pytest.mark.parametrize("pattern", [REGISTRY, FOLDER], ids=["registry", "folder"])
def test_no_file_names_a_registry_or_a_folder_of_one_machine(pattern: re.Pattern[bytes]) -> None:
    found = {
        f"{named(path)}:{number}": line.decode(errors="replace").strip()
        for path in files_of_the_project()
        for number, line in enumerate(path.read_bytes().splitlines(), start=1)
        if pattern.search(line)
    }
    assert found == {}


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (REGISTRY, "https://files.pythonhos" + "ted.org/packages/ab/cd/six.whl"),
        (REGISTRY, "--index" + "-url https://example.org/simple"),
        (FOLDER, "-e file:///wo" + "rk/main"),
        (FOLDER, "see ../sha" + "red/data"),
    ],
)
def test_such_a_line_would_be_found(pattern: re.Pattern[bytes], line: str) -> None:
    assert pattern.search(line.encode())
