"""One small report, put together by hand, for everything that is written."""

import pytest

from reportedly.records.claim import (
    Axes,
    Claim,
    Figure,
    Mood,
    Place,
    PlaceRole,
    Source,
    Stage,
    Statement,
    StatementKind,
    Status,
    Tense,
    Timex,
    TimexKind,
)
from reportedly.records.document import Document, Publication, Range, RangeKind, TimePrecision
from reportedly.records.grounding import (
    CalendarInterval,
    GroundedActor,
    GroundedPlace,
    GroundedSource,
    Grounding,
    PlaceCandidate,
    SourceKind,
)
from reportedly.records.link import Link, Relation
from reportedly.records.ontology import EventType
from reportedly.records.report import Failure, Report
from reportedly.records.spans import Field, Span

TEXT = (
    "Norland is apparently preparing strikes on Port Selim, two officials told the Harbour Wire. "
    "Its navy has carried out at least 13 raids since May. <Read more> & share"
)


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def field(value: str) -> Field[str]:
    return Field(value, at(value), "rule:test", 0.8)


FIRST = Span(0, TEXT.index(" Its"))
SECOND = Span(TEXT.index("Its"), TEXT.index(" <Read"))


@pytest.fixture
def report() -> Report:
    """A planned strike told by officials to a wire, and an ongoing series; the end of the text is not coded."""
    planned = Claim(
        id="one",
        document_id="doc",
        sentence=FIRST,
        evidence=at("preparing strikes on Port Selim"),
        trigger=field("strikes"),
        type=Field(EventType.ASSAULT, at("strikes"), "rule:lexicon", 0.9),
        axes=Axes(time=Tense.FUTURE, mood=Mood.PLANNED),
        status=Field(Status.PLANNED, at("preparing"), "rule:plan", 0.8),
        modes=(field("strikes"),),
        actors=(field("Norland"),),
        recipients=(field("Port Selim"),),
        stage=Field(Stage.PREPARED, at("preparing"), "rule:plan"),
        hedges=(field("apparently"),),
        chain=(
            Source("the Harbour Wire", at("the Harbour Wire"), at("told")),
            Source("two officials", at("two officials"), at("told")),
        ),
        places=(Field(Place("Port Selim", PlaceRole.EVENT), at("Port Selim"), "rule:on"),),
        salience=1,
    )
    ongoing = Claim(
        id="two",
        document_id="doc",
        sentence=SECOND,
        evidence=at("Its navy has carried out at least 13 raids"),
        trigger=field("raids"),
        type=Field(EventType.ASSAULT, at("raids"), "rule:lexicon", 0.9),
        axes=Axes(time=Tense.PRESENT),
        status=Field(Status.ONGOING, at("since"), "rule:tense", 0.8),
        actors=(field("Its navy"),),
        time=Field(Timex("May", TimexKind.DATE, name="may", modifier="since"), at("May"), "rule:month"),
        figures=(Field(Figure("raids", 13, None), at("at least 13 raids"), "rule:number"),),
        salience=2,
    )
    place = PlaceCandidate("geonames:1", "Port Selim", "city", "NL", "Coast", 10.5, -60.25, 5.0, 0.9)
    return Report(
        document=Document(
            id="doc",
            text=TEXT,
            uncoded=(Range(at("<Read more> & share"), RangeKind.BOILERPLATE),),
            title="Norland <prepares> strikes",
            publisher="=Evil Gazette",
            published=Publication("2025-10-31", TimePrecision.DAY, False, "given", True),
        ),
        claims=(planned, ongoing),
        statements=(
            Statement("three", "doc", StatementKind.LEGAL, SECOND, subject=field("raids"), norms=(field("since"),)),
        ),
        groundings=(
            Grounding(
                "one",
                actors=(GroundedActor("Norland", ("NRL",)),),
                recipients=(GroundedActor("Port Selim", ("SDM",)),),
                sources=(
                    GroundedSource("the Harbour Wire", SourceKind.NEWS_OUTLET, False),
                    GroundedSource("two officials", SourceKind.OFFICIAL, True),
                ),
                places=(GroundedPlace("Port Selim", (place,)),),
            ),
            Grounding(
                "two",
                actors=(GroundedActor("Its navy"),),
                time=CalendarInterval("2025-05-01", None, "month", "2025-05"),
            ),
        ),
        links=(Link("one", "two", Relation.TENSION, 0.7, "rule:within", "planned beside ongoing"),),
    )


@pytest.fixture
def failed() -> Report:
    """A document that could not be read."""
    return Report(document=None, failures=(Failure("empty.txt", "clean", "empty-document", "nothing to read in it"),))
