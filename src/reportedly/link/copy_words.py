"""The word lists and weights by which copies are told."""

import json
import math
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import msgspec

from reportedly.link.retraction_words import RetractionWords, open_retractions


class Question(msgspec.Struct, frozen=True):
    """One yes-or-no question, answered by logistic regression over ``FEATURES``.

    Attributes:
        bias: What the answer is where every feature has its middle value.
        weights: What a feature adds for each point above its middle value.
        middle: What the features are on average, so that a reason names what sets a pair apart.
    """

    bias: float
    weights: dict[str, float]
    middle: dict[str, float]

    def answer(self, seen: Mapping[str, float]) -> float:
        """Return the probability of yes."""
        points = self.bias + sum(self.weigh(seen).values())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, points))))

    def weigh(self, seen: Mapping[str, float]) -> dict[str, float]:
        """Return what each feature adds."""
        return {name: weight * (seen[name] - self.middle[name]) for name, weight in self.weights.items()}


class CopyWords(msgspec.Struct, frozen=True):
    """The lists of ``copies.toml`` and the weights of ``copy_weights.json``.

    Attributes:
        function: Words that carry no fact.
        common: Capitalised words too common to tell one report from another.
        wide: Names of countries, peoples and the like, which half of the news shares.
        days: Words for days.
        before_dot: Words after which a full stop ends no sentence.
        stock: Phrases that many reports share, in lower case.
        numbers: Number words.
        taken: Whether one report was taken from the other.
        one_event: Whether two reports that stand on their own tell of one event.
        notices: Words of retractions and corrections.
    """

    function: frozenset[str]
    common: frozenset[str]
    wide: frozenset[str]
    days: frozenset[str]
    before_dot: frozenset[str]
    stock: tuple[str, ...]
    numbers: dict[str, int]
    taken: Question
    one_event: Question
    notices: RetractionWords


def open_copies() -> CopyWords:
    """Read the lists and weights that ship with the package."""
    folder = files("reportedly.link").joinpath("data")
    table: dict[str, Any] = tomllib.loads(folder.joinpath("copies.toml").read_text(encoding="utf-8"))
    weights = json.loads(folder.joinpath("copy_weights.json").read_text(encoding="utf-8"))["questions"]
    lists = {name: frozenset(table[name].split()) for name in ("function", "common", "wide", "days", "before_dot")}
    return CopyWords(
        **lists,
        stock=tuple(filter(None, table["stock"].split("\n"))),
        numbers=table["numbers"],
        taken=msgspec.convert(weights["taken"], Question),
        one_event=msgspec.convert(weights["one_event"], Question),
        notices=open_retractions(),
    )
