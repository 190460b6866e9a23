"""`/console/`: the overview."""

from fastapi import Request
from starlette.responses import Response

from merchant_app.server.console.pages import page
from merchant_app.server.console.who import area

router = area("")


@router.get("/")
def show_overview(request: Request) -> Response:
    return page(request, "overview/overview.html")
