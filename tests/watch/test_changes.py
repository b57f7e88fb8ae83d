"""What is new, and what can be said of it, over the example ledger."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from reportedly.linking import link_ledger
from reportedly.records.change import ChangeKind, Changes
from reportedly.records.link import CopyKind, Relation
from reportedly.records.ontology import open_ontology
from reportedly.records.query import ClaimQuery
from reportedly.records.report import Report
from reportedly.store import open_store
from reportedly.watch.briefs import make_brief
from reportedly.watch.changes import find_changes
from reportedly.write.brief import encode_brief, make_brief_page, make_markdown
from tests.ledgers import fill_ledger

pytestmark = pytest.mark.slow


def get_day(report: Report) -> str:
    document = report.document
    assert document is not None
    return document.published.time[:10] if document.published else "9999"


@pytest.fixture(scope="module")
def changes(example_reports: Sequence[Report], tmp_path_factory: pytest.TempPathFactory) -> Changes:
    """What is new once all reports after the first weeks came in."""
    path = str(tmp_path_factory.mktemp("changes") / "ledger.db")
    early = [report for report in example_reports if get_day(report) <= "2025-03-11"]
    late = [report for report in example_reports if get_day(report) > "2025-03-11"]
    with open_store(path) as store:
        fill_ledger(store, early)
        link_ledger(store)
        with store.reading() as view:
            since = max(head.recorded for head in view.find_heads())
            # Linking is recorded after the documents were; what it drew belongs to the time before.
            since = max(since, *(stored.recorded for stored in view.find_links()))
        fill_ledger(store, late)
        link_ledger(store)
        with store.reading(since) as before, store.reading() as now:
            return find_changes(before, now, ClaimQuery(), since=since, until="9999-12-31T00:00:00.000000Z")


def test_every_change_shows_what_bears_it_out(changes: Changes) -> None:
    assert changes.changes
    for change in changes.changes:
        taken_back = change.kind in (ChangeKind.RETRACTION, ChangeKind.CORRECTION)
        assert change.documents
        assert taken_back or change.evidence, change


def test_new_events_moved_figures_and_new_voices_are_told(changes: Changes) -> None:
    kinds = {change.kind for change in changes.changes}
    assert {ChangeKind.NEW_EVENT, ChangeKind.STATUS, ChangeKind.FIGURE, ChangeKind.RETRACTION} <= kinds


def test_changes_come_by_kind(changes: Changes) -> None:
    order = [list(ChangeKind).index(change.kind) for change in changes.changes]
    assert order == sorted(order)


def test_nothing_is_new_where_nothing_came_in(example_ledger: str) -> None:
    with open_store(example_ledger) as store, store.reading() as now:
        found = find_changes(now, now, ClaimQuery(), since="9999-01-01T00:00:00.000000Z", until="9999-01-02")
    assert found.changes == ()
    assert found.documents == 0


def test_a_copy_alone_is_nothing_new(example_reports: Sequence[Report], tmp_path: Path) -> None:
    """The same text from another outlet changes neither status, figure nor voice."""
    with open_store(str(tmp_path / "x.db")) as store:
        fill_ledger(store, example_reports)
        link_ledger(store)
        with store.reading() as view:
            copies = [stored.link for stored in view.find_links(None, (Relation.COPY,))]
        copied = next(link.right for link in copies if link.kind is CopyKind.EXACT)
        others = [report for report in example_reports if report.document and report.document.id != copied]
        late = [report for report in example_reports if report.document and report.document.id == copied]
    with open_store(str(tmp_path / "y.db")) as store:
        fill_ledger(store, others)
        link_ledger(store)
        with store.reading() as view:
            since = max(stored.recorded for stored in view.find_links())
        fill_ledger(store, late)
        link_ledger(store)
        with store.reading(since) as before, store.reading() as now:
            found = find_changes(before, now, ClaimQuery(), since=since, until="9999")
    assert (found.documents, found.copies) == (1, 1)
    assert found.changes == ()


def test_a_brief_shows_every_sentence(example_ledger: str) -> None:
    with open_store(example_ledger) as store, store.reading() as view:
        brief = make_brief(view, ClaimQuery(), open_ontology(), title="Tavaria", recorded="2025-07-01T00:00")
        texts = view.find_texts([citation.document for citation in brief.citations])
    sentences = [s for section in brief.sections for item in section.items for s in item.sentences]
    assert len(sentences) > 30
    numbers = {citation.number for citation in brief.citations}
    assert all(sentence.citations and set(sentence.citations) <= numbers for sentence in sentences)
    assert all(citation.span.slice(texts[citation.document]) == citation.words for citation in brief.citations)
    assert all(
        citation.marked and citation.marked.slice(citation.words) == citation.evidence for citation in brief.citations
    )
    assert brief.dropped <= len(sentences) // 5
    assert brief.coverage.documents >= 60
    assert brief.blind_spots


def test_a_brief_in_every_form(example_ledger: str) -> None:
    with open_store(example_ledger) as store, store.reading() as view:
        brief = make_brief(view, ClaimQuery(parties=("XTV",)), open_ontology(), title="<b>Tavaria</b>", recorded="2025")
    markdown, page = make_markdown(brief), make_brief_page(brief)
    for citation in brief.citations:
        assert f'id="c{citation.number}"' in markdown
        assert f'id="c{citation.number}"' in page
    assert "<b>Tavaria" not in markdown
    assert "<b>Tavaria" not in page
    assert msgspec.json.decode(encode_brief(brief), type=type(brief)) == brief


def test_a_brief_on_nothing_says_so(example_ledger: str) -> None:
    with open_store(example_ledger) as store, store.reading() as view:
        brief = make_brief(view, ClaimQuery(parties=("NZL",)), open_ontology(), title="Nothing", recorded="2025")
    assert brief.sections == ()
    assert (brief.coverage.documents, brief.coverage.first) == (0, None)
    assert "Nothing in the record fits." in make_markdown(brief)
    assert "Nothing in the record fits." in make_brief_page(brief)
