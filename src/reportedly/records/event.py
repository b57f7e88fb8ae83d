"""What links make of claims and documents: events and stories, derived, never edited."""

from enum import StrEnum

import msgspec

from reportedly.records.claim import Scope, Status
from reportedly.records.grounding import CalendarInterval
from reportedly.records.ontology import EventType


class Voice(msgspec.Struct, frozen=True):
    """An innermost source of an event, whoever carries it.

    Attributes:
        name: Usual name of the source; of an outlet that speaks for itself, the outlet's.
        code: Actor code, where grounding knows one.
        kind: Kind of source (``SourceKind``), ``news_outlet`` for an outlet that speaks for itself.
        anonymous: True where no person or body is named ("officials"); such a voice is never counted as one more.
        claims: Ids of the claims it stands behind, in order of publication.
        statuses: What it says of the event, in order of publication, each status once in a row; copies left out.
    """

    name: str
    code: str | None
    kind: str
    anonymous: bool
    claims: tuple[str, ...]
    statuses: tuple[Status, ...]


class Corroboration(msgspec.Struct, frozen=True):
    """Who stands behind an event, so that repetition is not taken for evidence. Counts, not probabilities.

    Attributes:
        claims: How many claims tell of it.
        documents: How many documents.
        publishers: How many outlets carried it.
        origins: Publishers a text comes from, once copies and rewrites are led back, and outlets of one family counted
            as one.
        voices: Distinct named innermost sources, an outlet's own voice among them.
        undecidable: Anonymous sources whose independence is unknown: they may be one and the same, or one of the
            named. Never part of ``voices``.
        families: Owners or groups behind the publishers.
        against: Named voices that deny or negate it.
        reasons: In words, why the counts are lower than the number of claims, most weighty first.
    """

    claims: int
    documents: int
    publishers: int
    origins: int
    voices: int
    undecidable: int
    families: int
    against: int = 0
    reasons: tuple[str, ...] = ()


class FigureReading(msgspec.Struct, frozen=True):
    """One figure that one voice gave at one time.

    Attributes:
        voice: Who gives it.
        claim: The claim that shows it.
        day: Day of publication; None where unknown.
        low: Lower bound, inclusive; None is open.
        high: Upper bound, inclusive; None is open.
        as_of: Words that say as of when.
        updated_by: The claim with the same voice's later figure of the same scope; None where it still stands.
        retracted: True where the voice or the outlet took it back.
    """

    voice: str
    claim: str
    day: str | None
    low: int | None
    high: int | None
    as_of: str | None = None
    updated_by: str | None = None
    retracted: bool = False


class FigureHistory(msgspec.Struct, frozen=True):
    """What is said of one count of an event, by source and over time; never averaged.

    Attributes:
        key: killed, injured … (CODEBOOK.md).
        scope: What is counted; figures of different scopes are never compared.
        low: Lowest figure that still stands.
        high: Highest figure that still stands; None where a lower bound does.
        readings: In order of publication.
        unit: The kind of people or things counted ("civilians"); None where only people are.
    """

    key: str
    scope: Scope
    low: int | None
    high: int | None
    readings: tuple[FigureReading, ...]
    unit: str | None = None


class LifeStep(msgspec.Struct, frozen=True):
    """A status of an event on the day it was first told: planned on Monday, denied on Tuesday, occurred on Friday."""

    status: Status
    day: str | None
    voice: str
    claim: str


class EventPlace(msgspec.Struct, frozen=True):
    """Where an event is, by the gazetteer; a circle, never a point."""

    id: str
    name: str
    kind: str
    country: str | None
    admin: str | None
    latitude: float
    longitude: float
    radius_km: float
    score: float


class Event(msgspec.Struct, frozen=True):
    """What linked claims report. Derived from links: linking again derives it again.

    Attributes:
        id: From the earliest of its claims, so that the same claims give the same id; an id that a merge swallowed
            still leads here through the store.
        type: The type most of its claims give, the earliest of those that tie.
        modes: Modes, commonest first.
        contexts: Contexts, commonest first.
        title: The words of its best claim: one line for a reader.
        claims: Claim ids, in order of publication, then of text.
        documents: Document ids, in order of publication.
        actors: Actor codes, or words where no code is known, commonest first.
        recipients: The same for recipients.
        statuses: Statuses, the latest told first.
        life: Statuses in the order they were told.
        interval: When the event is, as the best of its claims say; None where none does.
        place: Where; None where no claim says, or where the claims pull apart.
        figures: By key and scope.
        corroboration: Who stands behind it.
        voices: Innermost sources, named ones first.
        first: First day of publication.
        last: Last day of publication.
        tension: True where a contradiction, a tension or a denial stands between its claims.
        retracted: True where every document that reported it has taken it back.
    """

    id: str
    type: EventType
    title: str
    claims: tuple[str, ...]
    documents: tuple[str, ...]
    corroboration: Corroboration
    voices: tuple[Voice, ...]
    statuses: tuple[Status, ...]
    life: tuple[LifeStep, ...]
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    interval: CalendarInterval | None = None
    place: EventPlace | None = None
    figures: tuple[FigureHistory, ...] = ()
    first: str | None = None
    last: str | None = None
    tension: bool = False
    retracted: bool = False


class Story(msgspec.Struct, frozen=True):
    """Documents of one developing matter.

    Attributes:
        id: From the earliest of its documents.
        title: Headline of its most central document.
        documents: Document ids, in order of publication.
        words: What sets it apart from other stories, weightiest first.
        first: First day of publication.
        last: Last day.
    """

    id: str
    title: str
    documents: tuple[str, ...]
    words: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None


class DriftKind(StrEnum):
    """What became of a claim as it was copied."""

    HEDGE_LOST = "hedge_lost"
    HEDGE_GAINED = "hedge_gained"
    ATTRIBUTION_LOST = "attribution_lost"
    ATTRIBUTION_GAINED = "attribution_gained"
    ATTRIBUTION_CHANGED = "attribution_changed"
    STATUS_CHANGED = "status_changed"
    FIGURE_CHANGED = "figure_changed"
    CLAIM_LOST = "claim_lost"
    CLAIM_GAINED = "claim_gained"


class Drift(msgspec.Struct, frozen=True):
    """How one claim changed between a document and its copy, rewrite or later version.

    Attributes:
        kind: What changed.
        left: Claim of the original; None where the copy gained it.
        right: Claim of the copy; None where the copy lost it.
        before: The words there ("possible strikes"); empty where there are none.
        after: The words here ("to strike").
        left_sentence: The whole sentence there.
        right_sentence: The whole sentence here.
        stronger: True where the copy claims more than the original did; None where that cannot be said.
    """

    kind: DriftKind
    left: str | None
    right: str | None
    before: str
    after: str
    left_sentence: str = ""
    right_sentence: str = ""
    stronger: bool | None = None


class VoiceRecord(msgspec.Struct, frozen=True):
    """How what one voice said turned out, with the cases: claim ids, in order of publication.

    Attributes:
        name: Usual name of the source, or the outlet's that speaks for itself.
        code: Actor code, where grounding knows one.
        kind: Kind of source.
        anonymous: True where nobody is named: such a record may be that of many.
        claims: How many claims it stands behind.
        came_about: What it planned, threatened or held possible, and is told to have happened; and what it denied, and
            is told not to have.
        did_not: The reverse of both.
        disputed: What is told to have come about and not to have.
        open: What it planned, threatened or held possible, of which nothing later is told.
        denied: What it told as happening or having happened, and others deny.
        retracted: What stands in a report that was taken back.
        said: All that it stands behind: what ``claims`` counts.
    """

    name: str
    code: str | None
    kind: str
    anonymous: bool
    claims: int
    came_about: tuple[str, ...] = ()
    did_not: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    retracted: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
