"""Do two claims of different reports tell of one event: what is remembered of a claim, and the judgement of two."""

import math
from collections.abc import Mapping
from datetime import date

from reportedly.link.candidates import make_keys
from reportedly.link.event_features import EventFeatures, encode_features, take_features
from reportedly.link.event_groups import group_claims
from reportedly.link.event_pairs import Levels, compare
from reportedly.link.event_words import EventWords, open_event_words
from reportedly.records.claim import Claim
from reportedly.records.document import Document
from reportedly.records.grounding import Grounding
from reportedly.records.link import Link, Relation
from reportedly.records.stored import Sketch

__all__ = ["EventWords", "group_claims", "judge_events", "open_event_words", "sketch_claim"]

_LEAST_SHOWN = 0.2
"""Weights below this explain nothing."""
_MOST_SHOWN = 5
"""Contributions that a reason names."""


def sketch_claim(claim: Claim, grounding: Grounding, document: Document, words: EventWords) -> Sketch:
    """Gather what is remembered of a claim, so that it need not be read again to be compared.

    Args:
        claim: The claim.
        grounding: Its grounding.
        document: The document that it stands in.
        words: From ``open_event_words``.

    Returns:
        The sketch. Its day is that of the event where the claim says it to the day; else the day of publication, moved
        into the time that the claim says ("in September"); None where neither is known.
    """
    features = take_features(claim, grounding, document, words.alike, words.stop, words.names(document.text))
    return Sketch(
        subject=claim.id,
        day=_choose_day(features),
        keys=make_keys(features, words.groups[features.type]),
        payload=encode_features(features),
    )


def judge_events(one: Sketch, other: Sketch, words: EventWords) -> Link | None:
    """Judge whether two claims of different reports tell of one event.

    Agreement of parties, place, day, counts, trigger and words each add to the odds, disagreement takes away, as far
    as the weights say (Fellegi and Sunter's way of record linkage). A plan and what came of it are one event in two
    statuses, and so are a denial and what it denies. Counts that differ rule nothing out. Days or towns that are known
    and lie apart do, and so does one act beside a series of them, background without a day beside news, and two claims
    of one report: those are judged where the report is read.

    Args:
        one: A claim.
        other: Another; the order does not matter.
        words: From ``open_event_words``.

    Returns:
        A ``same_event`` link from the claim published first, to the undated one where only one is dated; scored with
        the probability, its reason naming the strongest weights; None where that is below ``words.weights.least``.

    Raises:
        msgspec.DecodeError: a payload is another linker's.
    """
    first, second = words.decode(one.payload), words.decode(other.payload)
    if first.document == second.document:
        return None
    if _place(second, other) < _place(first, one):
        one, other, first, second = other, one, second, first
    levels = compare(first, second, words)
    if levels is None:
        return None
    odds = weigh(levels, words.weights.prior, words.weights.levels)
    score = 1.0 / (1.0 + math.exp(-odds))
    if score < words.weights.least:
        return None
    reason = _explain(levels, words)
    return Link(one.subject, other.subject, Relation.SAME_EVENT, round(score, 3), "rule:events", reason)


def _place(features: EventFeatures, sketch: Sketch) -> tuple[float, str]:
    return (math.inf if features.published is None else features.published, sketch.subject)


def weigh(levels: Levels, prior: float, weights: Mapping[str, Mapping[str, float]]) -> float:
    """Add up the log-odds of what is known of two claims.

    Raises:
        KeyError: a level has no weight.
    """
    return prior + sum(weights[name][level] for name, level in levels.items())


def _explain(levels: Levels, words: EventWords) -> str:
    """Name the strongest weights: "same town +2.2, same day +1.8, counts that differ -0.2"."""
    known = [(words.weights.levels[name][level], words.reasons[name][level]) for name, level in levels.items()]
    strong = sorted((item for item in known if abs(item[0]) >= _LEAST_SHOWN), key=lambda item: (-abs(item[0]), item[1]))
    return ", ".join(f"{name} {weight:+.1f}" for weight, name in strong[:_MOST_SHOWN]) or "nothing speaks against it"


def _choose_day(features: EventFeatures) -> str | None:
    """Return the day by which candidates are narrowed: publication, moved into the time that the claim says."""
    day = features.published
    if features.start is not None and (day is None or day < features.start or features.exact):
        day = features.start
    elif features.end is not None and (day is None or day > features.end):
        day = features.end
    return date.fromordinal(day).isoformat() if day is not None else None
