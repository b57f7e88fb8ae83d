"""The word lists of place names, the list of names as extraction sees it, and a candidate while it is weighed."""

import tomllib
from importlib.resources import files
from typing import Protocol

import msgspec

from reportedly.records.toponym import KnownName


class ToponymIndex(Protocol):
    """A list of place names, as extraction sees it."""

    def find_name(self, name: str) -> KnownName | None:
        """Return what is known of a name, however it is written, or None."""


class PlaceLexicon(msgspec.Struct, frozen=True):
    """The word lists of ``places.toml``, in lower case."""

    words: dict[str, frozenset[str]]


class Toponym(msgspec.Struct):
    """A candidate while it is being weighed: tokens ``first`` to ``last`` (half-open)."""

    first: int
    last: int
    known: KnownName | None
    by: str
    score: float


class NamesOfText(msgspec.Struct):
    """What the whole document says of its names: tokens of persons, and their surnames."""

    persons: set[int]
    surnames: set[str]
    lower: set[str]


def open_places() -> PlaceLexicon:
    """Read the word lists that ship with the package."""
    text = files("reportedly.extract").joinpath("data", "places.toml").read_text(encoding="utf-8")
    return PlaceLexicon({name: frozenset(words.split()) for name, words in tomllib.loads(text).items()})
