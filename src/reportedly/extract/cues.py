"""Cues: the words that report, ask, judge, believe or seem, and which of their dependents they say it of."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import msgspec

from reportedly.errors import ConfigError

_VERB_KINDS = ("attitude", "direct", "accuse", "report")


class AttributionCues(msgspec.Struct, frozen=True):
    """What ``attribution.toml`` holds, indexed by lemma.

    Attributes:
        verbs: Lemma of a verb with a clause as content to its kind: report, accuse, direct, attitude.
        prepositions: Lemma of a verb to the prepositions that introduce its content.
        noun_prepositions: The same for nouns.
        adjective_prepositions: The same for adjectives; an empty string stands for a clause.
        words: Every list of the file by its key.
    """

    verbs: dict[str, str]
    prepositions: dict[str, frozenset[str]]
    noun_prepositions: dict[str, frozenset[str]]
    adjective_prepositions: dict[str, frozenset[str]]
    words: dict[str, frozenset[str]]


def open_cues(extra: Path | None = None) -> AttributionCues:
    """Read the cue lists that ship with the package, and the user's own beside them.

    Args:
        extra: TOML file with any of the keys of the shipped file, each a blank-separated list.

    Raises:
        ConfigError: the file cannot be read, or holds a key that is not known, or a value that is no text.
    """
    shipped = files("reportedly.extract").joinpath("data", "attribution.toml").read_text(encoding="utf-8")
    words = {name: frozenset(text.split()) for name, text in tomllib.loads(shipped).items()}
    if extra is not None:
        for name, own in _read_own(extra, words).items():
            words[name] |= own
    verbs: dict[str, str] = {}
    for kind in _VERB_KINDS:
        verbs |= dict.fromkeys(words[kind], kind)
    return AttributionCues(
        verbs=verbs,
        prepositions=_by_lemma(words["verb_prepositions"] | words["vouched_prepositions"]),
        noun_prepositions=_by_lemma(words["noun_prepositions"]),
        adjective_prepositions=_by_lemma(words["adjectives"]),
        words=words,
    )


def _read_own(path: Path, known: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: the cue file cannot be read ({error}); see docs/configuration.md") from error
    for name, text in table.items():
        if name not in known:
            raise ConfigError(f"{path}: {name!r} is no list of cues; known: {', '.join(sorted(known))}")
        if not isinstance(text, str):
            raise ConfigError(f"{path}: {name!r} must be text, words with blanks between them, not {text!r}")
    return {name: frozenset(text.split()) for name, text in table.items()}


def _by_lemma(pairs: frozenset[str]) -> dict[str, frozenset[str]]:
    """Index ``talk_about`` by what stands before the underscore; a bare word takes a clause."""
    found: dict[str, set[str]] = {}
    for pair in pairs:
        lemma, _, preposition = pair.partition("_")
        found.setdefault(lemma, set()).add(preposition)
    return {lemma: frozenset(prepositions) for lemma, prepositions in found.items()}
