"""Where the claims of one event, told by several reports, pull apart or move on."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from reportedly.link.alike import ACTUAL, LENT, PROSPECTIVE, is_of_period
from reportedly.link.corroborate import corroborate
from reportedly.link.days import sort_claims
from reportedly.link.distance import measure_km
from reportedly.link.outlets import find_copied
from reportedly.link.retraction_words import tells_of_notice
from reportedly.link.tolls import (
    Count,
    PeopleWords,
    counts_nobody,
    exclude,
    find_moves,
    name_count,
    name_figure,
    pair_counts,
    spares_some,
)
from reportedly.link.voices import VoiceWords, open_voices
from reportedly.records.claim import Figure, PlaceRole, Scope, Status, Tense
from reportedly.records.event import Voice
from reportedly.records.grounding import CalendarInterval, PlaceCandidate, SourceKind
from reportedly.records.link import Link, Relation
from reportedly.records.ontology import EventType
from reportedly.records.spans import Field
from reportedly.records.stored import DocumentHead, StoredClaim

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
_SURE = 0.7
"""Places and days held with a lower score are as often another event's, or the day of a call and not of the act."""
_LENT = LENT | {"rule:told", "rule:known", "rule:likely"}
"""Rules that take a party, a place or a day from elsewhere: nobody said it of this act. That it mostly is so is enough
to find an event by, and not to hold against another report."""
MAX_APART, MAX_LINKS = 200, 8
"""Claims further apart in the order of publication are not compared, and one claim is linked to no more earlier ones
for a relation: what hundreds of reports tell of stays readable, and links grow with claims, not with their square."""


class _Told(msgspec.Struct, frozen=True):
    """One claim with the voices behind it, and the sides of the conflict that these take."""

    item: StoredClaim
    voices: frozenset[int]
    sides: frozenset[str] = frozenset()

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
    voices: Sequence[Voice] | None = None,
) -> tuple[Link, ...]:
    """Find how the claims of one event pull apart, and where a later figure takes the place of an earlier one.

    - ``contradicts``: both cannot hold. It happened beside it did not; counts of one key, scope and kind of people
      whose bounds exclude each other, told the same day or the later one lower, or higher by the other side of the
      conflict; two sides named for an act of one; towns or days that lie apart, where each says so itself.
    - ``tension``: they pull apart without excluding each other: what is planned beside no decision, or beside what had
      not happened; no civilians killed beside a toll that does not say whose.
    - ``denies``: the right claim denies the left one.
    - ``updates``: the right claim gives a later figure of the same scope and kind: the same voice's, published later,
      whatever it says (also an earlier figure, which it goes back to), or another voice's that is higher and was
      published on a later day, as tolls rise, unless one of the two is a side of the conflict (an armed group, or a
      state that is said to have acted) and the other is not of that side.

    That none were harmed is a toll and no denial, and a negation over a past period ("no strike since 2022") is about
    all other events. What a retraction or correction repeats of the report that it speaks of is claimed by nobody.

    Claims of one report are passed over: ``link_within`` has judged them with the words between them. Of claims that
    say the same through the same voices only the first is linked, so that copies do not multiply a conflict, and a
    claim is linked to at most ``MAX_LINKS`` earlier ones for a relation.

    Args:
        claims: Claims of one event, in any order; repeats count once.
        origins: As ``corroborate`` takes it.
        words: As ``corroborate`` takes it.
        voices: What ``corroborate`` gives of these claims, where it was asked already.

    Returns:
        Links in order of publication of their later claim; empty where nothing pulls apart.
    """
    words = open_voices() if words is None else words
    ordered = sort_claims(claims)
    if len({item.document.id for item in ordered}) < 2:
        return ()
    voices = corroborate(ordered, origins or {}, words)[1] if voices is None else voices
    told = _choose_telling(ordered, voices, origins or {}, words.people)
    told = [item for item in told if not tells_of_notice(item.item.sentence, words.notices)]
    links: dict[tuple[str, str, Relation], Link] = {}
    for at, right in enumerate(told):
        drawn: Counter[Relation] = Counter()
        for left in told[max(0, at - MAX_APART) : at]:
            if left.item.document.id == right.item.document.id:
                continue
            for link in _compare(left, right, words.people):
                if drawn[link.relation] < MAX_LINKS:
                    drawn[link.relation] += 1
                    links.setdefault((link.left, link.right, link.relation), link)
    for link in _find_updates(told, origins or {}, words.people):
        links.setdefault((link.left, link.right, link.relation), link)
    return tuple(links.values())


def _choose_telling(
    ordered: Sequence[StoredClaim], voices: Sequence[Voice], origins: Mapping[str, DocumentHead], words: PeopleWords
) -> list[_Told]:
    """Keep the first of the claims that say the same through the same voices, and those that go back to a figure.

    A copy goes back to nothing: what it says was said by then.
    """
    acting = {code.split("/")[0] for item in ordered for mention in item.grounding.actors for code in mention.codes}
    behind: dict[str, set[int]] = {}
    for number, voice in enumerate(voices):
        for claim in voice.claims:
            behind.setdefault(claim, set()).add(number)
    speaking = {item.claim.id: frozenset(behind.get(item.claim.id, ())) for item in ordered}
    actual = [(item, speaking[item.claim.id]) for item in ordered if item.claim.status.value in ACTUAL]
    moves = find_moves(actual, words, find_copied(ordered, origins))
    known: set[tuple[object, ...]] = set()
    chosen: list[_Told] = []
    for item in ordered:
        voiced = speaking[item.claim.id]
        figures = frozenset((f.value.key, f.value.low, f.value.high, f.value.scope) for f in item.claim.figures)
        status = item.claim.status.value
        said = (voiced, status, figures, _find_acting(item), _list_places(item), item.grounding.time)
        if said not in known or item.claim.id in moves:
            known.add(said)
            sides = frozenset(side for number in voiced if (side := _find_side(voices[number], acting)))
            chosen.append(_Told(item, voiced, sides))
    return chosen


def _differ(one: Figure, other: Figure) -> bool:
    return (one.low, one.high) != (other.low, other.high)


def _find_side(voice: Voice, acting: Collection[str]) -> str | None:
    """Return the side that a voice takes: an armed group's, or that of a state that acted; None for all others."""
    if voice.anonymous and voice.code is None:
        return None
    base = (voice.code or voice.name).split("/")[0]
    return base if voice.kind == SourceKind.ARMED_GROUP or base in acting else None


def _compare(left: _Told, right: _Told, words: PeopleWords) -> Iterator[Link]:
    """Judge two claims of two reports, ``left`` the earlier."""
    yield from _compare_statuses(left, right, words)
    if left.voices & right.voices:
        return
    happened = {left.status, right.status} <= ACTUAL
    if happened or all(told.status in ACTUAL or counts_nobody(told.item, words) for told in (left, right)):
        found = [*_compare_figures(left, right, words)]
        if happened:
            found += [*_compare_acting(left, right), *_compare_scenes(left, right)]
        if found:
            yield _draw(left, right, Relation.CONTRADICTS, "; ".join(found))
        elif vague := [*_find_vague(left, right, words)]:
            yield _draw(left, right, Relation.TENSION, "; ".join(vague), _LESS_SURE)


def _compare_statuses(left: _Told, right: _Told, words: PeopleWords) -> Iterator[Link]:
    one, other = left.status, right.status
    statuses = {one, other}
    reason = f"{one} beside {other}"
    if Status.DENIED in statuses and statuses & (ACTUAL | _OPEN):
        if left.voices != right.voices:
            denied, denial = (right, left) if one is Status.DENIED else (left, right)
            yield _draw(denied, denial, Relation.DENIES, f"{denied.status} beside {denial.status}")
        return
    negated = [told for told in (left, right) if told.status is Status.NEGATED]
    if any(counts_nobody(told.item, words) or is_of_period(told.item.claim, told.item.grounding) for told in negated):
        return
    if negated and statuses & ACTUAL:
        if any(told.item.claim.axes.time is Tense.FUTURE for told in negated):
            return  # what will not be is no word on what was
        if one is Status.NEGATED and left.day < right.day:
            yield _draw(left, right, Relation.TENSION, f"{reason}, told {right.day}", _LESS_SURE)
        else:
            yield _draw(left, right, Relation.CONTRADICTS, reason)
    elif statuses & {Status.UNDECIDED, Status.NEGATED} and statuses & _OPEN:
        yield _draw(left, right, Relation.TENSION, reason, _LESS_SURE)


def _draw(left: _Told, right: _Told, relation: Relation, reason: str, score: float = _SCORE) -> Link:
    return Link(left.item.claim.id, right.item.claim.id, relation, score, _BY, reason)


def _compare_figures(left: _Told, right: _Told, words: PeopleWords) -> Iterator[str]:
    """Say which counts of two voices exclude each other and are no toll that rose from one day to the next.

    Between the sides of the conflict a toll does not rise: each gives its own. Between others it may have risen where
    one of the days is not known.
    """
    contested = bool(left.sides and right.sides and not left.sides & right.sides)
    dated = bool(left.day and right.day)
    for one, other in pair_counts(left.item, right.item, words):
        if exclude(one, other) and (contested or (dated and not _rises(left, right, one, other))):
            yield f"{one.figure.key}: {name_count(one)} beside {name_count(other)}"


def _find_vague(left: _Told, right: _Told, words: PeopleWords) -> Iterator[str]:
    for one, other in pair_counts(left.item, right.item, words):
        if spares_some(one, other):
            yield f"{one.figure.key}: {name_count(one)} beside {name_count(other)}"


def _rises(left: _Told, right: _Told, one: Count, other: Count) -> bool:
    """Say whether a count only rose from one day of publication to a later one."""
    first, second = one.figure, other.figure
    later = bool(left.day) and left.day < right.day
    return later and (second.low or 0) > (first.high or 0) and first.high is not None


def _compare_acting(left: _Told, right: _Told) -> Iterator[str]:
    if left.item.claim.type.value not in _ONE_SIDED:
        return
    one, other = _find_acting(left.item), _find_acting(right.item)
    acted_on = _find_victims(left.item) | _find_victims(right.item)
    if one and other and not one & other and not (one | other) & acted_on:
        yield f"actor: {', '.join(sorted(one))} beside {', '.join(sorted(other))}"


def _find_acting(item: StoredClaim) -> frozenset[str]:
    """Return the states and groups that are said to act; empty where one of them is not known, or not named here."""
    fields, mentions = item.claim.actors, item.grounding.actors
    if any(field.by in _LENT for field in fields) or any(not mention.codes for mention in mentions):
        return frozenset()
    return frozenset(code.split("/")[0] for mention in mentions for code in mention.codes)


def _find_victims(item: StoredClaim) -> frozenset[str]:
    """Return the states and groups that are acted on, unless only a place of theirs is ("the harbour of Oldport")."""
    places = [field.value.text for field in item.claim.places]
    return frozenset(
        code.split("/")[0]
        for mention in item.grounding.recipients
        for code in mention.codes
        if not any(place in mention.text for place in places)
    )


def _compare_scenes(left: _Told, right: _Told) -> Iterator[str]:
    gaps = [
        (measure_km(one, other) - one.radius_km - other.radius_km, one, other)
        for one in _list_places(left.item)
        for other in _list_places(right.item)
    ]
    if gaps:
        apart, one, other = min(gaps, key=lambda gap: (gap[0], gap[1].id, gap[2].id))
        if apart > _NEAR_KM and one.id != other.id:
            yield f"place: {one.name} beside {other.name}, {apart:.0f} km apart"
    first, second = _find_day(left.item), _find_day(right.item)
    if first is not None and second is not None and _lie_apart(first, second):
        yield f"day: {first.value} beside {second.value}"


def _lie_apart(one: CalendarInterval, other: CalendarInterval) -> bool:
    return (one.end or "9999") < (other.start or "") or (other.end or "9999") < (one.start or "")


def _list_places(item: StoredClaim) -> tuple[PlaceCandidate, ...]:
    """Return the towns in which the sentence of a claim puts its event; not a source's or an actor's."""
    claim = item.claim
    phrases = [*(source.text for source in claim.chain), *(actor.value for actor in claim.actors)]
    found = {
        grounded.candidates[0].id: grounded.candidates[0]
        for field, grounded in zip(claim.places, item.grounding.places, strict=False)
        if field.value.role is PlaceRole.EVENT
        and grounded.candidates
        and grounded.candidates[0].kind in _FINE
        and _is_own(field, item)
        and not any(field.value.text in phrase for phrase in phrases)
    }
    return tuple(found[place] for place in sorted(found))


def _find_day(item: StoredClaim) -> CalendarInterval | None:
    """Return the day on which the sentence of a claim puts its event."""
    field, time = item.claim.time, item.grounding.time
    told = field is not None and time is not None and time.precision == "day" and _is_own(field, item)
    return time if told else None


def _is_own(field: Field[Any], item: StoredClaim) -> bool:
    """Say whether the sentence of a claim itself says a thing of its event, and surely."""
    inside = field.span is not None and item.claim.sentence.overlaps(field.span)
    return inside and field.score >= _SURE and field.by not in _LENT


def _is_later(left: _Told, right: _Told) -> bool:
    """Say whether one claim was published after another, as far as the times of both are known."""
    published = [told.item.document.published for told in (left, right)]
    one, other = (known.time if known else "" for known in published)
    shorter = min(len(one), len(other))
    return one[:shorter] < other[:shorter]


def _find_report(told: _Told, origins: Mapping[str, DocumentHead]) -> str:
    document = told.item.document
    return origins.get(document.id, document).id


def _find_updates(told: Sequence[_Told], origins: Mapping[str, DocumentHead], words: PeopleWords) -> Iterator[Link]:
    """Lead each figure to the next one that takes its place: of the same voice, or a higher one of a later day.

    Of two figures of one voice whose order of publication is not known, none takes the place of the other.
    """
    actual = [item for item in told if item.status in ACTUAL]
    for at, left in enumerate(actual):
        done: set[tuple[str, Scope, str | None, bool]] = set()
        for right in actual[at + 1 : at + 1 + MAX_APART]:
            if _find_report(left, origins) == _find_report(right, origins):
                continue  # a copy tells nothing later: what it changes is drift
            same = bool(left.voices & right.voices)
            if same and not _is_later(left, right):
                continue
            for one, other in pair_counts(left.item, right.item, words):
                first, second = one.figure, other.figure
                key = (first.key, first.scope, one.kind, same)
                if key in done or not _differ(first, second) or one.kind != other.kind or first.key != second.key:
                    continue
                risen = left.sides == right.sides and exclude(one, other) and _rises(left, right, one, other)
                if same or risen:
                    done.add(key)
                    reason = f"{first.key}: {name_figure(first)}, then {name_figure(second)}"
                    yield _draw(left, right, Relation.UPDATES, reason)
