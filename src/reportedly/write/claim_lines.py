"""JSON Lines of the stored record: one claim, statement, event or document a line, each complete in itself."""

from typing import IO

import msgspec

from reportedly.records.claim import Claim, Statement
from reportedly.records.event import Event
from reportedly.records.grounding import Grounding
from reportedly.records.query import ClaimQuery
from reportedly.records.report import SCHEMA_VERSION
from reportedly.records.stored import DocumentHead
from reportedly.store.base import View
from reportedly.write.excerpts import make_excerpt, shorten
from reportedly.write.gather import batches, gather_events, name_parties, name_voice
from reportedly.write.places import round_place, round_places
from reportedly.write.tables import name_voices
from reportedly.write.tally import ExportOptions, TableWriter, Tally


class StoredClaimLine(msgspec.Struct, frozen=True, tag_field="record", tag="claim"):
    """One claim, its grounding and the sentence that holds it: ``ClaimLine`` with what the store knows beside it.

    Attributes:
        document: The document it was read from, without its text.
        sentence: The text of ``claim.sentence``, cut around the evidence where it is very long; the offsets of the
            claim point into the whole document.
        claim: The claim.
        grounding: Identifiers for its mentions.
        recorded: When it was stored, UTC.
        event: The event it belongs to; null before linking.
        story: The story of its document; null before linking.
        decided: Decisions that changed it.
        schema_version: Of the schema that ``reportedly schema`` prints.
    """

    document: DocumentHead
    sentence: str
    claim: Claim
    grounding: Grounding
    recorded: str
    event: str | None = None
    story: str | None = None
    decided: tuple[str, ...] = ()
    schema_version: str = SCHEMA_VERSION


class StoredStatementLine(msgspec.Struct, frozen=True, tag_field="record", tag="statement"):
    """One statement that is no event, and the words that make it, cut where they are very long."""

    document: DocumentHead
    sentence: str
    statement: Statement
    recorded: str
    schema_version: str = SCHEMA_VERSION


class EventLine(msgspec.Struct, frozen=True, tag_field="record", tag="event"):
    """One event that claims above belong to.

    Its parties, voices, life and figures name private people only by what they are; its title is words of a report, as
    reported.
    """

    event: Event
    schema_version: str = SCHEMA_VERSION


class DocumentLine(msgspec.Struct, frozen=True, tag_field="record", tag="document"):
    """One document with its whole text, where these were asked for."""

    document: DocumentHead
    text: str
    schema_version: str = SCHEMA_VERSION


def write_lines(view: View, query: ClaimQuery, options: ExportOptions, out: IO[bytes]) -> Tally:
    """Write the claims that fit, then the statements of their documents, their events and, if asked for, the texts."""
    tally = Tally()
    documents: dict[str, None] = {}
    for stored in view.iterate_claims(query):
        documents.setdefault(stored.claim.document_id)
        _write(
            out,
            StoredClaimLine(
                stored.document,
                make_excerpt(stored).text,
                stored.claim,
                round_places(stored.grounding),
                stored.recorded,
                stored.event,
                stored.story,
                stored.decided,
            ),
            tally,
        )
    for batch in batches(documents):
        for item in view.find_statements(batch):
            _write(out, StoredStatementLine(item.document, shorten(item.words), item.statement, item.recorded), tally)
    for told in gather_events(view, query, Tally()):
        _write(out, EventLine(hide_names(told.event, told.codes)), tally)
    if options.full_text:
        for batch in batches(documents):
            texts = view.find_texts(batch)
            for head in view.find_heads(ids=batch):
                _write(out, DocumentLine(head, texts[head.id]), tally)
    return tally


def hide_names(event: Event, codes: frozenset[str]) -> Event:
    """Return an event whose lists name private people only by what they are, with coordinates no finer than its place.

    The title stays: it is words of a report.
    """
    names = name_voices(event)
    return msgspec.structs.replace(
        event,
        place=round_place(event.place) if event.place is not None else None,
        actors=name_parties(event.actors, codes),
        recipients=name_parties(event.recipients, codes),
        voices=tuple(msgspec.structs.replace(voice, name=name_voice(voice)) for voice in event.voices),
        life=tuple(msgspec.structs.replace(step, voice=names.get(step.voice, step.voice)) for step in event.life),
        figures=tuple(
            msgspec.structs.replace(
                history,
                readings=tuple(
                    msgspec.structs.replace(reading, voice=names.get(reading.voice, reading.voice))
                    for reading in history.readings
                ),
            )
            for history in event.figures
        ),
    )


def _write(out: IO[bytes], line: msgspec.Struct, tally: Tally) -> None:
    out.write(msgspec.json.encode(line) + b"\n")
    tally.written += 1


WRITERS: dict[str, TableWriter] = {"claims.jsonl": write_lines}
