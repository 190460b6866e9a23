"""Which operator's program asks: by the bearer token that was made for it, at a pace that leaves the tills be."""

from typing import Annotated

from fastapi import Depends, Path, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from merchant_app.server.api.describing import refusals
from merchant_app.server.api.refusals import RefusalError
from merchant_app.server.api.statuses import STATUS
from merchant_app.server.api.who import central_of
from merchant_app.server.db.tokens import KeptToken
from merchant_app.server.services.claiming.pacing import Pace, Pacing
from merchant_app.server.services.operator_tokens import token_of_secret
from merchant_app.wire.refusal import RefusalCode as Code

OF_A_TOKEN = Pace(burst=60, per_second=10)
OF_STRANGERS = Pace(burst=20, per_second=0.5)
"""Of one address, with tokens that are none."""
REFUSED = refusals(Code.BAD_TOKEN, Code.TOO_FAST)
"""How every route refuses."""
_bearer = HTTPBearer(
    scheme_name="operator", auto_error=False, description="A token made with `merchant-app operator token`"
)


def refused(why: str) -> RefusalError:
    """The refusal of this code, with its status."""
    return RefusalError(STATUS[Code(why)], why)


class Paces:
    """How fast each token, and each address without one, has asked; in each process by itself."""

    def __init__(self) -> None:
        self.of_tokens, self.of_strangers = Pacing(OF_A_TOKEN), Pacing(OF_STRANGERS)


def asking_operator(
    request: Request, token: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
) -> KeptToken:
    """The token of the program that asks. Refused: `bad_token`, `too_fast`."""
    central, paces = central_of(request), _paces_of(request)
    kept = None if token is None else token_of_secret(central, token.credentials)
    if kept is not None:
        wait = paces.of_tokens.seconds_to_wait(kept.token_id, central.now())
    else:
        wait = paces.of_strangers.seconds_to_wait(request.client.host if request.client else "nowhere", central.now())
    if wait:
        raise RefusalError(429, "too_fast", f"ask again in {wait} s", retry_after=wait)
    if kept is None:
        raise RefusalError(401, "bad_token", "an operator's token is wanted: Authorization: Bearer mop_...")
    return kept


def _paces_of(request: Request) -> Paces:
    paces: Paces = request.app.state.operator_paces
    return paces


ByToken = Annotated[KeptToken, Depends(asking_operator)]
CampaignPath = Annotated[int, Path(ge=1, lt=1 << 53, examples=[20220628])]
OutletPath = Annotated[int, Path(ge=1, lt=1 << 53, examples=[4201])]
