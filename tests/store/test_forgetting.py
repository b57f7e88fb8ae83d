"""Removing a document for good: nothing of it is left, what others hold stays, and the removal is on record."""

from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa

from reportedly.errors import NotFoundError, StoreError
from reportedly.records.claim import Scope, Status
from reportedly.records.decision import Anchor, Decision, LinkEnds, Removal, Verdict, make_decision_id
from reportedly.records.event import EventPlace, FigureHistory, FigureReading, Voice
from reportedly.records.grounding import CalendarInterval
from reportedly.records.link import Link, Relation
from reportedly.records.query import ClaimQuery
from reportedly.records.report import Failure, Report
from reportedly.records.stored import Sketch, StoredClaim
from reportedly.store import AddOutcome, Publisher, open_store
from reportedly.store.forgetting import is_scrub_due
from reportedly.store.schema import metadata
from reportedly.store.sql import SqlStore
from tests.store.makers import Told, make_event, make_report, make_story

SECRET = "Zykorvian"
REMOVAL_AT = "2026-02-01T00:00:00.000000Z"


def _make(number: int, secret: bool = False) -> Report:
    who = f"Ana {SECRET}" if secret else "A baker"
    told = [
        Told(f"{who} was shot in town {number}.", "shot", killed=number),
        Told(f"{who} fled from town {number}.", "fled"),
    ]
    return make_report(
        told,
        address=f"https://example.org/{number}",
        published=f"2025-10-0{number}",
        title=f"{who} shot" if secret else "Shots in town",
    )


REPORTS = [_make(1), _make(2, secret=True), _make(3)]
IDS = [report.document.id for report in REPORTS if report.document]
GONE = Removal(IDS[1], REMOVAL_AT, "ana", "a private person", 0)


def _decide(*claims: StoredClaim) -> Decision:
    anchors = tuple(Anchor(one.claim.id, one.document.id, one.claim.evidence, "ASSAULT") for one in claims)
    targets = tuple(one.claim.id for one in claims)
    plain = Decision("", Verdict.MERGE, targets, "one shooting", "ana", REMOVAL_AT, anchors=anchors)
    return msgspec.structs.replace(plain, id=make_decision_id(plain))


@pytest.fixture
def filled(store: SqlStore) -> SqlStore:
    """Three documents and all that can come from them; the second one is to be forgotten."""
    return _fill(store)


def _fill(store: SqlStore) -> SqlStore:
    with store.writing("2026-01-01T00:00:00Z") as writer:
        for report in REPORTS:
            writer.add_report(report, Publisher("Harbour Wire"))
        writer.add_failure(Failure("https://example.org/2", "clean", "format", f"near {SECRET}"))
    with store.reading() as view:
        claims = view.find_claims(ClaimQuery())
    first, second = claims[0], claims[2]
    readings = tuple(
        FigureReading(
            "Harbour Wire", one.claim.id, one.document.day, i, None, updated_by=second.claim.id if not i else None
        )
        for i, one in enumerate((first, second))
    )
    event = msgspec.structs.replace(
        make_event([second, first, claims[4]], f"Ana {SECRET} shot"),
        actors=("NLD", f"Ana {SECRET}", SECRET.upper()),
        figures=(FigureHistory("killed", Scope.THIS, 0, 1, readings),),
        voices=(
            Voice(SECRET, None, "person", False, (second.claim.id,), (Status.OCCURRED,)),
            Voice("Harbour Wire", None, "news_outlet", False, (first.claim.id,), (Status.OCCURRED,)),
        ),
    )
    story = msgspec.structs.replace(make_story([IDS[1], IDS[0]]), title=f"Ana {SECRET} shot", words=(SECRET.lower(),))
    with store.writing("2026-01-02T00:00:00Z") as writer:
        writer.put_events([event, make_event([claims[3]], f"Ana {SECRET} fled")])
        writer.put_stories([story, make_story([IDS[2]])])
        writer.put_origins({IDS[2]: IDS[1], IDS[1]: IDS[0]})
        writer.put_links(
            [
                Link(first.claim.id, second.claim.id, Relation.SAME_EVENT, 0.9, "rule:events", f"{SECRET} in both"),
                Link(IDS[0], IDS[2], Relation.SAME_STORY, 0.9, "rule:stories", "same words"),
            ]
        )
        for kind, subject in (("copy", IDS[1]), ("event", second.claim.id), ("copy", IDS[0])):
            writer.put_sketches(kind, [Sketch(subject, "2025-10-02", (f"{SECRET}", "b"), SECRET.encode())])
        writer.add_decision(_decide(first, second))
        writer.add_decision(_decide(second))
        corrected = {second.claim.id: ((second.claim, second.grounding), ("d1",)), claims[3].claim.id: (None, ("d2",))}
        writer.put_corrections(corrected)
    with store.writing("2026-01-03T00:00:00Z") as writer:
        writer.put_sketches("copy", [Sketch(IDS[0], "2025-10-02", ("b",), b"")])
        writer.put_events([msgspec.structs.replace(event, retracted=True)])
    return store


def _forget(store: SqlStore, *removals: Removal) -> None:
    with store.writing(REMOVAL_AT) as writer:
        for removal in removals or (GONE,):
            writer.forget(removal)


def _read_all(store: SqlStore) -> bytes:
    """Return every value of every table."""
    with store._engine.connect() as connection:
        rows = [row for table in metadata.sorted_tables for row in connection.execute(sa.select(table))]
        for table in ("search_documents", "search_claims"):
            if not store._is_sqlite:
                rows += connection.execute(sa.text(f"SELECT words::text FROM {table}"))
    return b"".join(cell if isinstance(cell, bytes) else str(cell).encode() for row in rows for cell in row)


def test_nothing_of_it_is_left(filled: SqlStore) -> None:
    assert SECRET.encode() in _read_all(filled)
    _forget(filled)
    held = _read_all(filled).replace(IDS[1].encode(), b"", 3)
    assert SECRET.encode() not in held
    assert SECRET.lower().encode() not in held
    assert SECRET.upper().encode() not in held
    for claim in REPORTS[1].claims:
        assert claim.id.encode() not in held
    for as_of in (None, "2026-01-04T00:00:00Z"):
        with filled.reading(as_of) as view:
            assert view.search(SECRET) == []
            assert view.find_claims(ClaimQuery(text=SECRET)) == []
            with pytest.raises(NotFoundError):
                view.get_document(IDS[1])
            with pytest.raises(NotFoundError):
                view.get_claim(REPORTS[1].claims[0].id)
    assert filled.check() == []


def test_what_others_hold_stays(filled: SqlStore) -> None:
    _forget(filled)
    with filled.reading() as view:
        assert [head.id for head in view.find_heads()] == [IDS[0], IDS[2]]
        assert [view.get_report(name) for name in (IDS[0], IDS[2])] == [REPORTS[0], REPORTS[2]]
        assert [head.origin for head in view.find_heads()] == [None, None]
        (event,) = view.find_events()
        assert event.claims == (REPORTS[0].claims[0].id, REPORTS[2].claims[0].id)
        assert (event.title, event.actors) == ("A baker was shot in town 1.", ("NLD",))
        assert [voice.name for voice in event.voices] == ["Harbour Wire"]
        assert (event.corroboration.claims, event.corroboration.documents) == (2, 2)
        (history,) = event.figures
        assert [(reading.claim, reading.updated_by) for reading in history.readings] == [(event.claims[0], None)]
        assert view.get_claim(event.claims[0]).event == event.id
        assert {story.documents for story in view.find_stories()} == {(IDS[0],), (IDS[2],)}
        assert [len(decision.targets) for decision in view.find_decisions()] == [1]
        assert Relation.SAME_STORY in {link.link.relation for link in view.find_links()}
        assert view.find_failures(resolved=True) == []


def test_what_only_it_said_of_an_event_goes(filled: SqlStore) -> None:
    with filled.reading() as view:
        event = view.find_events(ids=[view.get_claim(REPORTS[0].claims[0].id).event or ""])[0]
    first, second, third = REPORTS[0].claims[0].id, REPORTS[1].claims[0].id, REPORTS[2].claims[0].id
    assert set(event.claims) == {first, second, third}
    place = EventPlace("geonames:1", "Known", "city", "NL", None, 52.0, 5.0, 5.0, 1.0)
    readings = tuple(
        FigureReading("Harbour Wire", claim, None, low, high)
        for claim, low, high in ((first, 10, 12), (second, 90, 90), (third, 50, None))
    )
    told = msgspec.structs.replace(
        event,
        statuses=(Status.DENIED, Status.OCCURRED),
        modes=(SECRET.lower(),),
        contexts=(SECRET.lower(),),
        place=place,
        interval=CalendarInterval("1999-12-31", "1999-12-31", "day", "1999-12-31"),
        figures=(FigureHistory("killed", Scope.THIS, 10, None, readings),),
        voices=(Voice("Harbour Wire", None, "news_outlet", False, (second, first), (Status.DENIED, Status.OCCURRED)),),
    )
    with filled.writing() as writer:
        writer.put_events([told])
    _forget(filled)
    with filled.reading() as view:
        left = view.get_event(event.id)
    assert (left.statuses, left.modes, left.contexts, left.interval) == ((Status.OCCURRED,), (), (), None)
    assert left.place == place
    assert left.voices[0].statuses == (Status.OCCURRED,)
    assert (left.figures[0].low, left.figures[0].high) == (10, None)
    assert b"1999-12-31" not in _read_all(filled)


def test_decisions_on_its_links_go_with_what_undid_them(filled: SqlStore) -> None:
    copy = LinkEnds(IDS[1], IDS[2], Relation.COPY)
    rejected = Decision("", Verdict.REJECT, ("f" * 20,), f"{SECRET} is in one alone", "ana", REMOVAL_AT)
    rejected = msgspec.structs.replace(rejected, value=msgspec.json.encode(copy).decode())
    rejected = msgspec.structs.replace(rejected, id=make_decision_id(rejected))
    undone = Decision("", Verdict.UNDO, (rejected.id,), f"{SECRET} is in both", "ana", REMOVAL_AT)
    undone = msgspec.structs.replace(undone, id=make_decision_id(undone))
    with filled.writing() as writer:
        writer.add_decision(rejected)
        writer.add_decision(undone)
    with filled.reading() as view:
        assert rejected in view.find_decisions([IDS[2]])
    _forget(filled)
    assert SECRET.encode() not in _read_all(filled)
    with filled.reading() as view:
        assert [decision.verdict for decision in view.find_decisions()] == [Verdict.MERGE]


def test_the_removal_is_on_record_and_refuses_it_again(filled: SqlStore) -> None:
    _forget(filled)
    with filled.writing() as writer:
        assert writer.add_report(REPORTS[1], Publisher()) is AddOutcome.REMOVED
    with filled.reading() as view:
        assert view.find_removals() == [msgspec.structs.replace(GONE, claims=2)]
        assert view.count().removals == 1
    with pytest.raises(NotFoundError, match="no such document"):
        _forget(filled)


def test_the_versions_beside_it_close_up(store: SqlStore) -> None:
    versions = [make_report([Told(f"Town {i}.", "Town")], published=f"2025-10-0{i + 1}") for i in range(3)]
    ids = [report.document.id for report in versions if report.document]
    with store.writing() as writer:
        for report in versions:
            writer.add_report(report, Publisher())
    with store.writing() as writer:
        writer.forget(msgspec.structs.replace(GONE, id=ids[1]))
    with store.reading() as view:
        assert view.get_head(ids[0]).superseded == ids[2]
        assert view.get_head(ids[2]).previous == ids[0]
        assert [(link.link.left, link.link.right) for link in view.find_links()] == [(ids[0], ids[2])]
    assert store.check() == []


def test_the_file_holds_no_byte_of_it(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"

    def read() -> bytes:
        return b"".join(file.read_bytes() for file in sorted(tmp_path.iterdir())).lower()

    with open_store(path) as store:
        _fill(store)
        assert read().count(SECRET.lower().encode()) > 10
        _forget(store)
        assert SECRET.lower().encode() not in read()
    assert SECRET.lower().encode() not in read()


def test_a_removal_that_is_not_kept_removes_nothing(filled: SqlStore) -> None:
    with pytest.raises(NotFoundError):
        _forget(filled, GONE, msgspec.structs.replace(GONE, id="0" * 20))
    with filled.reading() as view:
        assert view.get_report(IDS[1]) == REPORTS[1]
        assert view.find_removals() == []
        assert len(view.search(SECRET)) == 1


def _hold(url: str) -> sa.Engine:
    """Return what another program reads the database with."""
    return sa.create_engine(url if "://" in url else f"sqlite:///{url}", poolclass=sa.NullPool)


def test_what_could_not_be_overwritten_is_told_and_overwritten_later(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Somebody reads meanwhile: the removal is kept, and the next who opens the database ends the work."""
    with open_store(url) as store:
        _fill(store)
    with open_store(url, lock_wait_s=0.2) as store, _hold(url).connect() as reader:
        reader.exec_driver_sql("BEGIN")
        reader.exec_driver_sql("SELECT count(*) FROM texts").all()
        if store._is_sqlite:
            _forget(store)
        else:
            with pytest.raises(StoreError, match=r"gone from the record, but its words.*`reportedly db upgrade`"):
                _forget(store)
        with store.reading() as view:
            assert [removal.id for removal in view.find_removals()] == [IDS[1]]
        open_store(url, lock_wait_s=0.2).close()
        assert len(caplog.records) == (2 if store._is_sqlite else 1)
        with store.reading() as view:
            assert is_scrub_due(view.connection)
    open_store(url, read_only=True).close()
    caplog.clear()
    with open_store(url) as store, store.reading() as view:
        assert not is_scrub_due(view.connection)
    assert caplog.records == []


def test_what_linking_made_and_undid_at_one_clock_leaves_no_word(filled: SqlStore) -> None:
    """A run of linking has one clock: events and stories of its first steps may be swallowed in a later one."""
    clock = "2026-01-05T00:00:00Z"
    with filled.reading() as view:
        gone, stays = (view.get_claim(report.claims[1].id) for report in REPORTS[1:])
    small = make_event([gone], f"Ana {SECRET} ran")
    both = make_event([stays, gone], f"Ana {SECRET} hid")
    tale = msgspec.structs.replace(make_story([IDS[1]]), words=(SECRET.lower(),))
    with filled.writing(clock) as writer:
        writer.put_events([small])
        writer.put_stories([tale])
    with filled.writing(clock) as writer:
        writer.put_events([both], retired=[small.id])
        writer.put_stories([make_story([IDS[2], IDS[1]])], retired=[tale.id])
    with filled.writing(clock) as writer:
        writer.put_events([make_event([stays], "A baker fled")])
    _forget(filled)
    held = _read_all(filled)
    assert SECRET.encode() not in held
    assert SECRET.lower().encode() not in held
    assert filled.check() == []
