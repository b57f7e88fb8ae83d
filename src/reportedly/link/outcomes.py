"""What became of what was planned, threatened, held possible or denied; and how often each voice was borne out."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from reportedly.link.alike import ACTUAL
from reportedly.link.corroborate import corroborate
from reportedly.link.days import shift_day, sort_claims
from reportedly.link.outlets import Outlets, find_state
from reportedly.link.retraction_words import tells_of_notice
from reportedly.link.tolls import says_no
from reportedly.link.voices import Speaker, VoiceWords, find_towns, open_voices, read_speaker
from reportedly.records.claim import Status, Tense, Timex
from reportedly.records.event import Voice, VoiceRecord
from reportedly.records.grounding import SourceKind
from reportedly.records.link import Link, Relation
from reportedly.records.stored import DocumentHead, StoredClaim

_BY = "rule:outcomes"
_SCORE = 0.8
_LESS_SURE = 0.6
AHEAD = frozenset({Status.PLANNED, Status.THREATENED, Status.POSSIBLE, Status.CONDITIONAL})
"""Statuses of what may yet come about."""
_PENDING = AHEAD | {Status.UNDECIDED, Status.DEMANDED}
_WITHIN = re.compile(r"\b(?:within|in less than|in under|(?:in|over|during) the (?:next|coming))\b[^.;,]{0,40}$", re.I)
_BEFORE_WORDS = 60
"""Characters before a time expression in which "within" is looked for."""
_SPAN = re.compile(r"^P(?:(\d+)W|(\d+)D|T(\d+)H)$")
_MOST_OUTCOMES = 2
"""Outcomes that one claim can have: it came about, or it did not."""
_GRACE_DAYS = 1
"""Days by which a report may still tell of the day before, or of another time zone's."""


def find_outcomes(
    claims: Sequence[StoredClaim],
    origins: Mapping[str, DocumentHead] | None = None,
    words: VoiceWords | None = None,
    voices: Sequence[Voice] | None = None,
) -> tuple[Link, ...]:
    """Find what became of the claims of one event that were open when they were made.

    What was planned, threatened, conditional or possible came about where a claim published later tells it as happening
    or having happened, and not before the earlier one was published, where its time is known. It did not where a later
    claim says that it did not happen, or where its own deadline ("within 48 hours", "by Friday") has passed and a later
    claim tells of it as still to come, or as having come after. That nothing more was told is no outcome.

    A denial that others go on to contradict is a dispute and no outcome: what was denied came about only where the one
    who denied it, or an international body, later tells it as having happened. The link says what became of the event,
    not of the denial.

    Args:
        claims: Claims of one event, in any order.
        origins: As ``corroborate`` takes it.
        words: As ``corroborate`` takes it.
        voices: What ``corroborate`` gives of these claims, where it was asked already.

    Returns:
        ``came_about`` and ``did_not`` links, at most one of each for an earlier claim, to the first later claim that
        shows it; in order of the earlier claim's publication.
    """
    ordered = sort_claims(claims)
    words = open_voices() if words is None else words
    if all(item.claim.status.value not in AHEAD | {Status.DENIED} for item in ordered):
        return ()
    admitted = _find_admissions(ordered, origins or {}, words, voices)
    showing = [item for item in ordered if not tells_of_notice(item.sentence, words.notices)]
    days = [item.document.day or "9999-12-31" for item in showing]
    links: list[Link] = []
    for left in ordered:
        status = left.claim.status.value
        if status not in AHEAD and status is not Status.DENIED:
            continue
        deadline = _find_deadline(left)
        found: dict[Relation, Link] = {}
        for right in showing[bisect_right(days, left.document.day or days[-1]) :]:
            if len(found) == _MOST_OUTCOMES:
                break
            if not _is_later(left, right):
                continue
            if status is Status.DENIED and (left.claim.id, right.claim.id) not in admitted:
                continue
            judged = _judge(left, right, deadline, words)
            if judged is not None and judged[0] not in found:
                relation, score, reason = judged
                found[relation] = Link(left.claim.id, right.claim.id, relation, score, _BY, reason)
        links += found.values()
    return tuple(links)


def score_voices(
    claims: Iterable[StoredClaim],
    links: Iterable[Link],
    retracted: Collection[str] = (),
    origins: Mapping[str, DocumentHead] | None = None,
    words: VoiceWords | None = None,
) -> tuple[VoiceRecord, ...]:
    """Say of each voice how what it said turned out.

    Each claim counts for every innermost source that it is attributed to, or for its outlet where it is attributed to
    nobody; the copies of a report count once. Sources are one voice where they are one body of one state, one person or
    one name; a state as a whole is a voice of its own here.

    Args:
        claims: Claims of any number of events.
        links: ``came_about``, ``did_not`` and ``denies`` links between them.
        retracted: Ids of documents that were taken back.
        origins: As ``corroborate`` takes it; claims of copies are left out.
        words: From ``open_voices``; opened here where they are not given.

    Returns:
        Records, those with the most claims first, then by name; empty for no claims.
    """
    words = open_voices() if words is None else words
    origins = origins or {}
    ends: dict[Relation, set[str]] = {}
    for link in links:
        ends.setdefault(link.relation, set()).add(link.left)
    ordered = [
        item
        for item in sort_claims(list(claims))
        if item.document.id == origins.get(item.document.id, item.document).id
    ]
    outlets = Outlets(words)
    outlets.learn(ordered, origins)
    said: dict[str, tuple[Speaker, list[StoredClaim]]] = {}
    for item in ordered:
        for key, speaker in _find_speakers(item, outlets, words):
            said.setdefault(key, (speaker, []))[1].append(item)
    records = [_make_record(speaker, items, ends, retracted) for speaker, items in said.values()]
    return tuple(sorted(records, key=lambda record: (-record.claims, record.anonymous, record.name)))


def _find_admissions(
    ordered: Sequence[StoredClaim],
    origins: Mapping[str, DocumentHead],
    words: VoiceWords,
    voices: Sequence[Voice] | None,
) -> set[tuple[str, str]]:
    """Return pairs of a denial and a claim of the same voice, or of an international body, that says otherwise."""
    denials = [item for item in ordered if item.claim.status.value is Status.DENIED]
    if not denials:
        return set()
    if voices is None:
        _, voices = corroborate(ordered, origins, words)
    behind: dict[str, set[int]] = {}
    judges: set[int] = set()
    for number, voice in enumerate(voices):
        if voice.kind == SourceKind.INTERNATIONAL_BODY and not voice.anonymous:
            judges.add(number)
        for claim in voice.claims:
            behind.setdefault(claim, set()).add(number)
    return {
        (denial.claim.id, other.claim.id)
        for denial in denials
        for other in ordered
        if behind.get(other.claim.id, set()) & (behind.get(denial.claim.id, set()) | judges)
    }


def _is_later(left: StoredClaim, right: StoredClaim) -> bool:
    """Say whether one claim was published after another, by the day."""
    one, other = left.document.day, right.document.day
    return one is not None and other is not None and one < other


def _judge(
    left: StoredClaim, right: StoredClaim, deadline: str | None, words: VoiceWords
) -> tuple[Relation, float, str] | None:
    status, later = left.claim.status.value, right.claim.status.value
    told = f"{status} on {left.document.day}, {later} on {right.document.day}"
    if later in ACTUAL:
        if not _can_follow(left, right):
            return None
        start = right.grounding.time.start if right.grounding.time else None
        if deadline is not None and start is not None and start > shift_day(deadline, _GRACE_DAYS):
            return Relation.DID_NOT, _LESS_SURE, f"{told}: not by {deadline}, but on {start}"
        return Relation.CAME_ABOUT, _SCORE, told
    if later is Status.NEGATED:
        return (Relation.DID_NOT, _SCORE, told) if says_no(right, words.people) else None
    overdue = deadline is not None and (right.document.day or "") > shift_day(deadline, _GRACE_DAYS)
    if status in AHEAD and later in _PENDING and overdue:
        return Relation.DID_NOT, _LESS_SURE, f"{told}: still to come after {deadline}"
    return None


def _can_follow(left: StoredClaim, right: StoredClaim) -> bool:
    """Say whether what is told as having happened can be what was told as open before.

    What was denied, or may have happened, lies in the past already; what was to come cannot have come before.
    """
    status = left.claim.status.value
    if status is Status.DENIED or (status is Status.POSSIBLE and left.claim.axes.time is Tense.PAST):
        return True
    time = right.grounding.time
    if time is None or time.end is None or left.document.day is None:
        return True
    return time.end >= shift_day(left.document.day, -_GRACE_DAYS)


def _find_deadline(item: StoredClaim) -> str | None:
    """Return the last day on which what a claim foresees was to happen; None where it sets none.

    A day or week that is named ("on Friday", "by Friday", "next week") sets one, and so does a span with "within"
    before it; "in March" as well, but "after Friday" and "from Friday on" do not.
    """
    if item.claim.time is None:
        return None
    timex: Timex = item.claim.time.value
    if timex.modifier in ("after", "since"):
        return None
    span = _SPAN.match(timex.value or "")
    if span and item.document.day is not None:
        at = item.claim.time.span
        start = at.start - item.claim.sentence.start if at is not None else 0
        before = item.sentence[max(0, start - _BEFORE_WORDS) : start] + timex.text
        if _WITHIN.search(before) or _WITHIN.search(item.sentence[max(0, start - _BEFORE_WORDS) : start]):
            weeks, days, hours = (int(group or 0) for group in span.groups())
            return shift_day(item.document.day, 7 * weeks + days + -(-hours // 24))
        return None
    return item.grounding.time.end if item.grounding.time else None


def _find_speakers(item: StoredClaim, outlets: Outlets, words: VoiceWords) -> Iterator[tuple[str, Speaker]]:
    """Return the innermost sources of a claim, each with a key that is the same wherever it speaks."""
    if not item.grounding.sources:
        own = outlets.find_origin(item.document)
        kind = SourceKind.NEWS_OUTLET if find_state(own) is None else SourceKind.STATE_MEDIA
        yield f"outlet:{own}", Speaker(outlets.get_name(own), kind.value)
        return
    source = item.grounding.sources[-1]
    for part in source.parts or (source,):
        if (family := outlets.find_cited(part)) is not None:
            outlets.set_name(family, part.code or part.text)
            yield f"outlet:{family}", Speaker(outlets.get_name(family), part.kind.value)
            continue
        speaker = read_speaker(part, item.sentence, words, find_towns(item))
        yield _make_key(speaker), speaker


def _make_key(speaker: Speaker) -> str:
    if speaker.anonymous:
        return f"nameless:{speaker.kind}:{speaker.state or ''}"
    if speaker.body is not None:
        return f"body:{speaker.state or ''}:{speaker.body}"
    if speaker.person:
        return f"person:{' '.join(speaker.person)}"
    return f"name:{min(speaker.names, default=speaker.name)}"


def _make_record(
    speaker: Speaker,
    items: Sequence[StoredClaim],
    ends: Mapping[Relation, Collection[str]],
    retracted: Collection[str],
) -> VoiceRecord:
    happened, did_not = ends.get(Relation.CAME_ABOUT, ()), ends.get(Relation.DID_NOT, ())
    found: dict[str, list[str]] = {}
    for item in items:
        claim, status = item.claim.id, item.claim.status.value
        if item.document.id in retracted:
            found.setdefault("retracted", []).append(claim)
        if status in AHEAD or status is Status.DENIED:
            outcome = _name_outcome(claim in happened, claim in did_not, status)
            if outcome is not None:
                found.setdefault(outcome, []).append(claim)
        elif status in ACTUAL and claim in ends.get(Relation.DENIES, ()):
            found.setdefault("denied", []).append(claim)
    return VoiceRecord(
        name=speaker.name,
        code=speaker.code,
        kind=speaker.kind,
        anonymous=speaker.anonymous,
        claims=len({item.claim.id for item in items}),
        said=tuple(dict.fromkeys(item.claim.id for item in items)),
        **{name: tuple(cases) for name, cases in found.items()},
    )


def _name_outcome(happened: bool, did_not: bool, status: Status) -> str | None:
    if happened and did_not:
        return "disputed"
    if not happened and not did_not:
        return "open" if status in AHEAD else None
    return "came_about" if happened is (status in AHEAD) else "did_not"
