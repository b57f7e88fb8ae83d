"""The cue lists of status: what a governing word does to the event below it."""

import tomllib
from importlib.resources import files

import msgspec

_DEFAULT_RELATIONS = ("that", "to", "ing", "obj", "of", "for", "comp")


class StatusCues(msgspec.Struct, frozen=True):
    """Governors by (lemma, relation) with their classes, and word lists."""

    governors: dict[tuple[str, str], tuple[str, ...]]
    words: dict[str, frozenset[str]]


def open_status() -> StatusCues:
    """Read the cue lists that ship with the package."""
    table = tomllib.loads(files("reportedly.extract").joinpath("data", "status.toml").read_text(encoding="utf-8"))
    governors: dict[tuple[str, str], tuple[str, ...]] = {}
    for name, text in table["governors"].items():
        for entry in text.split():
            lemma, _, relations = entry.partition(":")
            for relation in relations.split(",") if relations else _DEFAULT_RELATIONS:
                known = governors.get((lemma, relation), ())
                if name not in known:
                    governors[lemma, relation] = (*known, name)
    return StatusCues(governors, {name: frozenset(text.split()) for name, text in table["words"].items()})
