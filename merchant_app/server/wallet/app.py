"""The wallet's pages as one application, and what they say when something goes wrong."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from merchant_app.errors import DatabaseError
from merchant_app.server.central import Central
from merchant_app.server.services.claiming.door import ClaimDoor
from merchant_app.server.wallet import routes
from merchant_app.server.wallet.pages import Pages, trouble


def wallet_app(central: Central, door: ClaimDoor) -> FastAPI:
    """What is mounted under `/c`."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.state.central = central
    app.state.claim_door = door
    app.state.pages = Pages()
    app.add_exception_handler(DatabaseError, _on_database)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(RequestValidationError, _on_bad_form)
    app.include_router(routes.router)
    return app


def _on_database(request: Request, _error: Exception) -> Response:
    """What was claimed is kept, and asking again under the same id says so: there is nothing else to tell anybody."""
    answer = trouble(request, 503, "busy")
    answer.headers["Retry-After"] = "2"
    return answer


def _on_bad_form(request: Request, _error: Exception) -> Response:
    return trouble(request, 422, "bad_form")


def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return trouble(request, error.status_code, "unknown_link")
