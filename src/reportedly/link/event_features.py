"""What linking remembers of a claim: the few facts by which it is compared with claims of other reports."""

import re
from collections.abc import Collection
from datetime import date
from zlib import crc32

import msgspec

from reportedly.link.alike import COUNTED, LENT, PROSPECTIVE, AlikeWords, make_stem, voice_of
from reportedly.records.claim import Claim, PlaceRole, Scope, Status
from reportedly.records.document import Document
from reportedly.records.grounding import GroundedActor, Grounding
from reportedly.records.ontology import EventType
from reportedly.records.spans import Field

_SURE = 0.7
"""Times bound to their event with a lower score are as often another event's: in training/linking they were right to
the day in 18 of 44 cases, those above in 152 of 158."""
_RANKS = {"city": 0, "capital": 0, "admin2": 1, "area": 2, "admin1": 2, "country": 3, "continent": 4}
"""Kinds of places, finest first; what is not listed counts as a town."""
_MOST_NAMES, _MOST_WORDS, _MOST_LEAD = 12, 16, 20
"""Words remembered of a sentence, and of the head of a document."""
_HEAD = 1200
"""Characters of a document that say what it is about."""
_LONG_DAYS = 7
"""An act told to have lasted longer is a series of acts."""
_SERIES_COUNT = 3
"""From this many operations on, they are a series ("at least 14 strikes")."""
_LASTING = frozenset({EventType.CONSULT, EventType.MOBILIZE, EventType.PROTEST, EventType.COOPERATE})
"""Acts that may last for weeks and be told in the plural ("talks", "troops", "protests")."""
_WORD = re.compile(r"[^\W_](?:[\w’'.-]*[^\W_])?")
_ENDING = re.compile(r"(?:ments?|ations?|ings?|ions?|ers?|ed|es|ly|s|e)$")
_OPENING = re.compile(r"(?:^|[.!?:”\"“\n]\s*)$")
_ARTICLE = re.compile(r"^(?:the|a|an|its|their|his|her)\s+")


class FeaturePlace(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A place of the event, so far as judging needs it.

    Attributes:
        id: Gazetteer id, or ``~name`` where the gazetteer has none.
        rank: 0 a town, 1 a district, 2 a province or area, 3 a country, 4 more.
        country: ISO 3166 alpha-2; None at sea.
        latitude: Degrees, north positive.
        longitude: Degrees, east positive.
        radius_km: Radius of the circle it fills.
        lent: Whether another sentence named it.
    """

    id: str
    rank: int
    country: str | None
    latitude: float
    longitude: float
    radius_km: float
    lent: bool


class FeatureFigure(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A count of this event: what is counted, bounds, and the last word of its unit."""

    key: str
    low: int | None
    high: int | None
    unit: str


class EventFeatures(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A claim as it is compared with claims of other reports. Days are ordinals (``date.toordinal``).

    Attributes:
        document: Document id.
        type: Event type.
        modes: Its modes.
        status: Its status.
        published: Day of publication; None where unknown.
        actors: Codes, or ``~words``, each with whether it was lent from another sentence.
        recipients: The same.
        stem: The trigger's last word without its ending.
        places: Where the event is, the finest kind named only.
        start: First day of the event; None is open or not said.
        end: Last day; None is open or not said.
        exact: Whether both days are known and at most one apart.
        lent_time: Whether another sentence says when, or the words may date another event.
        figures: Counts of this event.
        series: Whether it tells of several acts at once ("at least 14 strikes since September").
        voice: Who says so, innermost; None where the outlet speaks for itself.
        names: Names and numbers of the sentence, its trigger and whatever has a code left out, hashed.
        words: Its other words, hashed.
        lead: Names in the head of the document, hashed.
    """

    document: str
    type: str
    modes: tuple[str, ...]
    status: Status
    published: int | None
    actors: tuple[tuple[str, bool], ...]
    recipients: tuple[tuple[str, bool], ...]
    stem: str
    places: tuple[FeaturePlace, ...]
    start: int | None
    end: int | None
    exact: bool
    lent_time: bool
    figures: tuple[FeatureFigure, ...]
    series: bool
    voice: str | None
    names: frozenset[int]
    words: frozenset[int]
    lead: frozenset[int]


_DECODER = msgspec.msgpack.Decoder(EventFeatures)


def encode_features(features: EventFeatures) -> bytes:
    """Return the payload of a sketch; the same features give the same bytes."""
    return msgspec.msgpack.encode(features, order="deterministic")


def decode_features(payload: bytes) -> EventFeatures:
    """Return what ``encode_features`` was given.

    Raises:
        msgspec.DecodeError: the payload is another linker's.
    """
    return _DECODER.decode(payload)


def take_features(
    claim: Claim,
    grounding: Grounding,
    document: Document,
    alike: AlikeWords,
    stop: Collection[str],
    known: tuple[frozenset[str], frozenset[int]],
) -> EventFeatures:
    """Gather what a claim is compared by.

    Args:
        claim: The claim.
        grounding: Its grounding.
        document: The document that it stands in.
        alike: Word lists of judging within one report.
        stop: Words that carry no matter.
        known: The names of the document and those of its head, from ``find_names``.
    """
    published = document.published.day if document.published else None
    names, words = _read_sentence(_leave_out_known(claim, grounding, document.text), stop, known[0])
    start, end, exact, lent_time = _find_days(claim, grounding)
    return EventFeatures(
        document=document.id,
        type=claim.type.value.value,
        modes=tuple(sorted({mode.value for mode in claim.modes})),
        status=claim.status.value,
        published=_find_ordinal(published) if published else None,
        actors=_name_parties(claim, claim.actors, grounding.actors),
        recipients=_name_parties(claim, claim.recipients, grounding.recipients),
        stem=make_stem(claim, alike),
        places=_find_places(claim, grounding),
        start=start,
        end=end,
        exact=exact,
        lent_time=lent_time,
        figures=tuple(
            FeatureFigure(item.key, item.low, item.high, (item.unit or "people").lower().split()[-1])
            for item in (field.value for field in claim.figures)
            if item.key in COUNTED and item.scope is Scope.THIS
        ),
        series=_is_series(claim, start, end),
        voice=voice_of(claim, grounding),
        names=names,
        words=words,
        lead=known[1],
    )


def find_names(text: str, stop: Collection[str]) -> tuple[frozenset[str], frozenset[int]]:
    """Return the capitalised words that stand inside sentences of a text, in lower case, and those of its head hashed.

    A word that opens a sentence is a name only where it is one elsewhere. The head keeps the commonest names of the
    whole text among its own, so that the two heads of one matter share some whatever their order.
    """
    counts: dict[str, int] = {}
    for match in _WORD.finditer(text):
        word = match.group()
        if word[0].isupper() and len(word) > 1 and not _OPENING.search(text, max(0, match.start() - 3), match.start()):
            lower = _strip(word)
            if lower not in stop:
                counts[lower] = counts.get(lower, 0) + 1
    head = text[:_HEAD].lower()
    leading = sorted((name for name in counts if name in head), key=lambda name: (-counts[name], name))
    return frozenset(counts), frozenset(_hash(name) for name in leading[:_MOST_LEAD])


def _leave_out_known(claim: Claim, grounding: Grounding, text: str) -> str:
    """Return the sentence without its trigger, and without the parties and places that are compared by their codes."""
    spans = {claim.trigger.span}
    for fields, mentions in ((claim.actors, grounding.actors), (claim.recipients, grounding.recipients)):
        spans |= {field.span for field, mention in zip(fields, mentions, strict=False) if mention.codes}
    spans |= {
        field.span
        for field, place in zip(claim.places, grounding.places, strict=False)
        if place.candidates and field.value.role is PlaceRole.EVENT
    }
    left, at = [], claim.sentence.start
    for span in sorted(span for span in spans if span is not None and claim.sentence.covers(span)):
        if span.start >= at:
            left.append(text[at : span.start])
        at = max(at, span.end)
    return " ".join([*left, text[at : claim.sentence.end]])


def _read_sentence(
    sentence: str, stop: Collection[str], known: Collection[str]
) -> tuple[frozenset[int], frozenset[int]]:
    """Return the names and numbers of a sentence and its other words, hashed; the longest where there are too many."""
    names: set[str] = set()
    words: set[str] = set()
    for match in _WORD.finditer(sentence):
        lower = _strip(match.group())
        if lower in stop or len(lower) < 2:
            continue
        if lower in known or lower[0].isdigit():
            names.add(lower)
        elif len(lower) > 3:
            words.add(_ENDING.sub("", lower) if len(lower) > 4 else lower)
    kept = (
        sorted(group, key=lambda word: (-len(word), word))[:most]
        for group, most in ((names, _MOST_NAMES), (words, _MOST_WORDS))
    )
    first, second = (frozenset(_hash(word) for word in group) for group in kept)
    return first, second


def _strip(word: str) -> str:
    return re.sub(r"[’']s$", "", word.lower())


def _hash(word: str) -> int:
    """Two bytes, the same in every process: chance agreement of two words is rarer than that of names."""
    return crc32(word.encode()) & 0xFFFF


def _name_parties(
    claim: Claim, fields: tuple[Field[str], ...], mentions: tuple[GroundedActor, ...]
) -> tuple[tuple[str, bool], ...]:
    found: dict[str, bool] = {}
    for field, mention in zip(fields, mentions, strict=False):
        lent = field.by in LENT and not (field.span is not None and claim.sentence.covers(field.span))
        for code in mention.codes or (f"~{_ARTICLE.sub('', field.value.lower())}",):
            found[code] = found.get(code, True) and lent
    return tuple(sorted(found.items()))


def _find_places(claim: Claim, grounding: Grounding) -> tuple[FeaturePlace, ...]:
    """Return the places of the event of the finest kind that is named: "Oldport, Norland" is Oldport."""
    found: dict[str, FeaturePlace] = {}
    for field, grounded in zip(claim.places, grounding.places, strict=False):
        if field.value.role is not PlaceRole.EVENT:
            continue
        lent = field.by in LENT or field.span is None or not claim.sentence.overlaps(field.span)
        if grounded.candidates:
            best = grounded.candidates[0]
            place = FeaturePlace(
                best.id,
                _RANKS.get(best.kind, 0),
                best.country,
                round(best.latitude, 3),
                round(best.longitude, 3),
                round(best.radius_km, 1),
                lent,
            )
        else:
            place = FeaturePlace(f"~{_ARTICLE.sub('', field.value.text.lower())}", 0, None, 0.0, 0.0, 0.0, lent)
        if place.id not in found or not lent:
            found[place.id] = place
    own = [place for place in found.values() if not place.lent] or list(found.values())
    finest = min((place.rank for place in own), default=0)
    return tuple(sorted((place for place in own if place.rank == finest), key=lambda place: place.id))


def _find_days(claim: Claim, grounding: Grounding) -> tuple[int | None, int | None, bool, bool]:
    time = grounding.time
    if time is None or (time.start is None and time.end is None):
        return None, None, False, False
    start, end = (_find_ordinal(day) if day else None for day in (time.start, time.end))
    span = claim.time.span if claim.time is not None else None
    lent = claim.time is None or claim.time.score < _SURE or span is None or not claim.sentence.covers(span)
    exact = start is not None and end is not None and end - start <= 1
    return start, end, exact, lent


def _find_ordinal(day: str) -> int | None:
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:
        return None


def _is_series(claim: Claim, start: int | None, end: int | None) -> bool:
    """Say whether a claim tells of many acts: it counts them, or they go on for more than a week."""
    if claim.type.value in _LASTING:
        return False
    counted = any(
        field.value.key == "operations" and (field.value.low or field.value.high or 0) >= _SERIES_COUNT
        for field in claim.figures
    )
    since = claim.time is not None and claim.time.value.modifier == "since" and claim.status.value not in PROSPECTIVE
    long = start is not None and end is not None and end - start > _LONG_DAYS
    plural = claim.trigger.value.lower().endswith("s") and len(claim.trigger.value) > 3
    return counted or (plural and (long or since))
