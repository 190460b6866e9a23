"""Whatever an operator can do has a line, in both languages."""

import pytest

from merchant_app.server.services.operators.deeds import Deed
from merchant_app.wording import Words
from merchant_app.wording.deeds import deed


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_deed_is_said(language: str) -> None:
    words = Words(language)  # type: ignore[arg-type]
    assert len({deed(words, each) for each in Deed}) == len(Deed)
