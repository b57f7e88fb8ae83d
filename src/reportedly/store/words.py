"""Words of texts and of searches: one way to cut them, one syntax, on every backend.

Databases cut texts into words each in its own way and stem each in its own way. So it is done here: a word is a run of
letters and digits, without case and accents, and what the database gets is words. Nothing is stemmed: names must not
be, and ``word*`` finds the forms of a word.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

import msgspec

from reportedly.errors import QueryError
from reportedly.records.spans import Span

_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
"""Marks that stand above and below letters: Latin, Arabic, Hebrew."""
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_PIECE = re.compile(r'(-?)(?:"([^"]*)"|([()])|([^\s"()]+))')
"""A minus, and what it is for: a phrase, a parenthesis or a word."""
_TOLD = 80
"""Characters of a search that an error repeats."""
_MAX_LEAVES = 64
_MAX_DEPTH = 20
_EXCERPT = 240
"""About how many characters an excerpt has: a sentence or two."""
_LEAD = 60
"""How far before the first word found an excerpt starts, at most."""


class Leaf(msgspec.Struct, frozen=True):
    """Words that must stand side by side; the last may be the beginning of a word."""

    words: tuple[str, ...]
    prefix: bool = False


class Node(msgspec.Struct, frozen=True):
    """What must all hold (``every``) or of what one must; and of an ``every``, what must not."""

    every: bool
    parts: tuple["Node | Leaf", ...]
    without: tuple["Node | Leaf", ...] = ()


def split_words(text: str) -> list[str]:
    """Return the words of a text, in order, without case and accents."""
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    words = (word.lower() if word.isascii() else _fold(word) for word in _WORD.findall(text))
    return [word for word in words if word]


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()
    folded = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in folded if not unicodedata.combining(char) and char.isalnum())


def parse_query(query: str) -> Node:
    """Read a search; see ``View.search`` for the syntax. ``OR`` binds less than words side by side.

    Raises:
        QueryError: there is no word to search for, or a quotation mark or parenthesis is left open.
    """
    if query.count('"') % 2:
        raise QueryError(f'{query[:_TOLD]}: a quotation mark is left open; write "words side by side"')
    return _Parser(query).parse()


class _Parser:
    def __init__(self, query: str) -> None:
        self.query = query[:_TOLD] or repr(query)
        self.pieces = [match.groups() for match in _PIECE.finditer(query)]
        self.at = 0
        self.depth = 0
        self.leaves = 0

    def parse(self) -> Node:
        node = self._read_choice()
        if self.at < len(self.pieces):
            raise QueryError(f"{self.query}: a parenthesis is closed that was not opened")
        if node is None:
            raise QueryError(f"{self.query}: there is no word to search for; write words, with -word what to leave out")
        return node if isinstance(node, Node) else Node(True, (node,))

    def _read_choice(self) -> Node | Leaf | None:
        choices: list[Node | Leaf] = []
        while True:
            found = self._read_row()
            if found is not None:
                choices.append(found)
            if self.at < len(self.pieces) and self.pieces[self.at] == ("", None, None, "OR"):
                self.at += 1
                continue
            break
        if len(choices) > 1:
            return Node(False, tuple(choices))
        return choices[0] if choices else None

    def _read_row(self) -> Node | Leaf | None:
        parts: list[Node | Leaf] = []
        without: list[Node | Leaf] = []
        while self.at < len(self.pieces):
            minus, phrase, bracket, word = self.pieces[self.at]
            if bracket == ")" or (word == "OR" and not minus):
                break
            self.at += 1
            found = self._read_group() if bracket else self._read_leaf(phrase, word)
            if found is not None:
                (without if minus else parts).append(found)
        if not parts:
            if without:
                raise QueryError(f"{self.query}: there is no word to search for beside what is to be left out")
            return None
        return parts[0] if len(parts) == 1 and not without else Node(True, tuple(parts), tuple(without))

    def _read_group(self) -> Node | Leaf | None:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise QueryError(f"{self.query}: more than {_MAX_DEPTH} parentheses within one another")
        found = self._read_choice()
        if self.at >= len(self.pieces):
            raise QueryError(f"{self.query}: a parenthesis is left open")
        self.at += 1
        self.depth -= 1
        return found

    def _read_leaf(self, phrase: str | None, word: str | None) -> Leaf | None:
        words = split_words(phrase or word or "")
        if not words:
            return None
        self.leaves += 1
        if self.leaves > _MAX_LEAVES:
            raise QueryError(f"{self.query}…: more than {_MAX_LEAVES} words; search for fewer at once")
        return Leaf(tuple(words), word is not None and word.endswith("*"))


def to_fts5(node: Node | Leaf) -> str:
    """Return a search as SQLite's FTS5 reads it."""
    if isinstance(node, Leaf):
        return f'"{" ".join(node.words)}"' + ("*" if node.prefix else "")
    joined = (" AND " if node.every else " OR ").join(to_fts5(part) for part in node.parts)
    if not node.without:
        return f"({joined})"
    return f"(({joined}) NOT ({' OR '.join(to_fts5(part) for part in node.without)}))"


def to_tsquery(node: Node | Leaf) -> str:
    """Return a search as PostgreSQL's type ``tsquery`` reads it."""
    if isinstance(node, Leaf):
        words = [f"'{word[:_MAX_WORD]}'" for word in node.words]
        return f"({' <-> '.join(words)}{':*' if node.prefix else ''})"
    joined = (" & " if node.every else " | ").join(to_tsquery(part) for part in node.parts)
    if not node.without:
        return f"({joined})"
    return f"(({joined}) & !({' | '.join(to_tsquery(part) for part in node.without)}))"


_MAX_POSITION = 16383
_MAX_POSITIONS = 255
_GAP = 16
"""Places left free between the parts of a document, so that no phrase reaches from one into the next."""
_MAX_WORD = 500
"""Longer runs of letters are cut: PostgreSQL takes none of more than 2 kB."""
_MAX_BYTES = 1_000_000
"""What comes after so many bytes of words and places is left out: PostgreSQL takes 1,048,575 of a text."""


def to_tsvector(parts: Sequence[Sequence[str]]) -> str:
    """Return words as PostgreSQL's type ``tsvector`` reads them; the first of several parts (a title) weighs more."""
    places: dict[str, list[str]] = {}
    place = 1
    size = 0
    for number, part in enumerate(parts):
        weight = "A" if number == 0 and len(parts) > 1 else ""
        for word in part:
            name = word[:_MAX_WORD]
            found = places.get(name)
            # A word takes its letters, its number of places and at most one byte to fill up; a place two bytes.
            size_then = size + 2 + (len(name.encode()) + 3 if found is None else 0)
            if size_then <= _MAX_BYTES and (found is None or len(found) < _MAX_POSITIONS):
                places.setdefault(name, []).append(f"{min(place, _MAX_POSITION)}{weight}")
                size = size_then
            place += 1
        place += _GAP
    return " ".join(f"'{word}':{','.join(found)}" for word, found in places.items())


def make_excerpt(text: str, node: Node) -> str:
    """Return the sentence or two of a text with most of the words searched for, these in ``[`` and ``]``."""
    return mark_excerpt(text, node)[0]


def mark_excerpt(text: str, node: Node) -> tuple[str, tuple[Span, ...]]:
    """Return ``make_excerpt``, and where in it each find stands with its brackets: a text may have some of its own."""
    matches = list(_WORD.finditer(text))
    words = [_fold(match.group()) for match in matches]
    found = sorted({hit for leaf in _find_leaves(node) for hit in _find_hits(words, leaf)})
    if not found:
        return _cut(text, 0, min(len(text), _EXCERPT), [])
    spans = [(matches[start].start(), matches[end - 1].end()) for start, end in found]
    names = [" ".join(words[start:end]) for start, end in found]
    best = max(range(len(spans)), key=lambda i: (_count_near(spans, names, i), -i))
    start = _find_start(text, spans[best][0])
    end = _find_end(text, max(start + _EXCERPT, spans[best][1]), spans[best][1])
    return _cut(text, start, end, [span for span in spans if start <= span[0] and span[1] <= end])


def _find_leaves(node: Node | Leaf) -> Iterator[Leaf]:
    if isinstance(node, Leaf):
        yield node
        return
    for part in node.parts:
        yield from _find_leaves(part)


def _find_hits(words: Sequence[str], leaf: Leaf) -> Iterator[tuple[int, int]]:
    length = len(leaf.words)
    head, last = leaf.words[:-1], leaf.words[-1]
    for start in range(len(words) - length + 1):
        word = words[start + length - 1]
        if (word.startswith(last) if leaf.prefix else word == last) and tuple(
            words[start : start + length - 1]
        ) == head:
            yield start, start + length


def _count_near(spans: Sequence[tuple[int, int]], names: Sequence[str], first: int) -> int:
    limit = spans[first][0] + _EXCERPT - _LEAD
    near: set[str] = set()
    for i in range(first, len(spans)):
        if spans[i][0] > limit:
            break
        if spans[i][1] <= limit:
            near.add(names[i])
    return len(near)


def _find_start(text: str, place: int) -> int:
    """Return the start of the sentence that a place lies in, or of a word a little before it."""
    earliest = max(0, place - _LEAD * 2)
    ends = [match.end() for match in re.finditer(r"(?:[.!?]['\"”’)]*\s+|\n+)", text[earliest:place])]
    if ends:
        return earliest + ends[-1]
    if earliest == 0:
        return 0
    start = text.find(" ", max(0, place - _LEAD), place)
    return start + 1 if start >= 0 else place


def _find_end(text: str, limit: int, least: int) -> int:
    """Return the end of the last whole sentence before a limit, else of the last whole word."""
    if limit >= len(text):
        return len(text)
    ends = [match.end(1) for match in re.finditer(r"([.!?]['\"”’)]*)\s", text[least:limit])]
    if ends:
        return least + ends[-1]
    end = text.rfind(" ", least, limit)
    return end if end > least else max(least, limit)


def _cut(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> tuple[str, tuple[Span, ...]]:
    """Cut a run of text out, mark what was found and leave its lines out."""
    pieces: list[str] = []
    at = start
    for left, right in spans:
        if left < at:
            continue
        pieces += [text[at:left], f"[{text[left:right]}]"]
        at = right
    pieces.append(text[at:end])
    before = "" if start == 0 or text[start - 1] == "\n" or text[:start].rstrip()[-1:] in ".!?”’)\"'" else "… "
    after = "" if end >= len(text) or text[end - 1] in ".!?”’)\"'" else " …"
    marked, found = before, []
    for i, piece in enumerate(pieces):
        words = re.sub(r"\s+", " ", piece)
        words = words.lstrip() if i == 0 else words
        if i % 2:
            found.append(Span(len(marked), len(marked) + len(words)))
        marked += words
    return marked.rstrip() + after, tuple(found)
