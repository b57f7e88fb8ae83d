"""Records as the store gives them back: with the document they come from and the clock they were recorded by."""

import msgspec

from reportedly.records.claim import Claim, Statement
from reportedly.records.document import Genre, Publication
from reportedly.records.grounding import Grounding


class DocumentHead(msgspec.Struct, frozen=True):
    """What is known of a stored document, without its text.

    Attributes:
        id: Document id.
        address: Where it was read from.
        title: Headline.
        publisher: Outlet that carried it, as found.
        publisher_name: Its usual name, where the table of publishers knows it; else ``publisher`` or the host.
        family: Owner or group of the publisher; outlets of one family count as one. The publisher's own name where
            no owner is known; None where no publisher is known.
        state: ISO 3166 alpha-3 of the state that runs the publisher; None where none does.
        published: Publication time, or a bound.
        credit: Agency or paper the text is credited to.
        genre: What kind of text it is.
        language: ISO 639-1.
        characters: Length of the text.
        recorded: When it was stored: ISO 8601, UTC, to the microsecond (``2025-11-02T08:00:00.000000Z``).
        origin: Id of the document that it is a copy of, the end of the line where copies were copied; None for an
            original. Written by linking.
        previous: Id of the version of the same address before it; None for the first. Written when it is stored.
        superseded: Id of the version of the same address after it; None for the latest.
    """

    id: str
    address: str | None
    title: str | None
    publisher: str | None
    publisher_name: str | None
    family: str | None
    state: str | None
    published: Publication | None
    credit: str | None
    genre: Genre
    language: str
    characters: int
    recorded: str
    origin: str | None = None
    previous: str | None = None
    superseded: str | None = None

    @property
    def day(self) -> str | None:
        """Day of publication (``2025-10-31``); None where it is not known to the day."""
        return self.published.day if self.published else None


class StoredClaim(msgspec.Struct, frozen=True):
    """A claim with its grounding, the document that carries it and the words around it.

    Attributes:
        claim: The claim, as it was read.
        grounding: Identifiers for its mentions.
        document: The document it stands in.
        sentence: The sentence that holds its trigger.
        recorded: When it was stored.
        retired: When a later reading replaced it, or it was rejected; None while it holds.
        event: Id of the event it belongs to; None before linking.
        story: Id of the story its document belongs to; None before linking.
        decided: Ids of the decisions that changed it, oldest first.
    """

    claim: Claim
    grounding: Grounding
    document: DocumentHead
    sentence: str
    recorded: str
    retired: str | None = None
    event: str | None = None
    story: str | None = None
    decided: tuple[str, ...] = ()


class PlacedClaim(msgspec.Struct, frozen=True):
    """Where a claim belongs, without what it says.

    Attributes:
        id: Of the claim.
        document: Id of the document it stands in.
        event: Id of the event it belongs to; None before linking.
    """

    id: str
    document: str
    event: str | None


class StoredStatement(msgspec.Struct, frozen=True):
    """A statement with the document that carries it and the words that hold it."""

    statement: Statement
    document: DocumentHead
    words: str
    recorded: str
    retired: str | None = None


class Sketch(msgspec.Struct, frozen=True):
    """What linking remembers of a document or a claim, so that it need not be read again to be compared.

    Attributes:
        subject: Document or claim id.
        day: Day by which candidates are narrowed; None is compared with any day.
        keys: Blocking keys: two subjects of one kind that share one are candidates for each other.
        payload: What the judgement needs, in the linker's own encoding.
    """

    subject: str
    day: str | None
    keys: tuple[str, ...]
    payload: bytes
