"""Every breakdown in one line with what to do about it."""

import re
from collections.abc import Iterator

import pytest

from merchant_app import errors
from merchant_app.errors import (
    CampaignDocumentError,
    DatabaseUnusableError,
    DatabaseWhy,
    EnrolmentRefusedError,
    MerchantAppError,
    RequestRefusedError,
)
from merchant_app.wording import Words
from merchant_app.wording.breakdowns import breakdown
from tests.wording.saying import EN, ZH

WITHOUT_ARGUMENTS = {
    "RemoteError",
    "UnreachableError",
    "ServerBusyError",
    "NotTheServerError",
    "UntrustedCertificateError",
    "NotEnrolledError",
    "TillRevokedError",
    "MerchantAppError",
}
UNEXPECTED = breakdown(EN, KeyError("x")).title


def every_error() -> Iterator[MerchantAppError]:
    for name, kind in vars(errors).items():
        if isinstance(kind, type) and issubclass(kind, MerchantAppError):
            if kind is CampaignDocumentError:
                yield kind([("offers.0.uses", "1 or more")])
            else:
                yield kind() if name in WITHOUT_ARGUMENTS else kind("ledger.db")
    for why in DatabaseWhy:
        yield DatabaseUnusableError("tills", "12", why)


EVERY = list(every_error())


@pytest.mark.parametrize("words", [EN, ZH], ids=lambda words: words.language)
@pytest.mark.parametrize("error", EVERY, ids=lambda error: type(error).__name__)
def test_every_breakdown_says_what_happened_and_what_to_do(error: MerchantAppError, words: Words) -> None:
    said = breakdown(words, error)
    assert said.title
    assert said.remedy
    assert said.sentence.startswith(said.title)
    assert said.sentence.endswith(said.remedy)
    assert "\n" not in said.sentence


@pytest.mark.parametrize("error", EVERY, ids=lambda error: type(error).__name__)
def test_every_kind_of_breakdown_has_sentences_of_its_own(error: MerchantAppError) -> None:
    assert (breakdown(EN, error).title == UNEXPECTED) is (type(error) is MerchantAppError)


@pytest.mark.parametrize("error", EVERY, ids=lambda error: type(error).__name__)
def test_chinese_has_no_english_sentence_left_in_it(error: MerchantAppError) -> None:
    said = breakdown(ZH, error).sentence.replace("1 or more", "")
    assert not re.search(r"[a-z]{3,} [a-z]", said)


@pytest.mark.parametrize("code", ["unknown_till", "revoked", "internal", "something_new"])
def test_what_the_server_refuses(code: str) -> None:
    said = breakdown(EN, RequestRefusedError(code))
    assert said.remedy
    assert (f"({code})" in said.title) is (code == "something_new")


@pytest.mark.parametrize(
    "why",
    [
        "not_an_invitation",
        "no_server",
        "unsafe_address",
        "another_server",
        "unknown_invitation",
        "invitation_used",
        "invitation_expired",
        "too_many_guesses",
    ],
)
def test_why_a_till_is_not_taken(why: str) -> None:
    assert why not in breakdown(EN, EnrolmentRefusedError(why)).sentence


def test_all_mistakes_of_a_campaign_document_are_told() -> None:
    error = CampaignDocumentError([("offers.0.uses", "1 or more"), ("colour", "no such field")])
    assert breakdown(EN, error).sentence == (
        "The campaign document has 2 mistakes. offers.0.uses: 1 or more; colour: no such field"
    )


def test_what_nobody_expected_is_said_so_without_a_trace() -> None:
    assert breakdown(EN, ZeroDivisionError("secret")).sentence == (
        "Something happened that was not expected. Try again; if it stays, tell the operator: ZeroDivisionError."
    )
