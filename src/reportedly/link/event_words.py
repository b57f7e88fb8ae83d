"""The word lists and weights by which claims of different reports are judged."""

import tomllib
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.resources import files

import msgspec

from reportedly.link.alike import AlikeWords, open_alike
from reportedly.link.event_features import EventFeatures, decode_features, find_names
from reportedly.records.ontology import EventType

_REMEMBERED = 100_000
"""Decoded sketches kept: a claim is compared with many others, and decoding costs as much as a comparison."""
_TEXTS = 16
"""Texts whose names are kept: the claims of one report are sketched one after another."""


class EventWeights(msgspec.Struct, frozen=True):
    """Log-odds that two claims tell of one event.

    Attributes:
        origin: Where the numbers come from.
        prior: Of any two claims of one blocking key.
        levels: What is added, by comparison and by how the two compare in it.
        least: The probability from which two claims are linked.
    """

    origin: str
    prior: float
    levels: dict[str, dict[str, float]]
    least: float


class EventWords(msgspec.Struct, frozen=True):
    """Word lists of ``events.toml``, weights of ``event_weights.json`` and those of judging within one report.

    Attributes:
        alike: Word lists of judging within one report.
        weights: Log-odds.
        groups: Type to a name that it shares with all its neighbours.
        near: For each type, the types that another report may give the same act.
        kinds: Type to ``speech``, ``talk`` or ``act``.
        mutual: Types between equals.
        common: Stems of triggers that say little.
        stop: Words left out where sentences are compared.
        reasons: What each level of a comparison is called.
        names: Gives the names that a text holds, hashed; remembers the last few texts.
        decode: Gives the features of a payload; remembers the last many.
    """

    alike: AlikeWords
    weights: EventWeights
    groups: Mapping[str, str]
    near: Mapping[str, frozenset[str]]
    kinds: Mapping[str, str]
    mutual: frozenset[str]
    common: frozenset[str]
    stop: frozenset[str]
    reasons: Mapping[str, Mapping[str, str]]
    names: Callable[[str], tuple[frozenset[str], frozenset[int]]]
    decode: Callable[[bytes], EventFeatures]


def open_event_words(weights: EventWeights | None = None) -> EventWords:
    """Read what ships with the package; ``weights`` stands in for the shipped ones where they are being fitted."""
    data = files("reportedly.link").joinpath("data")
    table = tomllib.loads(data.joinpath("events.toml").read_text(encoding="utf-8"))
    if weights is None:
        weights = msgspec.json.decode(data.joinpath("event_weights.json").read_bytes(), type=EventWeights)
    families = [frozenset(family.split()) for family in table["near"].values()]
    stop = frozenset(table["stop"]["words"].split())
    near = {
        kind.value: frozenset().union(*(family for family in families if kind.value in family), {kind.value})
        for kind in EventType
    }
    return EventWords(
        alike=open_alike(),
        weights=weights,
        groups={name: group for group, names in table["groups"].items() for name in names.split()},
        near=near,
        kinds={name: kind for kind, names in table["kinds"].items() for name in names.split()},
        mutual=frozenset(table["mutual"]["types"].split()),
        common=frozenset(table["common"]["stems"].split()),
        stop=stop,
        reasons=table["reasons"],
        names=lru_cache(maxsize=_TEXTS)(lambda text: find_names(text, stop)),
        decode=lru_cache(maxsize=_REMEMBERED)(decode_features),
    )
