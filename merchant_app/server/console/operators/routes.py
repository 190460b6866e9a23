"""`/console/operators`."""

from fastapi import Request
from starlette.responses import Response

from merchant_app.server.api.who import CentralPart
from merchant_app.server.console.pages import page
from merchant_app.server.console.who import area
from merchant_app.server.services.operators.accounts import operators_known

router = area("operators")


@router.get("")
def list_operators(request: Request, central: CentralPart) -> Response:
    return page(request, "operators/list.html", operators=operators_known(central))
