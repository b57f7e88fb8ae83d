"""What is shown of other people's texts: the sentence around the evidence, never the whole text."""

import msgspec

from reportedly.records.spans import Span
from reportedly.records.stored import StoredClaim

LONGEST = 600
"""Characters; a longer sentence (a text without full stops) is cut around its evidence."""
_MARK = "…"


class Excerpt(msgspec.Struct, frozen=True):
    """A sentence of a report, or the part of it around the evidence.

    Attributes:
        text: The words; ``…`` stands where the sentence was cut.
        evidence: Where the evidence stands in ``text``.
        trigger: Where the words that evoke the event stand in ``text``; None where they were cut off.
    """

    text: str
    evidence: Span
    trigger: Span | None


def make_excerpt(stored: StoredClaim, longest: int = LONGEST) -> Excerpt:
    """Return the sentence that holds a claim, cut around its evidence where it is longer than ``longest``."""
    sentence, offset = stored.sentence, stored.claim.sentence.start
    evidence = _shift(stored.claim.evidence, -offset, len(sentence)) or Span(0, len(sentence))
    trigger = _shift(stored.claim.trigger.span, -offset, len(sentence))
    start, end = 0, len(sentence)
    if end > longest:
        focus = trigger if trigger is not None and evidence.end - evidence.start > longest else evidence
        start, end = _choose_cuts(sentence, focus, longest)
    before = _MARK if start else ""
    text = before + sentence[start:end] + (_MARK if end < len(sentence) else "")
    shift = len(before) - start
    return Excerpt(text, _shift(evidence, shift, len(text)) or Span(0, len(text)), _shift(trigger, shift, len(text)))


def slice_evidence(stored: StoredClaim) -> str:
    """Return the words that show the event, from the sentence that holds them, at most ``LONGEST`` characters."""
    excerpt = make_excerpt(stored)
    return excerpt.evidence.slice(excerpt.text)


def shorten(words: str, longest: int = LONGEST, *, around: str = "") -> str:
    """Return words as they are, or, where they are more than ``longest``, the part around some of them, else the first.

    Args:
        words: A sentence of a report, or what passes for one in a text without full stops.
        longest: Characters.
        around: What is to be seen, where it stands there.
    """
    if len(words) <= longest:
        return words
    at = max(words.find(around), 0)
    start, end = _choose_cuts(words, Span(at, at + len(around)), longest)
    return (_MARK if start else "") + words[start:end] + (_MARK if end < len(words) else "")


def _choose_cuts(sentence: str, focus: Span, longest: int) -> tuple[int, int]:
    """Choose where a sentence is cut, so that what is to be seen stands in the middle of at most ``longest``."""
    focus = Span(focus.start, min(focus.end, focus.start + longest))
    spare = (longest - (focus.end - focus.start)) // 2
    start, end = max(focus.start - spare, 0), min(focus.end + spare, len(sentence))
    return _widen(sentence, start, focus.start, end, focus.end)


def _widen(sentence: str, start: int, inner_start: int, end: int, inner_end: int) -> tuple[int, int]:
    """Move the cuts inwards to the next space, so that no word is cut, but never into the evidence."""
    if start:
        space = sentence.find(" ", start, inner_start)
        start = space + 1 if space != -1 else start
    if end < len(sentence):
        space = sentence.rfind(" ", inner_end, end)
        end = space if space != -1 else end
    return start, end


def _shift(span: Span | None, by: int, length: int) -> Span | None:
    """Move a span and clip it to a text of this length; None where nothing of it is left."""
    if span is None:
        return None
    start, end = max(span.start + by, 0), min(span.end + by, length)
    return Span(start, end) if start < end else None
