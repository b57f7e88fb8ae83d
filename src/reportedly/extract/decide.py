"""The one place where scored candidates become the fields of a claim."""

from collections.abc import Sequence
from hashlib import blake2b

import msgspec

from reportedly.extract.chains import speaks_for
from reportedly.extract.mentions import EventMention, StatusReading
from reportedly.extract.parse import Parse
from reportedly.records.claim import (
    Basis,
    Claim,
    Figure,
    Mood,
    Place,
    PlaceRole,
    Source,
    Timex,
    derive_status,
)
from reportedly.records.document import Document
from reportedly.records.ontology import EventType
from reportedly.records.spans import Field, Span

MIN_SCORE = 0.5
"""Candidates below this are kept out of a claim: each module scores what it would bet on at 0.5 or more."""

MIN_OWN_PLACE = 0.6
"""A place carried over from another sentence scores less: enough to say where, not to say who."""

OWN_SPEECH = frozenset(
    {
        EventType.THREATEN,
        EventType.ACCUSE,
        EventType.REQUEST,
        EventType.REJECT,
        EventType.AGREE,
        EventType.SUPPORT,
        EventType.CONCEDE,
    }
)
"""Acts of speech: whoever performs one is its actor, not its source (codebook, "Sources")."""


STRUCK_WHERE_IT_HAPPENS = frozenset({EventType.ASSAULT})
"""Where nobody is named as hit, the place is: the codebook's code for a state stands for the places in it too."""

DONE_BY_WHOEVER_IS_THERE = frozenset({EventType.PROTEST, EventType.COERCE})
"""Where nobody is named as acting, the people of the place protest, and its state arrests, bans and deports."""


class Candidates(msgspec.Struct, frozen=True):
    """The candidates of every field of one event mention, best first.

    ``unowned`` holds the place names of the document that can be no party: seas and regions across borders.
    """

    event: EventMention
    status: StatusReading
    chains: tuple[Field[tuple[Source, ...]], ...] = ()
    bases: tuple[Field[Basis], ...] = ()
    places: tuple[Field[Place], ...] = ()
    unowned: frozenset[Span] = frozenset()
    times: tuple[Field[Timex], ...] = ()
    figures: tuple[Field[Figure], ...] = ()


def decide(document: Document, parse: Parse, candidates: Candidates) -> Claim:
    """Choose one value for each field and make the claim; its salience is set later.

    The best candidate of at least ``MIN_SCORE`` wins, with these exceptions: the speaker of an act of speech is taken
    out of its chain, and is its actor where nobody else is; places keep every role; of each figure key the best stays;
    the place stands for a party that nobody names, in the types where it does.
    """
    event, reading = candidates.event, candidates.status
    axes = reading.axes
    event_type = event.types[0]
    places = _choose_places(candidates.places)
    chain = _choose_chain(candidates.chains, event)
    actors = event.actors or _take_place(candidates, places, event_type.value in DONE_BY_WHOEVER_IS_THERE)
    if not actors and chain and event_type.value in OWN_SPEECH and axes.value.mood is Mood.ASSERTED:
        speaker, chain = chain[-1], chain[:-1]
        actors = (Field(speaker.text, speaker.span, "rule:speaker", MIN_SCORE),)
    return Claim(
        id=make_claim_id(document.id, event),
        document_id=document.id,
        sentence=parse.sentence_of(event.head).span,
        evidence=event.evidence,
        trigger=event.trigger,
        type=event_type,
        modes=event.modes,
        contexts=event.contexts,
        actors=actors,
        recipients=event.recipients or _take_place(candidates, places, event_type.value in STRUCK_WHERE_IT_HAPPENS),
        axes=axes.value,
        status=Field(derive_status(axes.value), axes.span, axes.by, axes.score),
        stage=reading.stage,
        condition=reading.condition,
        hedges=reading.hedges,
        chain=chain,
        basis=next((basis for basis in candidates.bases if basis.score >= MIN_SCORE), None),
        places=places,
        time=next((time for time in candidates.times if time.score >= MIN_SCORE), None),
        figures=_choose_figures(candidates.figures),
    )


def make_claim_id(document_id: str, event: EventMention) -> str:
    """Derive a claim's id from its document, trigger offsets and type: the same input gives the same id."""
    span = event.trigger.span
    place = f"{span.start}-{span.end}" if span else str(event.head)
    return blake2b(f"{document_id}|{place}|{event.types[0].value}".encode(), digest_size=10).hexdigest()


def _choose_chain(chains: Sequence[Field[tuple[Source, ...]]], event: EventMention) -> tuple[Source, ...]:
    chain = next((field.value for field in chains if field.score >= MIN_SCORE), ())
    if event.types[0].value not in OWN_SPEECH:
        return chain
    while chain and any(_is_speaker(actor, chain[-1]) for actor in event.actors):
        chain = chain[:-1]
    return chain


def _is_speaker(actor: Field[str], source: Source) -> bool:
    """Say whether an act of speech is the source's own, or its party's ("Norland will not talk", its envoy said)."""
    same = actor.span is not None and source.span.overlaps(actor.span)
    return same or speaks_for(source.text, actor.value)


def _take_place(candidates: Candidates, places: Sequence[Field[Place]], wanted: bool) -> tuple[Field[str], ...]:
    """Return the event's place as a party, where one is wanted, its own sentence names it and it is somebody's."""
    own = (field for field in places if field.value.role is PlaceRole.EVENT and field.score >= MIN_OWN_PLACE)
    place = next(own, None)
    if not wanted or place is None:
        return ()
    if place.span is not None and any(place.span.covers(span) for span in candidates.unowned):
        return ()
    return (Field(place.value.text, place.span, "rule:place", MIN_SCORE),)


def _choose_places(places: Sequence[Field[Place]]) -> tuple[Field[Place], ...]:
    chosen: list[Field[Place]] = []
    for field in places:
        known = any(field.span == other.span for other in chosen)
        if not known and (field.score >= MIN_SCORE or field.value.role is not PlaceRole.EVENT):
            chosen.append(field)
    return tuple(chosen)


def _choose_figures(figures: Sequence[Field[Figure]]) -> tuple[Field[Figure], ...]:
    chosen: dict[str, Field[Figure]] = {}
    for field in figures:
        if field.score >= MIN_SCORE:
            chosen.setdefault(field.value.key, field)
    return tuple(chosen.values())
