"""Keeping what reading gives: round trips, repeats, versions of one address, new readings, failures."""

import itertools
from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.errors import NotFoundError, StoreError
from reportedly.records.claim import Status
from reportedly.records.decision import Removal
from reportedly.records.document import Document
from reportedly.records.link import Relation
from reportedly.records.query import ClaimQuery
from reportedly.records.report import Failure, Report
from reportedly.store import AddOutcome, Kind, Publisher, open_store
from reportedly.store.sql import SqlStore
from tests.store.makers import Told, make_report

HARBOUR = Publisher("Harbour Wire", "Harbour Group", "NLD")
SHELLED = Told("The army shelled the harbour.", days=("2025-10-30", "2025-10-30"), source=("officials", "NLD/GOV"))
DENIED = Told("The ministry denied a strike.", "strike", status=Status.DENIED, hedge="alleged", killed=12)


def add(store: SqlStore, *reports: Report, publisher: Publisher = HARBOUR) -> list[AddOutcome]:
    with store.writing() as writer:
        return [writer.add_report(report, publisher) for report in reports]


def the_document(report: Report) -> Document:
    assert report.document is not None
    return report.document


def test_gives_back_what_it_was_given(store: SqlStore) -> None:
    report = make_report([SHELLED, DENIED], published="2025-10-31T17:38:34Z")
    assert add(store, report) == [AddOutcome.ADDED]
    document = the_document(report)
    with store.reading() as view:
        assert view.get_document(document.id) == document
        assert view.get_report(document.id) == report
        head = view.get_head(document.id)
        stored = view.find_claims(ClaimQuery())
        statements = view.find_statements([document.id])
        links = view.find_links()
        assert view.find_texts([document.id, "0" * 20]) == {document.id: document.text}
    assert (head.publisher, head.publisher_name, head.family, head.state) == (
        "Harbour Wire",
        "Harbour Wire",
        "Harbour Group",
        "NLD",
    )
    assert (head.published, head.characters, head.day) == (document.published, len(document.text), "2025-10-31")
    assert (head.previous, head.superseded, head.origin) == (None, None, None)
    assert [one.claim for one in stored] == list(report.claims)
    assert [one.grounding for one in stored] == list(report.groundings)
    assert [one.sentence for one in stored] == [SHELLED.sentence, DENIED.sentence]
    assert {one.document for one in stored} == {head}
    assert {(one.recorded, one.retired, one.event, one.story, one.decided) for one in stored} == {
        (head.recorded, None, None, None, ())
    }
    assert [(one.statement, one.words) for one in statements] == [(report.statements[0], document.text[:9])]
    assert [one.link for one in links] == list(report.links)


@pytest.mark.parametrize("text", ["A zero \x00 in it.", "Ein Schuß fiel in Łódź. 港が砲撃された。 🚢", "line\r\n\ttab"])
def test_keeps_any_text(store: SqlStore, text: str) -> None:
    report = make_report([Told(text)], title=text, publisher=text)
    add(store, report, publisher=Publisher())
    with store.reading() as view:
        assert view.get_report(the_document(report).id) == report
    assert store.check() == []


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    told=st.lists(
        st.builds(
            Told,
            sentence=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40),
            status=st.sampled_from(Status),
            place=st.none() | st.tuples(st.text(max_size=8), st.sampled_from(["NL", "VE"])),
            days=st.none()
            | st.tuples(st.none() | st.just("2025-10-30"), st.none() | st.sampled_from(["2025-10-30", "2031-01-01"])),
            source=st.none() | st.tuples(st.text(min_size=1, max_size=8), st.none() | st.just("VEN/GOV/MIL")),
        ),
        min_size=1,
        max_size=3,
    ),
    published=st.none() | st.sampled_from(["2025-10-31", "2025-10", "2025-10-31T17:38:34Z", "1870-07-19"]),
)
def test_gives_back_any_report(store: SqlStore, told: list[Told], published: str | None) -> None:
    report = make_report(told, published=published, address=f"https://example.org/{hash((tuple(told), published))}")
    add(store, report, report)
    with store.reading() as view:
        assert view.get_report(the_document(report).id) == report
        assert view.count_claims(ClaimQuery(documents=(the_document(report).id,))) == len(report.claims)


def test_adds_nothing_twice(store: SqlStore) -> None:
    report = make_report([SHELLED, DENIED])
    assert add(store, report, report) == [AddOutcome.ADDED, AddOutcome.KNOWN]
    with store.reading() as view:
        before = view.count()
    assert add(store, report) == [AddOutcome.KNOWN]
    with store.reading() as view:
        assert view.count() == before


def test_names_an_outlet_that_no_table_knows(store: SqlStore) -> None:
    named = make_report([SHELLED], publisher="Tuvala Post")
    hosted = make_report([SHELLED], publisher=None, address="https://news.example.net/a")
    add(store, named, hosted, publisher=Publisher())
    with store.reading() as view:
        heads = [view.get_head(the_document(report).id) for report in (named, hosted)]
        assert view.find_publishers() == [("Tuvala Post", 1), ("news.example.net", 1)]
    assert [head.publisher_name for head in heads] == ["Tuvala Post", "news.example.net"]
    assert [head.family for head in heads] == ["Tuvala Post", "news.example.net"]


def test_refuses_a_report_without_document(store: SqlStore) -> None:
    with pytest.raises(ValueError, match="without a document"):
        add(store, Report(document=None, failures=(Failure("x", "clean", "format", "broken"),)))


def _make_versions(times: Sequence[str | None]) -> list[Report]:
    return [
        make_report([Told(f"The army shelled town {number}.")], published=time) for number, time in enumerate(times)
    ]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_orders_versions_by_publication_whatever_arrives_first(store: SqlStore, order: tuple[int, ...]) -> None:
    reports = _make_versions(["2025-10-31T08:00:00Z", "2025-10-31T09:00:00Z", "2025-11-01"])
    outcomes = [add(store, reports[number])[0] for number in order]
    assert outcomes == [AddOutcome.ADDED, AddOutcome.VERSION, AddOutcome.VERSION]
    ids = [the_document(report).id for report in reports]
    with store.reading() as view:
        heads = [view.get_head(name) for name in ids]
        links = view.find_links(relations=[Relation.VERSION])
        latest = view.find_claims(ClaimQuery(latest=True))
        assert [head.id for head in view.find_heads(address="https://example.org/1")] == ids
    assert [head.previous for head in heads] == [None, *ids[:2]]
    assert [head.superseded for head in heads] == [*ids[1:], None]
    assert sorted((link.link.left, link.link.right) for link in links) == sorted(itertools.pairwise(ids))
    assert [claim.document.id for claim in latest] == ids[2:]
    assert store.check() == []


@pytest.mark.parametrize("times", [(None, None), ("2025-10-31", None), ("2025-10-31", "2025-10-31T08:00:00Z")])
def test_takes_the_later_arrival_where_times_do_not_tell(store: SqlStore, times: tuple[str | None, ...]) -> None:
    one, other = _make_versions(times)
    add(store, one)
    add(store, other)
    with store.reading() as view:
        assert view.get_head(the_document(one).id).superseded == the_document(other).id


def test_shows_a_chain_as_it_was(store: SqlStore) -> None:
    reports = _make_versions(["2025-10-29", "2025-10-30", "2025-10-31"])
    for number, day in ((0, "2026-01-01"), (2, "2026-01-02"), (1, "2026-01-03")):
        with store.writing(f"{day}T00:00:00Z") as writer:
            writer.add_report(reports[number], HARBOUR)
    first, _, last = (the_document(report).id for report in reports)
    with store.reading("2026-01-01T12:00:00Z") as view:
        assert view.get_head(first).superseded is None
        assert [one.document.id for one in view.find_claims(ClaimQuery(latest=True))] == [first]
        with pytest.raises(NotFoundError, match="as of 2026-01-01"):
            view.get_head(last)
    with store.reading("2026-01-02T12:00:00Z") as view:
        assert view.get_head(first).superseded == last
        assert view.get_head(last).previous == first
        assert [one.document.id for one in view.find_claims(ClaimQuery(latest=True))] == [last]
    with store.reading() as view:
        assert view.get_head(first).superseded != last


@pytest.mark.parametrize("address", [None, "stdin", "stdin#2"])
def test_makes_no_versions_of_what_has_no_address(store: SqlStore, address: str | None) -> None:
    reports = [make_report([told], address=address) for told in (SHELLED, DENIED)]
    assert add(store, *reports) == [AddOutcome.ADDED] * 2


def test_keeps_names_of_files_that_are_no_characters(store: SqlStore) -> None:
    add(store, make_report([SHELLED], address="reports/\udcff.txt"))
    with store.writing() as writer:
        writer.add_failure(Failure("reports/\udcfe.txt", "clean", "format", "broken"))
    with store.reading() as view:
        assert view.find_heads()[0].address == r"reports/\udcff.txt"
        assert view.find_heads(address="reports/\udcff.txt") == view.find_heads()
        assert view.find_failures()[0].failure.address == r"reports/\udcfe.txt"


def test_files_a_document_under_another_address(store: SqlStore) -> None:
    one = make_report([SHELLED], address="https://example.org/a?from=feed")
    other = make_report([DENIED], address="https://example.org/a?from=page")
    with store.writing() as writer:
        assert writer.add_report(one, HARBOUR, "https://example.org/a") is AddOutcome.ADDED
        assert writer.add_report(other, HARBOUR, "https://example.org/a") is AddOutcome.VERSION


def test_a_new_reading_replaces_only_what_changed(store: SqlStore) -> None:
    report = make_report([SHELLED, DENIED])
    with store.writing("2026-01-01T00:00:00Z") as writer:
        writer.add_report(report, HARBOUR)
    shelled, denied = report.claims
    same = msgspec.structs.replace(shelled, versions={"clean": "1", "extract": "2"})
    status = msgspec.structs.replace(denied.status, value=Status.NEGATED)
    changed = msgspec.structs.replace(denied, status=status)
    new = msgspec.structs.replace(report, claims=(same, changed), statements=(), links=())
    with store.writing("2026-01-02T00:00:00Z") as writer:
        writer.replace_report(new)
    with store.reading() as view:
        now = view.find_claims(ClaimQuery())
        assert [(one.claim, one.recorded[:10]) for one in now] == [(shelled, "2026-01-01"), (changed, "2026-01-02")]
        assert view.find_statements([the_document(report).id]) == []
        assert view.find_links() == []
        assert view.count_claims(ClaimQuery(statuses=(Status.DENIED,))) == 0
    with store.reading("2026-01-01T12:00:00Z") as view:
        assert view.get_report(the_document(report).id) == report
        assert [one.claim for one in view.find_claims(ClaimQuery(statuses=(Status.DENIED,)))] == [denied]
        assert len(view.find_links()) == 1
    with store.writing() as writer:
        writer.replace_report(new)
    with store.reading() as view:
        assert view.find_claims(ClaimQuery()) == now
        assert view.get_report(the_document(report).id).claims == (shelled, changed)
    assert store.check() == []


def test_a_claim_that_is_no_longer_read_says_since_when(store: SqlStore) -> None:
    report = make_report([SHELLED, DENIED])
    add(store, report)
    with store.writing("2027-01-02T00:00:00Z") as writer:
        writer.replace_report(msgspec.structs.replace(report, claims=report.claims[:1], groundings=(), links=()))
    with store.reading() as view:
        assert view.get_claim(report.claims[1].id).retired == "2027-01-02T00:00:00.000000Z"
        assert view.count().claims == 1


def test_a_statement_that_is_no_longer_read_says_since_when(store: SqlStore) -> None:
    report = make_report([SHELLED])
    add(store, report)
    (statement,) = report.statements
    with store.writing("2030-01-01T00:00:00Z") as writer:
        writer.replace_report(msgspec.structs.replace(report, statements=()))
    with store.reading() as view:
        stored = view.get_statement(statement.id)
        with pytest.raises(NotFoundError, match="there is no statement of this id"):
            view.get_statement("0" * 20)
    assert (stored.statement, stored.retired) == (statement, "2030-01-01T00:00:00.000000Z")
    with store.reading("2029-01-01T00:00:00Z") as view:
        assert view.get_statement(statement.id).retired is None


@pytest.mark.parametrize("day", ["0001-01-01", "1600-02-29", "2300-01-01", "9999-12-31T23:59:59-12:00"])
def test_keeps_documents_of_any_day(store: SqlStore, day: str) -> None:
    old, new, far, none = (
        make_report([SHELLED], address=f"https://example.org/{number}", published=published)
        for number, published in enumerate(("2025-10-30", "2025-10-31", day, None))
    )
    add(store, none, far, new, old)
    wanted = [the_document(report).id for report in (old, new)]
    wanted.insert(0 if day < "2025" else 2, the_document(far).id)
    with store.reading("9999-12-31T23:59:59-12:00") as view:
        assert [head.id for head in view.find_heads()] == [*wanted, the_document(none).id]
        assert [claim.document.id for claim in view.find_claims(ClaimQuery(published_since="0001-01-01"))] == wanted
        assert [head.id for head in view.find_heads(until="9999-12-31")] == wanted
        assert view.count_claims(ClaimQuery(published_until="2300-01-01")) == 3
        assert view.count_claims(ClaimQuery(published_since="2025-10-31", published_until="2025-10-31")) == 1
    with store.reading("0001-01-01T00:00:00+14:00") as view:
        assert view.find_heads() == []


def test_replaces_no_report_that_is_not_there(store: SqlStore) -> None:
    with pytest.raises(NotFoundError, match="add it first"), store.writing() as writer:
        writer.replace_report(make_report([SHELLED]))


def test_counts_the_tries_of_a_failure_until_it_is_read(store: SqlStore) -> None:
    failure = Failure("https://example.org/1", "acquire", "fetch", "status 503")
    for _ in range(2):
        with store.writing() as writer:
            writer.add_failure(failure)
    with store.reading() as view:
        assert [(one.failure, one.tries, one.resolved) for one in view.find_failures()] == [(failure, 2, None)]
        assert view.count().failures == 1
    add(store, make_report([SHELLED]))
    with store.reading() as view:
        assert view.find_failures() == []
        assert view.find_failures(resolved=True)[0].resolved is not None
    with store.writing() as writer:
        writer.add_failure(failure)
        writer.add_failure(msgspec.structs.replace(failure, address="https://example.org/2"))
        writer.resolve_failures(["https://example.org/2", "https://example.org/3"])
    with store.reading() as view:
        assert [one.tries for one in view.find_failures()] == [1]


def test_keeps_all_of_a_transaction_or_nothing(store: SqlStore) -> None:
    with pytest.raises(ValueError, match="without a document"):
        add(store, make_report([SHELLED]), Report(document=None))
    with store.reading() as view:
        assert view.count().documents == 0


def test_finds_heads_by_what_is_asked(store: SqlStore) -> None:
    days = ["2025-10-30", "2025-10-31", None, "2025-10-29T23:59:59Z"]
    reports = [make_report([SHELLED], address=f"https://example.org/{i}", published=day) for i, day in enumerate(days)]
    with store.writing("2026-01-01T00:00:00Z") as writer:
        for report in reports[:3]:
            writer.add_report(report, HARBOUR)
    with store.writing("2026-01-02T00:00:00Z") as writer:
        writer.add_report(reports[3], Publisher("Tuvala Post"))
    ids = [the_document(report).id for report in reports]
    with store.reading() as view:
        assert [head.id for head in view.find_heads()] == [ids[3], ids[0], ids[1], ids[2]]
        assert [head.id for head in view.find_heads(limit=1)] == [ids[3]]
        assert [head.id for head in view.find_heads(ids=[ids[2], ids[0], "0" * 20])] == [ids[0], ids[2]]
        assert [head.id for head in view.find_heads(since="2025-10-30")] == [ids[0], ids[1]]
        assert [head.id for head in view.find_heads(until="2025-10-29")] == [ids[3]]
        assert [head.id for head in view.find_heads(publisher="Tuvala Post")] == [ids[3]]
        assert [head.id for head in view.find_heads(address="https://example.org/2")] == [ids[2]]
        assert [head.id for head in view.find_heads(recorded_since="2026-01-02")] == [ids[3]]
        assert view.find_heads(ids=[]) == []
        with pytest.raises(StoreError, match="is no day"):
            view.find_heads(since="yesterday")


def test_resolves_short_ids(store: SqlStore) -> None:
    report = make_report([SHELLED, DENIED])
    add(store, report)
    claim = report.claims[0].id
    with store.reading() as view:
        assert view.resolve(claim) == (Kind.CLAIM, claim)
        assert view.resolve(f" {claim[:8].upper()}") == (Kind.CLAIM, claim)
        assert view.resolve(the_document(report).id[:10])[0] is Kind.DOCUMENT
        assert view.resolve(report.statements[0].id)[0] is Kind.STATEMENT
        assert view.resolve(view.find_links()[0].id)[0] is Kind.LINK
        for prefix in ("abc", "ffffffffffffffffffff", "%%%%", "____"):
            with pytest.raises(NotFoundError, match=prefix):
                view.resolve(prefix)


def test_lists_what_a_short_id_may_mean(store: SqlStore) -> None:
    reports = [make_report([Told(f"Sentence {i}.")], address=f"https://example.org/{i}") for i in range(3)]
    alike = [
        msgspec.structs.replace(report, document=msgspec.structs.replace(the_document(report), id=f"abcdef{i:014d}"))
        for i, report in enumerate(reports)
    ]
    add(store, *alike)
    with store.reading() as view, pytest.raises(NotFoundError) as told:
        view.resolve("abcd")
    assert all(f"abcdef{i:014d} (document)" in str(told.value) for i in range(3))


def test_refuses_what_was_removed_elsewhere(store: SqlStore) -> None:
    report = make_report([SHELLED])
    removal = Removal(the_document(report).id, "2026-01-01T00:00:00.000000Z", "ana", "private person", 3)
    with store.writing() as writer:
        writer.add_removal(removal)
        writer.add_removal(msgspec.structs.replace(removal, reason="again"))
        assert writer.add_report(report, HARBOUR) is AddOutcome.REMOVED
    with store.reading() as view:
        assert view.find_removals() == [removal]
        assert view.count().documents == 0


def test_stays_when_closed_and_opened(url: str) -> None:
    with open_store(url) as store:
        add(store, make_report([SHELLED]))
    store.close()
    with open_store(url) as store, store.reading() as view:
        assert view.count().documents == 1
