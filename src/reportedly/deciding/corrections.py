"""Corrections of one field of a claim: the value that is kept of it, and how it is put into claim and grounding.

A value is kept as it was read and looked up, so that it can be applied again, to a later reading of the same words,
without tables or gazetteer.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec

from reportedly.errors import DecisionError
from reportedly.records.claim import (
    Axes,
    Basis,
    Certainty,
    Claim,
    Figure,
    Mood,
    Place,
    PlaceRole,
    Polarity,
    Source,
    Stage,
    Status,
    Tense,
    Timex,
    TimexKind,
)
from reportedly.records.grounding import (
    CalendarInterval,
    GroundedActor,
    GroundedPlace,
    GroundedSource,
    Grounding,
    PlaceCandidate,
)
from reportedly.records.ontology import EventType, open_ontology
from reportedly.records.spans import Field, Span

AXES: dict[Status, Axes] = {
    Status.HISTORICAL: Axes(time=Tense.HISTORICAL),
    Status.DENIED: Axes(polarity=Polarity.DENIED),
    Status.NEGATED: Axes(polarity=Polarity.NEGATIVE),
    Status.UNDECIDED: Axes(polarity=Polarity.OPEN),
    Status.THREATENED: Axes(time=Tense.FUTURE, mood=Mood.THREATENED),
    Status.DEMANDED: Axes(time=Tense.FUTURE, mood=Mood.DEMANDED),
    Status.CONDITIONAL: Axes(time=Tense.FUTURE, mood=Mood.CONDITIONAL),
    Status.PLANNED: Axes(time=Tense.FUTURE, mood=Mood.PLANNED),
    Status.POSSIBLE: Axes(certainty=Certainty.POSSIBLE),
    Status.ONGOING: Axes(time=Tense.PRESENT),
    Status.OCCURRED: Axes(),
}
"""The plainest axes that give each status; a label that a person sets says no more than that."""


class Words(msgspec.Struct, frozen=True):
    """Words and where they stand in the document; None where they do not."""

    text: str
    span: Span | None = None


class Party(msgspec.Struct, frozen=True):
    """An actor or recipient as a person names it."""

    words: Words
    grounded: GroundedActor


class Located(msgspec.Struct, frozen=True):
    """A place as a person names it."""

    words: Words
    candidate: PlaceCandidate


class Cited(msgspec.Struct, frozen=True):
    """A link of the chain as a person names it."""

    source: Source
    grounded: GroundedSource


class Dated(msgspec.Struct, frozen=True):
    """A time as a person writes it."""

    text: str
    interval: CalendarInterval


class Counted(msgspec.Struct, frozen=True):
    """A figure as a person gives it; where it is not ``scoped``, that of the one figure that stands there stays."""

    figure: Figure
    scoped: bool


Pair = tuple[Claim, Grounding]


class FieldKind(NamedTuple):
    """A field that can be corrected: the type that its value is kept as, and how that is put in."""

    type: Any
    put: Callable[[Claim, Grounding, Any, str], Pair]


def correct_claim(claim: Claim, grounding: Grounding, field: str, value: str, by: str) -> Pair:
    """Put a value into a field of a claim and into its grounding.

    Args:
        claim: Any reading of the words that the correction was made for.
        grounding: Its own.
        field: Its name; ``figures.killed`` for a figure.
        value: As ``values.read_value`` gave it.
        by: Who corrected it, ``person:<name>``.

    Raises:
        DecisionError: this release knows no such field, or cannot read the value.
    """
    kind = find_kind(field)
    return kind.put(claim, grounding, _decode(kind, field, value), by)


def _decode(kind: FieldKind, field: str, value: str) -> Any:
    try:
        return msgspec.json.decode(value.encode(), type=kind.type)
    except (msgspec.DecodeError, ValueError) as error:
        raise DecisionError(f"{field}: the value {value!r} on record cannot be read ({error})") from error


def word_value(field: str, value: str) -> str:
    """Put a value into the words that a person could have written it in; raises as ``correct_claim``."""
    read = _decode(find_kind(field), field, value)
    if isinstance(read, tuple):
        return (" > " if field == "source" else "; ").join(map(_word, read)) or "none"
    return "none" if read is None else _word(read)


def _word(value: object) -> str:
    match value:
        case Words(text) | Dated(text):
            return text
        case Party(Words(text), grounded):
            return f"{text} = {grounded.codes[0]}" if len(grounded.codes) == 1 else text
        case Located(Words(text), candidate):
            return f"{text} {candidate.id}"
        case Cited(source):
            return source.text
        case Counted(Figure(_, low, high, scope=scope), scoped):
            amount = f">={low}" if high is None else f"<={high}" if low is None else f"{low}-{high}"
            return f"{low if low == high else amount}{f' {scope.value}' if scoped else ''}"
    return str(value)


def find_kind(field: str) -> FieldKind:
    """Return how a field is corrected.

    Raises:
        DecisionError: it is no field that can be; the message lists those that can.
    """
    name, _, key = field.partition(".")
    if name == "figures" and key:
        return FieldKind(
            Counted | None,
            lambda claim, grounding, value, by: (_put_figure(claim, key, value, by), grounding),
        )
    if (kind := KINDS.get(field)) is None:
        raise DecisionError(f"{field}: no field that can be corrected; one of {', '.join(KINDS)}, figures.KEY")
    return kind


def _put_type(claim: Claim, grounding: Grounding, value: EventType, by: str) -> Pair:
    modes = open_ontology().types[value].modes
    kept = tuple(field for field in claim.modes if field.value in modes)
    return msgspec.structs.replace(claim, type=Field(value, None, by), modes=kept), grounding


def _put_status(claim: Claim, grounding: Grounding, value: Status, by: str) -> Pair:
    return msgspec.structs.replace(claim, status=Field(value, None, by), axes=AXES[value]), grounding


def _put_one(name: str) -> Callable[[Claim, Grounding, Any, str], Pair]:
    """Make what puts a value that may be missing (``stage``, ``basis``)."""

    def put(claim: Claim, grounding: Grounding, value: object, by: str) -> Pair:
        field = None if value is None else Field(value, None, by)
        return msgspec.structs.replace(claim, **{name: field}), grounding

    return put


def _put_several(name: str) -> Callable[[Claim, Grounding, Any, str], Pair]:
    """Make what puts words, one after another (``modes``, ``contexts``, ``hedges``)."""

    def put(claim: Claim, grounding: Grounding, value: tuple[Words, ...], by: str) -> Pair:
        fields = tuple(Field(words.text, words.span, by) for words in value)
        return msgspec.structs.replace(claim, **{name: fields}), grounding

    return put


def _put_parties(name: str) -> Callable[[Claim, Grounding, Any, str], Pair]:
    def put(claim: Claim, grounding: Grounding, value: tuple[Party, ...], by: str) -> Pair:
        fields = tuple(Field(party.words.text, party.words.span, by) for party in value)
        grounded = tuple(party.grounded for party in value)
        return msgspec.structs.replace(claim, **{name: fields}), msgspec.structs.replace(grounding, **{name: grounded})

    return put


def _put_place(claim: Claim, grounding: Grounding, value: Located | None, by: str) -> Pair:
    """Set where the event is; places in other roles stay."""
    # A claim that came without its grounding has an empty one.
    missing = tuple(GroundedPlace(field.value.text, ()) for field in claim.places[len(grounding.places) :])
    kept = [
        (field, grounded)
        for field, grounded in zip(claim.places, (*grounding.places, *missing), strict=False)
        if field.value.role is not PlaceRole.EVENT
    ]
    if value is not None:
        text = value.words.text
        place = Field(Place(text, PlaceRole.EVENT), value.words.span, by)
        kept.insert(0, (place, GroundedPlace(text, (value.candidate,))))
    return (
        msgspec.structs.replace(claim, places=tuple(field for field, _ in kept)),
        msgspec.structs.replace(grounding, places=tuple(grounded for _, grounded in kept)),
    )


def _put_time(claim: Claim, grounding: Grounding, value: Dated | None, by: str) -> Pair:
    if value is None:
        return msgspec.structs.replace(claim, time=None), msgspec.structs.replace(grounding, time=None)
    timex = Timex(value.text, TimexKind.DATE, value.interval.value)
    return (
        msgspec.structs.replace(claim, time=Field(timex, None, by)),
        msgspec.structs.replace(grounding, time=value.interval),
    )


def _put_source(claim: Claim, grounding: Grounding, value: tuple[Cited, ...], by: str) -> Pair:
    chain = tuple(msgspec.structs.replace(cited.source, by=by) for cited in value)
    grounded = tuple(cited.grounded for cited in value)
    return msgspec.structs.replace(claim, chain=chain), msgspec.structs.replace(grounding, sources=grounded)


def _put_figure(claim: Claim, key: str, value: Counted | None, by: str) -> Claim:
    """Set the figure of a key, where several stand there that of its scope; None takes all of the key away."""
    figures = list(claim.figures)
    same = [i for i, field in enumerate(figures) if field.value.key == key]
    if value is None:
        return msgspec.structs.replace(claim, figures=tuple(f for f in figures if f.value.key != key))
    scope = figures[same[0]].value.scope if len(same) == 1 and not value.scoped else value.figure.scope
    at = next((i for i in same if figures[i].value.scope is scope), None)
    if at is None:
        figures.append(Field(msgspec.structs.replace(value.figure, key=key, scope=scope), None, by))
    else:
        low, high = value.figure.low, value.figure.high
        figures[at] = Field(msgspec.structs.replace(figures[at].value, low=low, high=high), None, by)
    return msgspec.structs.replace(claim, figures=tuple(figures))


KINDS: dict[str, FieldKind] = {
    "type": FieldKind(EventType, _put_type),
    "status": FieldKind(Status, _put_status),
    "stage": FieldKind(Stage | None, _put_one("stage")),
    "modes": FieldKind(tuple[Words, ...], _put_several("modes")),
    "contexts": FieldKind(tuple[Words, ...], _put_several("contexts")),
    "actors": FieldKind(tuple[Party, ...], _put_parties("actors")),
    "recipients": FieldKind(tuple[Party, ...], _put_parties("recipients")),
    "place": FieldKind(Located | None, _put_place),
    "time": FieldKind(Dated | None, _put_time),
    "hedged": FieldKind(tuple[Words, ...], _put_several("hedges")),
    "source": FieldKind(tuple[Cited, ...], _put_source),
    "basis": FieldKind(Basis | None, _put_one("basis")),
}
"""Fields that can be corrected, beside ``figures.KEY``."""
