"""Who a text is credited to and where it was filed: dateline, agency, byline, contributors."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files

import msgspec

from reportedly.clean.lines import find_lines, is_running
from reportedly.records.document import Dateline, Range, RangeKind
from reportedly.records.spans import Span

HEAD_LINES = 6
MAX_BYLINE_CHARS = 120
MAX_OPENING_CHARS = 120
MAX_CREDIT_CHARS = 200
MIN_PLACE_CHARS = 3

_MONTH = (
    r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec|"
    r"JAN|FEB|MAR|APR|MAY|JUNE?|JULY?|AUG|SEPT?|OCT|NOV|DEC)[a-zA-Z]*\.?"
)
_DAY = rf"(?:{_MONTH}\s+\d{{1,2}}(?:,?\s+\d{{4}})?|\d{{1,2}}\s+{_MONTH}(?:,?\s+\d{{2,4}})?)"
_CAPS = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+(?:[ /][A-ZÀ-Þ][A-ZÀ-Þ.'’-]*){0,4}"
_TITLE = r"[A-ZÀ-Þ][\w.'’-]+(?:[ /][A-ZÀ-Þ][\w.'’-]+){0,3}"
_REGION = r"(?:,\s+(?!" + _MONTH + r"\s)[A-ZÀ-Þ][\w.'’-]*(?:\s[A-ZÀ-Þ][\w.'’-]+){0,2})?"
_AGENCY = r"[(\[](?P<agency>[A-Za-z][^()\[\]\n]{1,40})[)\]]"
_DASH = r"\s*(?:--?|–|—)\s+"
_NEXT = r"(?=[A-ZÀ-Þ0-9“\"‘'\[(])"
_OPENER = (
    r"(?=[“\"‘]|(?:The|A|An|As|At|In|On|After|Amid|For|It|More|Some|Several|Many|Hundreds|Thousands|Dozens|Tens|Two|"
    r"Three|Four|Five|Six|Seven|Eight|Nine|Ten|Nearly|About|Over|Former|President|Prime)\b)"
)
_WITH_CAPS = re.compile(
    rf"(?P<place>{_CAPS}{_REGION})(?:,?\s+(?P<date>{_DAY}))?(?:,?\s*(?P<credit>{_AGENCY}))?{_DASH}{_NEXT}"
)
_WITH_TITLE = re.compile(
    rf"(?P<place>{_TITLE}{_REGION})(?:,?\s+(?P<date>{_DAY}))?(?:,?\s*(?P<credit>{_AGENCY}))?\s*(?:--?|–|—|:)\s+{_NEXT}"
)
_BARE_TITLE = re.compile(rf"(?P<place>{_TITLE}{_REGION})\s+[–—]\s+{_OPENER}")
_ONLY_AGENCY = re.compile(rf"(?P<credit>{_AGENCY})\s*(?:--?|–|—|:)?\s+{_NEXT}")
_BYLINE = re.compile(r"(?:By|BY|Written by|Story by|Report by)\s+(?P<name>[A-ZÀ-Þ][^.!?\n]*?)\s*$")
_DESK = re.compile(
    r"By\s[^.!?\n]*\b(?:desk|staff|correspondents?|reporters?|editors?|newsroom|team|bureau|agenc(?:y|ies))\b[^.!?\n]*$"
)
_OUTLET = r"(?P<outlet>(?:[A-ZÀ-Þ][\w.'’&-]*\s?){1,6})"
_DAY_LINE = re.compile(rf"(?:(?:Published|Updated|Posted)(?: on)?:?\s+)?{_DAY}(?:\s*[-–—|,/]\s*{_OUTLET})?$")
"""A line that is a date, with or without the outlet's name after it."""
_BLANK_LINE = re.compile(r"\n[^\S\n]*\r?\n")
_CONTRIBUTED = re.compile(
    r"(?:[-–—(]\s*)?(?:(?P<who>[A-Z][^.\n]{1,100}? contributed)"
    r"(?P<to> to th(?:is|e) (?:report|story|article)| reporting)?"
    r"|[Ww]ith (?:additional )?(?:inputs?|reporting|files|agency inputs|information|contributions?)"
    r" (?:from|by) [^.\n]{2,80}"
    r"|[Ww]ith agency inputs|[Ww]ith agencies)[.)]*\s*$"
)
_SIGNED = re.compile(r"\(?\s*(?:[-–—/]{1,2}|[Ss]ource\s*:|[Cc]redit\s*:)?\s*(?P<name>[A-Z][\w .'/-]{1,40}?)\s*\)?\.?$")


class CreditNames(msgspec.Struct, frozen=True):
    """Agencies by every form they sign with, and words that open a line like a dateline and are no place."""

    agencies: Mapping[str, str]
    pattern: re.Pattern[str]
    not_places: frozenset[str]


class Credits(msgspec.Struct, frozen=True):
    """What was found: ranges in order, the dateline, and whom the text is credited to."""

    ranges: tuple[Range, ...] = ()
    dateline: Dateline | None = None
    credit: str | None = None


def open_credit() -> CreditNames:
    """Read the table that ships with the package."""
    table = tomllib.loads(files("reportedly.clean").joinpath("data", "credit.toml").read_text(encoding="utf-8"))
    agencies = {form: name for name, forms in table["agencies"].items() for form in forms}
    forms = "|".join(re.escape(form) for form in sorted(agencies, key=len, reverse=True))
    return CreditNames(agencies, re.compile(rf"(?<!\w)(?:{forms})(?!\w)"), frozenset(table["not_places"]))


def find_credits(text: str, names: CreditNames) -> Credits:
    """Find byline and dateline at the head of a text, and contributors and signatures at its end.

    The credit is that of the dateline; else of the byline; else of a signature; else of a contributor. A byline that
    names only people gives a range but no credit.
    """
    lines = list(find_lines(text))
    ranges: list[Range] = []
    dateline, credit = None, None
    bylined: str | None = None
    running = False
    ended = 0
    for line in lines[:HEAD_LINES]:
        # A line that goes on from an unfinished one opens nothing; a blank line between them ends what ran.
        goes_on = running and not _BLANK_LINE.search(text, ended, line.start)
        running, ended = is_running(line.slice(text)), line.end
        if goes_on:
            continue
        words = text[line.start : min(line.end, line.start + MAX_OPENING_CHARS)]
        if name := _read_byline(line.slice(text), names):
            ranges.append(Range(line, RangeKind.CREDIT))
            bylined = bylined or _find_agency(name, names)
            continue
        if opening := _match_opening(words, names):
            found, dateline = _read_opening(opening, line.start, text)
            ranges.extend(found)
            credit = _name_credit(opening.groupdict().get("agency"), names)
            break
    signed: str | None = None
    for line in _tail(lines, ranges):
        credits_somebody, agency = _read_tail(line.slice(text), names)
        if credits_somebody:
            ranges.append(Range(line, RangeKind.CREDIT))
            signed = signed or agency
    ranges.sort(key=lambda item: item.span)
    return Credits(tuple(ranges), dateline, credit or bylined or signed)


def _tail(lines: list[Span], ranges: list[Range]) -> Iterator[Span]:
    taken = max((item.span.end for item in ranges), default=0)
    for line in reversed(lines[-HEAD_LINES:]):
        if line.start >= taken and line != lines[0]:
            yield line


def _read_byline(line: str, names: CreditNames) -> str | None:
    if len(line) > MAX_BYLINE_CHARS:
        return None
    if line in names.agencies or _DAY_LINE.match(line) or _DESK.match(line):
        return line
    found = _BYLINE.match(line)
    if found is None:
        return None
    words = [
        word
        for word in re.findall(r"[^\W\d_][\w'’.-]*", found.group("name"))
        if word not in ("and", "of", "in", "for", "with")
    ]
    named = sum(word[0].isupper() for word in words)
    return found.group("name") if named >= 0.7 * len(words) and len(words) <= 14 else None


def _match_opening(words: str, names: CreditNames) -> re.Match[str] | None:
    """Match the dateline or agency that opens a line, from the surest form to the least sure."""
    for pattern in (_WITH_CAPS, _WITH_TITLE, _BARE_TITLE, _ONLY_AGENCY):
        match = pattern.match(words)
        if match is None:
            continue
        found = match.groupdict()
        if pattern is _WITH_TITLE and not (found["date"] or _find_agency(found["agency"], names)):
            continue
        if pattern is _ONLY_AGENCY and not _find_agency(found["agency"], names):
            continue
        place = (found.get("place") or "").lower()
        if place and (len(place) < MIN_PLACE_CHARS or {place, place.split(" ")[0]} & names.not_places):
            continue
        if words.isupper() and not (found.get("date") or found.get("agency")):
            continue
        return match
    return None


def _read_opening(match: re.Match[str], offset: int, text: str) -> tuple[list[Range], Dateline | None]:
    found = match.groupdict()
    end = offset + len(match.group().rstrip())
    start = offset + match.start("credit") if found.get("credit") else end
    ranges = []
    dateline = None
    if place := found.get("place"):
        filed = len(text[offset:start].rstrip(" ,"))
        ranges.append(Range(Span(offset, offset + filed), RangeKind.DATELINE))
        dateline = Dateline(place, Span(offset, offset + filed), found.get("date"))
    if start < end:
        ranges.append(Range(Span(start, end), RangeKind.CREDIT))
    return ranges, dateline


def _name_credit(words: str | None, names: CreditNames) -> str | None:
    """Return the agency, or the words as they stand: local stations sign alike; a day in brackets is no credit."""
    if not words or re.search(_DAY, words):
        return None
    return _find_agency(words, names) or words


def _find_agency(words: str | None, names: CreditNames) -> str | None:
    found = names.pattern.search(words or "")
    return names.agencies[found.group()] if found else None


def _read_tail(line: str, names: CreditNames) -> tuple[bool, str | None]:
    """Say whether a line at the end credits somebody, and which agency; people who contributed are no credit."""
    if len(line) > MAX_CREDIT_CHARS:
        return False, None
    agency = _find_agency(line, names)
    if found := _CONTRIBUTED.match(line):
        return bool(agency or found.group("to") or not found.group("who")), agency
    signed = _SIGNED.match(line)
    name = signed.group("name").strip() if signed else ""
    return name in names.agencies, names.agencies.get(name)
