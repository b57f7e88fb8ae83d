"""What is decided and undone, or removed, leaves the linked record as it would be without it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportedly.config import Settings
from reportedly.deciding import take_decision
from reportedly.deciding.relink import CLAIM, LINKED
from reportedly.forgetting import forget_document
from reportedly.linking import LINKED as LINKED_THERE
from reportedly.linking import link_ledger
from reportedly.linking.events import KIND as CLAIM_THERE
from reportedly.records.decision import Verdict
from reportedly.store import Store, open_store
from reportedly.store.sql import SqlStore

pytestmark = pytest.mark.slow

Record = tuple[dict[frozenset[str], object], set[frozenset[str]], set[tuple[str, str, str]], dict[str, str | None]]


@pytest.fixture
def ledger(example_ledger: str, tmp_path: Path) -> Iterator[SqlStore]:
    """A copy of the example ledger, for this test alone."""
    shutil.copy(example_ledger, tmp_path / "ledger.db")
    with open_store(tmp_path / "ledger.db") as store:
        yield store


def read_record(store: Store) -> Record:
    """Events with what is counted of them, stories, links and origins."""
    with store.reading() as view:
        return (
            {frozenset(item.claims): (item.corroboration, item.figures, item.retracted) for item in view.find_events()},
            {frozenset(item.documents) for item in view.find_stories()},
            {(item.link.left, item.link.right, item.link.relation.value) for item in view.find_links()},
            {head.id: head.origin for head in view.find_heads()},
        )


def find_largest(store: Store) -> list[str]:
    """The claims of the event that holds most."""
    events: list[frozenset[str]] = list(read_record(store)[0])
    largest = max(events, key=lambda claims: (len(claims), sorted(claims)))
    return sorted(largest)


def test_deciding_and_linking_mean_the_same_mark() -> None:
    assert (LINKED, CLAIM) == (LINKED_THERE, CLAIM_THERE)


def test_a_rejected_claim_leaves_its_event_and_comes_back(ledger: SqlStore) -> None:
    before = read_record(ledger)
    claim = find_largest(ledger)[0]
    (decision,) = take_decision(ledger, Settings(), Verdict.REJECT, [claim], "no event", "ann")
    link_ledger(ledger)
    assert not any(claim in claims for claims in read_record(ledger)[0])
    take_decision(ledger, Settings(), Verdict.UNDO, [decision.id], "one after all", "ann")
    link_ledger(ledger)
    assert read_record(ledger) == before


def test_split_and_merge_hold_until_they_are_undone(ledger: SqlStore) -> None:
    before = read_record(ledger)
    claim, *rest = find_largest(ledger)
    (split,) = take_decision(ledger, Settings(), Verdict.SPLIT, [claim], "another day", "ann")
    link_ledger(ledger)
    (event,) = (claims for claims in read_record(ledger)[0] if claim in claims)
    assert event.isdisjoint(rest)
    (merge,) = take_decision(ledger, Settings(), Verdict.MERGE, [claim, *rest], "the same day", "ann")
    link_ledger(ledger)
    (event,) = (claims for claims in read_record(ledger)[0] if claim in claims)
    assert event.issuperset(rest)
    take_decision(ledger, Settings(), Verdict.UNDO, [split.id, merge.id], "as it was", "ann")
    link_ledger(ledger)
    assert read_record(ledger) == before


def test_what_is_removed_leaves_no_trace_in_what_is_counted(ledger: SqlStore) -> None:
    """Linking everything again from the start gives the same record."""
    with ledger.reading() as view:
        original = next(head.origin for head in view.find_heads() if head.origin is not None)
        copies = [head.id for head in view.find_heads() if head.origin == original]
    forget_document(ledger, original, "ann", "asked to")
    link_ledger(ledger)
    events, stories, links, origins = read_record(ledger)
    assert original not in origins
    assert all(origins[copy] != original for copy in copies)
    assert all(original not in documents for documents in stories)
    assert not any(original in link for link in links)
    link_ledger(ledger, again=True)
    assert read_record(ledger) == (events, stories, links, origins)
    assert ledger.check() == []
