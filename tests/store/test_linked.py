"""Keeping what linking gives: links, origins, events and stories with their ids, sketches; each as of a time."""

import msgspec
import pytest

from reportedly.errors import NotFoundError
from reportedly.records.link import Link, Relation, make_link_id
from reportedly.records.query import ClaimQuery
from reportedly.records.stored import Sketch, StoredClaim
from reportedly.store import Kind, Publisher
from reportedly.store.sql import SqlStore
from tests.store.makers import Told, make_event, make_report, make_story

FIRST, SECOND, THIRD = (f"2026-01-0{day}T00:00:00.000000Z" for day in (1, 2, 3))


@pytest.fixture
def claims(store: SqlStore) -> list[StoredClaim]:
    """Six claims of three documents, stored on the first day."""
    with store.writing(FIRST) as writer:
        for number in range(3):
            told = [Told(f"The army shelled town {number}."), Told(f"Rebels fled town {number}.", "fled")]
            report = make_report(told, address=f"https://example.org/{number}", published=f"2025-10-0{number + 1}")
            writer.add_report(msgspec.structs.replace(report, links=()), Publisher("Harbour Wire"))
    with store.reading() as view:
        return view.find_claims(ClaimQuery())


def _link(left: StoredClaim, right: StoredClaim, reason: str = "same town") -> Link:
    return Link(left.claim.id, right.claim.id, Relation.SAME_EVENT, 0.8, "rule:events", reason)


def test_draws_and_takes_back_links(store: SqlStore, claims: list[StoredClaim]) -> None:
    link, other = _link(claims[0], claims[2]), _link(claims[2], claims[4])
    with store.writing(FIRST) as writer:
        writer.put_links([link, other, link])
    with store.writing(SECOND) as writer:
        writer.put_links([msgspec.structs.replace(link, reason="same day"), other])
    with store.writing(THIRD) as writer:
        writer.retire_links([make_link_id(link), "0" * 20])
    with store.reading() as view:
        assert [(one.link, one.recorded) for one in view.find_links()] == [(other, FIRST)]
        assert view.get_link(make_link_id(link)).retired == THIRD
        assert view.get_link(make_link_id(link)).link.reason == "same day"
        with pytest.raises(NotFoundError):
            view.get_link("0" * 20)
    with store.reading(SECOND) as view:
        assert [one.link.reason for one in view.find_links([claims[0].claim.id])] == ["same day"]
        assert view.get_link(make_link_id(link)).link.reason == "same day"
    with store.reading(FIRST) as view:
        assert [one.link for one in view.find_links([claims[2].claim.id])] == [link, other]
        assert [one.link for one in view.find_links(limit=1)] == [link]
        assert view.find_links(relations=[Relation.COPY]) == []
        assert view.find_links([]) == []
        assert view.get_link(make_link_id(link)).link == link


def test_says_of_what_a_document_is_a_copy(store: SqlStore, claims: list[StoredClaim]) -> None:
    one, two, three = dict.fromkeys(claim.document.id for claim in claims)
    with store.writing(FIRST) as writer:
        writer.put_origins({two: one, three: None})
    with store.writing(SECOND) as writer:
        writer.put_origins({two: one, three: two})
        writer.put_origins({three: one})
    with store.writing(THIRD) as writer:
        writer.put_origins({two: None, "0" * 20: one})
    origins = []
    for as_of in (FIRST, SECOND, THIRD, None):
        with store.reading(as_of) as view:
            origins.append([view.get_head(name).origin for name in (one, two, three)])
            assert view.count_claims(ClaimQuery(originals=True)) == 2 * origins[-1].count(None)
    assert origins == [[None, one, None], [None, one, one], [None, None, one], [None, None, one]]


def test_keeps_events_and_what_they_were(store: SqlStore, claims: list[StoredClaim]) -> None:
    event = make_event(claims[:2])
    grown = msgspec.structs.replace(make_event([*claims[:2], claims[2]]), id=event.id)
    with store.writing(FIRST) as writer:
        writer.put_events([event])
    with store.writing(SECOND) as writer:
        writer.put_events([event, make_event(claims[4:])])
        writer.put_events([grown])
    with store.reading() as view:
        assert view.get_event(event.id) == grown
        assert view.get_claim(claims[2].claim.id).event == event.id
        assert [one.id for one in view.find_events()] == [make_event(claims[4:]).id, event.id]
        assert view.count().events == 2
        assert view.resolve(event.id[:9]) == (Kind.EVENT, event.id)
    with store.reading(FIRST) as view:
        assert view.find_events() == [event]
        assert view.get_claim(claims[2].claim.id).event is None
        assert view.count_claims(ClaimQuery(events=(event.id,))) == 2
    with store.writing(THIRD) as writer:
        writer.put_events([msgspec.structs.replace(make_event(claims[1:3]), id=event.id)])
    with store.reading() as view:
        assert view.get_claim(claims[0].claim.id).event is None
    assert store.check() == []


def test_says_where_claims_belong(store: SqlStore, claims: list[StoredClaim]) -> None:
    first, second = make_event(claims[:1]), make_event(claims[:2])
    with store.writing(SECOND) as writer:
        writer.put_events([first])
    with store.writing(THIRD) as writer:
        writer.put_events([second], retired=[first.id])
    asked = [claims[0].claim.id, claims[3].claim.id, "0" * 20]
    placed, counted = [], []
    for as_of in (FIRST, SECOND, None):
        with store.reading(as_of) as view:
            found = view.place_claims(asked)
            read = view.find_claims(ClaimQuery(claims=tuple(asked)))
            assert {(one.id, one.document, one.event) for one in found} == {
                (one.claim.id, one.document.id, one.event) for one in read
            }
            placed.append({one.id: one.event for one in found})
            counted.append(view.count_members([first.id, second.id]))
    assert counted == [{}, {first.id: 1}, {second.id: 2}]
    assert placed == [{asked[0]: event, asked[1]: None} for event in (None, first.id, second.id)]


def test_the_id_of_a_merged_event_leads_on(store: SqlStore, claims: list[StoredClaim]) -> None:
    one, two, three = (make_event(claims[start : start + 2], f"Event {start}") for start in (0, 2, 4))
    both = msgspec.structs.replace(make_event(claims[:4]), id=one.id)
    whole = make_event(list(reversed(claims)))
    with store.writing(FIRST) as writer:
        writer.put_events([one, two, three])
    with store.writing(SECOND) as writer:
        writer.put_events([both], retired=[two.id])
    with store.writing(THIRD) as writer:
        writer.put_events([whole], retired=[one.id, three.id])
    with store.reading() as view:
        assert [view.get_event(event.id) for event in (one, two, three, whole)] == [whole] * 4
    with store.reading(SECOND) as view:
        assert [view.get_event(event.id) for event in (one, two, three)] == [both, both, three]
        with pytest.raises(NotFoundError, match="no event of this id as of"):
            view.get_event(whole.id)
    with store.reading(FIRST) as view:
        assert [view.get_event(event.id) for event in (one, two, three)] == [one, two, three]
    assert store.check() == []


def test_an_event_whose_claims_went_nowhere_is_gone(store: SqlStore, claims: list[StoredClaim]) -> None:
    event = make_event(claims[:2])
    with store.writing(FIRST) as writer:
        writer.put_events([event])
    with store.writing(SECOND) as writer:
        writer.put_events([], retired=[event.id])
    with store.reading() as view:
        assert view.find_events() == []
        with pytest.raises(NotFoundError, match="reportedly events"):
            view.get_event(event.id)
        assert {claim.event for claim in view.find_claims(ClaimQuery())} == {None}
    with store.writing(THIRD) as writer:
        writer.put_events([event])
    with store.reading() as view:
        assert view.get_event(event.id) == event


def test_keeps_stories(store: SqlStore, claims: list[StoredClaim]) -> None:
    ids = list(dict.fromkeys(claim.document.id for claim in claims))
    old, new = make_story(ids[:2], "2025-10-02"), make_story([ids[2]], "2025-10-03")
    both = msgspec.structs.replace(make_story(ids), id=old.id)
    with store.writing(FIRST) as writer:
        writer.put_stories([old, new])
    with store.reading() as view:
        assert view.find_stories() == [new, old]
        assert view.find_stories(documents=ids[:1]) == [old]
        assert view.find_stories(ids=[new.id, "0" * 20]) == [new]
        assert view.find_stories(limit=1) == [new]
        assert [head.id for head in view.find_heads(story=old.id)] == ids[:2]
    with store.writing(SECOND) as writer:
        writer.put_stories([both], retired=[new.id])
    with store.reading() as view:
        assert view.get_story(new.id) == both
        assert {claim.story for claim in view.find_claims(ClaimQuery())} == {old.id}
        assert view.resolve(old.id)[0] is Kind.STORY
    with store.reading(FIRST) as view:
        assert view.get_story(new.id) == new


def test_remembers_sketches_by_their_keys(store: SqlStore, claims: list[StoredClaim]) -> None:
    ids = list(dict.fromkeys(claim.document.id for claim in claims))
    days = ["2025-10-01", "2025-10-05", None]
    sketches = [Sketch(name, day, ("a", f"k{day}", "a"), b"\x00\xff") for name, day in zip(ids, days, strict=True)]
    with store.writing() as writer:
        writer.put_sketches("copy", sketches[:2])
        writer.put_sketches("copy", [sketches[2]])
        writer.put_sketches("story", [Sketch(ids[0], None, ("b",), b"")])
    with store.reading() as view:
        assert view.find_sketches("copy", [*ids, "0" * 20]) == dict(zip(ids, sketches, strict=True))
        assert view.find_candidates("copy", ["a", "none"]) == {"a": [ids[2], ids[0], ids[1]], "none": []}
        assert view.find_candidates("copy", ["a"], since="2025-10-02") == {"a": [ids[2], ids[1]]}
        assert view.find_candidates("copy", ["a"], "2025-10-01", "2025-10-01") == {"a": [ids[2], ids[0]]}
        assert view.find_candidates("story", ["a"]) == {"a": []}
        assert view.find_unsketched("copy") == []
        assert view.find_unsketched("story") == ids[1:]
        assert view.find_unsketched("story", limit=1) == ids[1:2]
    with store.writing() as writer:
        writer.put_sketches("copy", [Sketch(ids[0], "2025-10-01", ("c",), b"new")])
        writer.drop_sketches([ids[1], "0" * 20], ["copy", "story"])
    with store.reading() as view:
        assert view.find_candidates("copy", ["a", "c"]) == {"a": [ids[2]], "c": [ids[0]]}
        assert view.find_sketches("copy", ids)[ids[0]].payload == b"new"
        assert view.find_unsketched("copy") == ids[1:2]
    with store.writing() as writer:
        writer.put_sketches("story", [Sketch("0" * 20, None, ("b",), b"")])
        writer.drop_sketches(None, ["story"])
    with store.reading() as view:
        assert view.find_sketches("story", [*ids, "0" * 20]) == {}
        assert view.find_candidates("story", ["b"]) == {"b": []}
        assert view.find_unsketched("copy") == ids[1:2]
    assert store.check() == []


def test_keeps_a_small_value(store: SqlStore) -> None:
    with store.writing() as writer:
        writer.put_state("linked", b"1")
        writer.put_state("linked", b"2")
    with store.reading() as view:
        assert (view.get_state("linked"), view.get_state("clock")) == (b"2", None)


def test_the_clock_never_goes_back(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    with store.writing() as writer:
        first = writer.recorded
    monkeypatch.setattr("reportedly.store.sql.now_micros", lambda: 0)
    with store.writing() as writer:
        second = writer.recorded
    assert second > first
