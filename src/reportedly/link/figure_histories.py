"""What is said of the counts of one event, by source and over time; never averaged."""

from collections.abc import Collection, Mapping, Sequence

import msgspec

from reportedly.link.corroborate import corroborate, sort_claims
from reportedly.link.voices import VoiceWords
from reportedly.records.claim import Figure, Scope, Status
from reportedly.records.event import FigureHistory, FigureReading
from reportedly.records.link import Link, Relation
from reportedly.records.stored import DocumentHead, StoredClaim

_TOLD = frozenset({Status.OCCURRED, Status.ONGOING, Status.HISTORICAL})
"""Statuses whose figures count something that is said to be; what is feared or planned has no toll."""
_ANYBODY = frozenset({"people", "persons", "person", "others", "victims", "bodies", "dead"})
"""Units that say no more than that people are counted."""

_Key = tuple[str, Scope, str | None]


def make_figure_histories(
    claims: Sequence[StoredClaim],
    links: Sequence[Link],
    retracted: Collection[str] = (),
    origins: Mapping[str, DocumentHead] | None = None,
    words: VoiceWords | None = None,
) -> tuple[FigureHistory, ...]:
    """Put together what is said of each count of an event, by voice and in order of publication.

    Counts of different keys, scopes or kinds of people ("civilians", "fighters") stand in histories of their own. Of
    one voice only its last figure stands, where a link says that it updates the earlier ones; figures newly added are
    never updated. Copies and repeats of a figure by one voice are one reading, the earliest.

    Args:
        claims: Claims of one event, in any order.
        links: Links among them; ``updates`` count.
        retracted: Ids of documents that were taken back.
        origins: As ``corroborate`` takes it.
        words: As ``corroborate`` takes it.

    Returns:
        Histories by key, scope and unit; empty where no claim that tells of something that happened has a figure.
        ``low`` and ``high`` span the readings that still stand, or all of them where none does.
    """
    ordered = sort_claims(claims)
    told = [item for item in ordered if item.claim.status.value in _TOLD and item.claim.figures]
    if not told:
        return ()
    _, voices = corroborate(ordered, origins or {}, words)
    names = {claim: voice.name for voice in reversed(voices) for claim in voice.claims}
    later: dict[str, list[str]] = {}
    for link in links:
        if link.relation is Relation.UPDATES:
            later.setdefault(link.left, []).append(link.right)
    readings: dict[_Key, list[FigureReading]] = {}
    for item in told:
        for field in item.claim.figures:
            figure = field.value
            reading = FigureReading(
                voice=names.get(item.claim.id, ""),
                claim=item.claim.id,
                day=item.document.day,
                low=figure.low,
                high=figure.high,
                as_of=figure.as_of,
                retracted=item.document.id in retracted,
            )
            known = readings.setdefault((figure.key, figure.scope, name_unit(figure)), [])
            if not any(_is_repeat(other, reading) for other in known):
                known.append(reading)
    keys = sorted(readings, key=lambda key: (key[0], key[1], key[2] or ""))
    return tuple(_make_history(key, readings[key], later) for key in keys)


def name_figure(figure: Figure) -> str:
    """Return a figure as a reader should see it: ``12``, ``12 or more``, ``at most 12``, ``10 to 15``."""
    if figure.low is None:
        return "an unknown number" if figure.high is None else f"at most {figure.high}"
    if figure.high is None:
        return f"{figure.low} or more"
    return str(figure.low) if figure.low == figure.high else f"{figure.low} to {figure.high}"


def name_unit(figure: Figure) -> str | None:
    """Return the kind of people or things that a figure counts; None where it only counts people."""
    words = (figure.unit or "people").lower().split()
    return None if not words or words[-1] in _ANYBODY else words[-1]


def _is_repeat(one: FigureReading, other: FigureReading) -> bool:
    return (one.voice, one.low, one.high, one.retracted) == (other.voice, other.low, other.high, other.retracted)


def _make_history(key: _Key, readings: Sequence[FigureReading], later: Mapping[str, list[str]]) -> FigureHistory:
    kept = [_mark_updated(at, readings, later, key[1]) for at in range(len(readings))]
    standing = [r for r in kept if r.updated_by is None and not r.retracted]
    counted = standing or kept
    lows = [reading.low for reading in counted if reading.low is not None]
    highs = [reading.high for reading in counted if reading.high is not None]
    return FigureHistory(
        key=key[0],
        scope=key[1],
        low=min(lows, default=None),
        high=max(highs) if len(highs) == len(counted) else None,
        readings=tuple(kept),
        unit=key[2],
    )


def _mark_updated(
    at: int, readings: Sequence[FigureReading], later: Mapping[str, list[str]], scope: Scope
) -> FigureReading:
    """Say which later reading of the same voice took the place of a reading."""
    reading = readings[at]
    if scope is Scope.ADDED:
        return reading
    for other in readings[at + 1 :]:
        linked = other.claim in later.get(reading.claim, ())
        if other.voice == reading.voice and linked and not other.retracted:
            return msgspec.structs.replace(reading, updated_by=other.claim)
    return reading
