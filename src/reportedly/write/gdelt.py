"""GDELT 2.0: events in 61 columns and mentions in 16, tab-separated, without a header.

Columns are those of the GDELT Event Codebook 2.0. It has no column for a status, so only events that somebody says took
place are written unless all are asked for. It has none for the precision of a date either: a day, a month or a year
stands only where the event is known to the day, the month or the year, and never the day of publication.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from typing import IO

from reportedly.records.claim import Scope
from reportedly.records.event import EventPlace
from reportedly.records.grounding import CalendarInterval
from reportedly.records.ontology import Ontology, open_ontology
from reportedly.records.query import ClaimQuery
from reportedly.records.stored import StoredClaim
from reportedly.store.base import View
from reportedly.write.countries import Countries, Country
from reportedly.write.gather import HAPPENED, Told, gather_happened
from reportedly.write.parties import Parties, Party, open_parties
from reportedly.write.places import round_degrees
from reportedly.write.table import defuse
from reportedly.write.tally import ExportOptions, TableWriter, Tally
from reportedly.write.wording import is_web

_ACTOR = "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code"
_GEO = "Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID"
EVENT_COLUMNS: tuple[str, ...] = (
    *"GlobalEventID Day MonthYear Year FractionDate".split(),
    *(f"Actor{side}{name}" for side in (1, 2) for name in _ACTOR.split()),
    *"IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale".split(),
    *"NumMentions NumSources NumArticles AvgTone".split(),
    *(f"{what}Geo_{name}" for what in ("Actor1", "Actor2", "Action") for name in _GEO.split()),
    *"DATEADDED SOURCEURL".split(),
)
MENTION_COLUMNS: tuple[str, ...] = tuple(
    (
        "GlobalEventID EventTimeDate MentionTimeDate MentionType MentionSourceName MentionIdentifier SentenceID "
        "Actor1CharOffset Actor2CharOffset ActionCharOffset InRawText Confidence MentionDocLen MentionDocTone "
        "MentionDocTranslationInfo Extras"
    ).split()
)
_QUADS = ((5, "1"), (8, "2"), (13, "3"), (20, "4"))
"""Highest CAMEO root of each class: verbal cooperation, material cooperation, verbal conflict, material conflict."""
_WEB, _CITATION = "1", "2"


class Cameo:
    """The crosswalk from our event types to CAMEO."""

    def __init__(self) -> None:
        text = files("reportedly.write").joinpath("data/cameo.csv").read_text(encoding="utf-8")
        rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
        self._codes = {(row["type"], row["mode"], row["context"]): row["code"] for row in rows}

    def find(self, event_type: str, modes: Iterable[str], contexts: Iterable[str]) -> str:
        """Return the code: of the first mode that has one, with the first context that narrows it; else of the type."""
        contexts = list(contexts)
        for mode in [*modes, ""]:
            for context in [*contexts, ""]:
                code = self._codes.get((event_type, mode, context))
                if code is not None:
                    return code
        raise KeyError(event_type)


def write_events(view: View, query: ClaimQuery, options: ExportOptions, out: IO[bytes]) -> Tally:
    """Write one row an event."""
    tally = Tally()
    ontology, parties, cameo = open_ontology(), open_parties(), Cameo()
    for told in gather_happened(view, query, options, tally):
        row = make_event(told, _keep(told, options), ontology, parties, cameo)
        write_cells(out, [row.get(column, "") for column in EVENT_COLUMNS])
        tally.written += 1
    return tally


def write_mentions(view: View, query: ClaimQuery, options: ExportOptions, out: IO[bytes]) -> Tally:
    """Write one row a claim of the events that are written: where a status counts, those that say it took place."""
    tally = Tally()
    for told in gather_happened(view, query, options, tally):
        for row in make_mentions(told.event.id, _keep(told, options)):
            write_cells(out, [row.get(column, "") for column in MENTION_COLUMNS])
            tally.written += 1
    return tally


def _keep(told: Told, options: ExportOptions) -> tuple[StoredClaim, ...]:
    """The claims that say the event took place; all where all statuses are asked for: a denial is no mention of it."""
    return (
        told.claims
        if options.all_status
        else tuple(claim for claim in told.claims if claim.claim.status.value in HAPPENED) or told.claims
    )


def make_event(
    told: Told, claims: Sequence[StoredClaim], ontology: Ontology, parties: Parties, cameo: Cameo
) -> dict[str, str]:
    """Make the cells of one event, counted over ``claims``; columns that are not here are empty."""
    event, best = told.event, told.best
    # A toll of a series is none of this event, and "up to 20 killed" tells of no death.
    killed = any(item.key == "killed" and item.scope is Scope.THIS and (item.low or 0) > 0 for item in event.figures)
    code = cameo.find(event.type.value, event.modes, [*(["killed"] if killed else []), *event.contexts])
    known = [mode for mode in event.modes[:1] if mode in ontology.types[event.type].modes]
    actors, recipients = parties.read_sides(told)
    return {
        "GlobalEventID": str(number_id(event.id)),
        **_date(event.interval),
        **_actor("Actor1", actors, parties),
        **_actor("Actor2", recipients, parties),
        "IsRootEvent": "1" if best.claim.salience == 1 else "0",
        "EventCode": code,
        "EventBaseCode": code[:3],
        "EventRootCode": code[:2],
        "QuadClass": next(quad for highest, quad in _QUADS if int(code[:2]) <= highest),
        "GoldsteinScale": f"{ontology.score(event.type, tuple(known)):g}",
        "NumMentions": str(len(claims)),
        "NumSources": str(len({_name_source(claim) for claim in claims})),
        "NumArticles": str(len({claim.document.id for claim in claims})),
        **_place("Action", event.place, parties.countries),
        "DATEADDED": stamp(min(claim.recorded for claim in claims)),
        "SOURCEURL": best.document.address or "",
    }


def _name_source(stored: StoredClaim) -> str:
    return stored.document.publisher_name or stored.document.publisher or ""


def make_mentions(event_id: str, claims: Sequence[StoredClaim]) -> list[dict[str, str]]:
    """Make the cells of the mentions of one event, in the order of its claims."""
    added = stamp(min(claim.recorded for claim in claims))
    rows = []
    for stored in claims:
        claim, head = stored.claim, stored.document
        actor = claim.actors[0].span if claim.actors else None
        recipient = claim.recipients[0].span if claim.recipients else None
        rows.append(
            {
                "GlobalEventID": str(number_id(event_id)),
                "EventTimeDate": added,
                "MentionTimeDate": stamp(stored.recorded),
                "MentionType": _WEB if is_web(head.address) else _CITATION,
                "MentionSourceName": _name_source(stored),
                "MentionIdentifier": head.address or head.title or head.id,
                "Actor1CharOffset": str(actor.start) if actor else "-1",
                "Actor2CharOffset": str(recipient.start) if recipient else "-1",
                "ActionCharOffset": str(claim.evidence.start),
                "InRawText": "1",
                "Confidence": str(round(100 * min(claim.type.score, 1.0))),
                "MentionDocLen": str(head.characters),
            }
        )
    return rows


def number_id(record_id: str) -> int:
    """Return a positive 63-bit number for an id of ours, the same one every time."""
    return int(record_id[:16], 16) >> 1


def stamp(instant: str) -> str:
    """Write an instant of the record as ``YYYYMMDDHHMMSS``."""
    return "".join(char for char in instant[:19] if char.isdigit())


def _date(interval: CalendarInterval | None) -> dict[str, str]:
    if interval is None or interval.start is None or interval.end is None:
        return {}
    start, end = interval.start, interval.end
    cells = {"Year": start[:4]} if start[:4] == end[:4] else {}
    if start[:7] == end[:7]:
        cells["MonthYear"] = start[:4] + start[5:7]
    if start == end:
        # The codebook's approximation (30 days a month, 365 a year), from January as month 0: so the files have it.
        part = ((int(start[5:7]) - 1) * 30 + int(start[8:10])) / 365
        cells["Day"] = start.replace("-", "")
        cells["FractionDate"] = f"{int(start[:4]) + part:.4f}"
    return cells


def _actor(side: str, sides: tuple[Party, ...], parties: Parties) -> dict[str, str]:
    """The first party of a side: GDELT has room for one."""
    if not sides:
        return {}
    party = sides[0]
    cells = {"Name": party.name.upper()}
    if party.kind == "state" and party.country is not None:
        sector = party.sector if party.sector in parties.sectors else ""
        state = _code_country(party.country)
        cells |= {"Code": state + sector, "CountryCode": state, "Type1Code": sector}
    elif party.kind == "body":
        code, group, _ = parties.bodies.get(party.code or "", ("", "", ""))
        cells |= {"Code": code, "KnownGroupCode": group, "Type1Code": "IGO" if code else ""}
    elif party.kind == "group":
        kind = parties.group_kinds.get(party.group, ("", ""))[1]
        kind = kind if kind in parties.sectors else ""
        home = _code_country(party.country) if party.country else ""
        cells |= {"Code": home + kind, "CountryCode": home, "Type1Code": kind}
    return {side + name: value for name, value in cells.items()}


def _code_country(country: Country) -> str:
    return country.cameo or country.code


def _place(what: str, place: EventPlace | None, countries: Countries) -> dict[str, str]:
    """Where: 1 a country, 2 and 3 a U.S. state and town, 5 and 4 those of other countries; 0 at sea and in areas."""
    if place is None:
        return {f"{what}Geo_Type": "0"}
    country = countries.find(place.country)
    fips = country.fips if country else ""
    home = country is not None and country.code == "USA"
    if country is None:
        kind, parts = "0", [place.name]
    elif place.kind == "country":
        kind, parts = "1", [place.name]
    elif place.kind == "admin1":
        kind, parts = ("2" if home else "5"), [place.name, country.name]
    else:
        kind, parts = ("3" if home else "4"), [place.name, place.admin or "", country.name]
    cells = {
        "Type": kind,
        "FullName": ", ".join(dict.fromkeys(part for part in parts if part)),
        "CountryCode": fips,
        "ADM1Code": fips,
        "Lat": f"{round_degrees(place.latitude, place.radius_km):g}",
        "Long": f"{round_degrees(place.longitude, place.radius_km):g}",
        "FeatureID": fips if kind == "1" else "",
    }
    return {f"{what}Geo_{name}": value for name, value in cells.items()}


def write_cells(out: IO[bytes], cells: list[str]) -> None:
    """Write one line: cells may hold neither a tab nor a line feed, since the format knows no quotation marks.

    Nor is one taken for a formula, by the spreadsheets that open what ends in ``.CSV``.
    """
    out.write(("\t".join(defuse(" ".join(cell.split())) for cell in cells) + "\n").encode("utf-8", "replace"))


WRITERS: Mapping[str, TableWriter] = {"reportedly.export.CSV": write_events, "reportedly.mentions.CSV": write_mentions}
