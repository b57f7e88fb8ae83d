"""Readers of lengths of time ("three weeks", "the past year", "within months"), and how TIMEX3 writes a length."""

import re

from reportedly.extract.numbers import read_number
from reportedly.extract.time_lexicon import UNIT_CODES, TimeLexicon
from reportedly.records.claim import Timex, TimexKind


def read_unit(word: str) -> str:
    """Return the unit that a word of the grammar stands for."""
    word = word.lower()
    return "century" if word.startswith("centur") else word


def duration_value(number: float | None, unit: str) -> str:
    """Write how many of a unit as TIMEX3 does ("P3W", "PT2H"); None is a number not told ("PXW")."""
    code = UNIT_CODES[unit]
    if unit in ("decade", "century") and number is not None:
        # TIMEX3 counts long spans in years.
        code, number = "Y", number * (10 if unit == "decade" else 100)
    if unit == "fortnight":
        number = None if number is None else 2 * number
    amount = "X" if number is None else f"{number:g}"
    return f"PT{amount}{code[1:]}" if code in ("TS", "TM", "TH") else f"P{amount}{code}"


def read_whole(match: re.Match[str], _: TimeLexicon) -> Timex:
    """Read "the year" that a date ends: how long it is; the date is read by itself."""
    unit = match["unit"].lower()
    return Timex(match.group(), TimexKind.DURATION, value=duration_value(1, unit), unit=unit)


def read_recent(match: re.Match[str], _: TimeLexicon) -> Timex:
    """Read "in recent weeks": how many is not said."""
    unit = read_unit(match["unit"])
    return Timex(match.group(), TimexKind.DURATION, value=duration_value(None, unit), unit=unit)


def read_span(match: re.Match[str], _: TimeLexicon) -> Timex:
    """Read "the past four days", "the first two weeks": those next to the report have an offset."""
    number = read_number(match["n"].replace("couple of", "two"))
    unit = read_unit(match["unit"])
    sign = {"past": -1, "last": -1, "previous": -1, "recent": -1, "next": 1, "coming": 1}.get(match["dir"].lower())
    offset = sign * number if sign and number is not None and not match["y"] else None
    return Timex(match.group(), TimexKind.DURATION, value=duration_value(number, unit), unit=unit, offset=offset)


def read_rolling(match: re.Match[str], _: TimeLexicon) -> Timex:
    """Read "the past week", "over the last week": days up to the report, not those of the calendar week before."""
    unit = read_unit(match["unit"])
    offset = -1.0 if match["past"] or (match["dir"] or "").lower() == "last" else 1.0
    return Timex(match.group(), TimexKind.DURATION, value=duration_value(1, unit), unit=unit, offset=offset)


def read_duration(match: re.Match[str], lexicon: TimeLexicon) -> Timex | None:
    """Read "three weeks", "half an hour", "for years"; None for rates, shares and what is no time at all."""
    groups = match.groupdict()
    text = match["n"].strip().lower()
    unit = read_unit(match["unit"])
    if text in ("a", "an") and match.group().lower().startswith(("a ", "an ")) and not groups.get("half"):
        before = match.string[: match.start()].split()[-1:] or [""]
        # "Five flights a week" is a rate, "a second blast" no time at all.
        if before[0].lower() not in lexicon.spanning or unit == "second":
            return None
    if unit == "quarter" and _is_share(match, text):
        return None
    whole = re.sub(r" (?:1/2|and a half)$", "", text)
    number = 0.5 if whole.startswith(("half", "a half")) else read_number(whole.replace("a couple of", "two"))
    if not text and groups.get("more") is None:
        number = 1
    if number is not None and (whole != text or groups.get("half")):
        return Timex(match.group(), TimexKind.DURATION, value=_halve(number, unit), unit=unit)
    return Timex(match.group(), TimexKind.DURATION, value=duration_value(number, unit), unit=unit)


def _is_share(match: re.Match[str], number: str) -> bool:
    """Say whether quarters are parts of a whole ("three-quarters", "a quarter of the town")."""
    rest = match.string[match.end() :]
    return number in ("a", "one", "three") and (rest.startswith(" of ") or match.group().lower().endswith("-quarters"))


def _halve(number: float, unit: str) -> str:
    """Write a number and a half of a unit as TIMEX3 does ("P2Y6M"), or as a decimal where it has no form for it."""
    half = {"year": "6M", "minute": "30S", "hour": "30M", "day": "T12H"}.get(unit)
    return f"{duration_value(number, unit)}{half}" if half else duration_value(number + 0.5, unit)
