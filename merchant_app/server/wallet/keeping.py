"""How a phone is known again: its wallet's secret, in a cookie that no script reads."""

import re
from collections.abc import Callable

from fastapi import Request
from starlette.responses import Response

from merchant_app.server.services.claiming.asking import wallet_of
from merchant_app.wire.claiming import WALLET_SECRET

WALLET_COOKIE = "merchant_app_wallet"
_SECONDS = 400 * 24 * 3600
"""The longest that browsers keep a cookie."""


def wallet_id_of(request: Request) -> str | None:
    """The wallet of this phone; None: it has none yet, or keeps no cookies."""
    secret = request.cookies.get(WALLET_COOKIE, "")
    return wallet_of(secret) if re.match(WALLET_SECRET, secret) else None


def give_wallet(request: Request, answer: Response, random_below: Callable[[int], int]) -> None:
    """With the page and not with the first claim: pressed twice, that would make two wallets."""
    secret = f"{random_below(1 << 256):064x}"
    secure = request.url.scheme == "https"
    answer.set_cookie(WALLET_COOKIE, secret, max_age=_SECONDS, httponly=True, samesite="lax", secure=secure)
