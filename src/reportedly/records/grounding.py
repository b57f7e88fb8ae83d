"""Identifiers for the mentions of one claim, kept apart from it so that grounding again leaves the claim alone."""

from enum import StrEnum

import msgspec


class SourceKind(StrEnum):
    """Who a source is."""

    OFFICIAL = "official"
    GOVERNMENT = "government"
    ARMED_GROUP = "armed_group"
    STATE_MEDIA = "state_media"
    NEWS_OUTLET = "news_outlet"
    INTERNATIONAL_BODY = "international_body"
    NGO = "ngo"
    EXPERT = "expert"
    WITNESS = "witness"
    DOCUMENT = "document"
    PERSON = "person"


class ActorCandidate(msgspec.Struct, frozen=True):
    """One reading of an actor mention.

    Attributes:
        code: ISO 3166 alpha-3 with an optional sector (``VEN/GOV``), a body's code (``UNO``) or a group's usual name.
        score: From 0 to 1.
        by: Which table or rule gave it.
        name: Display name of the person, office or group found, where one was.
    """

    code: str
    score: float
    by: str
    name: str | None = None


class GroundedActor(msgspec.Struct, frozen=True):
    """An actor mention with its readings, best first; empty where nothing is known.

    One mention may name several actors side by side ("Britain and France"), so ``codes`` lists the best reading of
    each part.
    """

    text: str
    codes: tuple[str, ...] = ()
    candidates: tuple[ActorCandidate, ...] = ()


class GroundedSource(msgspec.Struct, frozen=True):
    """A link of the chain: who is said to speak.

    Attributes:
        text: As written.
        kind: Who it is.
        anonymous: True where no name of a person or body stands there.
        members: Names of the parts of a compound ("the Miami Herald and Reuters"), without articles.
        code: Actor code, or an outlet's usual name, where one is known.
        family: Owner or group of an outlet that the table of publishers knows.
        state: ISO 3166 alpha-3 of the state that runs the outlet.
        parts: The parts of a compound, each grounded, in the order of ``members``.
        name: Usual name of the person, office, body or group that the tables know by these words.
        office: What a person in office is: ``head_of_state``, ``foreign_minister`` … (the kinds of the table of
            leaders); None for all others, and outside the term.
    """

    text: str
    kind: SourceKind
    anonymous: bool
    members: tuple[str, ...] = ()
    code: str | None = None
    family: str | None = None
    state: str | None = None
    parts: tuple["GroundedSource", ...] = ()
    name: str | None = None
    office: str | None = None


PRIVATE = frozenset({"person", "witness"})
"""Kinds of source that are private people, unless an actor code says that they hold an office."""


def is_private(words: str, kind: str, code: str | None, *, anonymous: bool) -> bool:
    """Say whether the words for a source may name a private person, who gets no entry anywhere by that name."""
    return kind in PRIVATE and code is None and not (anonymous and words == words.lower())


def name_source(words: str, kind: str, code: str | None, *, anonymous: bool) -> str:
    """Name a source with its words, or by its kind ("a witness") where these may name a private person."""
    return f"a {kind}" if is_private(words, kind, code, anonymous=anonymous) else words


class PlaceCandidate(msgspec.Struct, frozen=True):
    """One reading of a toponym.

    Attributes:
        id: GeoNames id (``geonames:3625428``), or ``area:<slug>`` for a sea, strait or crisis region.
        name: Name in the gazetteer.
        kind: ``country``, ``admin1``, ``city``, ``area`` …
        country: ISO 3166 alpha-2; None for seas.
        admin: First-order subdivision, where known.
        latitude: Degrees, north positive.
        longitude: Degrees, east positive.
        radius_km: Radius of the circle that the place fills; a place is never a point.
        score: From 0 to 1.
    """

    id: str
    name: str
    kind: str
    country: str | None
    admin: str | None
    latitude: float
    longitude: float
    radius_km: float
    score: float


class GroundedPlace(msgspec.Struct, frozen=True):
    """A toponym with its readings, best first; empty where the gazetteer has none."""

    text: str
    candidates: tuple[PlaceCandidate, ...] = ()


class CalendarInterval(msgspec.Struct, frozen=True):
    """When, on the calendar: a closed interval of days, or open at an end.

    Attributes:
        start: ``YYYY-MM-DD``; None is open.
        end: ``YYYY-MM-DD``, inclusive; None is open.
        precision: ``day``, ``week``, ``month``, ``quarter``, ``year``, ``decade``.
        value: TIMEX3 value ("2025-10-31", "2025-W44", "PAST_REF").
        anchored_by: ``text`` where the words alone fix it, ``published`` where the publication time does, ``person``
            where somebody decided it.
    """

    start: str | None
    end: str | None
    precision: str
    value: str
    anchored_by: str = "text"


class Grounding(msgspec.Struct, frozen=True):
    """Identifiers for the mentions of one claim, in the order of the claim's own fields."""

    claim_id: str
    actors: tuple[GroundedActor, ...] = ()
    recipients: tuple[GroundedActor, ...] = ()
    sources: tuple[GroundedSource, ...] = ()
    places: tuple[GroundedPlace, ...] = ()
    time: CalendarInterval | None = None
    versions: dict[str, str] = {}
