"""Names that no table holds: groups by their own name, owners nobody knows, names that the report treats as states."""

import itertools
import re
from collections.abc import Sequence

from reportedly.ground.actor_table import LAND, ActorTable, Entry
from reportedly.ground.names import Found, Word, find_whole, split_words
from reportedly.records.document import Document

_DEMONYM = re.compile(r"(?:[ai]n|ese|ish|[tdnlrk]i)$")
_LEVELS = {"front": "militants", "army": "militants", "brigade": "militants", "brigades": "militants"}
_MIN_STATE_CHARS = 4
_PASSED = LAND | {"publisher"}


def name_groups(words: Sequence[Word], found: Sequence[Found[Entry]], table: ActorTable) -> list[Found[Entry]]:
    """Put groups by their own names ("Free Sudmark Front") among the names that tables know.

    A run of capitalised words that ends in a word for a band or party is a group's name, whatever place name stands
    in it, unless it holds nothing but places and words of any army ("the Western Front", "the 4th Brigade"), or a
    table knows a body or group in it. An army is a group's only where its name says what it fights for.

    Args:
        words: The text.
        found: Names that tables know, in order.
        table: Who is who.

    Returns:
        Names in order, those of states inside a group's name left out.
    """
    groups: list[Found[Entry]] = []
    for last in range(1, len(words)):
        if words[last].key not in table.words.lists["bands"] or not words[last].text[:1].isupper():
            continue
        first = _start_run(words, last)
        own = [name for name in found if name.first <= last and name.last > first]
        if any(name.entries[0].kind not in _PASSED and not name.entries[0].surname for name in own):
            continue
        if first < last and _is_group(words, first, last, own, table):
            text = " ".join(word.text for word in words[first : last + 1])
            groups.append(Found(first, last + 1, (_make_entry(text, words[first : last + 1], table),)))
    kept = [name for name in found if not any(g.first < name.last and name.first < g.last for g in groups)]
    return sorted([*kept, *groups], key=lambda name: name.first)


def _start_run(words: Sequence[Word], last: int) -> int:
    first = last
    while first > 0:
        before = words[first - 1]
        if not before.text[:1].isalnum() or before.text[:1].islower() or before.key in ("the", "a", "an", "its"):
            break
        if before.possessive and before.key not in ("people", "lord", "women", "workers"):
            break
        first -= 1
    return first


def _is_group(words: Sequence[Word], first: int, last: int, land: Sequence[Found[Entry]], table: ActorTable) -> bool:
    lists = table.words.lists
    body = words[first:last]
    causes = any(word.key in lists["causes"] for word in body)
    if words[last].key == "army":
        return causes
    places = {i for name in land for i in range(name.first, name.last)}
    own = [
        word
        for i, word in enumerate(body, first)
        if i not in places and word.key not in lists["compass"] and word.key not in lists["drab"]
    ]
    if words[last].key.startswith("brigade"):
        return bool(own) and not any(word.text[:1].isdigit() for word in body)
    return causes or bool(own)


def _make_entry(text: str, words: Sequence[Word], table: ActorTable) -> Entry:
    armed = any(word.key in table.words.lists["causes"] for word in words) and words[-1].key == "movement"
    kind = "militants" if armed else _LEVELS.get(words[-1].key, "party" if words[-1].key == "party" else "movement")
    return Entry(text, kind, text, None)


def recall_group(words: Sequence[Word], document: Document, table: ActorTable) -> Entry | None:
    """Return the group that "the Front" or "fighters of the Front" means, where the report names one such in full."""
    for before, word in itertools.pairwise(words):
        if before.key == "the" and word.key in table.words.lists["bands"] and word.text[:1].isupper():
            named = table.recall(document, ("groups",), lambda: _list_groups(document, table))
            fits = {entry.code: entry for entry in named if entry.code.lower().split()[-1] == word.key}
            return next(iter(fits.values())) if len(fits) == 1 else None
    return None


def _list_groups(document: Document, table: ActorTable) -> tuple[Entry, ...]:
    words, names = table.read_words(document)
    found = name_groups(words, names, table)
    return tuple(name.entries[0] for name in found if name.entries[0].kind not in LAND)


def names_unknown(words: Sequence[Word], table: ActorTable) -> bool:
    """Say whether a phrase in which tables know no name holds one all the same ("a Sandorian general").

    What stands in capitals and is no word for offices, bodies or people is a name; whose the rest is depends on it.
    The first word of a sentence counts where it ends as a people's name or a possessive does. A person's name after a
    title says nothing of whose ("General Arno Vesk"), but who heads a state or its
    foreign or defence ministry is known to the tables.
    """
    lists = table.words.lists
    titled = False
    for i, word in enumerate(words):
        title = word.key in table.words.sectors or word.key in lists["roles"] or word.key in lists["titles"]
        if word.key in table.listed or not word.text[:1].isupper():
            listed = word.key in lists["heads"] or (i > 0 and words[i - 1].key in lists["portfolios"])
            titled = title and not listed and not word.possessive
            continue
        if titled and not word.possessive and not word.joined:
            continue
        if i or word.possessive or len(words) == 1 or _DEMONYM.search(word.key):
            return True
        if i + 1 < len(words) and words[i + 1].text[:1].isupper():
            return True
    return False


def acts_as_state(name: str, document: Document, table: ActorTable) -> bool:
    """Say whether a report gives a name a government or armed forces of its own ("Sandoria's army")."""
    name = name.removeprefix("the ").removeprefix("The ").strip()
    if len(name) < _MIN_STATE_CHARS or not all(part[:1].isupper() for part in name.split()):
        return False
    return table.recall(document, ("state", name), lambda: _acts_as_state(name, document, table))


def names_state(text: str, document: Document, table: ActorTable) -> bool:
    """Say whether a phrase holds a name of one word that no table knows and that the report treats as a state's."""
    return table.recall(document, ("names state", text), lambda: _names_state(text, document, table))


def _names_state(text: str, document: Document, table: ActorTable) -> bool:
    words = split_words(text)
    known = {i for name in table.index.find_all(words) for i in range(name.first, name.last)}
    names = [word.text for i, word in enumerate(words) if word.text[:1].isupper() and i not in known]
    return any(acts_as_state(name, document, table) for name in names)


def _acts_as_state(name: str, document: Document, table: ActorTable) -> bool:
    lists = table.words.lists
    for start, end in find_whole(name, document.text):
        after = re.match(r"['’]s?\s((?:[\w-]+\s){0,2}[\w-]+)", document.text[end : end + 60])
        if after is not None and any(word.lower() in lists["organs"] for word in after.group(1).split()):
            return True
        before = document.text[max(0, start - 30) : start].lower().split()
        if len(before) > 1 and before[-1] == "of" and before[-2] in lists["organs"]:
            return True
    return False
