"""When a document was published, and how that is known; never the time of reading."""

import calendar
import logging
import re
from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import urlsplit

from reportedly.clean.dates import FIRST_YEAR, LAST_YEAR, When, read_epoch, read_when
from reportedly.clean.metadata import PageFacts
from reportedly.errors import RecordError
from reportedly.records.document import Hints, Publication, TimePrecision
from reportedly.records.spans import Span

_log = logging.getLogger(__name__)

MAX_DISAGREEMENT_DAYS = 7
"""A page whose address and metadata lie further apart was moved or rewritten; neither is safe to count days from."""

HEAD_LINES = 8
MAX_BYLINE_CHARS = 140

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = rf"(?:{_MONTH}\s+{_NUMBER},?\s+\d{{4}}|{_NUMBER}\s+{_MONTH},?\s+\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})"
_TEXT_DATE = re.compile(_DATE + r"\b")
_OPENING = re.compile(
    r"\s*(?:(?:first\s+)?(?:published|posted|updated|issued|dated?|last\s+(?:updated|modified))\b|by\s|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|" + _DATE + r")",
    re.IGNORECASE,
)
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_PATH_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})[/\-_]([01]?\d|[a-z]{3})[/\-_]([0-3]?\d)(?!\d)", re.IGNORECASE)
_PATH_MONTH = re.compile(r"/((?:19|20)\d{2})/([01]?\d)(?=/)")
_PATH_PACKED = re.compile(r"(?<!\d)(20\d{2})([01]\d)([0-3]\d)(?!\d)")
_MILLISECONDS = re.compile(r"(?<!\d)\d{13}(?!\d)")
_SECONDS = re.compile(r"(?<!\d)1\d{9}(?!\d)")
"""Ids of ten digits are common; stamps from 2001 to 2033 begin with a 1, so that no id sets a bound decades ahead."""


def find_published(
    text: str,
    address: str,
    hints: Hints,
    facts: PageFacts,
    links: Sequence[tuple[str, int | None]],
) -> Publication | None:
    """Find the publication time; the first source that can be read wins.

    In order: what the user gave; metadata; markup; the feed or record it came in; the document's own address; a date
    in its byline or dateline; and, as a lower bound only, the latest stamp in the path of a page it links to. What
    cannot be read falls to the next source; of a feed or record, which a person wrote, a warning is logged.

    Args:
        text: The document's text.
        address: Its own address.
        hints: What its container said.
        facts: What its page says; empty for plain text.
        links: Addresses it links to, with the offset of those that are written out in the text.

    Raises:
        RecordError: the user gave a time that cannot be read.
    """
    if hints.given and hints.published is not None:
        when = read_when(hints.published)
        if when is None:
            raise RecordError(
                address, f"the publication time given, {hints.published!r}, cannot be read: write it as 2025-10-31"
            )
        return _publish(when, "given")
    own = _read_address(address)
    container = "record" if "#" in address else "feed"
    sources: tuple[tuple[str, Iterable[str | None]], ...] = (
        ("metadata", facts.metadata_times),
        ("markup", facts.markup_times),
        (container, (hints.published,)),
    )
    for known_by, values in sources:
        for value in values:
            if value and (when := read_when(value)):
                return _publish(when, known_by, reliable=_agrees(when, own))
    if hints.published is not None:
        _log.warning(
            "%s: its %s gives the publication time %r, which cannot be read and is left out; write it as 2025-10-31",
            address,
            container,
            hints.published[:60],
        )
    if own is not None:
        return _publish(own, "address")
    return _read_text(text) or _read_links(links)


def _publish(when: When, known_by: str, reliable: bool = True, span: Span | None = None) -> Publication:
    return Publication(when.time, when.precision, False, known_by, reliable and when.certain, span)


def _agrees(when: When, own: When | None) -> bool:
    if own is None or TimePrecision.MONTH in (own.precision, when.precision):
        return True
    apart = date.fromisoformat(when.time[:10]) - date.fromisoformat(own.time[:10])
    return not own.certain or abs(apart.days) <= MAX_DISAGREEMENT_DAYS


def _path(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return parts.path if parts.scheme in ("http", "https") else ""


def _read_address(address: str) -> When | None:
    """Read a day, month or stamp in a web address's own path; numbers that may be ids are uncertain."""
    path = _path(address)
    for year, month, day in _PATH_DAY.findall(path):
        number = _MONTHS.get(month.lower()) or (int(month) if month.isdigit() else 0)
        if when := _make_day(int(year), number, int(day)):
            return when
    if found := _PATH_MONTH.search(path):
        year, month = int(found.group(1)), int(found.group(2))
        if _make_day(year, month, 1):
            return When(f"{year:04d}-{month:02d}", TimePrecision.MONTH)
    for year, month, day in _PATH_PACKED.findall(path):
        if when := _make_day(int(year), int(month), int(day)):
            return When(when.time, when.precision, certain=False)
    if stamp := _find_stamp(path):
        when, place = stamp
        return When(when.time, when.precision, certain=place.end - place.start > len("1700000000"))
    return None


def _make_day(year: int, month: int, day: int) -> When | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return When(found.isoformat(), TimePrecision.DAY) if FIRST_YEAR <= year < LAST_YEAR else None


def _read_text(text: str) -> Publication | None:
    """Read a date with its year from the byline, the dateline or a line of its own at the head of a text."""
    position = lines = 0
    while position < len(text) and lines < HEAD_LINES:
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        line = text[position : min(end, position + MAX_BYLINE_CHARS)]
        lines += bool(line.strip())
        found = _TEXT_DATE.search(line)
        if found and _is_heading(line, found, end - position):
            when = read_when(found.group())
            if when is not None:
                span = Span(position + found.start(), position + found.end())
                return _publish(when, "text", span=span)
        position = end + 1
    return None


def _is_heading(line: str, found: re.Match[str], length: int) -> bool:
    """Say whether a line is a byline or opens with a dateline, so that the date in it is the report's own."""
    if length <= MAX_BYLINE_CHARS and _OPENING.match(line) and not line.rstrip().endswith((".", "?", "!")):
        return True
    before, after = line[: found.start()].rstrip(), line[found.end() :].lstrip()
    return before.endswith(",") and before[:-1].replace(",", "").isupper() and after[:1] in "(-–—"


def _find_stamp(path: str) -> tuple[When, Span] | None:
    """Return the latest stamp of a path and where it stands there; milliseconds, which no id looks like, go first."""
    for pattern in (_MILLISECONDS, _SECONDS):
        stamps = [
            (when, Span(*match.span())) for match in pattern.finditer(path) if (when := read_epoch(match.group()))
        ]
        if stamps:
            return max(stamps, key=lambda stamp: stamp[0].time)
    return None


def _read_links(links: Sequence[tuple[str, int | None]]) -> Publication | None:
    """Read the latest stamp in the paths of linked pages: who links to a page writes after it was made."""
    best: tuple[When, Span | None] | None = None
    for address, offset in links:
        path = _path(address)
        stamp = _find_stamp(path)
        if stamp is None or (best is not None and stamp[0].time <= best[0].time):
            continue
        when, place = stamp
        digits = place.slice(path)
        start = None if offset is None else offset + address.index(digits)
        best = (when, None if start is None else Span(start, start + len(digits)))
    if best is None:
        return None
    return Publication(best[0].time, best[0].precision, True, "linked-address", False, best[1])
