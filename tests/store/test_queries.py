"""Finding claims: each filter gives what a walk through all claims gives, in each order, page by page."""

import itertools
from collections.abc import Callable, Iterator

import msgspec
import pytest

from reportedly.errors import NotFoundError, QueryError, StoreError
from reportedly.records.claim import Status
from reportedly.records.ontology import EventType
from reportedly.records.query import ClaimOrder, ClaimQuery
from reportedly.records.stored import StoredClaim
from reportedly.store import Publisher, open_store, plan
from reportedly.store.sql import SqlStore
from tests.store.makers import Told, make_event, make_report, make_story

PLACES = (("geonames:1", "NL"), ("geonames:2", "VE"), None)
DAYS = (("2025-10-30", "2025-10-30"), ("2025-09-01", "2025-11-30"), ("2024-01-01", "2025-12-31"), (None, "2025-10-01"))
PUBLISHED = ("2025-10-31", "2025-11-02T10:00:00Z", None, "2025-10-31T23:59:00Z", "2025-09")


def _make_told(number: int) -> Told:
    """Return one of many claims that differ in everything."""
    words = ("harbour", "bridge", "café")[number % 3]
    return Told(
        f"Sentence {number}: the army shelled the {words} near town {number % 7}.",
        type=list(EventType)[number % 3],
        status=list(Status)[number % 4 + 6],
        actor=("NLD", "NLD/MIL", "VEN/GOV", "NLDX")[number % 4],
        recipient=("EST", "VEN", "NLD")[number % 3],
        place=PLACES[number % 3],
        days=DAYS[number % 5] if number % 5 < 4 else None,
        source=(("officials", None), ("the ministry", "VEN/GOV"), None)[number % 3],
        hedge="possibly" if number % 2 else None,
    )


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.slow])]
)
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlStore]:
    """A store with sixty claims of twelve documents, three of them copies, two of them versions, events and stories."""
    if request.param == "sqlite":
        with open_store(tmp_path_factory.mktemp("filled") / "ledger.db") as store:
            yield _fill(store)
        return
    with request.getfixturevalue("postgres").make_database() as url, open_store(url) as store:
        yield _fill(store)


def _fill(store: SqlStore) -> SqlStore:
    ids: list[str] = []
    for number in range(12):
        report = make_report(
            [_make_told(number * 5 + claim) for claim in range(5)],
            address=f"https://example.org/{min(number, 10)}",
            published=PUBLISHED[number % 5],
        )
        with store.writing(f"2026-01-{number + 1:02d}T00:00:00Z") as writer:
            writer.add_report(report, Publisher(("Harbour Wire", "The Tuvala Post")[number % 2]))
        assert report.document is not None
        ids.append(report.document.id)
    with store.reading() as view:
        claims = view.find_claims(ClaimQuery())
    with store.writing("2026-02-01T00:00:00Z") as writer:
        writer.put_origins({ids[1]: ids[0], ids[3]: ids[2], ids[5]: ids[0]})
        writer.put_events([make_event(claims[:4]), make_event(claims[10:13])])
        writer.put_stories([make_story(ids[:3]), make_story(ids[4:6])])
    return store


def _has_code(codes: Iterator[str], wanted: str) -> bool:
    return any(code == wanted or code.startswith(f"{wanted}/") for code in codes)


def _actors(stored: StoredClaim) -> Iterator[str]:
    return (code for actor in stored.grounding.actors for code in actor.codes)


def _recipients(stored: StoredClaim) -> Iterator[str]:
    return (code for actor in stored.grounding.recipients for code in actor.codes)


def _lies_in(stored: StoredClaim, since: str, until: str) -> bool:
    time = stored.grounding.time
    return time is not None and (time.end is None or time.end >= since) and (time.start is None or time.start <= until)


def _country(stored: StoredClaim) -> str | None:
    places = stored.grounding.places
    return places[0].candidates[0].country if places else None


def _published(stored: StoredClaim) -> str:
    return stored.document.published.time if stored.document.published else ""


Test = Callable[[StoredClaim], bool]
FILTERS: dict[str, tuple[ClaimQuery, Test]] = {
    "all": (ClaimQuery(), lambda one: True),
    "type": (ClaimQuery(types=(EventType.AGREE,)), lambda one: one.claim.type.value is EventType.AGREE),
    "types": (
        ClaimQuery(types=(EventType.AGREE, EventType.SUPPORT)),
        lambda one: one.claim.type.value in (EventType.AGREE, EventType.SUPPORT),
    ),
    "status": (ClaimQuery(statuses=(Status.PLANNED,)), lambda one: one.claim.status.value is Status.PLANNED),
    "kind": (
        ClaimQuery(types=(EventType.AGREE,), statuses=(Status.PLANNED, Status.POSSIBLE)),
        lambda one: (
            one.claim.type.value is EventType.AGREE and one.claim.status.value in (Status.PLANNED, Status.POSSIBLE)
        ),
    ),
    "actor": (ClaimQuery(actors=("NLD",)), lambda one: _has_code(_actors(one), "NLD")),
    "actor, one sector": (ClaimQuery(actors=("NLD/MIL",)), lambda one: _has_code(_actors(one), "NLD/MIL")),
    "actors": (
        ClaimQuery(actors=("NLD", "VEN")),
        lambda one: _has_code(_actors(one), "NLD") or _has_code(_actors(one), "VEN"),
    ),
    "recipient": (ClaimQuery(recipients=("VEN",)), lambda one: _has_code(_recipients(one), "VEN")),
    "party": (
        ClaimQuery(parties=("VEN",)),
        lambda one: _has_code(_actors(one), "VEN") or _has_code(_recipients(one), "VEN"),
    ),
    "country": (ClaimQuery(countries=("VE",)), lambda one: _country(one) == "VE"),
    "country, three letters": (ClaimQuery(countries=("ven",)), lambda one: _country(one) == "VE"),
    "place": (ClaimQuery(places=("geonames:1",)), lambda one: _country(one) == "NL"),
    "one day": (
        ClaimQuery(since="2025-10-30", until="2025-10-30"),
        lambda one: _lies_in(one, "2025-10-30", "2025-10-30"),
    ),
    "a year": (
        ClaimQuery(since="2024-06-01", until="2025-09-15"),
        lambda one: _lies_in(one, "2024-06-01", "2025-09-15"),
    ),
    "ten years": (
        ClaimQuery(since="2015-01-01", until="2025-09-15"),
        lambda one: _lies_in(one, "2015-01-01", "2025-09-15"),
    ),
    "since": (ClaimQuery(since="2025-11-01"), lambda one: _lies_in(one, "2025-11-01", "9999")),
    "until": (ClaimQuery(until="2024-12-31"), lambda one: _lies_in(one, "", "2024-12-31")),
    "never": (ClaimQuery(since="2025-11-01", until="2025-10-01"), lambda one: False),
    "published since": (
        ClaimQuery(published_since="2025-10-31"),
        lambda one: _published(one) >= "2025-10-31",
    ),
    "published until": (
        ClaimQuery(published_until="2025-10-31"),
        lambda one: "" < _published(one)[:10] <= "2025-10-31",
    ),
    "published": (
        ClaimQuery(published_since="2025-10-31", published_until="2025-10-31"),
        lambda one: _published(one)[:10] == "2025-10-31",
    ),
    "recorded since": (
        ClaimQuery(recorded_since="2026-01-09T00:00:00Z"),
        lambda one: one.recorded >= "2026-01-09T00:00:00",
    ),
    "publisher": (
        ClaimQuery(publishers=("tuvala post",)),
        lambda one: one.document.publisher_name == "The Tuvala Post",
    ),
    "voice": (
        ClaimQuery(voices=("Officials",)),
        lambda one: bool(one.claim.chain) and one.claim.chain[-1].text == "officials",
    ),
    "voice, by code": (
        ClaimQuery(voices=("VEN",)),
        lambda one: bool(one.grounding.sources) and one.grounding.sources[-1].code == "VEN/GOV",
    ),
    "voice, an outlet's own": (
        ClaimQuery(voices=("Harbour Wire",)),
        lambda one: not one.claim.chain and one.document.publisher_name == "Harbour Wire",
    ),
    "hedged": (ClaimQuery(hedged=True), lambda one: bool(one.claim.hedges)),
    "unhedged": (ClaimQuery(hedged=False), lambda one: not one.claim.hedges),
    "originals": (ClaimQuery(originals=True), lambda one: one.document.origin is None),
    "latest": (ClaimQuery(latest=True), lambda one: one.document.superseded is None),
    "text": (ClaimQuery(text="CAFE town"), lambda one: "café" in one.sentence),
    "text, a phrase or a word": (
        ClaimQuery(text='"near town 3" OR brid*'),
        lambda one: "near town 3" in one.sentence or "bridge" in one.sentence,
    ),
    "several": (
        ClaimQuery(actors=("NLD",), text="-harbour shelled", hedged=False, published_since="2025-10-01"),
        lambda one: (
            _has_code(_actors(one), "NLD")
            and "harbour" not in one.sentence
            and not one.claim.hedges
            and _published(one) >= "2025-10-01"
        ),
    ),
    "actor and country and time": (
        ClaimQuery(actors=("NLD", "VEN"), countries=("NL", "VE"), since="2025-10-01", until="2025-10-31"),
        lambda one: (
            (_has_code(_actors(one), "NLD") or _has_code(_actors(one), "VEN"))
            and _country(one) in ("NL", "VE")
            and _lies_in(one, "2025-10-01", "2025-10-31")
        ),
    ),
}


def _find_all(store: SqlStore) -> list[StoredClaim]:
    with store.reading() as view:
        return view.find_claims(ClaimQuery())


@pytest.mark.parametrize("few", [0, plan._FEW], ids=["walked", "sorted"])
@pytest.mark.parametrize("name", FILTERS)
def test_finds_what_fits(filled: SqlStore, monkeypatch: pytest.MonkeyPatch, name: str, few: int) -> None:
    monkeypatch.setattr(plan, "_FEW", few)
    query, test = FILTERS[name]
    expected = [one for one in _find_all(filled) if test(one)]
    assert expected or name == "never"
    with filled.reading() as view:
        assert view.find_claims(query) == expected
        assert view.count_claims(query) == len(expected)
        assert list(view.iterate_claims(query)) == expected
        for order in ClaimOrder:
            found = view.find_claims(msgspec.structs.replace(query, order=order, limit=1000))
            assert len(found) == len(expected)
            assert {one.claim.id for one in found} == {one.claim.id for one in expected}


def test_finds_by_group(filled: SqlStore) -> None:
    claims = _find_all(filled)
    with filled.reading() as view:
        event, story = view.find_events()[0], view.find_stories()[0]
        for query, expected in (
            (ClaimQuery(events=(event.id,)), [one for one in claims if one.event == event.id]),
            (ClaimQuery(stories=(story.id,)), [one for one in claims if one.story == story.id]),
            (ClaimQuery(documents=story.documents[:1]), [o for o in claims if o.document.id == story.documents[0]]),
        ):
            assert expected
            assert view.find_claims(query) == expected
            assert view.count_claims(query) == len(expected)


def _rank(order: ClaimOrder) -> Callable[[StoredClaim], object]:
    def rank_published(one: StoredClaim) -> tuple[bool, str]:
        time = _published(one)
        return (not time, f"{time}-01"[:10] if len(time) == 7 else time)

    def rank_event(one: StoredClaim) -> tuple[bool, str]:
        return one.grounding.time is None, (one.grounding.time and one.grounding.time.start) or ""

    if order is ClaimOrder.EVENT_TIME:
        return rank_event
    return (lambda one: one.recorded) if order is ClaimOrder.RECORDED else rank_published


def _stuff(*ids: str) -> tuple[str, ...]:
    """Put ids among more others than a database takes one by one."""
    return (*(f"{number:020x}" for number in range(70_000)), *ids)


def test_takes_any_number_of_ids(filled: SqlStore) -> None:
    claims = _find_all(filled)
    with filled.reading() as view:
        event, story = view.find_events()[0], view.find_stories()[0]
        expected = [one for one in claims if one.event == event.id]
        assert view.find_claims(ClaimQuery(events=_stuff(event.id), limit=1000)) == expected
        assert view.count_claims(ClaimQuery(claims=_stuff(*(one.claim.id for one in claims)))) == len(claims)
        held = [one for one in claims if one.story == story.id]
        assert view.find_claims(ClaimQuery(stories=_stuff(story.id))) == held
        assert view.find_claims(ClaimQuery(documents=_stuff(*story.documents))) == held
        assert event in view.find_events(ClaimQuery(claims=_stuff(*event.claims)))
        named = ClaimQuery(voices=("Harbour Wire",), publishers=("Harbour Wire",))
        many = ClaimQuery(voices=_stuff("Harbour Wire"), publishers=_stuff("Harbour Wire"))
        assert view.find_claims(many) == view.find_claims(named) != []


@pytest.mark.parametrize("order", [ClaimOrder.PUBLISHED, ClaimOrder.EVENT_TIME, ClaimOrder.RECORDED])
def test_sorts(filled: SqlStore, order: ClaimOrder) -> None:
    with filled.reading() as view:
        found = view.find_claims(ClaimQuery(order=order))
    assert found == sorted(found, key=_rank(order))  # type: ignore[arg-type]


def test_sorts_the_latest_first_and_the_undated_last(filled: SqlStore) -> None:
    with filled.reading() as view:
        times = [_published(one) for one in view.find_claims(ClaimQuery(order=ClaimOrder.LATEST))]
    assert times == sorted(times, reverse=True)
    assert times[-1] == ""


@pytest.mark.parametrize("few", [0, plan._FEW], ids=["walked", "sorted"])
@pytest.mark.parametrize("order", ClaimOrder)
@pytest.mark.parametrize("name", ["all", "actors", "one day", "text", "originals"])
def test_pages_neither_skip_nor_repeat(
    filled: SqlStore, monkeypatch: pytest.MonkeyPatch, name: str, order: ClaimOrder, few: int
) -> None:
    monkeypatch.setattr(plan, "_FEW", few)
    query = msgspec.structs.replace(FILTERS[name][0], order=order)
    with filled.reading() as view:
        expected = view.find_claims(query)
        pages: list[StoredClaim] = []
        while page := view.find_claims(
            msgspec.structs.replace(query, limit=7, after=pages[-1].claim.id if pages else None)
        ):
            pages += page
    assert pages == expected


def test_limits(filled: SqlStore) -> None:
    with filled.reading() as view:
        assert view.find_claims(ClaimQuery(limit=0)) == []
        assert len(view.find_claims(ClaimQuery(limit=3))) == 3
        assert len(list(view.iterate_claims(ClaimQuery(limit=3)))) == 3
        assert view.count_claims(ClaimQuery(limit=3)) == 60


def test_iterates_over_pages(filled: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportedly.store.view._PAGE", 7)
    with filled.reading() as view:
        assert list(view.iterate_claims(ClaimQuery())) == view.find_claims(ClaimQuery())
        assert len(list(itertools.islice(view.iterate_claims(ClaimQuery(limit=20)), 100))) == 20


def test_finds_events_that_hold_a_claim(filled: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    claims = _find_all(filled)
    with filled.reading() as view:
        events = {event.id: event for event in view.find_events()}
        assert len(events) == 2
        for (query, test), few in itertools.product(FILTERS.values(), (0, plan._FEW)):
            monkeypatch.setattr(plan, "_FEW", few)
            expected = {one.event for one in claims if test(one)} - {None}
            found = view.find_events(msgspec.structs.replace(query, limit=None))
            assert {event.id for event in found} == expected
            assert [event.last or "" for event in found] == sorted((e.last or "" for e in found), reverse=True)
        assert [event.id for event in view.find_events(limit=1)] == [view.find_events()[0].id]
        assert view.find_events(ids=[]) == []


def test_says_what_is_wrong_with_a_query(filled: SqlStore) -> None:
    with filled.reading() as view:
        with pytest.raises(QueryError, match="no word to search for"):
            view.find_claims(ClaimQuery(text="..."))
        with pytest.raises(StoreError, match="is no day"):
            view.find_claims(ClaimQuery(since="soon"))
        with pytest.raises(StoreError, match="is no instant"):
            view.find_claims(ClaimQuery(recorded_since="soon"))
        with pytest.raises(NotFoundError, match="no claim of this id"):
            view.find_claims(ClaimQuery(after="0" * 20, limit=1))


def test_the_filled_store_is_sound(filled: SqlStore) -> None:
    assert filled.check() == []
