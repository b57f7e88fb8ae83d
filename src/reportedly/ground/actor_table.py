"""Who is who: tables of states, offices, leaders, bodies, groups and publishers, and which row fits a report."""

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple, TypeVar, cast

from reportedly.config import Settings
from reportedly.ground.names import Found, NameIndex, Word, covers_day, read_table, split_cell, split_words
from reportedly.ground.publishers import ALLOWED as PUBLISHER_ALLOWED
from reportedly.ground.publishers import NEEDED as PUBLISHER_NEEDED
from reportedly.records.document import Document

T = TypeVar("T")

TABLES = ("leaders.csv", "armed_groups.csv", "bodies.csv", "offices.csv", "countries.csv")
NEEDED = ("code", "kind", "name")
ALLOWED = ("aliases", "country", "start", "end")

LAND = frozenset({"country", "people", "capital", "region"})
PERSONS = frozenset(
    "head_of_state head_of_government foreign_minister defence_minister other "
    "body_head rebel_leader opposition_leader".split()
)
ARMED = frozenset({"rebels", "militants", "cartel", "paramilitary", "separatist"})
BODIES = frozenset({"un", "eu", "alliance", "body", "court", "coalition"})

_FAMILY_FIRST = frozenset({"CHN", "TWN", "KOR", "PRK", "VNM", "KHM"})
_TWO_SURNAMES = frozenset("MEX GTM HND SLV NIC CRI PAN CUB DOM VEN COL ECU PER BOL ARG CHL URY PRY ESP".split())
_PARTICLES = frozenset({"al", "el", "bin", "ben", "von", "der", "van", "de", "la", "del", "da", "di", "le", "abu"})


class Entry(NamedTuple):
    """One row of a table, or the surname of one.

    Attributes:
        code: What the row says: ``VEN``, ``USA/MIL``, ``UNO``, ``Hamas``.
        kind: ``country``, ``office``, ``head_of_state``, ``rebels`` …
        name: Name to show.
        country: Home of a group or publisher; for others the part of the code before the slash, where it is a state's.
        start: First day of the term, as far as known (``2024``, ``2024-05-01``); None is open.
        end: Last day of the term; None is open.
        surname: True for a leader found by surname alone.
    """

    code: str
    kind: str
    name: str
    country: str | None
    start: str | None = None
    end: str | None = None
    surname: bool = False

    def holds_on(self, day: str | None) -> bool:
        """Say whether the row holds on a day; an unknown day always does."""
        return covers_day(self.start, self.end, day)


class Mention(NamedTuple):
    """A name that stands in a document.

    Attributes:
        start: Its offset.
        entry: The row it stands for, by itself.
        located: Whether it says where something is ("in southern Lebanon", "near Goma, North Kivu").
    """

    start: int
    entry: Entry
    located: bool


class ActorWords(NamedTuple):
    """The lists of ``actor_words.toml``."""

    sectors: Mapping[str, str]
    lists: Mapping[str, frozenset[str]]


class ActorTable:
    """Names of actors to rows, with what is remembered of the documents at hand.

    Attributes:
        index: Names to rows.
        words: Lists of head words.
        adjectives: Country code to its adjective ("Syrian"), for groups named by state and head word.
        alpha3: ISO 3166 alpha-2, as the gazetteer has it, to alpha-3.
        listed: Every word of the lists but first names and facilities: what is no name though it may be written with
            a capital.
    """

    def __init__(
        self, index: NameIndex[Entry], words: ActorWords, adjectives: Mapping[str, str], alpha3: Mapping[str, str]
    ) -> None:
        self.index = index
        self.words = words
        self.adjectives = adjectives
        self.alpha3 = alpha3
        self.listed: frozenset[str] = frozenset().union(
            words.sectors, *(keys for name, keys in words.lists.items() if name not in ("first_names", "facilities"))
        )
        self._at_hand: Document | None = None
        self._known: dict[tuple[object, ...], object] = {}

    def count_countries(self, document: Document) -> dict[str, int]:
        """Count the words of a document that name each state, its people, places, offices and leaders."""
        return self._count(document)[0]

    def find_mentions(self, document: Document) -> tuple[Mention, ...]:
        """Return the names in a document that stand for one state, body or group, in order."""
        return self._count(document)[1]

    def _count(self, document: Document) -> tuple[dict[str, int], tuple[Mention, ...]]:
        return self.recall(document, ("mentions",), lambda: _read_mentions(self, document))

    def read_words(self, document: Document) -> tuple[list[Word], list[Found[Entry]]]:
        """Return the words of a whole document and the names of the tables in them."""

        def read() -> tuple[list[Word], list[Found[Entry]]]:
            words = split_words(document.text)
            return words, self.index.find_all(words)

        return self.recall(document, ("words",), read)

    def recall(self, document: Document, key: tuple[object, ...], make: Callable[[], T]) -> T:
        """Return what ``make`` gives, made once for each key while one document is at hand.

        The next document clears the memory: an id would not do as a key, since a text that is read again with another
        publication time meets other terms of office.
        """
        if self._at_hand is not document:
            self._at_hand = document
            self._known.clear()
        if key not in self._known:
            self._known[key] = make()
        return cast(T, self._known[key])


def open_words() -> ActorWords:
    """Read the lists of head words that ship."""
    text = files("reportedly.ground").joinpath("data", "actor_words.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    sectors = {word: sector for sector, words in table.pop("sectors").items() for word in words.split()}
    return ActorWords(sectors, {name: frozenset(words.split()) for name, words in table.items()})


def open_actors(settings: Settings) -> ActorTable:
    """Read the tables that ship and the user's own.

    The user's rows come first: where a name stands in both, theirs is taken.

    Args:
        settings: ``actors`` names the user's CSV file: columns code, kind and name, and where they are known aliases
            (``A|B``), country, start and end, and alpha2, under which the user's places name a state of the user's.
            ``publishers`` names the file of the user's own outlets.

    Raises:
        ConfigError: the user's file cannot be read or a line of it is wrong; the message names file and line.
    """
    index: NameIndex[Entry] = NameIndex()
    adjectives: dict[str, str] = {}
    tables: list[Path | str] = [*TABLES] if settings.actors is None else [settings.actors, *TABLES]
    rows = [row.cells for where in tables for row in read_table(where, NEEDED, (*ALLOWED, "alpha2"))]
    for cells in rows:
        if cells["kind"] == "people":
            adjectives.setdefault(cells["code"], cells["name"])
        entry = _read_entry(cells)
        for name in (cells["name"], *split_cell(cells.get("aliases"))):
            index.add(name, entry)
    for cells in rows:
        if cells["kind"] in PERSONS:
            entry = _read_entry(cells)._replace(surname=True)
            for surname in find_surnames(cells["name"], cells["code"]):
                index.add(surname, entry)
    _add_publishers(index, settings)
    codes = read_table("country_codes.csv", ("code", "alpha2"), ())
    alpha3 = {row.cells["alpha2"]: row.cells["code"] for row in codes}
    alpha3 |= {cells["alpha2"].upper(): cells["code"] for cells in rows if cells.get("alpha2")}
    return ActorTable(index, open_words(), adjectives, alpha3)


def _add_publishers(index: NameIndex[Entry], settings: Settings) -> None:
    """Take in the outlets of the user's own file and those that ship."""
    tables: list[Path | str] = ["publishers.csv"]
    if settings.publishers is not None:
        tables.insert(0, settings.publishers)
    for where in tables:
        for row in read_table(where, PUBLISHER_NEEDED, PUBLISHER_ALLOWED):
            cells = row.cells
            entry = Entry(cells["name"], "publisher", cells["name"], cells.get("country") or None)
            for name in (cells["name"], *split_cell(cells.get("aliases"))):
                index.add(name, entry)


def _read_entry(cells: Mapping[str, str]) -> Entry:
    code = cells["code"]
    state = code.partition("/")[0]
    home = state if len(state) == 3 and state.isupper() and cells["kind"] not in ARMED | BODIES else None
    return Entry(
        code,
        cells["kind"],
        cells["name"],
        cells.get("country") or home,
        cells.get("start") or None,
        cells.get("end") or None,
    )


def find_surnames(name: str, code: str) -> list[str]:
    """Return what a leader is called without a first name; empty for single names and reigning names.

    Chinese, Korean, Vietnamese and Khmer names start with the family's; Spanish ones end with two as a rule, the first
    of which may stand alone; particles belong to what follows ("al-Assad", "von der Leyen").
    """
    parts = name.split()
    if len(parts) < 2 or parts[-1].strip("I") in ("", "V", "X", "Jr.") or parts[0] in ("King", "Pope", "Emperor"):
        return [parts[-2]] if len(parts) > 2 and parts[-1] == "Jr." else []
    if code in _FAMILY_FIRST:
        return [parts[0]]
    at = len(parts) - 1
    while at > 1 and parts[at - 1].lower() in _PARTICLES:
        at -= 1
    surnames = [" ".join(parts[at:])]
    if parts[-1].lower().startswith(("al-", "el-")):
        surnames.append(parts[-1][3:])
    if at < len(parts) - 1 and parts[at].lower() in ("al", "el"):
        surnames.append(parts[-1])
    if code in _TWO_SURNAMES and len(parts) > 2 and at == len(parts) - 1 and parts[-2][-1] != ".":
        surnames.append(" ".join(parts[-2:]))
        if len(parts) > 3:
            surnames.append(parts[-2])
    return surnames


def _read_mentions(table: ActorTable, document: Document) -> tuple[dict[str, int], tuple[Mention, ...]]:
    counts: dict[str, int] = {}
    mentions: list[Mention] = []
    words, names = table.read_words(document)
    for found in names:
        entry = found.entries[0]
        if len({other.code.partition("/")[0] for other in found.entries}) != 1 or entry.surname:
            continue
        if is_person_name(table, words, found):
            continue
        if entry.country is not None and entry.kind != "publisher":
            counts[entry.country] = counts.get(entry.country, 0) + 1
        located = entry.kind in LAND and entry.kind != "people" and _is_located(table, words, found.first)
        mentions.append(Mention(words[found.first].start, entry, located))
    for text in (document.title or "", document.dateline.place if document.dateline else ""):
        for name in table.index.find_all(split_words(text)):
            country = name.entries[0].country
            if country is not None and name.entries[0].kind != "publisher" and not name.entries[0].surname:
                counts[country] = counts.get(country, 0) + 1
    return counts, tuple(mentions)


def _is_located(table: ActorTable, words: Sequence[Word], first: int) -> bool:
    """Say whether a preposition of place stands before a name, other capitalised words, commas and "the" aside."""
    for i in range(first - 1, max(-1, first - 9), -1):
        word = words[i]
        if word.key in table.words.lists["places"] and word.key not in ("of", "from", "for"):
            return True
        light = word.key in table.words.lists["compass"] or word.key in (",", "the", "and", "of")
        if not (light or word.text[:1].isupper()):
            return False
    return False


def is_person_name(table: ActorTable, words: Sequence[Word], found: Found[Entry]) -> bool:
    """Say whether a place name stands in a person's name ("Michael Jordan", "Paris Smith")."""
    if found.entries[0].kind not in LAND or found.last - found.first != 1:
        return False
    word = words[found.first]
    if word.key not in table.words.lists["first_names"] or word.possessive:
        return False
    for at in (found.first - 1, found.last):
        if 0 <= at < len(words):
            near = words[at]
            known = near.key in table.words.sectors or near.key in table.words.lists["roles"]
            capital = near.text[:1].isupper() and not near.text.isupper() and near.key not in _STARTS
            beside = near.end + 1 == word.start or word.end + 1 == near.start
            if capital and beside and not known and not near.possessive and not is_full_name(table, words, at):
                return True
    return False


def is_full_name(table: ActorTable, words: Sequence[Word], at: int) -> bool:
    """Say whether a name of the tables, surnames aside, starts at a word."""
    found = table.index.find(words, at)
    return found is not None and not all(entry.surname for entry in found.entries)


_STARTS = frozenset("the in from to a an and but for with on at of if as by its his her their our this that".split())


def choose_entry(
    entries: Iterable[Entry], document: Document, table: ActorTable, beside: Iterable[str] = ()
) -> tuple[Entry, float]:
    """Choose the row that a name stands for in a document, and say how surely.

    Rows that hold on the day of publication go first, then those whose state stands beside the name in the phrase or
    is named in the document, then those that ended last, then the order of the tables.

    Args:
        entries: Rows of that name, one or more.
        document: Where it stands.
        table: Who is who.
        beside: Codes of states named in the same phrase.
    """
    choice = list(entries)
    if len(choice) == 1:
        return choice[0], 0.95 if not choice[0].surname else 0.7
    day = document.published.time[:10] if document.published else None
    counts = table.count_countries(document)
    near = set(beside)

    def rank(item: tuple[int, Entry]) -> tuple[object, ...]:
        position, entry = item
        return (
            entry.surname,
            entry.country not in near,
            not entry.holds_on(day),
            entry.kind not in ("head_of_state", "head_of_government") if entry.kind in PERSONS else False,
            -counts.get(entry.country or "", 0),
            entry.end is not None if day is None else False,
            "" if not entry.end else _flip(entry.end),
            position,
        )

    ranked = sorted(enumerate(choice), key=rank)
    best = ranked[0][1]
    alone = len({entry.code.partition("/")[0] for entry in choice}) == 1
    return best, 0.95 if alone else 0.75


def _flip(day: str) -> str:
    """Turn digits round, so that later days sort first."""
    return day.translate(str.maketrans("0123456789", "9876543210"))
