"""What is told as background: precedents, anniversaries, events dated long before the report."""

import re
from collections.abc import Mapping, Sequence

from reportedly.extract.binding import find_preposition, score_binding
from reportedly.extract.mentions import EventMention, TimeMention
from reportedly.extract.parse import Parse
from reportedly.records.claim import Timex, TimexKind
from reportedly.records.document import Document, Genre
from reportedly.records.spans import Span

MIN_AGE_YEARS = 2
"""A calendar year this far back is over a year before publication, whatever the month."""

MIN_BINDING = 0.5
"""Scores of ``score_binding`` from which a time expression is taken to date the event."""

_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")


def find_background(
    parse: Parse,
    event: EventMention,
    times: Sequence[TimeMention],
    document: Document,
    words: Mapping[str, frozenset[str]],
) -> Span | None:
    """Return the words that put an event before the present situation, or None.

    Years and decades that date the event, eras ("the Cold War"), anniversaries and comparisons count. Without a
    publication time the latest year that the text names stands in for it. A verb in the present tells of now.
    """
    if parse.tokens[event.head].tag in ("VBZ", "VBP", "VB") and document.genre is not Genre.ANNIVERSARY:
        return None
    reference = _find_reference(document)
    for mention in times:
        span, timex = mention.field.span, mention.field.value
        if span is None or parse.tokens[mention.first].sentence != parse.tokens[event.head].sentence:
            continue
        if timex.modifier == "since" or find_preposition(parse, mention) in ("since", "until", "by"):
            continue
        if _is_old(timex, reference) and score_binding(parse, event.head, mention) >= MIN_BINDING:
            return span
    return _find_precedent(parse, event, words) or (
        parse.sentence_of(event.head).span if document.genre is Genre.ANNIVERSARY else None
    )


def _find_precedent(parse: Parse, event: EventMention, words: Mapping[str, frozenset[str]]) -> Span | None:
    """Return what marks a precedent: an era it stands in, a comparison or anniversary it hangs below, an adjective."""
    above = {ancestor.i for ancestor in parse.ancestors(event.head)}
    for token in parse.sentence_tokens(parse.tokens[event.head].sentence):
        if token.lower in words["anniversary"] and token.i in above and _hangs_by(parse, event.head, token.i):
            return token.span
        if token.lower in words["eras"] and token.dep == "pobj" and parse.head(token.i).lower in _DURING:
            before = parse.tokens[token.i - 1] if token.i else token
            named = before.lower in words["era_names"] and before.text[:1].isupper()
            if named and (parse.head(parse.head(token.i).i).i in above | {event.head}):
                return parse.span([before.i, token.i])
    return next(
        (
            child.span
            for child in parse.children(event.head)
            if child.dep == "amod" and child.lower in words["historical_adjectives"]
        ),
        None,
    )


_DURING = frozenset({"during", "in", "of", "since", "from", "after", "before", "throughout"})


def _hangs_by(parse: Parse, low: int, high: int) -> bool:
    """Say whether ``low`` hangs below ``high`` with no verb between, by "of", "to" or "by" (or right on it)."""
    i = low
    for ancestor in parse.ancestors(low):
        if ancestor.i == high:
            return True
        if ancestor.tag[:2] == "VB":
            return False
        i = ancestor.i
    return i == high


def find_ahead(parse: Parse, event: EventMention, times: Sequence[TimeMention], document: Document) -> Span | None:
    """Return the time expression that puts an event after the report, or None.

    A date after publication, or an expression that looks ahead ("next week", "tomorrow"), that dates the event.
    """
    published = document.published.time[:10] if document.published is not None else None
    head = parse.tokens[event.head]
    for mention in times:
        timex, span = mention.field.value, mention.field.span
        if span is None or parse.tokens[mention.first].sentence != head.sentence:
            continue
        coming = (timex.offset or 0) > 0 and timex.modifier != "ago"
        if timex.value is not None and published is not None and (timex.offset or 1) > 0:
            coming = coming or _lies_ahead(timex.value, published)
        if head.tag[:2] == "VB" and mention.first < head.i:
            # "August 21: the council calls for …" stands above a report, whenever it was dated.
            continue
        if coming and score_binding(parse, event.head, mention) >= 0.8:
            return span
    return None


def _lies_ahead(value: str, published: str) -> bool:
    """Say whether a calendar value comes after publication; without a year, within the half year after it."""
    if re.match(r"\d{4}", value):
        return value > published[: len(value)]
    if re.match(r"XXXX-\d\d", value) and published[5:7].isdigit():
        months = (int(value[5:7]) - int(published[5:7])) % 12
        return 0 < months <= 6 or (months == 0 and len(value) > 7 and value[8:] > published[8:10])
    return False


def _find_reference(document: Document) -> tuple[int, int] | None:
    """Return year and month that a document is dated, or the latest year that it names."""
    if document.published is not None:
        time = document.published.time
        return int(time[:4]), int(time[5:7]) if time[5:7].isdigit() else 1
    years = [int(year) for year in _YEAR.findall(document.text)]
    return (max(years), 1) if years else None


def _is_old(timex: Timex, reference: tuple[int, int] | None) -> bool:
    """Say whether a time expression lies over a year before the report."""
    year = _find_year(timex, reference[0] if reference else None)
    if year is None or reference is None:
        return False
    if timex.value is not None and re.match(r"\d{4}-\d\d", timex.value):
        return (reference[0] - year) * 12 + reference[1] - int(timex.value[5:7]) > 12
    if timex.unit == "month" and timex.offset is not None:
        return False
    return year <= reference[0] - MIN_AGE_YEARS


def _find_year(timex: Timex, reference: int | None) -> int | None:
    """Return the last year of a time expression, as far as it names or counts one."""
    if timex.value is not None and re.match(r"\d{4}", timex.value):
        return int(timex.value[:4])
    if timex.value is not None and re.match(r"\d{3}$", timex.value):
        return int(timex.value) * 10 + 9
    if timex.value is not None and re.match(r"\d{2}$", timex.value):
        return int(timex.value) * 100 + 99
    if reference is None or timex.offset is None or timex.kind is not TimexKind.DATE:
        return None
    if timex.unit == "year":
        return reference + int(timex.offset)
    if timex.unit in ("decade", "century"):
        return reference + int(timex.offset) * (10 if timex.unit == "decade" else 100)
    return None
