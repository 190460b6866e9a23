"""Files and functions stay small, and each file says in its first line what it is."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.house.tree import named, python_files

SOURCES = python_files("merchant_app", "build_installer.py")
TESTS = python_files("tests")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Each function of a file with its length in lines, docstring and all."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            yield node.name, node.end_lineno - node.lineno + 1


def caption(path: Path) -> str:
    """The first line of a file's docstring, or nothing."""
    docstring = ast.get_docstring(tree(path))
    return docstring.splitlines()[0] if docstring else ""


def test_no_file_is_longer_than_300_lines() -> None:
    lengths = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in [*SOURCES, *TESTS]}
    assert {name: lines for name, lines in lengths.items() if lines > 300} == {}


def test_no_function_is_longer_than_40_lines() -> None:
    lengths = {f"{named(path)}: {name}": lines for path in SOURCES for name, lines in functions(path)}
    assert {name: lines for name, lines in lengths.items() if lines > 40} == {}


def test_each_file_says_in_one_sentence_what_it_is() -> None:
    written = [path for path in [*SOURCES, *TESTS] if path.stat().st_size]
    captions = {named(path): caption(path) for path in written}
    assert {name: line for name, line in captions.items() if not line.endswith((".", ":"))} == {}


def test_there_are_files_to_look_at() -> None:
    assert len(SOURCES) > 20
    assert any(lines > 5 for path in SOURCES for _, lines in functions(path))
    assert caption(Path(__file__)).startswith("Files and functions stay small")
