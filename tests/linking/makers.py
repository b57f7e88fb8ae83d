"""Reports of one sentence and one claim, put together by hand, for tests of what linking makes of a few of them."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from reportedly.records.claim import Axes, Claim, Figure, Place, PlaceRole, Status, Timex, TimexKind
from reportedly.records.document import Document, Publication, TimePrecision
from reportedly.records.grounding import (
    CalendarInterval,
    GroundedActor,
    GroundedPlace,
    Grounding,
    PlaceCandidate,
)
from reportedly.records.link import Link, Relation
from reportedly.records.ontology import EventType
from reportedly.records.report import Report
from reportedly.records.spans import Field, Span
from reportedly.store import Store, open_store
from tests.ledgers import fill_ledger

OLDPORT = PlaceCandidate("geonames:1", "Oldport", "city", "NR", None, 10.0, 20.0, 5.0, 0.9)
NEWPORT = PlaceCandidate("geonames:2", "Newport", "city", "NR", None, 12.0, 20.0, 5.0, 0.9)
FERRY = (
    "The harbour master Lena Orr said the crane toppled onto the Mira, a ferry with 214 people aboard, at 06:40. "
    "Rescue crews from Garrach and Tilbury pulled 37 survivors from the water, while 19 remained missing. The "
    "operator, Bluewave Lines, said the vessel had been inspected in January by the Norland Maritime Board."
)
"""Text enough to be copied."""


class Told(msgspec.Struct, frozen=True):
    """What one report tells; without a trigger it claims nothing."""

    sentence: str = "Norland bombed Oldport on 4 March."
    trigger: str | None = "bombed"
    type: EventType = EventType.ASSAULT
    status: Status = Status.OCCURRED
    day: str | None = "2025-03-04"
    place: PlaceCandidate | None = OLDPORT
    killed: int | None = None
    rest: str = ""
    grounded: bool = True


PLAIN = Told()
"""One that tells of nothing out of the ordinary."""


def name_id(name: str) -> str:
    """Return an id that is told by its name: ``d`` and ``c`` before the name of a report are its document and claim."""
    return name.encode().hex().ljust(20, "0")[:20]


def make_report(
    name: str,
    publisher: str,
    told: Told = PLAIN,
    *,
    published: str | None = "2025-03-04",
    address: str | None = None,
) -> Report:
    """Make a report whose document is ``d`` and the name, and its claim ``c`` and the name."""
    document = Document(
        name_id(f"d{name}"),
        f"{told.sentence} {told.rest}".strip(),
        publisher=publisher,
        published=Publication(published, TimePrecision.DAY, False, "given", True) if published else None,
        address=address or f"file:///{name}.txt",
    )
    if told.trigger is None:
        return Report(document)
    at = told.sentence.index(told.trigger)
    span = Span(at, at + len(told.trigger))
    claim = Claim(
        id=name_id(f"c{name}"),
        document_id=document.id,
        sentence=Span(0, len(told.sentence)),
        evidence=span,
        trigger=Field(told.trigger, span, "rule:verb"),
        type=Field(told.type, span, "rule:verb"),
        axes=Axes(),
        status=Field(told.status, span, "rule:tense"),
        actors=(Field("Norland", _find(told, "Norland"), "rule:subject", 0.9),),
        time=Field(Timex("4 March", TimexKind.DATE, told.day), _find(told, "4 March"), "rule:timex", 0.9)
        if told.day
        else None,
        places=(Field(Place(told.place.name, PlaceRole.EVENT), _find(told, told.place.name), "rule:object", 0.9),)
        if told.place
        else (),
        figures=() if told.killed is None else (Field(Figure("killed", told.killed, told.killed), span, "rule:n"),),
    )
    grounding = Grounding(
        claim.id,
        actors=(GroundedActor("Norland", ("NRL",)),),
        places=(GroundedPlace(told.place.name, (told.place,)),) if told.place else (),
        time=CalendarInterval(told.day, told.day, "day", told.day, "text") if told.day else None,
    )
    return Report(document, (claim,), groundings=(grounding,) if told.grounded else ())


def _find(told: Told, words: str) -> Span | None:
    at = told.sentence.find(words)
    return Span(at, at + len(words)) if at >= 0 else None


def open_filled(path: Path, reports: Iterable[Report]) -> Store:
    """Open a ledger that holds some reports, not linked yet."""
    store = open_store(path)
    fill_ledger(store, reports)
    return store


def find_links(store: Store, *relations: Relation) -> list[Link]:
    """Return the links of some relations, as they stand."""
    with store.reading() as view:
        return [stored.link for stored in view.find_links(None, relations)]
