"""Publication times as written, read without guessing: what the words leave open stays open."""

import re
import warnings
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

import msgspec
from dateutil import parser as dateutil

from reportedly.records.document import TimePrecision

MAX_CHARS = 60
FIRST_YEAR, LAST_YEAR = 1980, 2100
"""Before lie the zero dates of publishing systems (1970-01-01), after it nothing that was published."""

EPOCH_DIGITS = (10, 13)
_ISO_DAY = re.compile(r"\s*(\d{4})-(\d{1,2})(?:-(\d{1,2}))?\s*$")
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?P<seconds>:\d{2})?|T\d{4}(?P<packed>\d{2})?|\d\s*[ap]\.?m\b", re.IGNORECASE)
_NUMERIC = re.compile(r"\s*(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)|(?<!\d)20\d{6}(?!\d)")
_SPACED_T = re.compile(r"(?<=\d)\s+T\s+(?=\d)")
_PROBES = (datetime(2000, 1, 1), datetime(2002, 3, 5))  # noqa: DTZ001 - fields missing from the words show as differences

# Zone names that mean one offset only in news use; dateutil would ignore them.
_ZONES: dict[str, tzinfo] = {
    name: timezone(timedelta(hours=hours))
    for name, hours in {
        "UTC": 0,
        "GMT": 0,
        "Z": 0,
        "EST": -5,
        "EDT": -4,
        "CDT": -5,
        "MDT": -6,
        "PST": -8,
        "PDT": -7,
        "CET": 1,
        "CEST": 2,
        "EET": 2,
        "EEST": 3,
        "MSK": 3,
    }.items()
}


class When(msgspec.Struct, frozen=True):
    """A time as read: ISO 8601, how finely, and whether the words leave only one reading."""

    time: str
    precision: TimePrecision
    certain: bool = True


def read_when(words: str) -> When | None:
    """Read a publication time.

    A time of day without a zone is left out, because it could be any day's; so is midnight, which publishing systems
    write for "some time that day". Where day and month could be swapped, the American reading is given as uncertain.

    Returns:
        UTC to the second or minute, a day, or a month; None where the words do not say at least year and month.
    """
    words = " ".join(words.split())
    if not words or len(words) > MAX_CHARS:
        return None
    if words.isdigit() and len(words) in EPOCH_DIGITS:
        return read_epoch(words)
    if plain := _ISO_DAY.match(words):
        return _read_day(int(plain.group(1)), int(plain.group(2)), plain.group(3))
    if not _YEAR.search(words) and not _NUMERIC.match(words):
        return None
    words = _SPACED_T.sub("T", words)
    first, second = (_probe(words, day_first) for day_first in (False, True))
    if _NUMERIC.match(words) and first is not None and first != second:
        return When(first.time[:10], TimePrecision.DAY, certain=False)
    return first


def read_epoch(digits: str) -> When | None:
    """Read seconds (10 digits) or milliseconds (13) since 1970; None where that lies outside the years of the web."""
    seconds = int(digits) // (1000 if len(digits) == max(EPOCH_DIGITS) else 1)
    moment = datetime.fromtimestamp(seconds, UTC)
    if not 2000 <= moment.year < LAST_YEAR:
        return None
    return When(moment.strftime("%Y-%m-%dT%H:%M:%SZ"), TimePrecision.SECOND)


def _read_day(year: int, month: int, day: str | None) -> When | None:
    try:
        found = date(year, month, int(day or 1))
    except ValueError:
        return None
    if not FIRST_YEAR <= year < LAST_YEAR:
        return None
    if day is None:
        return When(f"{found:%Y-%m}", TimePrecision.MONTH)
    return When(found.isoformat(), TimePrecision.DAY)


def _probe(words: str, day_first: bool) -> When | None:
    """Parse on two different defaults: a field that differs was not in the words."""
    found: list[datetime] = []
    for default in _PROBES:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                moment = dateutil.parse(words, default=default, dayfirst=day_first, tzinfos=_ZONES)
        except (ValueError, OverflowError, TypeError, AttributeError):
            return None
        found.append(moment)
    one, two = found
    if one.year != two.year or one.month != two.month or not FIRST_YEAR <= one.year < LAST_YEAR:
        return None
    if one.day != two.day:
        return When(f"{one:%Y-%m}", TimePrecision.MONTH)
    clock = _CLOCK.search(words)
    midnight = (one.hour, one.minute, one.second) == (0, 0, 0)
    if clock is None or one.utcoffset() is None or midnight:
        return When(f"{one:%Y-%m-%d}", TimePrecision.DAY)
    try:
        moment = one.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    if clock.group("seconds") or clock.group("packed"):
        return When(moment.strftime("%Y-%m-%dT%H:%M:%SZ"), TimePrecision.SECOND)
    return When(moment.strftime("%Y-%m-%dT%H:%MZ"), TimePrecision.MINUTE)
