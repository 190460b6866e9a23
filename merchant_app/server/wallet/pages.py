"""A page for a phone: one template in the reader's language, its style inside it, nothing from anywhere else."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from merchant_app.domain.kinds import Language
from merchant_app.resources import resource_path
from merchant_app.server.console.language import LANGUAGE_COOKIE, language_of
from merchant_app.wording import Words
from merchant_app.wording.claiming import why_no_page
from merchant_app.wording.words import LANGUAGES

HERE = Path(__file__).parent
COOKIE_PATH = "/c"
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    """The one to switch to, named in itself."""

    language: Language
    tag: str
    name: str


_OTHER: dict[Language, OtherLanguage] = {
    "zh": OtherLanguage("en", "en", "English"),
    "en": OtherLanguage("zh", "zh-CN", "中文"),
}


class Pages:
    """`show` renders a template; the style is one text, so that the browser can be told to take no other."""

    def __init__(self) -> None:
        style = _style()
        self._words: dict[Language, Words] = {language: Words(language) for language in LANGUAGES}
        self._environments = {each: _environment(words, style) for each, words in self._words.items()}
        self._headers = _headers(base64.b64encode(hashlib.sha256(style.encode()).digest()).decode())

    def words(self, language: Language) -> Words:
        return self._words[language]

    def show(self, language: Language, template: str, status: int, values: Mapping[str, Any]) -> HTMLResponse:
        text = self._environments[language].get_template(template).render(values)
        return HTMLResponse(text, status, self._headers)


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """`?lang=zh` or `?lang=en` chooses the language, and is remembered."""
    chosen = _chosen(request)
    values = {"path": request.url.path, **values}
    answer = _pages(request).show(chosen or language_of(request), template, status, values)
    if chosen is not None:
        secure = request.url.scheme == "https"
        answer.set_cookie(LANGUAGE_COOKIE, chosen, max_age=_YEAR, path=COOKIE_PATH, samesite="lax", secure=secure)
    return answer


def trouble(request: Request, status: int, code: str) -> HTMLResponse:
    """A page that says why there is no other."""
    return page(request, "trouble.html", status=status, sentence=why_no_page(words_of(request), code))


def words_of(request: Request) -> Words:
    """The sentences of whoever asks."""
    return _pages(request).words(_chosen(request) or language_of(request))


def _chosen(request: Request) -> Language | None:
    match request.query_params.get("lang"):
        case "zh":
            return "zh"
        case "en":
            return "en"
        case _:
            return None


def _pages(request: Request) -> Pages:
    pages: Pages = request.app.state.pages
    return pages


def _environment(words: Words, style: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(words=words, _=words._, n_=words.n_, p_=words.p_)
    environment.globals.update(other=_OTHER[words.language], style=Markup(f"<style>{style}</style>"))
    environment.filters.update(number=words.number, of=words.of)
    return environment


def _style() -> str:
    """The console's colours, and the wallet's own rules. A phone shows its own letters: it fetches no others."""
    colours, rules = (resource_path("web", name).read_text(encoding="utf-8") for name in ("tokens.css", "wallet.css"))
    return f"{colours[colours.index(':root') :]}\n{rules}"


def _headers(style_hash: str) -> dict[str, str]:
    policy = (
        f"default-src 'none'; style-src 'sha256-{style_hash}'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )
    return {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "X-Robots-Tag": "noindex",
        "Cache-Control": "no-store",
    }
