"""Actor mentions taken apart: their words, the names in them, the actors that stand side by side, their head words."""

from collections.abc import Sequence
from typing import NamedTuple

from reportedly.ground.actor_table import (
    LAND,
    ActorTable,
    Entry,
    choose_entry,
    is_full_name,
    is_person_name,
)
from reportedly.ground.groups import name_groups
from reportedly.ground.names import Found, Word, fold, split_words
from reportedly.records.document import Document

LONGEST = 60
"""Words of a mention that are read."""
DETERMINERS = frozenset({"the", "a", "an", "its", "his", "her", "their", "former"})
_AND = frozenset({"and", "or", "plus", "alongside"})
_STOPS = frozenset({"who", "which", "that", "whose", "whom", "where", "when", "(", "[", ":", ";", '"', "“"})


class Name(NamedTuple):
    """A name found in a phrase, with the row it stands for."""

    first: int
    last: int
    entry: Entry
    score: float


class Part(NamedTuple):
    """One of the actors that a phrase names side by side: words ``first`` up to ``last``."""

    first: int
    last: int


class Phrase(NamedTuple):
    """A mention taken apart."""

    words: list[Word]
    names: list[Name]
    parts: list[Part]


def read_phrase(text: str, document: Document, table: ActorTable) -> Phrase:
    """Take a phrase apart: its words, the names in it, the actors that stand side by side."""
    words = split_words(text)[:LONGEST]
    for i, word in enumerate(words):
        if i and word.key in _STOPS and not (word.key == "(" and ")" in {w.key for w in words[i:]}):
            words = words[:i]
            break
    words = _drop_quantity(_drop_brackets(words), table)
    found = name_groups(words, table.index.find_all(words), table)
    found = [name for name in found if not _is_unbound(words, name, table)]
    found = [name for name in found if not is_person_name(table, words, name)]
    sole = [name.entries[0] for name in found if len({entry.code for entry in name.entries}) == 1]
    land = [entry.country for entry in sole if entry.kind in LAND and entry.country]
    names = []
    for name in found:
        entry, score = choose_entry(name.entries, document, table, land)
        if not _is_misread(words, name, entry, table) and (
            not entry.surname or _is_leader(words, name, entry, document, table)
        ):
            names.append(Name(name.first, name.last, entry, score))
    names = _drop_outer_towns(words, names)
    return Phrase(words, names, _split_parts(words, names))


def _drop_brackets(words: Sequence[Word]) -> list[Word]:
    kept, depth = [], 0
    for word in words:
        depth += word.key in "(["
        if not depth:
            kept.append(word)
        depth -= word.key in ")]" and depth > 0
    return kept


def _drop_quantity(words: list[Word], table: ActorTable) -> list[Word]:
    """Leave out what only counts ("dozens of", "at least two members of")."""
    for i in range(min(4, len(words) - 2)):
        if words[i].key in table.words.lists["quantities"] and words[i + 1].key == "of":
            return words[i + 2 :]
    return words


def _is_unbound(words: Sequence[Word], name: Found[Entry], table: ActorTable) -> bool:
    """Say whether a name only tells who is behind or meant ("Iran-backed", "pro-Israel")."""
    lists = table.words.lists
    after = words[name.last] if name.last < len(words) else None
    if after is not None and after.key in lists["unbound"] and (after.joined or after.key in ("backed", "led")):
        return True
    return name.first > 0 and words[name.first].joined and words[name.first - 1].key in lists["against"]


def _is_misread(words: Sequence[Word], name: Found[Entry], entry: Entry, table: ActorTable) -> bool:
    """Say whether the words around a name show that something else is meant.

    A person ("Germán") spelt like a people but for an accent; a bridge, street or rally with a surname or an outlet's
    name; an outlet's name inside a longer name.
    """
    written = words[name.first : name.last]
    if entry.kind == "people" and any(fold(word.text) != word.text.lower() for word in written):
        return True
    after = words[name.last] if name.last < len(words) else None
    if entry.surname and after is not None and not words[name.last - 1].possessive:
        links = after.key in table.words.lists["places"] or after.key in table.words.lists["away"]
        title = after.key in table.words.sectors or after.key in table.words.lists["roles"]
        return not (links or title or after.key in _AND or after.key == ",")
    if entry.kind == "publisher":
        rest = [word for i, word in enumerate(words) if not name.first <= i < name.last]
        press = any(table.words.sectors.get(word.key) == "MED" or word.key in _AND for word in rest)
        return not (press or all(word.key in DETERMINERS for word in rest))
    return False


def _is_leader(words: Sequence[Word], name: Found[Entry], entry: Entry, document: Document, table: ActorTable) -> bool:
    """Say whether a surname is the leader's: the report or the phrase gives the full name or a title, or it is current.

    A surname before or after a further name in capitals belongs to somebody else.
    """
    for beside in (name.first - 1, name.last):
        if 0 <= beside < len(words):
            word = words[beside]
            plain = word.key not in table.words.sectors and word.key not in table.words.lists["titles"]
            plain = plain and word.key not in table.words.lists["roles"] and word.key not in table.words.lists["before"]
            linked = words[max(beside, name.first)].joined
            if word.text[:1].isupper() and plain and not linked and not is_full_name(table, words, beside):
                return False
    if entry.name in document.text:
        return True
    if name.first and words[name.first - 1].key in table.words.lists["titles"]:
        return True
    day = document.published.time[:10] if document.published else None
    return entry.holds_on(day) and entry.kind in ("head_of_state", "head_of_government", "rebel_leader", "body_head")


def _drop_outer_towns(words: Sequence[Word], names: Sequence[Name]) -> list[Name]:
    """Leave out a state's name that is a town's of another ("Lebanon, Ohio")."""
    kept: list[Name] = []
    for name in names:
        one = kept[-1] if kept else None
        if one is not None and _is_outer(words, one, name):
            kept[-1] = name._replace(first=one.first)
        else:
            kept.append(name)
    return kept


def _is_outer(words: Sequence[Word], one: Name, other: Name) -> bool:
    comma = other.first == one.last + 1 and words[one.last].key == ","
    foreign = one.entry.kind in LAND and one.entry.code != other.entry.code
    return comma and foreign and other.entry.kind == "region"


def _split_parts(words: Sequence[Word], names: Sequence[Name]) -> list[Part]:
    """Cut a phrase at "and" and at commas; what follows a comma and a determiner explains what stands before it."""
    inside = {i for name in names for i in range(name.first, name.last)}
    starts = {name.first: name for name in names}
    listed = any(word.key in _AND for i, word in enumerate(words) if i not in inside)
    parts, first = [], 0
    for i, word in enumerate(words):
        if i in inside and not (i in starts and word.joined and i - 1 in inside and i > first):
            continue
        if i in starts and word.joined:
            parts.append(Part(first, i))
            first = i
        elif word.key in _AND or (word.key == "," and (listed or i + 1 in starts)):
            parts.append(Part(first, i))
            first = i + 1
        elif word.key == ",":
            parts.append(Part(first, i))
            if parts[0].first < i and any(name.first < i for name in names):
                return [part for part in parts if part.first < part.last]
            first = i + 1
    parts.append(Part(first, len(words)))
    return [part for part in parts if part.first < part.last]


def find_preposition(words: Sequence[Word], part: Part, inside: set[int], table: ActorTable) -> int:
    """Return where the first preposition of a part stands outside a name; the part's end where there is none."""
    lists = table.words.lists
    for i in range(part.first + 1, part.last):
        if i not in inside and (words[i].key in lists["places"] or words[i].key in lists["away"]):
            return i
    return part.last


def names_facility(words: Sequence[Word], at: int, table: ActorTable) -> bool:
    """Say whether a word ends the name of a hospital, school or the like ("the Selby General Hospital")."""
    if not 0 < at < len(words) or words[at].key not in table.words.lists["facilities"]:
        return False
    before = words[at - 1]
    return words[at].text[:1].isupper() and before.text[:1].isupper() and before.key not in DETERMINERS


def find_sector(words: Sequence[Word], part: Part, inside: set[int], table: ActorTable) -> str | None:
    """Return the sector that the head words of a part give; the last one decides, unless it only names a role."""
    role = None
    for i in range(part.last - 1, part.first - 1, -1):
        key = words[i].key
        if i in inside or names_facility(words, i + 1, table):
            continue
        sector = table.words.sectors.get(key)
        if key in table.words.lists["roles"]:
            role = role or sector or ("GOV" if key in ("leader", "leaders", "chief", "head") else None)
        elif sector is not None:
            return sector
    return role
