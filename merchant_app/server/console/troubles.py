"""What went wrong as a page in the frame, with a sentence and a way on."""

from collections.abc import Callable
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from merchant_app.errors import DatabaseBusyError, DatabaseError, KeysError
from merchant_app.server.console.pages import COOKIE_PATH, page, words_of
from merchant_app.server.console.who import ForeignFormError, NotSignedInError, known_operator
from merchant_app.wording import Words
from merchant_app.wording.breakdowns import breakdown

SIGN_IN = f"{COOKIE_PATH}/sign-in"


def install(app: FastAPI) -> None:
    app.add_exception_handler(NotSignedInError, _on_stranger)
    app.add_exception_handler(ForeignFormError, _saying(403, _foreign))
    app.add_exception_handler(RequestValidationError, _saying(422, _invalid))
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(DatabaseError, _on_database)
    app.add_exception_handler(KeysError, _on_keys)
    app.add_exception_handler(Exception, _saying(500, _unexpected))


def trouble(request: Request, status: int, title: str, sentence: str) -> Response:
    """A page that says why there is no other."""
    return page(request, "trouble.html", status=status, title=title, sentence=sentence)


def _on_stranger(request: Request, _error: Exception) -> Response:
    """To the sign-in page, and from there to where this was going; what refreshes itself is told to leave."""
    if "hx-request" in request.headers:
        return Response(status_code=401, headers={"HX-Redirect": SIGN_IN})
    query = f"?{request.url.query}" if request.url.query else ""
    wanted = f"{request.url.path}{query}" if request.method == "GET" else f"{COOKIE_PATH}/"
    return RedirectResponse(f"{SIGN_IN}?to={quote(wanted, safe='')}", 303)


def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if not hasattr(request.state, "operator"):
        request.state.operator = known_operator(request)
    title, sentence = _of_status(words_of(request), error.status_code)
    answer = trouble(request, error.status_code, title, sentence)
    answer.headers.update(error.headers or {})
    return answer


def _of_status(words: Words, status: int) -> tuple[str, str]:
    match status:
        case 403:
            return words._("Not allowed"), words._("This is not yours to do.")
        case 404:
            return words._("Nothing here"), words._("There is no such page. It may have been moved or closed.")
        case 405:
            return words._("Not this way"), words._("This address takes no such request.")
        case _:
            return _invalid(words)


def _on_database(request: Request, error: Exception) -> Response:
    words = words_of(request)
    if isinstance(error, DatabaseBusyError):
        answer = trouble(request, 503, words._("One moment"), words._("The server is busy. Try again in a second."))
        answer.headers["Retry-After"] = "1"
        return answer
    sentence = words._("Whoever looks after the server can read in its output what is wrong.")
    return trouble(request, 503, words._("The database cannot be used"), sentence)


def _on_keys(request: Request, error: Exception) -> Response:
    """Opening a campaign, say, while the root key is away: the page names the place for it."""
    said = breakdown(words_of(request), error)
    return trouble(request, 503, said.title, said.remedy)


def _saying(status: int, say: Callable[[Words], tuple[str, str]]) -> Callable[[Request, Exception], Response]:
    def answer(request: Request, _error: Exception) -> Response:
        return trouble(request, status, *say(words_of(request)))

    return answer


def _foreign(words: Words) -> tuple[str, str]:
    sentence = words._("This form is not from this session. Open the page anew and send it again; nothing was changed.")
    return words._("Sent from elsewhere"), sentence


def _invalid(words: Words) -> tuple[str, str]:
    return words._("Not understood"), words._("Something in this request is not as it should be. Nothing was changed.")


def _unexpected(words: Words) -> tuple[str, str]:
    sentence = words._("Something happened that was not expected; nothing of it was stored. Try again.")
    return words._("The server failed"), sentence
