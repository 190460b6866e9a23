"""`/console/outlets/import`: a table is chosen, shown as it would be taken, and taken.

Between showing and taking the table travels in the form, packed: the server keeps nothing of it.
"""

import base64
import zlib

from fastapi import APIRouter, Request
from starlette.datastructures import UploadFile
from starlette.responses import Response

from merchant_app.server.api.who import CentralPart
from merchant_app.server.console.pages import done, page, words_of
from merchant_app.server.console.who import Form, Operator
from merchant_app.server.services.outlet_import import ImportReport, import_outlets, preview
from merchant_app.server.services.outlet_import.lines import OPTIONAL, REQUIRED, BadLine
from merchant_app.server.services.outlet_import.table import LARGEST_FILE, decoded
from merchant_app.wording import Words
from merchant_app.wording.expectations import expectation

router = APIRouter(prefix="/import")

SHOWN_OUTLETS, SHOWN_BAD_LINES = 20, 200
_LARGEST_PACKED = 900_000


@router.get("")
def choose_table(request: Request) -> Response:
    return _choosing(request)


@router.post("")
def show_table(request: Request, central: CentralPart, form: Form) -> Response:
    """What would be taken, and which lines could not be."""
    file = form.get("table")
    if not isinstance(file, UploadFile) or not file.filename:
        return _choosing(request, words_of(request)._("Choose a file first."))
    text = decoded(file.file.read(LARGEST_FILE + 1))
    if isinstance(text, BadLine):
        return _choosing(request, _expected(words_of(request), text))
    packed = base64.b64encode(zlib.compress(text.encode(), 9)).decode()
    if len(text) > LARGEST_FILE or len(packed) > _LARGEST_PACKED:
        return _choosing(request, words_of(request)._("This table is too large; send it in parts."))
    return _report(request, preview(central, text), packed=packed)


@router.post("/take")
def take_table(request: Request, central: CentralPart, operator: Operator, form: Form) -> Response:
    """Takes what was shown; lines that cannot be taken are told again."""
    text = _unpacked(str(form.get("packed", "")))
    if text is None:
        return _choosing(request, words_of(request)._("Choose the file once more."))
    report = import_outlets(central, text, by=operator.operator_id)
    words = words_of(request)
    if not report.bad_lines:
        sentence = words.n_("{count} outlet taken in.", "{count} outlets taken in.", report.taken)
        return done(request, "/console/outlets", sentence)
    return _report(request, report)


def _choosing(request: Request, error: str = "") -> Response:
    errors = {"table": error} if error else {}
    status = 422 if error else 200
    return page(request, "outlets/import.html", status=status, required=REQUIRED, optional=OPTIONAL, errors=errors)


def _report(request: Request, report: ImportReport, packed: str = "") -> Response:
    """`packed`: it was not taken yet."""
    words = words_of(request)
    bad = [(each.line, each.column, _expected(words, each)) for each in report.bad_lines[:SHOWN_BAD_LINES]]
    shown = report.outlets[:SHOWN_OUTLETS]
    return page(request, "outlets/import_report.html", report=report, bad_lines=bad, packed=packed, shown=shown)


def _expected(words: Words, bad: BadLine) -> str:
    return words._("Expected: {expected}.", expected=expectation(words, bad.expected))


def _unpacked(packed: str) -> str | None:
    """None: this is not what was put into the form."""
    unpacking = zlib.decompressobj()
    try:
        content = unpacking.decompress(base64.b64decode(packed, validate=True), LARGEST_FILE * 4)
        return content.decode() if content and unpacking.eof else None
    except (zlib.error, ValueError):  # not base64, or not UTF-8
        return None
