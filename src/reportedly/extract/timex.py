"""Readers of time expressions: one function a pattern of the grammar, which reads a match into a ``Timex``."""

import re
from collections.abc import Callable

import msgspec

from reportedly.extract.numbers import read_number
from reportedly.extract.time_lengths import (
    duration_value,
    read_duration,
    read_recent,
    read_rolling,
    read_span,
    read_unit,
    read_whole,
)
from reportedly.extract.time_lexicon import TimeLexicon
from reportedly.records.claim import Timex, TimexKind

_DIRECTION = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "the": 0, "same": 0, "next": 1}
_DIRECTION |= {"coming": 1, "future": 1, "following": 1, "latest": 0, "earlier": -1, "preceding": -1, "later": 1}
_SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}


def _year(match: re.Match[str]) -> str | None:
    """Return the year of a match in digits ("1984" for "nineteen eighty-four"); None without one."""
    words = match.groupdict().get("y")
    if words is None or words.isdigit():
        return words
    century, _, rest = re.sub(r"[\s-]+", " ", words.lower()).partition(" ")
    return f"{read_number(century) or 0:.0f}{read_number(rest.removeprefix('oh ')) or 0:02.0f}"


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
    value = f"{_year(match) or 'XXXX'}-{month:02d}-{day:02d}"
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
    value = f"{_year(match) or 'XXXX'}-{month:02d}"
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


def _read_running_unit(match: re.Match[str], _: TimeLexicon) -> Timex:
    """Read "for the year", "later in the week": those that run as the report is written."""
    return Timex(match.group(), TimexKind.DATE, unit=match["unit"].lower(), offset=0.0, modifier=_edge(match["edge"]))


def _read_same(match: re.Match[str], lexicon: TimeLexicon) -> Timex:
    """Read "the same day", "later that year": the one last named, which the text before has to give."""
    unit, part = match["unit"].lower(), lexicon.parts.get(match["unit"].lower())
    offset = 0.0 if match["word"].lower() in ("same", "the same") else None
    kind = TimexKind.TIME if part else TimexKind.DATE
    unit = "day" if part else unit
    return Timex(match.group(), kind, unit=unit, offset=offset, modifier=_edge(match["edge"]), part=part)


def _read_beside(match: re.Match[str], lexicon: TimeLexicon) -> Timex:
    """Read "the following day", "the previous month": the one beside that last named."""
    word, named = (match["dir"] or match["dir2"]).lower(), (match["unit"] or match["unit2"]).lower()
    part = lexicon.parts.get(named)
    kind = TimexKind.TIME if part else TimexKind.DATE
    return Timex(match.group(), kind, unit="day" if part else named, offset=float(_DIRECTION[word]), part=part)


def _read_end_of(match: re.Match[str], _: TimeLexicon) -> Timex:
    return Timex(match.group(), TimexKind.DATE, unit=match["unit"].lower(), offset=0.0, modifier="late")


def _read_weekend(match: re.Match[str], _: TimeLexicon) -> Timex:
    """Read "the weekend": that of a report is the last one."""
    return Timex(match.group(), TimexKind.DATE, unit="weekend", name="weekend")


def _edge(word: str | None) -> str | None:
    if not word:
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
    offset = {"last": -1.0, "past": -1.0, "next": 1.0, "coming": 1.0}.get(word)
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
    value = f"{_year(match) or 'XXXX'}-Q{number}"
    return Timex(match.group(), TimexKind.DATE, value=value, unit="quarter", offset=offset)


def _read_year_quarter(match: re.Match[str], _: TimeLexicon) -> Timex:
    """Read "the 2030 period": which quarter it is, the text before says, where it says it."""
    return Timex(match.group(), TimexKind.DATE, value=_year(match), unit="year")


def _read_fiscal(match: re.Match[str], _: TimeLexicon) -> Timex:
    return Timex(match.group(), TimexKind.DATE, value=_year(match), unit="year")


def _read_ago(match: re.Match[str], _: TimeLexicon) -> Timex:
    unit = read_unit(match["unit"] or match["n"])
    number = read_number(match["n"]) if match["unit"] else None
    word = match["dir"].lower()
    sign = 1 if word in ("later", "from now") else -1
    if (word == "later" and number is None and match["unit"]) or (word == "before" and match["bound"] is not None):
        # "Two days before the vote" counts from the vote, not from the report: what it says is how long.
        return Timex(match.group(), TimexKind.DURATION, value=duration_value(number, unit), unit=unit)
    if number is None:
        value = "FUTURE_REF" if sign > 0 else "PAST_REF"
        return Timex(match.group(), TimexKind.DATE, value=value, unit=unit, offset=3.0 * sign)
    return Timex(match.group(), TimexKind.DATE, unit=unit, offset=sign * number, modifier="ago")


def _read_year_earlier(match: re.Match[str], lexicon: TimeLexicon) -> Timex:
    if match["ord"]:
        return msgspec.structs.replace(_read_quarter(match, lexicon), modifier="ago")
    return Timex(match.group(), TimexKind.DATE, unit="year", offset=-1.0, modifier="ago")


def _read_running(match: re.Match[str], _: TimeLexicon) -> Timex:
    """A "quarter" that a report speaks of is the last one completed."""
    return Timex(match.group(), TimexKind.DATE, unit="quarter", offset=-1.0)


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
    year, word = _year(match), groups.get("dir")
    value = f"{year}-{_SEASONS[match['season'].lower()]}" if year else None
    offset = float(_DIRECTION[word.lower()]) if word else None
    return Timex(match.group(), TimexKind.DATE, value=value, unit="season", name=match["season"].lower(), offset=offset)


def _read_set(match: re.Match[str], lexicon: TimeLexicon) -> Timex:
    groups = match.groupdict()
    word = (match["unit2"] or groups.get("unit3") or match["word"]).lower()
    if word in lexicon.weekdays:
        part = groups.get("part") or groups.get("part3")
        value = f"XXXX-WXX-{lexicon.weekdays[word] + 1}{lexicon.parts[part.lower()] if part else ''}"
        return Timex(match.group(), TimexKind.SET, value=value)
    if word.rstrip(".") in lexicon.months:
        return Timex(match.group(), TimexKind.SET, value=f"XXXX-{lexicon.months[word.rstrip('.')]:02d}")
    value = "PT1H" if word in ("hourly", "hour") else f"P1{word[0].upper()}"
    return Timex(match.group(), TimexKind.SET, value=value)


def _read_decade(match: re.Match[str], lexicon: TimeLexicon) -> Timex:
    groups = match.groupdict()
    if groups.get("name"):
        value = lexicon.decades[groups["name"].lower()]
    else:
        value = groups["y"][:3] if groups.get("y") else "19" + groups["short"][0]
    return Timex(match.group(), TimexKind.DATE, value=value, unit="decade", modifier=_edge(groups.get("edge")))


def _read_century(match: re.Match[str], _: TimeLexicon) -> Timex:
    return Timex(match.group(), TimexKind.DATE, value=str(int(match["n"]) - 1), unit="century")


def _read_year(match: re.Match[str], _: TimeLexicon) -> Timex:
    value = _year(match)
    if value is None:
        value = f"{read_number(match['y2']) or 0:.0f}"
    return Timex(match.group(), TimexKind.DATE, value=value, unit="year", modifier=_edge(match["edge"]))


def _read_clock(match: re.Match[str], lexicon: TimeLexicon) -> Timex:
    half = match["ap"][:1].lower()
    hour = int(read_number(match["h"]) or 0)
    if half and not match["ap"].lower().startswith(("in", "at")):
        hour = hour % 12 + (12 if half == "p" else 0)
    elif half:
        # "At night" is before dawn up to five.
        early = match["ap"].lower().endswith("morning") or (half == "a" and hour % 12 < 6)
        hour = hour % 12 + (0 if early else 12)
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


def _read_vague(match: re.Match[str], _: TimeLexicon) -> Timex:
    value = "PAST_REF" if match["dir"].lower() == "past" else "FUTURE_REF"
    return Timex(match.group(), TimexKind.DATE, value=value)


READERS: dict[str, Callable[[re.Match[str], TimeLexicon], Timex | None]] = {
    "iso": _read_iso,
    "slash": _read_slash,
    "month_day": _read_month_day,
    "month": _read_month,
    "month_of_year": _read_month_of_year,
    "running_year": _read_running_year,
    "weekend": _read_weekend,
    "running_unit": _read_running_unit,
    "whole": read_whole,
    "same": _read_same,
    "beside": _read_beside,
    "vague": _read_vague,
    "year_quarter": _read_year_quarter,
    "end_of": _read_end_of,
    "recent": read_recent,
    "weekday": _read_weekday,
    "relative_day": _read_relative_day,
    "part": _read_part,
    "quarter": _read_quarter,
    "fiscal": _read_fiscal,
    "ago": _read_ago,
    "year_earlier": _read_year_earlier,
    "running": _read_running,
    "rolling": read_rolling,
    "span": read_span,
    "unit": _read_unit,
    "season": _read_season,
    "set": _read_set,
    "decade": _read_decade,
    "century": _read_century,
    "duration": read_duration,
    "year": _read_year,
    "clock": _read_clock,
    "noon": _read_noon,
    "holiday": _read_holiday,
    "ref": _read_ref,
}
