"""Which reports take back, or put right, what was reported before, and what that reaches."""

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from reportedly.link.retraction_words import RetractionWords, open_retractions
from reportedly.link.voices import fold
from reportedly.records.document import Document, are_versions
from reportedly.records.link import Link, Relation

__all__ = [
    "RetractionWords",
    "carry_retractions",
    "find_retractions",
    "holds_notice",
    "open_retractions",
    "opens_with_notice",
]

_BY = "rule:retractions"
_NAMED = 0.95
"""Score of a notice that names the address or the title of what it is about."""
_AFTER = 2
"""Sentences after a notice that may say what it is about."""
_QUOTED = re.compile(r"[\"“”«»„]([^\"“”«»„]{8,200})[\"“”«»„]")
_ENOUGH = 0.4
"""Share of a notice's words that an earlier report must have for the notice to be about it."""
_ENOUGH_WORDS = 3
_HEAD = 1500
"""Characters of an earlier report that are compared: what it is about stands at its head."""
_WORD = re.compile(r"[^\W\d_][\w’'-]{3,}|\d[\d.,]*\d|\d")
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]*\s+|\n+")


class _Notice(msgspec.Struct, frozen=True):
    """A notice found in a report: what it does, its words, and whose report it speaks of (folded; None: its own)."""

    relation: Relation
    words: str
    outlet: str | None
    reason: str


def find_retractions(document: Document, earlier: Sequence[Document], words: RetractionWords) -> tuple[Link, ...]:
    """Find what earlier reports a report takes back or puts right.

    A notice ("Correction:", "an earlier version of this article said") is about the report before it at its address, or
    else about the one of its own outlet that it shares most words with. Where it names another outlet ("the Wire has
    withdrawn its report that"), it is about that outlet's.

    Args:
        document: The report; most hold no notice.
        earlier: Reports it may speak of, in any order: those of its address, of its outlet and of its story. Later ones
            and the report itself are passed over.
        words: From ``open_retractions``.

    Returns:
        ``retracts`` or ``corrects`` links from the earlier report (left) to this one (right), one for each notice that
        an earlier report fits; empty where there is none.
    """
    candidates = [other for other in earlier if other.id != document.id and _is_before(other, document)]
    if not candidates:
        return ()
    links: dict[str, Link] = {}
    for notice in _find_notices(document, candidates, words):
        found = _find_target(notice, document, candidates, words)
        if found is None:
            continue
        other, score = found
        known = links.get(other.id)
        if known is None or known.relation is Relation.CORRECTS:
            links[other.id] = Link(other.id, document.id, notice.relation, score, _BY, notice.reason)
    return tuple(links.values())


def holds_notice(document: Document, words: RetractionWords) -> bool:
    """Say whether a report may take something back: most do not, and need not be compared with earlier ones."""
    patterns = (words.earlier, words.notices, words.withdrawn, words.retract, words.passive)
    sentences = (document.title or "", *_SENTENCE.split(document.text))
    return any(pattern.search(sentence) for sentence in sentences for pattern in patterns)


def opens_with_notice(document: Document, words: RetractionWords) -> bool:
    """Say whether a report is a notice itself: its title or first sentence takes something back or puts it right."""
    patterns = (words.earlier, words.notices, words.withdrawn, words.retract, words.passive)
    first = next((part for part in _SENTENCE.split(document.text) if part.strip()), "")
    return any(pattern.search(part) for part in (document.title or "", first) for pattern in patterns)


def carry_retractions(links: Iterable[Link], origins: Mapping[str, str | None]) -> frozenset[str]:
    """Return every document that a retraction reaches: what was taken back, its earlier versions, and their copies.

    Args:
        links: ``retracts`` and ``version`` links count; a correction takes nothing back.
        origins: By document id, the document it is a copy of; None, or no entry, for an original.
    """
    listed = list(links)
    reached = {link.left for link in listed if link.relation is Relation.RETRACTS}
    versions = [(link.left, link.right) for link in listed if link.relation is Relation.VERSION]
    waiting = sorted(reached)
    while waiting:
        later = waiting.pop()
        for before, after in versions:
            if after == later and before not in reached:
                reached.add(before)
                waiting.append(before)
    copies = {copy for copy, origin in origins.items() if origin in reached}
    return frozenset(reached | copies)


def _is_before(other: Document, document: Document) -> bool:
    """Say whether a report may have been published before another, where both times are known."""
    if other.published is None or document.published is None:
        return True
    return other.published.time[:10] <= document.published.time[:10]


def _find_notices(document: Document, candidates: Sequence[Document], words: RetractionWords) -> list[_Notice]:
    found: list[_Notice] = []
    sentences = [part for part in (document.title or "", *_SENTENCE.split(document.text)) if part.strip()]
    for at, sentence in enumerate(sentences):
        if words.withdrawn.match(sentence):
            found.append(_Notice(Relation.RETRACTS, _join(sentence, document), None, _quote(sentence)))
        elif words.notices.match(sentence) or words.earlier.search(sentence):
            found.append(_Notice(Relation.CORRECTS, _join(sentence, document), None, _quote(sentence)))
            if at == 0 and document.title:
                # a heading says less than what follows it
                after = " ".join(sentences[: 1 + _AFTER])
                found.append(_Notice(Relation.CORRECTS, after, None, _quote(sentence)))
        elif match := (words.retract.search(sentence) or words.passive.search(sentence)):
            outlet, own = _find_outlet(sentence, match, document, candidates, words)
            if outlet is not None or own:
                found.append(_Notice(Relation.RETRACTS, _join(sentence, document), outlet, _quote(sentence)))
    return found


def _join(sentence: str, document: Document) -> str:
    return f"{document.title or ''} {sentence}"


def _quote(sentence: str) -> str:
    return " ".join(sentence.split())[:200]


def _find_outlet(
    sentence: str, match: re.Match[str], document: Document, candidates: Sequence[Document], words: RetractionWords
) -> tuple[str | None, bool]:
    """Return whose report is taken back: the outlet named in the sentence, folded, or the report's own outlet."""
    folded = f" {fold(sentence)} "
    named = sorted({fold(other.publisher) for other in candidates if other.publisher})
    own = fold(document.publisher) if document.publisher else None
    for name in named:
        if name and f" {name} " in folded.replace("'", " "):
            return (None, True) if name == own else (name, False)
    return None, words.self.search(sentence[: match.end()]) is not None


def _find_target(
    notice: _Notice, document: Document, candidates: Sequence[Document], words: RetractionWords
) -> tuple[Document, float] | None:
    """Return the report that a notice is about, with how much of its words that one shares."""
    outlet = notice.outlet or (fold(document.publisher) if document.publisher else None)
    titles = {fold(quoted) for quoted in _QUOTED.findall(notice.words)}
    named = [o for o in candidates if o.title and fold(o.title) in titles and outlet == fold(o.publisher or "")]
    if named:
        return max(named, key=lambda other: (other.published.time if other.published else "", other.id)), _NAMED
    if notice.outlet is None:
        versions = [other for other in candidates if are_versions(other.address, document.address)]
        if versions:
            return max(versions, key=lambda other: (other.published.time if other.published else "", other.id)), _NAMED
    about = _find_words(notice.words, words) - {*(outlet or "").split()}
    best: tuple[float, str, str, Document] | None = None
    for other in candidates:
        if outlet is None or other.publisher is None or fold(other.publisher) != outlet:
            continue
        shared = about & _find_words(f"{other.title or ''} {other.text[:_HEAD]}", words)
        share = len(shared) / len(about) if about else 0.0
        ranked = (round(share, 6), other.published.time if other.published else "", other.id, other)
        if len(shared) >= _ENOUGH_WORDS and share >= _ENOUGH and (best is None or ranked[:3] > best[:3]):
            best = ranked
    return (best[3], min(0.9, round(best[0], 2))) if best else None


def _find_words(text: str, words: RetractionWords) -> set[str]:
    """Return the words and numbers of a text that say what it is about, endings cut."""
    found = (fold(word) for word in _WORD.findall(text))
    return {re.sub(r"(?:ing|ed|es|s)$", "", word) for word in found if word and word not in words.plain}
