"""Checks that the spans of a sentence bear it out: piece by piece, against the stored text, with no reading again."""

import re
from collections.abc import Callable, Collection, Mapping

import msgspec

from reportedly.records.brief import Piece, PieceKind
from reportedly.records.event import Event
from reportedly.records.stored import StoredClaim
from reportedly.watch.alike import get_words, tells_alike
from reportedly.watch.leads import lead_in
from reportedly.watch.lexicon import Marks
from reportedly.watch.likelihood import word_share
from reportedly.watch.marks import shows_figure, shows_source, shows_status, word_figure
from reportedly.watch.sentences import Draft

_NUMBER = re.compile(r"\d")
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+")
"""A capital inside a sentence: a name, which words that join pieces must not hold."""


class Evidence(msgspec.Struct, frozen=True):
    """What a sentence is checked against.

    Attributes:
        claims: The claims that may be cited, by id.
        texts: The texts of their documents, by document id.
        event: The event that the sentence is about.
        followed: Claims by which the voices behind it are judged: what they planned or threatened before, of which it
            is known whether it came about.
        marks: The words by which a sentence shows what is said of it.
    """

    claims: Mapping[str, StoredClaim]
    texts: Mapping[str, str]
    event: Event
    marks: Marks
    followed: Collection[str] = ()


def find_faults(draft: Draft, evidence: Evidence) -> list[str]:
    """Return what a sentence says that its claims do not show; empty where all of it is borne out."""
    faults = [] if draft.claims else ["it cites nothing"]
    faults += [f"{name} is not there" for name in draft.claims if name not in evidence.claims]
    for piece in draft.pieces:
        if piece.claim is not None and piece.claim not in draft.claims:
            faults.append(f"“{piece.text}” rests on a claim that is not cited")
        elif piece.claim is not None and piece.claim not in evidence.claims:
            continue
        elif not _CHECKS[piece.kind](piece, evidence):
            faults.append(f"“{piece.text}” is not shown ({piece.kind})")
    return faults + _find_miscounts(draft, evidence)


def _find_miscounts(draft: Draft, evidence: Evidence) -> list[str]:
    """Return counts of what is not the event's own; of a likelihood, also totals that are not counted beside it."""
    shares = [piece for piece in draft.pieces if piece.kind is PieceKind.LIKELIHOOD]
    counts = [piece for piece in draft.pieces if piece.kind is PieceKind.COUNT]
    event = evidence.event
    own = set(evidence.followed) if shares else {*event.claims, *event.documents, *(v.name for v in event.voices)}
    faults = [f"“{piece.text}” counts something else" for piece in (*counts, *shares) if not own >= set(piece.counted)]
    for piece in shares:
        told, of = set(piece.counted), [set(count.counted) for count in counts]
        if told not in of or not any(told <= total and len(total) == piece.of for total in of):
            faults.append(f"“{piece.text}” is of others than those counted beside it")
    return faults


def _get(piece: Piece, evidence: Evidence) -> StoredClaim | None:
    return evidence.claims.get(piece.claim) if piece.claim else None


def _check_words(piece: Piece, evidence: Evidence) -> bool:
    return not _NUMBER.search(piece.text) and not _NAME.search(piece.text)


def _check_quote(piece: Piece, evidence: Evidence) -> bool:
    """The words are the sentence of the claim, all of it, at its offsets in the stored text.

    Of a count of reports they are those that show its event, and each report has a sentence that tells the same.
    """
    item = _get(piece, evidence)
    if item is None:
        return False
    text = evidence.texts.get(item.document.id, "")
    if piece.counted:
        own = [evidence.claims[name] for name in evidence.event.claims if name in evidence.claims]
        alike = {other.document.id for other in own if _is_alike(item, other, evidence)}
        words = _fold(item.claim.sentence.slice(text))
        return piece.text == get_words(item) and piece.text in words and set(piece.counted) <= alike
    sentence = _fold(item.claim.sentence.slice(text))
    return bool(piece.text) and _fold(piece.text) == sentence.rstrip(". ") and _marks_trigger(piece, item, text)


def _marks_trigger(piece: Piece, item: StoredClaim, text: str) -> bool:
    """Say whether what is marked are the words that evoke the event, as the stored text has them."""
    trigger = item.claim.trigger.span
    return piece.marked is None or (
        trigger is not None and piece.marked.slice(piece.text) == _fold(trigger.slice(text)) != ""
    )


def _is_alike(one: StoredClaim, other: StoredClaim, evidence: Evidence) -> bool:
    return one.claim.id == other.claim.id or tells_alike(one, other, evidence.marks)


def _fold(text: str) -> str:
    return " ".join(text.split())


def _check_voice(piece: Piece, evidence: Evidence) -> bool:
    """The source is a link of the claim's chain, and its own sentence names it at its span and says that it speaks."""
    item = _get(piece, evidence)
    if item is None:
        return False
    text = evidence.texts.get(item.document.id, "")
    return any(
        source.text[:1].lower() + source.text[1:] == piece.text[:1].lower() + piece.text[1:]
        and _fold(source.text) in _fold(source.span.slice(text))
        and shows_source(item, source, evidence.marks)
        for source in item.claim.chain
    )


def _check_outlet(piece: Piece, evidence: Evidence) -> bool:
    item = _get(piece, evidence)
    return item is not None and item.document.publisher_name == piece.text


def _check_day(piece: Piece, evidence: Evidence) -> bool:
    item = _get(piece, evidence)
    return item is not None and item.document.day == piece.text


def _check_status(piece: Piece, evidence: Evidence) -> bool:
    """The status is the claim's, and the words of its sentence show it."""
    item = _get(piece, evidence)
    marks = evidence.marks
    return item is not None and lead_in(item, marks) == piece.text and shows_status(item, marks)


def _check_figure(piece: Piece, evidence: Evidence) -> bool:
    """The claim has the figure, and its sentence holds the number beside what it counts."""
    item = _get(piece, evidence)
    return item is not None and any(
        field.value.key == piece.key
        and word_figure(item, piece.key, field.value.low, field.value.high) == piece.text
        and shows_figure(item, field, evidence.marks)
        for field in item.claim.figures
    )


def _check_count(piece: Piece, evidence: Evidence) -> bool:
    """The number is that of the different things counted; whose they are, ``_find_miscounts`` checks."""
    number = re.match(r"\d[\d,]*", piece.text)
    return number is not None and int(number.group().replace(",", "")) == len(set(piece.counted))


def _check_likelihood(piece: Piece, evidence: Evidence) -> bool:
    """The word is that of the share; whether the total is the one told, ``_find_miscounts`` checks."""
    return piece.of is not None and piece.text == word_share(len(set(piece.counted)), piece.of)


_CHECKS: dict[PieceKind, Callable[[Piece, Evidence], bool]] = {
    PieceKind.WORDS: _check_words,
    PieceKind.QUOTE: _check_quote,
    PieceKind.VOICE: _check_voice,
    PieceKind.OUTLET: _check_outlet,
    PieceKind.DAY: _check_day,
    PieceKind.STATUS: _check_status,
    PieceKind.FIGURE: _check_figure,
    PieceKind.COUNT: _check_count,
    PieceKind.LIKELIHOOD: _check_likelihood,
}
