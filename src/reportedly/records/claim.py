"""One event mention as one text states it, and what a report claims that is no event."""

from enum import StrEnum

import msgspec

from reportedly.records.ontology import EventType
from reportedly.records.spans import Field, Span


class Status(StrEnum):
    """Did it happen, according to whoever says so. The first that fits, in this order, is the status."""

    HISTORICAL = "historical"
    DENIED = "denied"
    NEGATED = "negated"
    UNDECIDED = "undecided"
    THREATENED = "threatened"
    DEMANDED = "demanded"
    CONDITIONAL = "conditional"
    PLANNED = "planned"
    POSSIBLE = "possible"
    ONGOING = "ongoing"
    OCCURRED = "occurred"


class Polarity(StrEnum):
    """Whether the event is affirmed."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    DENIED = "denied"
    OPEN = "open"


class Certainty(StrEnum):
    """How sure the text makes it sound."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"


class Tense(StrEnum):
    """When, seen from publication; ``historical`` marks background from before the present situation."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"
    HISTORICAL = "historical"


class Mood(StrEnum):
    """How the event is put."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    THREATENED = "threatened"
    DEMANDED = "demanded"
    CONDITIONAL = "conditional"


class Axes(msgspec.Struct, frozen=True):
    """What the status label is derived from, so that nothing is lost in it."""

    polarity: Polarity = Polarity.POSITIVE
    certainty: Certainty = Certainty.CERTAIN
    time: Tense = Tense.PAST
    mood: Mood = Mood.ASSERTED


def derive_status(axes: Axes) -> Status:
    """Derive the label from the axes by the codebook's order of precedence.

    ``historical, denied, negated, undecided, threatened, demanded, conditional, planned, possible, ongoing, occurred``:
    the first that fits wins. A future event that is merely asserted ("will hold talks") counts as planned.
    """
    by_axis: tuple[tuple[bool, Status], ...] = (
        (axes.time is Tense.HISTORICAL, Status.HISTORICAL),
        (axes.polarity is Polarity.DENIED, Status.DENIED),
        (axes.polarity is Polarity.NEGATIVE, Status.NEGATED),
        (axes.polarity is Polarity.OPEN, Status.UNDECIDED),
        (axes.mood is Mood.THREATENED, Status.THREATENED),
        (axes.mood is Mood.DEMANDED, Status.DEMANDED),
        (axes.mood is Mood.CONDITIONAL, Status.CONDITIONAL),
        (axes.mood is Mood.PLANNED, Status.PLANNED),
        (axes.certainty is Certainty.POSSIBLE, Status.POSSIBLE),
        (axes.time is Tense.FUTURE, Status.PLANNED),
        (axes.time is Tense.PRESENT, Status.ONGOING),
    )
    return next((status for fits, status in by_axis if fits), Status.OCCURRED)


class Stage(StrEnum):
    """How far a plan has come."""

    CONSIDERED = "considered"
    PREPARED = "prepared"
    ORDERED = "ordered"
    ANNOUNCED = "announced"


class Basis(StrEnum):
    """How the source claims to know."""

    WITNESSED = "witnessed"
    TOLD = "told"
    DOCUMENT = "document"
    IMAGERY = "imagery"
    INFERRED = "inferred"
    NOT_SAID = "not_said"


class PlaceRole(StrEnum):
    """What a toponym is to an event."""

    EVENT = "event"
    DATELINE = "dateline"
    ORIGIN = "origin"
    MENTION = "mention"


class Scope(StrEnum):
    """What a figure counts."""

    THIS = "this"
    SERIES = "series"
    ADDED = "added"


class Source(msgspec.Struct, frozen=True):
    """One link of a chain: who is said to speak, as written, with the reporting words.

    Attributes:
        text: The source's name or description as written; for a pronoun, the text of what it stands for.
        span: Where that text stands (of the antecedent, for a pronoun).
        cue: The reporting words ("said", "according to"); None where a source is carried over.
        by: Which rule or head found it.
        mention: The pronoun beside the cue, where one stands there for the source; else None.
    """

    text: str
    span: Span
    cue: Span | None = None
    by: str = "rule"
    mention: Span | None = None


class Place(msgspec.Struct, frozen=True):
    """A toponym bound to a claim, as written, with its role and relation ("near", "off the coast of")."""

    text: str
    role: PlaceRole
    relation: str | None = None


class TimexKind(StrEnum):
    """Which TimeML type a time expression has."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class Timex(msgspec.Struct, frozen=True):
    """A time expression as written and as read, before the calendar is consulted.

    Attributes:
        text: The words.
        kind: TimeML type.
        value: TIMEX3 value where it needs no anchor ("2025-10-31", "P3D"), else None.
        unit: ``day``, ``week``, ``month``, ``quarter``, ``year``, ``decade``, ``hour`` … for relative expressions.
        offset: Units from the anchor: -1 yesterday/last week, 0 today/this week, +1 tomorrow/next.
        name: Weekday (``monday``), month (``june``), season or holiday, where that is named.
        modifier: ``since``, ``until``, ``before``, ``after``, ``early``, ``late``, ``mid``, ``about``, ``more``,
            ``less``.
        part: Part of the day as TIMEX3 writes it: ``TMO``, ``TAF``, ``TEV``, ``TNI``.
    """

    text: str
    kind: TimexKind
    value: str | None = None
    unit: str | None = None
    offset: float | None = None
    name: str | None = None
    modifier: str | None = None
    part: str | None = None


class Figure(msgspec.Struct, frozen=True):
    """A count with inclusive bounds; None is an open bound ("at least 13" is 13 to None).

    Attributes:
        key: killed, injured, casualties, missing, detained, displaced, operations, troops, or a plural noun.
        low: Lower bound, inclusive.
        high: Upper bound, inclusive.
        unit: What is counted, as written ("civilians").
        scope: Whether this event, a series so far or newly added ones are counted.
        as_of: Words that say as of when, where they stand.
    """

    key: str
    low: int | None
    high: int | None
    unit: str | None = None
    scope: Scope = Scope.THIS
    as_of: str | None = None


class Claim(msgspec.Struct, frozen=True):
    """One event mention: who did what to whom, when, where, with which figures; whether it happened; who says so.

    A claim is never edited. Its status is always according to the innermost source of ``chain``; an empty chain
    means the outlet speaks for itself.

    Attributes:
        id: From document id, trigger offsets and type.
        document_id: The document it was read from.
        sentence: The sentence that holds the trigger.
        evidence: The shortest run of text that shows the event: trigger with actor and recipient beside it.
        trigger: The words that evoke the event.
        type: Event type.
        modes: Modes, most specific first.
        contexts: Contexts.
        actors: Who acts, as written; a pronoun's value is its antecedent's text.
        recipients: Who is acted on, as written.
        axes: Polarity, certainty, time and mood.
        status: The label derived from the axes, with the words that decide it.
        stage: How far a plan has come.
        condition: The condition of a conditional claim.
        hedges: Words that weaken the claim.
        chain: Sources, outermost first.
        basis: How the source claims to know.
        places: Toponyms bound to the event, with roles.
        time: The time expression of the event.
        figures: Figures of the event.
        salience: Rank within the document, 1 the most salient.
        versions: Stage name to version, of the stages that made it; ``encoder`` to the digest of the model, or "off".
    """

    id: str
    document_id: str
    sentence: Span
    evidence: Span
    trigger: Field[str]
    type: Field[EventType]
    axes: Axes
    status: Field[Status]
    modes: tuple[Field[str], ...] = ()
    contexts: tuple[Field[str], ...] = ()
    actors: tuple[Field[str], ...] = ()
    recipients: tuple[Field[str], ...] = ()
    stage: Field[Stage] | None = None
    condition: Field[str] | None = None
    hedges: tuple[Field[str], ...] = ()
    chain: tuple[Source, ...] = ()
    basis: Field[Basis] | None = None
    places: tuple[Field[Place], ...] = ()
    time: Field[Timex] | None = None
    figures: tuple[Field[Figure], ...] = ()
    salience: int = 0
    versions: dict[str, str] = {}


class StatementKind(StrEnum):
    """What a report claims that is no event."""

    AFFILIATION = "affiliation"
    LEGAL = "legal"
    INTENT = "intent"
    RISK = "risk"


class Statement(msgspec.Struct, frozen=True):
    """A claim that is no event: an alleged tie, a legal characterisation, a stated intent, a third party at risk.

    Attributes:
        id: From document id, span and kind.
        document_id: The document it was read from.
        kind: Which of the four.
        span: The words that state it.
        subject: Who is tied, judged, intends or is at risk.
        object: To whom tied, what act is judged as, what is intended, the risk.
        norms: Norms named ("the U.N. Charter", "sovereignty"), for a legal characterisation.
        hedges: Words that weaken it.
        chain: Sources, outermost first.
        versions: Stage name to version, and ``encoder``, as on claims.
    """

    id: str
    document_id: str
    kind: StatementKind
    span: Span
    subject: Field[str] | None = None
    object: Field[str] | None = None
    norms: tuple[Field[str], ...] = ()
    hedges: tuple[Field[str], ...] = ()
    chain: tuple[Source, ...] = ()
    versions: dict[str, str] = {}
