"""Rows that are pushed: every fact comes out of its bytes as it went in; what cannot be read is said to be so."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merchant_app.domain.chain import Head, append
from merchant_app.domain.coupon_code import Form
from merchant_app.domain.judging import Network
from merchant_app.domain.kinds import CampaignId, ChainId, Fen, OutletId, RedemptionId, Serial, TillId
from merchant_app.domain.redemption import (
    KIND_OF,
    Bill,
    Fact,
    Intent,
    Moment,
    Override,
    Redemption,
    RefusedAttempt,
    Reversal,
    TimeFrom,
    Void,
    WithdrawalAck,
)
from merchant_app.wire.facts import PushedRow, as_pushed, parse_row

AT = datetime(2022, 6, 28, 4, 30, 15, 250, tzinfo=UTC)
MOMENT = Moment(AT, TimeFrom.WALL, AT)
BILL = Bill("bill-1", Fen(10000), "A-17")
ID = RedemptionId("0190-1")
CHAIN = ChainId("chain-1")
BIGGEST = Serial(2**63 - 1)
FACTS: list[Fact] = [
    Redemption(
        redemption_id=ID,
        till_id=TillId("till-1"),
        outlet_id=OutletId(4201),
        cashier="王芳",
        campaign_id=CampaignId(20220628),
        serial=BIGGEST,
        round_index=0,
        offer_index=1,
        holder_tag=77,
        code="01830",
        coupon_number=None,
        bill=BILL,
        amount_off_fen=Fen(2000),
        payable_fen=Fen(8000),
        checked=(("now", "2022-06-28T04:30:15+00:00"), ("uses", 1), ("hold_ends_at", None)),
        network=Network.OFFLINE,
        catalogue_version=12,
        moment=MOMENT,
        override_id="0190-2",
    ),
    Intent(ID, "02", None, "4539578763621486", Bill("bill-2"), Moment(AT, TimeFrom.FLOOR, None)),
    Reversal(ID, "no_answer", MOMENT),
    Void(ID, "02", None, "typo", MOMENT),
    RefusedAttempt("0190-4", "02", CampaignId(1), Serial(7), "0143", ("expired", "wrong_outlet"), BILL, MOMENT),
    RefusedAttempt("0190-5", "02", None, None, None, ("not_a_coupon",), Bill("bill-3"), MOMENT),
    Override("0190-6", ID, "01", "regular customer", ("offline_cap",), MOMENT),
    WithdrawalAck("0190-7", CampaignId(1), Serial(7), Form.HOLD, AT, MOMENT),
]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: type(fact).__name__)
def test_a_fact_comes_out_of_its_bytes_as_it_went_in(fact: Fact) -> None:
    row = append(CHAIN, Head(), "id-1", fact)
    parsed = parse_row(row.content)
    assert parsed is not None
    assert (parsed.chain_id, parsed.seq, parsed.kind, parsed.fact_id) == (CHAIN, 1, KIND_OF[type(fact)], "id-1")
    assert parsed.fact == fact


def test_every_kind_of_fact_is_among_these() -> None:
    assert {type(fact) for fact in FACTS} == set(KIND_OF)


def test_a_serial_travels_as_text_since_no_json_number_holds_it() -> None:
    row = append(CHAIN, Head(), "id-1", FACTS[0])
    assert json.loads(row.content)["fact"]["serial"] == "9223372036854775807"


def test_a_row_is_pushed_with_its_very_bytes() -> None:
    row = append(CHAIN, Head(), "id-1", FACTS[0])
    pushed = PushedRow.model_validate_json(as_pushed(row).as_json())
    assert (pushed.seq, pushed.content.encode(), bytes.fromhex(pushed.hash)) == (row.seq, row.content, row.hash)


def envelope(**changes: Any) -> bytes:
    plain = json.loads(append(CHAIN, Head(), "id-1", FACTS[2]).content)
    return json.dumps(plain | changes).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff",
        envelope(kind="from_the_future"),
        envelope(seq="one"),
        envelope(fact={}),
        envelope(fact=None),
        envelope(fact={"redemption_id": "x", "why": "y", "moment": {"at": "soon"}}),
    ],
)
def test_what_this_version_cannot_read_is_none(content: bytes) -> None:
    assert parse_row(content) is None


def test_the_envelope_alone_is_no_trouble() -> None:
    assert parse_row(envelope()) is not None


@given(st.binary(max_size=200))
def test_any_bytes_get_an_answer(content: bytes) -> None:
    assert parse_row(content) is None
