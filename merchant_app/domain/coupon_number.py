"""The coupon number: 16 random digits printed under a code for typing by hand, the last one a Luhn check digit.

It is unsigned, so it is worth nothing without the server's answer.
"""

from collections.abc import Callable

DIGITS = 16


def coupon_number(random_below: Callable[[int], int]) -> str:
    """A new number; `random_below(n)` gives a number in [0, n) that cannot be guessed."""
    body = str(random_below(10 ** (DIGITS - 1))).zfill(DIGITS - 1)
    return body + _check_digit(body)


def is_coupon_number(text: str) -> bool:
    """True for 16 ASCII digits whose last one fits; spaces and dashes between groups do not matter."""
    digits = normalise(text)
    return len(digits) == DIGITS and digits.isascii() and digits.isdecimal() and _check_digit(digits[:-1]) == digits[-1]


def normalise(text: str) -> str:
    return text.strip().replace(" ", "").replace("-", "")


def grouped(number: str) -> str:
    """In groups of four, as it is printed and read aloud."""
    return " ".join(number[i : i + 4] for i in range(0, len(number), 4))


def _check_digit(body: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)
