"""What can be asked of the record: filters that commands, pages and situations share."""

from enum import StrEnum

import msgspec

from reportedly.records.claim import Status
from reportedly.records.ontology import EventType
from reportedly.records.spans import Span


class ClaimOrder(StrEnum):
    """How claims are sorted, so that pages of results neither skip nor repeat.

    By publication (``latest``: the latest first), by the first day of the event, or by when they were recorded. Where
    the publication or the event has no time, they stand last. Ties go by document, then as the claims were stored.
    """

    PUBLISHED = "published"
    LATEST = "latest"
    EVENT_TIME = "event_time"
    RECORDED = "recorded"


class ClaimQuery(msgspec.Struct, frozen=True):
    """Filters over claims; all that are given must hold, of several values of one filter any.

    Attributes:
        types: Event types.
        statuses: Statuses.
        actors: Codes of who acts; ``VEN`` also finds ``VEN/GOV``.
        recipients: Codes of who is acted on.
        parties: Codes in either role.
        countries: ISO 3166 alpha-2 or alpha-3 of the place of the event.
        places: Gazetteer ids of the place of the event.
        since: First day of the event, ``YYYY-MM-DD``.
        until: Last day of the event.
        published_since: First day of publication.
        published_until: Last day of publication.
        recorded_since: Instant from which on it was recorded, ISO 8601.
        publishers: Outlets, by usual name.
        voices: Names or codes of innermost sources.
        claims: Claim ids.
        documents: Document ids.
        events: Event ids.
        stories: Story ids.
        hedged: Only hedged ones, or only unhedged ones.
        originals: True leaves out the claims of copies.
        latest: True leaves out the claims of superseded versions of a document.
        text: Full-text query over the claim's sentence, in the syntax of ``search``.
        order: How to sort.
        limit: How many at most; None for all.
        after: Id of the last claim of the page before.
    """

    types: tuple[EventType, ...] = ()
    statuses: tuple[Status, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    published_since: str | None = None
    published_until: str | None = None
    recorded_since: str | None = None
    publishers: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()
    hedged: bool | None = None
    originals: bool = False
    latest: bool = False
    text: str | None = None
    order: ClaimOrder = ClaimOrder.PUBLISHED
    limit: int | None = None
    after: str | None = None


class Hit(msgspec.Struct, frozen=True):
    """A document that a search found.

    Attributes:
        document: Document id.
        title: Headline.
        publisher: Outlet.
        day: Day of publication.
        excerpt: A sentence or two around the words found, with ``[`` and ``]`` around them.
        score: Higher is better; comparable within one result only.
        found: Where in ``excerpt`` the words found stand with their brackets; a text may have brackets of its own.
    """

    document: str
    title: str | None
    publisher: str | None
    day: str | None
    excerpt: str
    score: float
    found: tuple[Span, ...] = ()


class Counts(msgspec.Struct, frozen=True):
    """How much there is in a store."""

    documents: int
    claims: int
    statements: int
    links: int
    events: int
    stories: int
    failures: int
    decisions: int
    removals: int
