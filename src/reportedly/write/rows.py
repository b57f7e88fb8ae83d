"""The rows of our own tables: CSV and Parquet are both made of them.

The fields of a record are the columns, in order; its docstring is their documentation.
"""

from datetime import date, datetime

import msgspec


class FigureCell(msgspec.Struct, frozen=True):
    """A figure of a claim: what is counted, inclusive bounds (None is open), and the words around it."""

    key: str
    low: int | None
    high: int | None
    unit: str | None
    scope: str
    as_of: str | None


class RangeCell(msgspec.Struct, frozen=True):
    """What still stands of one count of an event: its lowest and highest figure; None is open, or no kind of people."""

    key: str
    scope: str
    low: int | None
    high: int | None
    unit: str | None = None


class ClaimRow(msgspec.Struct, frozen=True):
    """One claim.

    Attributes:
        claim_id: Its id.
        event_id: The event it belongs to; empty before linking.
        story_id: The story of its document; empty before linking.
        document_id: The document it was read from.
        address: Where the document was read from.
        title: Headline of the document.
        publisher: Outlet as found.
        publisher_name: Its usual name.
        family: Owner or group of the outlet.
        published: Publication time as it is known; a mere lower bound starts with ``>=``.
        published_known_by: How it is known.
        published_day: Day of publication.
        recorded: When the claim was stored, UTC.
        copy_of: Id of the document that this one is a copy of; empty for an original.
        salience: Rank within its document, 1 the most salient.
        type: Event type (PLOVER).
        modes: Modes.
        contexts: Contexts.
        status: Did it happen, according to its innermost source.
        stage: How far a plan has come.
        condition: The condition of a conditional claim.
        hedges: Words that weaken it.
        actors: Who acts, as written.
        actor_codes: Codes of who acts.
        recipients: Who is acted on, as written.
        recipient_codes: Codes of who is acted on.
        sources: The chain, outermost first; empty where the outlet speaks for itself.
        source_kinds: Kinds of these sources.
        anonymous: Whether each of them is unnamed.
        source_codes: Actor codes of these sources, empty where none is known.
        basis: How the innermost source claims to know.
        place: Where, as written.
        place_id: Gazetteer id.
        country: ISO 3166 alpha-2.
        latitude: Of the middle of the place.
        longitude: Of the middle of the place.
        radius_km: Radius of the circle that the place fills.
        time: When, as written.
        time_start: First day; empty is open.
        time_end: Last day; empty is open.
        time_precision: day, week, month, quarter, year, decade.
        figures: Figures of the event.
        evidence: The words that show it.
        sentence: The sentence that holds it; cut around the evidence where it is very long.
        start: Where the evidence starts in the text of the document, in code points.
        end: Where it ends.
        decisions: Ids of the decisions that changed it.
    """

    claim_id: str
    event_id: str | None
    story_id: str | None
    document_id: str
    address: str | None
    title: str | None
    publisher: str | None
    publisher_name: str | None
    family: str | None
    published: str | None
    published_known_by: str | None
    published_day: date | None
    recorded: datetime
    copy_of: str | None
    salience: int
    type: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    status: str
    stage: str | None
    condition: str | None
    hedges: tuple[str, ...]
    actors: tuple[str, ...]
    actor_codes: tuple[str, ...]
    recipients: tuple[str, ...]
    recipient_codes: tuple[str, ...]
    sources: tuple[str, ...]
    source_kinds: tuple[str, ...]
    anonymous: tuple[bool, ...]
    source_codes: tuple[str, ...]
    basis: str | None
    place: str | None
    place_id: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    radius_km: float | None
    time: str | None
    time_start: date | None
    time_end: date | None
    time_precision: str | None
    figures: tuple[FigureCell, ...]
    evidence: str
    sentence: str
    start: int
    end: int
    decisions: tuple[str, ...]


class EventRow(msgspec.Struct, frozen=True):
    """One event.

    Attributes:
        event_id: Its id.
        type: The type most of its claims give.
        modes: Modes, commonest first.
        contexts: Contexts, commonest first.
        title: The words of its best claim.
        status: The status told last.
        statuses: All statuses told, the latest first.
        happened: Whether somebody says that it took place, and not everyone took it back.
        first_told: First day of publication.
        last_told: Last day of publication.
        time_start: First day of the event; empty is open.
        time_end: Last day; empty is open.
        time_precision: day, week, month, quarter, year, decade.
        place: Name in the gazetteer.
        place_id: Gazetteer id.
        place_kind: country, admin1, city, area …
        country: ISO 3166 alpha-2.
        admin: First-order subdivision.
        latitude: Of the middle of the place.
        longitude: Of the middle of the place.
        radius_km: Radius of the circle that the place fills.
        actors: Codes of who acts, or words that name no one.
        recipients: Codes of who is acted on, or words that name no one.
        claims: How many claims tell of it.
        documents: How many documents.
        publishers: How many outlets.
        families: How many owners behind them.
        origins: How many publishers a text comes from, copies led back.
        voices: How many named innermost sources.
        undecidable: Anonymous sources whose independence is unknown; not among ``voices``.
        against: Named voices that deny or negate it.
        reasons: Why these counts are lower than the number of claims.
        figures: What still stands of each count, never averaged.
        tension: Whether claims of it contradict, deny or pull apart.
        retracted: Whether every document that reported it took it back.
        excerpt: A sentence that tells of it.
        excerpt_publisher: The outlet of that sentence.
        excerpt_address: Where that document was read from.
        claim_ids: Its claims, in order of publication.
        document_ids: Its documents, in order of publication.
    """

    event_id: str
    type: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    title: str
    status: str
    statuses: tuple[str, ...]
    happened: bool
    first_told: date | None
    last_told: date | None
    time_start: date | None
    time_end: date | None
    time_precision: str | None
    place: str | None
    place_id: str | None
    place_kind: str | None
    country: str | None
    admin: str | None
    latitude: float | None
    longitude: float | None
    radius_km: float | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    claims: int
    documents: int
    publishers: int
    families: int
    origins: int
    voices: int
    undecidable: int
    against: int
    reasons: tuple[str, ...]
    figures: tuple[RangeCell, ...]
    tension: bool
    retracted: bool
    excerpt: str
    excerpt_publisher: str | None
    excerpt_address: str | None
    claim_ids: tuple[str, ...]
    document_ids: tuple[str, ...]


class FigureRow(msgspec.Struct, frozen=True):
    """One figure that one voice gave of one event.

    Attributes:
        event_id: The event.
        key: killed, injured …
        unit: Kind of people or things counted ("civilians"); empty where only people are. Figures of different units
            are never compared.
        scope: this event, a series so far, or newly added.
        voice: Who gives it; a private person only by what they are.
        claim_id: The claim that shows it.
        day: Day of publication.
        low: Lower bound; empty is open.
        high: Upper bound; empty is open.
        as_of: Words that say as of when.
        updated_by: Claim with the same voice's later figure; empty where it still stands.
        retracted: Whether it was taken back.
    """

    event_id: str
    key: str
    unit: str | None
    scope: str
    voice: str
    claim_id: str
    day: date | None
    low: int | None
    high: int | None
    as_of: str | None
    updated_by: str | None
    retracted: bool


class SourceRow(msgspec.Struct, frozen=True):
    """One voice behind one event.

    Attributes:
        event_id: The event.
        voice: Usual name; a private person only by what they are.
        code: Actor code.
        kind: Kind of source.
        anonymous: Whether no person or body is named; such a voice is never counted as one more.
        statuses: What it says of the event, in order of publication.
        claims: How many claims it stands behind.
        claim_ids: These claims.
    """

    event_id: str
    voice: str
    code: str | None
    kind: str
    anonymous: bool
    statuses: tuple[str, ...]
    claims: int
    claim_ids: tuple[str, ...]


class LinkRow(msgspec.Struct, frozen=True):
    """One judgement of how two claims, or two documents, stand to each other.

    Attributes:
        link_id: Its id.
        left: Id of the earlier end.
        right: Id of the later end.
        of: ``claims`` or ``documents``.
        relation: same_event, contradicts, tension, denies, updates, came_about, did_not; copy, version …
        kind: Of a copy: exact, edited, rewrite.
        score: From 0 to 1.
        by: Which rule drew it, or ``person:<name>``.
        reason: In words.
        recorded: When it was drawn, UTC.
    """

    link_id: str
    left: str
    right: str
    of: str
    relation: str
    kind: str | None
    score: float
    by: str
    reason: str
    recorded: datetime


class DocumentRow(msgspec.Struct, frozen=True):
    """One document, without its text.

    Attributes:
        document_id: Its id.
        address: Where it was read from.
        title: Headline.
        publisher: Outlet as found.
        publisher_name: Its usual name.
        family: Owner or group of the outlet.
        state: ISO 3166 alpha-3 of the state that runs the outlet.
        published: Publication time as it is known; a mere lower bound starts with ``>=``.
        published_known_by: How it is known.
        published_day: Day of publication.
        credit: Agency or paper the text is credited to.
        genre: What kind of text it is.
        language: ISO 639-1.
        characters: Length of the text.
        recorded: When it was stored, UTC.
        copy_of: Id of the document it is a copy of; empty for an original.
        previous: Id of the version of the same address before it.
        superseded: Id of the version after it.
    """

    document_id: str
    address: str | None
    title: str | None
    publisher: str | None
    publisher_name: str | None
    family: str | None
    state: str | None
    published: str | None
    published_known_by: str | None
    published_day: date | None
    credit: str | None
    genre: str
    language: str
    characters: int
    recorded: datetime
    copy_of: str | None
    previous: str | None
    superseded: str | None


class TextRow(DocumentRow, frozen=True):
    """One document with its text, where whole texts were asked for.

    Attributes:
        text: The whole text.
    """

    text: str


Row = ClaimRow | EventRow | FigureRow | SourceRow | LinkRow | DocumentRow
