"""What kind of text a document is: from its headline, address, markup and words; a report unless it is clear."""

import re
import tomllib
from importlib.resources import files
from urllib.parse import urlsplit

import msgspec

from reportedly.records.document import Genre

SAMPLE_CHARS = 6000
"""Genre shows early; words far down belong to what a report touches on."""

_WORD = re.compile(r"\w+")


class GenreRule(msgspec.Struct, frozen=True):
    """What tells one kind of text."""

    genre: Genre
    path: frozenset[str]
    section: frozenset[str]
    title: re.Pattern[str] | None
    text: tuple[frozenset[str], ...]
    least: int


def open_genres() -> tuple[GenreRule, ...]:
    """Read the rules that ship with the package, in the order in which they are tried."""
    table = tomllib.loads(files("reportedly.clean").joinpath("data", "genre.toml").read_text(encoding="utf-8"))
    return tuple(
        GenreRule(
            genre=Genre(name),
            path=frozenset(entry["path"].split()),
            section=frozenset(entry["section"].split()),
            title=re.compile("|".join(entry["title"]), re.IGNORECASE) if entry["title"] else None,
            text=tuple(frozenset(group) for group in entry["text"]),
            least=entry["least"],
        )
        for name, entry in table.items()
    )


def find_genre(text: str, title: str | None, address: str | None, section: str, rules: tuple[GenreRule, ...]) -> Genre:
    """Tell what kind of text a document is.

    Args:
        text: Its text.
        title: Its headline.
        address: Its own address.
        section: Section and type that the publisher gives; empty where there is none.
        rules: From ``open_genres``.

    Returns:
        The first kind that its address, section, headline or words make clear; else ``Genre.REPORT``.
    """
    path = _segments(address)
    named = frozenset(re.findall(r"[\w-]+", section.lower()))
    words = _WORD.findall(text[:SAMPLE_CHARS].lower())
    known, running = frozenset(words), f" {' '.join(words)} "
    for rule in rules:
        if rule.path & path or rule.section & named or (rule.title and title and rule.title.search(title)):
            return rule.genre
        if rule.text and sum(_holds(group, known, running) for group in rule.text) >= rule.least:
            return rule.genre
    return Genre.REPORT


def _holds(group: frozenset[str], known: frozenset[str], running: str) -> bool:
    return not known.isdisjoint(group) or any(f" {phrase} " in running for phrase in group if " " in phrase)


def _segments(address: str | None) -> frozenset[str]:
    """Return the folders of an address; its last part is the headline's own words and says nothing of the kind."""
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return frozenset()
    if parts.scheme not in ("http", "https"):
        return frozenset()
    folders = parts.path.lower().strip("/").split("/")
    return frozenset(folders[:-1])
