"""What decisions force upon linking: the later wins, groups hold, and undoing undoes."""

from collections.abc import Sequence
from itertools import count

import msgspec

from reportedly.deciding.anchors import make_anchor
from reportedly.deciding.forced import Forced, find_forced, find_standing
from reportedly.records.claim import Claim
from reportedly.records.decision import Decision, LinkEnds, Verdict, make_decision_id
from reportedly.records.link import Relation
from reportedly.records.report import Report
from reportedly.store.sql import SqlStore

_minutes = count(1)


def make(
    verdict: Verdict, claims: Sequence[Claim] = (), targets: Sequence[str] | None = None, ends: LinkEnds | None = None
) -> Decision:
    """A decision, each later than the one before; the claims beyond the targets are the rest of the event."""
    decision = Decision(
        "",
        verdict,
        tuple(targets if targets is not None else (claim.id for claim in claims)),
        "it is so",
        "ann",
        f"2025-11-02T08:{next(_minutes) % 60:02}:00.000000Z",
        value=None if ends is None else msgspec.json.encode(ends).decode(),
        anchors=tuple(make_anchor(claim) for claim in claims),
    )
    return msgspec.structs.replace(decision, id=make_decision_id(decision))


def force(store: SqlStore, *decisions: Decision) -> Forced:
    ordered = [
        msgspec.structs.replace(item, at=f"2025-11-02T08:{minute:02}:00.000000Z")
        for minute, item in enumerate(decisions)
    ]
    with store.reading() as view:
        return find_forced(ordered, view)


def pair(one: Claim, other: Claim) -> tuple[str, str]:
    return (min(one.id, other.id), max(one.id, other.id))


def test_nothing_decided_forces_nothing(store: SqlStore) -> None:
    assert force(store) == Forced()


def test_what_is_merged_is_held_together(store: SqlStore, one: Report, other: Report) -> None:
    claims = [*one.claims, *other.claims]
    forced = force(store, make(Verdict.MERGE, claims))
    reached = {min(claim.id for claim in claims)}
    for left, right in forced.together:
        reached |= {left, right} if left in reached or right in reached else set()
    assert reached == {claim.id for claim in claims}
    assert forced.apart == ()


def test_what_is_split_off_is_kept_from_the_rest(store: SqlStore, one: Report, other: Report) -> None:
    first, second = one.claims
    (third,) = other.claims
    forced = force(store, make(Verdict.SPLIT, [first, second, third], [first.id]))
    assert set(forced.apart) == {pair(first, second), pair(first, third)}
    assert forced.together == ()


def test_the_later_of_merge_and_split_wins(store: SqlStore, one: Report, other: Report) -> None:
    first, second = one.claims
    (third,) = other.claims
    merge = make(Verdict.MERGE, [first, second, third])
    split = make(Verdict.SPLIT, [first, second, third], [first.id])
    forced = force(store, merge, split)
    assert forced.together == (pair(second, third),)
    assert set(forced.apart) == {pair(first, second), pair(first, third)}
    forced = force(store, split, merge)
    assert len(forced.together) == 2
    assert forced.apart == ()


def test_undoing_undoes_and_can_be_undone(store: SqlStore, one: Report, other: Report) -> None:
    merge = make(Verdict.MERGE, [one.claims[0], other.claims[0]])
    undo = make(Verdict.UNDO, targets=[merge.id])
    assert force(store, merge, undo) == Forced()
    assert force(store, merge, undo, make(Verdict.UNDO, targets=[undo.id])).together
    assert find_standing([merge, undo]) == []


def test_a_rejected_link_is_named_both_ways(store: SqlStore, one: Report, other: Report) -> None:
    left, right = one.claims[0], other.claims[0]
    ends = LinkEnds(left.id, right.id, Relation.TENSION)
    forced = force(store, make(Verdict.REJECT, [left, right], ["a" * 20], ends))
    assert forced.rejected == {(left.id, right.id, Relation.TENSION), (right.id, left.id, Relation.TENSION)}
    assert forced.accepted == ()


def test_the_last_word_on_a_link_counts(store: SqlStore, one: Report, other: Report) -> None:
    left, right = one.claims[0], other.claims[0]
    ends = LinkEnds(left.id, right.id, Relation.SAME_EVENT)
    reject = make(Verdict.REJECT, [left, right], ["a" * 20], ends)
    accept = make(Verdict.ACCEPT, [left, right], ["a" * 20], ends)
    forced = force(store, reject, accept)
    assert forced.rejected == frozenset()
    assert forced.together == (pair(left, right),)
    assert [(link.left, link.right, link.by) for link in forced.accepted] == [(left.id, right.id, "person:ann")]
    forced = force(store, accept, reject)
    assert len(forced.rejected) == 2
    assert (forced.together, forced.accepted) == ((), ())


def test_links_of_documents_need_no_claims(store: SqlStore, one: Report, other: Report) -> None:
    assert one.document is not None
    assert other.document is not None
    ends = LinkEnds(one.document.id, other.document.id, Relation.COPY)
    forced = force(store, make(Verdict.REJECT, targets=["a" * 20], ends=ends))
    assert (one.document.id, other.document.id, Relation.COPY) in forced.rejected


def test_claims_are_those_of_the_present_reading(store: SqlStore, one: Report, other: Report) -> None:
    """After recoding, a claim of the same words has another id."""
    old = msgspec.structs.replace(one.claims[0], id="0" * 20)
    forced = force(store, make(Verdict.MERGE, [old, other.claims[0]]))
    assert forced.together == (pair(one.claims[0], other.claims[0]),)
    assert one.document is not None
    with store.writing() as writer:
        writer.replace_report(msgspec.structs.replace(one, claims=(), groundings=(), links=()))
    assert force(store, make(Verdict.MERGE, [old, other.claims[0]])).together == ()
