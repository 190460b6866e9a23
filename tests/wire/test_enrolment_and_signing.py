"""An invitation as a person carries it, and signatures that cannot be taken for another kind."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merchant_app.wire.enrolment import Invitation, new_secret, read_invitation, root_fingerprint
from merchant_app.wire.signing import answer_message, document_message, request_message

ROOT_KEY = bytes(range(32))
INVITATION = Invitation(new_secret(b"12345678"), root_fingerprint(ROOT_KEY), "https://coupons.example:8443")


def test_an_invitation_comes_back_from_its_qr_code_and_from_its_typed_code() -> None:
    assert read_invitation(INVITATION.as_qr_text()) == INVITATION
    typed = read_invitation(INVITATION.as_code())
    assert typed == Invitation(INVITATION.secret, INVITATION.fingerprint)


@pytest.mark.parametrize(
    "spoil", [str.lower, lambda t: t.replace("-", " "), lambda t: t.replace("-", ""), lambda t: f" {t}\n"]
)
def test_case_blanks_and_dashes_do_not_matter(spoil: object) -> None:
    assert read_invitation(spoil(INVITATION.as_code())) is not None  # type: ignore[operator]


def test_letters_that_look_like_figures_are_taken_for_what_they_are() -> None:
    read = read_invitation("01" + "A" * 18)
    assert read is not None
    assert read.secret == "OIAAAAAAAAAA"


@pytest.mark.parametrize("text", ["", "AAAA", "A" * 19, "A" * 21, "1" * 215, "https://example.com", "A" * 19 + "8"])
def test_other_texts_are_no_invitations(text: str) -> None:
    assert read_invitation(text) is None


def test_an_invitation_fits_one_root_key() -> None:
    assert INVITATION.fits(ROOT_KEY)
    assert not INVITATION.fits(bytes(32))


@given(st.binary(min_size=8, max_size=32))
def test_a_secret_is_twelve_characters_that_can_be_typed(random_bytes: bytes) -> None:
    secret = new_secret(random_bytes)
    assert len(secret) == 12
    assert read_invitation(secret + "A" * 8) is not None


NOW = datetime(2022, 6, 28, tzinfo=UTC)


def test_no_message_can_be_taken_for_another() -> None:
    messages = {
        request_message("GET", "/api/keys", "n", b""),
        request_message("GET", "/api/keys?x", "n", b""),
        request_message("POST", "/api/keys", "n", b""),
        request_message("GET", "/api/keys", "m", b""),
        request_message("GET", "/api/keys", "n", b"x"),
        answer_message("n", 200, NOW, b""),
        answer_message("m", 200, NOW, b""),
        answer_message("n", 201, NOW, b""),
        answer_message("n", 200, NOW + timedelta(seconds=1), b""),
        answer_message("n", 200, NOW, b"x"),
        document_message(b""),
        document_message(b"x"),
    }
    assert len(messages) == 12
    assert len({message.split(b"\x00")[0] for message in messages}) == 3
