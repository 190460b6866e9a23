"""A coupon code: the given vectors, every single-bit flip, and that writing and reading are inverse."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey, VerifyKey

from merchant_app.domain.coupon_code import (
    CouponCode,
    Form,
    Hold,
    IssuingKey,
    Step,
    Unreadable,
    decode,
    encode,
    from_bytes,
    sign,
    to_bytes,
    unpack,
)
from merchant_app.domain.kinds import CampaignId, OutletId, Serial
from tests.domain.building import NOW, a_code, a_hold

VECTORS = json.loads(Path(__file__).parents[1].joinpath("data", "coupon-code-vectors.json").read_text(encoding="utf-8"))
SIGNING_KEY = SigningKey(bytes.fromhex(VECTORS["seed"]))
KEY = IssuingKey(
    VECTORS["catalogue_key_index"], CampaignId(VECTORS["campaign_id"]), VerifyKey(bytes.fromhex(VECTORS["public_key"]))
)
KEYS = {KEY.key_index: KEY}

seconds = st.integers(0, 2**32 - 1).map(lambda value: datetime.fromtimestamp(value, UTC))
holds = st.builds(Hold, st.integers(0, 2**32 - 1), seconds, st.integers(0, 2**16 - 1))


@st.composite
def coupons(draw: st.DrawFn) -> CouponCode:
    hold = draw(st.none() | holds)
    return CouponCode(
        key_index=KEY.key_index,
        campaign_id=KEY.campaign_id,
        round_index=draw(st.integers(0, 255)),
        offer_index=draw(st.integers(0, 255)),
        serial=Serial(draw(st.integers(0, 2**63 - 1))),
        issued_at=draw(seconds),
        outlet_id=OutletId(draw(st.integers(1 if hold else 0, 2**32 - 1))),
        hold=hold,
    )


def fields(code: CouponCode) -> dict[str, Any]:
    """As the vectors spell them."""
    plain: dict[str, Any] = {
        "form": code.form.value,
        "key_index": code.key_index,
        "campaign_id": code.campaign_id,
        "round_index": code.round_index,
        "offer_index": code.offer_index,
        "serial": str(code.serial),
        "issued_at": int(code.issued_at.timestamp()),
        "outlet_id": code.outlet_id,
    }
    if code.hold is not None:
        plain |= {
            "holder_tag": code.hold.holder_tag,
            "held_at": int(code.hold.held_at.timestamp()),
            "hold_minutes": code.hold.hold_minutes,
        }
    return plain


@pytest.mark.parametrize("vector", VECTORS["good"], ids=lambda vector: vector["name"])
def test_a_good_code_is_read_and_written_as_given(vector: dict[str, Any]) -> None:
    code = decode(vector["text"], KEYS)
    assert isinstance(code, CouponCode)
    assert fields(code) == vector.get("fields", fields(code))
    assert encode(code) == encode(sign(code, SIGNING_KEY)) == vector["text"].rstrip("\r")


@pytest.mark.parametrize("vector", VECTORS["bad"], ids=lambda vector: vector["name"])
def test_a_bad_code_fails_at_its_step(vector: dict[str, Any]) -> None:
    result = decode(vector["text"], KEYS)
    assert isinstance(result, Unreadable)
    assert result.step == vector["fails_at"]


def test_every_step_is_among_the_vectors() -> None:
    assert {vector["fails_at"] for vector in VECTORS["bad"]} == {step.value for step in Step}
    assert {vector["fields"]["form"] for vector in VECTORS["good"] if "fields" in vector} == {
        form.value for form in Form
    }


@given(coupons())
def test_reading_is_the_inverse_of_writing(unsigned: CouponCode) -> None:
    code = sign(unsigned, SIGNING_KEY)
    assert decode(encode(code), KEYS) == code
    assert from_bytes(to_bytes(code)) == code
    assert len(encode(code)) == (215 if code.hold is None else 239)


def flipped(text: str) -> Iterator[str]:
    """The code with each of its bits flipped in turn, as digits of the same length where it fits."""
    size = 89 if len(text) == 215 else 99
    for bit in range(size * 8):
        yield str(int(text) ^ (1 << bit)).zfill(len(text))


@pytest.mark.parametrize("vector", VECTORS["good"][:3], ids=lambda vector: vector["name"])
def test_every_single_bit_flip_is_refused(vector: dict[str, Any]) -> None:
    mutants = list(flipped(vector["text"]))
    assert len(set(mutants)) == len(mutants) >= 712
    assert [text for text in mutants if not isinstance(decode(text, KEYS), Unreadable)] == []


@given(st.sampled_from([215, 239]).flatmap(lambda size: st.text("0123456789", min_size=size, max_size=size)))
def test_random_digits_are_refused(text: str) -> None:
    assert isinstance(decode(text, KEYS), Unreadable)


@given(st.text(max_size=600))
def test_any_text_at_all_gets_an_answer(text: str) -> None:
    assert isinstance(decode(text, KEYS), Unreadable)


def test_every_changed_digit_is_refused() -> None:
    text = VECTORS["good"][-1]["text"]
    others = (text[:i] + str((int(text[i]) + 1) % 10) + text[i + 1 :] for i in range(len(text)))
    assert [other for other in others if not isinstance(decode(other, KEYS), Unreadable)] == []


@pytest.mark.parametrize("suffix", ["\r", "\n", "\r\n", "\t", "\t\r\n"])
def test_what_a_scanner_adds_at_the_end_does_not_matter(suffix: str) -> None:
    text = VECTORS["good"][0]["text"]
    assert decode(text + suffix, KEYS) == decode(text, KEYS)


@pytest.mark.parametrize("spoil", [lambda t: " " + t, lambda t: "+" + t[1:], lambda t: t[:100] + "_" + t[101:]])
def test_nothing_else_may_stand_among_the_digits(spoil: Any) -> None:
    result = decode(spoil(VECTORS["good"][0]["text"]), KEYS)
    assert isinstance(result, Unreadable)
    assert result.step is Step.LENGTH


def test_what_is_too_long_is_not_read_at_all() -> None:
    result = unpack("7" * 100_000)
    assert isinstance(result, Unreadable)
    assert (result.step, len(result.text)) == (Step.LENGTH, 512)


@pytest.mark.parametrize(
    "wrong",
    [a_code(serial=Serial(2**63)), a_hold(outlet_id=OutletId(0))],
    ids=["a serial of 64 bits", "a hold that names no outlet"],
)
def test_fields_that_no_coupon_has_fail_at_the_form(wrong: CouponCode) -> None:
    result = decode(encode(sign(wrong, SIGNING_KEY)), KEYS)
    assert isinstance(result, Unreadable)
    assert result.step is Step.FORM


def key_in_use(valid_from: datetime | None, valid_until: datetime | None) -> dict[int, IssuingKey]:
    return {7: IssuingKey(7, KEY.campaign_id, KEY.verify_key, valid_from, valid_until)}


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "readable"),
    [
        (NOW, None, True),
        (NOW + timedelta(seconds=1), None, False),
        (None, NOW + timedelta(seconds=1), True),
        (None, NOW, False),
    ],
)
def test_a_key_signs_between_two_instants(
    valid_from: datetime | None, valid_until: datetime | None, *, readable: bool
) -> None:
    keys = key_in_use(valid_from, valid_until)
    bearer = sign(a_code(issued_at=NOW), SIGNING_KEY)
    hold = sign(a_hold(held_at=NOW, issued_at=NOW - timedelta(days=7)), SIGNING_KEY)
    for code in (bearer, hold):
        assert isinstance(decode(encode(code), keys), CouponCode) is readable


def test_a_key_of_another_campaign_is_no_key() -> None:
    keys = {7: IssuingKey(7, CampaignId(1), KEY.verify_key)}
    result = decode(VECTORS["good"][0]["text"], keys)
    assert isinstance(result, Unreadable)
    assert result.step is Step.KEY


def test_a_hold_runs_out_after_its_minutes_and_two_of_grace() -> None:
    hold = Hold(77, NOW, 5)
    assert hold.ends_at == NOW + timedelta(minutes=7)
