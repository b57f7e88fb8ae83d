"""What is new in the record since an earlier time: the record as it was then beside the record as it is."""

from collections.abc import Collection, Iterable, Iterator, Mapping

import msgspec

from reportedly.records.change import Change, ChangeKind, Changes, Evidence
from reportedly.records.claim import Status
from reportedly.records.event import Event, FigureHistory, FigureReading
from reportedly.records.grounding import name_source
from reportedly.records.link import Link, Relation
from reportedly.records.query import ClaimQuery
from reportedly.records.stored import StoredClaim
from reportedly.store.base import View
from reportedly.watch.wording import cut_sentence, word_bounds, word_statuses

_ORDER = tuple(ChangeKind)
_CONFLICTS = {
    Relation.CONTRADICTS: "cannot both hold",
    Relation.TENSION: "pull apart",
    Relation.DENIES: "is denied",
}
_OUTCOMES = {Relation.CAME_ABOUT: "came about", Relation.DID_NOT: "did not come about"}
_TAKEN_BACK = {Relation.RETRACTS: ChangeKind.RETRACTION, Relation.CORRECTS: ChangeKind.CORRECTION}


def find_changes(
    before: View, now: View, query: ClaimQuery, *, since: str, until: str, situation: str | None = None
) -> Changes:
    """Compare the record as of two times.

    An event is new where none of its claims belonged to an event before. Of one that was there before, what is told is
    what a reader would have to learn: a status that no voice gave it before, a figure that moved, a named voice that
    was not behind it, a contradiction, an outcome. A report that only copies another changes none of these. Private
    people are told of by what they are, not by name.

    Args:
        before: The record as of ``since``.
        now: The record as of ``until``.
        query: Which claims concern the reader.
        since: The earlier time.
        until: The later time.
        situation: Name of the saved question that ``query`` stands for.

    Returns:
        Changes by kind in the order of ``ChangeKind``, then the latest told first, the undated last.
    """
    recent = msgspec.structs.replace(query, recorded_since=since, limit=None, after=None)
    events = now.find_events(recent)
    changes = [(_find_day(change), change) for event in events for change in _compare_event(before, now, event)]
    documents = now.find_heads(recorded_since=since)
    concerned = {document for event in events for document in event.documents}
    changes += _find_taken_back(before, now, query, concerned)
    changes.sort(key=lambda pair: pair[1].event)
    changes.sort(key=lambda pair: pair[0], reverse=True)
    changes.sort(key=lambda pair: _ORDER.index(pair[1].kind))
    return Changes(
        since=since,
        until=until,
        situation=situation,
        changes=tuple(change for _, change in changes),
        documents=len(documents),
        copies=sum(head.origin is not None for head in documents),
    )


def _find_day(change: Change) -> str:
    """Return the day on which what shows a change was told last; empty where that is not known."""
    return max((item.day for item in change.evidence if item.day), default="")


def _compare_event(before: View, now: View, event: Event) -> Iterator[Change]:
    claims = {item.claim.id: item for item in now.find_claims(ClaimQuery(claims=event.claims))}
    old = _find_old(before, event)
    if old is None:
        first = event.claims[0]
        yield _make(ChangeKind.NEW_EVENT, event, claims, [first], word_statuses(event.statuses), None, event.title)
        return
    yield from _compare_statuses(old, event, claims)
    yield from _compare_figures(old, event, claims)
    yield from _compare_voices(old, event, claims)
    yield from _compare_links(before, now, event, claims)


def _find_old(before: View, event: Event) -> Event | None:
    """Return the event that held these claims before: that of the most of them, where they were in several."""
    held = [item.event for item in before.find_claims(ClaimQuery(claims=event.claims)) if item.event]
    if not held:
        return None
    commonest = max(sorted(set(held)), key=held.count)
    return before.get_event(commonest)


def _make(
    kind: ChangeKind,
    event: Event,
    claims: Mapping[str, StoredClaim],
    shown: Iterable[str],
    what: str,
    old: str | None,
    new: str | None,
) -> Change:
    shown_as = _name_voices(event)
    names = {claim: shown_as[voice.name] for voice in event.voices for claim in voice.claims}
    evidence = tuple(
        Evidence(
            claim=item.claim.id,
            document=item.document.id,
            publisher=item.document.publisher_name,
            day=item.document.day,
            voice=names.get(item.claim.id, item.document.publisher_name or ""),
            sentence=cut_sentence(item),
        )
        for claim in dict.fromkeys(shown)
        if (item := claims.get(claim)) is not None
    )
    documents = tuple(dict.fromkeys(item.document for item in evidence))
    return Change(kind, event.id, event.title, what, old, new, evidence, documents)


def _name_voices(event: Event) -> dict[str, str]:
    """Return what the voices of an event are called here, by name: private people get no entry by theirs."""
    return {
        voice.name: name_source(voice.name, voice.kind, voice.code, anonymous=voice.anonymous) for voice in event.voices
    }


def _compare_statuses(old: Event, event: Event, claims: Mapping[str, StoredClaim]) -> Iterator[Change]:
    """Tell statuses that nobody gave before, and voices that turned from one they gave to another."""
    known = {step.status for step in old.life}
    told = {step.voice: step.status for step in old.life}
    names = _name_voices(event)
    seen: set[Status] = set()
    for step in event.life:
        turned = step.voice in told and told[step.voice] is not step.status
        fresh = step.status not in known and step.status not in seen
        if step.claim in old.claims or not (fresh or turned):
            continue
        seen.add(step.status)
        was = told.get(step.voice) if turned else (old.statuses[0] if old.statuses else None)
        words = f"{f'{was} → ' if was else ''}{step.status}, according to {names.get(step.voice, step.voice)}"
        yield _make(ChangeKind.STATUS, event, claims, [step.claim], words, was, step.status)
        told[step.voice] = step.status


def _compare_figures(old: Event, event: Event, claims: Mapping[str, StoredClaim]) -> Iterator[Change]:
    known = {(history.key, history.scope, history.unit): history for history in old.figures}
    names = _name_voices(event)
    for history in event.figures:
        previous = known.get((history.key, history.scope, history.unit))
        counted = f"{history.key} ({history.unit})" if history.unit else history.key
        for reading in _find_moved(previous, history, old):
            was = _find_last(previous, reading.voice) if previous else None
            old_words = word_bounds(was.low, was.high) if was else None
            words = word_bounds(reading.low, reading.high)
            moved = f"{old_words} → {words}" if old_words else words
            what = f"{counted}: {moved} ({names.get(reading.voice, reading.voice)})"
            yield _make(ChangeKind.FIGURE, event, claims, [reading.claim], what, old_words, words)


def _find_moved(previous: FigureHistory | None, history: FigureHistory, old: Event) -> list[FigureReading]:
    """Return readings that were not there before and say what their voice had not said; a copy repeats it only."""
    known = {(item.voice, item.low, item.high) for item in (previous.readings if previous else ())}
    moved: list[FigureReading] = []
    for reading in history.readings:
        mark = (reading.voice, reading.low, reading.high)
        if reading.claim not in old.claims and mark not in known:
            known.add(mark)
            moved.append(reading)
    return moved


def _find_last(history: FigureHistory, voice: str) -> FigureReading | None:
    own = [reading for reading in history.readings if reading.voice == voice]
    return own[-1] if own else None


def _compare_voices(old: Event, event: Event, claims: Mapping[str, StoredClaim]) -> Iterator[Change]:
    known = {voice.name for voice in old.voices}
    names = _name_voices(event)
    for voice in event.voices:
        if voice.anonymous or voice.name in known or not set(voice.claims) - set(old.claims):
            continue
        count = event.corroboration.voices
        name = names[voice.name]
        what = f"{name} now stands behind it ({word_statuses(voice.statuses)}); {count} named voices in all"
        yield _make(ChangeKind.VOICE, event, claims, voice.claims[:1], what, None, name)


def _compare_links(before: View, now: View, event: Event, claims: Mapping[str, StoredClaim]) -> Iterator[Change]:
    relations = (*_CONFLICTS, *_OUTCOMES)
    old = {stored.id for stored in before.find_links(event.claims, relations)}
    for stored in now.find_links(event.claims, relations):
        link = stored.link
        if stored.id in old or link.left not in claims or link.right not in claims:
            continue
        yield _word_link(link, event, claims)


def _word_link(link: Link, event: Event, claims: Mapping[str, StoredClaim]) -> Change:
    kind = ChangeKind.OUTCOME if link.relation in _OUTCOMES else ChangeKind.CONFLICT
    words = {**_CONFLICTS, **_OUTCOMES}[link.relation]
    return _make(kind, event, claims, [link.left, link.right], f"{words}: {link.reason}", None, link.relation)


def _find_taken_back(before: View, now: View, query: ClaimQuery, concerned: set[str]) -> Iterator[tuple[str, Change]]:
    """Tell what was taken back or put right of what fits, each with the day of the notice, which need hold no claim."""
    relations = tuple(_TAKEN_BACK)
    old = {stored.id for stored in before.find_links(None, relations)}
    links = [stored.link for stored in now.find_links(None, relations) if stored.id not in old]
    fitting = _find_fitting(now, query, {link.left for link in links})
    for link in links:
        if link.left not in fitting and not {link.left, link.right} & concerned:
            continue
        taken, taking = now.get_head(link.left), now.get_head(link.right)
        title = taken.title or taken.address or taken.id
        verb = "took back" if link.relation is Relation.RETRACTS else "corrected"
        what = f"{taking.publisher_name or 'the publisher'} {verb} what {taken.publisher_name or 'it'} reported"
        yield (
            taking.day or "",
            Change(
                kind=_TAKEN_BACK[link.relation],
                event=taken.id,
                title=title,
                what=f"{what}: {link.reason}",
                before=taken.id,
                after=taking.id,
                evidence=(),
                documents=(taken.id, taking.id),
            ),
        )


def _find_fitting(view: View, query: ClaimQuery, documents: Collection[str]) -> set[str]:
    """Return which documents hold a claim that fits, whenever it was recorded."""
    wanted = set(documents) & set(query.documents) if query.documents else set(documents)
    if not wanted:
        return set()
    own = msgspec.structs.replace(query, documents=tuple(sorted(wanted)), recorded_since=None, limit=None, after=None)
    return {item.document.id for item in view.find_claims(own)}
