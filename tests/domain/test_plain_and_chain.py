"""Facts as canonical bytes, and the chain that shows any change of them."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merchant_app.domain.chain import FIRST_LINK, Head, Row, append, first_break, link
from merchant_app.domain.kinds import ChainId, RedemptionId, Serial
from merchant_app.domain.plain import canonical, plain
from merchant_app.domain.redemption import KIND_OF, Fact, Moment, Reversal, TimeFrom

AT = datetime(2022, 6, 28, 4, tzinfo=UTC)
CHAIN = ChainId("0190-chain")


def a_fact(number: int) -> Reversal:
    return Reversal(RedemptionId(f"id-{number}"), "no answer", Moment(AT, TimeFrom.WALL, None))


def a_chain(length: int) -> list[Row]:
    rows: list[Row] = []
    head = Head()
    for number in range(length):
        rows.append(append(CHAIN, head, f"id-{number}", a_fact(number)))
        head = Head(rows[-1].seq, rows[-1].hash)
    return rows


def links(rows: list[Row]) -> list[tuple[int, bytes, bytes]]:
    return [(row.seq, row.content, row.hash) for row in rows]


def test_rows_are_numbered_from_one_without_a_gap() -> None:
    assert [row.seq for row in a_chain(4)] == [1, 2, 3, 4]
    assert first_break(links(a_chain(4))) is None
    assert first_break([]) is None


def test_a_row_says_in_its_bytes_where_it_belongs() -> None:
    row = a_chain(2)[1]
    said = json.loads(row.content)
    assert (said["chain_id"], said["seq"], said["kind"], said["fact_id"]) == (CHAIN, 2, "reversal", "id-1")
    assert row.hash == link(link(FIRST_LINK, a_chain(1)[0].content), row.content)


@given(st.integers(0, 4), st.data())
def test_a_changed_byte_breaks_the_chain_there(at: int, data: st.DataObject) -> None:
    rows = a_chain(5)
    place = data.draw(st.integers(0, len(rows[at].content) - 1))
    content = bytearray(rows[at].content)
    content[place] ^= data.draw(st.integers(1, 255))
    rows[at] = replace(rows[at], content=bytes(content))
    assert first_break(links(rows)) == at + 1


@given(st.integers(0, 3))
def test_a_missing_row_breaks_the_chain_after_it(at: int) -> None:
    rows = a_chain(5)
    del rows[at]
    assert first_break(links(rows)) == at + 2


@given(st.integers(0, 4))
def test_a_rewritten_row_breaks_the_chain_at_the_next(at: int) -> None:
    """Its own hash was made to fit; the rows after it still say what stood there."""
    rows = a_chain(5)
    before = rows[at - 1].hash if at else FIRST_LINK
    other = append(CHAIN, Head(at, before), "id-x", a_fact(99))
    rows[at] = other
    assert first_break(links(rows)) == (None if at == 4 else at + 2)
    assert other.hash != a_chain(5)[at].hash


def test_swapped_rows_break_the_chain() -> None:
    rows = a_chain(3)
    rows[0], rows[1] = rows[1], rows[0]
    assert first_break(links(rows)) == 2


def test_a_part_of_a_chain_is_checked_from_its_head() -> None:
    rows = a_chain(5)
    assert first_break(links(rows[2:]), Head(2, rows[1].hash)) is None
    assert first_break(links(rows[2:]), Head(2, rows[0].hash)) == 3


def test_every_kind_of_fact_has_its_name() -> None:
    assert set(KIND_OF) == set(Fact.__args__)
    assert len(set(KIND_OF.values())) == len(KIND_OF)


@dataclass(frozen=True)
class Sample:
    serial: Serial
    at: datetime
    lasts: timedelta
    days: frozenset[int]
    inner: Any = None


def test_plain_values_are_json_and_nothing_else() -> None:
    sample = Sample(Serial(2**62), AT, timedelta(hours=2), frozenset({3, 1}), {"x": (True, None, TimeFrom.FLOOR)})
    assert plain(sample) == {
        "serial": str(2**62),
        "at": "2022-06-28T04:00:00+00:00",
        "lasts": 7200,
        "days": [1, 3],
        "inner": {"x": [True, None, "floor"]},
    }


@pytest.mark.parametrize("value", [1.5, b"x", object(), {"x": 0.1}])
def test_floats_and_strangers_have_no_plain_form(value: object) -> None:
    with pytest.raises(TypeError, match="has no plain form"):
        plain(value)


jsons = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda part: st.lists(part) | st.dictionaries(st.text(), part),
)


@given(jsons)
def test_canonical_bytes_say_the_same_and_have_one_spelling(value: Any) -> None:
    spelled = canonical(value)
    assert json.loads(spelled) == value
    assert canonical(json.loads(spelled)) == spelled


def test_canonical_bytes_do_not_depend_on_the_order_of_keys() -> None:
    assert canonical({"b": 1, "a": "券"}) == canonical({"a": "券", "b": 1}) == '{"a":"券","b":1}'.encode()
