"""The grammar of time expressions: patterns as data, and one function a pattern that reads a match into a ``Timex``."""

import re
import tomllib
from collections.abc import Callable
from importlib.resources import files

import msgspec

from reportedly.extract.numbers import read_number
from reportedly.records.claim import Timex, TimexKind

_UNIT_CODES = {
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
_DIRECTION = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "the": 0, "same": 0, "next": 1}
_DIRECTION |= {"coming": 1, "following": 1, "latest": 0, "earlier": -1, "preceding": -1, "later": 1}
_SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}


class TimeLexicon(msgspec.Struct, frozen=True):
    """The compiled grammar: patterns in order of precedence, each with the function that reads a match."""

    rules: tuple[tuple[re.Pattern[str], str], ...]
    months: dict[str, int]
    weekdays: dict[str, int]
    parts: dict[str, str]
    holidays: dict[str, str]


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
    words = {
        "MONTH": month,
        "DAY": r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\d%:]|,\d{3})",
        "YEAR": r"(?:1[5-9]\d\d|20\d\d)(?![\d,]\d|%)",
        "WEEKDAY": "(?:" + "|".join(name.title() for name in days) + ")",
        "UNIT": "(?:" + "|".join(name for name in _UNIT_CODES if name != "century") + "|centur(?:y|ie))",
        "NUMBER": r"(?:\d+(?:\.\d+)?|an?|(?:"
        + "|".join(table["numbers"].split())
        + r")(?:[ -](?:"
        + "|".join(table["numbers"].split()[:9])
        + r"))?)",
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
    rules = tuple((_compile(pattern, words), name) for name, pattern in _read_grammar())
    return TimeLexicon(rules, months, weekdays, table["parts"], table["holidays"])


def _read_grammar() -> list[tuple[str, str]]:
    text = files("reportedly.extract").joinpath("data", "time_grammar.tsv").read_text(encoding="utf-8")
    rows = [line.partition("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return [(name, pattern) for name, _, pattern in rows]


def _compile(pattern: str, words: dict[str, str]) -> re.Pattern[str]:
    for name, value in words.items():
        pattern = pattern.replace(f"<{name}>", value)
    flags = 0 if "(?i:" in pattern or "(?c)" in pattern else re.IGNORECASE
    return re.compile(r"(?<![\w.])" + pattern.replace("(?c)", "") + r"(?!\w)", flags)


def _read_iso(match: re.Match[str], _: TimeLexicon) -> Timex:
    value = f"{match['y']}-{match['m']}-{match['d']}"
    return Timex(match.group(), TimexKind.DATE, value=value, unit="day")


def _read_slash(match: re.Match[str], _: TimeLexicon) -> Timex:
    year = match["y"] if len(match["y"]) == 4 else ("19" if int(match["y"]) > 40 else "20") + match["y"]
    value = f"{year}-{int(match['m']):02d}-{int(match['d']):02d}"
    return Timex(match.group(), TimexKind.DATE, value=value, unit="day")


def _read_month_day(match: re.Match[str], lexicon: TimeLexicon) -> Timex:
    month = lexicon.months[match["month"].lower().rstrip(".")]
    day = int(re.sub(r"\D", "", match["d"]))
    value = f"{match['y'] or 'XXXX'}-{month:02d}-{day:02d}"
    return Timex(match.group(), TimexKind.DATE, value=value, unit="day", name=None if match["y"] else match["month"])


def _read_month(match: re.Match[str], lexicon: TimeLexicon) -> Timex | None:
    groups = match.groupdict()
    if match["month"] in ("May", "Mar", "Sat", "Sun") and not (groups["dir"] or groups["edge"] or groups.get("y")):
        before = match.string[: match.start()].split()[-1:] or [""]
        if before[0].lower() not in (
            "in",
            "since",
            "until",
            "by",
            "from",
            "of",
            "to",
            "through",
            "and",
            "during",
            "before",
        ):
            return None
    month = lexicon.months[match["month"].lower().rstrip(".")]
    offset = _DIRECTION[groups["dir"].lower()] if groups["dir"] else None
    value = f"{groups.get('y') or 'XXXX'}-{month:02d}"
    return Timex(
        match.group(),
        TimexKind.DATE,
        value=value,
        unit="month",
        offset=float(offset) if offset is not None else None,
        name=None if groups.get("y") else match["month"],
        modifier=_edge(groups["edge"]),
    )


def _edge(word: str | None) -> str | None:
    if word is None:
        return None
    return {
        "earlier": "early",
        "later": "late",
        "the end of": "late",
        "the beginning of": "early",
        "the start of": "early",
    }.get(word.lower(), word.lower())


def _read_weekday(match: re.Match[str], lexicon: TimeLexicon) -> Timex:
    word = (match["dir"] or "").lower()
    offset = {"last": -1.0, "past": -1.0, "next": 1.0}.get(word)
    part = lexicon.parts[match["part"].lower()] if match["part"] else None
    kind = TimexKind.TIME if part else TimexKind.DATE
    name = match["day"].lower()
    return Timex(match.group(), kind, unit="day", offset=offset, name=name, modifier=_edge(match["edge"]), part=part)


def _read_relative_day(match: re.Match[str], lexicon: TimeLexicon) -> Timex:
    word = match["word"].lower()
    offset = {"today": 0.0, "tonight": 0.0, "yesterday": -1.0, "tomorrow": 1.0}[word]
    part = lexicon.parts[match["part"].lower()] if match["part"] else ("TNI" if word == "tonight" else None)
    kind = TimexKind.TIME if part else TimexKind.DATE
    return Timex(match.group(), kind, unit="day", offset=offset, modifier=_edge(match["edge"]), part=part)


def _read_part(match: re.Match[str], lexicon: TimeLexicon) -> Timex:
    word, part = match["dir"].lower(), lexicon.parts[match["part"].lower()]
    offset = {"this": 0.0, "last": -1.0, "yesterday": -1.0, "tomorrow": 1.0}[word]
    return Timex(match.group(), TimexKind.TIME, unit="day", offset=offset, part=part)


def _read_quarter(match: re.Match[str], _: TimeLexicon) -> Timex:
    number = {"fi": 1, "1s": 1, "se": 2, "2n": 2, "th": 3, "3r": 3, "fo": 4, "4t": 4}[match["ord"].lower()[:2]]
    return Timex(match.group(), TimexKind.DATE, value=f"{match['y'] or 'XXXX'}-Q{number}", unit="quarter")


def _read_fiscal(match: re.Match[str], _: TimeLexicon) -> Timex:
    return Timex(match.group(), TimexKind.DATE, value=match["y"], unit="year")


def _unit(word: str) -> str:
    word = word.lower()
    return "century" if word.startswith("centur") else word


def _read_ago(match: re.Match[str], _: TimeLexicon) -> Timex:
    unit = _unit(match["unit"] or match["n"])
    number = read_number(match["n"]) if match["unit"] else None
    sign = 1 if match["dir"].lower() in ("later", "from now") else -1
    if number is None:
        value = "FUTURE_REF" if sign > 0 else "PAST_REF"
        return Timex(match.group(), TimexKind.DATE, value=value, unit=unit, offset=3.0 * sign)
    return Timex(match.group(), TimexKind.DATE, unit=unit, offset=sign * number, modifier="ago")


def _read_year_earlier(match: re.Match[str], _: TimeLexicon) -> Timex:
    return Timex(match.group(), TimexKind.DATE, unit="year", offset=-1.0, modifier="ago")


def _read_running(match: re.Match[str], _: TimeLexicon) -> Timex:
    """A "quarter" that a report speaks of is the last one completed."""
    return Timex(match.group(), TimexKind.DATE, unit="quarter", offset=-1.0)


def _duration_value(number: float | None, unit: str) -> str:
    code = _UNIT_CODES[unit]
    if unit == "fortnight":
        number = None if number is None else 2 * number
    amount = "X" if number is None else f"{number:g}"
    return f"PT{amount}{code[1:]}" if code in ("TS", "TM", "TH") else f"P{amount}{code}"


def _read_span(match: re.Match[str], _: TimeLexicon) -> Timex:
    number = read_number(match["n"].replace("couple of", "two"))
    value = _duration_value(number, _unit(match["unit"]))
    return Timex(match.group(), TimexKind.DURATION, value=value, unit=_unit(match["unit"]))


def _read_unit(match: re.Match[str], lexicon: TimeLexicon) -> Timex:
    unit, word = match["unit"].lower(), match["dir"].lower()
    offset = float(_DIRECTION[word])
    if unit in _SEASONS:
        return Timex(
            match.group(), TimexKind.DATE, unit="season", name=unit, offset=offset, modifier=_edge(match["edge"])
        )
    return Timex(match.group(), TimexKind.DATE, unit=unit, offset=offset, modifier=_edge(match["edge"]))


def _read_season(match: re.Match[str], _: TimeLexicon) -> Timex | None:
    groups = match.groupdict()
    year, word = groups["y"], groups.get("dir")
    value = f"{year}-{_SEASONS[match['season'].lower()]}" if year else None
    offset = float(_DIRECTION[word.lower()]) if word else None
    return Timex(match.group(), TimexKind.DATE, value=value, unit="season", name=match["season"].lower(), offset=offset)


def _read_set(match: re.Match[str], _: TimeLexicon) -> Timex:
    word = (match["unit2"] or match["word"]).lower()
    units = {"daily": "D", "day": "D", "weekly": "W", "week": "W", "monthly": "M", "month": "M", "hourly": "TH"}
    code = units.get(word, "Y" if word in ("yearly", "annually", "year") else "W")
    return Timex(
        match.group(), TimexKind.SET, value=f"P{code if code != 'TH' else 'T1H'}" if code == "TH" else f"P1{code}"
    )


def _read_decade(match: re.Match[str], _: TimeLexicon) -> Timex:
    groups = match.groupdict()
    value = groups["y"][:3] if groups.get("y") else "19" + groups["short"][0]
    return Timex(match.group(), TimexKind.DATE, value=value, unit="decade", modifier=_edge(groups.get("edge")))


def _read_century(match: re.Match[str], _: TimeLexicon) -> Timex:
    return Timex(match.group(), TimexKind.DATE, value=str(int(match["n"]) - 1), unit="century")


def _read_duration(match: re.Match[str], _: TimeLexicon) -> Timex:
    text = match["n"].strip().lower()
    number = 0.5 if text.startswith("half") else read_number(text)
    unit = _unit(match["unit"])
    return Timex(match.group(), TimexKind.DURATION, value=_duration_value(number, unit), unit=unit)


def _read_year(match: re.Match[str], _: TimeLexicon) -> Timex:
    return Timex(match.group(), TimexKind.DATE, value=match["y"], unit="year", modifier=_edge(match["edge"]))


def _read_clock(match: re.Match[str], _: TimeLexicon) -> Timex:
    hour = int(match["h"]) % 12 + 12 if match["ap"][:1].lower() == "p" else int(match["h"])
    return Timex(match.group(), TimexKind.TIME, unit="day", offset=0.0, part=f"T{hour:02d}:{match['min'] or '00'}")


def _read_noon(match: re.Match[str], _: TimeLexicon) -> Timex:
    part = "T12:00" if match["word"].lower() == "noon" else "T24:00"
    return Timex(match.group(), TimexKind.TIME, unit="day", offset=0.0, part=part)


def _read_holiday(match: re.Match[str], lexicon: TimeLexicon) -> Timex:
    day = lexicon.holidays[match["word"].lower().replace("’", "'")]
    return Timex(match.group(), TimexKind.DATE, value=f"XXXX-{day}", unit="day", name=match["word"].lower())


def _read_ref(match: re.Match[str], _: TimeLexicon) -> Timex:
    value = "PRESENT_REF" if match["present"] else "PAST_REF" if match["past"] else "FUTURE_REF"
    return Timex(match.group(), TimexKind.DATE, value=value)


READERS: dict[str, Callable[[re.Match[str], TimeLexicon], Timex | None]] = {
    "iso": _read_iso,
    "slash": _read_slash,
    "month_day": _read_month_day,
    "month": _read_month,
    "weekday": _read_weekday,
    "relative_day": _read_relative_day,
    "part": _read_part,
    "quarter": _read_quarter,
    "fiscal": _read_fiscal,
    "ago": _read_ago,
    "year_earlier": _read_year_earlier,
    "running": _read_running,
    "span": _read_span,
    "unit": _read_unit,
    "season": _read_season,
    "set": _read_set,
    "decade": _read_decade,
    "century": _read_century,
    "duration": _read_duration,
    "year": _read_year,
    "clock": _read_clock,
    "noon": _read_noon,
    "holiday": _read_holiday,
    "ref": _read_ref,
}
