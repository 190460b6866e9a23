"""Templates hold no sentence of their own, no script and no style: every word goes through `_()`."""

import re
from html.parser import HTMLParser

import pytest
from jinja2 import Environment, nodes

from tests.house.tree import files_of_the_project, named

TEMPLATES = [path for path in files_of_the_project() if path.suffix == ".html"]
_SPOKEN = {"alt", "aria-description", "aria-label", "aria-roledescription", "content", "placeholder", "title"}
_NOT_SPOKEN = re.compile(r"^(width=device-width.*|light dark|)$")
_TRANSLATED = {"_", "n_", "p_"}
_SENTENCE = re.compile(r"^[A-Z][a-z]|[a-z]{2,} [a-z]{2,}.*[.!?]$|[一-鿿]")
ENVIRONMENT = Environment(extensions=["jinja2.ext.do"], trim_blocks=True, lstrip_blocks=True, autoescape=True)


class Literal(HTMLParser):
    """Gathers the letters that stand outside of tags, what is said by attributes, and what a strict policy forbids."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        if re.search(r"[^\W\d_]", data):
            self.found.append(data.strip())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.found += [value for name, value in given.items() if name in _SPOKEN and self._is_said(tag, value)]
        self.found += [name for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.found.append(f"<{tag}>")

    def _is_said(self, tag: str, value: str) -> bool:
        if tag == "meta" and (_NOT_SPOKEN.match(value) or value.startswith("{")):
            return False
        return re.search(r"[^\W\d_]", value) is not None


def literal_sentences(source: str) -> list[str]:
    """What a reader would get in one language only."""
    written = Literal()
    tokens = ENVIRONMENT.lex(source)
    written.feed("".join(text if kind == "data" else "" for _, kind, text in tokens))
    written.close()
    return [*written.found, *_in_expressions(source)]


def _in_expressions(source: str) -> list[str]:
    tree = ENVIRONMENT.parse(source)
    translated = {
        id(each)
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in _TRANSLATED
        for each in call.find_all(nodes.Const)
    }
    consts = (each for each in tree.find_all(nodes.Const) if id(each) not in translated)
    return [each.value for each in consts if isinstance(each.value, str) and _SENTENCE.search(each.value)]


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_says_nothing_past_the_translations(path: object) -> None:
    assert literal_sentences(path.read_text(encoding="utf-8")) == []  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "source",
    [
        "<p>Save</p>",
        "<p>{{ name }} left</p>",
        '<img alt="A till">',
        '<p style="color: red">{{ x }}</p>',
        "<script>{{ x }}</script>",
        '<button onclick="{{ x }}">{{ x }}</button>',
        '{{ parts.action("/console", "Save") }}',
    ],
)
def test_such_a_template_would_be_found(source: str) -> None:
    assert literal_sentences(source)


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 5
    assert literal_sentences('<p title="{{ _("Yes") }}">{{ _("Left: {n}", n=1) }}, {{ 1 }}.</p>') == []
