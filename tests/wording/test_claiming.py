"""Every refusal of a claim has a sentence in both languages."""

from datetime import timedelta

import pytest

from merchant_app.server.services.claiming.asking import NotClaimedWhy
from merchant_app.server.services.claiming.links import NotLinked
from merchant_app.wording import Words
from merchant_app.wording.claiming import why_not_claimed, why_not_linked
from tests.wording.saying import EN, NOW, ZH, ZONE

OF_THE_DOOR = ("busy", "too_fast", "no_wallet")


@pytest.mark.parametrize("words", [EN, ZH], ids=["English", "Chinese"])
def test_every_refusal_has_a_sentence(words: Words) -> None:
    codes = [*(each.value for each in NotClaimedWhy), *OF_THE_DOOR]
    said = [why_not_claimed(words, code, now=NOW, zone=ZONE) for code in codes]
    assert len(set(said)) == len(codes)
    assert all(why_not_linked(words, each.value) for each in NotLinked)


def test_before_it_opens_it_is_said_how_long_and_when() -> None:
    opens_at = NOW + timedelta(hours=2, minutes=14)
    said = why_not_claimed(EN, "not_open_yet", now=NOW, zone=ZONE, possible_from=opens_at)
    assert said == f"Opens in 2 h 14 min, today {EN.time(opens_at, ZONE)}."
