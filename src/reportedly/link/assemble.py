"""One event record of the claims that tell of it: what they say together, and where they pull apart."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from hashlib import blake2b
from itertools import pairwise
from typing import TypeVar

from reportedly.link.corroborate import corroborate
from reportedly.link.days import sort_claims
from reportedly.link.distance import measure_km
from reportedly.link.figure_histories import make_figure_histories
from reportedly.link.voices import VoiceWords, open_voices
from reportedly.records.claim import PlaceRole, Status
from reportedly.records.document import is_lasting
from reportedly.records.event import Corroboration, Event, EventPlace, LifeStep, Voice
from reportedly.records.grounding import CalendarInterval, GroundedActor, PlaceCandidate
from reportedly.records.link import Link, Relation
from reportedly.records.stored import DocumentHead, StoredClaim

T = TypeVar("T")

_APART = frozenset({Relation.CONTRADICTS, Relation.TENSION, Relation.DENIES})
_TITLE = 120
"""Characters of a title at most."""
_TELLING = {
    Status.OCCURRED: 0,
    Status.ONGOING: 0,
    Status.PLANNED: 1,
    Status.THREATENED: 1,
    Status.DEMANDED: 1,
    Status.POSSIBLE: 1,
    Status.HISTORICAL: 3,
}
"""How well a claim of a status tells of its event, best first; of all others next to last."""
_LATE = 40
"""Characters before the event from which on a sentence is about something else first."""
_CLAUSE = re.compile(r"[,;:–—]\s+|\s[-–—]\s")
"""What parts clauses; where nothing else does, a title is cut at a word."""
_HANGING = re.compile(
    r"(?:after|before|when|while|as|since|then|which|who|that|in what|(?:[\w-]+ ){1,6}(?:after|before))\b",
    re.IGNORECASE,
)
"""How a clause begins that says little without the one it hangs on."""
_PRECISIONS = ("day", "week", "month", "quarter", "year", "decade")
_FINENESS = ("city", "admin2", "admin1", "area", "country", "continent")


def make_event(
    claims: Sequence[StoredClaim],
    links: Sequence[Link],
    origins: Mapping[str, DocumentHead],
    retracted: Collection[str] = (),
    words: VoiceWords | None = None,
    counted: tuple[Corroboration, tuple[Voice, ...]] | None = None,
) -> Event:
    """Derive the event that linked claims report.

    What most claims say stands in the record; what they say differently is kept beside it by voice and in order:
    statuses in ``life``, counts in ``figures``, and ``tension`` says that they do not agree. Claims of copies count
    as claims, but give no weight to what they repeat.

    Args:
        claims: One or more claims, in any order; repeats count once.
        links: Links among them; those to other claims are passed over.
        origins: By document id, the head of the document that it is a copy of; itself for an original.
        retracted: Ids of documents that were taken back.
        words: From ``open_voices``; opened here where they are not given.
        counted: What ``corroborate`` gives of these claims, where it was asked already.

    Raises:
        ValueError: ``claims`` is empty.
    """
    ordered = sort_claims(claims)
    if not ordered:
        raise ValueError("an event without claims is a linking bug")
    words = open_voices() if words is None else words
    inner = _keep_inner(links, ordered)
    weighty = _drop_repeats(ordered, origins)
    corroboration, voices = corroborate(ordered, origins, words) if counted is None else counted
    days = [item.document.day for item in ordered if item.document.day]
    return Event(
        id=make_event_id(ordered[0].claim.id),
        type=_find_commonest([item.claim.type.value for item in weighty])[0],
        title=_make_title(weighty, _is_contested(weighty, inner)),
        claims=tuple(item.claim.id for item in ordered),
        documents=tuple(dict.fromkeys(item.document.id for item in ordered)),
        corroboration=corroboration,
        voices=voices,
        statuses=tuple(dict.fromkeys(item.claim.status.value for item in reversed(ordered))),
        life=_trace_life(ordered, voices),
        modes=tuple(_find_commonest([mode.value for item in weighty for mode in item.claim.modes])),
        contexts=tuple(_find_commonest([context.value for item in weighty for context in item.claim.contexts])),
        actors=tuple(_find_commonest([name for item in weighty for name in _name_all(item.grounding.actors)])),
        recipients=tuple(_find_commonest([name for item in weighty for name in _name_all(item.grounding.recipients)])),
        interval=_find_interval(weighty),
        place=_find_place(weighty),
        figures=make_figure_histories(ordered, inner, retracted, origins, words, voices),
        first=min(days, default=None),
        last=max(days, default=None),
        tension=any(link.relation in _APART for link in inner),
        retracted=all(item.document.id in retracted for item in ordered),
    )


def make_event_id(claim_id: str) -> str:
    """Return the id of the event whose earliest claim this is."""
    return blake2b(f"event|{claim_id}".encode(), digest_size=10).hexdigest()


def _keep_inner(links: Sequence[Link], claims: Sequence[StoredClaim]) -> list[Link]:
    ids = {item.claim.id for item in claims}
    return [link for link in links if link.left in ids and link.right in ids]


def _drop_repeats(claims: Sequence[StoredClaim], origins: Mapping[str, DocumentHead]) -> list[StoredClaim]:
    """Leave out claims of copies whose original tells of the event itself, and of versions that were superseded."""
    present = {item.document.id for item in claims}
    kept = [
        item
        for item in claims
        if (origin := origins.get(item.document.id)) is None
        or origin.id == item.document.id
        or origin.id not in present
    ]
    latest = [item for item in kept if item.document.superseded not in present]
    # A version between two that tell of the event may not tell of it itself.
    last = {item.document.address: item.document.id for item in latest if is_lasting(item.document.address)}
    latest = [item for item in latest if last.get(item.document.address, item.document.id) == item.document.id]
    return latest or kept


def _find_commonest(values: Sequence[T]) -> list[T]:
    """Return distinct values, commonest first, those that tie in the order they came."""
    return [value for value, _ in Counter(values).most_common()]


def _name_all(actors: Sequence[GroundedActor]) -> list[str]:
    """Return codes, or the words where no code is known."""
    return [name for actor in actors for name in (actor.codes or (actor.text,))]


def _is_contested(claims: Sequence[StoredClaim], links: Sequence[Link]) -> bool:
    """Say whether reports that cannot both hold name different parties as those who acted."""
    named = {code.partition("/")[0] for item in claims for actor in item.grounding.actors for code in actor.codes}
    return len(named) > 1 and any(link.relation is Relation.CONTRADICTS for link in links)


def _make_title(claims: Sequence[StoredClaim], contested: bool) -> str:
    """Return the sentence of the best claim, or, where that is long, as much of it as shows the event."""
    best = min(claims, key=lambda item: _rank_as_title(item, contested))
    words = " ".join(best.sentence.split())
    if len(words) > _TITLE:
        claim, sentence = best.claim, best.sentence
        start, end = (max(0, at - claim.sentence.start) for at in (claim.evidence.start, claim.evidence.end))
        left = max((match.end() for match in _CLAUSE.finditer(sentence, 0, start)), default=0)
        right = next((match.start() for match in _CLAUSE.finditer(sentence, end)), len(sentence))
        if _HANGING.match(sentence[left:right]) and right <= _TITLE:
            left = 0
        words = " ".join(sentence[left:right].split())
    if len(words) > _TITLE:
        words = words[:_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + " …"
    if words.count('"') == 1:
        words = words.replace('"', "")
    return words[:1].upper() + words[1:].rstrip(".")


def _rank_as_title(item: StoredClaim, contested: bool) -> tuple[int, bool, bool, bool, int, int]:
    """Prefer a claim that tells the event itself to one that denies it, leaves it open or looks back on it.

    Of those the one that names both sides, or, where it is in dispute who acted, one that names nobody for it; then one
    whose sentence begins with the event and not with who says so, then the more salient, then the shorter sentence.
    """
    claim = item.claim
    return (
        _TELLING.get(claim.status.value, 2),
        bool(claim.actors) if contested else not (claim.actors and claim.recipients),
        not (claim.actors or claim.recipients),
        claim.evidence.start - claim.sentence.start > _LATE,
        claim.salience,
        len(item.sentence) // 100,
    )


def _trace_life(claims: Sequence[StoredClaim], voices: Sequence[Voice]) -> tuple[LifeStep, ...]:
    """Return each status that each voice gives, the first time it does."""
    names = {claim: voice.name for voice in voices for claim in voice.claims}
    steps: dict[tuple[Status, str], LifeStep] = {}
    for item in claims:
        status, voice = item.claim.status.value, names.get(item.claim.id, item.document.publisher_name or "")
        steps.setdefault((status, voice), LifeStep(status, item.document.day, voice, item.claim.id))
    return tuple(steps.values())


def _find_interval(claims: Sequence[StoredClaim]) -> CalendarInterval | None:
    """Return the finest interval that claims give, of those as fine the commonest, of those as common the earliest."""
    known = [item.grounding.time for item in claims if item.grounding.time and item.grounding.time.start]
    if not known:
        return None
    counts = Counter((time.start, time.end) for time in known)
    return min(known, key=lambda time: (_find_rank(time.precision, _PRECISIONS), -counts[(time.start, time.end)]))


def _find_rank(value: str, order: Sequence[str]) -> int:
    return order.index(value) if value in order else len(order)


def _find_place(claims: Sequence[StoredClaim]) -> EventPlace | None:
    """Return the finest place of the event, the commonest of those as fine; None where two as fine lie apart."""
    places = [place for item in claims if (place := find_event_place(item)) is not None]
    if not places:
        return None
    counts = Counter(place.id for place in places)
    finest = min(_find_rank(place.kind, _FINENESS) for place in places)
    distinct = {place.id: place for place in places if _find_rank(place.kind, _FINENESS) == finest}
    ranked = sorted(distinct.values(), key=lambda place: (-counts[place.id], place.id))
    best = ranked[0]
    for one, other in pairwise(ranked):
        tie = counts[one.id] == counts[best.id] == counts[other.id]
        if tie and measure_km(best, other) > best.radius_km + other.radius_km:
            return None
    return EventPlace(
        id=best.id,
        name=best.name,
        kind=best.kind,
        country=best.country,
        admin=best.admin,
        latitude=best.latitude,
        longitude=best.longitude,
        radius_km=best.radius_km,
        score=best.score,
    )


def find_event_place(item: StoredClaim) -> PlaceCandidate | None:
    """Return the best reading of the place where a claim says the event is; None where it says none."""
    pairs = zip(item.claim.places, item.grounding.places, strict=False)
    best = max(
        (
            (field.score, grounded.candidates[0])
            for field, grounded in pairs
            if _is_place(field.value.role, grounded.candidates)
        ),
        key=lambda pair: pair[0],
        default=None,
    )
    return best[1] if best else None


def _is_place(role: PlaceRole, candidates: Sequence[PlaceCandidate]) -> bool:
    return role is PlaceRole.EVENT and bool(candidates)
