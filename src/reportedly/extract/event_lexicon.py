"""The trigger lexicon: which verbs, nouns and adjectives evoke which event, and in which company.

How a pattern is written stands at the head of ``data/events.toml``.
"""

import tomllib
from importlib.resources import files
from typing import TypeVar

import msgspec

from reportedly.extract.contexts import open_contexts
from reportedly.records.ontology import EventType

_ANY = "*"


class Slot(msgspec.Struct, frozen=True):
    """What an argument's head must be: one of some words, or of a class that also takes names.

    Attributes:
        words: Dictionary forms; ``*`` takes any.
        named: Whether names, pronouns and numbers fill it too (people and their bodies).
        toponyms: Whether place names fill it too.
        negated: Whether the slot asks that nothing of the kind stands there.
    """

    words: frozenset[str]
    named: bool = False
    toponyms: bool = False
    negated: bool = False


class VerbPattern(msgspec.Struct, frozen=True):
    """One way for a verb or an adjective to evoke an event; every part that is given must be there."""

    type: EventType
    mode: str | None
    particle: str | None = None
    preposition: str | None = None
    preposition_object: str | None = None
    object: Slot | None = None
    subject: Slot | None = None

    @property
    def weight(self) -> int:
        """How much the pattern asks for; the pattern that asks for most is tried first."""
        parts = (self.particle, self.preposition, self.preposition_object, self.object, self.subject)
        weight = sum(part is not None for part in parts)
        if self.object is None or self.object.negated:
            return weight - (self.object is not None)
        return weight + (_ANY not in self.object.words)


class NounPattern(msgspec.Struct, frozen=True):
    """One way for a noun to evoke an event: modifiers before it, a preposition after it, company in its sentence."""

    type: EventType
    mode: str | None
    modifiers: tuple[str, ...] = ()
    preposition: str | None = None
    object: Slot | None = None
    company: Slot | None = None

    @property
    def weight(self) -> int:
        """How much the pattern asks for; the pattern that asks for most is tried first."""
        parts = (self.preposition, self.object, self.company)
        return 2 * len(self.modifiers) + sum(part is not None for part in parts)


class EventLexicon(msgspec.Struct, frozen=True):
    """Trigger patterns by lemma, most specific first, and the word lists that arguments and exclusions use."""

    verbs: dict[str, tuple[VerbPattern, ...]]
    adjectives: dict[str, tuple[VerbPattern, ...]]
    nouns: dict[str, tuple[NounPattern, ...]]
    human: frozenset[str]
    words: dict[str, frozenset[str]]
    contexts: dict[str, tuple[str, ...]]


def open_triggers() -> EventLexicon:
    """Read the lexicon that ships with the package."""
    data = files("reportedly.extract").joinpath("data")
    table = tomllib.loads(data.joinpath("events.toml").read_text(encoding="utf-8"))
    extra = tomllib.loads(data.joinpath("event_words.toml").read_text(encoding="utf-8"))
    classes = {name: frozenset(words.split()) for name, words in table["classes"].items()}
    verbs: dict[str, list[VerbPattern]] = {}
    adjectives: dict[str, list[VerbPattern]] = {}
    nouns: dict[str, list[NounPattern]] = {}
    for entry in table["entry"]:
        event_type, mode = EventType(entry["type"]), entry.get("mode")
        for part, found in (("verbs", verbs), ("adjectives", adjectives)):
            for text in entry.get(part, "").split():
                lemma, pattern = _read_verb(text, event_type, mode, classes)
                found.setdefault(lemma, []).append(pattern)
        for text in entry.get("nouns", "").split():
            head, noun_pattern = _read_noun(text, event_type, mode, classes)
            nouns.setdefault(head, []).append(noun_pattern)
    return EventLexicon(
        verbs=_sort(verbs),
        adjectives=_sort(adjectives),
        nouns=_sort(nouns),
        human=classes["HUMAN"],
        words={name: frozenset(words.split()) for name, words in extra.items()},
        contexts=open_contexts(),
    )


P = TypeVar("P", VerbPattern, NounPattern)


def _sort(patterns: dict[str, list[P]]) -> dict[str, tuple[P, ...]]:
    return {lemma: tuple(sorted(found, key=lambda p: -p.weight)) for lemma, found in patterns.items()}


def _read_verb(
    text: str, event_type: EventType, mode: str | None, classes: dict[str, frozenset[str]]
) -> tuple[str, VerbPattern]:
    text, _, subject = text.partition("@")
    text, _, target = text.partition(">")
    text, _, preposition = text.partition("~")
    lemma, _, particle = text.partition("_")
    preposition, _, preposition_object = preposition.partition("_")
    return lemma, VerbPattern(
        type=event_type,
        mode=mode,
        particle=particle or None,
        preposition=preposition or None,
        preposition_object=preposition_object.rpartition("_")[2] or None,
        object=_read_slot(target, classes),
        subject=_read_slot(subject, classes),
    )


def _read_noun(
    text: str, event_type: EventType, mode: str | None, classes: dict[str, frozenset[str]]
) -> tuple[str, NounPattern]:
    text, _, company = text.partition("@")
    text, _, target = text.partition(">")
    phrase, _, preposition = text.partition("~")
    *modifiers, head = phrase.split("_")
    return head, NounPattern(
        event_type,
        mode,
        tuple(modifiers),
        preposition or None,
        _read_slot(target, classes),
        _read_slot(company, classes),
    )


def _read_slot(text: str, classes: dict[str, frozenset[str]]) -> Slot | None:
    if not text:
        return None
    words: set[str] = set()
    names = text.removeprefix("!").split("|")
    for name in names:
        words |= classes.get(name, frozenset({name.rpartition("_")[2]}))
    return Slot(
        frozenset(words),
        named=bool({"HUMAN", "EMPLOYEE"} & set(names)),
        toponyms=bool({"PLACE", "TARGET"} & set(names)),
        negated=text.startswith("!"),
    )
