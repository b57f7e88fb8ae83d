"""Names as they stand in tables and in text: words, and an index that finds the longest name at a word."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from reportedly.errors import ConfigError

T = TypeVar("T")

MAX_PHRASE_CHARS = 400
"""Longer texts are whole documents, split once; they are not remembered."""

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}(?!\w)|[^\W_]+(?:['’ʼʻ][^\W_]+)*['’]?|&|%|[^\w\s]")
_PLAIN = str.maketrans("łøđıßæþðŁØĐÞÐ’ʼʻ", "lodisæþðLODÞÐ'''")
_SMALL = frozenset(
    "al el as ar ash an the of and in de del la los da do di von van der bin ibn e i y for on to".split()
)
_JOINS = frozenset("-–—/")


class Word(NamedTuple):
    """One word or mark of a text.

    Attributes:
        key: Without accents, case, dots and a possessive ending.
        text: As written, without the possessive ending.
        start: Where it starts.
        end: Where it ends, possessive ending included.
        possessive: Whether it has one ("Israel's").
        joined: Whether a hyphen, dash or slash stands before it.
    """

    key: str
    text: str
    start: int
    end: int
    possessive: bool
    joined: bool


def fold(text: str) -> str:
    """Return a text without accents and case."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return "".join(char for char in text if not unicodedata.combining(char)).lower()


def split_words(text: str) -> list[Word]:
    """Split a text into words and marks; hyphens and slashes part words and are not words themselves."""
    return list(_split_phrase(text) if len(text) <= MAX_PHRASE_CHARS else _split(text))


def _split(text: str) -> tuple[Word, ...]:
    words: list[Word] = []
    joined = False
    for found in _WORD.finditer(text):
        written = found.group()
        if written in _JOINS:
            joined = True
            continue
        possessive = False
        if written[-2:] in ("'s", "’s"):
            written, possessive = written[:-2], True
        elif written[-1] in "'’" and len(written) > 1:
            written, possessive = written[:-1], True
        key = "and" if written == "&" else fold(written)
        if "." in key:
            key = key.replace(".", "") or written
        words.append(Word(key, written, found.start(), found.end(), possessive, joined))
        joined = False
    return tuple(words)


_split_phrase = lru_cache(maxsize=8192)(_split)
"""The same phrases are split for each table and rule that looks at them."""


def find_whole(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where a name stands in a text with no letter or digit on either side, in order.

    Plain search, since a pattern that opens with a look behind is tried at every character.
    """
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        if not (start and _is_word(text[start - 1])) and not (end < len(text) and _is_word(text[end])):
            yield start, end
            start = text.find(name, end)
        else:
            start = text.find(name, start + 1)


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


class Found(NamedTuple, Generic[T]):
    """Words ``first`` up to ``last`` (exclusive) of a text are a name of the things in ``entries``."""

    first: int
    last: int
    entries: tuple[T, ...]


class NameIndex(Generic[T]):
    """Names to things; a lookup takes the longest name at a word.

    Capitals count: a name written with a capital is found in text with one only ("turkey" is a bird), and one written
    in capitals throughout in capitals only ("WHO", "US").
    """

    def __init__(self) -> None:
        self._names: dict[str, list[tuple[tuple[int, ...], T]]] = {}
        self._longest: dict[str, int] = {}
        self._openings: set[tuple[str, str]] = set()

    def add(self, name: str, entry: T) -> None:
        """Add a name; a thing may have many, a name may stand for many things, first come first."""
        words = split_words(name)
        if not words:
            return
        key = " ".join(word.key for word in words)
        needs = tuple(_need(word) for word in words)
        known = self._names.setdefault(key, [])
        if (needs, entry) not in known:
            known.append((needs, entry))
        first = words[0].key
        self._longest[first] = max(self._longest.get(first, 0), len(words))
        if len(words) > 1:
            self._openings.add((first, words[1].key))

    def find(self, words: Sequence[Word], first: int) -> Found[T] | None:
        """Return the longest name that starts at a word; None where none does."""
        longest = self._longest.get(words[first].key)
        if longest is None:
            return self._find_stripped(words, first)
        if longest > 1 and not self._opens(words, first):
            longest = 1
        for last in range(min(first + longest, len(words)), first, -1):
            key = " ".join(word.key for word in words[first:last])
            known = self._names.get(key)
            if known is None and last > first + 1 and key[-1] == "s":
                known = self._names.get(key[:-1])
            if known is not None:
                entries = tuple(entry for needs, entry in known if _meets(words[first:last], needs))
                if entries:
                    return Found(first, last, entries)
        return None

    def _opens(self, words: Sequence[Word], first: int) -> bool:
        """Say whether some name of several words begins with the two words from here: most that hold "the" do not."""
        if first + 1 >= len(words):
            return False
        one, other = words[first].key, words[first + 1].key
        return (one, other) in self._openings or (other[-1] == "s" and (one, other[:-1]) in self._openings)

    def _find_stripped(self, words: Sequence[Word], first: int) -> Found[T] | None:
        """Return a name of one word whose possessive ending lost its apostrophe ("Syrias capital")."""
        word = words[first]
        if word.key[-1:] != "s" or len(word.key) < 6:
            return None
        known = self._names.get(word.key[:-1], ())
        entries = tuple(entry for needs, entry in known if needs[0] and _meets([word], needs))
        return Found(first, first + 1, entries) if entries else None

    def find_all(self, words: Sequence[Word]) -> list[Found[T]]:
        """Return the names in a text, left to right, not overlapping, longest first at each word."""
        found: list[Found[T]] = []
        i = 0
        while i < len(words):
            name = self.find(words, i)
            if name is None:
                i += 1
            else:
                found.append(name)
                i = name.last
        return found

    def get(self, name: str) -> tuple[T, ...]:
        """Return the things of exactly this name, capitals aside; empty where there is none."""
        key = " ".join(word.key for word in split_words(name))
        return tuple(entry for _, entry in self._names.get(key, ()))

    def names(self) -> Iterator[tuple[str, tuple[T, ...]]]:
        """Return every key with its things, for checks of the tables."""
        for key, known in self._names.items():
            yield key, tuple(entry for _, entry in known)


def _need(word: Word) -> int:
    """Say what a word of a name asks of the text: 2 capitals throughout, 1 a capital first, 0 nothing."""
    letters = word.text.replace(".", "")
    if len(letters) > 1 and letters.isupper():
        return 2
    return 0 if word.key in _SMALL or not letters[:1].isupper() else 1


def _meets(words: Sequence[Word], needs: Sequence[int]) -> bool:
    for word, need in zip(words, needs, strict=True):
        if need and not (word.text[0].isupper() or word.text[0].isdigit()):
            return False
        if need == 2 and not word.text.isupper():
            return False
    return True


class Row(NamedTuple):
    """One line of a table: its number in the file, for messages, and its cells by column."""

    line: int
    cells: dict[str, str]


def read_table(where: Path | str, needed: Sequence[str], allowed: Sequence[str]) -> list[Row]:
    """Read a CSV table with a header; lines that start with ``#`` and blank lines are left out.

    Args:
        where: The file; a plain string names one that ships in ``ground/data``.
        needed: Columns that must be there and be filled on every line.
        allowed: Further columns that may be there.

    Raises:
        ConfigError: the file cannot be read, a column is missing or not known, a needed cell is empty, a day is none,
            or a term ends before it starts; the message names file and line.
    """
    try:
        path = files("reportedly.ground").joinpath("data", where) if isinstance(where, str) else where
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{where}: the table cannot be read ({error}); it must be CSV in UTF-8") from error
    numbered = [(i, line) for i, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    rows = list(csv.reader(line for _, line in numbered))
    head = [cell.strip() for cell in rows[0]] if rows else []
    if missing := [column for column in needed if column not in head]:
        raise ConfigError(f"{where}: columns {', '.join(missing)} are missing; needed: {', '.join(needed)}")
    if unknown := [column for column in head if column not in (*needed, *allowed)]:
        raise ConfigError(f"{where}: columns {', '.join(unknown)} are not known; allowed: {', '.join(allowed)}")
    table = []
    for (number, _), row in zip(numbered[1:], rows[1:], strict=True):
        if len(row) != len(head):
            raise ConfigError(f"{where}, line {number}: {len(row)} cells where the header has {len(head)}")
        cells = dict(zip(head, (cell.strip() for cell in row), strict=True))
        _check_row(cells, needed, f"{where}, line {number}")
        table.append(Row(number, cells))
    return table


def _check_row(cells: dict[str, str], needed: Iterable[str], where: str) -> None:
    if empty := [column for column in needed if not cells[column]]:
        raise ConfigError(f"{where}: {', '.join(empty)} must be filled")
    days = {}
    for column in ("start", "end"):
        if cells.get(column):
            try:
                days[column] = date.fromisoformat((cells[column] + "-01-01")[:10])
            except ValueError as error:
                raise ConfigError(
                    f"{where}: {column} {cells[column]!r} is no day; write YYYY-MM-DD, YYYY-MM or YYYY"
                ) from error
    if len(days) == 2 and days["start"] > days["end"] and not cells["start"].startswith(cells["end"]):
        raise ConfigError(f"{where}: the term ends ({cells['end']}) before it starts ({cells['start']})")


def split_cell(cell: str | None) -> list[str]:
    """Return the parts of a cell that holds several names (``A|B``)."""
    return [part.strip() for part in (cell or "").split("|") if part.strip()]


def covers_day(start: str | None, end: str | None, day: str | None) -> bool:
    """Say whether a term holds on a day; partial days count as far as they are known, an unknown day always holds."""
    if not day:
        return True
    if start and day[: len(start)] < start[: len(day)]:
        return False
    return not (end and day[: len(end)] > end[: len(day)])
