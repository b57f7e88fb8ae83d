"""Another ledger is brought in: documents, decisions, failures; removals of either side win; twice is once."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from reportedly.adding import name_coding
from reportedly.config import Settings
from reportedly.deciding import take_decision
from reportedly.deciding.relink import LINKED
from reportedly.errors import StoreError
from reportedly.merging import MergeSummary, merge_ledger
from reportedly.records.claim import Status
from reportedly.records.decision import Decision, LinkEnds, Removal, Verdict, make_decision_id
from reportedly.records.link import Link, Relation, make_link_id
from reportedly.records.query import ClaimQuery
from reportedly.records.report import Failure, Report
from reportedly.records.stored import Sketch
from reportedly.store import Publisher, Store, open_store
from reportedly.store.sql import SqlStore
from tests.store.makers import Told, make_report

SHELLED = Told("The army shelled rebels in Garrach, possibly killing 12, medics said.", killed=12)


@pytest.fixture
def one() -> Report:
    return make_report([SHELLED])


@pytest.fixture
def other() -> Report:
    return make_report([SHELLED], address="https://example.org/2", publisher="Lake Post")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def ours(request: pytest.FixtureRequest, tmp_path: Path, one: Report) -> Iterator[SqlStore]:
    """A ledger with the first report."""
    url = str(tmp_path / "ours.db") if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))
    with open_store(url) as store:
        add(store, one)
        yield store


@pytest.fixture
def theirs(tmp_path: Path, one: Report, other: Report) -> Iterator[SqlStore]:
    """A ledger with both."""
    with open_store(tmp_path / "theirs.db") as store:
        add(store, one, other)
        yield store


def add(store: Store, *reports: Report) -> None:
    for report in reports:
        assert report.document is not None
        with store.writing() as writer:
            writer.add_report(report, Publisher(report.document.publisher, "Lake Group", "NLD"))
            writer.put_sketches(name_coding(), [Sketch(report.document.id, None, (), b"")])


def find_claims(store: Store) -> dict[str, Status]:
    with store.reading() as view:
        return {item.claim.id: item.claim.status.value for item in view.find_claims(ClaimQuery())}


def forget(store: Store, report: Report) -> None:
    assert report.document is not None
    with store.writing() as writer:
        writer.forget(Removal(report.document.id, writer.recorded, "ann", "asked to", 1))


def test_documents_come_in_as_they_were_read(ours: SqlStore, theirs: SqlStore, other: Report) -> None:
    assert other.document is not None
    assert merge_ledger(theirs, ours) == MergeSummary(documents=1, claims=1, known=1)
    with ours.reading() as view, theirs.reading() as there:
        assert view.get_report(other.document.id) == there.get_report(other.document.id)
        head, before = view.get_head(other.document.id), there.get_head(other.document.id)
        assert (head.publisher_name, head.family, head.state) == (before.publisher_name, before.family, before.state)
        assert view.find_unsketched(name_coding()) == []


def test_merging_again_changes_nothing(ours: SqlStore, theirs: SqlStore, other: Report) -> None:
    take_decision(
        theirs, Settings(), Verdict.CORRECT, [other.claims[0].id], "seen", "ann", field="status", value="denied"
    )
    with theirs.writing() as writer:
        writer.add_failure(Failure("https://example.org/9", "acquire", "fetch", "no answer"))
    assert merge_ledger(theirs, ours) == MergeSummary(documents=1, claims=1, known=1, decisions=1, failures=1)
    with ours.reading() as view:
        before = view.count(), view.find_claims(ClaimQuery()), view.find_failures()
    assert merge_ledger(theirs, ours) == MergeSummary(known=2)
    with ours.reading() as view:
        assert (view.count(), view.find_claims(ClaimQuery()), view.find_failures()) == before


def test_decisions_are_applied_here(ours: SqlStore, theirs: SqlStore, one: Report, other: Report) -> None:
    """Theirs on a document that both have, and ours stand side by side."""
    take_decision(theirs, Settings(), Verdict.REJECT, [other.claims[0].id], "no", "ann")
    take_decision(theirs, Settings(), Verdict.CORRECT, [one.claims[0].id], "so", "ann", field="status", value="denied")
    merge_ledger(theirs, ours)
    assert find_claims(ours) == {one.claims[0].id: Status.DENIED}
    with ours.reading() as view:
        assert other.document is not None
        assert view.get_report(other.document.id).claims == other.claims


def test_what_they_decided_comes_in_with_the_document(ours: SqlStore, theirs: SqlStore, other: Report) -> None:
    """Nobody reads in between what was rejected."""
    (first,) = take_decision(theirs, Settings(), Verdict.REJECT, [other.claims[0].id], "no", "ann")
    take_decision(theirs, Settings(), Verdict.UNDO, [first.id], "yes", "ann")
    take_decision(theirs, Settings(), Verdict.REJECT, [other.claims[0].id], "no again", "ann")
    assert merge_ledger(theirs, ours).decisions == 3
    with ours.reading() as view:
        recorded = view.get_head(other.claims[0].document_id).recorded
    with ours.reading(recorded) as view:
        assert view.count_claims(ClaimQuery(documents=(other.claims[0].document_id,))) == 0
        assert len(view.find_decisions()) == 3
    assert merge_ledger(theirs, ours) == MergeSummary(known=2)


def test_what_they_decided_of_links_and_events_is_linked_again_here(ours: SqlStore, theirs: SqlStore) -> None:
    """Both hold the documents, and ours are linked already."""
    with theirs.reading() as view:
        claims = [item.claim for item in view.find_claims(ClaimQuery())]
    documents = [claim.document_id for claim in claims]
    copy = Link(documents[0], documents[1], Relation.COPY, 0.9, "rule:copies", "same words")
    with theirs.writing() as writer:
        writer.put_links([copy])
    merge_ledger(theirs, ours)

    def find_unlinked(verdict: Verdict, *targets: str) -> set[str]:
        with ours.writing() as writer:
            writer.put_sketches(LINKED, [Sketch(document, None, (), b"") for document in documents])
        (decision,) = take_decision(theirs, Settings(), verdict, targets, "so", "ann")
        assert merge_ledger(theirs, ours).decisions == 1
        with ours.reading() as view:
            assert decision in view.find_decisions()
            return set(view.find_unsketched(LINKED))

    assert find_unlinked(Verdict.MERGE, *(claim.id for claim in claims)) == set(documents)
    assert find_unlinked(Verdict.REJECT, make_link_id(copy)) == set(documents)
    with theirs.reading() as view:
        merged, rejected = (decision.id for decision in view.find_decisions())
    assert find_unlinked(Verdict.UNDO, merged) == set(documents)
    assert find_unlinked(Verdict.UNDO, rejected) == set(documents)


def test_what_is_wrong_with_theirs_is_not_said_of_ours(ours: SqlStore, tmp_path: Path, one: Report) -> None:
    path = tmp_path / "broken.db"
    with open_store(path) as theirs:
        with theirs.writing() as writer:
            writer.add_removal(Removal("e" * 20, writer.recorded, "ann", "asked to", 0))
            writer.add_failure(Failure("https://example.org/9", "acquire", "fetch", "no answer"))
            writer.add_decision(Decision("d" * 20, Verdict.ACCEPT, ("a" * 20,), "so", "ann", "2026-01-02T00:00:00Z"))
        for table in ("removals", "failures", "decisions"):
            with closing(sqlite3.connect(path)) as connection, connection:
                (kept,) = connection.execute(f"SELECT record FROM {table}").fetchone()
                connection.execute(f"UPDATE {table} SET record = x'c1'")
            with pytest.raises(StoreError, match=r"^[^:]*broken\.db: a record in it is damaged"):
                merge_ledger(theirs, ours)
            with closing(sqlite3.connect(path)) as connection, connection:
                connection.execute(f"UPDATE {table} SET record = ?", (kept,))


def test_what_they_removed_goes_here(ours: SqlStore, theirs: SqlStore, one: Report, other: Report) -> None:
    forget(theirs, one)
    assert merge_ledger(theirs, ours) == MergeSummary(documents=1, claims=1, removals=1)
    assert find_claims(ours).keys() == {other.claims[0].id}
    with ours.reading() as view:
        assert [item.reason for item in view.find_removals()] == ["asked to"]
    assert merge_ledger(theirs, ours) == MergeSummary(known=1)


def test_the_database_is_overwritten_once_for_all_that_they_removed(
    ours: SqlStore, theirs: SqlStore, one: Report, other: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(ours, other)
    forget(theirs, one)
    forget(theirs, other)
    times: list[None] = []
    scrub = SqlStore._scrub
    monkeypatch.setattr(SqlStore, "_scrub", lambda store: times.append(scrub(store)))
    assert merge_ledger(theirs, ours).removals == 2
    assert len(times) == 1
    assert find_claims(ours) == {}


def test_what_they_removed_and_we_never_had_is_refused_later(ours: SqlStore, theirs: SqlStore, other: Report) -> None:
    forget(theirs, other)
    assert merge_ledger(theirs, ours).removals == 1
    with ours.writing() as writer:
        assert writer.add_report(other, Publisher()) == "removed"


def test_what_we_removed_stays_away_with_its_decisions(ours: SqlStore, theirs: SqlStore, one: Report) -> None:
    take_decision(theirs, Settings(), Verdict.ACCEPT, [one.claims[0].id], "seen", "ann")
    forget(ours, one)
    summary = merge_ledger(theirs, ours)
    assert (summary.refused, summary.documents, summary.decisions) == (1, 1, 0)
    assert one.claims[0].id not in find_claims(ours)


def test_a_decision_on_what_we_removed_and_on_others_stays_with_the_others(
    ours: SqlStore, theirs: SqlStore, one: Report, other: Report
) -> None:
    late = make_report([Told("Rebels shelled the quay.")], address="https://example.org/5")
    add(theirs, late)
    claims = [report.claims[0].id for report in (one, other, late)]
    (merged,) = take_decision(theirs, Settings(), Verdict.MERGE, claims, "one shelling", "ann")
    forget(ours, one)
    assert merge_ledger(theirs, ours).decisions == 1
    with ours.reading() as view:
        (decision,) = view.find_decisions()
    assert (decision.id, decision.targets) == (merged.id, tuple(claims[1:]))
    assert [anchor.claim for anchor in decision.anchors] == claims[1:]
    assert merge_ledger(theirs, ours).decisions == 0


def test_a_decision_on_a_link_to_what_we_removed_stays_away(ours: SqlStore, theirs: SqlStore, one: Report) -> None:
    assert one.document is not None
    ends = msgspec.json.encode(LinkEnds(one.document.id, "f" * 20, Relation.COPY)).decode()
    reject = Decision("", Verdict.REJECT, ("e" * 20,), "no copy", "ann", "2026-01-01T00:00:00Z", value=ends)
    reject = msgspec.structs.replace(reject, id=make_decision_id(reject))
    undo = Decision("d" * 20, Verdict.UNDO, (reject.id,), "a copy", "ann", "2026-01-02T00:00:00Z")
    with theirs.writing() as writer:
        writer.add_decision(reject)
        writer.add_decision(undo)
    forget(ours, one)
    assert merge_ledger(theirs, ours).decisions == 0


def test_a_failure_that_was_read_here_does_not_come_in(ours: SqlStore, theirs: SqlStore, one: Report) -> None:
    assert one.document is not None
    with theirs.writing() as writer:
        writer.add_failure(Failure(one.document.address or "", "acquire", "fetch", "no answer"))
    assert merge_ledger(theirs, ours).failures == 0


def test_versions_are_joined_in_order(ours: SqlStore, theirs: SqlStore) -> None:
    """Two texts of one address, and one more here: one chain of three."""
    texts = ["The army shelled rebels.", "The army shelled rebels and left.", "The army shelled rebels and fled."]
    chain = [
        make_report([Told(text)], address="https://example.org/3", published=f"2025-11-0{day}")
        for day, text in enumerate(texts, start=1)
    ]
    add(theirs, chain[0], chain[1])
    add(ours, chain[2])
    merge_ledger(theirs, ours)
    ids = [report.document.id for report in chain if report.document]
    with ours.reading() as view:
        heads = [view.get_head(document) for document in ids]
    assert [head.previous for head in heads] == [None, ids[0], ids[1]]
    assert [head.superseded for head in heads] == [ids[1], ids[2], None]


def test_what_earlier_stages_read_is_told_as_such(ours: SqlStore, theirs: SqlStore) -> None:
    late = make_report([Told("Police shelled peas.")], address="https://example.org/4")
    with theirs.writing() as writer:
        writer.add_report(late, Publisher())
    merge_ledger(theirs, ours)
    with ours.reading() as view:
        assert view.find_unsketched(name_coding()) == [late.document.id if late.document else None]


@pytest.mark.parametrize("odd", ["../../etc/passwd", "E" * 20, "e" * 19, "e" * 21, ""])
def test_a_record_with_an_odd_id_is_named_and_left_out_whole(
    ours: SqlStore, theirs: SqlStore, other: Report, odd: str
) -> None:
    late = make_report([Told("Rebels shelled the quay.")], address="https://example.org/5")
    claim = msgspec.structs.replace(late.claims[0], id=odd)
    grounding = msgspec.structs.replace(late.groundings[0], claim_id=odd)
    add(theirs, msgspec.structs.replace(late, claims=(claim,), groundings=(grounding,)))
    with theirs.writing() as writer:
        writer.add_removal(Removal(odd, writer.recorded, "ann", "asked to", 0))
        writer.add_decision(Decision("d" * 20, Verdict.ACCEPT, (odd,), "so", "ann", "2026-01-02T00:00:00Z"))
    summary = merge_ledger(theirs, ours)
    assert late.document is not None
    assert msgspec.structs.replace(summary, unfit=()) == MergeSummary(documents=1, claims=1, known=1)
    named = (f"removal {odd!r}", f"document {late.document.id!r}", f"decision {'d' * 20!r}")
    assert [line.partition(" is left out: ")[0] for line in summary.unfit] == list(named)
    assert all(f"{odd!r} is no id" in line for line in summary.unfit)
    assert merge_ledger(theirs, ours) == MergeSummary(known=2, unfit=summary.unfit)
    assert other.claims[0].id in find_claims(ours)
    with ours.reading() as view:
        assert (view.find_removals(), view.find_decisions(), len(view.find_heads())) == ([], [], 2)
    assert ours.check() == []
