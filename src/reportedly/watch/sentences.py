"""Sentences about one event, put together from pieces that each point at what shows them."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from reportedly.records.brief import Piece, PieceKind
from reportedly.records.claim import Status
from reportedly.records.event import Event, FigureHistory, FigureReading
from reportedly.records.link import Link, Relation
from reportedly.records.stored import StoredClaim
from reportedly.watch.likelihood import word_share
from reportedly.watch.wording import cut_quote, word_bounds

_MOST_READINGS = 4
LEADS = {
    Status.OCCURRED: "Told as having happened",
    Status.ONGOING: "Told as going on",
    Status.PLANNED: "Planned",
    Status.THREATENED: "Threatened",
    Status.DEMANDED: "Demanded",
    Status.CONDITIONAL: "Tied to a condition",
    Status.POSSIBLE: "Held possible",
    Status.UNDECIDED: "Left open",
    Status.DENIED: "Denied",
    Status.NEGATED: "Told as not having happened",
    Status.HISTORICAL: "Told as background",
}
"""How a sentence about a status begins."""
_MIN_RESOLVED = 5
"""Followed-up plans of one voice from which its record says anything."""

Pieces = tuple[Piece, ...]


class Draft(msgspec.Struct, frozen=True):
    """A sentence before it is checked, with the claims that it is to cite."""

    pieces: Pieces
    claims: tuple[str, ...]


def _say(text: str) -> Piece:
    return Piece(PieceKind.WORDS, text)


def draft_statuses(event: Event, claims: Mapping[str, StoredClaim]) -> list[Draft]:
    """Say for each status who told it first and in which words; the status told last comes first."""
    drafts = []
    for status in event.statuses:
        step = next((step for step in event.life if step.status is status and step.claim in claims), None)
        item = _choose(event, claims, status, step.claim if step else None)
        if item is not None:
            drafts.append(
                Draft(
                    (
                        *_lead(item),
                        _say("."),
                    ),
                    (item.claim.id,),
                )
            )
    return drafts


def _choose(event: Event, claims: Mapping[str, StoredClaim], status: Status, first: str | None) -> StoredClaim | None:
    """Choose the claim that tells a status best: of an original, with a named source, the more salient, the earlier."""
    fitting = [
        item for name in event.claims if (item := claims.get(name)) is not None and item.claim.status.value is status
    ]
    order = {name: i for i, name in enumerate(event.claims)}
    return min(
        fitting,
        key=lambda item: (
            item.document.origin is not None,
            not item.claim.chain,
            item.claim.id != first,
            item.claim.salience,
            order[item.claim.id],
        ),
        default=None,
    )


def _lead(item: StoredClaim) -> Pieces:
    name, status = item.claim.id, item.claim.status.value
    return (
        Piece(PieceKind.STATUS, LEADS[status], name),
        *_according_to(item),
        _say(": “"),
        Piece(PieceKind.QUOTE, cut_quote(item), name),
        _say("”"),
    )


def _according_to(item: StoredClaim) -> Pieces:
    """Say who says so, and which outlet carried it when."""
    name = item.claim.id
    day = (_say(", "), Piece(PieceKind.DAY, item.document.day, name)) if item.document.day else ()
    outlet = item.document.publisher_name
    where: Pieces = (Piece(PieceKind.OUTLET, outlet, name), *day) if outlet else day[1:]
    if not item.claim.chain:
        itself = (where[0], _say(" itself"), *where[1:]) if outlet else where
        return (_say(" ("), *itself, _say(")")) if where else ()
    unnamed = bool(item.grounding.sources) and item.grounding.sources[-1].anonymous
    marked = (_say(", unnamed"),) if unnamed else ()
    return (_say(", according to "), _name_voice(item), *marked, *((_say(" ("), *where, _say(")")) if where else ()))


def _name_voice(item: StoredClaim) -> Piece:
    """Return the innermost source as written; an article that began its sentence stands inside one here."""
    text = item.claim.chain[-1].text
    first, _, rest = text.partition(" ")
    if rest and first in ("The", "A", "An"):
        text = f"{first.lower()} {rest}"
    return Piece(PieceKind.VOICE, text, item.claim.id)


def draft_corroboration(event: Event, claims: Mapping[str, StoredClaim]) -> list[Draft]:
    """Say how many stand behind an event, where it was told more than once."""
    counts = event.corroboration
    shown = tuple(name for name in event.claims if name in claims)
    if counts.documents < 2 or not shown:
        return []
    named = tuple(voice.name for voice in event.voices if not voice.anonymous)
    unnamed = tuple(voice.name for voice in event.voices if voice.anonymous)
    pieces = [
        _say("Behind it: "),
        _count(named, "named voice"),
        *((_say(", "), _count(unnamed, "unnamed one"), _say(" whose independence is unknown")) if unnamed else ()),
        _say(", in "),
        _count(event.documents, "report"),
    ]
    if counts.origins < counts.documents:
        origins = tuple(dict.fromkeys(_find_origin(claims[name]) for name in shown))
        pieces += [_say(" from "), _count(origins, "original text")]
    return [Draft((*pieces, _say(".")), shown[:3])]


def _find_origin(item: StoredClaim) -> str:
    return item.document.origin or item.document.id


def _count(counted: Sequence[str], noun: str) -> Piece:
    distinct = tuple(dict.fromkeys(counted))
    plural = "" if len(distinct) == 1 else "s"
    return Piece(PieceKind.COUNT, f"{len(distinct)} {noun}{plural}", counted=distinct)


def draft_figures(event: Event, claims: Mapping[str, StoredClaim]) -> list[Draft]:
    """Say what each voice gives as a count, the latest last; figures are listed, never averaged."""
    drafts = []
    for history in event.figures:
        readings = [reading for reading in _choose_readings(history) if reading.claim in claims]
        if readings:
            pieces: list[Piece] = [_say(f"{history.key.capitalize()}: ")]
            for i, reading in enumerate(readings):
                pieces += [_say("; ")] if i else []
                pieces += _word_reading(history, reading, claims[reading.claim])
            drafts.append(Draft((*pieces, _say(".")), tuple(reading.claim for reading in readings)))
    return drafts


def _choose_readings(history: FigureHistory) -> list[FigureReading]:
    """Return what stands, and what the latest of it took the place of."""
    standing = [item for item in history.readings if item.updated_by is None]
    replaced = [item for item in history.readings if item.updated_by is not None]
    chosen = standing[-_MOST_READINGS:]
    room = _MOST_READINGS - len(chosen)
    chosen += replaced[-room:] if room else []
    return sorted(chosen, key=lambda item: history.readings.index(item))


def _word_reading(history: FigureHistory, reading: FigureReading, item: StoredClaim) -> Pieces:
    figure = Piece(PieceKind.FIGURE, word_bounds(reading.low, reading.high), reading.claim, history.key)
    notes = [
        words for fits, words in ((reading.updated_by, "since updated"), (reading.retracted, "taken back")) if fits
    ]
    tail = (_say(f", {' and '.join(notes)}"),) if notes else ()
    return (figure, *_according_to(item), *tail)


def draft_conflicts(links: Iterable[Link], claims: Mapping[str, StoredClaim]) -> list[Draft]:
    """Put side by side two claims that do not agree; the weightiest pair only."""
    words = {
        Relation.CONTRADICTS: "These cannot both hold: “",
        Relation.TENSION: "These pull apart: “",
    }
    fitting = [link for link in links if link.relation in words and link.left in claims and link.right in claims]
    if not fitting:
        return []
    best = min(fitting, key=lambda link: (list(words).index(link.relation), -link.score, link.left, link.right))
    return [_contrast(words[best.relation], best, claims)]


def _contrast(lead: str, link: Link, claims: Mapping[str, StoredClaim]) -> Draft:
    left, right = claims[link.left], claims[link.right]
    pieces = (
        _say(lead),
        Piece(PieceKind.QUOTE, cut_quote(left), left.claim.id),
        _say("”"),
        *_according_to(left),
        _say("; “"),
        Piece(PieceKind.QUOTE, cut_quote(right), right.claim.id),
        _say("”"),
        *_according_to(right),
        _say("."),
    )
    return Draft(pieces, (left.claim.id, right.claim.id))


def draft_outcomes(links: Iterable[Link], claims: Mapping[str, StoredClaim]) -> list[Draft]:
    """Say what became of what was planned, threatened or denied; the latest outcome only."""
    words = {
        Relation.CAME_ABOUT: "What was said before came about: “",
        Relation.DID_NOT: "What was said before did not come about: “",
    }
    fitting = [link for link in links if link.relation in words and link.left in claims and link.right in claims]
    best = max(fitting, key=lambda link: (claims[link.right].document.day or "", link.score, link.right), default=None)
    return [] if best is None else [_contrast(words[best.relation], best, claims)]


def draft_likelihood(
    event: Event, claims: Mapping[str, StoredClaim], records: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]
) -> list[Draft]:
    """Say how likely a plan is by the record of the voice that told it, where enough of its plans could be followed up.

    Args:
        event: What is planned.
        claims: Its claims.
        records: By name of a voice, the ids of its claims that came about, and of those that did not.
    """
    for voice in event.voices:
        came, not_come = records.get(voice.name, ((), ()))
        total = len(came) + len(not_come)
        own = next((claims[name] for name in reversed(voice.claims) if name in claims), None)
        if voice.anonymous or total < _MIN_RESOLVED or own is None or not own.claim.chain:
            continue
        pieces = (
            _say("Of "),
            _count((*came, *not_come), "earlier announcement"),
            _say(" of "),
            _name_voice(own),
            _say(" that could be followed up, "),
            Piece(PieceKind.COUNT, str(len(came)), counted=came),
            _say(" came about; by that record alone this is "),
            Piece(PieceKind.LIKELIHOOD, word_share(len(came), total), counted=came, of=total),
            _say("."),
        )
        return [Draft(pieces, (own.claim.id, *came[:2], *not_come[:1]))]
    return []
