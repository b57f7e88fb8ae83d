"""What is said of the counts of one event, by source and over time; never averaged."""

from collections.abc import Collection, Mapping, Sequence

import msgspec

from reportedly.link.corroborate import corroborate
from reportedly.link.days import sort_claims
from reportedly.link.outlets import find_copied
from reportedly.link.retraction_words import tells_of_notice
from reportedly.link.tolls import find_counts, find_moves
from reportedly.link.voices import VoiceWords, open_voices
from reportedly.records.claim import Scope, Status
from reportedly.records.event import FigureHistory, FigureReading, Voice
from reportedly.records.link import Link, Relation
from reportedly.records.stored import DocumentHead, StoredClaim

_TOLD = frozenset({Status.OCCURRED, Status.ONGOING, Status.HISTORICAL})
"""Statuses whose figures count something that is said to be; what is feared or planned has no toll."""
_Key = tuple[str, Scope, str | None]


def make_figure_histories(
    claims: Sequence[StoredClaim],
    links: Sequence[Link],
    retracted: Collection[str] = (),
    origins: Mapping[str, DocumentHead] | None = None,
    words: VoiceWords | None = None,
    voices: Sequence[Voice] | None = None,
) -> tuple[FigureHistory, ...]:
    """Put together what is said of each count of an event, by voice and in order of publication.

    Counts of different keys, scopes or kinds of people ("civilians", "fighters") stand in histories of their own. A
    figure that a link says was updated no longer stands; figures newly added are never updated. What repeats a voice's
    latest figure is one reading with it, and so is every copy; a voice that goes back to a figure gives another.

    Args:
        claims: Claims of one event, in any order.
        links: Links among them; ``updates`` count.
        retracted: Ids of documents that were taken back.
        origins: As ``corroborate`` takes it.
        words: As ``corroborate`` takes it.
        voices: What ``corroborate`` gives of these claims, where it was asked already.

    Returns:
        Histories by key, scope and unit; empty where no claim that tells of something that happened has a figure.
        ``low`` and ``high`` span the readings that still stand; both are None where none does.
    """
    ordered = sort_claims(claims)
    told = [item for item in ordered if item.claim.status.value in _TOLD and item.claim.figures]
    if not told:
        return ()
    words = open_voices() if words is None else words
    if voices is None:
        _, voices = corroborate(ordered, origins or {}, words)
    names = {claim: voice.name for voice in reversed(voices) for claim in voice.claims}
    later: dict[str, list[str]] = {}
    for link in links:
        if link.relation is Relation.UPDATES:
            later.setdefault(link.left, []).append(link.right)
    origins = origins or {}
    speaking = [(item, names.get(item.claim.id, "")) for item in told]
    moves = find_moves(speaking, words.people, find_copied(told, origins))
    readings: dict[_Key, list[FigureReading]] = {}
    for item in told:
        if tells_of_notice(item.sentence, words.notices):
            continue
        for count in find_counts(item, words.people):
            figure = count.figure
            reading = FigureReading(
                voice=names.get(item.claim.id, ""),
                claim=item.claim.id,
                day=item.document.day,
                low=figure.low,
                high=figure.high,
                as_of=figure.as_of,
                retracted=item.document.id in retracted,
            )
            known = readings.setdefault((figure.key, figure.scope, count.kind), [])
            own = [other for other in known if other.voice == reading.voice]
            if not any(_is_repeat(other, reading) for other in (own[-1:] if reading.claim in moves else own)):
                known.append(reading)
    keys = sorted(readings, key=lambda key: (key[0], key[1], key[2] or ""))
    return tuple(_make_history(key, readings[key], later) for key in keys)


def _is_repeat(one: FigureReading, other: FigureReading) -> bool:
    return (one.low, one.high, one.retracted) == (other.low, other.high, other.retracted)


def _make_history(key: _Key, readings: Sequence[FigureReading], later: Mapping[str, list[str]]) -> FigureHistory:
    kept = [_mark_updated(at, readings, later, key[1]) for at in range(len(readings))]
    standing = [r for r in kept if r.updated_by is None and not r.retracted]
    lows = [reading.low for reading in standing if reading.low is not None]
    highs = [reading.high for reading in standing if reading.high is not None]
    return FigureHistory(
        key=key[0],
        scope=key[1],
        low=min(lows, default=None),
        high=max(highs) if highs and len(highs) == len(standing) else None,
        readings=tuple(kept),
        unit=key[2],
    )


def _mark_updated(
    at: int, readings: Sequence[FigureReading], later: Mapping[str, list[str]], scope: Scope
) -> FigureReading:
    """Say which later reading took the place of a reading."""
    reading = readings[at]
    if scope is Scope.ADDED:
        return reading
    for other in readings[at + 1 :]:
        changed = (other.low, other.high) != (reading.low, reading.high)
        risen = other.voice == reading.voice or (other.low or 0) > (reading.low or 0)
        if changed and risen and other.claim in later.get(reading.claim, ()) and not other.retracted:
            return msgspec.structs.replace(reading, updated_by=other.claim)
    return reading
