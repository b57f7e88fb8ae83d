"""What a brief rests on, and what it cannot know."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from reportedly.ground.names import read_table
from reportedly.records.brief import Coverage
from reportedly.records.event import Event
from reportedly.records.grounding import GroundedActor
from reportedly.records.stored import DocumentHead, StoredClaim

_NAMED = 4
"""Parties named in one line at most."""
_TABLES = ("bodies.csv", "countries.csv")
"""What parties are called, by code; of a code that has several rows the first names it."""


def measure_coverage(heads: Sequence[DocumentHead], failures: int) -> Coverage:
    """Count what a brief rests on.

    Args:
        heads: The documents that hold a claim which fits, in any order.
        failures: Documents that could not be read.
    """
    publishers = Counter(head.publisher_name or "unknown publisher" for head in heads)
    days = sorted({head.day for head in heads if head.day})
    span = (date.fromisoformat(days[-1]) - date.fromisoformat(days[0])).days + 1 if days else 0
    return Coverage(
        documents=len(heads),
        originals=sum(head.origin is None for head in heads),
        publishers=tuple(sorted(publishers.items(), key=lambda pair: (-pair[1], pair[0]))),
        families=len({head.family for head in heads if head.family}),
        languages=tuple(sorted({head.language for head in heads})),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        undated=sum(head.day is None for head in heads),
        failures=failures,
        silent_days=span - len(days),
    )


def find_blind_spots(
    events: Sequence[Event], claims: Mapping[str, StoredClaim], coverage: Coverage, told: int, light: int
) -> tuple[str, ...]:
    """Say what a brief cannot know, in words; weightier first.

    Args:
        events: Events that the brief is about, those left out for length among them.
        claims: Their claims.
        coverage: What it rests on.
        told: How many events it tells of.
        light: How many it leaves out since others of their section weigh more.
    """
    spots = []
    single = sum(event.corroboration.origins <= 1 for event in events)
    if single:
        spots.append(f"{single} of {len(events)} events rest on a single origin.")
    unnamed = sum(event.corroboration.voices == 0 for event in events)
    if unnamed:
        spots.append(f"{unnamed} of {len(events)} events have no named source; who is behind them is not known.")
    if silent := _find_silent(events, claims):
        listed = ", ".join(silent[:_NAMED]) + (f" and {len(silent) - _NAMED} more" if len(silent) > _NAMED else "")
        spots.append(f"Told of in several events, but not heard as a source: {listed}.")
    spots += _find_gaps(events, coverage)
    if light:
        spots.append(f"{_count_events(light)} of less weight {'is' if light == 1 else 'are'} left out here.")
    if unclear := len(events) - told - light:
        verb, they = ("is", "it stands") if unclear == 1 else ("are", "they stand")
        spots.append(
            f"{_count_events(unclear)} {verb} not told of here: no sentence shows plainly how {they}, or what lay "
            "ahead has happened since."
        )
    return tuple(spots)


def _count_events(number: int) -> str:
    return f"{number} event{'' if number == 1 else 's'}"


def _find_gaps(events: Sequence[Event], coverage: Coverage) -> list[str]:
    gaps = []
    nowhere = sum(event.place is None for event in events)
    if nowhere:
        gaps.append(f"{nowhere} of {len(events)} events have no place that could be told.")
    undated = sum(event.interval is None for event in events)
    if undated:
        gaps.append(f"{undated} of {len(events)} events have no date of their own; only when they were told is known.")
    if coverage.undated:
        gaps.append(f"{coverage.undated} of {coverage.documents} reports are undated.")
    if coverage.silent_days:
        gaps.append(f"No report on {coverage.silent_days} of the days from {coverage.first} to {coverage.last}.")
    if coverage.failures:
        gaps.append(f"{coverage.failures} documents could not be read (see `reportedly failures`).")
    if len(coverage.languages) == 1:
        gaps.append(f"All reports are in one language ({coverage.languages[0]}).")
    return gaps


def _find_silent(events: Sequence[Event], claims: Mapping[str, StoredClaim]) -> list[str]:
    """Name parties that act or are acted on in several events, and for which no source speaks; commonest first.

    Words of a report that stand for nobody known are no party to be heard.
    """
    heard = {
        source.code.partition("/")[0]
        for item in claims.values()
        for source in item.grounding.sources
        if source.code is not None
    }
    actors = [actor for item in claims.values() for actor in (*item.grounding.actors, *item.grounding.recipients)]
    codes = {code for actor in actors for code in actor.codes}
    told = Counter(
        party
        for event in events
        for party in {code.partition("/")[0] for code in {*event.actors, *event.recipients} & codes}
    )
    silent = [code for code, count in sorted(told.items(), key=lambda pair: (-pair[1], pair[0])) if count > 1]
    silent = [code for code in silent if code not in heard]
    names = _read_names(actors) if silent else {}
    return [names.get(code, code) for code in silent]


def _read_names(actors: Iterable[GroundedActor]) -> dict[str, str]:
    """Return names of states and bodies by code, also of states that a table of the user's own names to claims."""
    candidates = (candidate for actor in actors for candidate in actor.candidates)
    names = {one.code: one.name for one in candidates if one.name and one.by == "table:country"}
    for row in (row for table in _TABLES for row in read_table(table, ("code", "kind", "name"), ("aliases",))):
        names.setdefault(row.cells["code"], row.cells["name"])
    return names
