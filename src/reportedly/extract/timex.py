"""Readers of time expressions: one function a pattern of the grammar, which reads a match into a ``Timex``."""

import re
from collections.abc import Callable

from reportedly.extract.numbers import read_number
from reportedly.extract.time_lexicon import UNIT_CODES, TimeLexicon
from reportedly.records.claim import Timex, TimexKind

_DIRECTION = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "the": 0, "same": 0, "next": 1}
_DIRECTION |= {"coming": 1, "following": 1, "latest": 0, "earlier": -1, "preceding": -1, "later": 1}
_SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}


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
    short = match["month"].lower() not in lexicon.long_months
    if short and not match["month"].endswith(".") and not (groups["dir"] or groups.get("y")):
        return None
    if match["month"] in ("May", "March") and not (groups["dir"] or groups["edge"] or groups.get("y")):
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
            "last",
            "early",
            "late",
            "mid",
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


def _read_month_of_year(match: re.Match[str], lexicon: TimeLexicon) -> Timex:
    """Read "June last year": a month of the year before, of or after the anchor's."""
    month = lexicon.months[match["month"].lower().rstrip(".")]
    offset = float(_DIRECTION[match["dir"].lower()])
    return Timex(
        match.group(),
        TimexKind.DATE,
        value=f"XXXX-{month:02d}",
        unit="year",
        offset=offset,
        name=match["month"],
        modifier=_edge(match["edge"]),
    )


def _read_running_year(match: re.Match[str], _: TimeLexicon) -> Timex:
    return Timex(match.group(), TimexKind.DATE, unit="year", offset=0.0)


def _read_end_of(match: re.Match[str], _: TimeLexicon) -> Timex:
    return Timex(match.group(), TimexKind.DATE, unit=match["unit"].lower(), offset=0.0, modifier="late")


def _read_recent(match: re.Match[str], _: TimeLexicon) -> Timex:
    unit = _unit(match["unit"])
    return Timex(match.group(), TimexKind.DURATION, value=_duration_value(None, unit), unit=unit)


def _read_weekend(match: re.Match[str], _: TimeLexicon) -> Timex:
    """Read "the weekend": that of a report is the last one."""
    return Timex(match.group(), TimexKind.DATE, unit="weekend", name="weekend")


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
    groups = match.groupdict()
    offset = float(_DIRECTION[groups["dir"].lower()]) if groups.get("dir") else None
    value = f"{groups.get('y') or 'XXXX'}-Q{number}"
    return Timex(match.group(), TimexKind.DATE, value=value, unit="quarter", offset=offset)


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
    code = UNIT_CODES[unit]
    if unit in ("decade", "century") and number is not None:
        # TIMEX3 counts long spans in years.
        code, number = "Y", number * (10 if unit == "decade" else 100)
    if unit == "fortnight":
        number = None if number is None else 2 * number
    amount = "X" if number is None else f"{number:g}"
    return f"PT{amount}{code[1:]}" if code in ("TS", "TM", "TH") else f"P{amount}{code}"


def _read_span(match: re.Match[str], _: TimeLexicon) -> Timex:
    number = read_number(match["n"].replace("couple of", "two"))
    unit = _unit(match["unit"])
    sign = {"past": -1, "last": -1, "previous": -1, "recent": -1, "next": 1, "coming": 1}.get(match["dir"].lower())
    offset = sign * number if sign and number is not None and not match["y"] else None
    return Timex(match.group(), TimexKind.DURATION, value=_duration_value(number, unit), unit=unit, offset=offset)


def _read_rolling(match: re.Match[str], _: TimeLexicon) -> Timex:
    """Read "the past week", "over the last week": days up to the report, not those of the calendar week before."""
    unit = _unit(match["unit"])
    offset = -1.0 if match["past"] or (match["dir"] or "").lower() == "last" else 1.0
    return Timex(match.group(), TimexKind.DURATION, value=_duration_value(1, unit), unit=unit, offset=offset)


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


def _read_set(match: re.Match[str], lexicon: TimeLexicon) -> Timex:
    word = (match["unit2"] or match["word"]).lower()
    if word in lexicon.weekdays:
        return Timex(match.group(), TimexKind.SET, value=f"XXXX-WXX-{lexicon.weekdays[word] + 1}")
    if word.rstrip(".") in lexicon.months:
        return Timex(match.group(), TimexKind.SET, value=f"XXXX-{lexicon.months[word.rstrip('.')]:02d}")
    value = {"hourly": "PT1H", "yearly": "P1Y", "annually": "P1Y", "year": "P1Y"}.get(word, f"P1{word[0].upper()}")
    return Timex(match.group(), TimexKind.SET, value=value)


def _read_decade(match: re.Match[str], _: TimeLexicon) -> Timex:
    groups = match.groupdict()
    value = groups["y"][:3] if groups.get("y") else "19" + groups["short"][0]
    return Timex(match.group(), TimexKind.DATE, value=value, unit="decade", modifier=_edge(groups.get("edge")))


def _read_century(match: re.Match[str], _: TimeLexicon) -> Timex:
    return Timex(match.group(), TimexKind.DATE, value=str(int(match["n"]) - 1), unit="century")


def _read_duration(match: re.Match[str], lexicon: TimeLexicon) -> Timex | None:
    groups = match.groupdict()
    text = match["n"].strip().lower()
    unit = _unit(match["unit"])
    if text in ("a", "an") and match.group().lower().startswith(("a ", "an ")) and not groups.get("half"):
        before = match.string[: match.start()].split()[-1:] or [""]
        # "Five flights a week" is a rate, "a second blast" no time at all.
        if before[0].lower() not in lexicon.spanning or unit == "second":
            return None
    whole = re.sub(r" (?:1/2|and a half)$", "", text)
    number = 0.5 if whole.startswith(("half", "a half")) else read_number(whole.replace("a couple of", "two"))
    if number is not None and (whole != text or groups.get("half")):
        return Timex(match.group(), TimexKind.DURATION, value=_halve(number, unit), unit=unit)
    return Timex(match.group(), TimexKind.DURATION, value=_duration_value(number, unit), unit=unit)


def _halve(number: float, unit: str) -> str:
    """Write a number and a half of a unit as TIMEX3 does ("P2Y6M"), or as a decimal where it has no form for it."""
    half = {"year": "6M", "minute": "30S", "hour": "30M", "day": "T12H"}.get(unit)
    return f"{_duration_value(number, unit)}{half}" if half else _duration_value(number + 0.5, unit)


def _read_year(match: re.Match[str], _: TimeLexicon) -> Timex:
    return Timex(match.group(), TimexKind.DATE, value=match["y"], unit="year", modifier=_edge(match["edge"]))


def _read_clock(match: re.Match[str], lexicon: TimeLexicon) -> Timex:
    half = match["ap"][:1].lower()
    hour = int(match["h"]) % 12 + (12 if half == "p" else 0) if half else int(match["h"])
    return _at(match, f"T{hour:02d}:{match['min'] or '00'}", lexicon)


def _read_noon(match: re.Match[str], lexicon: TimeLexicon) -> Timex:
    return _at(match, "T24:00" if match["word"].lower() == "midnight" else "T12:00", lexicon)


def _at(match: re.Match[str], part: str, lexicon: TimeLexicon) -> Timex:
    """Return a time of the day that the match names ("10 p.m. Wednesday"), or of the anchor's."""
    if match["month"]:
        month, day_number = lexicon.months[match["month"].lower().rstrip(".")], int(re.sub(r"\D", "", match["d"]))
        value = f"XXXX-{month:02d}-{day_number:02d}"
        return Timex(match.group(), TimexKind.TIME, value=value, unit="day", name=match["month"], part=part)
    day = (match["day"] or "").lower()
    offset = {"": 0.0, "today": 0.0, "yesterday": -1.0, "tomorrow": 1.0}.get(day)
    name = day if offset is None else None
    return Timex(match.group(), TimexKind.TIME, unit="day", offset=offset, name=name, part=part)


def _read_holiday(match: re.Match[str], lexicon: TimeLexicon) -> Timex:
    day = lexicon.holidays[match["word"].lower().replace("’", "'")]
    if not day[0].isdigit():
        return Timex(match.group(), TimexKind.DATE, unit="holiday", name=day)
    return Timex(match.group(), TimexKind.DATE, value=f"XXXX-{day}", unit="day", name=match["word"].lower())


def _read_ref(match: re.Match[str], _: TimeLexicon) -> Timex:
    value = "PRESENT_REF" if match["present"] else "PAST_REF" if match["past"] else "FUTURE_REF"
    return Timex(match.group(), TimexKind.DATE, value=value)


READERS: dict[str, Callable[[re.Match[str], TimeLexicon], Timex | None]] = {
    "iso": _read_iso,
    "slash": _read_slash,
    "month_day": _read_month_day,
    "month": _read_month,
    "month_of_year": _read_month_of_year,
    "running_year": _read_running_year,
    "weekend": _read_weekend,
    "end_of": _read_end_of,
    "recent": _read_recent,
    "weekday": _read_weekday,
    "relative_day": _read_relative_day,
    "part": _read_part,
    "quarter": _read_quarter,
    "fiscal": _read_fiscal,
    "ago": _read_ago,
    "year_earlier": _read_year_earlier,
    "running": _read_running,
    "rolling": _read_rolling,
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
