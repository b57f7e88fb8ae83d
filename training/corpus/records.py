"""What one report of the corpus holds: its text, and by sentence what is claimed there and by whom, with spans."""

from enum import StrEnum

import msgspec

from reportedly.records.claim import PlaceRole, Scope, Stage, Status
from reportedly.records.grounding import SourceKind
from reportedly.records.ontology import EventType
from reportedly.records.spans import Span


class Quotation(StrEnum):
    """How the content of an attribution is given: all of it within quotation marks, part of it, or none."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class NonEvent(StrEnum):
    """What fools a reader of keywords."""

    COURT = "court"
    LAWSUIT = "lawsuit"
    PLEA = "plea"
    EDITORIAL = "editorial"
    ANNIVERSARY = "anniversary"
    WEATHER = "weather"
    METAPHOR = "metaphor"


class Marked(msgspec.Struct, frozen=True, omit_defaults=True):
    """A mention: its words, and what a pronoun or short description stands for.

    ``carried`` says that the words stand in an earlier sentence, because this one leaves them out.
    """

    span: Span
    antecedent: Span | None = None
    carried: bool = False


class MarkedSource(msgspec.Struct, frozen=True):
    """One link of a chain in an attribution."""

    mention: Marked
    kind: SourceKind
    anonymous: bool


class MarkedAttribution(msgspec.Struct, frozen=True):
    """Who is said to say what: the chain outermost first, the innermost source's cue, the parts of the content."""

    chain: tuple[MarkedSource, ...]
    cue: Span | None
    content: tuple[Span, ...]
    quotation: Quotation


class MarkedTimex(msgspec.Struct, frozen=True):
    """A time expression and its TIMEX3 value."""

    span: Span
    value: str


class MarkedFigure(msgspec.Struct, frozen=True):
    """A count with inclusive bounds, None where open."""

    key: str
    low: int | None
    high: int | None
    span: Span
    scope: Scope = Scope.THIS


class MarkedPlace(msgspec.Struct, frozen=True, omit_defaults=True):
    """A toponym, its role, and the word that relates an event to it ("near")."""

    span: Span
    role: PlaceRole
    relation: str | None = None


class MarkedClaim(msgspec.Struct, frozen=True, omit_defaults=True):
    """One event mention. ``cue`` holds the words that decide the status, where they stand beside the trigger."""

    trigger: Span
    type: EventType
    status: Status
    evidence: Span
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    stage: Stage | None = None
    cue: Span | None = None
    condition: Span | None = None
    actors: tuple[Marked, ...] = ()
    recipients: tuple[Marked, ...] = ()
    chain: tuple[Marked, ...] = ()
    hedges: tuple[Span, ...] = ()
    places: tuple[MarkedPlace, ...] = ()
    time: MarkedTimex | None = None
    figures: tuple[MarkedFigure, ...] = ()


class MarkedNonEvent(msgspec.Struct, frozen=True):
    """Words that look like an event of now and are none."""

    kind: NonEvent
    span: Span


class MarkedSentence(msgspec.Struct, frozen=True, omit_defaults=True):
    """One sentence, with all that is coded in it; spans are offsets into the text of the report."""

    span: Span
    claims: tuple[MarkedClaim, ...] = ()
    attributions: tuple[MarkedAttribution, ...] = ()
    toponyms: tuple[MarkedPlace, ...] = ()
    timexes: tuple[MarkedTimex, ...] = ()
    non_events: tuple[MarkedNonEvent, ...] = ()


class MarkedReport(msgspec.Struct, frozen=True, tag="report", tag_field="record"):
    """One invented report."""

    id: str
    publisher: str
    published: str
    register: str
    text: str
    sentences: tuple[MarkedSentence, ...]
    license: str = "CC-BY-4.0"
    synthetic: bool = True
