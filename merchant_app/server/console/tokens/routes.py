"""`/console/tokens`: tokens by which operators' programs use the API; each is shown once."""

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from merchant_app.server.api.who import CentralPart
from merchant_app.server.console.pages import done, page, words_of
from merchant_app.server.console.who import Form, Operator, area
from merchant_app.server.services.operator_tokens import LONGEST_NAME, make_token, revoke_token, tokens_known

router = area("tokens")


@router.get("")
def list_tokens(request: Request, central: CentralPart) -> Response:
    return page(request, "tokens/list.html", tokens=tokens_known(central), secret=None, errors={}, name="")


@router.post("")
def do_make_token(request: Request, central: CentralPart, operator: Operator, form: Form) -> Response:
    """The one page that shows the secret."""
    name = str(form.get("name", "")).strip()
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
        said = words_of(request)._("Give the program a name of at most {count} characters.", count=LONGEST_NAME)
        shown = {"tokens": tokens_known(central), "secret": None, "errors": {"name": said}, "name": name}
        return page(request, "tokens/list.html", status=422, **shown)
    _, secret = make_token(central, operator.operator_id, name)
    return page(request, "tokens/list.html", tokens=tokens_known(central), secret=secret, errors={}, name="")


@router.post("/{token_id}/revoke")
def do_revoke_token(request: Request, central: CentralPart, operator: Operator, token_id: str) -> Response:
    if not revoke_token(central, token_id, by=operator.operator_id):
        raise HTTPException(404)
    return done(request, "/console/tokens", words_of(request)._("The token opens nothing any more."))
