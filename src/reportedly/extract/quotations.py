"""Quotations: runs of text between quotation marks, in the styles of the press."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from reportedly.records.spans import Span

_OPENING = re.compile(r"[“„«\"]|''|``|(?<!\S)‘(?=\S)")
_CLOSING = {
    "“": re.compile(r"[”\r\n]"),
    "„": re.compile(r"[“”\r\n]"),
    "«": re.compile(r"[»\r\n]"),
    '"': re.compile(r"[\"”\r\n]"),
    "''": re.compile(r"''|[\r\n]"),
    "``": re.compile(r"''|[\r\n]"),
}
_SINGLE_CLOSING = re.compile(r"’(?!\w)|[\r\n]")
_SENTENCE_ENDS = ",.?!…"
MIN_WORDS = 2
"""A single quoted word is a scare quote or a name, not speech."""
MAX_SINGLE_CHARS = 1200
"""Single marks are looked for no further: where one is not closed, it was an apostrophe."""


def find_quotations(text: str) -> tuple[Span, ...]:
    """Return the spans between quotation marks, marks left out, in text order.

    A quotation that is opened again in the next paragraph without having been closed (the press's convention for long
    quotations) ends with its paragraph. One that is never closed ends with its paragraph too. Two apostrophes stand for
    a double mark, as some wires write it. Single typographic marks (‘…’) count where the opening one follows a blank;
    apostrophes within words do not close them.
    """
    found: list[Span] = []
    opening = _OPENING.search(text)
    while opening is not None:
        start = opening.end()
        end = _find_end(text, start, opening.group())
        if end is not None and len(text[start:end].split()) >= MIN_WORDS:
            found.append(Span(start, end))
        opening = _OPENING.search(text, start if end is None else end + len(opening.group()))
    return tuple(found)


def quotations_near(quotations: Sequence[Span], span: Span, margin: int = 0) -> Sequence[Span]:
    """Return those of a document's quotations that overlap a span widened by a margin, without looking at all."""
    first = bisect_left(quotations, span.start - margin, key=lambda q: q.end)
    last = bisect_right(quotations, span.end + margin, key=lambda q: q.start)
    return quotations[first:last]


def _find_end(text: str, start: int, opening: str) -> int | None:
    """Return where a quotation ends; None where a single mark is not closed."""
    if opening != "‘":
        closing = _CLOSING[opening].search(text, start)
        return closing.start() if closing else len(text)
    ends = []
    for closing in _SINGLE_CLOSING.finditer(text, start, min(len(text), start + MAX_SINGLE_CHARS)):
        if closing.group() != "’":
            break
        if text[closing.start() - 1] in _SENTENCE_ENDS:
            return closing.start()
        ends.append(closing.start())
    return ends[0] if ends else None
