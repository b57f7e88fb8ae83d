"""POLECAT-shaped: one row an event, in the columns of the POLECAT files, tab-separated, and our status at the end.

Types, modes and contexts are those of PLOVER, which POLECAT uses, too. It has no column for a status: ``Status`` is
ours, and only events that somebody says took place are written unless all are asked for.
"""

import csv
from collections.abc import Mapping, Sequence
from typing import IO

from reportedly.records.event import EventPlace
from reportedly.records.ontology import Ontology, open_ontology
from reportedly.records.query import ClaimQuery
from reportedly.store.base import View
from reportedly.write.csv_tables import write_row
from reportedly.write.gather import Told, gather_happened
from reportedly.write.parties import Parties, Party, open_parties, pick_status
from reportedly.write.places import find_event_place, round_degrees
from reportedly.write.tally import ExportOptions, TableWriter, Tally

COLUMNS: tuple[str, ...] = tuple(
    (
        "Event ID|Event Date|Event Type|Event Mode|Intensity|Quad Code|Contexts|"
        "Actor Name|Actor Country|Actor COW|Primary Actor Sector|Actor Sectors|Actor Title|Actor Name Raw|"
        "Wikipedia Actor ID|Recipient Name|Recipient Country|Recipient COW|Primary Recipient Sector|Recipient Sectors|"
        "Recipient Title|Recipient Name Raw|Wikipedia Recipient ID|Placename|City|District|Province|Country|Latitude|"
        "Longitude|GeoNames ID|Raw Placename|Feature Type|Source|Publication Date|Story People|Story Organizations|"
        "Story Locations|Language|Version|Status"
    ).split("|")
)
_FEATURES = {"country": "PCLI", "admin1": "ADM1", "admin2": "ADM2", "capital": "PPLC", "city": "PPL"}
"""GeoNames feature codes by our kinds of place; areas of our own have none."""


def write_polecat(view: View, query: ClaimQuery, options: ExportOptions, out: IO[bytes]) -> Tally:
    """Write a header and one row an event."""
    tally = Tally()
    ontology, parties = open_ontology(), open_parties()
    _write(out, COLUMNS)
    for told in gather_happened(view, query, options, tally):
        row = _make_row(told, ontology, parties, options)
        _write(out, [row.get(column, "") for column in COLUMNS])
        tally.written += 1
    return tally


def _write(out: IO[bytes], cells: Sequence[str]) -> None:
    write_row(out, [" ".join(cell.split()) for cell in cells], delimiter="\t", quoting=csv.QUOTE_MINIMAL)


def _make_row(told: Told, ontology: Ontology, parties: Parties, options: ExportOptions) -> dict[str, str]:
    event, best = told.event, told.best
    entry = ontology.types[event.type]
    modes = tuple(mode for mode in event.modes[:1] if mode in entry.modes)
    actors, recipients = parties.read_sides(told)
    raw = find_event_place(best.claim, best.grounding) if event.place else None
    interval = event.interval
    whole_day = interval is not None and interval.start is not None and interval.start == interval.end
    return {
        "Event ID": event.id,
        "Event Date": (interval.start or "") if interval is not None and whole_day else "",
        "Event Type": event.type.value,
        "Event Mode": modes[0] if modes else "",
        "Intensity": f"{ontology.score(event.type, modes):g}",
        "Quad Code": entry.quad.upper(),
        "Contexts": "; ".join(event.contexts),
        **_name_side("Actor", actors, parties),
        **_name_side("Recipient", recipients, parties),
        **_locate(event.place, parties),
        "Raw Placename": raw[0] if raw else "",
        "Source": "; ".join(told.outlets),
        "Publication Date": best.document.day or "",
        "Language": best.document.language,
        "Version": best.claim.versions.get("extract", ""),
        "Status": pick_status(told, happened=not options.all_status).value,
    }


def _name_side(side: str, parties: Sequence[Party], tables: Parties) -> dict[str, str]:
    """One side: names and countries of all its parties, in one order; the sector of the first, and all of them."""
    sectors = [_find_sector(party, tables) for party in parties]
    countries = [party.country.code if party.country else "" for party in parties]
    return {
        f"{side} Name": "; ".join(party.name for party in parties),
        f"{side} Country": "; ".join(dict.fromkeys(code for code in countries if code)),
        f"Primary {side} Sector": sectors[0] if sectors else "",
        f"{side} Sectors": "; ".join(dict.fromkeys(sector for sector in sectors if sector)),
    }


def _find_sector(party: Party, tables: Parties) -> str:
    if party.kind == "state":
        return tables.sectors.get(party.sector, ("", "", ""))[2]
    if party.kind == "group":
        return tables.group_kinds.get(party.group, ("", ""))[1]
    return "IGO" if party.code in tables.bodies else ""


def _locate(place: EventPlace | None, parties: Parties) -> dict[str, str]:
    if place is None:
        return {}
    country = parties.countries.find(place.country)
    return {
        "Placename": place.name,
        "City": place.name if place.kind in ("city", "capital", "place") else "",
        "District": place.name if place.kind == "admin2" else "",
        "Province": place.name if place.kind == "admin1" else place.admin or "",
        "Country": country.code if country else "",
        "Latitude": f"{round_degrees(place.latitude, place.radius_km):g}",
        "Longitude": f"{round_degrees(place.longitude, place.radius_km):g}",
        "GeoNames ID": place.id.removeprefix("geonames:") if place.id.startswith("geonames:") else "",
        "Feature Type": _FEATURES.get(place.kind, ""),
    }


WRITERS: Mapping[str, TableWriter] = {"polecat.tsv": write_polecat}
