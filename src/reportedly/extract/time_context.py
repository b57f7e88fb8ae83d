"""Time expressions that lean on one named before: "the same day", "the following month", "a year earlier".

What counts from another expression is written as that expression moved, so that grounding resolves both alike. What
leans on nothing that the text before names stays as its reader left it.
"""

import calendar
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

import msgspec

from reportedly.extract.mentions import TimeMention
from reportedly.extract.parse import Parse
from reportedly.extract.time_lengths import duration_value
from reportedly.records.claim import Timex, TimexKind

_REACH = 3
"""How many sentences before its own an expression is looked for, at most."""
_NEAR = 1
"""The same for what a narrative counts from its step before ("three days later")."""
_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS = {"month": 1, "year": 12, "decade": 120}
_ANY_YEAR = 2000
"""Stands for a year that is not named while days are counted; it has a 29 February."""
_EARLIER = "earlier"
_LENGTH = {"year": 4, "month": 7, "day": 10}
"""How much of a date names the unit."""


def read_in_context(parse: Parse, found: Sequence[TimeMention]) -> tuple[TimeMention, ...]:
    """Resolve what leans on an earlier expression.

    Args:
        parse: Of the document.
        found: Its time expressions in text order, each set by the rule that carries its reader's name.

    Returns:
        As many expressions in the same order; each leans on those before it as they were resolved.
    """
    read: list[TimeMention] = []
    for mention in found:
        resolve = _RESOLVERS.get(mention.field.by.removeprefix("rule:"))
        timex = resolve(parse, mention, read) if resolve is not None else None
        if timex is not None:
            mention = msgspec.structs.replace(mention, field=msgspec.structs.replace(mention.field, value=timex))
        read.append(mention)
    return tuple(read)


def _before(parse: Parse, mention: TimeMention, read: Sequence[TimeMention], reach: int) -> Iterator[Timex]:
    """Give the expressions of the sentences before, the nearest first, and of its own."""
    sentence = parse.tokens[mention.first].sentence
    for earlier in reversed(read):
        if sentence - parse.tokens[earlier.first].sentence > reach:
            return
        yield earlier.field.value


def _find_quarter(parse: Parse, mention: TimeMention, read: Sequence[TimeMention]) -> Timex | None:
    """Return the quarter that the text speaks of, not one that it is compared with."""
    for timex in _before(parse, mention, read, _REACH):
        if timex.unit == "quarter" and timex.kind is TimexKind.DATE and timex.modifier != "ago":
            return timex
    return None


def _compare(parse: Parse, mention: TimeMention, read: Sequence[TimeMention]) -> Timex | None:
    """Give "a year earlier" the period it is compared with, where a quarter was spoken of just before."""
    timex = mention.field.value
    if timex.modifier != "ago" or timex.unit != "year" or timex.offset != -1:
        return _count_from(parse, mention, read)
    period = _find_quarter(parse, mention, read)
    if period is None:
        return None
    if period.value is None:
        return msgspec.structs.replace(timex, unit="quarter", value=None, offset=(period.offset or 0.0) - 4)
    year, rest = period.value[:4], period.value[4:]
    value = f"{int(year) - 1:04d}{rest}" if year.isdigit() else period.value
    return msgspec.structs.replace(timex, unit="quarter", value=value, offset=-1.0)


def _name_quarter(parse: Parse, mention: TimeMention, read: Sequence[TimeMention]) -> Timex | None:
    """Give "the 2030 period" the number of the quarter spoken of."""
    timex, period = mention.field.value, _find_quarter(parse, mention, read)
    if period is None or period.value is None or timex.value is None:
        return None
    return msgspec.structs.replace(timex, unit="quarter", value=timex.value + period.value[4:])


def _repeat(parse: Parse, mention: TimeMention, read: Sequence[TimeMention]) -> Timex | None:
    """Give "the same day", "that year" what was last named."""
    timex = mention.field.value
    for earlier in _before(parse, mention, read, _REACH):
        named = _cut(earlier, timex.unit or "")
        if named is not None:
            # The quarter of a year ago stays so, whatever else is said of it.
            modifier = "ago" if named.modifier == "ago" else timex.modifier
            return msgspec.structs.replace(named, text=timex.text, kind=timex.kind, part=timex.part, modifier=modifier)
    return None


def _repeat_day(parse: Parse, mention: TimeMention, read: Sequence[TimeMention]) -> Timex | None:
    """Give "later in the day" the day last named; a week or a year that runs is that of the report."""
    return _repeat(parse, mention, read) if mention.field.value.unit == "day" else None


def _cut(timex: Timex, unit: str) -> Timex | None:
    """Return an expression as one of a unit; None where it names none, or one that only grounding can tell."""
    if timex.kind not in (TimexKind.DATE, TimexKind.TIME) or (timex.value or "").endswith("_REF"):
        return None
    if unit == "day":
        dated = timex.unit == "day" and (timex.offset is not None or timex.name or timex.value)
        return timex if dated or len(timex.value or "") == _LENGTH["day"] else None
    length = _LENGTH.get(unit)
    if timex.unit == unit and (timex.offset is not None if timex.value is None else len(timex.value) == (length or 7)):
        return timex
    if length is None or timex.value is None or len(timex.value) < length or timex.value.startswith("XXXX"):
        return None
    return msgspec.structs.replace(timex, value=timex.value[:length], unit=unit, name=None, offset=None)


def _stand_beside(parse: Parse, mention: TimeMention, read: Sequence[TimeMention]) -> Timex | None:
    """Give "the following day", "the previous month" the one beside that last named."""
    timex = mention.field.value
    moved = _move_last(parse, mention, read, round(timex.offset or 0), _REACH)
    if moved is not None:
        return msgspec.structs.replace(moved, text=timex.text, kind=timex.kind, part=timex.part, modifier=None)
    # "The previous day" of a report that names none is the day before it; what follows comes after no report.
    return msgspec.structs.replace(timex, offset=None) if (timex.offset or 0) > 0 else None


def _count_from(parse: Parse, mention: TimeMention, read: Sequence[TimeMention]) -> Timex | None:
    """Give "three days later", "a week earlier" the day that it counts from the one just named."""
    timex = mention.field.value
    later = timex.text.lower().endswith("later")
    if timex.modifier != "ago" or timex.unit is None or timex.offset is None or not (later or _EARLIER in timex.text):
        return None
    moved = None
    if timex.offset.is_integer():
        moved = _move_last(parse, mention, read, int(timex.offset), _NEAR)
    if moved is not None:
        return msgspec.structs.replace(moved, text=timex.text, kind=TimexKind.DATE, part=None, modifier=None)
    if not later:
        return None
    # Nothing happens days after the report that tells it: what is known is how long.
    value = duration_value(timex.offset, timex.unit)
    return Timex(timex.text, TimexKind.DURATION, value=value, unit=timex.unit)


def _move_last(parse: Parse, mention: TimeMention, read: Sequence[TimeMention], count: int, reach: int) -> Timex | None:
    unit = mention.field.value.unit
    for earlier in _before(parse, mention, read, reach):
        if unit in _DAYS:
            named = _cut(earlier, "day")
            if named is not None:
                return _move_days(named, count * _DAYS[unit])
        elif unit in _MONTHS:
            named = _cut(earlier, "year" if unit == "decade" else unit)
            if named is not None:
                return _move_months(named, count, unit)
    return None


def _move_days(timex: Timex, days: int) -> Timex | None:
    if timex.value is None and timex.name is None:
        return msgspec.structs.replace(timex, offset=(timex.offset or 0.0) + days)
    if timex.value is None:
        names = [name.lower() for name in calendar.day_name]
        if timex.name not in names or abs(days) >= len(names):
            return None
        return msgspec.structs.replace(timex, name=names[(names.index(timex.name) + days) % 7])
    year = timex.value[:4]
    try:
        day = date.fromisoformat(f"{_ANY_YEAR}{timex.value[4:]}" if year == "XXXX" else timex.value)
        day += timedelta(days=days)
    except (ValueError, OverflowError):
        return None
    return msgspec.structs.replace(timex, value=f"{year if year == 'XXXX' else day.year}-{day.month:02d}-{day.day:02d}")


def _move_months(timex: Timex, count: int, unit: str) -> Timex | None:
    if timex.value is None:
        return msgspec.structs.replace(timex, offset=(timex.offset or 0.0) + count)
    year, _, month = timex.value.partition("-")
    if unit != "month":
        years = count * _MONTHS[unit] // 12
        return msgspec.structs.replace(timex, value=f"{int(year) + years:04d}") if year.isdigit() else None
    if not month.isdigit():
        return None
    carried, rest = divmod(int(month) - 1 + count, 12)
    year = f"{int(year) + carried:04d}" if year.isdigit() else year
    return msgspec.structs.replace(timex, value=f"{year}-{rest + 1:02d}")


_RESOLVERS: dict[str, Callable[[Parse, TimeMention, Sequence[TimeMention]], Timex | None]] = {
    "ago": _compare,
    "year_earlier": _compare,
    "year_quarter": _name_quarter,
    "same": _repeat,
    "running_unit": _repeat_day,
    "beside": _stand_beside,
}
