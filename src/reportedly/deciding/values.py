"""What a person writes for a field of a claim, read, checked and looked up."""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from difflib import get_close_matches
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

import msgspec

from reportedly.config import Settings
from reportedly.deciding.corrections import Cited, Counted, Dated, Located, Party, Words, find_kind
from reportedly.errors import DecisionError
from reportedly.ground.actor_table import ActorTable, open_actors
from reportedly.ground.actors import ground_actor
from reportedly.ground.gazetteer import PRIMARY, Gazetteer, GazetteerPlace, open_gazetteer
from reportedly.ground.sources import SourceTable, ground_source, open_sources
from reportedly.records.claim import Basis, Claim, Figure, Scope, Source, Stage, Status
from reportedly.records.document import Document
from reportedly.records.grounding import CalendarInterval, GroundedActor, PlaceCandidate
from reportedly.records.ontology import EventType, Ontology, open_ontology
from reportedly.records.spans import Span

NONE = "none"
"""What a person writes for nothing: no place, no actor, a figure that is not there."""

_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_AMOUNT = re.compile(r"(>=|<=)?\s*(\d+)\s*(?:(\+)|[-–]\s*(\d+))?(?:\s+(this|series|added))?", re.IGNORECASE)
_CODE = re.compile(r"[A-Z]{3}(?:/[A-Z]{3})?|[A-Z]{4}")
_PLACE_ID = re.compile(r"\b(?:geonames:\d+|area:[\w-]+)$")
_MOST = 10**15
_KEY = re.compile(r"[a-z][a-z _-]*")
_KEYS = ("killed", "injured", "casualties", "missing", "detained", "displaced", "operations", "troops")
"""Keys of figures that reading gives; others are plural nouns of any kind."""
_ALIKE = 0.85
"""From which share of common letters on a key is one of these mistyped: "kiled", not "detainees"."""
_CLEARLY = 10
"""A place that is so many times as populous as its next namesake is the one that is meant by the bare name."""
_UNKNOWN = 1_000
"""What a namesake of unknown population is taken to have: a village."""
_LISTED = 6
_AREA = "area:"
_TOWNS = ("capital", "city")


class Tables:
    """What values are checked against, each opened when it is first asked for."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @cached_property
    def actors(self) -> ActorTable:
        """Actors by name."""
        return open_actors(self._settings)

    @cached_property
    def sources(self) -> SourceTable:
        """Outlets and words of sources."""
        return open_sources(self._settings)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Places by name."""
        return open_gazetteer(self._settings)

    @cached_property
    def ontology(self) -> Ontology:
        """Types, modes, contexts."""
        return open_ontology()


class _Subject(NamedTuple):
    """What a value is read for."""

    claim: Claim
    document: Document
    tables: Tables

    def locate(self, words: str) -> Span | None:
        """Return where words stand in the document, nearest to the sentence of the claim; case does not matter."""
        between = r"\s+".join(map(re.escape, words.split()))
        pattern = re.compile(rf"(?<!\w){between}(?!\w)", re.IGNORECASE)
        spans = [Span(*found.span()) for found in pattern.finditer(self.document.text)]
        sentence = self.claim.sentence
        return min(
            spans, key=lambda span: (max(sentence.start - span.end, span.start - sentence.end, 0), span), default=None
        )


def read_value(field: str, value: str, claim: Claim, document: Document, tables: Tables) -> str:
    """Read what a person wrote for a field.

    Args:
        field: Its name; ``figures.killed`` for a figure.
        value: As written; see docs/ledger.md for the forms.
        claim: As it is now.
        document: It stands in this one.
        tables: What names are looked up in.

    Returns:
        The value as JSON, for ``correct_claim``.

    Raises:
        DecisionError: the field is not known or the value is not allowed; the message lists what is.
    """
    find_kind(field)
    name, _, key = field.partition(".")
    read = _read_figure(key) if name == "figures" else READERS[field]
    if not value.strip():
        raise DecisionError(f"{field}: a value is missing; write {NONE!r} for nothing where that can be")
    check_text(value, "the value")
    return msgspec.json.encode(read(value.strip(), _Subject(claim, document, tables))).decode()


def check_text(given: str, what: str) -> None:
    """Refuse what cannot be kept as text.

    Raises:
        DecisionError: it holds bytes of another encoding, which a shell hands on as they are.
    """
    if not given.isascii() and any("\ud800" <= char <= "\udfff" for char in given):
        raise DecisionError(f"{what}: {given!r} holds bytes that are no text in UTF-8; write it again")


def _split(value: str, by: str = ";") -> list[str]:
    found = [part.strip() for part in value.split(by) if part.strip()]
    if not found:
        raise DecisionError(f"{value!r} names nothing; write {NONE!r} for nothing where that can be")
    return [] if value.lower() == NONE else found


def _choose(field: str, value: str, allowed: Iterable[str]) -> str:
    known = {item.casefold(): item for item in allowed}
    if (found := known.get(value.casefold())) is None:
        raise DecisionError(f"{field}: {value!r} is not allowed; one of {', '.join(known.values()) or NONE}")
    return found


def _read_choice(field: str, kind: type[StrEnum], *, optional: bool = False) -> Callable[[str, _Subject], object]:
    def read(value: str, subject: _Subject) -> object:
        del subject
        if optional and value.lower() == NONE:
            return None
        return kind(_choose(field, value, [*kind, *([NONE] if optional else [])]))

    return read


def _read_modes(value: str, subject: _Subject) -> list[Words]:
    modes = subject.tables.ontology.types[subject.claim.type.value].modes
    return [Words(_choose("modes", item, modes)) for item in _split(value)]


def _read_contexts(value: str, subject: _Subject) -> list[Words]:
    contexts = sorted(subject.tables.ontology.contexts)
    return [Words(_choose("contexts", item, contexts)) for item in _split(value)]


def _read_parties(value: str, subject: _Subject) -> list[Party]:
    return [_read_party(item, subject) for item in _split(value)]


def _read_party(value: str, subject: _Subject) -> Party:
    """Read a party: words, a code, or ``words = CODE`` where the table knows the words by no or another code."""
    name, _, given = (part.strip() for part in value.partition("="))
    if not name:
        raise DecisionError(f"{value!r}: words are missing before the sign; write WORDS = CODE, or the code alone")
    code = given or (name if _CODE.fullmatch(name) else "")
    span = subject.locate(name)
    if code:
        _check_code(code, subject.tables.actors)
        return Party(Words(name, span), GroundedActor(name, (code,)))
    grounded = ground_actor(name, subject.document, subject.tables.actors, span.start if span else None)
    return Party(Words(name, span), grounded)


def _check_code(code: str, table: ActorTable) -> None:
    state, _, sector = code.partition("/")
    codes = {entry.code for _, entries in table.index.names() for entry in entries}
    sectors = sorted(set(table.words.sectors.values()))
    if code not in codes and not (state in codes and (not sector or sector in sectors)):
        raise DecisionError(
            f"{code!r} is no code of an actor; write words, the code of a body or group, or an ISO 3166 alpha-3 code, "
            f"which may have a slash and one of these behind it: {', '.join(sectors)}"
        )


def _read_place(value: str, subject: _Subject) -> Located | None:
    """Read a place: a gazetteer id, or a name, with ``, COUNTRY`` or an id behind it where several bear it."""
    if value.lower() == NONE:
        return None
    gazetteer = subject.tables.gazetteer
    if (found := _PLACE_ID.search(value)) is not None:
        place = gazetteer.find_place(found.group())
        if place is None:
            raise DecisionError(f"place: the gazetteer has no {found.group()!r}")
        name = value[: found.start()].strip(" ,") or place.name
        return Located(Words(name, subject.locate(name)), _make_candidate(place))
    name, _, country = (part.strip() for part in value.partition(","))
    bearers = dict.fromkeys(gazetteer.find_places(name))
    if country:
        within = {place.country for place, _ in gazetteer.find_places(country) if place.kind == "country"}
        bearers = {item: None for item in bearers if item[0].country in (within or {country.upper()})}
    if not bearers:
        raise DecisionError(f"place: the gazetteer has no {value!r}; write NAME, NAME, COUNTRY, or an id (geonames:…)")
    places = [place for place, _ in sorted(bearers, key=lambda item: (item[1] != PRIMARY, -_weigh(item[0])))]
    if any(_rivals(places[0], place) for place in places[1:]):
        listed = "; ".join(
            f"{place.name} ({', '.join(filter(None, (place.kind, place.admin or place.country)))}) {place.id}"
            for place in places[:_LISTED]
        )
        raise DecisionError(f"place: several places are called {value!r}; write one of these ids behind it: {listed}")
    return Located(Words(name, subject.locate(name)), _make_candidate(places[0]))


def _weigh(place: GazetteerPlace) -> int:
    """Return by which of two namesakes the likelier is told: a town goes before the district that has its name."""
    return place.population * (_CLEARLY if place.kind in _TOWNS else 1)


def _rivals(place: GazetteerPlace, other: GazetteerPlace) -> bool:
    """Say whether a name may as well mean another place: one elsewhere that is not far smaller, or a sea or region."""
    if place.country == other.country and place.admin is not None and place.admin == other.admin:
        return False
    area = place.id.startswith(_AREA) or other.id.startswith(_AREA)
    return area or place.population < _CLEARLY * (other.population or _UNKNOWN)


def _make_candidate(place: GazetteerPlace) -> PlaceCandidate:
    return PlaceCandidate(
        place.id,
        place.name,
        place.kind,
        place.country,
        place.admin,
        place.latitude,
        place.longitude,
        place.radius_km,
        1.0,
    )


def _read_time(value: str, subject: _Subject) -> Dated | None:
    """Read a day, month or year, or two of them with a slash between for the first and the last."""
    del subject
    if value.lower() == NONE:
        return None
    first, slash, last = (part.strip() for part in value.partition("/"))
    start, finest = _read_day(first)
    end = _find_last(*_read_day(last)) if slash else _find_last(start, finest)
    if end < start:
        raise DecisionError(f"time: {value!r} ends before it starts")
    precision = "day" if slash else finest
    return Dated(value, CalendarInterval(start.isoformat(), end.isoformat(), precision, value, "person"))


def _read_day(value: str) -> tuple[date, str]:
    if (found := _DAY.fullmatch(value)) is not None:
        year, month, day = found.groups()
        try:
            start = date(int(year), int(month or 1), int(day or 1))
        except ValueError:
            pass
        else:
            return start, "day" if day else "month" if month else "year"
    raise DecisionError(f"time: {value!r} cannot be read; write 2025-10-31, 2025-10, 2025, FIRST/LAST, or {NONE!r}")


def _find_last(start: date, precision: str) -> date:
    if precision == "day":
        return start
    if precision == "year" or start.month == 12:
        return date(start.year, 12, 31)
    return date(start.year, start.month + 1, 1) - timedelta(days=1)


def _read_hedged(value: str, subject: _Subject) -> list[Words]:
    """Read the words that hedge a claim; what is hedged shows it in its own sentence."""
    if value.lower() in (NONE, "no"):
        return []
    found = []
    for item in _split(value):
        span = subject.locate(item)
        if span is None or not subject.claim.sentence.covers(span):
            sentence = subject.claim.sentence.slice(subject.document.text)
            raise DecisionError(f"hedged: write 'no', or the words that hedge it; {item!r} is not in: {sentence}")
        found.append(Words(span.slice(subject.document.text), span))
    return found


def _read_source(value: str, subject: _Subject) -> list[Cited]:
    """Read who is said to speak, outermost first with ``>`` between; each must stand in the document."""
    found = []
    for item in [] if value.lower() == "outlet" else _split(value, ">"):
        span = subject.locate(item)
        if span is None:
            raise DecisionError(
                f"source: {item!r} does not stand in the document; write the words of each source as they stand there, "
                "the outermost first with > between, or 'outlet' where the outlet speaks for itself"
            )
        source = Source(span.slice(subject.document.text), span)
        grounded = ground_source(source, subject.document, subject.tables.sources, subject.tables.actors)
        found.append(Cited(source, grounded))
    return found


def _read_figure(key: str) -> Callable[[str, _Subject], object]:
    def read(value: str, subject: _Subject) -> Counted | None:
        if not _KEY.fullmatch(key):
            raise DecisionError(f"figures.{key}: a key is lower-case words: killed, injured, displaced …")
        held = any(field.value.key == key for field in subject.claim.figures)
        if not held and key not in _KEYS and (meant := get_close_matches(key, _KEYS, 1, _ALIKE)):
            raise DecisionError(f"figures.{key}: no such key is known; figures.{meant[0]} is")
        if value.lower() == NONE:
            return None
        found = _AMOUNT.fullmatch(value)
        if found is None or (found[1] and (found[3] or found[4])):
            raise DecisionError(
                f"figures.{key}: {value!r} cannot be read; write 12, 12-15, >=12, <=12 or {NONE!r}, and behind it, "
                f"where that matters, what is counted: {', '.join(Scope)}"
            )
        sign, number, plus, last, scope = found.groups()
        low, high = int(number), int(last or number)
        if high > _MOST:
            raise DecisionError(f"figures.{key}: {value!r} is more than anything counts")
        if high < low:
            raise DecisionError(f"figures.{key}: {value!r} ends below its start")
        bounds = (None if sign == "<=" else low, None if sign == ">=" or plus else high)
        return Counted(Figure(key, *bounds, scope=Scope((scope or Scope.THIS).lower())), scope is not None)

    return read


READERS: dict[str, Callable[[str, _Subject], object]] = {
    "type": _read_choice("type", EventType),
    "status": _read_choice("status", Status),
    "stage": _read_choice("stage", Stage, optional=True),
    "modes": _read_modes,
    "contexts": _read_contexts,
    "actors": _read_parties,
    "recipients": _read_parties,
    "place": _read_place,
    "time": _read_time,
    "hedged": _read_hedged,
    "source": _read_source,
    "basis": _read_choice("basis", Basis, optional=True),
}
"""How each field is read; the same names as in ``corrections.KINDS``."""
