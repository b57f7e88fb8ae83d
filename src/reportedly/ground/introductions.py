"""Where a report introduces a person: the words around the full name that say whose office, army or group it is."""

import re
from collections.abc import Sequence

from reportedly.ground.actor_table import ActorTable
from reportedly.ground.names import Word, find_whole, split_words
from reportedly.records.document import Document

MIN_NAME_CHARS = 3
_BACK = 90
_AFTER = 110
_OPENERS = frozenset({"a", "an", "the", "former", "then"})
_END = re.compile(r"[.;:!?\n\"“”()]")


def find_introduction(text: str, document: Document, table: ActorTable, *, named: bool = True) -> str | None:
    """Return the words that introduce a person elsewhere in a document ("Borduria's transport minister Arno Vesk").

    What stands before the name is taken as far as it consists of names, heads of offices and bodies, and adjectives of
    office; what stands after it, where a comma and a determiner open it ("Vesk, a former Bordurian colonel,").

    Args:
        text: The mention, a name; the run of capitalised words that ends it is looked for.
        document: The report.
        table: Who is who.
        named: Whether the introduction must name a state, body or group, and not a mere office.

    Returns:
        The introduction without the name; None where the mention is no name, or nothing introduces it.
    """
    name = find_capitals(text)
    if name is None or len(name) < MIN_NAME_CHARS:
        return None
    key = ("introduction", name, named)
    return table.recall(document, key, lambda: _find_introduction(name, document, table, named))


def _find_introduction(name: str, document: Document, table: ActorTable, named: bool) -> str | None:
    for start, end in find_whole(name, document.text):
        before = _END.split(document.text[max(0, start - _BACK) : start].replace("U.S.", "US"))[-1]
        introduction = _read_back(split_words(before), before, table, named)
        if introduction:
            return introduction
        after = document.text[end : end + _AFTER]
        if (opened := re.match(r", ([^,.;:]+)", after)) is not None:
            words = split_words(opened.group(1))
            opens = bool(words) and (words[0].key in _OPENERS or _is_title(words[0], table))
            if opens and (not named or _names_body(words, table)):
                return opened.group(1)
    return None


def find_capitals(text: str) -> str | None:
    """Return the last run of capitalised words that ends a phrase; None where it ends otherwise."""
    words = [word for word in re.split(r"\s+", text.strip()) if word]
    run: list[str] = []
    for word in reversed(words):
        bare = word.strip(",.'’\"").removesuffix("'s").removesuffix("’s")
        if not bare[:1].isupper() and not (
            run and bare.lower() in ("de", "al", "bin", "van", "von", "da", "del", "la")
        ):
            break
        run.insert(0, bare)
    while run and not run[0][:1].isupper():
        run.pop(0)
    return " ".join(run) if run else None


def _read_back(words: Sequence[Word], text: str, table: ActorTable, named: bool) -> str | None:
    """Walk back from a name over its title; return the title where it holds a name of the tables."""
    lists = table.words.lists
    at = len(words)
    while at > 0:
        word = words[at - 1]
        if not (
            _is_title(word, table)
            or word.key in lists["before"]
            or word.text[:1].isupper()
            or word.key in ("of", "and")
        ):
            break
        at -= 1
    kept = list(words[at:])
    while kept and kept[0].key in ("of", "and"):
        kept.pop(0)
    while kept and kept[-1].text[:1].isupper() and not _is_title(kept[-1], table) and not _is_land(kept[-1:], table):
        kept.pop()
    if not kept or (named and not _names_body(kept, table)):
        return None
    titled = any(_is_title(word, table) for word in kept)
    return text[kept[0].start : kept[-1].end].strip() if titled else None


def _names_body(words: Sequence[Word], table: ActorTable) -> bool:
    return any(not found.entries[0].surname for found in table.index.find_all(words))


def _is_land(words: Sequence[Word], table: ActorTable) -> bool:
    found = table.index.find(words, 0)
    return found is not None and not found.entries[0].surname


def _is_title(word: Word, table: ActorTable) -> bool:
    lists = table.words.lists
    return word.key in table.words.sectors or word.key in lists["roles"] or word.key in lists["titles"]
