"""UCDP GED-shaped: one row an event of deadly violence, in the 49 columns of the Georeferenced Event Dataset.

It is the shape alone: rows are coded by machine, and identifiers of conflicts, dyads and actors are left empty. As
there, an event stands only where a death is told. ``low`` and ``high`` are the lowest and highest figure that still
stands; ``best`` is there only where one figure stands: figures of different voices are never averaged.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import IO

import msgspec

from reportedly.records.claim import Scope
from reportedly.records.event import Event, EventPlace
from reportedly.records.grounding import CalendarInterval
from reportedly.records.ontology import EventType
from reportedly.records.query import ClaimQuery
from reportedly.records.stored import DocumentHead
from reportedly.store.base import View
from reportedly.write.csv_tables import write_row
from reportedly.write.gather import Told, gather_happened, name_voice
from reportedly.write.gdelt import number_id
from reportedly.write.parties import Parties, Party, open_parties
from reportedly.write.places import find_event_place, round_degrees
from reportedly.write.tally import ExportOptions, TableWriter, Tally

COLUMNS: tuple[str, ...] = tuple(
    (
        "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name "
        "dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b "
        "number_of_sources source_article source_office source_date source_headline source_original where_prec "
        "where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id "
        "region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best "
        "high low gwnoa gwnob"
    ).split()
)
DEATHLESS = "events of which no death is told"
UNDATED = "events not known to the year"
_CIVILIANS = frozenset("civilian civilians resident residents villager villagers child children".split())
_ARMED = frozenset({"MIL", "COP", "GOV", ""})
_CELL_DEGREES = 0.5


class Deaths(msgspec.Struct, frozen=True):
    """Lowest and highest figure that stands (None is open), and the one figure where there is no other."""

    low: int | None
    high: int | None
    best: int | None


def write_ucdp(view: View, query: ClaimQuery, options: ExportOptions, out: IO[bytes]) -> Tally:
    """Write a header and one row an event."""
    tally = Tally()
    parties = open_parties()
    write_row(out, COLUMNS)
    for told in gather_happened(view, query, options, tally):
        killed = find_deaths(told.event)
        dated = date_event(told.event.interval)
        if killed is None or dated is None:
            tally.left_out[DEATHLESS if killed is None else UNDATED] += 1
            continue
        row = _make_row(told, killed, dated, parties)
        write_row(out, [row.get(column, "") for column in COLUMNS])
        tally.written += 1
    return tally


def find_deaths(event: Event) -> Deaths | None:
    """Return what is said of the deaths of this one event; None where it is no attack, or no death is told."""
    if event.type is not EventType.ASSAULT:
        return None
    told = [item for item in event.figures if item.key == "killed" and item.scope is Scope.THIS]
    lows = [item.low for item in told if item.low is not None]
    highs = [item.high for item in told if item.high is not None]
    if not any(bound > 0 for bound in (*lows, *highs)):
        return None
    low, high = min(lows, default=None), max(highs, default=None)
    # Kinds of people are counted apart: their figures are parts of a whole that nobody gave.
    parts = len({item.unit for item in told if item.unit is not None}) > 1
    if parts or any(item.high is None for item in told):
        high = None
    exact = all(item.low is not None and item.low == item.high for item in told)
    return Deaths(low, high, low if exact and low == high else None)


def date_event(interval: CalendarInterval | None) -> tuple[str, str, int] | None:
    """Return first day, last day and UCDP's precision: 1 a day, 2 to six days, 3 a week, 4 a month, 5 up to a year."""
    if interval is None or interval.start is None or interval.end is None:
        return None
    days = (date.fromisoformat(interval.end) - date.fromisoformat(interval.start)).days + 1
    if days > 366:
        return None
    bounds = ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5))
    return interval.start, interval.end, next(code for longest, code in bounds if days <= longest)


def _make_row(told: Told, killed: Deaths, dated: tuple[str, str, int], parties: Parties) -> dict[str, str]:
    event = told.event
    side_a, side_b = parties.read_sides(told)
    country = parties.countries.find(event.place.country) if event.place else None
    heads = list(told.heads.values())
    start, end, precision = dated
    names = [" and ".join(party.name for party in side) for side in (side_a, side_b)]
    return {
        "id": str(number_id(event.id)),
        "relid": event.id,
        "year": start[:4],
        "type_of_violence": judge_violence(side_a, side_b),
        "dyad_name": " - ".join(names) if all(names) else "",
        "side_a": names[0],
        "side_b": names[1],
        "number_of_sources": str(event.corroboration.publishers),
        "source_article": ";".join(map(_cite, heads)),
        "source_office": ";".join(head.publisher_name or head.publisher or "" for head in heads),
        "source_date": ";".join(head.day or "" for head in heads),
        "source_headline": ";".join(head.title or "" for head in heads),
        "source_original": ";".join(name_voice(voice) for voice in event.voices),
        **_locate(event.place),
        "where_description": _describe(told),
        "country": country.name if country else "",
        "region": country.world if country else "",
        "event_clarity": "2" if event.tension else "1",
        "date_prec": str(precision),
        "date_start": start,
        "date_end": end,
        **_count(killed, _are_civilians(told)),
    }


def _cite(head: DocumentHead) -> str:
    """Cite a report in quotation marks, of which the headline may hold none of its own."""
    words = f"{head.publisher_name or head.publisher or ''},{head.day or ''},{head.title or ''}"
    return '"' + words.replace('"', "'") + '"'


def judge_violence(side_a: Sequence[Party], side_b: Sequence[Party]) -> str:
    """Return 1 for state-based, 2 for non-state, 3 for one-sided violence; empty where the sides do not say."""
    if side_b and all(party.sector == "CVL" for party in side_b):
        return "3" if side_a else ""
    kinds = [_side(side) for side in (side_a, side_b)]
    if "" in kinds:
        return ""
    return "1" if "state" in kinds else "2"


def _side(side: Sequence[Party]) -> str:
    if any(party.kind == "state" and party.sector in _ARMED for party in side):
        return "state"
    return "group" if any(party.kind == "group" or party.sector in ("REB", "CRM") for party in side) else ""


def _locate(place: EventPlace | None) -> dict[str, str]:
    """Where, and UCDP's precision: 1 a town, 3 a district, 4 a province, 5 an area, 6 a country, 7 at sea."""
    if place is None:
        return {"where_prec": ""}
    kinds = {"city": "1", "capital": "1", "place": "1", "admin2": "3", "admin1": "4", "country": "6"}
    latitude = round_degrees(place.latitude, place.radius_km)
    longitude = round_degrees(place.longitude, place.radius_km)
    fits = place.radius_km < 111 * _CELL_DEGREES / 2
    return {
        "where_prec": kinds.get(place.kind, "5" if place.country else "7"),
        "where_coordinates": place.name,
        "adm_1": place.name if place.kind == "admin1" else place.admin or "",
        "adm_2": place.name if place.kind == "admin2" else "",
        "latitude": f"{latitude:g}",
        "longitude": f"{longitude:g}",
        "geom_wkt": f"POINT ({longitude:g} {latitude:g})",
        "priogrid_gid": str(number_cell(latitude, longitude)) if fits else "",
    }


def number_cell(latitude: float, longitude: float) -> int:
    """Return the PRIO-GRID cell: half-degree cells counted eastwards from 180° W, row by row from 90° S, from 1."""
    row = min(int((latitude + 90) / _CELL_DEGREES), 359)
    column = min(int((longitude + 180) / _CELL_DEGREES), 719)
    return row * 720 + column + 1


def _describe(told: Told) -> str:
    """The words of the reports for the place of the event, each once, the first three; empty where it has none."""
    if told.event.place is None:
        return ""
    found = (find_event_place(stored.claim, stored.grounding) for stored in told.claims)
    return "; ".join(list(dict.fromkeys(place[0] for place in found if place))[:3])


def _are_civilians(told: Told) -> bool:
    """Whether every figure of the dead counts civilians and says so."""
    units = [
        (field.value.unit or "").lower()
        for stored in told.claims
        for field in stored.claim.figures
        if field.value.key == "killed"
    ]
    return bool(units) and all(_CIVILIANS & set(unit.split()) for unit in units)


def _count(killed: Deaths, civilians: bool) -> dict[str, str]:
    """Deaths; the parts add up to ``best`` and are empty with it."""
    cells = {"low": _word(killed.low), "high": _word(killed.high)}
    if killed.best is None:
        return cells
    best = str(killed.best)
    part, other = ("deaths_civilians", "deaths_unknown") if civilians else ("deaths_unknown", "deaths_civilians")
    return {**cells, "best": best, "deaths_a": "0", "deaths_b": "0", part: best, other: "0"}


def _word(bound: int | None) -> str:
    return "" if bound is None else str(bound)


WRITERS: Mapping[str, TableWriter] = {"ucdp.csv": write_ucdp}
