"""Which reports tell the same by their own words, and which deny what others tell."""

import re
from collections.abc import Iterable, Mapping, Sequence

from reportedly.extract.numbers import read_number
from reportedly.records.claim import Status
from reportedly.records.event import Event
from reportedly.records.stored import StoredClaim
from reportedly.watch.lexicon import Marks
from reportedly.watch.marks import (
    ACTUAL,
    are_of_one_day,
    count_speakers,
    find_stems,
    find_tokens,
    is_of_author,
    keeps_distance,
    share_words,
)

_SHARED = 2
"""Words of some length that two sentences have to share to be put side by side."""
_COPIED = 0.6
"""Share of the words of two sentences that have to be the same where one is called a copy of the other."""
_TOLD = 0.6
"""Share of the words that show an event which the sentence of another report has to hold to tell the same."""
_WORDS = 3
"""Words of some length that have to show an event before other reports are said to tell of it."""
_HANGING = re.compile(r",? (?:and )?(?:\w+ing|killed|wounded|injured)$")
_END = re.compile(
    r"[,;:.–—]|\s(?:in|on|at|to|for|from|with|by|of|near|over|during|after|before|since|until|as|and|but|who|which|that"
    r"|when|while|where|this|last|next|yesterday|today)\b"
)
_MOST_REPORTS = 6
_MOST_TRIED = 24
"""Claims of one event whose words are tried, so that a long event takes no longer than a short one."""
COUNTED = (Status.OCCURRED, Status.ONGOING, Status.PLANNED, Status.THREATENED, Status.DEMANDED, Status.DENIED)
"""What reports are counted for."""
AGAINST = frozenset({Status.DENIED, Status.NEGATED})


def find_alike(event: Event, claims: Mapping[str, StoredClaim], marks: Marks) -> tuple[StoredClaim, ...]:
    """Return one claim a report of those that tell the same, first the one whose words show it; empty where none do.

    Of the words that as many reports tell, those come first of which the others leave out least.

    A report counts that says it in its own voice or names who does: not one that holds it at arm's length, and not one
    that has it from another of the outlets by its own account, unless it is a copy and so called.

    Args:
        event: The event.
        claims: Its claims, each as its sentence shows it (``marks.keep_shown``); others are passed over.
        marks: From ``open_marks``.
    """
    known = [item for name in event.claims if (item := claims.get(name)) is not None]
    outlets = {item.document.publisher_name for item in known if item.document.publisher_name}
    fitting = [item for item in known if _counts(item, marks) and not _has_it_from(item, known, outlets)]
    best: tuple[StoredClaim, ...] = ()
    least = 0
    for first in [item for item in fitting if _can_stand_for_others(item, marks)][:_MOST_TRIED]:
        found: dict[str, StoredClaim] = {}
        for item in (first, *fitting):
            if item is first or tells_alike(first, item, marks):
                found.setdefault(item.document.id, item)
        alike = tuple(found.values())[:_MOST_REPORTS]
        missing = sum(len(find_missing(first, item, marks)) for item in alike)
        if len(alike) > len(best) or (len(alike) == len(best) and missing < least):
            best, least = alike, missing
    return best


def find_missing(one: StoredClaim, other: StoredClaim, marks: Marks) -> frozenset[str]:
    """Return which of the words by which one sentence shows its event another does not have, by their first letters."""
    return frozenset(find_stems(get_words(one), marks) - find_stems(other.sentence, marks))


def _counts(item: StoredClaim, marks: Marks) -> bool:
    named = 1 if item.claim.chain or item.claim.status.value is Status.DENIED else 0
    return (
        item.document.publisher_name is not None
        and item.claim.status.value in COUNTED
        and not keeps_distance(item, marks)
        and count_speakers(item.sentence, marks) <= named
    )


def _has_it_from(item: StoredClaim, others: Iterable[StoredClaim], outlets: Iterable[str]) -> bool:
    """Say whether a report names another outlet for what it tells, and is no copy of another."""
    named = any(outlet != item.document.publisher_name and outlet in item.sentence for outlet in outlets)
    return named and all(other.document.id != item.document.origin for other in others)


def get_words(item: StoredClaim) -> str:
    """Return the words of a sentence that show its event, up to where they can end.

    A verb at the end that lacks its object is cut. Evidence may end within a name ("reopened the Brankov"): what
    follows up to the next comma or small word is taken in.
    """
    start, end = (max(0, at - item.claim.sentence.start) for at in (item.claim.evidence.start, item.claim.evidence.end))
    words = item.sentence[start:end]
    if _HANGING.search(words):
        words = _HANGING.sub("", words)
    else:
        found = _END.search(item.sentence, end)
        words = item.sentence[start : found.start() if found else None]
    return " ".join(words.split())


def _can_stand_for_others(item: StoredClaim, marks: Marks) -> bool:
    """Say whether the words that show an event can be read alone: they begin with its subject and say enough."""
    words = get_words(item)
    if not words[:1].isupper() or '"' in words or "“" in words or len(find_stems(words, marks)) < _WORDS:
        return False
    return not any(hedge.search(words) for hedge in (marks.about, marks.more, marks.less))


def tells_alike(one: StoredClaim, other: StoredClaim, marks: Marks) -> bool:
    """Say whether another sentence bears out the words by which one shows its event: most of them, and all numbers."""
    if (one.claim.status.value, one.claim.type.value) != (other.claim.status.value, other.claim.type.value):
        return False
    words = get_words(one)
    stems = find_stems(words, marks)
    shared = len(stems & find_stems(other.sentence, marks))
    numbers = {read_number(token) for token in find_tokens(words)} - {None}
    return (
        shared >= max(_WORDS, _TOLD * len(stems))
        and are_of_one_day(one.sentence, other.sentence)
        and numbers <= {read_number(token) for token in find_tokens(other.sentence)}
    )


def may_match(one: StoredClaim, other: StoredClaim, marks: Marks) -> bool:
    """Say whether nothing in two sentences speaks against one event: they share words, and no other day is named."""
    return share_words(one.sentence, other.sentence, marks) >= _SHARED and are_of_one_day(one.sentence, other.sentence)


def is_taken(item: StoredClaim, among: Sequence[StoredClaim], marks: Marks) -> bool:
    """Say whether a report is a copy of one of the others, in words that show it."""
    origin = next((other for other in among if other.document.id == item.document.origin), None)
    if origin is None or origin is item:
        return False
    words = share_words(origin.sentence, item.sentence, marks)
    return words >= _COPIED * max(share_words(one.sentence, one.sentence, marks) for one in (origin, item))


def opposes(against: StoredClaim, told: StoredClaim, marks: Marks) -> bool:
    """Say whether one sentence denies what another tells: of one matter, no earlier, not ahead, by another source."""
    late = (against.document.day or "") >= (told.document.day or "")
    return (
        late
        and told.claim.status.value in ACTUAL
        and against.claim.status.value in AGAINST
        and may_match(told, against, marks)
        and not marks.ahead.search(against.sentence)
        and not _have_same_source(told, against)
    )


def _have_same_source(one: StoredClaim, other: StoredClaim) -> bool:
    first, second = ({source.code or source.text for source in item.grounding.sources[-1:]} for item in (one, other))
    named = {source.text.removeprefix("The ").removeprefix("the ") for source in one.claim.chain}
    return bool(first & second) or any(name in other.sentence for name in named)


def denies_authorship(denied: StoredClaim, told: Iterable[StoredClaim], marks: Marks) -> bool:
    """Say whether somebody denies only to have done it: those who tell of it do not say that it was they."""
    if denied.claim.status.value is not Status.DENIED or not is_of_author(denied.sentence, marks):
        return False
    names = " ".join([actor.value for actor in denied.claim.actors] + [source.text for source in denied.claim.chain])
    return not any(share_words(names, item.sentence, marks) for item in told)
