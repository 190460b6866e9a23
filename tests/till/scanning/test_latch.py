"""One showing of a code is one scan, whatever the camera makes of it."""

import pytest

from merchant_app.till.scanning.latch import AWAY_S, TOGETHER_S, Latch, Offered, Scan, Taken

FRAME_S = 1 / 30


def shown(latch: Latch, *frames: tuple[str, ...], from_s: float = 0.0) -> list[Scan]:
    """What the latch says to frames that follow one another."""
    return [latch.see(texts, from_s + number * FRAME_S) for number, texts in enumerate(frames)]


def test_a_code_that_stays_in_view_is_one_scan() -> None:
    latch = Latch()
    said = shown(latch, *[("A",)] * 300)
    assert said[0] == Taken("A")
    assert said[1:] == [None] * 299


def test_a_code_that_flickers_is_still_one_scan() -> None:
    latch = Latch()
    said = shown(latch, *[("A",), (), (), (), ()] * 40)
    assert [scan for scan in said if scan] == [Taken("A")]


def test_a_code_shown_again_after_it_was_away_is_another_scan() -> None:
    latch = Latch()
    assert latch.see(["A"], 0.0) == Taken("A")
    assert latch.see([], AWAY_S - 0.01) is None
    assert latch.see([], AWAY_S) is None
    assert latch.see(["A"], AWAY_S + 0.01) == Taken("A")


def test_a_code_that_comes_back_too_soon_is_the_same_showing() -> None:
    latch = Latch()
    latch.see(["A"], 0.0)
    assert latch.see(["A"], AWAY_S - 0.01) is None


def test_the_next_customer_s_code_is_taken_at_once_after_the_first_is_gone() -> None:
    latch = Latch()
    latch.see(["A"], 0.0)
    assert latch.see(["B"], TOGETHER_S) == Taken("B")


def test_two_codes_in_one_frame_are_offered_and_none_is_taken() -> None:
    latch = Latch()
    said = shown(latch, *[("A", "B")] * 60)
    assert said[0] == Offered(("A", "B"))
    assert said[1:] == [None] * 59


def test_two_codes_that_are_read_in_turn_are_in_view_together() -> None:
    latch = Latch()
    assert shown(latch, ("A",), ("B",), ("A",), ("B",)) == [Taken("A"), Offered(("A", "B")), None, None]


def test_a_second_code_beside_one_that_was_taken_is_not_taken_by_itself() -> None:
    latch = Latch()
    shown(latch, *[("A",)] * 30)
    assert latch.see(["A", "B"], 2.0) == Offered(("A", "B"))


def test_hiding_one_of_two_offered_codes_takes_neither() -> None:
    latch = Latch()
    latch.see(["A", "B"], 0.0)
    assert [latch.see(["B"], 0.1 * step) for step in range(1, 100)] == [None] * 99


@pytest.mark.parametrize("text", ["A", "B"])
def test_the_chosen_code_is_the_scan(text: str) -> None:
    latch = Latch()
    latch.see(["A", "B"], 0.0)
    assert latch.choose(text) == Taken(text)


def test_both_codes_of_a_sheet_can_be_chosen_one_after_the_other() -> None:
    latch = Latch()
    latch.see(["A", "B"], 0.0)
    assert [latch.choose("A"), latch.choose("B")] == [Taken("A"), Taken("B")]
    assert latch.see(["A", "B"], 0.1) is None


def test_what_was_not_offered_cannot_be_chosen() -> None:
    latch = Latch()
    latch.see(["A"], 0.0)
    assert latch.choose("A") is None
    assert latch.choose("B") is None


def test_an_offer_ends_when_its_codes_have_gone_and_what_comes_then_is_taken() -> None:
    latch = Latch()
    latch.see(["A", "B"], 0.0)
    assert latch.see([], AWAY_S) == Offered(())
    assert latch.see([], AWAY_S + 0.1) is None
    assert latch.choose("A") is None
    assert latch.see(["A"], AWAY_S + 0.2) == Taken("A")


def test_a_third_code_joins_the_offer() -> None:
    latch = Latch()
    latch.see(["A", "B"], 0.0)
    assert latch.see(["A", "B", "C"], 0.1) == Offered(("A", "B", "C"))


def test_starting_afresh_takes_the_code_in_view_again() -> None:
    latch = Latch()
    latch.see(["A"], 0.0)
    latch.forget()
    assert latch.see(["A"], 0.1) == Taken("A")
