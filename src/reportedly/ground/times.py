"""Time expressions to calendar intervals, anchored on the publication time where the words alone do not fix them.

A publication time is never an event time by default, and one that is only a bound or not reliable anchors nothing.
"""

import calendar
import math
from datetime import date, timedelta

from reportedly.records.claim import Timex, TimexKind
from reportedly.records.document import Document, TimePrecision
from reportedly.records.grounding import CalendarInterval

_WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_SEASON_CODES = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
_SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
_SPAN_DAYS = {
    "second": 1 / 86400,
    "minute": 1 / 1440,
    "hour": 1 / 24,
    "day": 1,
    "week": 7,
    "fortnight": 14,
    "month": 30.44,
    "quarter": 91.31,
    "year": 365.25,
    "decade": 3652.5,
}
_SOON = 31
"""Days that a date without a year may lie ahead of a report that does not look ahead."""
_DAYS = {"day": 1, "week": 7, "fortnight": 14, "weekend": 7}
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200, "season": 12}


def ground_time(timex: Timex, document: Document) -> CalendarInterval | None:
    """Resolve one time expression.

    Args:
        timex: As extraction read it.
        document: Its publication time is the anchor, where it is a reliable day.

    Returns:
        A calendar interval with its TIMEX3 value; None for repeated and vague times, for durations that neither end nor
        begin with the report, and for what needs an anchor that is not there.
    """
    anchor = find_anchor(document)
    if timex.kind is TimexKind.DURATION:
        return _ground_span(timex, anchor)
    value = find_value(timex, anchor)
    if value is None:
        return None
    bounds = find_bounds(value)
    if bounds is None:
        return None
    if (
        timex.modifier == "since"
        and anchor is not None
        and bounds[0] > anchor
        and (timex.value or "").startswith("XXXX")
    ):
        # What has gone on "since January" began before the report.
        value = f"{bounds[0].year - 1}{value[4:]}"
        bounds = find_bounds(value) or bounds
    start, end, precision = bounds
    if anchor is not None and timex.modifier == "early" and timex.offset == 0 and start <= anchor:
        # "Earlier this week" ends where the report stands.
        end = min(end, anchor)
    if anchor is not None and timex.modifier == "ago" and timex.unit == "week" and abs(timex.offset or 0) == 1:
        start = end = anchor + timedelta(days=round(7 * (timex.offset or 0)))
        precision = "day"
    named = timex.value is not None and not timex.value.startswith("XXXX")
    anchored = "text" if named else "published"
    first, last = start.isoformat(), end.isoformat()
    if timex.modifier == "since":
        return CalendarInterval(first, None, precision, value, anchored)
    if timex.modifier in ("until", "by"):
        return CalendarInterval(None, last, precision, value, anchored)
    if timex.modifier == "before":
        return CalendarInterval(None, (start - timedelta(days=1)).isoformat(), precision, value, anchored)
    if timex.modifier == "after":
        return CalendarInterval(first, None, precision, value, anchored)
    return CalendarInterval(first, last, precision, value, anchored)


def _ground_span(timex: Timex, anchor: date | None) -> CalendarInterval | None:
    """Resolve a span that ends or begins with the report ("in the past four days")."""
    if anchor is None or timex.offset is None or timex.unit is None or timex.value is None:
        return None
    days = _SPAN_DAYS.get(timex.unit, 0.0) * timex.offset
    if not 0 < abs(days) < 50_000:
        return None
    other = anchor + timedelta(days=-math.ceil(-days) if days < 0 else math.ceil(days))
    first, last = min(anchor, other), max(anchor, other)
    return CalendarInterval(first.isoformat(), last.isoformat(), "day", timex.value, "published")


def find_anchor(document: Document) -> date | None:
    """Return the day that relative expressions count from, or None."""
    published = document.published
    if published is None or published.not_before or not published.reliable:
        return None
    if published.precision is TimePrecision.MONTH:
        return None
    return date.fromisoformat(published.time[:10])


def format_date(interval: CalendarInterval) -> str | None:
    """Write an interval as the codebook does: ``2025-10-31``, ``2025-10``, ``2025``, ``A/B``, ``A/..`` or ``../B``."""
    start, end = interval.start, interval.end
    cut = {"day": 10, "month": 7, "year": 4}.get(interval.precision, 10)
    if start is not None and end is None:
        return f"{start[:cut]}/.."
    if start is None:
        return f"../{end[:cut]}" if end is not None else None
    if interval.precision in ("month", "year") or start == end:
        return start[:cut]
    return f"{start}/{end}"


def find_value(timex: Timex, anchor: date | None) -> str | None:
    """Return the TIMEX3 value of an expression; None where it takes an anchor that is not there."""
    value = timex.value
    if timex.kind is TimexKind.SET:
        return value
    if value is not None and value.startswith("XXXX"):
        value = _fill_year(value, timex, anchor)
    elif value is None:
        value = _count(timex, anchor)
    if value is not None and timex.part is not None:
        return f"{value}{timex.part}"
    return value


def _fill_year(value: str, timex: Timex, anchor: date | None) -> str | None:
    """Give a day, month or quarter without a year the year that lies nearest, backward where it does not matter."""
    if anchor is None:
        return None
    rest = value[5:]
    if rest.startswith("Q"):
        quarter = (anchor.month - 1) // 3 + 1
        earlier = timex.modifier == "ago"
        if timex.offset is not None and not earlier:
            return f"{anchor.year + int(timex.offset)}-{rest}"
        return f"{anchor.year - (int(rest[1]) > quarter) - earlier}-{rest}"
    month = int(rest[:2])
    if not 1 <= month <= 12:
        return None
    if timex.unit == "year" and timex.offset is not None:
        return f"{anchor.year + int(timex.offset)}-{rest}"
    day = int(rest[3:5]) if len(rest) > 2 else 15
    if timex.offset is not None and timex.unit == "month":
        year, stressed = anchor.year, timex.text.lower().startswith(("last", "next"))
        if timex.offset < 0:
            year -= month > anchor.month or (stressed and month == anchor.month)
        elif timex.offset > 0:
            year += month < anchor.month or (stressed and month == anchor.month)
        return f"{year}-{rest}"

    def distance(year: int) -> tuple[int, int]:
        last = calendar.monthrange(year, month)[1]
        days = (date(year, month, min(day, last)) - anchor).days
        return (abs(days) + (100 if days > _SOON and not timex.offset else 0), -year)

    return f"{min((anchor.year - 1, anchor.year, anchor.year + 1), key=distance)}-{rest}"


def _count(timex: Timex, anchor: date | None) -> str | None:
    if anchor is None:
        return None
    if timex.unit == "holiday":
        return _find_holiday(timex.name or "", anchor).isoformat()
    if timex.name == "weekend":
        year, week, _ = (anchor - timedelta(days=5)).isocalendar()
        return f"{year}-W{week:02d}-WE"
    if timex.name in _WEEKDAYS:
        return _find_weekday(timex, anchor).isoformat()
    if timex.unit is None or timex.offset is None:
        if timex.unit == "season" and timex.name in _SEASON_CODES:
            return f"{anchor.year}-{_SEASON_CODES[timex.name]}"
        return None
    if timex.unit == "season" and timex.name in _SEASON_CODES:
        return _find_season(_SEASON_CODES[timex.name], int(timex.offset), anchor)
    if timex.unit in ("second", "minute", "hour"):
        return anchor.isoformat()
    if timex.unit in _DAYS:
        return _count_days(timex, anchor)
    months = round(_MONTHS[timex.unit] * timex.offset)
    index = anchor.year * 12 + anchor.month - 1 + months
    year, month = divmod(index, 12)
    if year < 1:
        return None
    match timex.unit:
        case "quarter":
            return f"{year}-Q{month // 3 + 1}"
        case "year" if timex.modifier != "ago" or float(timex.offset).is_integer():
            return str(year)
        case "decade":
            return str(year)[:3]
        case "century":
            return str(year)[:2]
    return f"{year}-{month + 1:02d}"


def _find_season(code: str, offset: int, anchor: date) -> str:
    """Return the last season of a name that is over, the next that has not begun, or that of the anchor's year."""
    year = anchor.year
    low, high = _SEASON_MONTHS[code]
    if offset < 0:
        ended = year + (high < low)
        year -= _month_end(ended, high) >= anchor
    elif offset > 0:
        year += date(year, low, 1) <= anchor
    return f"{year}-{code}"


def _count_days(timex: Timex, anchor: date) -> str | None:
    if timex.offset is None or timex.unit is None or abs(timex.offset) > 50_000:
        return None
    day = anchor + timedelta(days=round(_DAYS[timex.unit] * timex.offset))
    if timex.unit == "day":
        return day.isoformat()
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}" + ("-WE" if timex.unit == "weekend" else "")


def _find_weekday(timex: Timex, anchor: date) -> date:
    """A bare weekday is the last one up to the day of publication; one that looks ahead the next after it."""
    target = _WEEKDAYS[timex.name or ""]
    back = (anchor.weekday() - target) % 7
    if timex.offset is not None and timex.offset > 0:
        # A paper of Sunday that says "will meet on Sunday" means its own day, "next Sunday" the one after.
        today = 7 if timex.text.lower().startswith("next") else 0
        return anchor + timedelta(days=(7 - back) if back else today)
    if timex.offset is not None and timex.offset < 0 and back == 0:
        back = 7
    return anchor - timedelta(days=back)


def _find_holiday(name: str, anchor: date) -> date:
    """Return the movable feast nearest the anchor: Thanksgiving (United States), Easter and Good Friday (Western)."""
    days = []
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        if name == "thanksgiving":
            first = date(year, 11, 1)
            days.append(first + timedelta(days=(3 - first.weekday()) % 7 + 21))
        else:
            days.append(_find_easter(year) - timedelta(days=2 if name == "good-friday" else 0))
    return min(days, key=lambda day: abs((day - anchor).days))


def _find_easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar, by the algorithm of Oudin (1940)."""
    golden = year % 19
    century = year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    epact -= epact // 28 * (1 - epact // 28 * (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + epact + 2 - century + century // 4) % 7
    from_march = epact - weekday
    month = 3 + (from_march + 40) // 44
    return date(year, month, from_march + 28 - 31 * (month // 4))


def find_bounds(value: str) -> tuple[date, date, str] | None:
    """Return first day, last day and precision of a TIMEX3 calendar value.

    None for durations, vague values and days that no calendar has (month 13, week 60, year 10000).
    """
    try:
        return _read_bounds(value)
    except (ValueError, OverflowError):
        return None


def _read_bounds(value: str) -> tuple[date, date, str] | None:
    value = value.partition("T")[0]
    parts = value.split("-")
    if not parts[0].isdigit():
        return None
    if len(parts[0]) < 4:
        factor, precision = (10, "decade") if len(parts[0]) == 3 else (100, "century")
        first = int(parts[0]) * factor
        return (date(first, 1, 1), date(first + factor - 1, 12, 31), precision) if first else None
    year = int(parts[0])
    if year < 1:
        return None
    if len(parts) == 1:
        return date(year, 1, 1), date(year, 12, 31), "year"
    code = parts[1]
    if code.startswith("W") and code[1:].isdigit():
        monday = date.fromisocalendar(year, int(code[1:]), 1)
        first_day = monday + timedelta(days=5) if parts[-1] == "WE" else monday
        return first_day, monday + timedelta(days=6), "week"
    if code.startswith("Q") and code[1:].isdigit():
        month = 3 * int(code[1:]) - 2
        return date(year, month, 1), _month_end(year, month + 2), "quarter"
    if code in _SEASON_MONTHS:
        low, high = _SEASON_MONTHS[code]
        return date(year, low, 1), _month_end(year + (high < low), high), "quarter"
    if not code.isdigit() or not 1 <= int(code) <= 12:
        return None
    if len(parts) == 2:
        return date(year, int(code), 1), _month_end(year, int(code)), "month"
    last = calendar.monthrange(year, int(code))[1]
    day = date(year, int(code), min(int(parts[2]), last)) if parts[2].isdigit() and int(parts[2]) else None
    return (day, day, "day") if day is not None else None


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
