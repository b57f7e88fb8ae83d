"""Edges between claims and between documents: judgements that can be taken back."""

from enum import StrEnum
from hashlib import blake2b

import msgspec


class Relation(StrEnum):
    """How two claims, or two documents, stand to each other.

    Of claims: ``same_event``, ``contradicts`` (cannot both hold), ``tension`` (pull apart without excluding, as
    "preparing" and "no decision"), ``denies`` (the right one denies the left one), ``updates`` (the right one gives a
    later figure of the same scope), ``came_about`` and ``did_not`` (what was planned, threatened or possible is told to
    have happened, or not to have).
    Of documents: ``copy``, ``same_story``, ``version`` (the right one is an edited version of the left one's address),
    ``retracts`` and ``corrects`` (the right document takes back, or puts right, what the left one reported).
    """

    SAME_EVENT = "same_event"
    CONTRADICTS = "contradicts"
    TENSION = "tension"
    DENIES = "denies"
    UPDATES = "updates"
    CAME_ABOUT = "came_about"
    DID_NOT = "did_not"
    COPY = "copy"
    SAME_STORY = "same_story"
    VERSION = "version"
    RETRACTS = "retracts"
    CORRECTS = "corrects"


OF_DOCUMENTS = frozenset({Relation.COPY, Relation.SAME_STORY, Relation.VERSION, Relation.RETRACTS, Relation.CORRECTS})
"""Relations whose ends are documents; those of all others are claims."""


class CopyKind(StrEnum):
    """How a copy differs from what it was taken from."""

    EXACT = "exact"
    EDITED = "edited"
    REWRITE = "rewrite"


class Link(msgspec.Struct, frozen=True):
    """An edge between two claims or two documents: a judgement that can be taken back.

    Attributes:
        left: Id of the earlier end; of a copy, the document it was taken from.
        right: Id of the later end.
        relation: How they stand.
        score: From 0 to 1.
        by: Which rule drew it, or ``person:<name>``.
        reason: In words, for a reader.
        kind: What kind of copy, for copies; else None.
    """

    left: str
    right: str
    relation: Relation
    score: float
    by: str
    reason: str
    kind: CopyKind | None = None


def make_link_id(link: Link) -> str:
    """Return the id of a link: from its ends and its relation, so that judging again replaces the judgement."""
    return blake2b(f"{link.left}|{link.right}|{link.relation}".encode(), digest_size=10).hexdigest()
