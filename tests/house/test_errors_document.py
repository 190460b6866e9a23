"""The server refuses with the codes that are listed, each with one status; the document of errors names them all."""

import ast
from collections.abc import Iterator

from merchant_app.server.api.statuses import STATUS
from merchant_app.server.services.adopting import NotAdopted
from merchant_app.server.services.claiming.asking import NotClaimedWhy
from merchant_app.server.services.confirming import NotAnswered
from merchant_app.server.services.enrolling import NotEnrolledWhy
from merchant_app.wire.refusal import RefusalCode
from merchant_app.wording.refused_requests import refused_request
from tests.house.tree import ROOT, python_files
from tests.wording.saying import EN

SAYING_NO = {"RefusalError": 1, "refuse": 1, NotAnswered.__name__: 0}
"""What is called to refuse a request, and where its code stands among what it is given."""


def codes_written(folder: str) -> Iterator[str]:
    """Every code that stands in the source as it is, where a request is refused."""
    for path in python_files(folder):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYING_NO:
                place = SAYING_NO[node.func.id]
                given = node.args[place] if len(node.args) > place else None
                if isinstance(given, ast.Constant) and isinstance(given.value, str):
                    yield given.value


def test_every_code_stands_in_the_document_with_its_status_and_its_sentence() -> None:
    lines = (ROOT / "docs/errors.md").read_text(encoding="utf-8").splitlines()
    rows = [tuple(cell.strip() for cell in line.split("|")[1:4]) for line in lines if line.startswith("| `")]
    assert rows == [(f"`{code}`", str(STATUS[code]), refused_request(EN, code)) for code in RefusalCode]


def test_the_code_refuses_with_no_other() -> None:
    known = {code.value for code in RefusalCode}
    written = set(codes_written("merchant_app/server/api")) | set(codes_written("merchant_app/server/services"))
    assert {"unknown_till", "too_slow", "id_twice"} <= written
    assert written <= known
    assert {why.value for why in [*NotClaimedWhy, *NotEnrolledWhy, *NotAdopted]} <= known


def test_every_code_has_one_status() -> None:
    assert set(STATUS) == set(RefusalCode)
