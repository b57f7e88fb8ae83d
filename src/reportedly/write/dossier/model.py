"""What the pages of a dossier show, in words: cards of claims and events, pairs, tolls, copies."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from reportedly.records.claim import Scope, Source, Status
from reportedly.records.event import Event, FigureHistory, FigureReading
from reportedly.records.grounding import GroundedActor, GroundedSource, Grounding, name_source
from reportedly.records.link import Relation
from reportedly.records.query import ClaimQuery
from reportedly.records.stored import DocumentHead, StoredClaim
from reportedly.store.base import StoredLink, View
from reportedly.watch.wording import word_bounds
from reportedly.write.excerpts import make_excerpt
from reportedly.write.gather import Told, name_voice
from reportedly.write.parties import Parties
from reportedly.write.tables import name_voices
from reportedly.write.wording import (
    STATUS_SHAPES,
    is_web,
    name_count,
    word_chain,
    word_condition,
    word_figures,
    word_interval,
    word_place,
    word_publication,
    word_status,
    word_time,
    word_type,
    word_who,
)

APART = (Relation.CONTRADICTS, Relation.DENIES, Relation.TENSION)
OUTCOMES = (Relation.CAME_ABOUT, Relation.DID_NOT)
RELATIONS: dict[Relation, str] = {
    Relation.CONTRADICTS: "cannot both hold",
    Relation.TENSION: "pull apart",
    Relation.DENIES: "denied",
    Relation.CAME_ABOUT: "came about",
    Relation.DID_NOT: "did not come about",
    Relation.RETRACTS: "taken back",
    Relation.CORRECTS: "put right",
}
_SCOPES = {Scope.THIS: "", Scope.SERIES: " in the series so far", Scope.ADDED: " more"}
TOLLS = ("killed", "injured", "casualties", "missing", "detained", "displaced")
"""Counts that are drawn over time."""


class Badge(msgspec.Struct, frozen=True):
    """A status with the shape that stands for it, so that nothing hangs on colour alone."""

    name: str
    shape: str


class Sheet(msgspec.Struct, frozen=True):
    """A document, without its text."""

    id: str
    title: str
    outlet: str
    published: str
    day: str | None
    address: str | None
    genre: str
    credit: str | None
    family: str | None
    state: str | None
    origin: str | None
    previous: str | None
    superseded: str | None


class Card(msgspec.Struct, frozen=True):
    """A claim with its evidence: the sentence in three parts, the words that show the event in the middle."""

    id: str
    badge: Badge
    who: str
    what: str
    status: str
    before: str
    evidence: str
    after: str
    says: str
    notes: tuple[str, ...]
    sheet: Sheet
    event: str | None
    is_copy: bool
    decided: bool
    event_title: str = ""


class EventCard(msgspec.Struct, frozen=True):
    """An event on one line, and what is counted of it."""

    id: str
    title: str
    badges: tuple[Badge, ...]
    type: str
    when: str
    sort_day: str
    where: str
    parties: str
    claims: int
    documents: int
    publishers: int
    origins: int
    voices: int
    undecidable: int
    against: int
    reasons: tuple[str, ...]
    tolls: tuple[str, ...]
    tension: bool
    retracted: bool
    first: str | None
    last: str | None


class VoiceLine(msgspec.Struct, frozen=True):
    """A voice behind an event, and what it says of it in order."""

    name: str
    kind: str
    anonymous: bool
    badges: tuple[Badge, ...]
    claims: tuple[Card, ...]


class Step(msgspec.Struct, frozen=True):
    """A status on the day it was first told."""

    day: str | None
    badge: Badge
    voices: tuple[str, ...]
    event: str
    title: str


class Pair(msgspec.Struct, frozen=True):
    """Two claims that stand against each other, or of which one shows what became of the other."""

    relation: str
    word: str
    reason: str
    left: Card
    right: Card


class PairGroup(msgspec.Struct, frozen=True):
    """Pairs of one event, the firmest first, and how many more there are."""

    event: str
    title: str
    pairs: tuple[Pair, ...]
    more: int


class TollLine(msgspec.Struct, frozen=True):
    """A figure that one voice gave on one day."""

    voice: str
    day: str | None
    low: int | None
    high: int | None
    words: str
    scope: str
    as_of: str | None
    card: Card | None
    stands: bool
    retracted: bool


class Toll(msgspec.Struct, frozen=True):
    """What is said of one count of an event ("killed", "killed (civilians)"), by source and over time."""

    event: str
    title: str
    key: str
    range: str
    lines: tuple[TollLine, ...]
    chart: str = ""


def make_badge(status: Status) -> Badge:
    """Return the badge of a status."""
    return Badge(status.value, STATUS_SHAPES[status])


def make_sheet(head: DocumentHead) -> Sheet:
    """Return what is shown of a document; only addresses of the web become links."""
    return Sheet(
        id=head.id,
        title=head.title or f"Untitled report {head.id[:8]}",
        outlet=name_outlet(head),
        published=word_publication(head.published),
        day=head.day,
        address=head.address if is_web(head.address) else None,
        genre=head.genre.value,
        credit=head.credit,
        family=head.family,
        state=head.state,
        origin=head.origin,
        previous=head.previous,
        superseded=head.superseded,
    )


def name_outlet(head: DocumentHead) -> str:
    """Return the usual name of the outlet."""
    return head.publisher_name or head.publisher or "outlet not known"


def make_card(stored: StoredClaim) -> Card:
    """Return the card of a claim."""
    claim, grounding, excerpt = stored.claim, stored.grounding, make_excerpt(stored)
    notes = [word_place(claim), word_time(claim, grounding), word_figures(claim)]
    if claim.condition is not None:
        notes.append(word_condition(claim.condition.value))
    if claim.hedges:
        notes.append("hedged: " + ", ".join(hedge.value for hedge in claim.hedges))
    return Card(
        id=claim.id,
        badge=make_badge(claim.status.value),
        who=word_who(claim, _drop_codes(grounding)),
        what=word_type(claim),
        status=word_status(claim),
        before=excerpt.text[: excerpt.evidence.start],
        evidence=excerpt.evidence.slice(excerpt.text),
        after=excerpt.text[excerpt.evidence.end :],
        says=word_chain(_hide_names(claim.chain, grounding.sources), grounding.sources, name_outlet(stored.document)),
        notes=tuple(note for note in notes if note),
        sheet=make_sheet(stored.document),
        event=stored.event,
        is_copy=stored.document.origin is not None,
        decided=bool(stored.decided),
    )


def _hide_names(chain: Sequence[Source], grounded: Sequence[GroundedSource]) -> list[Source]:
    """Return a chain that names private people only by what they are; the sentence has their names as reported."""
    return [
        msgspec.structs.replace(
            source, text=name_source(source.text, kind.kind.value, kind.code, anonymous=kind.anonymous)
        )
        for source, kind in zip(chain, grounded, strict=True)
    ]


def _drop_codes(grounding: Grounding) -> Grounding:
    """Return a grounding without the codes of parties: people read names."""
    return msgspec.structs.replace(
        grounding,
        actors=tuple(GroundedActor(actor.text) for actor in grounding.actors),
        recipients=tuple(GroundedActor(actor.text) for actor in grounding.recipients),
    )


def make_event_card(told: Told, parties: Parties) -> EventCard:
    """Return the card of an event."""
    event, counts = told.event, told.event.corroboration
    sides = [", ".join(party.name for party in side) for side in parties.read_sides(told)]
    return EventCard(
        id=event.id,
        title=word_title(event),
        badges=tuple(make_badge(status) for status in event.statuses),
        type=" ".join([event.type.value, *event.modes[:1]]),
        when=word_interval(event.interval) if event.interval else "",
        sort_day=(event.interval.start if event.interval else None) or event.first or "",
        where=event.place.name if event.place else "",
        parties=" → ".join(side for side in sides if side),
        claims=counts.claims,
        documents=counts.documents,
        publishers=counts.publishers,
        origins=counts.origins,
        voices=counts.voices,
        undecidable=counts.undecidable,
        against=counts.against,
        reasons=counts.reasons,
        tolls=tuple(word_range(item) for item in event.figures if item.key in TOLLS),
        tension=event.tension,
        retracted=event.retracted,
        first=event.first,
        last=event.last,
    )


def make_voices(told: Told, cards: Mapping[str, Card]) -> tuple[VoiceLine, ...]:
    """Return the voices of an event, named ones first; private people only by what they are."""
    return tuple(
        VoiceLine(
            name=name_voice(voice),
            kind=voice.kind.replace("_", " "),
            anonymous=voice.anonymous,
            badges=tuple(make_badge(status) for status in voice.statuses),
            claims=tuple(cards[claim] for claim in voice.claims if claim in cards),
        )
        for voice in told.event.voices
    )


def make_steps(told: Told) -> tuple[Step, ...]:
    """Return the life of an event: each status on the days it was told, with all who told it on that day."""
    names = name_voices(told.event)
    steps: dict[tuple[str | None, Status], dict[str, None]] = {}
    for step in told.event.life:
        steps.setdefault((step.day, step.status), {}).setdefault(names.get(step.voice, step.voice))
    return tuple(
        Step(day, make_badge(status), tuple(voices), told.event.id, word_title(told.event))
        for (day, status), voices in steps.items()
    )


def word_title(event: Event) -> str:
    """Return the title of an event as the start of a line: it may be words from the middle of a sentence."""
    return event.title[:1].upper() + event.title[1:]


def make_tolls(told: Told, cards: Mapping[str, Card]) -> tuple[Toll, ...]:
    """Return what is said of each count of an event that is drawn, kinds of people apart, in order of telling."""
    names = name_voices(told.event)
    histories: dict[str, list[FigureHistory]] = defaultdict(list)
    for history in told.event.figures:
        if history.key in TOLLS:
            histories[name_count(history.key, history.unit)].append(history)
    tolls = []
    for key, items in histories.items():
        lines = [_make_line(reading, item.scope, names, cards) for item in items for reading in item.readings]
        lines.sort(key=lambda line: (line.day is None, line.day or "", line.voice))
        ranges = "; ".join(dict.fromkeys(word_range(item) for item in items))
        tolls.append(Toll(told.event.id, word_title(told.event), key, ranges, tuple(lines)))
    return tuple(tolls)


def _make_line(reading: FigureReading, scope: Scope, names: Mapping[str, str], cards: Mapping[str, Card]) -> TollLine:
    return TollLine(
        voice=names.get(reading.voice, reading.voice),
        day=reading.day,
        low=reading.low,
        high=reading.high,
        words=word_bounds(reading.low, reading.high) + _SCOPES[scope],
        scope=scope.value,
        as_of=reading.as_of,
        card=cards.get(reading.claim),
        stands=reading.updated_by is None and not reading.retracted,
        retracted=reading.retracted,
    )


def word_range(history: FigureHistory) -> str:
    """Say what still stands of a count: "13 to 20 killed", "at least 13 killed (civilians) in the series so far"."""
    name = name_count(history.key, history.unit) + _SCOPES[history.scope]
    if history.low is None and history.high is None:
        return f"{name}: nothing that stands"
    return f"{word_bounds(history.low, history.high)} {name}"


def make_pairs(links: Iterable[StoredLink], cards: Mapping[str, Card]) -> tuple[Pair, ...]:
    """Return the pairs of claims among ``cards`` that links set against each other, the firmest first."""
    order = {relation: rank for rank, relation in enumerate((*APART, *OUTCOMES))}
    wanted = [item.link for item in links if item.link.left in cards and item.link.right in cards]
    wanted.sort(key=lambda link: (order[link.relation], -link.score, link.left, link.right))
    return tuple(
        Pair(link.relation.value, RELATIONS[link.relation], link.reason, cards[link.left], cards[link.right])
        for link in wanted
    )


def find_cards(view: View, ids: Sequence[str]) -> dict[str, Card]:
    """Return the cards of claims by id; those that are gone are left out."""
    if not ids:
        return {}
    return {stored.claim.id: make_card(stored) for stored in view.find_claims(ClaimQuery(claims=tuple(ids)))}
