"""How the server says no: every answer of 400 and above has one shape, whatever went wrong."""

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from merchant_app.errors import DatabaseBusyError, DatabaseError, KeysError, MerchantAppError, RootKeyAwayError
from merchant_app.wire.refusal import Refusal

log = logging.getLogger(__name__)

_CODES = {400: "bad_request", 404: "not_found", 405: "method_not_allowed", 413: "too_large"}


class RefusalError(MerchantAppError):
    """A request that is refused: its status, its stable code, the field where there is one."""

    def __init__(
        self, status: int, code: str, detail: str = "", *, field: str | None = None, retry_after: int | None = None
    ) -> None:
        self.status = status
        self.refusal = Refusal(code=code, detail=detail, field=field)
        self.retry_after = retry_after
        super().__init__(f"{status} {code}")


def refuse(status: int, code: str, detail: str = "", *, field: str | None = None) -> Response:
    return as_response(status, Refusal(code=code, detail=detail, field=field))


def as_response(status: int, refusal: Refusal, retry_after: int | None = None) -> Response:
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return Response(refusal.as_json(), status, headers, "application/json")


def install(app: FastAPI) -> None:
    """Answers every kind of trouble in the one shape."""
    app.add_exception_handler(RefusalError, _on_refusal)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(DatabaseError, _on_database)
    app.add_exception_handler(KeysError, _on_keys)
    app.add_exception_handler(Exception, _on_unexpected)


def _on_refusal(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RefusalError)
    return as_response(error.status, error.refusal, error.retry_after)


def _on_invalid(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return refuse(400, "not_json", "the body is not JSON")
    path = ".".join(str(step) for step in first["loc"] if step not in ("body", "query", "path", "header"))
    return refuse(422, "invalid", str(first["msg"]), field=path or None)


def _on_http(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    answer = refuse(error.status_code, _CODES.get(error.status_code, "bad_request"), str(error.detail))
    answer.headers.update(error.headers or {})
    return answer


def _on_database(_request: Request, error: Exception) -> Response:
    busy = isinstance(error, DatabaseBusyError)
    return as_response(503, Refusal(code="busy" if busy else "database_unavailable"), retry_after=1 if busy else 30)


def _on_keys(_request: Request, error: Exception) -> Response:
    log.error("a key is wanted and not there: %s: %s", type(error).__name__, error)
    away = isinstance(error, RootKeyAwayError)
    return as_response(503, Refusal(code="root_key_away" if away else "key_missing"), retry_after=30)


def _on_unexpected(_request: Request, _error: Exception) -> Response:
    return refuse(500, "internal", "the server failed; nothing of this request was stored")
