"""Linking a ledger: the same documents give the same record, however they came in."""

import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
import pytest

from reportedly import linking
from reportedly.linking import link_ledger
from reportedly.records.decision import Removal
from reportedly.records.link import Relation
from reportedly.records.report import Report
from reportedly.store import Store, open_store
from reportedly.store.view import SqlView
from tests.ledgers import describe_links, fill_ledger

pytestmark = pytest.mark.slow


def fill(path: Path, reports: Iterable[Report]) -> Store:
    store = open_store(str(path))
    fill_ledger(store, reports)
    return store


@pytest.fixture(scope="module")
def expected(example_reports: Sequence[Report], tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What comes of linking everything at once."""
    with fill(tmp_path_factory.mktemp("ledger") / "all.db", example_reports) as store:
        link_ledger(store)
        return describe_links(store)


def test_every_claim_belongs_to_one_event_and_every_document_to_one_story(expected: dict[str, object]) -> None:
    events, stories, membership = expected["events"], expected["stories"], expected["membership"]
    assert isinstance(events, dict)
    assert isinstance(stories, dict)
    assert isinstance(membership, dict)
    held = [claim for event in events.values() for claim in event.claims]
    assert sorted(held) == sorted(membership)
    assert all(event in events and story in stories for event, story in membership.values())
    told = [document for story in stories.values() for document in story.documents]
    assert len(told) == len(set(told))


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_arrival_does_not_matter(
    seed: int,
    example_reports: Sequence[Report],
    expected: dict[str, object],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Documents come in any order, some after linking was run, in batches of any size."""
    monkeypatch.setattr(linking, "BATCH", 7 * seed)
    shuffled = list(example_reports)
    random.Random(seed).shuffle(shuffled)
    with fill(tmp_path / "shuffled.db", shuffled[:30]) as store:
        link_ledger(store)
        for start in range(30, len(shuffled), 25):
            fill_ledger(store, shuffled[start : start + 25])
            link_ledger(store)
        found = describe_links(store)
    for part, value in expected.items():
        assert found[part] == value, part


def test_linking_again_changes_nothing(
    example_reports: Sequence[Report], expected: dict[str, object], tmp_path: Path
) -> None:
    with fill(tmp_path / "again.db", example_reports) as store:
        link_ledger(store)
        assert link_ledger(store).documents == 0
        summary = link_ledger(store, again=True)
        origins = describe_links(store)["origins"]
        assert isinstance(origins, dict)
        assert summary.documents == len(origins)
        found = describe_links(store)
    for part, value in expected.items():
        assert found[part] == value, part


def test_a_run_that_was_cut_off_goes_on(
    example_reports: Sequence[Report], expected: dict[str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linking, "BATCH", 20)

    def give_up(done: int, total: int) -> None:
        if done >= 40:
            raise KeyboardInterrupt

    with fill(tmp_path / "cut.db", example_reports) as store:
        with pytest.raises(KeyboardInterrupt):
            link_ledger(store, progress=give_up)
        assert link_ledger(store).documents == len(example_reports) - 40
        assert describe_links(store) == expected


def test_what_is_forgotten_leaves_the_record_as_if_it_had_never_come(
    example_reports: Sequence[Report], tmp_path: Path
) -> None:
    """A document goes for good; linking what is left gives what it gives without it."""
    gone = next(r.document for r in example_reports if r.document and len(r.claims) > 3)
    others = [report for report in example_reports if report.document and report.document.id != gone.id]
    with fill(tmp_path / "all.db", example_reports) as store:
        link_ledger(store)
        with store.writing() as writer:
            writer.forget(Removal(gone.id, "2025-11-25T00:00:00.000000Z", "tester", "by request", 0))
        link_ledger(store, again=True)
        found = describe_links(store)
    with fill(tmp_path / "others.db", others) as store:
        link_ledger(store)
        assert describe_links(store) == found


def test_versions_of_one_address_are_no_copies(example_reports: Sequence[Report], tmp_path: Path) -> None:
    with fill(tmp_path / "x.db", example_reports) as store:
        link_ledger(store)
        with store.reading() as view:
            versions = [stored.link for stored in view.find_links(None, (Relation.VERSION,))]
            copies = {(s.link.left, s.link.right) for s in view.find_links(None, (Relation.COPY,))}
    assert versions
    assert all((link.left, link.right) not in copies for link in versions)


def test_an_event_of_copies_has_one_origin(expected: dict[str, object], example_reports: Sequence[Report]) -> None:
    events, origins = expected["events"], expected["origins"]
    assert isinstance(events, dict)
    assert isinstance(origins, dict)
    carried = [
        event
        for event in events.values()
        if len(event.documents) > 2 and len({origins[item] or item for item in event.documents}) == 1
    ]
    assert carried
    assert all(event.corroboration.origins <= 1 for event in carried)
    assert msgspec.json.decode(msgspec.json.encode(carried[0]), type=type(carried[0])) == carried[0]


def test_a_batch_a_document_gives_the_same_in_any_order(
    example_reports: Sequence[Report], expected: dict[str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A notice then meets the report that it takes back before that report itself is linked."""
    monkeypatch.setattr(linking, "BATCH", 1)
    find = SqlView.find_unsketched
    monkeypatch.setattr(SqlView, "find_unsketched", lambda *args: find(*args)[::-1])
    with fill(tmp_path / "one.db", example_reports) as store:
        link_ledger(store)
        found = describe_links(store)
    for part, value in expected.items():
        assert found[part] == value, part
