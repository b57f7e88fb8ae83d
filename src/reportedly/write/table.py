"""CSV: one claim a row, for spreadsheets."""

import csv
import io
import re
from collections.abc import Iterable

from reportedly.records.claim import Claim
from reportedly.records.document import Document
from reportedly.records.grounding import Grounding, PlaceCandidate
from reportedly.records.report import Report
from reportedly.write.places import find_event_place, round_degrees
from reportedly.write.wording import word_published

COLUMNS: tuple[str, ...] = (
    "claim_id",
    "document_id",
    "address",
    "publisher",
    "published",
    "published_known_by",
    "salience",
    "type",
    "modes",
    "contexts",
    "status",
    "stage",
    "condition",
    "hedges",
    "actors",
    "actor_codes",
    "recipients",
    "recipient_codes",
    "sources",
    "source_kinds",
    "anonymous",
    "basis",
    "place",
    "place_id",
    "country",
    "latitude",
    "longitude",
    "radius_km",
    "time",
    "time_start",
    "time_end",
    "time_precision",
    "figures",
    "evidence",
    "sentence",
    "start",
    "end",
)
"""The columns, in order. Several values in a cell are parted by ``; ``; a figure is as in ``word_figure``.
``published`` of a mere lower bound starts with ``>=``."""

_NUMBER = re.compile(r"-\d+(\.\d+)?(e[+-]?\d+)?")


def encode_header() -> str:
    """Return the header row."""
    return _encode([list(COLUMNS)])


def encode_rows(report: Report) -> str:
    """Return the claims of a report as CSV rows (RFC 4180), most salient first; empty where nothing was read."""
    document = report.document
    if document is None:
        return ""
    pairs = zip(report.claims, report.groundings, strict=True)
    return _encode([_make_row(document, claim, grounding) for claim, grounding in pairs])


def _encode(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([[defuse(cell) for cell in row] for row in rows])
    return out.getvalue()


def defuse(cell: str) -> str:
    """Keep a spreadsheet from taking words of a report for a formula."""
    formula = cell[:1] in ("=", "+", "@", "\t", "\r") or (cell[:1] == "-" and _NUMBER.fullmatch(cell) is None)
    return f"'{cell}" if formula else cell


def _make_row(document: Document, claim: Claim, grounding: Grounding) -> list[str]:
    published = document.published
    toponym, place = find_event_place(claim, grounding) or ("", None)
    time = grounding.time
    row = {
        "claim_id": claim.id,
        "document_id": document.id,
        "address": document.address or "",
        "publisher": document.publisher or "",
        "published": word_published(published) or "",
        "published_known_by": "" if published is None else published.known_by,
        "salience": str(claim.salience),
        "type": claim.type.value.value,
        "modes": _join(field.value for field in claim.modes),
        "contexts": _join(field.value for field in claim.contexts),
        "status": claim.status.value.value,
        "stage": claim.stage.value.value if claim.stage else "",
        "condition": claim.condition.value if claim.condition else "",
        "hedges": _join(field.value for field in claim.hedges),
        "actors": _join(field.value for field in claim.actors),
        "actor_codes": _join(code for actor in grounding.actors for code in actor.codes),
        "recipients": _join(field.value for field in claim.recipients),
        "recipient_codes": _join(code for actor in grounding.recipients for code in actor.codes),
        "sources": _join(source.text for source in claim.chain),
        "source_kinds": _join(source.kind.value for source in grounding.sources),
        "anonymous": _join(str(source.anonymous).lower() for source in grounding.sources),
        "basis": claim.basis.value.value if claim.basis else "",
        "place": toponym,
        "time": claim.time.value.text if claim.time else "",
        "time_start": (time.start or "") if time else "",
        "time_end": (time.end or "") if time else "",
        "time_precision": time.precision if time else "",
        "figures": _join(
            word_figure(item.key, item.low, item.high, item.unit, item.scope.value)
            for item in (field.value for field in claim.figures)
        ),
        "evidence": claim.evidence.slice(document.text),
        "sentence": claim.sentence.slice(document.text),
        "start": str(claim.evidence.start),
        "end": str(claim.evidence.end),
        **_locate(place),
    }
    return [row[column] for column in COLUMNS]


def _join(values: Iterable[str]) -> str:
    return "; ".join(" ".join(value.split()) for value in values)


def word_figure(key: str, low: int | None, high: int | None, unit: str | None, scope: str) -> str:
    """Put a figure into a cell: ``killed 13..20 (civilians, series)``; a bound that is open is left out.

    In brackets stand what is counted, where that is told, and the scope, where it is not this event.
    """
    notes = ", ".join(note for note in (unit or "", "" if scope == "this" else scope) if note)
    return f"{key} {'' if low is None else low}..{'' if high is None else high}{f' ({notes})' if notes else ''}"


def _locate(best: PlaceCandidate | None) -> dict[str, str]:
    if best is None:
        return dict.fromkeys(("place_id", "country", "latitude", "longitude", "radius_km"), "")
    return {
        "place_id": best.id,
        "country": best.country or "",
        "latitude": f"{round_degrees(best.latitude, best.radius_km):g}",
        "longitude": f"{round_degrees(best.longitude, best.radius_km):g}",
        "radius_km": f"{best.radius_km:g}",
    }
