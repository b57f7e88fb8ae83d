"""ninjs 3.0 (IPTC News in JSON): one composite item, whose associations are the events, with excerpts as bodies."""

from collections.abc import Iterator, Mapping
from typing import IO, Any

import msgspec

from reportedly.records.query import ClaimQuery
from reportedly.store.base import View
from reportedly.write.atom import summarise
from reportedly.write.excerpts import make_excerpt
from reportedly.write.gather import Told, gather_documents, gather_events, name_voice
from reportedly.write.parties import Parties, open_parties
from reportedly.write.places import round_degrees
from reportedly.write.tables import word_instant
from reportedly.write.tally import ExportOptions, TableWriter, Tally

_STANDARD = {"name": "ninjs", "version": "3.0", "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_3.0.json"}
_TERMS = "Excerpts of reports are quoted with their outlets; rights in the reports stay with their owners."


def write_ninjs(view: View, query: ClaimQuery, options: ExportOptions, out: IO[bytes]) -> Tally:
    """Write one ninjs object; with whole texts, the reports follow the events as items of their own."""
    tally = Tally()
    parties = open_parties()
    head = {
        "uri": "urn:reportedly:events",
        "standard": _STANDARD,
        "type": "composite",
        "language": "en",
        "title": "Events that reports tell of",
        "usageTerms": _TERMS,
    }
    out.write(msgspec.json.encode(head)[:-1] + b',"associations":[')
    for item in _make_items(view, query, options, parties, tally):
        out.write((b",\n" if tally.written else b"\n") + msgspec.json.encode(item))
        tally.written += 1
    out.write(b"\n]}\n")
    return tally


WRITERS: Mapping[str, TableWriter] = {"events.ninjs.json": write_ninjs}


def _make_items(
    view: View, query: ClaimQuery, options: ExportOptions, parties: Parties, tally: Tally
) -> Iterator[dict[str, Any]]:
    for told in gather_events(view, query, tally):
        yield make_item(told, parties)
    if options.full_text:
        for documents in gather_documents(view, query):
            yield from _make_reports(view, documents)


def make_item(told: Told, parties: Parties) -> dict[str, Any]:
    """Make the item of one event: what is told of it, by whom, and the sentences that show it."""
    event = told.event
    sides = [party for side in parties.read_sides(told) for party in side if party.code is not None]
    words = ". ".join(summarise(told)) + "."
    item: dict[str, Any] = {
        "name": event.title,
        "uri": f"urn:reportedly:event:{event.id}",
        "type": "text",
        "representationType": "partial",
        "profile": "event",
        "firstCreated": word_instant(min(claim.recorded for claim in told.claims)),
        "versionCreated": word_instant(max(claim.recorded for claim in told.claims)),
        "pubStatus": "canceled" if event.retracted else "usable",
        "language": told.best.document.language,
        "title": event.title,
        "headlines": [{"role": "main", "value": event.title}],
        "descriptions": [{"role": "summary", "contentType": "text/plain", "value": words}],
        "bodies": [_make_body(told)],
        "subjects": [
            {"name": event.type.value, "rel": "type", "uri": f"urn:reportedly:type:{event.type.value}"},
            *({"name": mode, "rel": "mode", "uri": f"urn:reportedly:mode:{mode}"} for mode in event.modes),
            *({"name": name, "rel": "context", "uri": f"urn:reportedly:context:{name}"} for name in event.contexts),
            *(
                {"name": status.value, "rel": "status", "uri": f"urn:reportedly:status:{status.value}"}
                for status in event.statuses
            ),
        ],
        "organisations": [{"name": party.name, "rel": "party", "literal": party.code or ""} for party in sides],
        "infoSources": [
            *({"name": name_voice(voice), "role": "urn:reportedly:role:voice"} for voice in event.voices),
            *({"name": name, "role": "urn:reportedly:role:outlet"} for name in told.outlets),
        ],
    }
    if event.place is not None:
        item["places"] = [
            {
                "name": event.place.name,
                "rel": "eventplace",
                "literal": event.place.id,
                "geojson": {
                    "type": "Point",
                    "coordinates": [
                        round_degrees(event.place.longitude, event.place.radius_km),
                        round_degrees(event.place.latitude, event.place.radius_km),
                    ],
                },
            }
        ]
    return item


def _make_body(told: Told) -> dict[str, Any]:
    """The sentences, one a paragraph, each with status, outlet and day; those of copies are left out."""
    originals = [stored for stored in told.claims if stored.document.origin is None] or list(told.claims)
    paragraphs = [
        f"“{make_excerpt(stored).text}” ({stored.claim.status.value.value}; "
        f"{stored.document.publisher_name or stored.document.publisher or 'outlet not known'}, "
        f"{stored.document.day or 'undated'})"
        for stored in originals
    ]
    text = "\n\n".join(dict.fromkeys(paragraphs))
    return {"role": "excerpts", "contentType": "text/plain", "charCount": len(text), "value": text}


def _make_reports(view: View, documents: list[str]) -> Iterator[dict[str, Any]]:
    texts = view.find_texts(documents)
    heads = {head.id: head for head in view.find_heads(ids=documents)}
    for name in documents:
        head, text = heads[name], texts[name]
        item = {
            "name": head.title or head.id,
            "uri": f"urn:reportedly:document:{head.id}",
            "type": "text",
            "representationType": "full",
            "profile": "report",
            "versionCreated": word_instant(head.recorded),
            "language": head.language,
            "bodies": [{"role": "main", "contentType": "text/plain", "charCount": len(text), "value": text}],
        }
        outlet = head.publisher_name or head.publisher
        if outlet:
            item["copyrightHolder"] = outlet
            item["infoSources"] = [{"name": outlet, "role": "urn:reportedly:role:outlet"}]
        if head.title:
            item["headlines"] = [{"role": "main", "value": head.title}]
        yield item
