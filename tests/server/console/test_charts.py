"""Charts as geometry: bars stand on zero, reach their value, and stay inside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merchant_app.server.console.charts import Datum, bar_chart, line_chart, nice_top

VALUES = st.lists(st.integers(0, 10**12), max_size=60)


def data(*values: float) -> list[Datum]:
    return [Datum(str(index), value, str(value)) for index, value in enumerate(values)]


@given(VALUES)
def test_every_bar_stands_on_zero_and_inside(values: list[int]) -> None:
    chart = bar_chart(data(*values), width=900)
    for bar, value in zip(chart.bars, values, strict=True):
        assert bar.y + bar.height == pytest.approx(chart.base, abs=0.02)
        assert bar.height == pytest.approx(value / chart.top * (chart.base - 20), abs=0.02)
        assert 0 <= bar.x <= bar.x + bar.width <= 900


@pytest.mark.parametrize(("largest", "top"), [(0, 1), (1, 1), (3, 5), (7, 10), (10, 10), (1050, 2000), (0.3, 0.5)])
def test_the_scale_ends_at_a_round_number(largest: float, top: float) -> None:
    assert nice_top(data(0, largest)) == pytest.approx(top)


def test_a_line_goes_through_the_middle_of_its_bars() -> None:
    chart = line_chart(data(1, 2))
    first, second = chart.bars
    assert chart.path == f"M{first.middle:g} {first.y:g} L{second.middle:g} {second.y:g}"
    assert line_chart([]).path == ""
