"""What is told as background: precedents, anniversaries, events dated long before the report."""

import re
from collections.abc import Mapping, Sequence

from reportedly.extract.mentions import EventMention, TimeMention
from reportedly.extract.parse import Parse
from reportedly.records.claim import Timex
from reportedly.records.document import Document, Genre
from reportedly.records.spans import Span

MIN_AGE_YEARS = 2
"""A calendar year this far back is over a year before publication, whatever the month."""

_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")


def find_background(
    parse: Parse,
    event: EventMention,
    times: Sequence[TimeMention],
    document: Document,
    words: Mapping[str, frozenset[str]],
) -> Span | None:
    """Return the words that put an event before the present situation, or None.

    Years and decades bound to the event, eras ("the Cold War"), anniversaries and comparisons count. Without a
    publication time the latest year that the text names stands in for it.
    """
    reference = _reference_year(document)
    for mention in times:
        span = mention.field.span
        year = _year_of(mention.field.value, reference)
        if span is None or year is None or reference is None or mention.field.value.modifier == "since":
            continue
        if year <= reference - MIN_AGE_YEARS and _belongs(parse, event, mention):
            return span
    sentence = parse.sentence_of(event.head)
    tokens = parse.tokens[sentence.first : sentence.last]
    for token in tokens:
        if token.lower in words["anniversary"] and _is_below(parse, event.head, token.i):
            return token.span
        if token.lower in words["eras"] and token.i > sentence.first:
            before = parse.tokens[token.i - 1]
            if (
                before.lower in words["era_names"]
                and before.text[:1].isupper()
                and _is_below(parse, event.head, token.i)
            ):
                return parse.span([before.i, token.i])
    for child in parse.children(event.head):
        if child.dep == "amod" and child.lower in words["historical_adjectives"]:
            return child.span
    return sentence.span if document.genre is Genre.ANNIVERSARY else None


def find_ahead(parse: Parse, event: EventMention, times: Sequence[TimeMention], document: Document) -> Span | None:
    """Return the time expression that puts an event after the report, or None.

    A date after publication, or an expression that looks ahead ("next week", "tomorrow"), below the event.
    """
    published = document.published.time[:10] if document.published is not None else None
    for mention in times:
        timex, span = mention.field.value, mention.field.span
        if span is None or parse.tokens[mention.first].sentence != parse.tokens[event.head].sentence:
            continue
        coming = (timex.offset or 0) > 0 and timex.modifier != "ago"
        if timex.value is not None and published is not None and re.match(r"\d{4}", timex.value):
            coming = timex.value > published[: len(timex.value)]
        if coming and _is_directly_below(parse, _head_of(parse, mention), event.head):
            return span
    return None


def _is_directly_below(parse: Parse, low: int, high: int) -> bool:
    """Say whether ``low`` hangs below ``high`` with no other verb between them."""
    for ancestor in parse.ancestors(low):
        if ancestor.i == high:
            return True
        if ancestor.tag[:2] == "VB":
            return False
    return False


def _head_of(parse: Parse, mention: TimeMention) -> int:
    """Return the token of a time expression that hangs outside it."""
    inside = range(mention.first, mention.last)
    return next((i for i in inside if parse.tokens[i].head not in inside), mention.first)


def _reference_year(document: Document) -> int | None:
    if document.published is not None:
        return int(document.published.time[:4])
    years = [int(year) for year in _YEAR.findall(document.text)]
    return max(years) if years else None


def _year_of(timex: Timex, reference: int | None) -> int | None:
    """Return the year a time expression lies in, as far as it names or counts one."""
    if timex.value is not None and re.match(r"\d{4}", timex.value):
        return int(timex.value[:4])
    if timex.value is not None and re.match(r"\d{3}$", timex.value):
        return int(timex.value) * 10 + 9
    if reference is None or timex.offset is None:
        return None
    if timex.unit == "year":
        return reference + int(timex.offset)
    if timex.unit in ("decade", "century"):
        return reference + int(timex.offset) * (10 if timex.unit == "decade" else 100)
    return None


def _belongs(parse: Parse, event: EventMention, mention: TimeMention) -> bool:
    """Say whether a time expression dates the event: below it in the tree, or in its clause."""
    head = mention.first
    for i in range(mention.first, mention.last):
        if not mention.first <= parse.tokens[i].head < mention.last:
            head = i
    sentence = parse.sentence_of(event.head)
    if parse.tokens[head].sentence != sentence.index:
        return False
    if _is_below(parse, head, event.head):
        return True
    clause = _clause(parse, event.head)
    return _clause(parse, head) == clause and parse.tokens[event.head].dep not in ("nsubj",)


def _clause(parse: Parse, i: int) -> int:
    """Return the nearest verb at or above ``i``."""
    if parse.tokens[i].tag[:2] == "VB":
        return i
    return next((ancestor.i for ancestor in parse.ancestors(i) if ancestor.tag[:2] == "VB"), i)


def _is_below(parse: Parse, low: int, high: int) -> bool:
    """Say whether ``high`` dominates ``low``, or the other way round."""
    return (
        low == high
        or any(ancestor.i == high for ancestor in parse.ancestors(low))
        or any(ancestor.i == low for ancestor in parse.ancestors(high))
    )
