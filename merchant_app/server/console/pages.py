"""`page`: a template in the reader's language inside the frame; `done`: on to the next page with a sentence."""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any, Literal

from fastapi import Request
from starlette.datastructures import URL
from starlette.responses import HTMLResponse, RedirectResponse, Response

from merchant_app.server.console.language import language_of
from merchant_app.server.console.templating import Templates
from merchant_app.wording import Words

FLASH_COOKIE = "merchant_app_said"
COOKIE_PATH = "/console"
_LONGEST_FLASH = 2000


@dataclass(frozen=True, slots=True)
class Flash:
    """A sentence about what was just done, shown once on the next page."""

    sentence: str
    tone: Literal["good", "bad"] = "good"


def words_of(request: Request) -> Words:
    """The sentences of whoever asks."""
    return _templates(request).words(language_of(request))


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    """One page. `template` is `<area>/<name>.html`; `values` are what it shows."""
    flash = _flash_of(request)
    shown = {
        "operator": getattr(request.state, "operator", None),
        "here": request.url.path,
        "url": request.url,
        "flash": flash,
        "back": _back(request),
        **values,
    }
    text = _templates(request).render(language_of(request), template, shown)
    answer = HTMLResponse(text, status)
    if flash is not None:
        answer.delete_cookie(FLASH_COOKIE, path=COOKIE_PATH)
    return answer


def part(request: Request, template: str, **values: Any) -> Response:
    """A part of a page, for what refreshes itself."""
    operator = getattr(request.state, "operator", None)
    shown = {"operator": operator, "here": request.url.path, "url": request.url, **values}
    return HTMLResponse(_templates(request).render(language_of(request), template, shown))


def done(request: Request, to: str, sentence: str = "", tone: Literal["good", "bad"] = "good") -> Response:
    """After a change: on to the page `to`, which says `sentence` once."""
    answer = RedirectResponse(to, 303)
    if sentence:
        text = base64.urlsafe_b64encode(json.dumps([sentence[: _LONGEST_FLASH // 6], tone]).encode()).decode()
        set_cookie(request, answer, FLASH_COOKIE, text, seconds=60)
    return answer


def set_cookie(request: Request, answer: Response, name: str, value: str, *, seconds: int | None = None) -> None:
    """For this console alone, and for no script; without `seconds` until the browser is closed."""
    secure = request.url.scheme == "https"
    answer.set_cookie(name, value, max_age=seconds, path=COOKIE_PATH, httponly=True, samesite="strict", secure=secure)


def own_path(path: str) -> str:
    """`path` where it leads into this console, else the console's first page: nobody is sent on to another site."""
    url = URL(path)
    inside = path.startswith(f"{COOKIE_PATH}/") and not url.netloc and "\\" not in path and path.isprintable()
    return path if inside else f"{COOKIE_PATH}/"


def _back(request: Request) -> str:
    """Where switching the language comes back to: this page, or where its form stood."""
    if request.method == "GET":
        query = f"?{request.url.query}" if request.url.query else ""
        return f"{request.url.path}{query}"
    referer = URL(request.headers.get("referer", ""))
    return own_path(referer.path)


def _flash_of(request: Request) -> Flash | None:
    kept = request.cookies.get(FLASH_COOKIE)
    if kept is None:
        return None
    try:
        sentence, tone = json.loads(base64.urlsafe_b64decode(kept.encode()))
    except (ValueError, binascii.Error):
        return None
    return Flash(str(sentence), "bad" if tone == "bad" else "good")


def _templates(request: Request) -> Templates:
    templates: Templates = request.app.state.templates
    return templates
