"""Sentences about one event, put together from pieces that each point at what shows them."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from reportedly.records.brief import Piece, PieceKind
from reportedly.records.claim import Figure, Status
from reportedly.records.event import Event, FigureHistory, FigureReading
from reportedly.records.link import Link, Relation
from reportedly.records.stored import StoredClaim
from reportedly.watch.alike import (
    AGAINST,
    denies_authorship,
    find_alike,
    find_missing,
    get_words,
    is_taken,
    may_match,
    opposes,
)
from reportedly.watch.leads import lead_in
from reportedly.watch.lexicon import Marks
from reportedly.watch.likelihood import word_share
from reportedly.watch.marks import (
    ACTUAL,
    are_of_one_day,
    count_speakers,
    is_refusal,
    is_unnamed,
    locate,
    share_words,
    word_figure,
)
from reportedly.watch.plain import is_of_now
from reportedly.watch.voices import is_public
from reportedly.watch.wording import LABELS, LONGEST, TELLS, find_marked, opens_with, quote_sentence, shorten

_MOST_READINGS = 6
_MIN_REPORTS = 2
_SHARED = 2
"""Words of some length that what was said before and what is told since have to share, and more."""
_AHEAD = frozenset({Status.PLANNED, Status.THREATENED, Status.DEMANDED, Status.CONDITIONAL, Status.POSSIBLE})
INTENDED = frozenset({Status.PLANNED, Status.THREATENED})
"""What somebody says that they or others will do."""
_MIN_RESOLVED = 5
"""Followed-up plans of one voice from which its record says anything."""

Pieces = tuple[Piece, ...]
Records = Mapping[str, tuple[Sequence[StoredClaim], Sequence[StoredClaim]]]
"""By name of a voice, what it planned or threatened and is told to have come about; and what is told not to have."""


class Draft(msgspec.Struct, frozen=True):
    """A sentence before it is checked, with the claims that it is to cite."""

    pieces: Pieces
    claims: tuple[str, ...]


def _say(text: str) -> Piece:
    return Piece(PieceKind.WORDS, text)


def draft_statuses(event: Event, claims: Mapping[str, StoredClaim], marks: Marks) -> list[Draft]:
    """Say for each status who told it first and in which words; the status told last comes first.

    Args:
        event: The event.
        claims: Its claims, each as its sentence shows it (``marks.keep_shown``); others are passed over.
        marks: From ``open_marks``.
    """
    told = [item for status in event.statuses if (item := _choose(event, claims, status)) is not None]
    actual = [item for item in told if item.claim.status.value in ACTUAL]
    told = [item for item in told if not actual or _stands_beside(item, actual, marks)]
    return [
        Draft((*_lead(item, marks), _say(".")), (item.claim.id,))
        for item in told
        if item.claim.status.value not in _AHEAD or _touches(item, told, marks)
    ]


def _stands_beside(item: StoredClaim, actual: list[StoredClaim], marks: Marks) -> bool:
    """Say whether a denial is one of what is told as having happened: not an older one, nor one of something else."""
    if item.claim.status.value not in AGAINST or is_refusal(item, marks) or denies_authorship(item, actual, marks):
        return True
    return any(opposes(item, told, marks) for told in actual)


def _touches(item: StoredClaim, others: Sequence[StoredClaim], marks: Marks) -> bool:
    """Say whether a sentence shares a word with that of another claim told, or is the only one."""
    rest = [other for other in others if other is not item]
    return not rest or any(share_words(item.sentence, other.sentence, marks) for other in rest)


def make_title(event: Event, claims: Mapping[str, StoredClaim]) -> str:
    """Return the title of an event where one of its first sentences begins with it; else that sentence, shortened."""
    lead = _find_lead(event, claims)
    if lead is None or opens_with(lead, event.title):
        return event.title
    words = quote_sentence(lead)
    return shorten(words[:1].upper() + words[1:])


def _find_lead(event: Event, claims: Mapping[str, StoredClaim]) -> StoredClaim | None:
    """Return the claim that begins with the title; else the first told that denies nothing; else the first told."""
    order = sorted(event.statuses, key=lambda status: status in AGAINST)
    chosen = [item for status in order if (item := _choose(event, claims, status)) is not None]
    return next((item for item in chosen if opens_with(item, event.title)), chosen[0] if chosen else None)


def _choose(event: Event, claims: Mapping[str, StoredClaim], status: Status) -> StoredClaim | None:
    """Choose the claim that tells a status best: that of the title, of an original, with a source, the more salient."""
    first = next((step.claim for step in event.life if step.status is status and step.claim in claims), None)
    fitting = [
        item for name in event.claims if (item := claims.get(name)) is not None and item.claim.status.value is status
    ]
    order = {name: i for i, name in enumerate(event.claims)}
    return min(
        fitting,
        key=lambda item: (
            not opens_with(item, event.title),
            item.document.origin is not None,
            not item.claim.chain,
            item.claim.id != first,
            item.claim.salience,
            order[item.claim.id],
        ),
        default=None,
    )


def _lead(item: StoredClaim, marks: Marks) -> Pieces:
    name = item.claim.id
    return (
        Piece(PieceKind.STATUS, lead_in(item, marks), name),
        *_attribute(item, marks),
        *_quote(item),
    )


def _attribute(item: StoredClaim, marks: Marks) -> Pieces:
    """Say behind a quotation who says so, where only one speaks beside the event; else the quotation shows it."""
    first, last = locate(item.claim, item.claim.trigger.span or item.claim.evidence)
    if count_speakers(f"{item.sentence[:first]} {item.sentence[last:]}", marks) > 1:
        item = msgspec.structs.replace(item, claim=msgspec.structs.replace(item.claim, chain=()))
    return _according_to(item, marks)


def _according_to(item: StoredClaim, marks: Marks) -> Pieces:
    """Say who says so, and which outlet carried it when."""
    name = item.claim.id
    day = (_say(", "), Piece(PieceKind.DAY, item.document.day, name)) if item.document.day else ()
    outlet = item.document.publisher_name
    where: Pieces = (Piece(PieceKind.OUTLET, outlet, name), *day) if outlet else day[1:]
    beside = (_say(" ("), *where, _say(")")) if where else ()
    return (*_name_source(item, marks), *beside) if item.claim.chain else beside


def _name_source(item: StoredClaim, marks: Marks) -> Pieces:
    voice = _name_voice(item, marks)
    unnamed = bool(item.grounding.sources) and item.grounding.sources[-1].anonymous and is_unnamed(voice.text, marks)
    return (_say(", according to "), voice, *((_say(", unnamed"),) if unnamed else ()))


def _name_voice(item: StoredClaim, marks: Marks) -> Piece:
    """Return the innermost source as written; a common word that began its sentence stands inside one here."""
    text = item.claim.chain[-1].text
    if text.partition(" ")[0].lower() in marks.small and not text.isupper():
        text = text[:1].lower() + text[1:]
    return Piece(PieceKind.VOICE, text, item.claim.id)


def draft_corroboration(event: Event, claims: Mapping[str, StoredClaim], marks: Marks) -> list[Draft]:
    """Say how many reports tell alike of an event, in whose words, and which outlets carried them, where several do.

    A report is cited by one sentence each; who says so in it is named, and copies are.
    """
    alike = find_alike(event, claims, marks)
    if len(alike) < _MIN_REPORTS:
        return []
    first, documents = alike[0], tuple(item.document.id for item in alike)
    words = Piece(PieceKind.QUOTE, get_words(first), first.claim.id, counted=documents)
    varied = any(find_missing(first, item, marks) for item in alike)
    pieces = [_count(documents, "report"), _say(" tell of “"), words, _say("”")]
    pieces.append(_say(f"{', in these or other words,' if varied else ''} as {TELLS[first.claim.status.value]}: "))
    order = {name: i for i, name in enumerate(event.claims)}
    for i, item in enumerate(sorted(alike, key=lambda item: order[item.claim.id])):
        outlet, day = item.document.publisher_name or "", item.document.day
        pieces += [_say("; ")] if i else []
        pieces.append(Piece(PieceKind.OUTLET, outlet, item.claim.id))
        pieces += [_say(", "), Piece(PieceKind.DAY, day, item.claim.id)] if day else []
        pieces += _name_source(item, marks) if item.claim.chain else ()
    taken = tuple(item.document.id for item in alike if is_taken(item, alike, marks))
    if taken:
        pieces += [_say("; of these, "), _count(taken, "copy of another", "copies of others")]
    return [Draft((*pieces, _say(".")), tuple(item.claim.id for item in alike))]


def _count(counted: Sequence[str], noun: str, nouns: str | None = None) -> Piece:
    distinct = tuple(dict.fromkeys(counted))
    words = noun if len(distinct) == 1 else nouns or f"{noun}s"
    return Piece(PieceKind.COUNT, f"{len(distinct)} {words}", counted=distinct)


def draft_figures(event: Event, claims: Mapping[str, StoredClaim], marks: Marks) -> list[Draft]:
    """Say what each voice gives as a count, the latest last; figures are listed, never averaged, kinds of people apart.

    What names other days of the week than the sentence that tells the event, or comes from a report that shares no word
    with it, or looks back on an earlier year, is left out, and so are "boxes" in the sentence that tells the event: it
    is quoted already. Any other sentence is quoted, and that one, too, where the source is "its director".
    """
    lead = _find_lead(event, claims)
    drafts = []
    for key, scope, unit in dict.fromkeys((history.key, history.scope, history.unit) for history in event.figures):
        histories = [one for one in event.figures if (one.key, one.scope, one.unit) == (key, scope, unit)]
        readings = [
            reading
            for reading in _choose_readings(histories, claims)
            if lead is None or _belongs(claims[reading.claim], lead, event, claims, marks)
            if key in marks.figures or lead is None or claims[reading.claim].sentence != lead.sentence
        ]
        if readings:
            pieces: list[Piece] = [_say(f"{LABELS.get(key, key).capitalize()}: ")]
            for i, reading in enumerate(readings):
                item = claims[reading.claim]
                words = word_figure(item, key, reading.low, reading.high)
                pieces += [_say("; ")] if i else []
                pieces.append(Piece(PieceKind.FIGURE, words, reading.claim, key))
                pieces += [*_name_counted(item, key, reading, unit), *_according_to(item, marks)]
                pieces += _quote(item) if _needs_words(item, lead, marks) else ()
            drafts.append(Draft((*pieces, _say(".")), tuple(reading.claim for reading in readings)))
    return drafts


def _name_counted(item: StoredClaim, key: str, reading: FigureReading, unit: str | None) -> Pieces:
    """Say whom a figure of one kind of people counts, as its sentence says it: "militants" are no "fighters" there."""
    told = [field.value for field in item.claim.figures if _gives(field.value, key, reading)]
    units = {figure.unit or unit for figure in told} if unit else set()
    words = units.pop() if len(units) == 1 else unit
    return (_say(f" {words}"),) if words and words in item.sentence else ()


def _gives(figure: Figure, key: str, reading: FigureReading) -> bool:
    return (figure.key, figure.low, figure.high) == (key, reading.low, reading.high)


def _belongs(
    item: StoredClaim, lead: StoredClaim, event: Event, claims: Mapping[str, StoredClaim], marks: Marks
) -> bool:
    """Say whether a figure can be of the event that the lead tells, by its sentence or another of its report."""
    beside = (claims[name] for name in event.claims if name in claims)
    same = [other.sentence for other in beside if other.document.id == item.document.id]
    if not is_of_now(item.sentence):
        return False
    return are_of_one_day(lead.sentence, item.sentence) and any(share_words(lead.sentence, one, marks) for one in same)


def _needs_words(item: StoredClaim, lead: StoredClaim | None, marks: Marks) -> bool:
    """Say whether a figure is to be read with its sentence: not with that of the event, or "its director" gives it."""
    theirs = bool(item.claim.chain) and marks.theirs.match(item.claim.chain[-1].text) is not None
    return theirs or lead is None or lead.sentence != item.sentence


def _quote(item: StoredClaim) -> Pieces:
    return (_say(": “"), _cite(item), _say("”"))


def _cite(item: StoredClaim) -> Piece:
    """Quote a sentence whole, and mark in it what the claim is about: other things may stand there, too."""
    return Piece(PieceKind.QUOTE, quote_sentence(item), item.claim.id, marked=find_marked(item))


def _choose_readings(histories: Sequence[FigureHistory], claims: Mapping[str, StoredClaim]) -> list[FigureReading]:
    """Return what stands, and what the latest of it took the place of; of those only what a sentence shows."""
    shown = [
        reading
        for history in histories
        for reading in history.readings
        if not reading.retracted and _is_shown(history, reading, claims)
    ]
    shown.sort(key=lambda reading: reading.day or "")
    standing = [reading for reading in shown if reading.updated_by is None]
    replaced = [reading for reading in shown if reading.updated_by is not None]
    chosen = standing[-_MOST_READINGS:]
    room = _MOST_READINGS - len(chosen)
    chosen += replaced[-room:] if room else []
    return sorted(chosen, key=shown.index)


def _is_shown(history: FigureHistory, reading: FigureReading, claims: Mapping[str, StoredClaim]) -> bool:
    item = claims.get(reading.claim)
    return item is not None and any(_gives(field.value, history.key, reading) for field in item.claim.figures)


def draft_conflicts(links: Iterable[Link], claims: Mapping[str, StoredClaim], marks: Marks) -> list[Draft]:
    """Put side by side two claims that do not agree; the weightiest pair of those in which both sentences show it.

    Sentences show it where they share words and one tells what the other denies, or where they give figures of one
    count that leave no number for both. A place or day that was read apart is not enough.
    """
    found = [
        (draft, link)
        for link in links
        if link.relation in (Relation.CONTRADICTS, Relation.DENIES) and link.left in claims and link.right in claims
        if (draft := _oppose(claims[link.left], claims[link.right], marks)) is not None
    ]
    best = min(found, key=lambda pair: (-pair[1].score, pair[1].left, pair[1].right), default=None)
    return [best[0]] if best else []


def _oppose(left: StoredClaim, right: StoredClaim, marks: Marks) -> Draft | None:
    if not may_match(left, right, marks):
        return None
    if all(item.claim.status.value in ACTUAL for item in (left, right)):
        for key in sorted({field.value.key for field in left.claim.figures}):
            pair = [[field.value for field in item.claim.figures if field.value.key == key] for item in (left, right)]
            if all(len(figures) == 1 for figures in pair) and _are_apart(pair[0][0], pair[1][0]):
                return _contrast(f"The figures do not agree ({LABELS.get(key, key)}): “", left, right, marks)
        return None
    told, denied = (left, right) if left.claim.status.value in ACTUAL else (right, left)
    if not opposes(denied, told, marks) or is_refusal(denied, marks):
        return None
    own = denies_authorship(denied, (told,), marks)
    return _contrast(f"What is told, beside a denial{' of having done it' if own else ''}: “", told, denied, marks)


def _are_apart(one: Figure, other: Figure) -> bool:
    if one.scope is not other.scope or one.unit != other.unit:
        return False
    return any(
        low.low is not None and high.high is not None and low.low > high.high
        for low, high in ((one, other), (other, one))
    )


def _contrast(lead: str, left: StoredClaim, right: StoredClaim, marks: Marks) -> Draft:
    pieces = (
        _say(lead),
        _cite(left),
        _say("”"),
        *_attribute(left, marks),
        _say("; “"),
        _cite(right),
        _say("”"),
        *_attribute(right, marks),
        _say("."),
    )
    return Draft(pieces, (left.claim.id, right.claim.id))


def draft_outcomes(links: Iterable[Link], claims: Mapping[str, StoredClaim], marks: Marks) -> list[Draft]:
    """Put what was planned or threatened beside what is told since; the latest only, and where the words agree."""
    fitting = [
        link
        for link in links
        if link.relation is Relation.CAME_ABOUT and link.left in claims and link.right in claims
        if claims[link.left].claim.status.value in INTENDED and claims[link.right].claim.status.value in ACTUAL
        if share_words(claims[link.left].sentence, claims[link.right].sentence, marks) > _SHARED
    ]
    best = max(fitting, key=lambda link: (claims[link.right].document.day or "", link.score, link.right), default=None)
    if best is None:
        return []
    return [_contrast("Said before, and told since: “", claims[best.left], claims[best.right], marks)]


def draft_likelihood(event: Event, claims: Mapping[str, StoredClaim], marks: Marks, records: Records) -> list[Draft]:
    """Say how likely a plan is by the record of the voice that told it, where enough of its plans could be followed up.

    Args:
        event: What is planned or threatened, and has not happened.
        claims: Its claims.
        marks: From ``open_marks``.
        records: Which plans and threats of its voices came about, and which did not.
    """
    for voice in event.voices:
        came, not_come = records.get(voice.name, ((), ()))
        total = len(came) + len(not_come)
        told = [claims[name] for name in voice.claims if name in claims]
        own = next((item for item in reversed(told) if item.claim.status.value in INTENDED), None)
        if not is_public(voice) or total < _MIN_RESOLVED or own is None or not own.claim.chain:
            continue
        came_about, followed = ([item.claim.id for item in items] for items in (came, (*came, *not_come)))
        pieces = (
            _say("Of "),
            _count(followed, "plan or threat", "plans and threats"),
            _say(" of "),
            _name_voice(own, marks),
            _say(" that could be followed up, "),
            Piece(PieceKind.COUNT, str(len(came)), counted=tuple(came_about)),
            _say(" came about; by that record alone this is "),
            Piece(PieceKind.LIKELIHOOD, word_share(len(came), total), counted=tuple(came_about), of=total),
            _say("."),
        )
        cited = [[item for item in items if len(item.sentence) <= LONGEST] for items in (came, not_come)]
        shown = [item.claim.id for item in (*cited[0][:2], *cited[1][:1])]
        return [Draft(pieces, (own.claim.id, *shown))]
    return []
