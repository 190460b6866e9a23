"""A scanner's keystrokes are one scan and reach no field; a person's all reach theirs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merchant_app.till.scanning.keystrokes import GAP_S, LONGEST_SCAN, PAUSE_S, SHORTEST_SCAN, Keystrokes
from tests.till.made_sources import CODE

FAST_S = 0.004
SLOW_S = 0.12


class Fields:
    """What the screen's fields and the till get of a row of keystrokes, replayed as the window does it."""

    def __init__(self, *, prefix: str = "") -> None:
        self.keystrokes = Keystrokes(prefix=prefix)
        self.typed = ""
        self.scans: list[str] = []
        self.now_s = 100.0

    def keys(self, text: str, gap_s: float) -> "Fields":
        for character in text:
            self.pass_time(gap_s)
            outcome = self.keystrokes.press(character, self.now_s)
            self._take(outcome.typed, outcome.scanned)
            self.typed += character if outcome.passes else ""
        return self

    def pass_time(self, seconds: float) -> None:
        until_s = self.now_s + seconds
        due_s = self.keystrokes.due_s
        if due_s is not None and due_s <= until_s:
            outcome = self.keystrokes.pause(due_s)
            self._take(outcome.typed, outcome.scanned)
        self.now_s = until_s

    def wait(self) -> "Fields":
        self.pass_time(1.0)
        return self

    def _take(self, typed: tuple[str, ...], scanned: str | None) -> None:
        self.typed += "".join(typed)
        self.scans += [] if scanned is None else [scanned]


@pytest.mark.parametrize("suffix", ["\r", "\n", "\t", "\r\n", ""])
def test_a_burst_is_a_scan_and_no_key_of_it_reaches_a_field(suffix: str) -> None:
    fields = Fields().keys(CODE + suffix, FAST_S).wait()
    assert fields.scans == [CODE]
    assert fields.typed == ""


@pytest.mark.parametrize("typed", ["128.00\r", "1", "0012345678901234567890\r", "券 number 7\t"])
def test_what_a_person_types_reaches_the_field_and_is_no_scan(typed: str) -> None:
    fields = Fields().keys(typed, SLOW_S).wait()
    assert fields.typed == typed
    assert fields.scans == []


def test_two_keys_pressed_almost_at_once_are_a_person_s() -> None:
    fields = Fields().keys("12", FAST_S).keys("8", SLOW_S).keys("00", FAST_S).keys("\r", SLOW_S).wait()
    assert fields.typed == "12800\r"
    assert fields.scans == []


def test_a_scan_in_the_middle_of_typing_leaves_what_was_typed_whole() -> None:
    fields = Fields().keys("12", SLOW_S).wait().keys(CODE + "\r", FAST_S).wait().keys("8\r", SLOW_S).wait()
    assert fields.typed == "128\r"
    assert fields.scans == [CODE]


def test_two_scans_after_one_another_are_two() -> None:
    fields = Fields().keys(CODE + "\r\n", FAST_S).keys("9876543210\r\n", FAST_S).wait()
    assert fields.scans == [CODE, "9876543210"]
    assert fields.typed == ""


def test_a_short_pause_within_a_scan_does_not_cut_it() -> None:
    half = len(CODE) // 2
    fields = Fields().keys(CODE[:half], FAST_S).keys(CODE[half : half + 1], (GAP_S + PAUSE_S) / 2)
    fields.keys(CODE[half + 1 :] + "\r", FAST_S).wait()
    assert fields.scans == [CODE]


def test_the_prefix_that_a_scanner_was_set_to_is_not_part_of_the_code() -> None:
    fields = Fields(prefix="~").keys("~123\r", FAST_S).keys("~" + CODE + "\r", FAST_S).wait()
    assert fields.scans == ["123", CODE]
    assert fields.typed == ""


def test_a_prefix_alone_is_typed() -> None:
    fields = Fields(prefix="~").keys("~", SLOW_S).wait()
    assert (fields.typed, fields.scans) == ("~", [])


def test_full_width_digits_of_an_input_method_are_digits() -> None:
    wide = CODE.translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})
    assert Fields().keys(wide + "\r", FAST_S).wait().scans == [CODE]


def test_a_key_held_down_goes_to_the_field_at_once() -> None:
    keystrokes = Keystrokes()
    assert keystrokes.press("0", 1.0).passes is False
    assert keystrokes.pause(1.0 + GAP_S).typed == ("0",)
    for repeat in range(20):
        outcome = keystrokes.press("0", 1.5 + repeat * 0.03, is_repeat=True)
        assert (outcome.passes, outcome.scanned) == (True, None)


def test_a_scanner_s_double_digit_taken_for_a_repeat_stays_in_the_scan() -> None:
    keystrokes = Keystrokes()
    for number in range(SHORTEST_SCAN):
        keystrokes.press("0", 1.0 + number * FAST_S, is_repeat=number % 2 == 1)
    assert keystrokes.press("\r", 1.0 + SHORTEST_SCAN * FAST_S).scanned == "0" * SHORTEST_SCAN


def test_enter_alone_goes_to_the_field_at_once() -> None:
    assert Keystrokes().press("\r", 1.0).passes is True


def test_a_flood_of_keys_is_cut_off() -> None:
    fields = Fields().keys("7" * (LONGEST_SCAN + 500), FAST_S).wait()
    assert fields.scans == ["7" * LONGEST_SCAN]


@given(
    st.lists(
        st.tuples(st.text("0123456789.\r", min_size=1, max_size=12), st.sampled_from([FAST_S, 0.049, 0.051, SLOW_S])),
        max_size=8,
    )
)
def test_no_keystroke_is_lost_or_doubled(bursts: list[tuple[str, float]]) -> None:
    fields = Fields()
    for text, gap_s in bursts:
        fields.keys(text, gap_s)
    fields.wait()
    pressed = "".join(text for text, _ in bursts)
    seen = fields.typed + "".join(fields.scans)
    # Enter closes a scan and is dropped with it; all else is either typed or scanned.
    assert sorted(seen.replace("\r", "")) == sorted(pressed.replace("\r", ""))
    assert all(len(scan) >= SHORTEST_SCAN for scan in fields.scans)
