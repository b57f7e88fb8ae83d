"""Stored texts are read again without a network: the text stays, the reading is replaced, decisions are applied."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from reportedly.adding import name_coding
from reportedly.config import Settings
from reportedly.deciding import take_decision
from reportedly.deciding.relink import LINKED
from reportedly.pipeline import STAGES, Reader
from reportedly.recoding import _settle, list_outdated, recode
from reportedly.records.claim import Figure, Status
from reportedly.records.decision import Verdict
from reportedly.records.query import ClaimQuery
from reportedly.records.report import Report
from reportedly.records.spans import Field
from reportedly.records.stored import Sketch
from reportedly.store import Publisher, open_store
from reportedly.store.sql import SqlStore
from tests.store.makers import Told, make_report

pytestmark = pytest.mark.slow

SETTINGS = Settings(processes=1)
TEXT = "Rebels shelled the town of Oldport on Friday, killing 12 people. Police arrested three men on Saturday."


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    """Two reports of one text, read once."""
    reader = Reader(SETTINGS)
    return [reader.read(TEXT, published="2025-11-02", address=f"https://example.org/{number}") for number in range(2)]


@pytest.fixture
def store(tmp_path: Path, reports: list[Report]) -> Iterator[SqlStore]:
    """A ledger with both, read by the stages as they are."""
    with open_store(tmp_path / "ledger.db") as store:
        with store.writing() as writer:
            for report in reports:
                assert report.document is not None
                writer.add_report(report, Publisher())
                writer.put_sketches(name_coding(), [Sketch(report.document.id, None, (), b"")])
        yield store


def get_reports(store: SqlStore) -> list[Report]:
    with store.reading() as view:
        return [view.get_report(head.id) for head in view.find_heads()]


def store_other_reading(store: SqlStore, report: Report) -> Report:
    """Replace a reading by one that an earlier release might have made: another figure, one claim less."""
    claim = next(claim for claim in report.claims if claim.figures)
    figure = Field(Figure("killed", 2, 2), None, "rule:old")
    other = msgspec.structs.replace(
        report,
        claims=(msgspec.structs.replace(claim, figures=(figure,)),),
        groundings=tuple(item for item in report.groundings if item.claim_id == claim.id),
        links=(),
    )
    with store.writing() as writer:
        writer.replace_report(other)
        writer.drop_sketches([claim.document_id], [name_coding()])
        writer.put_sketches(LINKED, [Sketch(claim.document_id, None, (), b"")])
    return other


def test_what_is_up_to_date_comes_out_the_same(store: SqlStore) -> None:
    assert list_outdated(store) == []
    before = get_reports(store)
    with store.reading() as view:
        claims = view.find_claims(ClaimQuery())
    found = list(recode(store, SETTINGS, [report.document.id for report in before if report.document]))
    assert all(item.diff is not None and item.diff.empty and not item.diff.moved for item in found)
    assert get_reports(store) == before
    with store.reading() as view:
        assert view.find_claims(ClaimQuery()) == claims


def test_an_earlier_reading_is_replaced_and_still_seen_as_of_then(store: SqlStore) -> None:
    report = get_reports(store)[0]
    assert report.document is not None
    other = store_other_reading(store, report)
    assert list_outdated(store) == [report.document.id]
    with store.reading() as view:
        (old,) = view.find_claims(ClaimQuery(documents=(report.document.id,)))
    (item,) = recode(store, SETTINGS, list_outdated(store))
    assert item.diff is not None
    assert len(item.diff.came) == len(report.claims) - 1
    assert [(field.field, field.before, field.after) for field in item.diff.changed[0].fields] == [
        ("figures.killed", "2", "12")
    ]
    assert get_reports(store)[0].claims == report.claims
    assert get_reports(store)[0].document == report.document
    assert list_outdated(store) == []
    with store.reading() as view:
        assert view.find_unsketched(LINKED)[0] == report.document.id or report.document.id in view.find_unsketched(
            LINKED
        )
    with store.reading(old.recorded) as view:
        assert [found.claim for found in view.find_claims(ClaimQuery(documents=(report.document.id,)))] == list(
            other.claims
        )


def test_a_dry_run_changes_nothing(store: SqlStore) -> None:
    report = get_reports(store)[0]
    other = store_other_reading(store, report)
    (item,) = recode(store, SETTINGS, list_outdated(store), dry_run=True)
    assert item.diff is not None
    assert not item.diff.empty
    assert get_reports(store)[0].claims == other.claims
    assert len(list_outdated(store)) == 1


def test_decisions_are_applied_to_the_new_reading(store: SqlStore) -> None:
    report = get_reports(store)[0]
    other = store_other_reading(store, report)
    claim = other.claims[0]
    take_decision(store, SETTINGS, Verdict.CORRECT, [claim.id], "seen", "ann", field="status", value="denied")
    (item,) = recode(store, SETTINGS, list_outdated(store))
    assert item.waiting == ()
    with store.reading() as view:
        found = view.get_claim(claim.id)
    assert found.claim.status.value is Status.DENIED
    assert found.claim.figures[0].value.low == 12
    assert len(found.decided) == 1


def test_nobody_reads_what_was_rejected_while_texts_are_read_again(store: SqlStore) -> None:
    report = get_reports(store)[0]
    other = store_other_reading(store, report)
    (claim,) = other.claims
    take_decision(store, SETTINGS, Verdict.REJECT, [claim.id], "no", "ann")
    list(recode(store, SETTINGS, list_outdated(store)))
    with store.reading() as view:
        clocks = {item.recorded for item in view.find_claims(ClaimQuery(documents=(claim.document_id,)))}
    assert len(clocks) == 1
    for clock in clocks:
        with store.reading(clock) as view:
            assert view.find_claims(ClaimQuery(claims=(claim.id,))) == []


def test_an_accepted_link_leads_to_the_claims_as_they_are_read_now(tmp_path: Path) -> None:
    """Also one within a report, where a claim gets another id."""
    report = make_report([Told("The army shelled Garrach."), Told("It shelled Garrach.")])
    assert report.document is not None
    one, other = report.claims
    read = msgspec.structs.replace(one, id="e" * 20)
    again = msgspec.structs.replace(
        report,
        claims=(read, other),
        groundings=tuple(
            msgspec.structs.replace(item, claim_id=read.id if item.claim_id == one.id else item.claim_id)
            for item in report.groundings
        ),
        links=(),
    )
    with open_store(tmp_path / "ledger.db") as store:
        with store.writing() as writer:
            writer.add_report(report, Publisher())
        with store.reading() as view:
            (link,) = view.find_links()
        take_decision(store, SETTINGS, Verdict.ACCEPT, [link.id], "one event", "ann")
        _settle(store, [again], dry_run=False)
        with store.reading() as view:
            assert [(item.link.left, item.link.right) for item in view.find_links()] == [(read.id, other.id)]


def test_a_decision_that_fits_nothing_any_more_waits(store: SqlStore) -> None:
    """A claim that an earlier release read where this one reads nothing."""
    report = get_reports(store)[0]
    assert report.document is not None
    ghost = msgspec.structs.replace(
        report.claims[0],
        id="0" * 20,
        trigger=msgspec.structs.replace(
            report.claims[0].trigger, span=msgspec.structs.replace(report.claims[0].sentence, end=1, start=0)
        ),
    )
    with store.writing() as writer:
        writer.replace_report(msgspec.structs.replace(report, claims=(*report.claims, ghost)))
    take_decision(store, SETTINGS, Verdict.REJECT, [ghost.id], "no event", "ann")
    (item,) = recode(store, SETTINGS, [report.document.id])
    assert [decision.targets for decision in item.waiting] == [(ghost.id,)]


def test_a_new_stage_version_makes_all_outdated(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(STAGES, "extract", "99")
    assert len(list_outdated(store)) == 2
    first = next(iter(recode(store, SETTINGS, list_outdated(store)[:1])))
    assert first.diff is not None
    # a run that was cut off goes on with what is left
    assert len(list_outdated(store)) == 1
    assert len(list(recode(store, SETTINGS, list_outdated(store)))) == 1
    assert list_outdated(store) == []
