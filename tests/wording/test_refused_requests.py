"""Each code with which the server refuses a request is said in both languages, as the document of errors shows it."""

import pytest

from merchant_app.wire.refusal import RefusalCode
from merchant_app.wording import Words
from merchant_app.wording.refused_requests import refused_request
from tests.house.tree import ROOT
from tests.wording.saying import EN, ZH


@pytest.mark.parametrize("words", [EN, ZH], ids=lambda words: words.language)
def test_the_document_says_it_word_for_word(words: Words) -> None:
    lines = (ROOT / "docs/errors.md").read_text(encoding="utf-8").splitlines()
    column = 3 if words.language == "en" else 4
    said = [line.split("|")[column].strip() for line in lines if line.startswith("| `")]
    assert said == [refused_request(words, code) for code in RefusalCode]
