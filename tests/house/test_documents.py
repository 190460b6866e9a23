"""What the documents point to is there."""

import re
from pathlib import Path

import pytest

from tests.house.tree import files_of_the_project, named

DOCUMENTS = [path for path in files_of_the_project() if path.suffix == ".md"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_a_document_points_only_to_files_that_are_there(document: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text(encoding="utf-8"))
    own = [link for link in links if "://" not in link and not link.startswith("mailto:")]
    assert [link for link in own if not (document.parent / link).exists()] == []


def test_there_are_documents() -> None:
    assert {"README.md", "CONTRIBUTING.md", "CHANGELOG.md"} <= {named(path) for path in DOCUMENTS}
