"""What is new since an earlier time, over a small record that was written in two steps."""

from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest

from reportedly.records.change import Change, ChangeKind
from reportedly.records.claim import Scope
from reportedly.records.document import Document, Publication, TimePrecision
from reportedly.records.event import Event, FigureHistory, FigureReading
from reportedly.records.link import Link, Relation
from reportedly.records.ontology import EventType
from reportedly.records.query import ClaimQuery
from reportedly.records.report import Report
from reportedly.records.spans import Span
from reportedly.store import Publisher, open_store
from reportedly.watch.changes import find_changes
from reportedly.watch.wording import LONGEST
from tests.write import world
from tests.write.world import name_claim

SINCE, LATER, UNTIL = (f"2025-11-{day}T08:00:00.000000Z" for day in (11, 12, 13))
HIT, TOLL = name_claim("hit"), name_claim("toll")
STRIKE, TALKS = world.make_events()


def make_toll(*claims: tuple[str, int], unit: str | None = None) -> FigureHistory:
    """Make what the hospital said of the dead, claim by claim."""
    readings = tuple(FigureReading("city hospital", claim, None, low, low) for claim, low in claims)
    return FigureHistory("killed", Scope.THIS, None, None, readings, unit)


def make_notice(name: str, day: str) -> Report:
    """Make a report that holds no claim."""
    published = Publication(day, TimePrecision.DAY, False, "metadata", True)
    return Report(Document(name_claim(name), f"{name}.", publisher="Harbour Wire", published=published))


def drop_toll(event: Event) -> Event:
    """Return the strike as it was before the report of the witness came in."""
    voices = tuple(voice for voice in event.voices if TOLL not in voice.claims)
    return msgspec.structs.replace(event, claims=event.claims[:-1], documents=event.documents[:-1], voices=voices)


def compare(
    folder: Path,
    early: Iterable[Report],
    late: Iterable[Report],
    before: Iterable[Event] = (),
    after: Iterable[Event] = (),
    links: Iterable[Link] = (),
    query: ClaimQuery | None = None,
) -> tuple[Change, ...]:
    """Write reports and events at two times, and say what the second brought."""
    with open_store(str(folder / "x.db")) as store:
        for recorded, reports, events in ((world.RECORDED, early, before), (LATER, late, after)):
            with store.writing(recorded) as writer:
                for report in reports:
                    writer.add_report(report, Publisher("Harbour Wire"))
                writer.put_events(events)
                if recorded == LATER:
                    writer.put_links(links)
        with store.reading(SINCE) as earlier, store.reading(UNTIL) as now:
            return find_changes(earlier, now, query or ClaimQuery(), since=SINCE, until=UNTIL).changes


def split() -> tuple[list[Report], Report]:
    reports = world.make_reports()
    return [report for name, report in reports.items() if name != "toll"], reports["toll"]


def test_figures_of_different_people_are_compared_apart(tmp_path: Path) -> None:
    early, late = split()
    before = msgspec.structs.replace(
        drop_toll(STRIKE), figures=(make_toll((HIT, 13)), make_toll((HIT, 2), unit="children"))
    )
    figures = (make_toll((HIT, 13), (TOLL, 20)), make_toll((HIT, 2), (TOLL, 3), unit="children"))
    after = msgspec.structs.replace(STRIKE, figures=figures)
    found = compare(tmp_path, early, [late], [before], [after])
    assert [change.what for change in found if change.kind is ChangeKind.FIGURE] == [
        "killed: 13 → 20 (city hospital)",
        "killed (children): 2 → 3 (city hospital)",
    ]


def test_a_private_person_is_told_of_by_what_they_are(tmp_path: Path) -> None:
    early, late = split()
    found = compare(tmp_path, early, [late], [drop_toll(STRIKE)], [STRIKE])
    (voice,) = (change for change in found if change.kind is ChangeKind.VOICE)
    assert voice.what.startswith("a witness now stands behind it")
    assert voice.after == "a witness"
    for change in found:
        told = (change.what, change.before or "", change.after or "", *(item.voice for item in change.evidence))
        assert "Marsh" not in " ".join(told)


def test_a_long_sentence_is_cut_around_what_shows_the_event(tmp_path: Path) -> None:
    early, late = split()
    assert late.document is not None
    text = f"{'so it went on and ' * 100}{late.document.text[:-1]} {'and on ' * 100}"
    by = text.index("The strikes")
    claim = late.claims[0]
    span = Span(claim.evidence.start + by, claim.evidence.end + by)
    claim = msgspec.structs.replace(claim, sentence=Span(0, len(text)), evidence=span)
    late = msgspec.structs.replace(
        late, document=msgspec.structs.replace(late.document, text=text), claims=(claim,), statements=()
    )
    found = compare(tmp_path, early, [late], [drop_toll(STRIKE)], [STRIKE])
    (item,) = next(change.evidence for change in found if change.kind is ChangeKind.VOICE)
    assert "The strikes on Port Selim killed 20 people" in item.sentence
    assert len(item.sentence) <= LONGEST + 4
    assert (item.sentence[:2], item.sentence[-2:]) == ("… ", " …")


@pytest.mark.parametrize(("types", "told"), [((), 1), ((EventType.ASSAULT,), 1), ((EventType.CONSULT,), 0)])
def test_a_notice_without_claims_takes_back_what_fits(tmp_path: Path, types: tuple[EventType, ...], told: int) -> None:
    link = Link(name_claim("attack"), name_claim("notice"), Relation.RETRACTS, 0.9, "rule:retractions", "withdrawn")
    early, _ = split()
    notice = make_notice("notice", "2025-11-07")
    event = drop_toll(STRIKE)
    found = compare(tmp_path, early, [notice], [event], [event], [link], ClaimQuery(types=types))
    assert [change.event for change in found] == [name_claim("attack")] * told


def test_the_latest_come_first_and_the_undated_last(tmp_path: Path) -> None:
    early, late = split()
    notices = [make_notice("one", "2025-11-07"), make_notice("two", "2025-11-08")]
    links = [
        Link(name_claim(taken), name_claim(taking), Relation.RETRACTS, 0.9, "rule:retractions", "withdrawn")
        for taken, taking in (("attack", "one"), ("toll", "two"))
    ]
    undated = [
        msgspec.structs.replace(report, document=msgspec.structs.replace(report.document, published=None))
        for report in early
        if report.document is not None and report.document.id == name_claim("talks")
    ]
    reports = [*(report for report in early if report.claims[0].document_id != name_claim("talks")), late, *undated]
    found = compare(tmp_path, (), [*reports, *notices], (), [STRIKE, TALKS], links)
    assert [(change.kind, change.event) for change in found] == [
        (ChangeKind.NEW_EVENT, STRIKE.id),
        (ChangeKind.NEW_EVENT, TALKS.id),
        (ChangeKind.RETRACTION, name_claim("toll")),
        (ChangeKind.RETRACTION, name_claim("attack")),
    ]
