"""Stored claims put together by hand, for tests of what is derived from several reports."""

from collections.abc import Sequence

from reportedly.records.claim import Axes, Basis, Claim, Figure, Scope, Source, Status
from reportedly.records.document import Genre, Publication, TimePrecision
from reportedly.records.grounding import GroundedActor, GroundedSource, Grounding, SourceKind
from reportedly.records.ontology import EventType
from reportedly.records.spans import Field, Span
from reportedly.records.stored import DocumentHead, StoredClaim

RECORDED = "2025-06-30T12:00:00.000000Z"


def make_head(
    id: str,
    publisher: str | None,
    *,
    day: str | None = "2025-06-01",
    family: str | None = None,
    state: str | None = None,
    credit: str | None = None,
    title: str | None = None,
) -> DocumentHead:
    """Make the head of a document of an outlet that the table of publishers knows by this name."""
    published = Publication(day, TimePrecision.DAY, False, "given", True) if day else None
    return DocumentHead(
        id=id,
        address=None,
        title=title,
        publisher=publisher,
        publisher_name=publisher,
        family=family or publisher,
        state=state,
        published=published,
        credit=credit,
        genre=Genre.REPORT,
        language="en",
        characters=100,
        recorded=RECORDED,
    )


def make_source(
    text: str,
    kind: SourceKind = SourceKind.GOVERNMENT,
    *,
    code: str | None = None,
    anonymous: bool = False,
    family: str | None = None,
    state: str | None = None,
    parts: Sequence[GroundedSource] = (),
) -> GroundedSource:
    """Make one link of a chain."""
    members = tuple(part.text for part in parts)
    return GroundedSource(text, kind, anonymous, members, code, family, state, tuple(parts))


def make_claim(
    id: str,
    head: DocumentHead,
    *chain: GroundedSource,
    status: Status = Status.OCCURRED,
    type: EventType = EventType.ASSAULT,
    killed: int | tuple[int | None, int | None] | None = None,
    unit: str | None = None,
    scope: Scope = Scope.THIS,
    as_of: str | None = None,
    basis: Basis | None = None,
    actors: Sequence[GroundedActor] = (),
    sentence: str = "Jets struck the port of Oldport.",
    event: str = "e",
) -> StoredClaim:
    """Make one claim of a document, attributed to ``chain`` (outermost first)."""
    span = Span(0, 4)
    figures: tuple[Field[Figure], ...] = ()
    if killed is not None:
        low, high = killed if isinstance(killed, tuple) else (killed, killed)
        figures = (Field(Figure("killed", low, high, unit, scope, as_of), span, "rule:n"),)
    claim = Claim(
        id=id,
        document_id=head.id,
        sentence=Span(0, len(sentence)),
        evidence=span,
        trigger=Field("struck", span, "rule:verb"),
        type=Field(type, span, "rule:verb"),
        axes=Axes(),
        status=Field(status, span, "rule:tense"),
        actors=tuple(Field(actor.text, span, "rule:subject") for actor in actors),
        chain=tuple(Source(source.text, span) for source in chain),
        basis=None if basis is None else Field(basis, span, "rule:basis"),
        figures=figures,
    )
    grounding = Grounding(claim_id=id, actors=tuple(actors), sources=chain)
    return StoredClaim(claim, grounding, head, sentence, RECORDED, event=event)
