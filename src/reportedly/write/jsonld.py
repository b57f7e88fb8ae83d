"""JSON-LD: claims as ``schema.org/Claim``, their events and reports, and a ClaimReview for each verdict of a person.

The context is in the file: nothing is fetched to read it. What schema.org has no word for (status, hedges, counts of
who stands behind an event) is in a vocabulary of our own. No review is made up: a machine's reading is a claim with
its source, a ClaimReview is what a named person decided.
"""

import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import IO, Any

import msgspec

from reportedly.deciding import find_standing
from reportedly.records.claim import Claim
from reportedly.records.decision import Decision, Verdict
from reportedly.records.grounding import GroundedSource, SourceKind, name_source
from reportedly.records.query import ClaimQuery
from reportedly.records.spans import Span
from reportedly.records.stored import DocumentHead, StoredClaim
from reportedly.store.base import View
from reportedly.write.excerpts import make_excerpt, slice_evidence
from reportedly.write.gather import Told, batches, code_parties, gather_events, name_parties
from reportedly.write.places import find_event_place, round_degrees
from reportedly.write.tally import ExportOptions, TableWriter, Tally
from reportedly.write.wording import is_web

_PEOPLE = frozenset({SourceKind.OFFICIAL, SourceKind.EXPERT, SourceKind.WITNESS, SourceKind.PERSON})
_GOVERNMENT = frozenset({SourceKind.GOVERNMENT})
_AROUND = 150
"""Characters of context on either side of the words of a rejected claim."""
_STOP = re.compile(r"(?<=[.!?][ \n])|\n\n")
_RATINGS = {Verdict.ACCEPT: "accepted", Verdict.REJECT: "rejected"}


def write_jsonld(view: View, query: ClaimQuery, options: ExportOptions, out: IO[bytes]) -> Tally:
    """Write one graph: the claims that fit, their events and reports, and the verdicts of people on claims of these.

    A rejected claim is not among the claims; its review carries the words it was read from.
    """
    tally = Tally()
    context = msgspec.json.decode(files("reportedly.write").joinpath("data/context.jsonld").read_bytes())
    out.write(b'{"@context":' + msgspec.json.encode(context) + b',"@graph":[')
    for node in _make_nodes(view, query, options, tally):
        out.write((b",\n" if tally.written else b"\n") + msgspec.json.encode(node))
        tally.written += 1
    out.write(b"\n]}\n")
    return tally


WRITERS: Mapping[str, TableWriter] = {"claims.jsonld": write_jsonld}


def _make_nodes(view: View, query: ClaimQuery, options: ExportOptions, tally: Tally) -> Iterator[dict[str, Any]]:
    documents: dict[str, None] = {}
    for stored in view.iterate_claims(query):
        documents.setdefault(stored.claim.document_id)
        if stored.document.origin is not None:
            documents.setdefault(stored.document.origin)
        yield make_claim(stored)
    for told in gather_events(view, query, Tally()):
        yield make_event(told)
    for batch in batches(documents):
        texts = view.find_texts(batch) if options.full_text else {}
        for head in view.find_heads(ids=batch):
            yield _make_report(head, texts.get(head.id))
    for decision in find_standing(view.find_decisions()):
        if decision.verdict in _RATINGS:
            yield from _make_reviews(view, decision, documents)


def make_claim(stored: StoredClaim) -> dict[str, Any]:
    """Make the node of one claim."""
    claim, grounding, head = stored.claim, stored.grounding, stored.document
    node: dict[str, Any] = {
        "id": f"urn:reportedly:claim:{claim.id}",
        "type": "Claim",
        "name": " ".join(slice_evidence(stored).split()),
        "text": make_excerpt(stored).text,
        "appearance": _name_document(claim.document_id),
        "firstAppearance": _name_document(head.origin or claim.document_id),
        "author": _make_author(claim, grounding.sources, head),
        "inLanguage": head.language,
        "dateCreated": stored.recorded,
        "status": claim.status.value.value,
        "eventType": claim.type.value.value,
    }
    if head.published is not None and not head.published.not_before:
        node["datePublished"] = head.published.time
    if stored.event is not None:
        node["about"] = f"urn:reportedly:event:{stored.event}"
    lists: dict[str, tuple[Any, ...]] = {
        "mode": tuple(field.value for field in claim.modes),
        "hedge": tuple(field.value for field in claim.hedges),
        "actor": code_parties(grounding.actors),
        "recipient": code_parties(grounding.recipients),
        "figure": tuple(
            _make_figure(item.key, item.unit, item.scope.value, item.low, item.high)
            for item in (field.value for field in claim.figures)
        ),
    }
    found = find_event_place(claim, grounding)
    place = found[1] if found else None
    if place is not None:
        node["location"] = _make_place(place.name, place.country, place.latitude, place.longitude, place.radius_km)
    return node | {name: list(values) for name, values in lists.items() if values}


def _name_document(document_id: str) -> str:
    return f"urn:reportedly:document:{document_id}"


def _make_author(claim: Claim, sources: tuple[GroundedSource, ...], head: DocumentHead) -> dict[str, Any]:
    """The innermost source: who the claim is according to; the outlet where it speaks for itself.

    A private person is named only by what they are.
    """
    if not sources:
        return _make_outlet(head)
    source = sources[-1]
    name = name_source(claim.chain[-1].text, source.kind.value, source.code, anonymous=source.anonymous)
    author: dict[str, Any] = {"type": _pick_type(source), "sourceKind": source.kind.value, "name": name}
    if source.code:
        author["identifier"] = source.code
    if source.anonymous:
        author["anonymous"] = True
    return author


def _pick_type(source: GroundedSource) -> str:
    if source.kind in _GOVERNMENT:
        return "GovernmentOrganization"
    return "Person" if source.kind in _PEOPLE else "Organization"


def _make_outlet(head: DocumentHead) -> dict[str, Any]:
    outlet: dict[str, Any] = {"type": "Organization", "sourceKind": SourceKind.NEWS_OUTLET.value}
    name = head.publisher_name or head.publisher
    return {**outlet, "name": name} if name else outlet


def _make_figure(key: str, unit: str | None, scope: str, low: int | None, high: int | None) -> dict[str, Any]:
    cells = {"key": key, "unit": unit, "scope": scope, "low": low, "high": high}
    return {name: cell for name, cell in cells.items() if cell is not None}


def _make_place(name: str, country: str | None, latitude: float, longitude: float, radius: float) -> dict[str, Any]:
    """A place is a circle; ``geoRadius`` is in metres, as schema.org has it."""
    middle = {
        "type": "GeoCoordinates",
        "latitude": round_degrees(latitude, radius),
        "longitude": round_degrees(longitude, radius),
    }
    place = {
        "type": "Place",
        "name": name,
        "geo": {"type": "GeoCircle", "geoMidpoint": middle, "geoRadius": radius * 1000},
    }
    return {**place, "addressCountry": country} if country else place


def make_event(told: Told) -> dict[str, Any]:
    """Make the node of one event, with who stands behind it as counts."""
    event, counts = told.event, told.event.corroboration
    node: dict[str, Any] = {
        "id": f"urn:reportedly:event:{event.id}",
        "type": "Event",
        "name": event.title,
        "eventType": event.type.value,
        "statuses": [status.value for status in event.statuses],
        "origins": counts.origins,
        "voices": counts.voices,
        "undecidable": counts.undecidable,
        "claims": counts.claims,
    }
    interval = event.interval
    if interval is not None:
        bounds = {"startDate": interval.start, "endDate": interval.end}
        node |= {name: day for name, day in bounds.items() if day is not None}
    place = event.place
    if place is not None:
        node["location"] = _make_place(place.name, place.country, place.latitude, place.longitude, place.radius_km)
    lists: dict[str, list[Any]] = {
        "mode": list(event.modes),
        "actor": list(name_parties(event.actors, told.codes)),
        "recipient": list(name_parties(event.recipients, told.codes)),
        "figure": [_make_figure(item.key, item.unit, item.scope.value, item.low, item.high) for item in event.figures],
    }
    return node | {name: values for name, values in lists.items() if values}


def _make_report(head: DocumentHead, text: str | None) -> dict[str, Any]:
    node: dict[str, Any] = {
        "id": _name_document(head.id),
        "type": "NewsArticle",
        "publisher": _make_outlet(head),
        "inLanguage": head.language,
    }
    if head.title:
        node["headline"] = head.title
    if head.published is not None and not head.published.not_before:
        node["datePublished"] = head.published.time
    if is_web(head.address):
        node["url"] = head.address
    if head.origin is not None:
        node["isBasedOn"] = _name_document(head.origin)
    if text is not None:
        node["articleBody"] = text
    return node


def _make_reviews(view: View, decision: Decision, documents: dict[str, None]) -> Iterator[dict[str, Any]]:
    """A review for each claim that the verdict is about; verdicts on links are none."""
    for anchor in decision.anchors:
        if anchor.claim not in decision.targets or anchor.document not in documents:
            continue
        text = view.find_texts([anchor.document]).get(anchor.document, "")
        yield {
            "id": f"urn:reportedly:review:{decision.id}:{anchor.claim}",
            "type": "ClaimReview",
            "author": {"type": "Person", "name": decision.who},
            "datePublished": decision.at,
            "claimReviewed": _cut_sentence(text, anchor.trigger),
            "itemReviewed": f"urn:reportedly:claim:{anchor.claim}",
            "reviewRating": {"type": "Rating", "alternateName": _RATINGS[decision.verdict]},
            "reviewBody": decision.reason,
        }


def _cut_sentence(text: str, trigger: Span) -> str:
    """Return the words around a trigger, up to the ends of its sentence as full stops show them, and not far."""
    before = _STOP.split(text[max(trigger.start - _AROUND, 0) : trigger.start])[-1]
    after = _STOP.split(text[trigger.end : trigger.end + _AROUND])[0]
    return " ".join((before + trigger.slice(text) + after).split())
