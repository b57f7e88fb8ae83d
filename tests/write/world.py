"""A small record put together by hand: six invented reports of two matters, linked, for everything that is exported."""

from collections.abc import Sequence

from reportedly.records.claim import (
    Axes,
    Claim,
    Figure,
    Mood,
    Place,
    PlaceRole,
    Polarity,
    Scope,
    Source,
    Statement,
    StatementKind,
    Status,
    Tense,
    Timex,
    TimexKind,
    derive_status,
)
from reportedly.records.document import Document, Publication, TimePrecision
from reportedly.records.event import (
    Corroboration,
    Event,
    EventPlace,
    FigureHistory,
    FigureReading,
    LifeStep,
    Story,
    Voice,
)
from reportedly.records.grounding import (
    CalendarInterval,
    GroundedActor,
    GroundedPlace,
    GroundedSource,
    Grounding,
    PlaceCandidate,
    SourceKind,
)
from reportedly.records.link import CopyKind, Link, Relation
from reportedly.records.ontology import EventType
from reportedly.records.report import Report
from reportedly.records.spans import Field, Span
from reportedly.store.base import Publisher

RECORDED = "2025-11-10T08:00:00.000000Z"
FILLER = "The harbour café serves soup at noon, and nobody minds the gulls."
"""A sentence that holds no claim: where it shows up in an export, a whole text has leaked."""
PORT = PlaceCandidate("geonames:1", "Port Selim", "city", "AQ", "Salt Coast", -70.12345, 160.98765, 12.0, 0.9)
SEA = PlaceCandidate("area:ross-sea", "Ross Sea", "sea", None, None, -75.04321, -179.51, 600.0, 0.9)
OSLO = PlaceCandidate("geonames:3143244", "Oslo", "capital", "NO", "Oslo", 59.91273, 10.74609, 15.0, 0.9)
DAY = CalendarInterval("2025-11-03", "2025-11-03", "day", "2025-11-03", "published")
WEEK = CalendarInterval("2025-11-03", "2025-11-09", "week", "2025-W45", "published")

_SAID = {
    "wire": "The Ross Republic's navy is apparently preparing strikes on Port Selim, two officials told "
    "the Harbour Wire.",
    "daily": "The Ross Republic's navy is to strike Port Selim, two officials told the Harbour Wire.",
    "denial": 'No strike on Port Selim is planned, the Ross ministry of defence said. =HYPERLINK("x")',
    "attack": "Ross warplanes struck Port Selim on Monday, killing at least 13 people, the city hospital said. "
    "Ada Brine, a fisherman, was among the dead.",
    "toll": "The strikes on Port Selim killed 20 people, resident Olav Marsh told the Coast Daily.",
    "talks": "Norwegian and Canadian ministers met in Oslo this week. Gunmen seized a trawler in the Ross Sea.",
}
TEXTS: dict[str, str] = {name: f"{words} {FILLER}" for name, words in _SAID.items()}
_PUBLISHED = {
    "wire": "2025-11-01T09:00:00Z",
    "daily": "2025-11-01T15:30:00Z",
    "denial": "2025-11-02",
    "attack": "2025-11-04T06:00:00Z",
    "toll": "2025-11-05T06:00:00Z",
    "talks": "2025-11-06",
}
PUBLISHERS = {
    "wire": Publisher("Harbour Wire", "Harbour Group"),
    "daily": Publisher("Coast Daily", "Coast Press"),
    "denial": Publisher("Ross State Radio", "State of Ross", "ATA"),
    "attack": Publisher("Harbour Wire", "Harbour Group"),
    "toll": Publisher("Coast Daily", "Coast Press"),
    "talks": Publisher("=Evil Gazette", "Evil Press"),
}


def name_claim(label: str) -> str:
    """Ids of this record: twenty hex characters, made of a label of up to ten letters."""
    return label.encode().hex().ljust(20, "0")[:20]


def find(document: str, words: str) -> Span:
    start = TEXTS[document].index(words)
    return Span(start, start + len(words))


def sentence_of(document: str, words: str) -> Span:
    """The sentence around some words; the texts hold no other full stops."""
    text = TEXTS[document]
    at = text.index(words)
    start = text.rfind(". ", 0, at)
    return Span(start + 2 if start != -1 else 0, text.index(".", at) + 1)


def field(document: str, words: str) -> Field[str]:
    return Field(words, find(document, words), "rule:test", 0.8)


def make_claim(
    label: str,
    document: str,
    trigger: str,
    kind: EventType,
    axes: Axes,
    *,
    modes: Sequence[str] = (),
    actors: Sequence[tuple[str, tuple[str, ...]]] = (),
    recipients: Sequence[tuple[str, tuple[str, ...]]] = (),
    sources: Sequence[tuple[str, SourceKind, bool, str | None]] = (),
    place: tuple[str, PlaceCandidate] | None = None,
    time: tuple[str, CalendarInterval] | None = None,
    figures: Sequence[tuple[str, Figure]] = (),
    hedges: Sequence[str] = (),
    salience: int = 1,
) -> tuple[Claim, Grounding]:
    """One claim with its grounding; every field is found by its words."""
    span = find(document, trigger)
    claim = Claim(
        id=name_claim(label),
        document_id=name_claim(document),
        sentence=sentence_of(document, trigger),
        evidence=span,
        trigger=field(document, trigger),
        type=Field(kind, span, "rule:lexicon", 0.9),
        axes=axes,
        status=Field(derive_status(axes), span, "rule:status"),
        modes=tuple(Field(mode, span, "rule:lexicon") for mode in modes),
        contexts=(Field("military", span, "rule:context"),),
        actors=tuple(field(document, words) for words, _ in actors),
        recipients=tuple(field(document, words) for words, _ in recipients),
        chain=tuple(Source(words, find(document, words)) for words, *_ in sources),
        hedges=tuple(field(document, words) for words in hedges),
        places=(Field(Place(place[0], PlaceRole.EVENT), find(document, place[0]), "rule:in"),) if place else (),
        time=Field(Timex(time[0], TimexKind.DATE), find(document, time[0]), "rule:day") if time else None,
        figures=tuple(Field(figure, find(document, words), "rule:number") for words, figure in figures),
        salience=salience,
    )
    grounding = Grounding(
        claim_id=claim.id,
        actors=tuple(GroundedActor(words, codes) for words, codes in actors),
        recipients=tuple(GroundedActor(words, codes) for words, codes in recipients),
        sources=tuple(GroundedSource(words, kind, anonymous, (), code) for words, kind, anonymous, code in sources),
        places=(GroundedPlace(place[0], (place[1],)),) if place else (),
        time=time[1] if time else None,
    )
    return claim, grounding


_PLAN = Axes(time=Tense.FUTURE, mood=Mood.PLANNED)
_OFFICIALS = ("two officials", SourceKind.OFFICIAL, True, None)
_WIRE = ("the Harbour Wire", SourceKind.NEWS_OUTLET, False, None)
_MINISTRY = ("the Ross ministry of defence", SourceKind.GOVERNMENT, False, "ATA/MIL")


def make_claims() -> dict[str, list[tuple[Claim, Grounding]]]:
    """The claims of each document, most salient first."""
    assault, port = EventType.ASSAULT, ("Port Selim", PORT)
    return {
        "wire": [
            make_claim("plan1", "wire", "preparing strikes", assault, _PLAN, modes=("aerial",),
                       actors=[("The Ross Republic's navy", ("ATA/MIL",))], recipients=[("Port Selim", ("ATA",))],
                       sources=[_WIRE, _OFFICIALS], place=port, hedges=["apparently"]),
        ],
        "daily": [
            make_claim("plan2", "daily", "strike", assault, _PLAN, modes=("aerial",),
                       actors=[("The Ross Republic's navy", ("ATA/MIL",))], sources=[_WIRE, _OFFICIALS], place=port),
        ],
        "denial": [
            make_claim("deny", "denial", "strike", assault, Axes(polarity=Polarity.DENIED, time=Tense.FUTURE),
                       sources=[_MINISTRY], place=port),
        ],
        "attack": [
            make_claim("hit", "attack", "struck", assault, Axes(), modes=("aerial",),
                       actors=[("Ross warplanes", ("ATA/MIL",))], recipients=[("13 people", ("ATA/CVL",))],
                       sources=[("the city hospital", SourceKind.GOVERNMENT, False, None)], place=port,
                       time=("Monday", DAY), figures=[("at least 13", Figure("killed", 13, None, "people"))]),
        ],
        "toll": [
            make_claim("toll", "toll", "strikes", assault, Axes(), recipients=[("20 people", ("ATA/CVL",))],
                       sources=[("resident Olav Marsh", SourceKind.WITNESS, False, None)], place=port,
                       figures=[("20", Figure("killed", 20, 20, "people"))]),
        ],
        "talks": [
            make_claim("meet", "talks", "met", EventType.CONSULT, Axes(), modes=("visit",),
                       actors=[("Norwegian and Canadian ministers", ("NOR/GOV", "CAN/GOV"))], place=("Oslo", OSLO),
                       time=("this week", WEEK)),
            make_claim("seize", "talks", "seized", EventType.COERCE, Axes(), modes=("seize",),
                       actors=[("Gunmen", ())], recipients=[("a trawler", ())], place=("Ross Sea", SEA), salience=2),
        ],
    }  # fmt: skip


def make_reports() -> dict[str, Report]:
    """The six reports, by name, in order of publication."""
    claims = make_claims()
    statement = Statement(
        name_claim("law"), name_claim("attack"), StatementKind.LEGAL, find("attack", "struck Port Selim")
    )
    reports = {}
    for name, text in TEXTS.items():
        time = _PUBLISHED[name]
        precision = TimePrecision.SECOND if "T" in time else TimePrecision.DAY
        document = Document(
            id=name_claim(name),
            text=text,
            address=f"https://{name}.example/reports/{name}?a=1&b=2",
            title=f"<{name}> & Port Selim",
            publisher=PUBLISHERS[name].name,
            published=Publication(time, precision, False, "metadata", True),
        )
        reports[name] = Report(
            document=document,
            claims=tuple(claim for claim, _ in claims[name]),
            groundings=tuple(grounding for _, grounding in claims[name]),
            statements=(statement,) if name == "attack" else (),
        )
    return reports


def _place(candidate: PlaceCandidate) -> EventPlace:
    names = EventPlace.__struct_fields__
    return EventPlace(**{name: getattr(candidate, name) for name in names})


def make_events() -> list[Event]:
    """The strike, planned, denied and carried out, with two tolls; the talks; what happened at sea belongs to none."""
    plan1, plan2, deny, hit, toll, meet = map(name_claim, ("plan1", "plan2", "deny", "hit", "toll", "meet"))
    strike = Event(
        id=name_claim("strike"),
        type=EventType.ASSAULT,
        title="Ross warplanes struck Port Selim",
        claims=(plan1, plan2, deny, hit, toll),
        documents=tuple(map(name_claim, ("wire", "daily", "denial", "attack", "toll"))),
        corroboration=Corroboration(5, 5, 3, 3, 3, 1, 3, 1, ("Coast Daily copies Harbour Wire",)),
        voices=(
            Voice("Ross ministry of defence", "ATA/MIL", "government", False, (deny,), (Status.DENIED,)),
            Voice("city hospital", None, "government", False, (hit,), (Status.OCCURRED,)),
            Voice("Olav Marsh", None, "witness", False, (toll,), (Status.OCCURRED,)),
            Voice("officials", None, "official", True, (plan1, plan2), (Status.PLANNED,)),
        ),
        statuses=(Status.OCCURRED, Status.DENIED, Status.PLANNED),
        life=(
            LifeStep(Status.PLANNED, "2025-11-01", "officials", plan1),
            LifeStep(Status.DENIED, "2025-11-02", "Ross ministry of defence", deny),
            LifeStep(Status.OCCURRED, "2025-11-04", "city hospital", hit),
        ),
        modes=("aerial",),
        contexts=("military",),
        actors=("ATA/MIL",),
        recipients=("ATA/CVL", "Ada Brine"),
        interval=DAY,
        place=_place(PORT),
        figures=(
            FigureHistory(
                "killed",
                Scope.THIS,
                13,
                20,
                (
                    FigureReading("city hospital", hit, "2025-11-04", 13, None),
                    FigureReading("Olav Marsh", toll, "2025-11-05", 20, 20),
                ),
            ),
        ),
        first="2025-11-01",
        last="2025-11-05",
        tension=True,
    )
    talks = Event(
        id=name_claim("talks-ev"),
        type=EventType.CONSULT,
        title="Norwegian and Canadian ministers met in Oslo",
        claims=(meet,),
        documents=(name_claim("talks"),),
        corroboration=Corroboration(1, 1, 1, 1, 1, 0, 1),
        voices=(Voice("=Evil Gazette", None, "news_outlet", False, (meet,), (Status.OCCURRED,)),),
        statuses=(Status.OCCURRED,),
        life=(LifeStep(Status.OCCURRED, "2025-11-06", "=Evil Gazette", meet),),
        modes=("visit",),
        actors=("NOR/GOV", "CAN/GOV"),
        interval=WEEK,
        place=_place(OSLO),
        first="2025-11-06",
        last="2025-11-06",
    )
    return [strike, talks]


def make_stories() -> list[Story]:
    documents = tuple(map(name_claim, ("wire", "daily", "denial", "attack", "toll")))
    return [
        Story(name_claim("story"), "Strikes on Port Selim", documents, ("strike", "port"), "2025-11-01", "2025-11-05")
    ]


def make_links() -> list[Link]:
    plan1, plan2, deny, hit, toll = map(name_claim, ("plan1", "plan2", "deny", "hit", "toll"))
    return [
        Link(name_claim("wire"), name_claim("daily"), Relation.COPY, 0.97, "copies:sketch", "same", CopyKind.EDITED),
        Link(plan1, plan2, Relation.SAME_EVENT, 0.9, "events:model", "same place and type"),
        Link(plan1, deny, Relation.DENIES, 0.8, "conflicts:denial", "the ministry denies the plan"),
        Link(plan1, hit, Relation.CAME_ABOUT, 0.8, "outcomes:occurred", "what was planned is told to have happened"),
        Link(hit, toll, Relation.TENSION, 0.6, "conflicts:figures", "13 or more, and 20"),
    ]  # fmt: skip


ORIGINS = {name_claim("daily"): name_claim("wire")}
