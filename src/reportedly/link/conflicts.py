"""Where the claims of one event, told by several reports, pull apart or move on."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from reportedly.link.alike import ACTUAL, PROSPECTIVE, are_compatible, count_alike
from reportedly.link.corroborate import corroborate, sort_claims
from reportedly.link.distance import measure_km
from reportedly.link.figure_histories import make_figure_histories, name_figure
from reportedly.link.voices import VoiceWords
from reportedly.records.claim import Figure, PlaceRole, Scope, Status
from reportedly.records.grounding import PlaceCandidate
from reportedly.records.link import Link, Relation
from reportedly.records.ontology import EventType
from reportedly.records.stored import DocumentHead, StoredClaim

__all__ = ["find_conflicts", "make_figure_histories"]

_BY = "rule:conflicts"
_SCORE = 0.8
_LESS_SURE = 0.6
_OPEN = PROSPECTIVE - {Status.UNDECIDED}
_ONE_SIDED = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.MOBILIZE, EventType.SANCTION})
"""Acts of one side upon another: two sides named for one of them exclude each other, as they do not for talks."""
_FINE = frozenset({"city", "capital", "town", "village", "admin2"})
"""Kinds of places that are small enough to tell two of them apart."""
_NEAR_KM = 15.0
"""Places that come this close may be one."""
_COUNTED = frozenset({"killed", "injured", "casualties", "missing", "detained", "displaced", "operations", "troops"})
MAX_APART, MAX_LINKS = 200, 8
"""Claims further apart in the order of publication are not compared, and one claim is linked to no more earlier ones
for a relation: what hundreds of reports tell of stays readable, and links grow with claims, not with their square."""
_ROUND_FROM, _ROUND_SHARE = 100, 0.05
"""Counts from this many on are often rounded: a difference of less than this share of the larger excludes nothing."""


class _Told(msgspec.Struct, frozen=True):
    """One claim with the voices behind it."""

    item: StoredClaim
    voices: frozenset[int]

    @property
    def day(self) -> str:
        """Day of publication; empty where unknown."""
        return self.item.document.day or ""

    @property
    def status(self) -> Status:
        """Its status."""
        return self.item.claim.status.value


def find_conflicts(
    claims: Sequence[StoredClaim],
    origins: Mapping[str, DocumentHead] | None = None,
    words: VoiceWords | None = None,
) -> tuple[Link, ...]:
    """Find how the claims of one event pull apart, and where a later figure takes the place of an earlier one.

    - ``contradicts``: both cannot hold. It happened beside it did not; counts of one key, scope and kind of people
      whose bounds exclude each other, told the same day or the later one lower; two sides named for an act of one;
      towns or days that lie apart.
    - ``tension``: they pull apart without excluding each other: what is planned beside no decision, or beside what had
      not happened.
    - ``denies``: the right claim denies the left one.
    - ``updates``: the right claim gives a later figure of the same scope: the same voice's, whatever it says, or
      another voice's that is higher and was published on a later day, as tolls rise.

    Claims of one report are passed over: ``link_within`` has judged them with the words between them. Of claims that
    say the same through the same voices only the first is linked, so that copies do not multiply a conflict, and a
    claim is linked to at most ``MAX_LINKS`` earlier ones for a relation.

    Args:
        claims: Claims of one event, in any order; repeats count once.
        origins: As ``corroborate`` takes it.
        words: As ``corroborate`` takes it.

    Returns:
        Links in order of publication of their later claim; empty where nothing pulls apart.
    """
    ordered = sort_claims(claims)
    if len({item.document.id for item in ordered}) < 2:
        return ()
    told = _choose_telling(ordered, origins or {}, words)
    links: dict[tuple[str, str, Relation], Link] = {}
    for at, right in enumerate(told):
        drawn: Counter[Relation] = Counter()
        for left in told[max(0, at - MAX_APART) : at]:
            if left.item.document.id == right.item.document.id:
                continue
            for link in _compare(left, right):
                if drawn[link.relation] < MAX_LINKS:
                    drawn[link.relation] += 1
                    links.setdefault((link.left, link.right, link.relation), link)
    for link in _find_updates(told):
        links.setdefault((link.left, link.right, link.relation), link)
    return tuple(links.values())


def _choose_telling(
    ordered: Sequence[StoredClaim], origins: Mapping[str, DocumentHead], words: VoiceWords | None
) -> list[_Told]:
    """Keep the first of the claims that say the same through the same voices."""
    _, voices = corroborate(ordered, origins, words)
    behind: dict[str, set[int]] = {}
    for number, voice in enumerate(voices):
        for claim in voice.claims:
            behind.setdefault(claim, set()).add(number)
    chosen: dict[tuple[object, ...], _Told] = {}
    for item in ordered:
        told = _Told(item, frozenset(behind.get(item.claim.id, ())))
        figures = frozenset((f.value.key, f.value.low, f.value.high, f.value.scope) for f in item.claim.figures)
        said = (told.voices, told.status, figures, _find_sides(item), _find_place(item), item.grounding.time)
        chosen.setdefault(said, told)
    return list(chosen.values())


def _compare(left: _Told, right: _Told) -> Iterator[Link]:
    """Judge two claims of two reports, ``left`` the earlier."""
    yield from _compare_statuses(left, right)
    if left.voices & right.voices or not {left.status, right.status} <= ACTUAL:
        return
    found = [*_compare_figures(left, right), *_compare_sides(left, right), *_compare_scenes(left, right)]
    if found:
        yield _draw(left, right, Relation.CONTRADICTS, "; ".join(found))


def _compare_statuses(left: _Told, right: _Told) -> Iterator[Link]:
    one, other = left.status, right.status
    statuses = {one, other}
    reason = f"{one} beside {other}"
    if Status.DENIED in statuses and statuses & (ACTUAL | _OPEN):
        if left.voices != right.voices:
            denied, denial = (right, left) if one is Status.DENIED else (left, right)
            yield _draw(denied, denial, Relation.DENIES, f"{denied.status} beside {denial.status}")
    elif Status.NEGATED in statuses and statuses & ACTUAL:
        if one is Status.NEGATED and left.day < right.day:
            yield _draw(left, right, Relation.TENSION, f"{reason}, told {right.day}", _LESS_SURE)
        else:
            yield _draw(left, right, Relation.CONTRADICTS, reason)
    elif statuses & {Status.UNDECIDED, Status.NEGATED} and statuses & _OPEN:
        yield _draw(left, right, Relation.TENSION, reason, _LESS_SURE)


def _draw(left: _Told, right: _Told, relation: Relation, reason: str, score: float = _SCORE) -> Link:
    return Link(left.item.claim.id, right.item.claim.id, relation, score, _BY, reason)


def _compare_figures(left: _Told, right: _Told) -> Iterator[str]:
    """Say which counts of two voices exclude each other and are no toll that rose from one day to the next."""
    for one, other in _pair_figures(left.item, right.item):
        if _exclude(one, other) and not _rises(left, right, one, other):
            yield f"{one.key}: {name_figure(one)} beside {name_figure(other)}"


def _pair_figures(left: StoredClaim, right: StoredClaim) -> Iterator[tuple[Figure, Figure]]:
    """Pair figures of one key and scope that count the same people as of no different times."""
    for first in left.claim.figures:
        for second in right.claim.figures:
            one, other = first.value, second.value
            if one.key != other.key or one.key not in _COUNTED or one.scope is not other.scope:
                continue
            if one.scope is Scope.ADDED or not count_alike(one, other):
                continue
            if one.scope is Scope.SERIES and (one.as_of or "") != (other.as_of or ""):
                continue
            yield one, other


def _exclude(one: Figure, other: Figure) -> bool:
    """Say whether two counts cannot both hold, large ones being rounded."""
    if are_compatible(one, other):
        return False
    low = max(one.low or 0, other.low or 0)
    high = min(high for high in (one.high, other.high) if high is not None)
    return low < _ROUND_FROM or low - high >= _ROUND_SHARE * low


def _rises(left: _Told, right: _Told, one: Figure, other: Figure) -> bool:
    """Say whether a count only rose from one day of publication to a later one."""
    return bool(left.day) and left.day < right.day and (other.low or 0) > (one.high or 0) and one.high is not None


def _compare_sides(left: _Told, right: _Told) -> Iterator[str]:
    if left.item.claim.type.value not in _ONE_SIDED:
        return
    one, other = _find_sides(left.item), _find_sides(right.item)
    acted_on = _find_sides(left.item, recipients=True) | _find_sides(right.item, recipients=True)
    if one and other and not one & other and not (one | other) & acted_on:
        yield f"actor: {', '.join(sorted(one))} beside {', '.join(sorted(other))}"


def _find_sides(item: StoredClaim, *, recipients: bool = False) -> frozenset[str]:
    """Return the states and groups that act, or are acted on; empty where one of them is not known."""
    mentions = item.grounding.recipients if recipients else item.grounding.actors
    if not recipients and any(not mention.codes for mention in mentions):
        return frozenset()
    return frozenset(code.split("/")[0] for mention in mentions for code in mention.codes)


def _compare_scenes(left: _Told, right: _Told) -> Iterator[str]:
    one, other = _find_place(left.item), _find_place(right.item)
    if one is not None and other is not None and one.id != other.id:
        apart = measure_km(one, other) - one.radius_km - other.radius_km
        if apart > _NEAR_KM:
            yield f"place: {one.name} beside {other.name}, {apart:.0f} km apart"
    first, second = left.item.grounding.time, right.item.grounding.time
    if first is None or second is None or {first.precision, second.precision} != {"day"}:
        return
    if first.end and second.start and (first.end < second.start or (second.end or "9999") < (first.start or "")):
        yield f"day: {first.value} beside {second.value}"


def _find_place(item: StoredClaim) -> PlaceCandidate | None:
    """Return the town that a claim puts the event in; None where it names none or several."""
    found = {
        grounded.candidates[0].id: grounded.candidates[0]
        for field, grounded in zip(item.claim.places, item.grounding.places, strict=False)
        if field.value.role is PlaceRole.EVENT and grounded.candidates and grounded.candidates[0].kind in _FINE
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _find_updates(told: Sequence[_Told]) -> Iterator[Link]:
    """Lead each figure to the next one that takes its place: of the same voice, or a higher one of a later day."""
    actual = [item for item in told if item.status in ACTUAL]
    for at, left in enumerate(actual):
        done: set[tuple[str, Scope, bool]] = set()
        for right in actual[at + 1 : at + 1 + MAX_APART]:
            same = bool(left.voices & right.voices)
            for one, other in _pair_figures(left.item, right.item):
                key = (one.key, one.scope, same)
                changed = (one.low, one.high) != (other.low, other.high)
                if key in done or not changed or left.item.document.id == right.item.document.id:
                    continue
                if same or (_exclude(one, other) and _rises(left, right, one, other)):
                    done.add(key)
                    reason = f"{one.key}: {name_figure(one)}, then {name_figure(other)}"
                    yield _draw(left, right, Relation.UPDATES, reason)
