"""Takes a forgotten document out of events and stories, until linking derives them again."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

import msgspec

from reportedly.records.claim import Claim, Status
from reportedly.records.event import Corroboration, Event, FigureHistory, FigureReading, Story, Voice
from reportedly.records.grounding import Grounding


class Said(msgspec.Struct, frozen=True):
    """What the claims that stay say, in any state of theirs.

    Attributes:
        statuses: By claim id.
        words: Modes and contexts.
        parties: Codes of actors and recipients, and words of those that have none.
        places: Gazetteer ids.
        intervals: First and last days.
    """

    statuses: Mapping[str, Collection[Status]] = {}
    words: Collection[str] = frozenset()
    parties: Collection[str] = frozenset()
    places: Collection[str] = frozenset()
    intervals: Collection[tuple[str | None, str | None]] = frozenset()


def collect_said(states: Iterable[tuple[Claim, Grounding]]) -> Said:
    """Put together what claims say."""
    statuses: dict[str, set[Status]] = defaultdict(set)
    words: set[str] = set()
    parties: set[str] = set()
    places: set[str] = set()
    intervals: set[tuple[str | None, str | None]] = set()
    for claim, grounding in states:
        statuses[claim.id].add(claim.status.value)
        words.update(field.value for field in (*claim.modes, *claim.contexts))
        for party in (*grounding.actors, *grounding.recipients):
            parties.update(party.codes or (party.text,))
        places.update(candidate.id for place in grounding.places for candidate in place.candidates)
        if grounding.time is not None:
            intervals.add((grounding.time.start, grounding.time.end))
    return Said(statuses, words, parties, places, intervals)


def prune_event(event: Event, claims: Collection[str], document: str, title: str, said: Said) -> Event | None:
    """Return an event without some claims; None where no other is left.

    Nothing that only those claims may have said is kept, but the type and the first and last day of publication: what
    the others do not say as well is taken out, counts can only fall. Linking puts right what is too little.

    Args:
        event: As it stands.
        claims: Ids of the claims that go.
        document: The document that goes.
        title: Words of a claim that stays, in place of a title that may be from one that goes.
        said: What the claims that stay say.
    """
    left = tuple(claim for claim in event.claims if claim not in claims)
    if not left:
        return None
    documents = tuple(other for other in event.documents if other != document)
    voices = tuple(pruned for voice in event.voices if (pruned := _prune_voice(voice, claims, said)) is not None)
    named = sum(not voice.anonymous for voice in voices)
    counts = event.corroboration
    place, interval = event.place, event.interval
    return msgspec.structs.replace(
        event,
        title=title,
        claims=left,
        documents=documents,
        voices=voices,
        statuses=_keep_statuses(event.statuses, left, said),
        modes=tuple(mode for mode in event.modes if mode in said.words),
        contexts=tuple(context for context in event.contexts if context in said.words),
        place=place if place is not None and place.id in said.places else None,
        interval=interval if interval is not None and (interval.start, interval.end) in said.intervals else None,
        life=tuple(step for step in event.life if step.claim not in claims),
        actors=tuple(name for name in event.actors if name in said.parties),
        recipients=tuple(name for name in event.recipients if name in said.parties),
        figures=tuple(kept for history in event.figures if (kept := _prune_history(history, claims)) is not None),
        corroboration=Corroboration(
            claims=len(left),
            documents=len(documents),
            publishers=min(counts.publishers, len(documents)),
            origins=min(counts.origins, len(documents)),
            voices=min(counts.voices, named),
            undecidable=min(counts.undecidable, len(voices) - named),
            families=min(counts.families, len(documents)),
            against=min(counts.against, named),
        ),
    )


def prune_story(story: Story, document: str, title: str) -> Story | None:
    """Return a story without a document; None where no other is left. Its words are for linking to find again."""
    left = tuple(other for other in story.documents if other != document)
    return msgspec.structs.replace(story, title=title, documents=left, words=()) if left else None


def _keep_statuses(statuses: tuple[Status, ...], claims: Iterable[str], said: Said) -> tuple[Status, ...]:
    told = {status for claim in claims for status in said.statuses.get(claim, ())}
    return tuple(status for status in statuses if status in told)


def _prune_voice(voice: Voice, claims: Collection[str], said: Said) -> Voice | None:
    left = tuple(claim for claim in voice.claims if claim not in claims)
    if not left:
        return None
    return msgspec.structs.replace(voice, claims=left, statuses=_keep_statuses(voice.statuses, left, said))


def _prune_history(history: FigureHistory, claims: Collection[str]) -> FigureHistory | None:
    readings = tuple(_unlink(reading, claims) for reading in history.readings if reading.claim not in claims)
    if not readings:
        return None
    standing = [reading for reading in readings if reading.updated_by is None and not reading.retracted]
    lows = [reading.low for reading in standing if reading.low is not None]
    highs = [reading.high for reading in standing if reading.high is not None]
    # One lower bound that stands leaves the whole range open.
    high = max(highs, default=None) if len(highs) == len(standing) else None
    return msgspec.structs.replace(history, readings=readings, low=min(lows, default=None), high=high)


def _unlink(reading: FigureReading, claims: Collection[str]) -> FigureReading:
    return msgspec.structs.replace(reading, updated_by=None) if reading.updated_by in claims else reading
