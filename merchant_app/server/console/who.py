"""Who asks: an operator's session, and that what changes anything comes from a form of this console."""

import hmac
from collections.abc import AsyncIterator
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from merchant_app.server.api.who import CentralPart
from merchant_app.server.services.operators.sessions import SignedIn, session_of

SESSION_COOKIE = "merchant_app_session"
CSRF_FIELD = "csrf"
CSRF_HEADER = "X-CSRF-Token"
_CHANGES_NOTHING = ("GET", "HEAD")


class NotSignedInError(Exception):
    """Nobody is signed in; the way there is answered."""


class ForeignFormError(Exception):
    """What was sent does not come from a form of this console, or from one of an older session."""


async def form_of(request: Request) -> AsyncIterator[FormData]:
    """What was filled in; empty where nothing was sent. Files are closed after the answer."""
    if request.method in _CHANGES_NOTHING:
        yield FormData()
        return
    async with request.form(max_fields=2000, max_files=20) as form:
        yield form


Form = Annotated[FormData, Depends(form_of)]


def printable(request: Request, form: Form) -> None:
    """What no text of a database may hold is refused here, once for every address and field."""
    fields = (*request.query_params.multi_items(), *form.multi_items())  # a field may come more than once
    given = (*request.path_params.values(), *(text for field in fields for text in field))
    if any(isinstance(text, str) and "\x00" in text for text in given):
        raise HTTPException(422)


def own_origin(request: Request) -> None:
    """Raises `ForeignFormError` where the browser says that another site's page has sent this."""
    if request.method in _CHANGES_NOTHING:
        return
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host", ""):
        raise ForeignFormError
    if origin is None and request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise ForeignFormError


def signed_in(
    request: Request, central: CentralPart, form: Form, _own: Annotated[None, Depends(own_origin)]
) -> SignedIn:
    """The operator who asks. Raises `NotSignedInError`, and `ForeignFormError` where a change lacks its token."""
    refreshes_itself = request.method == "GET" and "hx-request" in request.headers
    found = session_of(central, request.cookies.get(SESSION_COOKIE, ""), by_hand=not refreshes_itself)
    if found is None:
        raise NotSignedInError
    request.state.operator = found
    if request.method not in _CHANGES_NOTHING:
        token = request.headers.get(CSRF_HEADER) or form.get(CSRF_FIELD)
        if not isinstance(token, str) or not hmac.compare_digest(token.encode(), found.csrf.encode()):
            raise ForeignFormError
    return found


def known_operator(request: Request) -> SignedIn | None:
    """Who is signed in, for a page that anybody may see."""
    central = request.app.state.central
    return session_of(central, request.cookies.get(SESSION_COOKIE, ""), by_hand=False)


Operator = Annotated[SignedIn, Depends(signed_in)]


def area(name: str) -> APIRouter:
    """The routes of one area under `/console/<name>`: each demands a session, each change its form's token."""
    return APIRouter(prefix=f"/{name}" if name else "", dependencies=[Depends(signed_in)])
