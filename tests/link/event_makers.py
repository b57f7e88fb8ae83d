"""Claims of reports, one a report, as linking across reports sees them."""

from itertools import count

from reportedly.link.events import open_event_words, sketch_claim
from reportedly.records.claim import (
    Axes,
    Claim,
    Figure,
    Place,
    PlaceRole,
    Scope,
    Source,
    Status,
    Timex,
    TimexKind,
)
from reportedly.records.document import Document, Publication, TimePrecision
from reportedly.records.grounding import CalendarInterval, GroundedActor, GroundedPlace, Grounding, PlaceCandidate
from reportedly.records.ontology import EventType
from reportedly.records.spans import Field, Span
from reportedly.records.stored import Sketch

WORDS = open_event_words()
OLDPORT = PlaceCandidate("geonames:1", "Oldport", "city", "NR", None, 10.0, 20.0, 5.0, 0.9)
NEWPORT = PlaceCandidate("geonames:2", "Newport", "city", "NR", None, 12.0, 20.0, 5.0, 0.9)
NORLAND = PlaceCandidate("geonames:3", "Norland", "country", "NR", None, 11.0, 20.0, 400.0, 0.9)
_CALLED = {"NRL": "Norland", "SDM": "Sudmark"}
_numbers = count(1)


def tell(
    sentence: str,
    trigger: str,
    *,
    published: str | None = "2025-03-04",
    type: EventType = EventType.ASSAULT,
    status: Status = Status.OCCURRED,
    actor: str = "",
    recipient: str = "",
    place: PlaceCandidate | None = None,
    place_by: str = "rule:in",
    day: str = "",
    until: str = "",
    modifier: str | None = None,
    sure: float = 0.9,
    killed: int | None = None,
    operations: int | None = None,
    voice: str = "",
    document: str = "",
    subject: str = "",
    around: str = "",
) -> Sketch:
    """Return the sketch of the one claim of a report, ``around`` the rest of which stands."""
    number = next(_numbers)
    at = sentence.index(trigger)
    span, whole = Span(at, at + len(trigger)), Span(0, len(sentence))
    identity = subject or f"{number:020x}"
    counts = [("killed", killed, Scope.THIS), ("operations", operations, Scope.SERIES)]
    claim = Claim(
        id=identity,
        document_id=document or f"d{number:019x}",
        sentence=whole,
        evidence=span,
        trigger=Field(trigger, span, "rule:verb"),
        type=Field(type, span, "rule:verb"),
        axes=Axes(),
        status=Field(status, span, "rule:tense"),
        actors=(Field(actor, _find(sentence, actor), "rule:subject"),) if actor else (),
        recipients=(Field(recipient, _find(sentence, recipient), "rule:object"),) if recipient else (),
        chain=(Source(voice, span),) if voice else (),
        figures=tuple(
            Field(Figure(key, n, n, None, scope), span, "rule:n") for key, n, scope in counts if n is not None
        ),
        time=Field(Timex(day, TimexKind.DATE, day, modifier=modifier), span, "rule:date", sure) if day else None,
        places=() if place is None else (Field(Place(place.name, PlaceRole.EVENT), span, place_by),),
    )
    grounding = Grounding(
        claim_id=identity,
        actors=(GroundedActor(actor, (actor,) if actor[:1].isupper() else ()),) if actor else (),
        recipients=(GroundedActor(recipient, (recipient,) if recipient[:1].isupper() else ()),) if recipient else (),
        places=() if place is None else (GroundedPlace(place.name, (place,)),),
        time=CalendarInterval(day, until or day, "week" if until else "day", day) if day else None,
    )
    known = Publication(published, TimePrecision.DAY, False, "given", True) if published else None
    return sketch_claim(claim, grounding, Document(claim.document_id, f"{sentence} {around}", published=known), WORDS)


def _find(sentence: str, code: str) -> Span | None:
    """Return where a sentence names a party."""
    at = sentence.find(name := _CALLED.get(code.split("/")[0], code))
    return Span(at, at + len(name)) if at >= 0 else None
