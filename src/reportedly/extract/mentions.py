"""What the modules of this folder hand to one another and to ``decide``: mentions and scored candidates, no claims yet.

Every ``find_*`` reads a whole document and returns mentions in text order. Every ``propose_*`` returns the scored
candidates of one field for one event mention, best first; ``decide`` alone chooses among them.
"""

import msgspec

from reportedly.records.claim import Axes, Basis, Figure, Place, Source, Stage, Status, Timex
from reportedly.records.ontology import EventType
from reportedly.records.spans import Field, Span
from reportedly.records.toponym import KnownName


class Attribution(msgspec.Struct, frozen=True):
    """Source, cue and content of one reported statement.

    Attributes:
        chain: Sources outermost first; the innermost is the one who speaks the content. Empty where nobody is named.
        cue: The reporting words of the innermost source.
        content: What is reported; one span or several (a quotation around its cue).
        kind: ``direct``, ``indirect``, ``mixed``, ``according_to``, ``carried``, ``orphan``; ``unvouched`` where the
            source does not say that the content is so (wishes, demands, judgements).
        basis: How the source claims to know.
        score: From 0 to 1.
        source: The whole phrase beside the cue that names the innermost source, with apposition and relative clause;
            the pronoun, where one stands there.
    """

    chain: tuple[Source, ...]
    cue: Span | None
    content: tuple[Span, ...]
    kind: str
    basis: Field[Basis] | None = None
    score: float = 1.0
    source: Span | None = None


class Judgement(msgspec.Struct, frozen=True):
    """What the encoder says of one trigger.

    Attributes:
        event: Probability that the words evoke an event.
        statuses: Probability of each status, given that they do.
        hedged: Probability that something weakens it.
    """

    event: float
    statuses: dict[Status, float]
    hedged: float


class EventMention(msgspec.Struct, frozen=True):
    """One event that a sentence tells of, before status, source, place, time and figures are bound to it.

    Attributes:
        head: Token index of the trigger's head word.
        trigger: The words that evoke the event.
        types: Candidate types, best first; never empty.
        modes: Candidate modes of the best type, best first.
        contexts: Contexts.
        actors: Who acts, as written.
        recipients: Who is acted on, as written.
        evidence: Trigger with actor and recipient beside it.
        implied: Axes that the construction itself imposes (the violence in a threat: mood threatened), else None.
        judgement: What the encoder says of the trigger; None where none read it.
    """

    head: int
    trigger: Field[str]
    types: tuple[Field[EventType], ...]
    evidence: Span
    modes: tuple[Field[str], ...] = ()
    contexts: tuple[Field[str], ...] = ()
    actors: tuple[Field[str], ...] = ()
    recipients: tuple[Field[str], ...] = ()
    implied: Field[Axes] | None = None
    judgement: Judgement | None = None


class StatusReading(msgspec.Struct, frozen=True):
    """How one event mention stands: axes with the words that decide them, stage, condition and hedges."""

    axes: Field[Axes]
    stage: Field[Stage] | None = None
    condition: Field[str] | None = None
    hedges: tuple[Field[str], ...] = ()


class PlaceMention(msgspec.Struct, frozen=True):
    """A toponym in the text: token indices ``first`` to ``last`` (half-open); the score says how surely it is one.

    ``known`` is what the list of names knows of it; None for a name of no list.
    """

    field: Field[Place]
    first: int
    last: int
    known: KnownName | None = None


class TimeMention(msgspec.Struct, frozen=True):
    """A time expression: token indices ``first`` to ``last`` (half-open)."""

    field: Field[Timex]
    first: int
    last: int


class FigureMention(msgspec.Struct, frozen=True):
    """A count: token index of the number's head noun (or of the number itself)."""

    field: Field[Figure]
    head: int
