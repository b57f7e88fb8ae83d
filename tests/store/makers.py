"""Small reports, put together by hand: what the store keeps does not depend on how it was read."""

from collections.abc import Sequence
from hashlib import blake2b
from itertools import pairwise

import msgspec

from reportedly.records.claim import (
    Axes,
    Claim,
    Figure,
    Place,
    PlaceRole,
    Source,
    Statement,
    StatementKind,
    Status,
    Timex,
    TimexKind,
)
from reportedly.records.document import Document, Genre, Publication, TimePrecision
from reportedly.records.event import Corroboration, Event, LifeStep, Story, Voice
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
from reportedly.records.report import Report
from reportedly.records.spans import Field, Span
from reportedly.records.stored import StoredClaim

VERSIONS = {"clean": "1", "extract": "1"}


def make_id(*parts: object) -> str:
    """Return an id from anything."""
    return blake2b("|".join(map(str, parts)).encode("utf-8", "backslashreplace"), digest_size=10).hexdigest()


class Told(msgspec.Struct, frozen=True):
    """What one sentence of a report claims."""

    sentence: str
    trigger: str = "shelled"
    type: EventType = EventType.ASSAULT
    status: Status = Status.OCCURRED
    actor: str = "NLD"
    recipient: str = "EST/REB"
    place: tuple[str, str] | None = ("geonames:1", "NL")
    days: tuple[str | None, str | None] | None = None
    source: tuple[str, str | None] | None = None
    hedge: str | None = None
    killed: int | None = None


def make_report(
    told: Sequence[Told],
    *,
    address: str | None = "https://example.org/1",
    published: str | None = "2025-10-31",
    publisher: str | None = "Harbour Wire",
    title: str | None = "Shelling at the harbour",
) -> Report:
    """Return a report whose text is the sentences told."""
    text = " ".join(one.sentence for one in told)
    document_id = make_id(address or publisher, text)
    claims: list[Claim] = []
    groundings: list[Grounding] = []
    start = 0
    for rank, one in enumerate(told, start=1):
        claim, grounding = _make_claim(one, document_id, start, rank)
        claims.append(claim)
        groundings.append(grounding)
        start += len(one.sentence) + 1
    precision = TimePrecision.DAY if published and len(published) == 10 else TimePrecision.SECOND
    document = Document(
        id=document_id,
        text=text,
        address=address,
        title=title,
        publisher=publisher,
        published=Publication(published, precision, False, "given", True) if published else None,
        genre=Genre.REPORT,
        links=("https://example.org/other",),
        versions={"clean": "1"},
    )
    statement = Statement(
        id=make_id(document_id, "legal"),
        document_id=document_id,
        kind=StatementKind.LEGAL,
        span=Span(0, min(9, len(text))),
        versions=VERSIONS,
    )
    links = [
        Link(one.id, other.id, Relation.SAME_EVENT, 0.7, "rule:within", "same type, same place")
        for one, other in pairwise(claims)
    ]
    return Report(document, tuple(claims), (statement,), tuple(groundings), tuple(links))


def _make_claim(told: Told, document_id: str, start: int, rank: int) -> tuple[Claim, Grounding]:
    sentence = Span(start, start + len(told.sentence))
    place = sentence.start + max(0, told.sentence.find(told.trigger))
    trigger = Span(place, place + len(told.trigger))
    claim_id = make_id(document_id, trigger.start, told.type)
    chain = () if told.source is None else (Source(told.source[0], sentence),)
    claim = Claim(
        id=claim_id,
        document_id=document_id,
        sentence=sentence,
        evidence=sentence,
        trigger=Field(told.trigger, trigger, "rule:verb"),
        type=Field(told.type, trigger, "rule:verb"),
        axes=Axes(),
        status=Field(told.status, trigger, "rule:status"),
        actors=(Field("the army", sentence, "rule:subject"),),
        recipients=(Field("rebels", sentence, "rule:object"),),
        hedges=() if told.hedge is None else (Field(told.hedge, sentence, "rule:hedge"),),
        chain=chain,
        places=() if told.place is None else (Field(Place("Garrach", PlaceRole.EVENT), sentence, "rule:in"),),
        time=None if told.days is None else Field(Timex("Friday", TimexKind.DATE), sentence, "rule:timex"),
        figures=() if told.killed is None else (Field(Figure("killed", told.killed, None), sentence, "rule:figure"),),
        salience=rank,
        versions=VERSIONS,
    )
    grounded = () if told.place is None else (_make_place(*told.place),)
    return claim, Grounding(
        claim_id=claim_id,
        actors=(GroundedActor("the army", (told.actor,)),),
        recipients=(GroundedActor("rebels", (told.recipient,)),),
        sources=()
        if told.source is None
        else (GroundedSource(told.source[0], SourceKind.OFFICIAL, False, code=told.source[1]),),
        places=grounded,
        time=None if told.days is None else CalendarInterval(*told.days, "day", told.days[0] or "PAST_REF"),
        versions={"ground": "1"},
    )


def _make_place(place_id: str, country: str) -> GroundedPlace:
    return GroundedPlace("Garrach", (PlaceCandidate(place_id, "Garrach", "city", country, None, 52.0, 5.0, 6.0, 0.9),))


def make_event(claims: Sequence[StoredClaim], title: str = "Shelling of Garrach") -> Event:
    """Return the event that claims report."""
    ids = tuple(stored.claim.id for stored in claims)
    documents = tuple(dict.fromkeys(stored.document.id for stored in claims))
    days = sorted(day for stored in claims if (day := stored.document.day))
    return Event(
        id=make_id("event", ids[0]),
        type=EventType.ASSAULT,
        title=title,
        claims=ids,
        documents=documents,
        corroboration=Corroboration(len(ids), len(documents), 1, 1, 1, 0, 1),
        voices=(Voice("Harbour Wire", None, "news_outlet", False, ids, (Status.OCCURRED,)),),
        statuses=(Status.OCCURRED,),
        life=(LifeStep(Status.OCCURRED, days[0] if days else None, "Harbour Wire", ids[0]),),
        actors=("NLD", "Harbour gang"),
        first=days[0] if days else None,
        last=days[-1] if days else None,
    )


def make_story(documents: Sequence[str], last: str = "2025-10-31") -> Story:
    """Return the story that documents tell."""
    return Story(make_id("story", documents[0]), "The harbour", tuple(documents), ("harbour",), last, last)
