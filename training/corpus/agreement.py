"""How well two coders agree: ``python -m training.corpus.agreement``, over the reports of ``second/``.

These were coded a second time from their bare text, by someone who had not seen the first coding. Krippendorff's alpha
(nominal) is 1 where the two agree wholly and 0 where they agree as often as chance would have it.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import krippendorff
import numpy as np

from reportedly.records.spans import Span
from training.corpus.build import read_reports
from training.corpus.records import Marked, MarkedClaim, MarkedReport, MarkedSentence

SECOND = Path(__file__).parent / "second"
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
Pairs = list[tuple[str, str]]


def find_alpha(pairs: Sequence[tuple[str, str]]) -> float:
    """Return Krippendorff's alpha of the values that two coders gave to the same units; NaN where all are alike."""
    values = sorted({value for pair in pairs for value in pair})
    if len(values) < 2:
        return float("nan")
    codes = {value: code for code, value in enumerate(values)}
    table = np.array([[codes[one] for one, _ in pairs], [codes[other] for _, other in pairs]])
    return float(krippendorff.alpha(reliability_data=table, level_of_measurement="nominal"))


def compare(first: Iterable[MarkedReport], second: Iterable[MarkedReport]) -> dict[str, Pairs]:
    """Return, by field, what both coders gave to the same units.

    Units are sentences (whether a claim stands there), words (of which type they evoke an event, what they are to an
    attribution, to a place name, to a time expression), and for the fields of a claim those claims that both
    coded: whose triggers overlap.

    Raises:
        ValueError: a report of the second coder is not in the first coding, or has another text.
    """
    by_id = {report.id: report for report in first}
    found: dict[str, Pairs] = defaultdict(list)
    for other in second:
        one = by_id.get(other.id)
        if one is None or one.text != other.text:
            raise ValueError(f"{other.id}: no report of this id and text was coded first")
        for left, right in zip(one.sentences, other.sentences, strict=True):
            found["a claim stands in the sentence"].append((str(bool(left.claims)), str(bool(right.claims))))
            for name, mark in _WORDS.items():
                found[name] += _compare_words(mark(left), mark(right), left.span, one.text)
            for ours, theirs in _match(left.claims, right.claims):
                for name, value in _VALUES.items():
                    found[name].append((value(ours, one.text), value(theirs, one.text)))
                parties = [_mark_parties(claim) for claim in (ours, theirs)]
                found["actors and recipients, words"] += _compare_words(parties[0], parties[1], left.span, one.text)
    return found


def _compare_words(
    one: Mapping[Span, str], other: Mapping[Span, str], within: Span, text: str
) -> Iterator[tuple[str, str]]:
    for match in _WORD.finditer(text, within.start, within.end):
        word = Span(*match.span())
        yield _label(one, word), _label(other, word)


def _label(spans: Mapping[Span, str], word: Span) -> str:
    return next((label for span, label in spans.items() if span.overlaps(word)), "none")


def _mark_triggers(sentence: MarkedSentence) -> dict[Span, str]:
    return {claim.trigger: claim.type.value for claim in sentence.claims}


def _mark_attributions(sentence: MarkedSentence) -> dict[Span, str]:
    marked: dict[Span, str] = {}
    for item in sentence.attributions:
        marked |= {link.mention.span: "source" for link in item.chain if not link.mention.carried}
        marked |= {item.cue: "cue"} if item.cue else {}
    return marked | {part: "content" for item in sentence.attributions for part in item.content if part not in marked}


def _mark_places(sentence: MarkedSentence) -> dict[Span, str]:
    events = {place.span: place.role.value for claim in sentence.claims for place in claim.places}
    return events | {place.span: place.role.value for place in sentence.toponyms if place.span not in events}


def _mark_times(sentence: MarkedSentence) -> dict[Span, str]:
    times = [claim.time for claim in sentence.claims if claim.time] + list(sentence.timexes)
    return {time.span: time.value for time in times}


def _mark_parties(claim: MarkedClaim) -> dict[Span, str]:
    def own(mentions: Iterable[Marked], role: str) -> dict[Span, str]:
        return {mention.span: role for mention in mentions if not mention.carried}

    return own(claim.actors, "actor") | own(claim.recipients, "recipient")


def _match(ours: Sequence[MarkedClaim], theirs: Sequence[MarkedClaim]) -> Iterator[tuple[MarkedClaim, MarkedClaim]]:
    left = list(theirs)
    for claim in ours:
        near = [other for other in left if other.trigger.overlaps(claim.trigger)]
        if near:
            best = max(near, key=lambda other: (other.type is claim.type, other.status is claim.status))
            left.remove(best)
            yield claim, best


def _join(values: Iterable[str]) -> str:
    return " & ".join(sorted(values)) or "none"


_WORDS: dict[str, Callable[[MarkedSentence], Mapping[Span, str]]] = {
    "triggers with type, words": _mark_triggers,
    "source, cue and content, words": _mark_attributions,
    "places with role, words": _mark_places,
    "times with value, words": _mark_times,
}
_VALUES: dict[str, Callable[[MarkedClaim, str], str]] = {
    "type": lambda claim, _: claim.type.value,
    "mode": lambda claim, _: _join(claim.modes),
    "status": lambda claim, _: claim.status.value,
    "hedged": lambda claim, _: str(bool(claim.hedges)),
    "innermost source": lambda claim, text: claim.chain[-1].span.slice(text).lower() if claim.chain else "none",
    "place": lambda claim, text: _join(place.span.slice(text) for place in claim.places),
    "time": lambda claim, _: claim.time.value if claim.time else "none",
    "figures": lambda claim, _: _join(f"{figure.key} {figure.low}-{figure.high}" for figure in claim.figures),
    "condition": lambda claim, _: str(bool(claim.condition)),
}


def main() -> int:
    """Print a table: field, units, alpha."""
    first, second = read_reports(), read_reports(SECOND)
    found = compare(first, second)
    print(f"{len(second)} reports, {sum(len(report.sentences) for report in second)} sentences\n")
    print("| field | units | alpha |\n|---|---|---|")
    for name, pairs in found.items():
        print(f"| {name} | {len(pairs)} | {find_alpha(pairs):.2f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
