"""The words by which a document is told from others: terms, with what each weighs before any other document is seen."""

import math
import re
from collections.abc import Iterable
from importlib.resources import files

import msgspec

from reportedly.records.document import Document, RangeKind

MAX_TERMS = 80
"""Terms kept of a document, weightiest first; more add size and no sharpness."""

_TOP = 6.5
"""Frequency (Zipf scale) at which a word weighs nothing: only function words are commoner."""
_RAREST = 3.0
"""Frequency that words outside the table are given."""
_TITLE = 2
"""How often a word of the headline counts."""
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_POSSESSIVE = re.compile(r"[’']s?$")


class StoryWords(msgspec.Struct, frozen=True):
    """How common words are, on the Zipf scale, by the word in lower case."""

    zipf: dict[str, float]


class Profile(msgspec.Struct, frozen=True, array_like=True):
    """What is remembered of a document to compare it by.

    Attributes:
        opening: Headline, or the beginning of the text where there is none.
        terms: Terms and their weights, weightiest first.
    """

    opening: str
    terms: dict[str, float]


def open_stories() -> StoryWords:
    """Read the table of word frequencies that ships with the package."""
    table = files("reportedly.link").joinpath("data", "stories_words.txt").read_text(encoding="utf-8")
    zipf: dict[str, float] = {}
    for line in table.splitlines():
        if not line.startswith("#"):
            frequency, *found = line.split()
            zipf |= dict.fromkeys(found, float(frequency))
    return StoryWords(zipf)


def make_profile(document: Document, words: StoryWords) -> Profile:
    """Return the weighty terms of a document: those of its headline and text, without what is not coded."""
    body = _cut(document)
    counts: dict[str, float] = {}
    for word in _find_words(document.title or ""):
        counts[word] = counts.get(word, 0) + _TITLE
    for word in _find_words(body):
        counts[word] = counts.get(word, 0) + 1
    weighed = {word: (1 + math.log(count)) * weigh(word, words) for word, count in counts.items()}
    best = sorted((-weight, word) for word, weight in weighed.items() if weight > 0)[:MAX_TERMS]
    return Profile(make_opening(document, body), {word: round(-weight, 2) for weight, word in best})


def weigh(word: str, words: StoryWords) -> float:
    """Return what a word weighs by itself: the information in its presence, in nats."""
    return max(0.0, _TOP - max(_RAREST, words.zipf.get(word, _RAREST))) * math.log(10)


def make_opening(document: Document, body: str) -> str:
    """Return the headline, or the first sentence, cut to a line."""
    if document.title and document.title.strip():
        return " ".join(document.title.split())
    first = re.split(r"(?<=[.!?])\s+", body.strip(), maxsplit=1)[0]
    return " ".join(first.split())[:160]


def _cut(document: Document) -> str:
    parts: list[str] = []
    start = 0
    for uncoded in document.uncoded:
        if uncoded.kind is RangeKind.DATELINE:
            continue
        parts.append(document.text[start : uncoded.span.start])
        start = uncoded.span.end
    return "\n".join((*parts, document.text[start:]))


def _find_words(text: str) -> Iterable[str]:
    for match in _WORD.finditer(text):
        word = _POSSESSIVE.sub("", match[0]).lower()
        if len(word) > 1:
            yield word
