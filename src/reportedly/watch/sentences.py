"""Sentences about one event, put together from pieces that each point at what shows them."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from reportedly.records.brief import Piece, PieceKind
from reportedly.records.claim import Figure, Status
from reportedly.records.event import Event, FigureHistory, FigureReading
from reportedly.records.link import Link, Relation
from reportedly.records.stored import StoredClaim
from reportedly.watch.likelihood import word_share
from reportedly.watch.marks import Marks, are_of_one_day, is_unnamed, share_words
from reportedly.watch.wording import quote_sentence, word_bounds

_MOST_READINGS = 6
_MIN_REPORTS = 2
_MOST_REPORTS = 6
_SHARED = 2
"""Words of some length that two sentences have to share to be put side by side."""
_ALIKE = 0.6
"""Share of the words of two sentences that have to be the same where one is called a copy of the other."""
LEADS = {
    Status.OCCURRED: "Told as having happened",
    Status.ONGOING: "Told as going on",
    Status.PLANNED: "Planned",
    Status.THREATENED: "Threatened",
    Status.DEMANDED: "Demanded",
    Status.CONDITIONAL: "Conditional",
    Status.POSSIBLE: "Held possible",
    Status.UNDECIDED: "Left open",
    Status.DENIED: "Denied",
    Status.NEGATED: "Negated",
    Status.HISTORICAL: "Told as background",
}
"""How a sentence about a status begins."""
_TELLS = {
    Status.OCCURRED: "tell of it as having happened",
    Status.ONGOING: "tell of it as going on",
    Status.PLANNED: "tell of it as planned",
    Status.THREATENED: "tell of it as a threat",
    Status.DEMANDED: "tell of it as a demand",
    Status.DENIED: "tell that it is denied",
}
"""What several reports do that tell alike."""
_ACTUAL = frozenset({Status.OCCURRED, Status.ONGOING})
_AGAINST = frozenset({Status.DENIED, Status.NEGATED})
_INTENDED = frozenset({Status.PLANNED, Status.THREATENED})
_MIN_RESOLVED = 5
"""Followed-up plans of one voice from which its record says anything."""

Pieces = tuple[Piece, ...]


class Draft(msgspec.Struct, frozen=True):
    """A sentence before it is checked, with the claims that it is to cite."""

    pieces: Pieces
    claims: tuple[str, ...]


def _say(text: str) -> Piece:
    return Piece(PieceKind.WORDS, text)


def draft_statuses(event: Event, claims: Mapping[str, StoredClaim], marks: Marks) -> list[Draft]:
    """Say for each status who told it first and in which words; the status told last comes first.

    Args:
        event: The event.
        claims: Its claims, each as its sentence shows it (``marks.keep_shown``); others are passed over.
        marks: From ``open_marks``.
    """
    drafts = []
    for status in event.statuses:
        step = next((step for step in event.life if step.status is status and step.claim in claims), None)
        item = _choose(event, claims, status, step.claim if step else None)
        if item is not None:
            drafts.append(Draft((*_lead(item, marks), _say(".")), (item.claim.id,)))
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


def _lead(item: StoredClaim, marks: Marks) -> Pieces:
    name, status = item.claim.id, item.claim.status.value
    return (
        Piece(PieceKind.STATUS, LEADS[status], name),
        *_according_to(item, marks),
        _say(": “"),
        Piece(PieceKind.QUOTE, quote_sentence(item), name),
        _say("”"),
    )


def _according_to(item: StoredClaim, marks: Marks) -> Pieces:
    """Say who says so, and which outlet carried it when."""
    name = item.claim.id
    day = (_say(", "), Piece(PieceKind.DAY, item.document.day, name)) if item.document.day else ()
    outlet = item.document.publisher_name
    where: Pieces = (Piece(PieceKind.OUTLET, outlet, name), *day) if outlet else day[1:]
    beside = (_say(" ("), *where, _say(")")) if where else ()
    if not item.claim.chain:
        return beside
    voice = _name_voice(item)
    unnamed = bool(item.grounding.sources) and item.grounding.sources[-1].anonymous and is_unnamed(voice.text, marks)
    if unnamed:
        voice = msgspec.structs.replace(voice, text=voice.text[:1].lower() + voice.text[1:])
    return (_say(", according to "), voice, *((_say(", unnamed"),) if unnamed else ()), *beside)


def _name_voice(item: StoredClaim) -> Piece:
    """Return the innermost source as written; an article that began its sentence stands inside one here."""
    text = item.claim.chain[-1].text
    first, _, rest = text.partition(" ")
    if rest and first in ("The", "A", "An"):
        text = f"{first.lower()} {rest}"
    return Piece(PieceKind.VOICE, text, item.claim.id)


def draft_corroboration(event: Event, claims: Mapping[str, StoredClaim], marks: Marks) -> list[Draft]:
    """Say how many reports tell alike of an event, and which outlets carried them, where there are several.

    Alike is what has the status of most and shares words with the first sentence that has it; a report is cited by one
    sentence each, and outlets are named by that.
    """
    alike = _find_alike(event, claims, marks)
    if len(alike) < _MIN_REPORTS:
        return []
    documents = tuple(item.document.id for item in alike)
    pieces = [_count(documents, "report"), _say(f" {_TELLS[alike[0].claim.status.value]}: ")]
    for i, item in enumerate(alike):
        outlet, day = item.document.publisher_name or "", item.document.day
        pieces += [_say("; ")] if i else []
        pieces.append(Piece(PieceKind.OUTLET, outlet, item.claim.id))
        pieces += [_say(", "), Piece(PieceKind.DAY, day, item.claim.id)] if day else []
    taken = tuple(item.document.id for item in alike if _is_taken(item, alike, marks))
    if taken:
        pieces += [_say("; of these, "), _count(taken, "copy of another", "copies of others")]
    return [Draft((*pieces, _say(".")), tuple(item.claim.id for item in alike))]


def _find_alike(event: Event, claims: Mapping[str, StoredClaim], marks: Marks) -> list[StoredClaim]:
    """Return one claim a report of those that tell the same: the most that agree in status and in their words."""
    best: list[StoredClaim] = []
    for status in _TELLS:
        found: dict[str, StoredClaim] = {}
        for name in event.claims:
            item = claims.get(name)
            if item is None or item.claim.status.value is not status or item.document.publisher_name is None:
                continue
            first = next(iter(found.values()), item)
            if item is first or _may_match(first, item, marks):
                found.setdefault(item.document.id, item)
        best = max(best, list(found.values())[:_MOST_REPORTS], key=len)
    return best


def _may_match(one: StoredClaim, other: StoredClaim, marks: Marks) -> bool:
    """Say whether nothing in two sentences speaks against one event: they share words, and no other day is named."""
    return share_words(one.sentence, other.sentence, marks) >= _SHARED and are_of_one_day(one.sentence, other.sentence)


def _is_taken(item: StoredClaim, among: Sequence[StoredClaim], marks: Marks) -> bool:
    """Say whether the report is a copy of one of the others, in words that show it."""
    origin = next((other for other in among if other.document.id == item.document.origin), None)
    if origin is None or origin is item:
        return False
    words = share_words(origin.sentence, item.sentence, marks)
    return words >= _ALIKE * max(share_words(one.sentence, one.sentence, marks) for one in (origin, item))


def _count(counted: Sequence[str], noun: str, nouns: str | None = None) -> Piece:
    distinct = tuple(dict.fromkeys(counted))
    words = noun if len(distinct) == 1 else nouns or f"{noun}s"
    return Piece(PieceKind.COUNT, f"{len(distinct)} {words}", counted=distinct)


def draft_figures(event: Event, claims: Mapping[str, StoredClaim], marks: Marks) -> list[Draft]:
    """Say what each voice gives as a count, the latest last; figures are listed, never averaged.

    What names other days of the week than the sentence that tells the event first is left out.
    """
    lead = next((claims[name] for name in event.claims if name in claims), None)
    drafts = []
    for key, scope in dict.fromkeys((history.key, history.scope) for history in event.figures):
        histories = [history for history in event.figures if (history.key, history.scope) == (key, scope)]
        readings = [
            reading
            for reading in _choose_readings(histories, claims)
            if lead is None or are_of_one_day(lead.sentence, claims[reading.claim].sentence)
        ]
        if readings:
            pieces: list[Piece] = [_say(f"{key.capitalize()}: ")]
            for i, reading in enumerate(readings):
                figure = Piece(PieceKind.FIGURE, word_bounds(reading.low, reading.high), reading.claim, key)
                pieces += [_say("; ")] if i else []
                pieces += [figure, *_according_to(claims[reading.claim], marks)]
            drafts.append(Draft((*pieces, _say(".")), tuple(reading.claim for reading in readings)))
    return drafts


def _choose_readings(histories: Sequence[FigureHistory], claims: Mapping[str, StoredClaim]) -> list[FigureReading]:
    """Return what stands, and what the latest of it took the place of; of those only what a sentence shows."""
    shown = [
        reading
        for history in histories
        for reading in history.readings
        if not reading.retracted and _is_shown(history, reading, claims)
    ]
    shown.sort(key=lambda reading: reading.day or "")
    standing = [reading for reading in shown if reading.updated_by is None]
    replaced = [reading for reading in shown if reading.updated_by is not None]
    chosen = standing[-_MOST_READINGS:]
    room = _MOST_READINGS - len(chosen)
    chosen += replaced[-room:] if room else []
    return sorted(chosen, key=shown.index)


def _is_shown(history: FigureHistory, reading: FigureReading, claims: Mapping[str, StoredClaim]) -> bool:
    item = claims.get(reading.claim)
    return item is not None and any(
        field.value.key == history.key and (field.value.low, field.value.high) == (reading.low, reading.high)
        for field in item.claim.figures
    )


def draft_conflicts(links: Iterable[Link], claims: Mapping[str, StoredClaim], marks: Marks) -> list[Draft]:
    """Put side by side two claims that do not agree; the weightiest pair of those in which both sentences show it.

    Sentences show it where they share words and one tells what the other denies, or where they give figures of one
    count that leave no number for both. A place or day that was read apart is not enough.
    """
    found = [
        (draft, link)
        for link in links
        if link.relation in (Relation.CONTRADICTS, Relation.DENIES) and link.left in claims and link.right in claims
        if (draft := _oppose(claims[link.left], claims[link.right], marks)) is not None
    ]
    best = min(found, key=lambda pair: (-pair[1].score, pair[1].left, pair[1].right), default=None)
    return [best[0]] if best else []


def _oppose(left: StoredClaim, right: StoredClaim, marks: Marks) -> Draft | None:
    if not _may_match(left, right, marks):
        return None
    if all(item.claim.status.value in _ACTUAL for item in (left, right)):
        for key in sorted({field.value.key for field in left.claim.figures}):
            pair = [[field.value for field in item.claim.figures if field.value.key == key] for item in (left, right)]
            if all(len(figures) == 1 for figures in pair) and _are_apart(pair[0][0], pair[1][0]):
                return _contrast(f"The figures do not agree ({key}): “", left, right, marks)
        return None
    told, denied = (left, right) if left.claim.status.value in _ACTUAL else (right, left)
    if told.claim.status.value not in _ACTUAL or denied.claim.status.value not in _AGAINST:
        return None
    if _have_same_source(told, denied):
        return None
    late = (denied.document.day or "") >= (told.document.day or "")
    if not late or marks.ahead.search(denied.sentence):
        return None
    return _contrast("What is told, beside a denial: “", told, denied, marks)


def _have_same_source(one: StoredClaim, other: StoredClaim) -> bool:
    first, second = ({source.code or source.text for source in item.grounding.sources[-1:]} for item in (one, other))
    return bool(first & second)


def _are_apart(one: Figure, other: Figure) -> bool:
    if one.scope is not other.scope or one.unit != other.unit:
        return False
    return any(
        low.low is not None and high.high is not None and low.low > high.high
        for low, high in ((one, other), (other, one))
    )


def _contrast(lead: str, left: StoredClaim, right: StoredClaim, marks: Marks) -> Draft:
    pieces = (
        _say(lead),
        Piece(PieceKind.QUOTE, quote_sentence(left), left.claim.id),
        _say("”"),
        *_according_to(left, marks),
        _say("; “"),
        Piece(PieceKind.QUOTE, quote_sentence(right), right.claim.id),
        _say("”"),
        *_according_to(right, marks),
        _say("."),
    )
    return Draft(pieces, (left.claim.id, right.claim.id))


def draft_outcomes(links: Iterable[Link], claims: Mapping[str, StoredClaim], marks: Marks) -> list[Draft]:
    """Say what came about of what was planned or threatened; the latest only, and only where the words agree."""
    fitting = [
        link
        for link in links
        if link.relation is Relation.CAME_ABOUT and link.left in claims and link.right in claims
        if claims[link.left].claim.status.value in _INTENDED and claims[link.right].claim.status.value in _ACTUAL
        if share_words(claims[link.left].sentence, claims[link.right].sentence, marks) > _SHARED
    ]
    best = max(fitting, key=lambda link: (claims[link.right].document.day or "", link.score, link.right), default=None)
    if best is None:
        return []
    return [
        _contrast("Said before, and told since as having come about: “", claims[best.left], claims[best.right], marks)
    ]


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
