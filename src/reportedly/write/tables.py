"""What stands in our own tables: how the rows of ``rows`` are made of the record."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import msgspec

from reportedly.records.event import Event, EventPlace
from reportedly.records.link import OF_DOCUMENTS
from reportedly.records.query import ClaimQuery
from reportedly.records.stored import DocumentHead, StoredClaim
from reportedly.store.base import View
from reportedly.write.excerpts import make_excerpt, slice_evidence
from reportedly.write.gather import (
    Told,
    batches,
    code_parties,
    gather_documents,
    gather_events,
    name_parties,
    name_voice,
)
from reportedly.write.places import find_event_place, round_degrees
from reportedly.write.rows import (
    ClaimRow,
    DocumentRow,
    EventRow,
    FigureCell,
    FigureRow,
    LinkRow,
    RangeCell,
    Row,
    SourceRow,
    TextRow,
)
from reportedly.write.tally import ExportOptions, Tally
from reportedly.write.wording import word_published


class Table(msgspec.Struct, frozen=True):
    """One of our tables.

    Attributes:
        name: Name of the file, without ending.
        row: Type of its rows: the fields are the columns.
        make: Gives the rows, and counts what is left out.
        text_row: Type of its rows where whole texts were asked for.
    """

    name: str
    row: type[Row]
    make: Callable[[View, ClaimQuery, ExportOptions, Tally], Iterator[Row]]
    text_row: type[Row] | None = None

    def pick_row(self, options: ExportOptions) -> type[Row]:
        """Return the type of the rows under these options."""
        return self.text_row if options.full_text and self.text_row is not None else self.row


def make_claims(view: View, query: ClaimQuery, options: ExportOptions, tally: Tally) -> Iterator[Row]:
    """Give claims, one after another, in the order of the query."""
    for stored in view.iterate_claims(query):
        yield make_claim(stored)


def make_claim(stored: StoredClaim) -> ClaimRow:
    """Make the row of one claim."""
    claim, grounding, head = stored.claim, stored.grounding, stored.document
    toponym, place = find_event_place(claim, grounding) or (None, None)
    time = grounding.time
    return ClaimRow(
        claim_id=claim.id,
        event_id=stored.event,
        story_id=stored.story,
        document_id=claim.document_id,
        address=head.address,
        title=head.title,
        publisher=head.publisher,
        publisher_name=head.publisher_name,
        family=head.family,
        published=word_published(head.published),
        published_known_by=head.published.known_by if head.published else None,
        published_day=read_date(head.day),
        recorded=read_instant(stored.recorded),
        copy_of=head.origin,
        salience=claim.salience,
        type=claim.type.value.value,
        modes=tuple(field.value for field in claim.modes),
        contexts=tuple(field.value for field in claim.contexts),
        status=claim.status.value.value,
        stage=claim.stage.value.value if claim.stage else None,
        condition=claim.condition.value if claim.condition else None,
        hedges=tuple(field.value for field in claim.hedges),
        actors=tuple(field.value for field in claim.actors),
        actor_codes=code_parties(grounding.actors),
        recipients=tuple(field.value for field in claim.recipients),
        recipient_codes=code_parties(grounding.recipients),
        sources=tuple(source.text for source in claim.chain),
        source_kinds=tuple(source.kind.value for source in grounding.sources),
        anonymous=tuple(source.anonymous for source in grounding.sources),
        source_codes=tuple(source.code or "" for source in grounding.sources),
        basis=claim.basis.value.value if claim.basis else None,
        place=toponym,
        place_id=place.id if place else None,
        country=place.country if place else None,
        latitude=round_degrees(place.latitude, place.radius_km) if place else None,
        longitude=round_degrees(place.longitude, place.radius_km) if place else None,
        radius_km=place.radius_km if place else None,
        time=claim.time.value.text if claim.time else None,
        time_start=read_date(time.start) if time else None,
        time_end=read_date(time.end) if time else None,
        time_precision=time.precision if time else None,
        figures=tuple(
            FigureCell(item.key, item.low, item.high, item.unit, item.scope.value, item.as_of)
            for item in (field.value for field in claim.figures)
        ),
        evidence=slice_evidence(stored),
        sentence=make_excerpt(stored).text,
        start=claim.evidence.start,
        end=claim.evidence.end,
        decisions=stored.decided,
    )


def make_events(view: View, query: ClaimQuery, options: ExportOptions, tally: Tally) -> Iterator[Row]:
    """Give events, in the order of their first claim that fits."""
    for told in gather_events(view, query, tally):
        yield make_event(told)


def make_event(told: Told) -> EventRow:
    """Make the row of one event."""
    event, best, counts, time = told.event, told.best, told.event.corroboration, told.event.interval
    return EventRow(
        event_id=event.id,
        type=event.type.value,
        modes=event.modes,
        contexts=event.contexts,
        title=event.title,
        status=event.statuses[0].value if event.statuses else best.claim.status.value.value,
        statuses=tuple(status.value for status in event.statuses),
        happened=told.happened,
        first_told=read_date(event.first),
        last_told=read_date(event.last),
        time_start=read_date(time.start) if time else None,
        time_end=read_date(time.end) if time else None,
        time_precision=time.precision if time else None,
        actors=name_parties(event.actors, told.codes),
        recipients=name_parties(event.recipients, told.codes),
        claims=counts.claims,
        documents=counts.documents,
        publishers=counts.publishers,
        families=counts.families,
        origins=counts.origins,
        voices=counts.voices,
        undecidable=counts.undecidable,
        against=counts.against,
        reasons=counts.reasons,
        figures=tuple(RangeCell(item.key, item.scope.value, item.low, item.high, item.unit) for item in event.figures),
        tension=event.tension,
        retracted=event.retracted,
        excerpt=make_excerpt(best).text,
        excerpt_publisher=best.document.publisher_name or best.document.publisher,
        excerpt_address=best.document.address,
        claim_ids=event.claims,
        document_ids=event.documents,
        **_locate(event.place),
    )


def _locate(place: EventPlace | None) -> dict[str, Any]:
    if place is None:
        names = ("place", "place_id", "place_kind", "country", "admin", "latitude", "longitude", "radius_km")
        return dict.fromkeys(names)
    return {
        "place": place.name,
        "place_id": place.id,
        "place_kind": place.kind,
        "country": place.country,
        "admin": place.admin,
        "latitude": round_degrees(place.latitude, place.radius_km),
        "longitude": round_degrees(place.longitude, place.radius_km),
        "radius_km": place.radius_km,
    }


def make_figures(view: View, query: ClaimQuery, options: ExportOptions, tally: Tally) -> Iterator[Row]:
    """Give every figure of every event, by event, key, scope and unit, in order of publication."""
    for told in gather_events(view, query, tally):
        names = name_voices(told.event)
        for history in told.event.figures:
            for reading in history.readings:
                yield FigureRow(
                    event_id=told.event.id,
                    key=history.key,
                    unit=history.unit,
                    scope=history.scope.value,
                    voice=names.get(reading.voice, reading.voice),
                    claim_id=reading.claim,
                    day=read_date(reading.day),
                    low=reading.low,
                    high=reading.high,
                    as_of=reading.as_of,
                    updated_by=reading.updated_by,
                    retracted=reading.retracted,
                )


def make_sources(view: View, query: ClaimQuery, options: ExportOptions, tally: Tally) -> Iterator[Row]:
    """Give the voices behind every event, named ones first."""
    for told in gather_events(view, query, tally):
        for voice in told.event.voices:
            yield SourceRow(
                event_id=told.event.id,
                voice=name_voice(voice),
                code=voice.code,
                kind=voice.kind,
                anonymous=voice.anonymous,
                statuses=tuple(status.value for status in voice.statuses),
                claims=len(voice.claims),
                claim_ids=voice.claims,
            )


def make_links(view: View, query: ClaimQuery, options: ExportOptions, tally: Tally) -> Iterator[Row]:
    """Give the links that touch a claim which fits, or its document, each once."""
    ids: dict[str, None] = {}
    for stored in view.iterate_claims(query):
        ids.setdefault(stored.claim.document_id)
        ids.setdefault(stored.claim.id)
    seen: set[str] = set()
    for batch in batches(ids):
        for stored_link in sorted(view.find_links(batch), key=lambda item: (item.recorded, item.id)):
            if stored_link.id in seen:
                continue
            seen.add(stored_link.id)
            link = stored_link.link
            yield LinkRow(
                link_id=stored_link.id,
                left=link.left,
                right=link.right,
                of="documents" if link.relation in OF_DOCUMENTS else "claims",
                relation=link.relation.value,
                kind=link.kind.value if link.kind else None,
                score=link.score,
                by=link.by,
                reason=link.reason,
                recorded=read_instant(stored_link.recorded),
            )


def make_documents(view: View, query: ClaimQuery, options: ExportOptions, tally: Tally) -> Iterator[Row]:
    """Give the documents that hold a claim which fits; with their texts where these were asked for."""
    for batch in gather_documents(view, query):
        heads = {head.id: head for head in view.find_heads(ids=batch)}
        texts = view.find_texts(batch) if options.full_text else {}
        for name in batch:
            if name in heads:
                row = _make_document(heads[name])
                yield TextRow(**msgspec.structs.asdict(row), text=texts.get(name, "")) if options.full_text else row


def _make_document(head: DocumentHead) -> DocumentRow:
    return DocumentRow(
        document_id=head.id,
        address=head.address,
        title=head.title,
        publisher=head.publisher,
        publisher_name=head.publisher_name,
        family=head.family,
        state=head.state,
        published=word_published(head.published),
        published_known_by=head.published.known_by if head.published else None,
        published_day=read_date(head.day),
        credit=head.credit,
        genre=head.genre.value,
        language=head.language,
        characters=head.characters,
        recorded=read_instant(head.recorded),
        copy_of=head.origin,
        previous=head.previous,
        superseded=head.superseded,
    )


TABLES: tuple[Table, ...] = (
    Table("claims", ClaimRow, make_claims),
    Table("events", EventRow, make_events),
    Table("figures", FigureRow, make_figures),
    Table("sources", SourceRow, make_sources),
    Table("links", LinkRow, make_links),
    Table("documents", DocumentRow, make_documents, TextRow),
)


def read_date(day: str | None) -> date | None:
    """Read a day of the record; None where there is none, or where it is not known to the day."""
    return date.fromisoformat(day[:10]) if day is not None and len(day) >= 10 else None


def read_instant(instant: str) -> datetime:
    """Read an instant of the record, in UTC."""
    return datetime.fromisoformat(instant)


def word_instant(instant: str) -> str:
    """Write an instant of the record to the second, as RFC 3339."""
    return instant[:19] + "Z"


def name_voices(event: Event) -> dict[str, str]:
    """Return how each voice of an event is shown, by its name."""
    return {voice.name: name_voice(voice) for voice in event.voices}
