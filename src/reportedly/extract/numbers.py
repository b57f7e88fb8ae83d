"""Numbers in digits and words."""

import re

_UNITS = dict(
    zip(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        range(20),
        strict=True,
    )
)
_TENS = dict(
    zip(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], range(20, 100, 10), strict=True)
)
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_SCALES |= {"m": 1_000_000, "bn": 1_000_000_000, "k": 1_000}
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")

_MOST = 1e15
"""Digits that come to more count nothing; they are the number of an account, or noise."""
_HALF = re.compile(r"\s*half\s+an?\s+", re.IGNORECASE)


def read_number(text: str) -> float | None:
    """Read a number in digits, in English words or in both ("13", "1.2 million", "twenty-five", "half a dozen").

    Returns:
        The number; None where the words are no number, a vague one ("several"), or one that counts nothing.
    """
    if half := _HALF.match(text):
        whole = read_number("a " + text[half.end() :])
        return None if whole is None else whole / 2
    words = re.findall(r"[a-z]+|[\d.,]*\d", text.lower())
    total = current = 0.0
    seen = False
    for word in words:
        if _DIGITS.fullmatch(word):
            current += float(word.replace(",", ""))
        elif word in _UNITS:
            current += _UNITS[word]
        elif word in _TENS:
            current += _TENS[word]
        elif word in ("a", "an"):
            current += 1
        elif word == "dozen":
            current = max(current, 1) * 12
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word in _SCALES:
            total += max(current, 1) * _SCALES[word]
            current = 0
        elif word == "and" and seen:
            continue
        else:
            return None
        seen = True
    return total + current if seen and total + current <= _MOST else None


def read_bounds(low: float, high: float | None, kind: str | None) -> tuple[int | None, int | None]:
    """Return the inclusive bounds of a count by the words around it.

    Args:
        low: The number, or the lower one of a range.
        high: The upper one of a range, else None.
        kind: ``at_least``, ``over``, ``up_to``, ``under``; None or anything else for an exact or rounded number.

    Returns:
        Lower and upper bound, None for an open one. A range keeps both ends whatever stands before it, but for
        ``up_to`` and ``under``, which leave its lower end open.
    """
    first, last = round(low), round(low if high is None else high)
    if kind == "up_to":
        return None, last
    if kind == "under":
        return None, last - 1
    if high is not None:
        return first, last
    if kind == "at_least":
        return first, None
    if kind == "over":
        return first + 1, None
    return first, last
