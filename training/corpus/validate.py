"""Hold the corpus to its rules; run as ``python -m training.corpus.validate [FILE...] [--gold FOLDER]``.

With files, only these are read, and what is asked of the whole corpus is left out.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from reportedly.records.claim import Status
from reportedly.records.ontology import EventType
from training.corpus.build import REPORTS, parse_file
from training.corpus.records import (
    MarkedClaim,
    MarkedReport,
    MarkedSentence,
    MarkedTimex,
    NonEvent,
    Quotation,
)
from training.overlap import find_alike, find_gold_overlaps, find_runs, read_gold

LEAST_REPORTS, LEAST_SENTENCES = 600, 8_000
LEAST_OF_A_TYPE, LEAST_OF_A_STATUS, LEAST_OF_A_QUOTATION = 300, 150, 800
LEAST_EMPTY = 0.25
LEAST_OF_A_NON_EVENT = 40
SENTENCES_A_REPORT = range(4, 31)
WORDS_A_SENTENCE = range(1, 71)
LONG, ALIKE_SENTENCES = 12, 0.5
"""Sentences of so many words that share this part of their runs of four words are one frame filled twice."""
FIELDS = ("actors", "recipients", "chain", "cue", "hedges", "condition", "places", "time", "figures")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_VALUE = re.compile(
    r"(?:\d{4}|\d{3}X?|\d{2}XX|XXXX)(?:-(?:SP|SU|FA|WI|Q[1-4]|H[12]|W(?:\d{2}|XX)(?:-(?:WE|\d))?|(?:\d{2}|XX)(?:-(?:\d{2}|XX))?))?"
    r"(?:T(?:MO|MI|AF|EV|NI|DT|\d{2}(?::\d{2})?(?::\d{2})?))?"
    r"|P(?:\d+(?:\.\d+)?|X)(?:DE|[YQMWD])|PT(?:\d+(?:\.\d+)?|X)[HMS]|(?:PAST|PRESENT|FUTURE)_REF"
)
_DONE = frozenset({Status.OCCURRED, Status.ONGOING, Status.HISTORICAL})


def check_report(report: MarkedReport) -> Iterator[str]:
    """Say what is wrong with one report, a line a fault."""
    if len(report.sentences) not in SENTENCES_A_REPORT:
        yield f"{report.id}: {len(report.sentences)} sentences"
    try:
        published = date.fromisoformat(report.published)
    except ValueError:
        yield f"{report.id}: {report.published} is no day"
        return
    for sentence in report.sentences:
        words = sentence.span.slice(report.text)
        for fault in _check_sentence(sentence, report.text, published):
            yield f"{report.id}: {fault}: {words[:60]}"


def _check_sentence(sentence: MarkedSentence, text: str, published: date) -> Iterator[str]:
    count = len(sentence.span.slice(text).split())
    if count not in WORDS_A_SENTENCE:
        yield f"{count} words"
    keys = Counter((claim.trigger, claim.type, claim.status, claim.chain) for claim in sentence.claims)
    for (trigger, *_), number in keys.items():
        if number > 1:
            yield f"{trigger.slice(text)!r} is coded twice alike"
    for attribution in sentence.attributions:
        if not attribution.content:
            yield "an attribution without content"
        elif attribution.cue and any(attribution.cue.overlaps(part) for part in attribution.content):
            yield f"the cue {attribution.cue.slice(text)!r} lies in the content"
    for claim in sentence.claims:
        yield from _check_claim(claim, text, published)
    for timex in sentence.timexes:
        yield from _check_timex(timex, text)


def _check_claim(claim: MarkedClaim, text: str, published: date) -> Iterator[str]:
    trigger = claim.trigger.slice(text)
    if claim.stage and claim.status is not Status.PLANNED:
        yield f"{trigger!r} has a stage and is {claim.status}"
    if claim.status is Status.CONDITIONAL and claim.condition is None:
        yield f"{trigger!r} is conditional, without a condition"
    for figure in claim.figures:
        if figure.low is not None and figure.high is not None and figure.low > figure.high:
            yield f"bounds of {figure.key} are the wrong way round"
    if claim.time is None:
        return
    yield from _check_timex(claim.time, text)
    day = _get_day(claim.time)
    if day and claim.status in _DONE and day > published:
        yield f"{trigger!r} is told as done on {day}, after it was published"
    if day and claim.status is Status.PLANNED and day < published:
        yield f"{trigger!r} is told as planned for {day}, before it was published"


def _check_timex(timex: MarkedTimex, text: str) -> Iterator[str]:
    words = timex.span.slice(text)
    if not all(_VALUE.fullmatch(value) for value in timex.value.split("/")) or timex.value.count("/") > 1:
        yield f"{timex.value!r} is no TIMEX3 value"
        return
    named = [name for name in _DAYS if re.search(rf"\b{name}\b", words.lower())]
    day = _get_day(timex)
    if len(named) == 1 and day and _DAYS[day.weekday()] != named[0]:
        yield f"{words!r}: {day} is a {_DAYS[day.weekday()].capitalize()}"


def _get_day(timex: MarkedTimex) -> date | None:
    try:
        return date.fromisoformat(timex.value[:10]) if re.match(r"\d{4}-\d\d-\d\d(?!.*/)", timex.value) else None
    except ValueError:
        return None


class Counts:
    """What is in the corpus."""

    def __init__(self, reports: Sequence[MarkedReport]) -> None:
        sentences = [sentence for report in reports for sentence in report.sentences]
        claims = [claim for sentence in sentences for claim in sentence.claims]
        self.reports, self.sentences, self.claims = len(reports), len(sentences), len(claims)
        self.empty = sum(not sentence.claims for sentence in sentences)
        self.types = Counter(claim.type for claim in claims)
        self.statuses = Counter(claim.status for claim in claims)
        self.quotations = Counter(item.quotation for sentence in sentences for item in sentence.attributions)
        self.chains = sum(len(item.chain) > 1 for sentence in sentences for item in sentence.attributions)
        self.non_events = Counter(item.kind for sentence in sentences for item in sentence.non_events)
        self.fields = Counter(
            name
            for claim in claims
            for name in ("hedges", "places", "time", "figures", "actors", "recipients", "chain", "condition", "cue")
            if getattr(claim, name)
        )
        self.triggers = Counter(
            claim.trigger.slice(report.text).lower()
            for report in reports
            for sentence in report.sentences
            for claim in sentence.claims
        )
        self.cues = Counter(
            item.cue.slice(report.text).lower()
            for report in reports
            for sentence in report.sentences
            for item in sentence.attributions
            if item.cue
        )
        self.runs = Counter(run for report in reports for run in set(find_runs(report.text, 5)))

    def describe(self) -> Iterator[str]:
        """Give lines that say it."""
        share = self.empty / max(1, self.sentences)
        yield f"{self.reports} reports, {self.sentences} sentences ({share:.0%} without a claim), {self.claims} claims"
        yield ", ".join(f"{kind} {self.types[kind]}" for kind in EventType)
        yield ", ".join(f"{status} {self.statuses[status]}" for status in Status)
        yield ", ".join(f"{kind} {self.quotations[kind]}" for kind in Quotation) + f"; chains {self.chains}"
        yield ", ".join(f"{kind} {self.non_events[kind]}" for kind in NonEvent)
        yield ", ".join(f"{name} {count / max(1, self.claims):.0%}" for name, count in self.fields.most_common())
        yield f"{len(self.triggers)} triggers, the commonest " + _name_common(self.triggers)
        yield f"{len(self.cues)} cues, the commonest " + _name_common(self.cues)
        told = sum(count for count in self.runs.values() if count > 1) / max(1, sum(self.runs.values()))
        yield f"{told:.1%} of runs of five words stand in more than one report"

    def find_lacks(self) -> Iterator[str]:
        """Say what is less than the corpus is to hold."""
        if self.reports < LEAST_REPORTS or self.sentences < LEAST_SENTENCES:
            yield f"{self.reports} reports and {self.sentences} sentences are too few"
        if self.empty < LEAST_EMPTY * self.sentences:
            yield f"{self.empty} of {self.sentences} sentences without a claim are too few"
        wanted: tuple[tuple[Mapping[Any, int], type[StrEnum], int], ...] = (
            (self.types, EventType, LEAST_OF_A_TYPE),
            (self.statuses, Status, LEAST_OF_A_STATUS),
            (self.quotations, Quotation, LEAST_OF_A_QUOTATION),
            (self.non_events, NonEvent, LEAST_OF_A_NON_EVENT),
        )
        for counts, kinds, least in wanted:
            for kind in kinds:
                if counts[kind] < least:
                    yield f"{kind}: {counts[kind]}, asked are {least}"


def _name_common(counts: Counter[str]) -> str:
    return ", ".join(f"{words} {count}" for words, count in counts.most_common(12))


def validate(reports: Sequence[MarkedReport]) -> list[str]:
    """Return what is wrong with the reports, a line a fault."""
    faults = [fault for report in reports for fault in check_report(report)]
    faults += [
        f"{key}: {count} reports have this id" for key, count in Counter(r.id for r in reports).items() if count > 1
    ]
    faults += find_alike([(report.id, report.text) for report in reports])
    sentences = [
        (f"{report.id}: {words[:60]!r}", words)
        for report in reports
        for sentence in report.sentences
        if len((words := sentence.span.slice(report.text)).split()) >= LONG
    ]
    faults += find_alike(sentences, ALIKE_SENTENCES)
    return faults


def main(arguments: list[str]) -> int:
    """Print what is wrong and what is there; exit status 1 where anything is wrong."""
    parser = argparse.ArgumentParser(prog="python -m training.corpus.validate", description="Check the corpus.")
    parser.add_argument("files", nargs="*", type=Path, help="files to check; default the whole corpus")
    parser.add_argument("--gold", type=Path, help="folder of gold texts, of which no run of words may stand in ours")
    options = parser.parse_args(arguments)
    reports: list[MarkedReport] = []
    faults: list[str] = []
    for path in options.files or sorted(REPORTS.glob("*.txt")):
        found, wrong = parse_file(path)
        reports += found
        faults += wrong
    faults += validate(reports)
    counts = Counts(reports)
    if not options.files:
        faults += counts.find_lacks()
    if options.gold:
        faults += find_gold_overlaps([(report.id, report.text) for report in reports], read_gold(options.gold))
    for line in (*faults, *counts.describe()):
        print(line)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
