"""The words by which sources are told apart."""

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib.resources import files

import msgspec

from reportedly.link.retraction_words import RetractionWords, open_retractions
from reportedly.link.tolls import PeopleWords, open_people

WHOLE = "whole"
"""The body that stands for all of a state: its government, its head, its own media."""


class VoiceWords(msgspec.Struct, frozen=True):
    """The word lists of ``voices.toml``, and those of ``people.toml`` and ``retractions.toml``."""

    bodies: tuple[tuple[re.Pattern[str], str], ...]
    heads: frozenset[str]
    local: frozenset[str]
    titles: frozenset[str]
    roles: frozenset[str]
    links: frozenset[str]
    outlets: frozenset[str]
    institutions: frozenset[str]
    renamed: dict[str, str]
    offices: dict[str, str]
    whole_bodies: frozenset[str]
    civil: frozenset[str]
    people: PeopleWords
    notices: RetractionWords


def open_voices() -> VoiceWords:
    """Read the word lists that ship with the package and compile their patterns."""
    table = tomllib.loads(files("reportedly.link").joinpath("data", "voices.toml").read_text(encoding="utf-8"))
    heads = "|".join(table["heads"].split())
    bodies = [(phrase, name) for name, listed in table["own"].items() for phrase in listed.split("|")]
    bodies += [(phrase, WHOLE) for phrase in table["whole"].split("|")]
    patterns = [(rf"\b{re.escape(phrase)}\b", len(phrase), name) for phrase, name in bodies]
    for name, listed in table["portfolio"].items():
        words = "|".join(listed.split())
        # a portfolio is longer than any phrase: "defence ministry of the government" is the ministry
        patterns.append((rf"\b(?:{words})\b(?:\W+\w+){{0,2}}\W+(?:{heads})\b", 90, name))
        patterns.append((rf"\b(?:{heads})\W+(?:of|for)\W+(?:\w+\W+){{0,2}}(?:{words})\b", 90, name))
    patterns.sort(key=lambda item: (item[2] == WHOLE, -item[1], item[0]))
    lists = {
        name: frozenset(table[name].split())
        for name in ("heads", "local", "titles", "roles", "links", "outlets", "institutions", "civil")
    }
    renamed = {fold(name): fold(known) for name, known in table["renamed"].items()}
    return VoiceWords(
        bodies=tuple((re.compile(pattern), name) for pattern, _, name in patterns),
        renamed=renamed,
        offices=table["offices"],
        whole_bodies=frozenset(fold(name) for name in table["unions"].split("|")),
        people=open_people(),
        notices=open_retractions(),
        **lists,
    )


@lru_cache(maxsize=1 << 14)
def fold(text: str) -> str:
    """Return a name without article, case, accents and punctuation, so that its spellings compare."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    plain = re.sub(r"'s\b", "", plain.replace(".", ""))
    return re.sub(r"^(?:the|an?)\s+", "", " ".join(re.findall(r"[\w&'-]+", plain)))
