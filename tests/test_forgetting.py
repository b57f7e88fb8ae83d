"""A removed document is gone with all that came from it, and what it stood beside is linked again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reportedly.deciding.relink import LINKED
from reportedly.errors import DecisionError, NotFoundError
from reportedly.forgetting import forget_document
from reportedly.records.link import Link, Relation
from reportedly.records.query import ClaimQuery
from reportedly.records.report import Report
from reportedly.records.stored import Sketch
from reportedly.store import Publisher, open_store
from reportedly.store.sql import SqlStore
from tests.store.makers import Told, make_event, make_report

SHELLED = Told("The army shelled rebels in Garrach.")


@pytest.fixture
def reports() -> list[Report]:
    """An original, its copy, another report of the same event, and one of something else."""
    return [make_report([SHELLED], address=f"https://example.org/{number}") for number in range(4)]


@pytest.fixture
def store(tmp_path: Path, reports: list[Report]) -> Iterator[SqlStore]:
    """All four, linked."""
    with open_store(tmp_path / "ledger.db") as store:
        with store.writing() as writer:
            for report in reports:
                writer.add_report(report, Publisher())
        with store.reading() as view:
            first, other = (view.get_claim(reports[number].claims[0].id) for number in (0, 2))
        with store.writing() as writer:
            writer.put_links(
                [Link(find_id(reports[0]), find_id(reports[1]), Relation.COPY, 1.0, "rule:copies", "same")]
            )
            writer.put_events([make_event([first, other])])
            writer.put_sketches(LINKED, [Sketch(find_id(report), None, (), b"") for report in reports])
        yield store


def find_id(report: Report) -> str:
    assert report.document is not None
    return report.document.id


def test_all_is_gone_but_the_removal(store: SqlStore, reports: list[Report]) -> None:
    removal = forget_document(store, find_id(reports[0]), "ann", " asked to ")
    assert (removal.claims, removal.reason) == (1, "asked to")
    with store.reading() as view:
        assert view.find_removals() == [removal]
        assert view.find_heads(ids=[find_id(reports[0])]) == []
        assert view.find_claims(ClaimQuery(documents=(find_id(reports[0]),))) == []
    assert store.check() == []


def test_its_copies_and_what_tells_of_its_events_are_linked_again(store: SqlStore, reports: list[Report]) -> None:
    forget_document(store, find_id(reports[0]), "ann", "asked to")
    with store.reading() as view:
        assert set(view.find_unsketched(LINKED)) == {find_id(reports[1]), find_id(reports[2])}


def test_a_removal_needs_reason_person_and_document(store: SqlStore, reports: list[Report]) -> None:
    with pytest.raises(DecisionError):
        forget_document(store, find_id(reports[0]), "ann", " ")
    with pytest.raises(NotFoundError):
        forget_document(store, "0" * 20, "ann", "asked to")
    with store.reading() as view:
        assert view.count().documents == 4
