"""What people decide holds when a ledger is linked again, and links follow the claims as they are now."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from reportedly.config import Settings
from reportedly.deciding import take_decision
from reportedly.linking import link_ledger
from reportedly.records.decision import Verdict
from reportedly.records.link import Relation
from reportedly.store import Store
from tests.ledgers import describe_links, fill_ledger
from tests.linking.makers import FERRY, Told, find_links, make_report, name_id, open_filled

BOMBED = Told("Norland bombed Oldport on 4 March, it said.")
DERIVED = (Relation.CONTRADICTS, Relation.TENSION)


@pytest.fixture
def bombed(tmp_path: Path) -> Iterator[Store]:
    """Two reports of one bombing that disagree on the toll, linked."""
    reports = [
        make_report("a", "Times", Told(killed=12)),
        make_report("b", "Post", msgspec.structs.replace(BOMBED, killed=30)),
    ]
    with open_filled(tmp_path / "ledger.db", reports) as store:
        link_ledger(store)
        yield store


def decide(store: Store, verdict: Verdict, target: str) -> None:
    take_decision(store, Settings(), verdict, [target], "so it is", "ann")


def find_ids(store: Store, *relations: Relation) -> list[str]:
    with store.reading() as view:
        return [stored.id for stored in view.find_links(None, relations)]


def test_a_claim_that_was_corrected_loses_the_links_that_no_longer_hold(bombed: Store) -> None:
    assert find_links(bombed, Relation.SAME_EVENT)
    take_decision(
        bombed, Settings(), Verdict.CORRECT, [name_id("cb")], "it was relief", "ann", field="type", value="AID"
    )
    link_ledger(bombed)
    assert find_links(bombed, Relation.SAME_EVENT) == []
    found = describe_links(bombed)
    link_ledger(bombed, again=True)
    assert describe_links(bombed) == found


def test_the_other_claim_is_told_of_in_an_event_of_its_own_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where it is linked in a batch of its own, before the claim that changed."""
    monkeypatch.setattr("reportedly.linking.BATCH", 1)
    reports = [make_report(name, name, BOMBED, published=f"2025-03-0{4 + at}") for at, name in enumerate("abc")]
    with open_filled(tmp_path / "ledger.db", reports) as store:
        link_ledger(store)
        for claim in ("ca", "cc"):
            take_decision(
                store, Settings(), Verdict.CORRECT, [name_id(claim)], "relief", "ann", field="type", value="AID"
            )
        link_ledger(store)
        found = describe_links(store)
        events = found["events"]
        assert isinstance(events, dict)
        assert sorted(sorted(event.claims) for event in events.values()) == [
            [name_id("ca"), name_id("cc")],
            [name_id("cb")],
        ]
        link_ledger(store, again=True)
        assert describe_links(store) == found


def test_a_rejected_claim_is_remembered_and_linked_no_more(bombed: Store) -> None:
    decide(bombed, Verdict.REJECT, name_id("cb"))
    with bombed.reading() as view:
        assert view.find_sketches("claim", [name_id("cb")]) == {}
    fill_ledger(bombed, [make_report("c", "Wire", BOMBED)])
    link_ledger(bombed)
    assert [{link.left, link.right} for link in find_links(bombed, Relation.SAME_EVENT)] == [
        {name_id("ca"), name_id("cc")}
    ]
    found = describe_links(bombed)
    link_ledger(bombed, again=True)
    assert describe_links(bombed) == found


def test_a_rejected_contradiction_does_not_come_back(bombed: Store) -> None:
    (found,) = find_ids(bombed, *DERIVED)
    decide(bombed, Verdict.REJECT, found)
    link_ledger(bombed)
    assert find_ids(bombed, *DERIVED) == []
    with bombed.reading() as view:
        (event,) = view.find_events()
    assert not event.tension


def test_an_accepted_link_stays_that_of_who_accepted_it(bombed: Store) -> None:
    ids = find_ids(bombed, Relation.SAME_EVENT, *DERIVED)
    assert len(ids) == 2
    for one in ids:
        decide(bombed, Verdict.ACCEPT, one)
    for again in (False, True):
        link_ledger(bombed, again=again)
        found = find_links(bombed, Relation.SAME_EVENT, *DERIVED)
        assert [(link.by, link.score) for link in found] == [("person:ann", 1.0)] * 2


def test_a_rejected_copy_counts_as_a_report_of_its_own(tmp_path: Path) -> None:
    copied = Told(rest=FERRY)
    reports = [make_report("a", "Times", copied), make_report("b", "Post", copied, published="2025-03-05")]
    with open_filled(tmp_path / "ledger.db", reports) as store:
        link_ledger(store)
        (copy,) = find_ids(store, Relation.COPY)
        decide(store, Verdict.REJECT, copy)
        for again in (False, True):
            link_ledger(store, again=again)
            assert find_links(store, Relation.COPY) == []
            with store.reading() as view:
                assert [head.origin for head in view.find_heads()] == [None, None]
                assert [event.corroboration.origins for event in view.find_events()] == [2]


def test_starting_over_forgets_what_it_remembered_of_claims(bombed: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an older linker wrote cannot be read, and a claim that is read no more tells of nothing."""
    claims = [name_id("ca"), name_id("cb")]
    with bombed.reading() as view:
        found = list(view.find_sketches("claim", claims).values())
    gone = msgspec.structs.replace(found[0], subject=name_id("cgone"))
    with bombed.writing() as writer:
        writer.put_sketches("claim", [gone, *(msgspec.structs.replace(sketch, payload=b"old") for sketch in found)])
    before = describe_links(bombed)
    monkeypatch.setattr("reportedly.linking.BATCH", 1)
    monkeypatch.setattr("reportedly.linking.VERSION", b"another")
    link_ledger(bombed)
    assert describe_links(bombed) == before
    with bombed.reading() as view:
        assert view.find_sketches("claim", [gone.subject]) == {}
