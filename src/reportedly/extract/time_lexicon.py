"""The compiled grammar of time expressions: patterns and word lists, read from the data files."""

import re
import tomllib
from importlib.resources import files

import msgspec

UNIT_CODES = {
    "second": "TS",
    "minute": "TM",
    "hour": "TH",
    "day": "D",
    "week": "W",
    "fortnight": "W",
    "month": "M",
    "quarter": "Q",
    "year": "Y",
    "decade": "DE",
    "century": "CE",
}
"""Units of time and how TIMEX3 writes them; those of the clock begin with T."""


class TimeRule(msgspec.Struct, frozen=True):
    """One pattern, the name of its reader, and strings one of which a sentence in lower case must hold.

    ``digits`` says that any digit will do.
    """

    pattern: re.Pattern[str]
    reader: str
    needs: tuple[str, ...]
    digits: bool

    def may_match(self, lower: str, has_digit: bool) -> bool:
        """Say whether the pattern is worth trying on a sentence."""
        if self.digits:
            return has_digit
        for need in self.needs:  # noqa: SIM110 -- asked of every sentence and rule: any() costs twice as much
            if need in lower:
                return True
        return False


class TimeLexicon(msgspec.Struct, frozen=True):
    """The compiled grammar: patterns in order of precedence, each with the function that reads a match."""

    rules: tuple["TimeRule", ...]
    months: dict[str, int]
    long_months: frozenset[str]
    weekdays: dict[str, int]
    spanning: frozenset[str]
    parts: dict[str, str]
    holidays: dict[str, str]
    decades: dict[str, str]


def open_times() -> TimeLexicon:
    """Read the word lists that ship with the package and compile the grammar."""
    table = tomllib.loads(files("reportedly.extract").joinpath("data", "times.toml").read_text(encoding="utf-8"))
    months = {name: number for number, name in enumerate(table["months"].split(), start=1)}
    long = list(months)
    months |= {
        short: next(months[name] for name in long if name.startswith(short[:3]))
        for short in table["month_short"].split()
    }
    days = table["weekdays"].split()
    weekdays = {name: number for number, name in enumerate(days)}
    month = (
        "(?:"
        + "|".join(name.title() for name in long if name != "may")
        + "|May|"
        + "|".join(f"{short.title()}\\b\\.?" for short in table["month_short"].split())
        + ")"
    )
    numbers = table["numbers"].split()
    ones, teens, tens = "|".join(numbers[:9]), "|".join(numbers[9:19]), "|".join(numbers[19:27])
    spoken = rf"(?:[Nn]ineteen|[Tt]wenty)[ -](?:(?:{tens})(?:[ -](?:{ones}))?|oh[ -](?:{ones})|{teens})(?![ -]\w+-)"
    words = {
        "MONTH": month,
        "DAY": r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\d%]|:\d|,\d{3})",
        "YEAR_WORDS": spoken,
        "YEAR": r"(?:(?:1[5-9]\d\d|20\d\d)(?![\d,.]\d|%)|" + spoken + ")",
        "ONES": f"(?:{ones})",
        "TEENS": f"(?:{teens})",
        "TENS": f"(?:{tens})",
        "HOUR": "(?:1[0-2]|[1-9]|" + "|".join(numbers[:12]) + ")",
        "DECADE": "(?:" + "|".join(table["decades"]) + ")",
        "WEEKDAY": "(?:" + "|".join(name.title() for name in days) + ")",
        "UNIT": "(?:" + "|".join(name for name in UNIT_CODES if name != "century") + "|centur(?:y|ie))",
        "NUMBER": rf"(?:\d+(?:\.\d+)?|an?|(?:{'|'.join(numbers)})(?:[ -](?:{ones}))?)",
        "PART": "(?:morning|afternoon|evening|night)",
        "ORDINAL": r"(?:first|second|third|fourth|1st|2nd|3rd|4th)",
        "EDGE": r"(?:early|late|mid|earlier|later|the end of|the beginning of|the start of)",
        "PRESENT": table["present"],
        "PAST": table["past"],
        "FUTURE": table["future"],
        "HOLIDAY": "(?:"
        + "|".join(sorted((re.escape(name) for name in table["holidays"]), key=len, reverse=True))
        + ")",
    }
    rules = tuple(
        TimeRule(_compile(pattern, words), name, tuple(needs.split("|")), needs == "#")
        for name, needs, pattern in _read_grammar()
    )
    return TimeLexicon(
        rules,
        months,
        frozenset(long),
        weekdays,
        frozenset(table["spanning"].split()),
        table["parts"],
        table["holidays"],
        table["decades"],
    )


def _read_grammar() -> list[tuple[str, str, str]]:
    text = files("reportedly.extract").joinpath("data", "time_grammar.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return [(name, needs, pattern) for name, needs, pattern in rows]


def _compile(pattern: str, words: dict[str, str]) -> re.Pattern[str]:
    for name, value in words.items():
        pattern = pattern.replace(f"<{name}>", value)
    flags = 0 if "(?i:" in pattern or "(?c)" in pattern else re.IGNORECASE
    return re.compile(rf"(?<![\w.])(?:{pattern.replace('(?c)', '')})(?!\w)", flags)
