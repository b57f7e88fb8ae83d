"""What a brief rests on, what it leaves out and why, over a small record put together by hand."""

from pathlib import Path

import msgspec
import pytest

from reportedly.link.assemble import make_event
from reportedly.link.voices import open_voices
from reportedly.records.brief import Brief, Coverage, PieceKind
from reportedly.records.claim import Axes, Certainty, Mood, Tense
from reportedly.records.document import Document, Publication, TimePrecision
from reportedly.records.event import Corroboration, Event, LifeStep, Voice
from reportedly.records.grounding import ActorCandidate, GroundedActor, SourceKind
from reportedly.records.link import Link, Relation
from reportedly.records.ontology import EventType, open_ontology
from reportedly.records.query import ClaimQuery
from reportedly.records.report import Report
from reportedly.records.stored import StoredClaim
from reportedly.store import Publisher, open_store
from reportedly.watch import briefs
from reportedly.watch.briefs import make_brief
from reportedly.watch.coverage import find_blind_spots, measure_coverage
from tests.link.situations import make_claim, make_head, make_source
from tests.write import world
from tests.write.ledger import open_view
from tests.write.world import name_claim

NONE = measure_coverage([], 0)
SAYS = "the Ross ministry of defence said"
SAID = {
    **{f"plan{i}": f"The Ross navy will strike Port Selim, {SAYS}." for i in range(5)},
    "maybe": f"The Ross navy may strike Port Selim, {SAYS}.",
    "ahead": f"The Ross navy will strike Port Selim on Friday, {SAYS}.",
    "done": f"The Ross navy struck Port Selim on Monday, {SAYS}.",
}
PLAN = Axes(time=Tense.FUTURE, mood=Mood.PLANNED)


def ask(folder: Path, **filters: object) -> Brief:
    with open_view(folder) as view:
        query = msgspec.structs.replace(ClaimQuery(), **filters)
        return make_brief(view, query, open_ontology(), title="Port Selim", recorded="2025-11-10")


def make(
    name: str, *actors: GroundedActor, type: EventType = EventType.CONSULT, code: str | None = None
) -> StoredClaim:
    source = make_source("The ministry", code=code)
    return make_claim(name, make_head(name, "Harbour Wire"), source, type=type, actors=actors)


def assemble(*items: StoredClaim) -> list[Event]:
    return [make_event([item], [], {item.document.id: item.document}, words=open_voices()) for item in items]


def tell_blind_spots(*items: StoredClaim, told: int | None = None, light: int = 0, coverage: Coverage = NONE) -> str:
    claims = {item.claim.id: item for item in items}
    return " ".join(find_blind_spots(assemble(*items), claims, coverage, len(items) if told is None else told, light))


def test_a_brief_on_nothing_rests_on_nothing(tmp_path: Path) -> None:
    brief = ask(tmp_path, parties=("NZL",))
    assert brief.sections == ()
    assert (brief.coverage.documents, brief.coverage.publishers, brief.coverage.first) == (0, (), None)


def test_the_two_clocks_are_kept_apart(tmp_path: Path) -> None:
    brief = ask(tmp_path, published_since="2025-11-01", until="2025-11-09")
    assert (brief.published_since, brief.published_until) == ("2025-11-01", None)
    assert (brief.since, brief.until) == (None, "2025-11-09")


def test_what_is_left_out_is_counted_by_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "left out here" not in " ".join(ask(tmp_path).blind_spots)
    monkeypatch.setattr(briefs, "keep_shown", lambda item, marks: None)
    (tmp_path / "again").mkdir()
    brief = ask(tmp_path / "again")
    assert brief.sections == ()
    assert brief.blind_spots[-1].startswith("2 events are not told of here: ")
    spots = tell_blind_spots(make("a"), make("b"), make("c"), told=1, light=1)
    assert "1 event of less weight is left out here." in spots
    assert "1 event is not told of here: no sentence shows plainly how it stands" in spots


def test_a_party_that_no_source_speaks_for_is_named_and_not_accused() -> None:
    state = GroundedActor("Caracas", ("VEN/GOV",), (ActorCandidate("VEN/GOV", 1.0, "rule:home"),))
    own = GroundedActor("Tavaria", ("XTV",), (ActorCandidate("XTV", 1.0, "table:country", "Tavaria"),))
    body = GroundedActor(
        "the Security Council", ("UNO",), (ActorCandidate("UNO", 1.0, "table:un", "UN Security Council"),)
    )
    words = GroundedActor("Fishermen")
    claims = [make(name, state, own, body, words) for name in ("a", "b")]
    told = "Told of in several events, but not heard as a source: United Nations, Venezuela, Tavaria."
    assert told in tell_blind_spots(*claims)
    heard = [make(name, state, code="VEN/MIL") for name in ("a", "b")]
    assert "not heard" not in tell_blind_spots(*heard)


def make_said(name: str) -> tuple[Report, Event]:
    """Make the report of what the ministry said, and the event of which it alone tells."""
    axes = Axes() if name == "done" else PLAN
    if name == "maybe":
        axes = Axes(certainty=Certainty.POSSIBLE, time=Tense.FUTURE)
    ministry = ("the Ross ministry of defence", SourceKind.GOVERNMENT, False, "ATA/MIL")
    trigger = "struck" if name == "done" else "strike"
    claim, grounding = world.make_claim(name, name, trigger, EventType.ASSAULT, axes, sources=[ministry])
    day = {"ahead": "2025-11-08", "done": "2025-11-07"}.get(name, "2025-11-01")
    document = Document(
        name_claim(name),
        SAID[name],
        publisher="Harbour Wire",
        published=Publication(day, TimePrecision.DAY, False, "metadata", True),
    )
    status, voice = claim.status.value, "Ross ministry of defence"
    event = Event(
        id=name_claim(f"{name}-ev"),
        type=EventType.ASSAULT,
        title=SAID[name],
        claims=(claim.id,),
        documents=(document.id,),
        corroboration=Corroboration(1, 1, 1, 1, 1, 0, 1),
        voices=(Voice(voice, "ATA/MIL", "government", False, (claim.id,), (status,)),),
        statuses=(status,),
        life=(LifeStep(status, day, voice, claim.id),),
        first=day,
        last=day,
    )
    return Report(document, claims=(claim,), groundings=(grounding,)), event


def test_a_record_counts_plans_and_speaks_of_what_lies_ahead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in SAID.items():
        monkeypatch.setitem(world.TEXTS, name, text)
    said = {name: make_said(name) for name in SAID}
    turned_out = {f"plan{i}": Relation.CAME_ABOUT for i in range(4)} | {
        "plan4": Relation.DID_NOT,
        "maybe": Relation.CAME_ABOUT,
    }
    links = [
        Link(name_claim(name), name_claim("done"), relation, 0.8, "rule:outcomes", "told")
        for name, relation in turned_out.items()
    ]
    with open_store(str(tmp_path / "x.db")) as store:
        with store.writing(world.RECORDED) as writer:
            for report, _ in said.values():
                writer.add_report(report, Publisher("Harbour Wire", "Harbour Group"))
            writer.put_events([said["ahead"][1], said["done"][1]])
            writer.put_links(links)
        with store.reading() as view:
            brief = make_brief(view, ClaimQuery(), open_ontology(), title="Port Selim", recorded="2025-11-10")
    likely = [
        (item.event, sentence.text)
        for section in brief.sections
        for item in section.items
        for sentence in item.sentences
        if any(piece.kind is PieceKind.LIKELIHOOD for piece in sentence.pieces)
    ]
    assert [section.items[0].event for section in brief.sections] == [said["done"][1].id, said["ahead"][1].id]
    assert likely == [
        (
            said["ahead"][1].id,
            "Of 5 plans and threats of the Ross ministry of defence that could be followed up, 4 came about; by that "
            "record alone this is likely (55–80%).",
        )
    ]


def test_a_text_without_full_stops_is_not_quoted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for text, told in ((SAID["done"], 1), (f"{SAID['done'][:-1]}{' and the wind blew on' * 40}.", 0)):
        monkeypatch.setitem(world.TEXTS, "done", text)
        monkeypatch.setitem(SAID, "done", text)
        report, event = make_said("done")
        with open_store(str(tmp_path / f"{told}.db")) as store:
            with store.writing(world.RECORDED) as writer:
                writer.add_report(report, Publisher("Harbour Wire", "Harbour Group"))
                writer.put_events([event])
            with store.reading() as view:
                brief = make_brief(view, ClaimQuery(), open_ontology(), title="Port Selim", recorded="2025-11-10")
        assert len(brief.citations) == told
