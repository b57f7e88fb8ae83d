"""What a brief rests on, what it leaves out and why, over a small record put together by hand."""

from pathlib import Path

import msgspec
import pytest

from reportedly.link.assemble import make_event
from reportedly.link.voices import open_voices
from reportedly.records.brief import Brief, Coverage
from reportedly.records.event import Event
from reportedly.records.grounding import ActorCandidate, GroundedActor
from reportedly.records.ontology import EventType, open_ontology
from reportedly.records.query import ClaimQuery
from reportedly.records.stored import StoredClaim
from reportedly.watch import briefs
from reportedly.watch.briefs import make_brief
from reportedly.watch.coverage import find_blind_spots, measure_coverage
from tests.link.situations import make_claim, make_head, make_source
from tests.write.ledger import open_view

NONE = measure_coverage([], 0)


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
