"""The event types, and the table of scores, modes and contexts that goes with them."""

import tomllib
from enum import StrEnum
from importlib.resources import files

import msgspec


class EventType(StrEnum):
    """The sixteen event types of PLOVER 0.8."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class TypeEntry(msgspec.Struct, frozen=True):
    """One event type: its conflict-cooperation score (-10 to +10), quad category and modes with their scores."""

    score: float
    quad: str
    modes: dict[str, float]


class Ontology(msgspec.Struct, frozen=True):
    """Types, modes and contexts. Every type of ``EventType`` has an entry."""

    types: dict[EventType, TypeEntry]
    contexts: frozenset[str]

    def score(self, event_type: EventType, modes: tuple[str, ...] = ()) -> float:
        """Return the conflict-cooperation score: that of the most extreme mode given, else that of the type.

        Raises:
            KeyError: a mode does not belong to the type.
        """
        entry = self.types[event_type]
        scores = [entry.modes[mode] for mode in modes]
        return max(scores, key=abs) if scores else entry.score


def open_ontology() -> Ontology:
    """Read the table that ships with the package."""
    table = tomllib.loads(files("reportedly.records").joinpath("ontology.toml").read_text(encoding="utf-8"))
    return Ontology(
        types=msgspec.convert(table["types"], dict[EventType, TypeEntry]),
        contexts=frozenset(table["contexts"].split()),
    )
