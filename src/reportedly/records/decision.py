"""What a person decided of the record: append-only, applied again whenever the record is derived again."""

from collections.abc import Set as AbstractSet
from enum import StrEnum
from hashlib import blake2b

import msgspec

from reportedly.records.link import CopyKind, Relation
from reportedly.records.spans import Span


class Verdict(StrEnum):
    """What was decided.

    ``accept`` and ``reject`` a claim or a link; ``correct`` a field of a claim; ``merge`` claims or events into one
    event; ``split`` claims off their event; ``undo`` an earlier decision.
    """

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    MERGE = "merge"
    SPLIT = "split"
    UNDO = "undo"


class Anchor(msgspec.Struct, frozen=True):
    """A claim as a decision remembers it, so that it is found again after recoding: by id, else by the words."""

    claim: str
    document: str
    trigger: Span
    type: str


class Decision(msgspec.Struct, frozen=True):
    """One decision. Never changed and never removed, but with the document it speaks of.

    Attributes:
        id: From everything below.
        verdict: What was decided.
        targets: Ids of the claims, links, events or decisions it is about, as they were then.
        reason: Why; never empty.
        who: Who decided.
        at: When: ISO 8601, UTC, to the microsecond.
        field: The field of a claim that is corrected: ``type``, ``status``, ``actors``, ``place`` …
        value: What it is to be, as JSON; of a link that is accepted or rejected, its ends and relation.
        anchors: The claims concerned, in the order of the targets (of a merge: all their claims).
    """

    id: str
    verdict: Verdict
    targets: tuple[str, ...]
    reason: str
    who: str
    at: str
    field: str | None = None
    value: str | None = None
    anchors: tuple[Anchor, ...] = ()


def make_decision_id(decision: Decision) -> str:
    """Return the id of a decision: the same decision by the same person at the same time is one."""
    unnamed = msgspec.structs.replace(decision, id="")
    return blake2b(msgspec.json.encode(unnamed), digest_size=10).hexdigest()


class LinkEnds(msgspec.Struct, frozen=True):
    """A link as a decision remembers it (``Decision.value``), so that it is known when it stands no more."""

    left: str
    right: str
    relation: Relation
    kind: CopyKind | None = None


def read_ends(decision: Decision) -> LinkEnds | None:
    """Return the link that a decision is about; None where it is about something else."""
    if decision.verdict not in (Verdict.ACCEPT, Verdict.REJECT) or decision.value is None:
        return None
    return msgspec.json.decode(decision.value.encode(), type=LinkEnds)


def leave_out(decision: Decision, gone: AbstractSet[str]) -> Decision | None:
    """Return a decision without what was removed for good; None where nothing else is left that it could be about.

    Its id stays: it is the same decision, of which no more is to be known.

    Args:
        decision: As it was taken.
        gone: Ids of documents and of their claims, and of decisions that went with them.
    """
    ends = read_ends(decision)
    targets = tuple(target for target in decision.targets if target not in gone)
    anchors = tuple(one for one in decision.anchors if one.claim not in gone and one.document not in gone)
    if (
        not targets
        or (decision.anchors and not anchors)
        or (ends is not None and not gone.isdisjoint((ends.left, ends.right)))
    ):
        return None
    return msgspec.structs.replace(decision, targets=targets, anchors=anchors)


class Removal(msgspec.Struct, frozen=True):
    """That a document was removed for good, with all that came from it; nothing of its content.

    Attributes:
        id: Document id; adding the same text from the same address again is refused.
        at: When it was removed.
        who: Who removed it.
        reason: Why.
        claims: How many claims went with it.
    """

    id: str
    at: str
    who: str
    reason: str
    claims: int
