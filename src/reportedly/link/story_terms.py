"""The terms by which a document is told from others: names, words, numbers, ages; what each weighs by itself."""

import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files

import msgspec

from reportedly.records.document import Document, RangeKind

_PLAIN = 6.5
"""Frequency (Zipf scale) at which a word weighs nothing: only function words are commoner."""
_RAREST = 3.0
"""Frequency of words that the table does not list."""
_COMMON = 4.2
"""Frequency from which a capital at the start of a sentence makes no name."""
_NUMBER, _AGE = 5.75, 3.5
"""What a number and an age weigh: an age has few values."""
_NAME = 1.2
"""How much more a name counts than another word of the same frequency."""
_MAX = {"names": 40, "words": 60, "numbers": 20}
"""Terms of a kind that are kept of one document, weightiest first."""
_LONG = 5
"""Letters of the shortest word that has an ending."""
_LEAD = 400
"""Characters of a report that hold its lead."""
_TOKEN = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*|[.!?\n:;\"“”]")
_POSSESSIVE = re.compile(r"[’'][sS]?$")
_ENDING = re.compile(r"(?:ing|ed|(?<=.{5})er)$")
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]*\s+|\n+")
_AGED = re.compile(
    r"\b(\d{1,2})[- ]year[- ]old|(?<=[a-z]), (\d{1,2})(?=[,.;]| of\b| and\b| was\b| is\b)|\bage[ds]? (\d{1,2})\b", re.I
)


class StoryWords(msgspec.Struct, frozen=True):
    """What ``open_stories`` reads.

    Attributes:
        zipf: How common a word is in English, on the Zipf scale, by the word in lower case.
        forms: The commonest word with a stem, by the stem: "strike" for what strikes, striking and strikers share.
        furniture: Finds a page's words about itself.
        calendar: Names of days and months.
    """

    zipf: dict[str, float]
    forms: dict[str, str]
    furniture: re.Pattern[str]
    calendar: frozenset[str]


class Profile(msgspec.Struct, frozen=True, array_like=True):
    """What is remembered of a document to compare it by.

    Attributes:
        opening: Headline, or the beginning of the text where there is none.
        terms: How often each term stands there, damped: ``1 + ln(count)``. Names begin with a capital; other words, in
            their commonest form, and numbers do not.
        ages: Ages of people, as "34 years".
        lead: Names of the headline and the lead.
        title: Words of the headline, in lower case and their commonest form.
    """

    opening: str
    terms: dict[str, float]
    ages: tuple[str, ...]
    lead: tuple[str, ...]
    title: tuple[str, ...]


def open_stories() -> StoryWords:
    """Read the word lists that ship with the package and compile their pattern."""
    data = files("reportedly.link").joinpath("data")
    zipf: dict[str, float] = {}
    for line in data.joinpath("stories_words.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            frequency, *found = line.split()
            zipf |= dict.fromkeys(found, float(frequency))
    lists = tomllib.loads(data.joinpath("stories.toml").read_text(encoding="utf-8"))
    return StoryWords(
        zipf=zipf,
        forms=_find_forms(zipf),
        furniture=re.compile(rf"(?<!\w)(?:{'|'.join(lists['furniture'])})", re.IGNORECASE),
        calendar=frozenset(lists["calendar"].split()),
    )


def make_profile(document: Document, words: StoryWords) -> Profile:
    """Return the terms of a document: those of its headline and text, without what is not coded and page furniture."""
    title = " ".join((document.title or "").split())
    body = drop_furniture(_cut(document), words)
    names, plain, numbers = _sort_tokens(body, words)
    heading = [word.lower() for word in _find_words(title) if len(word) > 1]
    for word in heading:
        if word[0].isdigit():
            numbers[word] += 1
        elif word in names:
            names[word] += 1
        else:
            plain[fold(word, words)] += 1
    lead, _, _ = _sort_tokens(body[:_LEAD], words)
    terms: dict[str, float] = {}
    for kind, counts in (("names", names), ("words", plain), ("numbers", numbers)):
        name = kind == "names"
        damped = {term.title() if name else term: 1 + math.log(count) for term, count in counts.items()}
        best = sorted((-tf * weigh_alone(term, words), term) for term, tf in damped.items())[: _MAX[kind]]
        terms |= {term: round(damped[term] * (_NAME if name else 1), 2) for weight, term in best if weight < 0}
    leading = {*lead, *(word for word in heading if word in names)}
    return Profile(
        opening=title or " ".join(next(iter(_SENTENCE.split(body.strip(), maxsplit=1)), "").split())[:160],
        terms=terms,
        ages=tuple(
            sorted({f"{next(filter(None, match.groups()))} years" for match in _AGED.finditer(f"{title} \n {body}")})
        ),
        lead=tuple(sorted(word.title() for word in leading)),
        title=tuple(sorted({fold(word, words) for word in heading if not word[0].isdigit()})),
    )


def weigh_alone(term: str, words: StoryWords) -> float:
    """Return what a term tells by itself: the information in its presence, in nats.

    A word weighs by how rare it is in English: whether two documents are of one matter is not to depend on which other
    documents came in before.
    """
    if term[0].isdigit():
        return _AGE if term.endswith(" years") else _NUMBER
    return max(0.0, _PLAIN - max(_RAREST, words.zipf.get(term.lower(), _RAREST))) * math.log(10)


def fold(word: str, words: StoryWords) -> str:
    """Return the commonest word of the same stem, so that "airstrikes" and "airstrike" are one term.

    A word whose stem the table does not have loses no more than the ending of its plural.
    """
    return words.forms.get(_cut_ending(word)) or _cut_plural(word)


def drop_furniture(text: str, words: StoryWords) -> str:
    """Leave out sentences in which the page speaks of itself, and those that stand there twice."""
    kept: dict[str, str] = {}
    for sentence in _SENTENCE.split(text):
        plain = sentence.strip()
        if plain and plain.lower() not in kept and not words.furniture.search(plain):
            kept[plain.lower()] = plain
    return "\n".join(kept.values())


def _find_forms(zipf: Mapping[str, float]) -> dict[str, str]:
    forms: dict[str, str] = {}
    for word in sorted(zipf, key=lambda word: (zipf[word], -len(word), word)):
        forms[_cut_ending(word)] = word
    return forms


def _cut_ending(word: str) -> str:
    """Return the stem of a word: what its endings of number, tense and agent leave."""
    stem = _cut_plural(word)
    if len(stem) > _LONG:
        stem = _ENDING.sub("", stem)
    if len(stem) >= _LONG:
        stem = stem.removesuffix("e")
    return stem[:-1] if len(stem) >= _LONG and stem[-1] == stem[-2] else stem


def _cut_plural(word: str) -> str:
    if len(word) < _LONG:
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _cut(document: Document) -> str:
    parts: list[str] = []
    start = 0
    for uncoded in document.uncoded:
        if uncoded.kind in (RangeKind.DATELINE, RangeKind.HEADLINE):
            continue
        parts.append(document.text[start : uncoded.span.start])
        start = uncoded.span.end
    return "\n".join((*parts, document.text[start:]))


def _find_words(text: str) -> Iterator[str]:
    for match in _TOKEN.finditer(text):
        if match[0][0].isalnum():
            yield _POSSESSIVE.sub("", match[0])


def _sort_tokens(text: str, words: StoryWords) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Count names, other words and numbers, all in lower case; other words in their commonest form.

    A word is a name where it is written with a capital within sentences more often than without; at the start of a
    sentence only where it never stands without one and is no common word.
    """
    tokens = list(_walk(text))
    low = Counter(word.lower() for word, _ in tokens if word[0].islower())
    inside = Counter(word.lower() for word, first in tokens if word[0].isupper() and not first)
    names, plain, numbers = Counter[str](), Counter[str](), Counter[str]()
    for word, first in tokens:
        key = word.lower()
        if word[0].isdigit():
            numbers[key] += 1
        elif _is_name(word, key, first, low, inside, words):
            names[key] += 1
        elif len(key) > 1:
            plain[fold(key, words)] += 1
    return names, plain, numbers


def _is_name(
    word: str, key: str, first: bool, low: Mapping[str, int], inside: Mapping[str, int], words: StoryWords
) -> bool:
    if not word[0].isupper() or key in words.calendar:
        return False
    if inside.get(key, 0) > low.get(key, 0):
        return True
    return first and not low.get(key, 0) and words.zipf.get(key, 0.0) < _COMMON


def _walk(text: str) -> Iterable[tuple[str, bool]]:
    """Yield words, and whether each begins a sentence."""
    first = True
    for match in _TOKEN.finditer(text):
        token = match[0]
        if not token[0].isalnum():
            first = True
            continue
        word = _POSSESSIVE.sub("", token)
        if word:
            yield word, first
        first = False
