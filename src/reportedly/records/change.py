"""What is new in the record since an earlier time."""

from enum import StrEnum

import msgspec


class ChangeKind(StrEnum):
    """What changed."""

    NEW_EVENT = "new_event"
    STATUS = "status"
    FIGURE = "figure"
    VOICE = "voice"
    CONFLICT = "conflict"
    OUTCOME = "outcome"
    RETRACTION = "retraction"
    CORRECTION = "correction"


class Evidence(msgspec.Struct, frozen=True):
    """The claim that shows a change: whose it is, and the sentence that says so."""

    claim: str
    document: str
    publisher: str | None
    day: str | None
    voice: str
    sentence: str


class Change(msgspec.Struct, frozen=True):
    """One thing that is new.

    Attributes:
        kind: What changed.
        event: Id of the event it concerns; of a retraction or correction, of the document it concerns.
        title: The event, or the headline, in one line.
        what: The change in words: "killed: 12 (ministry) → 17 (ministry)".
        before: What stood before, in the record's own values; None for what is new.
        after: What stands now.
        evidence: The claims that show it, in order of publication; never empty, but for a retraction, whose document
            speaks for itself.
        documents: Documents that it rests on.
    """

    kind: ChangeKind
    event: str
    title: str
    what: str
    before: str | None
    after: str | None
    evidence: tuple[Evidence, ...]
    documents: tuple[str, ...]


class Changes(msgspec.Struct, frozen=True):
    """What is new in a situation since an earlier time.

    Attributes:
        since: The earlier time: the record as it was then is compared with the record as it is.
        until: The later time.
        situation: Name of the saved question; None for everything.
        changes: Weightiest kinds first, then the latest.
        documents: How many documents were recorded in between.
        copies: How many of them are copies, which tell nothing new.
    """

    since: str
    until: str
    situation: str | None
    changes: tuple[Change, ...]
    documents: int
    copies: int
