"""ACLED-shaped: one row an event, in the columns of its public export.

It is the shape alone: rows are coded by machine from reports, not by ACLED's researchers. As there, an event stands
only where it took place, is of a type in its scope, and is known at least to the month.
"""

import csv
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from importlib.resources import files
from typing import IO

import msgspec

from reportedly.records.claim import Scope
from reportedly.records.event import Event, EventPlace
from reportedly.records.grounding import CalendarInterval
from reportedly.records.query import ClaimQuery
from reportedly.store.base import View
from reportedly.write.csv_tables import write_row
from reportedly.write.excerpts import make_excerpt
from reportedly.write.gather import Told, gather_happened
from reportedly.write.gdelt import number_id
from reportedly.write.parties import Parties, Party, open_parties, pick_status
from reportedly.write.places import round_degrees
from reportedly.write.tally import ExportOptions, TableWriter, Tally
from reportedly.write.wording import name_count

COLUMNS: tuple[str, ...] = tuple(
    (
        "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 "
        "inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 "
        "location latitude longitude geo_precision source source_scale notes fatalities tags timestamp"
    ).split()
)
UNDATED = "events not known to the month, which ACLED does not date"
OUT_OF_SCOPE = "events of types outside the scope of ACLED (talks, statements, aid …)"
_KINDS = (
    "State forces",
    "Rebel group",
    "Political militia",
    "Identity militia",
    "Rioters",
    "Protesters",
    "External/Other forces",
    "Civilians",
)
"""Kinds of actor in the order of ACLED's pairs, which do not say who acts ("External/Other forces-Civilians")."""
_TOWNS = frozenset({"city", "capital", "place"})


class _Rule(msgspec.Struct, frozen=True):
    type: str
    mode: str
    civilians: str
    disorder_type: str
    event_type: str
    sub_event_type: str


def write_acled(view: View, query: ClaimQuery, options: ExportOptions, out: IO[bytes]) -> Tally:
    """Write a header and one row an event."""
    tally = Tally()
    parties, rules = open_parties(), _open_rules()
    write_row(out, COLUMNS)
    for told in gather_happened(view, query, options, tally):
        actors, recipients = parties.read_sides(told)
        rule = _find_rule(rules, told.event, recipients)
        dated = date_event(told.event.interval)
        if rule is None or dated is None:
            tally.left_out[OUT_OF_SCOPE if rule is None else UNDATED] += 1
            continue
        row = _make_row(told, rule, dated, actors, recipients, parties)
        write_row(out, [row.get(column, "") for column in COLUMNS])
        tally.written += 1
    return tally


def _open_rules() -> list[_Rule]:
    text = files("reportedly.write").joinpath("data/acled.csv").read_text(encoding="utf-8")
    return [_Rule(**row) for row in csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))]


def _find_rule(rules: Sequence[_Rule], event: Event, recipients: Sequence[Party]) -> _Rule | None:
    civilians = bool(recipients) and all(_is_civilian(party) for party in recipients)
    return next(
        (
            rule
            for mode in [*event.modes, ""]
            for rule in rules
            if rule.type == event.type.value and rule.mode == mode and (civilians or not rule.civilians)
        ),
        None,
    )


def _is_civilian(party: Party) -> bool:
    return party.sector in ("CVL", "MED", "BUS")


def date_event(interval: CalendarInterval | None) -> tuple[str, int] | None:
    """Return the first day and ACLED's precision: 1 a day, 2 a week, 3 a month; None where it is wider."""
    if interval is None or interval.start is None or interval.end is None:
        return None
    days = (date.fromisoformat(interval.end) - date.fromisoformat(interval.start)).days + 1
    if days > 31:
        return None
    return interval.start, 1 if days == 1 else 2 if days <= 7 else 3


def _make_row(
    told: Told,
    rule: _Rule,
    dated: tuple[str, int],
    actors: tuple[Party, ...],
    recipients: tuple[Party, ...],
    parties: Parties,
) -> dict[str, str]:
    event = told.event
    country = parties.countries.find(event.place.country) if event.place else None
    demonstration = rule.event_type in ("Protests", "Riots")
    crowd = {"Protests": "Protesters", "Riots": "Rioters"}.get(rule.event_type)
    inter1 = _word_kind(actors[:1], parties, country.code if country else None, crowd)
    inter2 = _word_kind(recipients[:1], parties, country.code if country else None, None)
    if demonstration and event.type.value == "ASSAULT":
        inter1, inter2 = _word_kind(actors[:1], parties, country.code if country else None, None), crowd or inter2
    day, precision = dated
    return {
        "event_id_cnty": f"{country.code if country else 'XXX'}{number_id(event.id)}",
        "event_date": day,
        "year": day[:4],
        "time_precision": str(precision),
        "disorder_type": rule.disorder_type,
        "event_type": rule.event_type,
        "sub_event_type": rule.sub_event_type,
        "actor1": actors[0].name if actors else "",
        "assoc_actor_1": "; ".join(party.name for party in actors[1:]),
        "inter1": inter1,
        "actor2": recipients[0].name if recipients else "",
        "assoc_actor_2": "; ".join(party.name for party in recipients[1:]),
        "inter2": inter2,
        "interaction": pair_kinds(inter1, inter2 if inter2 or recipients or event.recipients else None),
        "civilian_targeting": "Civilian targeting" if recipients and _is_civilian(recipients[0]) else "",
        "iso": country.numeric.lstrip("0") if country else "",
        "region": country.region if country else "",
        "country": country.name if country else "",
        **_locate(event.place),
        "source": "; ".join(told.outlets),
        "notes": make_excerpt(told.best).text,
        "fatalities": _count_deaths(event),
        "tags": _tag(told),
        "timestamp": str(int(datetime.fromisoformat(max(claim.recorded for claim in told.claims)).timestamp())),
    }


def _word_kind(side: Sequence[Party], parties: Parties, here: str | None, crowd: str | None) -> str:
    """Name the kind of actor; forces of another state are external. Empty where our codes do not say."""
    if crowd is not None:
        return crowd
    if not side:
        return ""
    party = side[0]
    if party.kind == "state":
        kind = parties.sectors.get(party.sector, ("", "State forces"))[1]
        abroad = here is not None and party.country is not None and party.country.code != here
        return "External/Other forces" if abroad and kind == "State forces" else kind
    if party.kind == "group":
        return parties.group_kinds.get(party.group, ("",))[0]
    return "External/Other forces" if party.code in parties.bodies else ""


def pair_kinds(one: str, other: str | None) -> str:
    """Name an interaction as ACLED does: two kinds in a fixed order, one alone with "only"; empty where one is unknown.

    Args:
        one: Kind of the first side; empty where our codes do not say.
        other: Kind of the second side; None where there is no second side.
    """
    if other is None:
        return f"{one} only" if one else ""
    return "-".join(sorted((one, other), key=_KINDS.index)) if one and other else ""


def _locate(place: EventPlace | None) -> dict[str, str]:
    """Where; precision 1 a town, 2 a part of a region, 3 a region or more."""
    if place is None:
        return {}
    return {
        "admin1": place.name if place.kind == "admin1" else place.admin or "",
        "location": place.name,
        "latitude": f"{round_degrees(place.latitude, place.radius_km):g}",
        "longitude": f"{round_degrees(place.longitude, place.radius_km):g}",
        "geo_precision": "1" if place.kind in _TOWNS else "2" if place.kind == "admin2" else "3",
    }


def _count_deaths(event: Event) -> str:
    """The one figure that stands for this event; empty where none does, or several, or only a bound: never a guess."""
    killed = [item for item in event.figures if item.key == "killed" and item.scope is Scope.THIS]
    stands = [item for item in killed if item.low is not None and item.low == item.high]
    return str(stands[0].low) if len(killed) == 1 and stands else ""


def _tag(told: Told) -> str:
    tags = [f"status={pick_status(told, happened=True).value}"]
    for item in told.event.figures:
        if item.key == "killed":
            low, high = ("" if bound is None else str(bound) for bound in (item.low, item.high))
            tags.append(f"{name_count('killed', item.unit)} {item.scope.value}={low}..{high}")
    if told.event.tension:
        tags.append("in tension")
    return "; ".join(tags)


WRITERS: Mapping[str, TableWriter] = {"acled.csv": write_acled}
