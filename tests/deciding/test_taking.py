"""Decisions are taken, kept for good, applied to claims and links, and applied again to a later reading."""

from collections.abc import Sequence
from contextlib import AbstractContextManager

import msgspec
import pytest

from reportedly.config import Settings
from reportedly.deciding import apply_decisions, find_forced, find_standing, find_waiting, take_decision
from reportedly.deciding.applying import plan_application
from reportedly.deciding.describing import describe_claim
from reportedly.deciding.relink import CLAIM, LINKED
from reportedly.errors import DecisionError, NotFoundError
from reportedly.forgetting import forget_document
from reportedly.records.claim import Figure, Status
from reportedly.records.decision import Decision, Verdict, make_decision_id
from reportedly.records.link import Link, Relation, make_link_id
from reportedly.records.query import ClaimQuery
from reportedly.records.report import Report
from reportedly.records.spans import Field
from reportedly.records.stored import Sketch, StoredClaim
from reportedly.store import Store, Writer
from reportedly.store.sql import SqlStore
from tests.store.makers import make_event


def take(
    store: Store, verdict: Verdict, targets: Sequence[str], field: str | None = None, value: str | None = None
) -> tuple[Decision, ...]:
    return take_decision(store, Settings(), verdict, targets, "it is so", "ann", field=field, value=value)


def find(store: Store, *claims: str) -> list[StoredClaim]:
    with store.reading() as view:
        return view.find_claims(ClaimQuery(claims=claims))


def get(store: Store, claim: str) -> StoredClaim:
    with store.reading() as view:
        return view.get_claim(claim)


def mark_linked(store: Store, *reports: Report) -> None:
    """Mark documents and claims as linking does, in one event."""
    claims = find(store, *(claim.id for report in reports for claim in report.claims))
    with store.writing() as writer:
        documents = dict.fromkeys(item.document.id for item in claims)
        writer.put_sketches(LINKED, [Sketch(document, None, (), b"") for document in documents])
        writer.put_sketches(CLAIM, [Sketch(item.claim.id, None, (), b"") for item in claims])
        writer.put_events([make_event(claims)])


def find_unlinked(store: Store) -> set[str]:
    with store.reading() as view:
        return set(view.find_unsketched(LINKED))


def test_a_rejected_claim_is_gone_and_comes_back(store: SqlStore, one: Report) -> None:
    claim = one.claims[0]
    (decision,) = take(store, Verdict.REJECT, [claim.id[:8]])
    assert find(store, claim.id) == []
    take(store, Verdict.UNDO, [decision.id[:8]])
    assert get(store, claim.id).claim == claim
    assert get(store, claim.id).decided == ()


def test_a_correction_shows_and_names_its_decision(store: SqlStore, one: Report) -> None:
    claim = one.claims[0]
    (first,) = take(store, Verdict.CORRECT, [claim.id], "status", "planned")
    (second,) = take(store, Verdict.CORRECT, [claim.id], "figures.killed", "14")
    found = get(store, claim.id)
    assert found.decided == (first.id, second.id)
    assert found.claim.status.value is Status.PLANNED
    assert found.claim.figures[0].value.high == 14
    take(store, Verdict.UNDO, [first.id])
    found = get(store, claim.id)
    assert found.claim.status == claim.status
    assert found.claim.figures[0].value.high == 14
    with store.reading() as view:
        assert [item.verdict for item in view.find_decisions()] == [Verdict.CORRECT, Verdict.CORRECT, Verdict.UNDO]


def test_a_later_correction_of_a_field_wins(store: SqlStore, one: Report) -> None:
    take(store, Verdict.CORRECT, [one.claims[0].id], "status", "planned")
    take(store, Verdict.CORRECT, [one.claims[0].id], "status", "denied")
    assert get(store, one.claims[0].id).claim.status.value is Status.DENIED


def test_the_record_of_before_still_shows_the_claim_as_it_was(store: SqlStore, one: Report) -> None:
    claim = one.claims[0]
    before = get(store, claim.id).recorded
    take(store, Verdict.CORRECT, [claim.id], "status", "planned")
    with store.reading(before) as view:
        assert view.get_claim(claim.id).claim == claim


def test_accepting_leaves_the_claim_and_names_who_accepted(store: SqlStore, one: Report) -> None:
    (decision,) = take(store, Verdict.ACCEPT, [one.claims[0].id])
    assert get(store, one.claims[0].id).claim == one.claims[0]
    assert get(store, one.claims[0].id).decided == (decision.id,)


def test_applying_again_changes_nothing(store: SqlStore, one: Report, other: Report) -> None:
    take(store, Verdict.CORRECT, [one.claims[0].id], "status", "planned")
    take(store, Verdict.REJECT, [one.claims[1].id])
    take(store, Verdict.ACCEPT, [other.claims[0].id])
    before = find(store)
    assert apply_decisions(store).empty
    assert find(store) == before


def test_decisions_hold_for_a_later_reading_of_the_same_words(store: SqlStore, one: Report) -> None:
    """Recoding gives the claim another type, so another id, and reads one claim no more."""
    first, second = one.claims
    take(store, Verdict.CORRECT, [first.id], "status", "planned")
    take(store, Verdict.REJECT, [second.id])
    again = msgspec.structs.replace(first, id="f" * 20, type=Field(first.type.value, None, "rule:other"))
    grounding = msgspec.structs.replace(one.groundings[0], claim_id="f" * 20)
    with store.writing() as writer:
        writer.replace_report(msgspec.structs.replace(one, claims=(again,), groundings=(grounding,), links=()))
    applied = apply_decisions(store)
    assert len(applied.corrections) == 1
    assert [decision.verdict for decision in applied.waiting] == [Verdict.REJECT]
    assert get(store, "f" * 20).claim.status.value is Status.PLANNED
    with store.reading() as view:
        assert find_waiting(view.find_decisions(), view) == list(applied.waiting)
    with store.writing() as writer:
        writer.replace_report(one)
    assert apply_decisions(store).waiting == ()
    assert find(store, second.id) == []
    assert get(store, first.id).claim.status.value is Status.PLANNED


@pytest.mark.parametrize("verdict", [Verdict.CORRECT, Verdict.REJECT])
def test_a_claim_decided_by_its_words_comes_back_where_the_decision_finds_its_own(
    store: SqlStore, one: Report, verdict: Verdict
) -> None:
    """One reading gives another claim of the words, the next one gives both."""
    first, *_ = one.claims
    take(store, verdict, [first.id], "status", "planned")
    near = msgspec.structs.replace(first, id="f" * 20)
    grounding = msgspec.structs.replace(one.groundings[0], claim_id=near.id)
    for claims in ((near,), (first, near)):
        with store.writing() as writer:
            read = msgspec.structs.replace(one, claims=claims, groundings=(grounding, one.groundings[0]), links=())
            writer.replace_report(read)
        apply_decisions(store)
        with store.reading() as view:
            stands = view.get_claim(near.id)
        assert (stands.decided == ()) is (claims != (near,))
    assert (stands.claim, stands.retired) == (near, None)
    assert [item.claim.id for item in find(store, first.id)] == ([first.id] if verdict is Verdict.CORRECT else [])
    assert apply_decisions(store).empty


def test_a_new_reading_is_written_with_what_was_decided_of_it(store: SqlStore, one: Report) -> None:
    assert one.document is not None
    first, second = one.claims
    take(store, Verdict.REJECT, [first.id])
    take(store, Verdict.CORRECT, [second.id], "status", "planned")
    field = Field(first.type.value, None, "rule:other")
    claims = tuple(msgspec.structs.replace(claim, type=field) for claim in one.claims)
    read = msgspec.structs.replace(one, claims=claims)
    with store.reading() as view:
        planned = plan_application(view.find_decisions(), view, [one.document.id], {one.document.id: read})
    with store.writing() as writer:
        writer.replace_report(read)
        planned.write(writer)
    assert find(store, first.id) == []
    stands = get(store, second.id).claim
    assert (stands.type, stands.status.value) == (field, Status.PLANNED)
    assert apply_decisions(store).empty


def test_what_is_decided_of_one_document_leaves_another_as_it_is(store: SqlStore, one: Report, other: Report) -> None:
    """Also where a decision, of another release perhaps, is on claims of both."""
    (first,) = take(store, Verdict.ACCEPT, [one.claims[0].id])
    (second,) = take(store, Verdict.REJECT, [other.claims[0].id])
    both = msgspec.structs.replace(first, id="", anchors=(*first.anchors, *second.anchors))
    with store.writing() as writer:
        writer.add_decision(msgspec.structs.replace(both, id=make_decision_id(both)))
    apply_decisions(store)
    take(store, Verdict.CORRECT, [one.claims[1].id], "status", "planned")
    assert find(store, other.claims[0].id) == []
    assert apply_decisions(store).empty


def test_a_value_that_does_not_fit_waits(store: SqlStore, one: Report) -> None:
    (decision,) = take(store, Verdict.CORRECT, [one.claims[0].id], "status", "planned")
    odd = msgspec.structs.replace(decision, id="e" * 20, field="mood of the day", at="2030-01-01T00:00:00.000000Z")
    with store.writing() as writer:
        writer.add_decision(odd)
    assert apply_decisions(store).waiting == (odd,)
    assert get(store, one.claims[0].id).claim.status.value is Status.PLANNED


def test_a_link_is_rejected_accepted_and_let_go(store: SqlStore, one: Report, other: Report) -> None:
    link = Link(one.claims[0].id, other.claims[0].id, Relation.SAME_EVENT, 0.8, "rule:events", "same place")
    name = make_link_id(link)
    with store.writing() as writer:
        writer.put_links([link])
    (rejected,) = take(store, Verdict.REJECT, [name])
    assert name not in find_links(store, link.left)
    with store.reading() as view:
        assert (link.left, link.right, Relation.SAME_EVENT) in find_forced(view.find_decisions(), view).rejected
    (accepted,) = take(store, Verdict.ACCEPT, [name])
    assert find_links(store, link.left)[name].by == "person:ann"
    take(store, Verdict.UNDO, [accepted.id])
    assert name not in find_links(store, link.left)
    take(store, Verdict.UNDO, [rejected.id])
    with store.reading() as view:
        assert find_forced(view.find_decisions(), view).rejected == frozenset()


@pytest.mark.parametrize("verdict", [Verdict.ACCEPT, Verdict.REJECT])
def test_a_link_within_a_report_is_decided_read_again_and_let_go(
    store: SqlStore, one: Report, verdict: Verdict
) -> None:
    (link,) = one.links
    name = make_link_id(link)
    (decision,) = take(store, verdict, [name])
    assert one.document is not None
    for reason in (link.reason, "same day"):
        again = msgspec.structs.replace(one, links=(msgspec.structs.replace(link, reason=reason),))
        with store.writing() as writer:
            writer.replace_report(again)
        apply_decisions(store)
        assert apply_decisions(store).empty
        with store.reading() as view:
            assert view.get_report(one.document.id).links == again.links
            drawn = [item.link.by for item in view.find_links([link.left])]
        assert drawn == (["person:ann"] if verdict is Verdict.ACCEPT else [])
    take(store, Verdict.UNDO, [decision.id])
    assert find_links(store, link.left) == {name: again.links[0]}
    with store.reading() as view:
        assert view.get_report(one.document.id) == again
    assert apply_decisions(store).empty
    with store.writing() as writer:
        writer.replace_report(msgspec.structs.replace(one, links=()))
    assert find_links(store, link.left) == {}
    assert store.check() == []


def find_links(store: Store, end: str) -> dict[str, Link]:
    with store.reading() as view:
        return {item.id: item.link for item in view.find_links([end])}


def test_an_accepted_link_follows_its_claims_to_a_later_reading(store: SqlStore, one: Report, other: Report) -> None:
    link = Link(one.claims[0].id, other.claims[0].id, Relation.TENSION, 0.8, "rule:conflicts", "they pull apart")
    with store.writing() as writer:
        writer.put_links([link])
    take(store, Verdict.ACCEPT, [make_link_id(link)])
    again = msgspec.structs.replace(one.claims[0], id="f" * 20)
    with store.writing() as writer:
        writer.replace_report(msgspec.structs.replace(one, claims=(again,), groundings=(), links=()))
    apply_decisions(store)
    assert ("f" * 20, other.claims[0].id) in {(item.left, item.right) for item in find_links(store, "f" * 20).values()}


def test_links_of_documents_are_decided_too(store: SqlStore, one: Report, other: Report) -> None:
    assert one.document is not None
    assert other.document is not None
    mark_linked(store, one, other)
    link = Link(one.document.id, other.document.id, Relation.COPY, 0.9, "rule:copies", "same words")
    with store.writing() as writer:
        writer.put_links([link])
    take(store, Verdict.REJECT, [make_link_id(link)])
    assert make_link_id(link) not in find_links(store, one.document.id)
    assert find_unlinked(store) == {one.document.id, other.document.id}


def test_merging_events_takes_all_their_claims(store: SqlStore, one: Report, other: Report) -> None:
    mark_linked(store, one)
    mark_linked(store, other)
    with store.reading() as view:
        events = [event.id for event in view.find_events()]
    assert len(events) == 2
    (decision,) = take(store, Verdict.MERGE, events)
    assert {anchor.claim for anchor in decision.anchors} == {claim.id for claim in (*one.claims, *other.claims)}
    with store.reading() as view:
        assert len(find_forced(view.find_decisions(), view).together) == 2
    assert len(find_unlinked(store)) == 2


def test_an_event_is_not_merged_with_its_only_claim(store: SqlStore, other: Report) -> None:
    mark_linked(store, other)
    with store.reading() as view:
        (event,) = view.find_events()
    with pytest.raises(DecisionError, match="two or more"):
        take(store, Verdict.MERGE, [event.id, other.claims[0].id])


def test_an_event_is_not_merged_with_itself(store: SqlStore, one: Report) -> None:
    mark_linked(store, one)
    with store.reading() as view:
        event = next(event.id for event in view.find_events() if len(event.claims) > 1)
    for targets in ([event], [event, event[:10]]):
        with pytest.raises(DecisionError, match="two or more"):
            take(store, Verdict.MERGE, targets)


@pytest.mark.parametrize(("key", "allowed"), [("kiled", False), ("operation", False), ("detainees", True)])
def test_a_mistyped_key_of_a_figure_is_refused(store: SqlStore, one: Report, key: str, allowed: bool) -> None:
    if allowed:
        assert take(store, Verdict.CORRECT, [one.claims[1].id], f"figures.{key}", "3")
        return
    with pytest.raises(DecisionError, match="no such key is known"):
        take(store, Verdict.CORRECT, [one.claims[1].id], f"figures.{key}", "3")


def test_a_figure_beside_one_of_another_unit_is_corrected(store: SqlStore, one: Report) -> None:
    claim = one.claims[0]
    other = msgspec.structs.replace(claim.figures[0], value=Figure("killed", 14, 14, unit="soldiers"))
    with store.writing() as writer:
        both = msgspec.structs.replace(claim, figures=(*claim.figures, other))
        writer.replace_report(msgspec.structs.replace(one, claims=(both, *one.claims[1:])))
    assert len(take(store, Verdict.CORRECT, [claim.id], "figures.killed", "13")) == 1
    figures = [field.value for field in get(store, claim.id).claim.figures]
    assert [(figure.low, figure.unit) for figure in figures] == [(13, claim.figures[0].value.unit), (14, "soldiers")]
    assert take(store, Verdict.CORRECT, [claim.id], "figures.killed", "13") == ()
    document = one.document
    assert document is not None
    assert describe_claim(both, one.groundings[0], document.text)["figures.killed"] == ">=12; 14 soldiers"


def test_splitting_remembers_what_from(store: SqlStore, one: Report, other: Report) -> None:
    mark_linked(store, one, other)
    (decision,) = take(store, Verdict.SPLIT, [one.claims[0].id])
    assert decision.anchors[0].claim == one.claims[0].id
    assert len(decision.anchors) == 3
    with store.reading() as view:
        assert len(find_forced(view.find_decisions(), view).apart) == 2


def test_what_shares_an_event_with_a_rejected_claim_is_linked_again(
    store: SqlStore, one: Report, other: Report
) -> None:
    mark_linked(store, one, other)
    link = Link(one.claims[0].id, other.claims[0].id, Relation.SAME_EVENT, 0.8, "rule:events", "same place")
    with store.writing() as writer:
        writer.put_links([link])
    take(store, Verdict.REJECT, [one.claims[0].id])
    assert len(find_unlinked(store)) == 2
    assert make_link_id(link) not in find_links(store, link.right)
    # what was drawn when the report was read stays with it
    assert len(find_links(store, one.claims[1].id)) == 1
    with store.reading() as view:
        assert view.find_sketches(CLAIM, [one.claims[0].id]) == {}


def test_an_event_of_nothing_but_a_rejected_claim_goes_at_once(store: SqlStore, other: Report) -> None:
    mark_linked(store, other)
    take(store, Verdict.REJECT, [other.claims[0].id])
    with store.reading() as view:
        assert view.find_events() == []


@pytest.mark.parametrize(
    ("verdict", "kind", "told"),
    [
        (Verdict.ACCEPT, "document", "claim or link"),
        (Verdict.CORRECT, "event", "claim"),
        (Verdict.UNDO, "claim", "decision"),
        (Verdict.SPLIT, "claim", "nothing to split"),
        (Verdict.MERGE, "claim", "two or more"),
    ],
)
def test_what_cannot_be_decided_so_is_refused(
    store: SqlStore, one: Report, other: Report, verdict: Verdict, kind: str, told: str
) -> None:
    assert one.document is not None
    mark_linked(store, other)
    with store.reading() as view:
        event = view.find_events()[0].id
    target = {"document": one.document.id, "event": event, "claim": one.claims[0].id}[kind]
    with pytest.raises(DecisionError, match=told):
        take(store, verdict, [target], "status", "planned")
    with store.reading() as view:
        assert view.find_decisions() == []


def test_a_decision_needs_reason_person_and_target(store: SqlStore, one: Report) -> None:
    with pytest.raises(DecisionError, match="reason"):
        take_decision(store, Settings(), Verdict.REJECT, [one.claims[0].id], "  ", "ann")
    with pytest.raises(DecisionError, match="who"):
        take_decision(store, Settings(), Verdict.REJECT, [one.claims[0].id], "wrong", " ")
    with pytest.raises(NotFoundError):
        take(store, Verdict.REJECT, ["0" * 20])


@pytest.mark.parametrize("verdict", [Verdict.REJECT, Verdict.UNDO])
@pytest.mark.parametrize("target", ["claim", "copy"])
def test_nothing_is_decided_of_what_is_removed_meanwhile(
    store: SqlStore, one: Report, other: Report, monkeypatch: pytest.MonkeyPatch, verdict: Verdict, target: str
) -> None:
    link = Link(one.claims[0].document_id, other.claims[0].document_id, Relation.COPY, 0.9, "rule:copies", "same words")
    with store.writing() as writer:
        writer.put_links([link])
    about = one.claims[0].id if target == "claim" else make_link_id(link)
    if verdict is Verdict.UNDO:
        (decision,) = take(store, Verdict.REJECT, [about])
        about = decision.id
    writing = store.writing

    def forget_first() -> AbstractContextManager[Writer]:
        monkeypatch.undo()
        forget_document(store, one.claims[0].document_id, "ben", "asked to")
        return writing()

    monkeypatch.setattr(store, "writing", forget_first)
    with pytest.raises(DecisionError, match="removed for good meanwhile"):
        take(store, verdict, [about])
    with store.reading() as view:
        assert view.find_decisions() == []


def test_what_is_decided_later_wins_whatever_the_clock_says(store: SqlStore, one: Report) -> None:
    """A decision of a machine whose clock was ahead came in by a merge."""
    claim = one.claims[0].id
    (decision,) = take(store, Verdict.REJECT, [claim])
    ahead = msgspec.structs.replace(decision, id="", at="2222-01-01T00:00:00.999999Z")
    ahead = msgspec.structs.replace(ahead, id=make_decision_id(ahead))
    with store.writing() as writer:
        writer.add_decision(ahead)
    take(store, Verdict.UNDO, [decision.id, ahead.id])
    assert get(store, claim).retired is None
    with store.reading() as view:
        assert find_standing(view.find_decisions()) == []
        assert view.find_decisions()[-1].at == "2222-01-01T00:00:01.000000Z"


def test_what_was_undone_cannot_be_undone_again(store: SqlStore, one: Report) -> None:
    (decision,) = take(store, Verdict.REJECT, [one.claims[0].id])
    take(store, Verdict.UNDO, [decision.id])
    with pytest.raises(DecisionError, match="undone before"):
        take(store, Verdict.UNDO, [decision.id])


@pytest.mark.parametrize("verdict", [Verdict.SPLIT, Verdict.MERGE, Verdict.CORRECT, Verdict.REJECT])
def test_of_a_rejected_claim_nothing_is_decided(store: SqlStore, one: Report, other: Report, verdict: Verdict) -> None:
    mark_linked(store, one, other)
    gone, stays = one.claims[0].id, one.claims[1].id
    (decision,) = take(store, Verdict.REJECT, [gone])
    targets = [gone] if verdict is Verdict.CORRECT else [stays, gone]
    with pytest.raises(DecisionError, match=f"{gone}: this claim was rejected.*decide undo {decision.id}"):
        take(store, verdict, targets, "status", "planned")
    with store.reading() as view:
        assert view.find_decisions() == [decision]


def test_accepting_a_rejected_claim_brings_it_back(store: SqlStore, one: Report) -> None:
    claim = one.claims[0]
    take(store, Verdict.REJECT, [claim.id])
    take(store, Verdict.ACCEPT, [claim.id])
    assert get(store, claim.id).claim == claim
    assert find(store, claim.id) != []
    take(store, Verdict.REJECT, [claim.id])
    assert find(store, claim.id) == []


def test_of_a_claim_that_is_read_no_more_nothing_is_decided(store: SqlStore, one: Report) -> None:
    with store.writing() as writer:
        writer.replace_report(msgspec.structs.replace(one, claims=one.claims[1:], groundings=(), links=()))
    for verdict in (Verdict.ACCEPT, Verdict.REJECT, Verdict.CORRECT, Verdict.SPLIT):
        with pytest.raises(NotFoundError, match="not in the latest reading"):
            take(store, verdict, [one.claims[0].id], "status", "planned")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", "occurred"), ("figures.killed", ">=12"), ("figures.injured", "none"), ("stage", "none"),
        ("hedged", "no"), ("time", "none"), ("source", "outlet"),
    ],
)  # fmt: skip
def test_a_correction_to_what_stands_there_is_none(store: SqlStore, one: Report, field: str, value: str) -> None:
    before = get(store, one.claims[0].id)
    assert take(store, Verdict.CORRECT, [one.claims[0].id], field, value) == ()
    with store.reading() as view:
        assert view.find_decisions() == []
    assert get(store, one.claims[0].id) == before


def test_a_correction_back_to_what_was_read_is_one(store: SqlStore, one: Report) -> None:
    claim = one.claims[0].id
    for value, taken in (("planned", 1), ("planned", 0), ("occurred", 1)):
        assert len(take(store, Verdict.CORRECT, [claim], "status", value)) == taken
    assert get(store, claim).claim.status.value is Status.OCCURRED


def test_a_day_in_other_words_is_no_other_day(store: SqlStore, one: Report) -> None:
    assert len(take(store, Verdict.CORRECT, [one.claims[0].id], "time", "2025-10")) == 1
    assert take(store, Verdict.CORRECT, [one.claims[0].id], "time", "2025-10-01/2025-10-31") == ()
    assert len(take(store, Verdict.CORRECT, [one.claims[0].id], "time", "2025-10-31")) == 1
