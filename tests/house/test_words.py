"""Every sentence of the code is translated, and what is committed is what `make words` would write."""

import shutil
import string
import subprocess
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from merchant_app.resources import resource_path
from tests.house.tree import ROOT

CATALOGUES = sorted(resource_path("locale").glob("*/LC_MESSAGES/merchant_app.po"))


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def both_forms(text: str | tuple[str, ...] | list[str]) -> list[str]:
    """A message's texts: one, or one per number it is said of."""
    return [text] if isinstance(text, str) else list(text)


def fields(text: str) -> set[str]:
    """The names in braces, which are filled in when the sentence is said."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def has_other_fields(message: Message) -> bool:
    allowed = set[str]().union(*map(fields, both_forms(message.id)))
    needed = set[str].intersection(*map(fields, both_forms(message.id)))
    return any(not needed <= fields(text) <= allowed for text in both_forms(message.string))


def test_there_is_a_chinese_catalogue() -> None:
    assert [path.parts[-3] for path in CATALOGUES] == ["zh_CN"]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_every_sentence_is_translated(path: Path) -> None:
    messages = [message for message in catalogue(path) if message.id]
    assert [message.id for message in messages if message.fuzzy or not all(both_forms(message.string))] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_translation_fills_in_the_same_values(path: Path) -> None:
    assert [message.id for message in catalogue(path) if message.id and has_other_fields(message)] == []


@pytest.mark.skipif(shutil.which("make") is None, reason="without make the catalogues are not written here")
def test_making_them_again_changes_nothing(tmp_path: Path) -> None:
    committed, again = resource_path("locale"), tmp_path / "locale"
    shutil.copytree(committed, again)
    answer = subprocess.run(
        ["make", "--old-file=.venv/ready", "words", f"LOCALE={again}", f"TEMPLATE={tmp_path / 'words.pot'}"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 0, answer.stderr
    files = [path.relative_to(committed) for path in committed.rglob("*") if path.is_file()]
    changed = [
        name.as_posix() for name in files if again.joinpath(name).read_bytes() != committed.joinpath(name).read_bytes()
    ]
    assert changed == [], "run make words, and translate what is new"
    assert any(name.suffix == ".mo" for name in files)
