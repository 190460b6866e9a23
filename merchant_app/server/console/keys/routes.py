"""`/console/keys`: until when each key is good, and how one takes the place of another."""

from collections.abc import Callable

from fastapi import Request
from starlette.responses import Response

from merchant_app.errors import KeysError
from merchant_app.server.api.who import CentralPart
from merchant_app.server.console.pages import done, page, words_of
from merchant_app.server.console.paging import PageNumber, Paging
from merchant_app.server.console.who import Form, Operator, area
from merchant_app.server.services.keeping_keys.issuing_keys import KeyUnchanged, revoke_issuing, rotate_issuing
from merchant_app.server.services.keeping_keys.overview import overview
from merchant_app.server.services.keeping_keys.root_key import rotate_root
from merchant_app.server.services.keeping_keys.serving_keys import ServingUnchanged, revoke_serving, rotate_serving
from merchant_app.wording.breakdowns import breakdown
from merchant_app.wording.operating import why_key_unchanged

router = area("keys")
HERE = "/console/keys"


@router.get("")
def show_keys(request: Request, central: CentralPart, page_number: PageNumber = 1) -> Response:
    found = overview(central)
    paging = Paging(page_number, len(found.issuing))
    newest_first = found.issuing[::-1][paging.offset : paging.offset + paging.size]
    return page(request, "keys/keys.html", keys=found, issuing=newest_first, paging=paging, now=central.now())


@router.post("/serving/rotate")
def make_serving(request: Request, central: CentralPart, operator: Operator) -> Response:
    def change() -> str:
        pair = rotate_serving(central, by=operator.operator_id)
        return words_of(request)._(
            "Serving key {key} is listed now and signs from tomorrow on.", key=pair.public_hex[:8]
        )

    return _changed(request, change)


@router.post("/serving/revoke")
def drop_serving(request: Request, central: CentralPart, operator: Operator, form: Form) -> Response:
    def change() -> str | ServingUnchanged:
        pair = revoke_serving(central, str(form.get("key", "")), by=operator.operator_id)
        if isinstance(pair, ServingUnchanged):
            return pair
        return words_of(request)._("It is off the list; serving key {key} signs now.", key=pair.public_hex[:8])

    return _changed(request, change)


@router.post("/root/rotate")
def make_root(request: Request, central: CentralPart, operator: Operator) -> Response:
    def change() -> str:
        root_hex = rotate_root(central, by=operator.operator_id)
        words = words_of(request)
        return words._("The root key is {key} now; back it up before anything else.", key=root_hex[:8])

    return _changed(request, change)


@router.post("/issuing/rotate")
def make_issuing(request: Request, central: CentralPart, operator: Operator, form: Form) -> Response:
    def change() -> str | KeyUnchanged:
        key_index = rotate_issuing(central, _number(form.get("campaign_id")), by=operator.operator_id)
        if isinstance(key_index, KeyUnchanged):
            return key_index
        words = words_of(request)
        return words._("Issuing key {key_index} signs from now on; earlier codes stay good.", key_index=key_index)

    return _changed(request, change)


@router.post("/issuing/revoke")
def drop_issuing(request: Request, central: CentralPart, operator: Operator, form: Form) -> Response:
    def change() -> str | KeyUnchanged:
        key_index = revoke_issuing(central, _number(form.get("key_index")), by=operator.operator_id)
        if isinstance(key_index, KeyUnchanged):
            return key_index
        words = words_of(request)
        return words._("No code it signed is good any more; issuing key {key_index} signs now.", key_index=key_index)

    return _changed(request, change)


def _changed(request: Request, change: Callable[[], str | KeyUnchanged | ServingUnchanged]) -> Response:
    """Back to the page, which says what was done, or why nothing was."""
    try:
        came_of_it = change()
    except KeysError as error:
        return done(request, HERE, breakdown(words_of(request), error).sentence, "bad")
    if isinstance(came_of_it, KeyUnchanged | ServingUnchanged):
        return done(request, HERE, why_key_unchanged(words_of(request), came_of_it.value), "bad")
    return done(request, HERE, came_of_it)


def _number(text: object) -> int:
    """-1, which names nothing, for what is no number."""
    written = str(text)
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 19 else -1
