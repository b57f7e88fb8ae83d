"""Hold the corpus to its rules; run as ``python -m training.linking.validate [GOLD]``."""

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from reportedly.records.claim import Status
from reportedly.records.ontology import EventType
from training.linking.build import Crisis, MarkedReport, read_crises
from training.overlap import find_alike, find_gold_overlaps, read_gold

LEAST_CRISES, LEAST_REPORTS = 45, 330
REPORTS_A_CRISIS = range(6, 11)
EVENTS_A_CRISIS = range(2, 6)
WORDS_A_REPORT = range(10, 81)
MOST_OF_A_TYPE = 0.35
MOST_OF_A_PUBLISHER = 0.2
MAX_LEAD = timedelta(days=30)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SPOKEN = re.compile(r"\b(?:said|says|told)\b[^,.]{0,30}\bon $")
_SHIFTED = re.compile(r"\bday (?:after|before)\b|\bfirst full day\b")
_DONE = frozenset({Status.OCCURRED, Status.ONGOING})


def validate(crises: Sequence[Crisis]) -> list[str]:
    """Return what is wrong with the corpus, a line a fault; empty where all is well."""
    faults: list[str] = []
    if len({crisis.id for crisis in crises}) != len(crises):
        faults.append("two crises have one key")
    reports = [report for crisis in crises for report in crisis.reports]
    if len(crises) < LEAST_CRISES or len(reports) < LEAST_REPORTS:
        faults.append(f"{len(crises)} crises and {len(reports)} reports are too few")
    for crisis in crises:
        faults += [f"{crisis.id}: {fault}" for fault in _check_crisis(crisis)]
    faults += _check_balance(crises, reports)
    faults += find_alike([(report.id, report.text) for report in reports])
    return faults


def _check_crisis(crisis: Crisis) -> Iterator[str]:
    if len(crisis.reports) not in REPORTS_A_CRISIS:
        yield f"{len(crisis.reports)} reports"
    if len(crisis.events) not in EVENTS_A_CRISIS:
        yield f"{len(crisis.events)} events"
    days = {event.key: date.fromisoformat(event.day) for event in crisis.events}
    if len(days) != len(crisis.events):
        yield "two events have one key"
    told = Counter(key for report in crisis.reports for key in {mention.event for mention in report.mentions})
    for key in sorted(days.keys() | told.keys()):
        if key not in days:
            yield f"{key} is marked but not named above"
        elif told[key] < 2:
            yield f"{key} is told of in {told[key]} reports, so that nothing can be linked"
    published = [report.published for report in crisis.reports]
    if published != sorted(published):
        yield "reports are not in order of publication"
    for report in crisis.reports:
        yield from (f"{report.id}: {fault}" for fault in _check_report(report, days))


def _check_report(report: MarkedReport, days: dict[str, date]) -> Iterator[str]:
    words = len(report.text.split())
    if words not in WORDS_A_REPORT:
        yield f"{words} words"
    if not report.mentions:
        yield "nothing is marked"
    published = date.fromisoformat(report.published)
    at = 0
    for mention in report.mentions:
        phrase = report.text[mention.start : mention.end]
        if mention.start < at or not phrase or phrase != phrase.strip():
            yield f"the mark on {phrase!r} is empty, has blanks at its ends or lies over another"
        at = mention.end
        day = days.get(mention.event)
        if day is None:
            continue
        if mention.status in _DONE and day > published:
            yield f"{phrase!r} is told as done on {day}, after it was published"
        if mention.status is Status.PLANNED and day < published:
            yield f"{phrase!r} is told as planned for {day}, before it was published"
        if day - published > MAX_LEAD:
            yield f"{phrase!r} lies {(day - published).days} days ahead"
    yield from _check_weekdays(report, days)


def _check_weekdays(report: MarkedReport, days: dict[str, date]) -> Iterator[str]:
    """Hold "on Tuesday", alone in a sentence whose events are all told as done, to the day of one of them."""
    published = date.fromisoformat(report.published)
    for start, end in find_sentences(report.text):
        inside = [mention for mention in report.mentions if start <= mention.start < end]
        sentence = report.text[start:end]
        named = [day for day in _DAYS if re.search(rf"\bon {day}\b", sentence)]
        keys = {mention.event for mention in inside if mention.status in _DONE}
        if len(named) != 1 or not keys or any(mention.status not in _DONE for mention in inside):
            continue
        if _SPOKEN.search(sentence[: sentence.index(named[0])]) or _SHIFTED.search(sentence):
            continue
        near = {days[key] for key in keys if key in days}
        if not any(_DAYS[day.weekday()] == named[0] and (published - day).days < 22 for day in near):
            yield f"{named[0]!r} is the day of none of {', '.join(sorted(keys))}"


def find_sentences(text: str) -> list[tuple[int, int]]:
    """Return where sentences begin and end, cut after a full stop before a capital."""
    cuts = [cut.end() for cut in re.finditer(r"(?<![A-Z])[.!?][\"”]? (?=[A-Z\"“])", text)]
    return list(zip([0, *cuts], [*cuts, len(text)], strict=True))


def _check_balance(crises: Sequence[Crisis], reports: Sequence[MarkedReport]) -> Iterator[str]:
    types = Counter(event.type for crisis in crises for event in crisis.events)
    for kind in EventType:
        if types[kind] < 2:
            yield f"{kind} has {types[kind]} events"
        if types[kind] > MOST_OF_A_TYPE * types.total():
            yield f"{kind} has {types[kind]} of {types.total()} events"
    for publisher, count in Counter(report.publisher for report in reports).items():
        if count > MOST_OF_A_PUBLISHER * len(reports):
            yield f"{publisher} carries {count} of {len(reports)} reports"


def main(arguments: list[str]) -> int:
    """Print what is wrong and what is there; exit status 1 where anything is wrong."""
    crises = read_crises()
    reports = [report for crisis in crises for report in crisis.reports]
    faults = validate(crises)
    if arguments:
        faults += find_gold_overlaps([(report.id, report.text) for report in reports], read_gold(Path(arguments[0])))
    for fault in faults:
        print(fault)
    types = Counter(event.type.value for crisis in crises for event in crisis.events)
    mentions = Counter(mention.status.value for report in reports for mention in report.mentions)
    print(f"{len(crises)} crises, {types.total()} events, {len(reports)} reports, {mentions.total()} mentions")
    print(", ".join(f"{kind} {count}" for kind, count in types.most_common()))
    print(", ".join(f"{status} {count}" for status, count in mentions.most_common()))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
