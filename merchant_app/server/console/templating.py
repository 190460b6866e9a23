"""The templates: one environment a language, so that `_` in a template and in its macros is the reader's own."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.datastructures import URL

from merchant_app.domain.kinds import Language
from merchant_app.paper.qr_picture import QUIET_MODULES, qr_modules
from merchant_app.resources import resource_path
from merchant_app.server.console.charts import bar_chart, line_chart
from merchant_app.server.console.static import static_url
from merchant_app.wording import Words
from merchant_app.wording.categories import category_name
from merchant_app.wording.when import moment
from merchant_app.wording.words import LANGUAGES

HERE = Path(__file__).parent
ZONE = ZoneInfo("Asia/Shanghai")
"""On which wall clock the console speaks of what belongs to no campaign; a campaign has a zone of its own."""


class Templates:
    """`render(language, "outlets/list.html", values)`; a name that is not there is an error, never an empty place."""

    def __init__(self, now: Callable[[], datetime], nav: Callable[[Words], object]) -> None:
        self._words: dict[Language, Words] = {language: Words(language) for language in LANGUAGES}
        self._environments = {language: _environment(words, now, nav) for language, words in self._words.items()}

    def words(self, language: Language) -> Words:
        return self._words[language]

    def render(self, language: Language, template: str, values: Mapping[str, Any]) -> str:
        return self._environments[language].get_template(template).render(values)


def _environment(words: Words, now: Callable[[], datetime], nav: Callable[[Words], object]) -> Environment:
    environment = Environment(
        loader=FileSystemLoader([HERE / "templates", HERE]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.do"],
    )

    def when(instant: datetime, zone: ZoneInfo = ZONE) -> str:
        """An instant as it is said today: "today 12:31"."""
        return moment(words, instant, now=now(), zone=zone)

    environment.globals.update(
        words=words, _=words._, n_=words.n_, p_=words.p_, now=now, zone=ZONE, icon=icon, static=static_url
    )
    environment.globals.update(category_of=lambda key: category_name(words, key) or key)
    environment.globals["language_names"] = {"zh": "中文", "en": "English"}  # each in its own, whoever reads
    environment.globals.update(nav=lambda: nav(words), qr=qr, bar_chart=bar_chart, line_chart=line_chart)
    environment.filters.update(
        money=words.money, number=words.number, of=words.of, when=when, day=words.day, span=words.span
    )
    environment.filters["path"] = path_of
    return environment


def path_of(url: URL) -> str:
    """A page's address without the server's name, which a proxy may have changed."""
    return f"{url.path}?{url.query}" if url.query else url.path


@cache
def icon(name: str) -> Markup:
    """A line icon of `resources/icons`, for the eye alone: what it means is said beside it."""
    svg = resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")
    drawn = svg[svg.index("<svg") :].replace("<svg", '<svg aria-hidden="true" focusable="false"', 1)
    return Markup(" ".join(drawn.split()))


def qr(text: str, label: str) -> Markup:
    """A QR picture as SVG, quiet zone included; `label` is what a screen reader says."""
    modules = qr_modules(text)
    size = len(modules) + 2 * QUIET_MODULES
    dark = "".join(
        f"M{column + QUIET_MODULES} {row + QUIET_MODULES}h1v1h-1z"
        for row, line in enumerate(modules)
        for column, is_dark in enumerate(line)
        if is_dark
    )
    return Markup(
        '<svg class="qr" role="img" aria-label="{label}" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        '<rect width="{size}" height="{size}" fill="#fff"/><path d="{dark}" fill="#000"/></svg>'
    ).format(label=label, size=size, dark=dark)
