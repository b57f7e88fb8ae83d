"""What comes in: raw bytes from an address, and the cleaned report made of them."""

import re
from enum import StrEnum

import msgspec

from reportedly.records.spans import Span

_PASSING = re.compile(r"^stdin(?:#|$)|#line-\d+$")
"""Addresses that name no place: what came through standard input, and what stood in a line of a file, which moves."""


class Hints(msgspec.Struct, frozen=True):
    """What the container said of a document: a feed entry, a JSON Lines record, the user.

    Attributes:
        id: The record's own identifier.
        title: Headline.
        published: Publication time as written there, unparsed.
        publisher: Outlet.
        given: True where the user said so (``--published``, ``--publisher``): it wins over the page.
    """

    id: str | None = None
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    given: bool = False


class RawDocument(msgspec.Struct, frozen=True):
    """Bytes from one address or file, before any reading.

    Attributes:
        address: URL, or path with an optional ``#record`` for members of archives and JSON Lines.
        content: The bytes as they came.
        media_type: ``text/html``, ``text/plain`` …, without parameters.
        charset: Character set declared outside the bytes, where there is one.
        hints: What the container said of it.
    """

    address: str
    content: bytes
    media_type: str
    charset: str | None = None
    hints: Hints = Hints()


class RangeKind(StrEnum):
    """Why a range of the text is not coded."""

    BOILERPLATE = "boilerplate"
    CREDIT = "credit"
    DATELINE = "dateline"
    HEADLINE = "headline"


class Range(msgspec.Struct, frozen=True):
    """A range of the text that is kept but not coded."""

    span: Span
    kind: RangeKind


class TimePrecision(StrEnum):
    """How finely a publication time is known."""

    SECOND = "second"
    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"


class Publication(msgspec.Struct, frozen=True):
    """When a document was published, and how that is known; never the time of reading.

    Attributes:
        time: ISO 8601, UTC where a time of day is known (``2025-10-31T17:38:34Z``), else a day or month.
        precision: How finely.
        not_before: True where ``time`` is only a lower bound (a stamp in a linked page's address).
        known_by: ``given``, ``metadata``, ``markup``, ``feed``, ``record``, ``address``, ``text``, ``linked-address``.
        reliable: Whether calendar expressions may be resolved against it without a warning.
        span: The words in the text that show it, where it stands there.
    """

    time: str
    precision: TimePrecision
    not_before: bool
    known_by: str
    reliable: bool
    span: Span | None = None

    @property
    def day(self) -> str | None:
        """Day of publication (``2025-10-31``); None where it is not known to the day."""
        return self.time[:10] if len(self.time) >= len("2025-10-31") else None


class Genre(StrEnum):
    """What kind of text a document is; several kinds must not yield current violence."""

    REPORT = "report"
    OPINION = "opinion"
    ANALYSIS = "analysis"
    LIVE = "live"
    COURT = "court"
    ANNIVERSARY = "anniversary"
    WEATHER = "weather"
    SPORT = "sport"
    OBITUARY = "obituary"


class Dateline(msgspec.Struct, frozen=True):
    """Where a report was filed (``CARACAS, Oct 31 (Agency) -``); never by itself the place of an event."""

    place: str
    span: Span
    date: str | None = None


class Document(msgspec.Struct, frozen=True):
    """One cleaned report. ``text`` never changes; every offset in every record points into it.

    Attributes:
        id: From address or publisher, and text: two outlets' exact copies are two documents.
        text: The report as it came out of ``clean``.
        uncoded: Ranges that are kept but not coded, in order, not overlapping.
        address: Where it was read from.
        title: Headline, where one is known.
        publisher: Outlet that carried it.
        published: Publication time, or a bound; None where nothing is known.
        dateline: Where it was filed.
        credit: Agency or paper the text is credited to (``Reuters``).
        genre: What kind of text it is.
        language: ISO 639-1.
        links: Addresses it links to, in order.
        versions: Stage name to version, of the stages that made it.
    """

    id: str
    text: str
    uncoded: tuple[Range, ...] = ()
    address: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: Publication | None = None
    dateline: Dateline | None = None
    credit: str | None = None
    genre: Genre = Genre.REPORT
    language: str = "en"
    links: tuple[str, ...] = ()
    versions: dict[str, str] = {}


def is_lasting(address: str | None) -> bool:
    """Say whether an address stays that of one document, so that another text there is another version of it."""
    return bool(address) and _PASSING.search(address or "") is None


def are_versions(one: str | None, other: str | None) -> bool:
    """Say whether documents of two addresses are versions of one: the addresses are one, and that one lasts."""
    return one == other and is_lasting(one)
