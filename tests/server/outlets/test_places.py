"""The nearest places are found as a search through all of them would find them."""

from math import asin, cos, radians, sin, sqrt
from random import Random

import pytest

from merchant_app.server.services.places import Degrees, Places


def metres(one: Degrees, other: Degrees) -> int:
    (north, east), (other_north, other_east) = (tuple(map(radians, each)) for each in (one, other))
    half = sin((other_north - north) / 2) ** 2 + cos(north) * cos(other_north) * sin((other_east - east) / 2) ** 2
    return round(2 * 6_371_000 * asin(sqrt(half)))


def somewhere(random: Random, *, spread: float) -> Degrees:
    """In a city around (29.6, 106.5), or with a spread of 1 anywhere on the earth."""
    if spread == 1:
        return random.uniform(-90, 90), random.uniform(-180, 180)
    return round(29.6 + random.uniform(-spread, spread), 3), round(106.5 + random.uniform(-spread, spread), 3)


@pytest.mark.parametrize("spread", [0.1, 1])
@pytest.mark.parametrize("seed", range(5))
def test_they_are_the_nearest_in_order_with_the_way_in_metres(seed: int, spread: float) -> None:
    random = Random(seed)
    places = {number: somewhere(random, spread=spread) for number in range(1, 600)}
    tree = Places(places.items())
    for _ in range(20):
        here, step = somewhere(random, spread=spread), random.choice([1, 2, 97])
        by_distance = sorted((metres(here, place), number) for number, place in places.items() if number % step == 0)
        found = tree.nearest(here, 12, lambda number, step=step: number % step == 0)
        assert [way for _, way in found] == pytest.approx([way for way, _ in by_distance[:12]], abs=1)
        assert len({number for number, _ in found}) == len(found)


def test_of_equals_the_lower_numbers_are_taken() -> None:
    tree = Places((number, (29.5, 106.5)) for number in range(100, 0, -1))
    assert tree.nearest((29.5, 106.5), 3, lambda _: True) == [(1, 0), (2, 0), (3, 0)]


def test_there_may_be_fewer_than_asked_for_or_none() -> None:
    assert Places([]).nearest((0, 0), 3, lambda _: True) == []
    assert Places([(7, (0.0, 0.0))]).nearest((0, 180), 3, lambda _: True) == [(7, 20015087)]
