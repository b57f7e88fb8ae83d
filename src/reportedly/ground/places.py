"""Place names to places, all names of a report together: a report is mostly about one part of the world."""

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from urllib.parse import urlsplit

import msgspec

from reportedly.ground.gazetteer import ADJECTIVE, ALIAS, Gazetteer, GazetteerPlace, normalise
from reportedly.records.claim import Place
from reportedly.records.document import Document
from reportedly.records.grounding import GroundedPlace, PlaceCandidate
from reportedly.records.spans import Field, Span

MAX_CANDIDATES = 5
"""Readings kept of each name."""

_ROUNDS = 3
_COUNTRY_WEIGHT = 2.2
_ADMIN_WEIGHT = 2.8
_NEAR_WEIGHT = 1.6
_HOME_WEIGHT = 1.0
_ALIAS_COST = 0.7
_SPOKEN = 1.5
_SURE = 0.5
_NAMESAKE = 15_000
_WITHIN_SCORE = 0.5
_DOUBT = 1.0
_LOCAL_KM = 60.0
_CELL = 0.75
_CONTAINED = 3.5
_EARTH_KM = 6371.0
_REGION = re.compile(
    r"\b(county|parish|province|governorate|district|state|oblast|region|department|prefecture)\b", re.IGNORECASE
)
_INSTITUTION = re.compile(
    r"\b(airport|airfield|university|college|hospital|museum|library|school|academy|cent(?:er|re)|prison|jail|zoo"
    r"|institute|embassy|courthouse|court|fairgrounds|station|arena|harbou?r|refinery)$",
    re.IGNORECASE,
)
_GENERIC_DOMAINS = frozenset({"co", "com", "org", "net", "gov", "ac", "edu", "tv", "io", "ai", "me", "fm", "eu"})


class _Name(msgspec.Struct):
    """One name of the report with its mentions and the places that bear it, or that it lies ``inside``."""

    text: str
    spans: list[Span]
    adjective: bool
    inside: bool
    sure: bool
    places: list[GazetteerPlace]
    priors: list[float]
    bonus: list[float]
    weights: list[float]


class _Tally:
    """Votes by key and by who cast them, so that nobody's own vote speaks for himself."""

    def __init__(self) -> None:
        self.votes: dict[object, dict[int, float]] = defaultdict(dict)
        self.sums: dict[object, float] = defaultdict(float)
        self.cast: dict[int, float] = defaultdict(float)
        self.total = 0.0

    def add(self, key: object, voter: int, weight: float) -> None:
        if key is not None:
            ballot = self.votes[key]
            ballot[voter] = ballot.get(voter, 0.0) + weight
            self.sums[key] += weight
            self.cast[voter] += weight
            self.total += weight

    def add_most(self, key: object, voter: int, weight: float) -> None:
        ballot = self.votes[key]
        ballot[voter] = max(weight, ballot.get(voter, 0.0))

    def share(self, key: object, voter: int) -> float:
        """Return the share of a key among the votes of the others, drawn towards 0 where few have voted."""
        if key is None or key not in self.votes:
            return 0.0
        others = self.sums[key] - self.votes[key].get(voter, 0.0)
        return others / (self.total - self.cast[voter] + _DOUBT)


def ground_places(
    toponyms: Sequence[Field[Place]], document: Document, gazetteer: Gazetteer
) -> dict[Span, GroundedPlace]:
    """Ground the place names of one document together.

    What decides, strongest first: the region named beside a name ("Paris, Texas"); kind and population; the countries
    and subdivisions that the other names of the report lie in; nearness to them; the country of the publisher's
    address. One name has one referent in one report, but where a region beside a mention says otherwise.

    Args:
        toponyms: Mentions as extraction found them; those without a span are left out, and those with a score below
            .5 are grounded but say nothing of the others.
        document: The document.
        gazetteer: The open index.

    Returns:
        By span, the readings of each mention, best first; their scores sum to at most 1. A name that no list holds
        takes the area of the place it is named with, as kind ``within`` and with a low score; where there is none, it
        has no candidates.
    """
    names = _gather(toponyms, document, gazetteer)
    known = [name for name in names if name.places]
    for name in known:
        _settle(name, (0.0,) * len(name.places))
    _contain(known, document)
    for _ in range(_ROUNDS):
        _vote(known, document)
    grounded: dict[Span, GroundedPlace] = {}
    for name in known:
        candidates = _rank(name)
        for span in name.spans:
            grounded[span] = GroundedPlace(span.slice(document.text), candidates)
    _place_unknown([name for name in names if not name.places], grounded, document)
    return grounded


def _gather(toponyms: Sequence[Field[Place]], document: Document, gazetteer: Gazetteer) -> list[_Name]:
    """Group mentions by name; a mention with a region of its own beside it stands apart."""
    fields = sorted((field for field in toponyms if field.span is not None), key=lambda field: field.span or Span(0, 0))
    names: dict[tuple[str, bool, str], _Name] = {}
    for index, field in enumerate(fields):
        span = field.span
        if span is None:
            continue
        adjective = field.by == "rule:demonym"
        text = span.slice(document.text)
        after = fields[index + 1] if index + 1 < len(fields) else None
        beside = ""
        if after is not None and after.span is not None and _is_beside(document.text[span.end : after.span.start]):
            beside = normalise(after.span.slice(document.text))
        key = (normalise(text), adjective, beside)
        if key not in names:
            places, priors = _read(text, adjective, gazetteer, document, span)
            inside = not places and (namesake := _find_namesake(text, gazetteer)) is not None
            if inside and namesake is not None:
                places, priors = _read(namesake, False, gazetteer, document, span)
            names[key] = _Name(text, [], adjective, inside, False, places, priors, [0.0] * len(places), [])
        names[key].spans.append(span)
        names[key].sure = names[key].sure or field.score >= _SURE
    return list(names.values())


def _is_beside(between: str) -> bool:
    return between.strip() == "," and len(between) <= 3


def _read(
    text: str, adjective: bool, gazetteer: Gazetteer, document: Document, span: Span
) -> tuple[list[GazetteerPlace], list[float]]:
    """Return the places that bear a name with how likely each is before the report is looked at."""
    found = gazetteer.find_places(text)
    wanted = [(place, how) for place, how in found if (how == ADJECTIVE) == adjective] or list(found)
    region = bool(_REGION.match(document.text, span.end + 1)) or bool(_REGION.search(text))
    return [place for place, _ in wanted], [_prior(place, how, region) for place, how in wanted]


def _find_namesake(text: str, gazetteer: Gazetteer) -> str | None:
    """Return the place that an institution is called after by its first words ("Milltown High School"), or None."""
    words = text.split()
    if not _INSTITUTION.search(text):
        return None
    for end in range(len(words) - 1, 0, -1):
        name = " ".join(words[:end])
        if any(place.population >= _NAMESAKE for place, how in gazetteer.find_places(name) if how != ADJECTIVE):
            return name
    return None


def _prior(place: GazetteerPlace, how: int, region: bool) -> float:
    """Say how likely a place is meant before the report is looked at: by its kind and its population."""
    size = math.log10(place.population + 100)
    match place.kind:
        case "country":
            prior = 3.2 + 0.35 * size
        case "admin1":
            prior = 2.0 + 0.27 * size + 1.0 * region
        case "admin2":
            prior = 0.45 * size - 0.3 + 1.5 * region
        case "city":
            prior = 0.6 * size
        case "capital":
            prior = 0.6 * size + 1.0
        case "continent":
            prior = 5.5
        case _:
            prior = 4.2
    return prior - _ALIAS_COST if how == ALIAS else prior


def _settle(name: _Name, evidence: Sequence[float]) -> None:
    """Turn priors, bonuses and evidence into weights that sum to 1."""
    logits = [2.0 * (p + b + e) for p, b, e in zip(name.priors, name.bonus, evidence, strict=True)]
    top = max(logits)
    raised = [math.exp(logit - top) for logit in logits]
    total = sum(raised)
    name.weights = [value / total for value in raised]


def _contain(names: Sequence[_Name], document: Document) -> None:
    """A name beside a region that holds it is the one there: "Paris, Texas", and "Georgia" after "Athens," likewise."""
    by_start = {span.start: name for name in names for span in name.spans}
    for name in names:
        if name.adjective:
            continue
        for span in name.spans:
            match = re.compile(r"\s?[,(]\s?(?:in )?(?:the )?").match(document.text, span.end)
            region = by_start.get(match.end()) if match else None
            if region is None or region is name:
                continue
            inner = [any(_holds(outer, place) for outer in region.places) for place in name.places]
            outer_ = [any(_holds(outer, place) for place in name.places) for outer in region.places]
            name.bonus = [max(b, _CONTAINED * held) for b, held in zip(name.bonus, inner, strict=True)]
            region.bonus = [max(b, 1.0 * holds) for b, holds in zip(region.bonus, outer_, strict=True)]
    for name in names:
        _settle(name, (0.0,) * len(name.places))


def _holds(outer: GazetteerPlace, inner: GazetteerPlace) -> bool:
    """Say whether one place lies in another, by codes; circles do for areas."""
    if outer.number == inner.number:
        return False
    match outer.kind:
        case "country":
            return outer.country == inner.country and inner.kind != "country"
        case "admin1":
            return outer.admin == inner.admin and inner.kind in ("city", "capital", "admin2")
        case "admin2":
            return outer.admin2 == inner.admin2 and inner.kind in ("city", "capital")
        case "city" | "capital":
            return False
    return distance_km(outer, inner) <= outer.radius_km


def _vote(names: Sequence[_Name], document: Document) -> None:
    """Let every name vote for countries and subdivisions, and weigh each anew by the votes of the others."""
    countries, admins, inland, cells = _Tally(), _Tally(), _Tally(), _Tally()
    spoken = {name.places[0].number for name in names if name.adjective and name.sure}
    for index, name in enumerate(names):
        if not name.sure:
            continue
        force = math.sqrt(len(name.spans))
        for place, weight in zip(name.places, name.weights, strict=True):
            countries.add(place.country, index, force * weight)
            admins.add(place.admin, index, force * weight)
            inland.add(place.country if place.admin is not None else None, index, force * weight)
            if place.radius_km <= _LOCAL_KM:
                cells.add_most(_cell(place), index, math.sqrt(weight))
    if (home := find_home(document)) is not None:
        countries.add(home, -1, _HOME_WEIGHT)
    for index, name in enumerate(names):
        if len(name.places) > 1:
            evidence = [_weigh_context(place, index, countries, admins, cells) for place in name.places]
            for i, place in enumerate(name.places):
                if place.kind == "country":
                    evidence[i] += _ADMIN_WEIGHT * inland.share(place.country, index)
                    evidence[i] += _SPOKEN * (place.number in spoken and not name.adjective)
            _settle(name, evidence)


def _weigh_context(place: GazetteerPlace, index: int, countries: _Tally, admins: _Tally, cells: _Tally) -> float:
    value = _COUNTRY_WEIGHT * countries.share(place.country, index) + _ADMIN_WEIGHT * admins.share(place.admin, index)
    if place.radius_km <= _LOCAL_KM:
        row, column = _cell(place)
        near: dict[int, float] = {}
        for key in ((row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1)):
            for other, weight in cells.votes.get(key, {}).items():
                if other != index:
                    near[other] = max(near.get(other, 0.0), weight)
        value += _NEAR_WEIGHT * (1.0 - math.exp(-sum(near.values())))
    return value


def _cell(place: GazetteerPlace) -> tuple[int, int]:
    """Return the square of about 80 km that a place lies in; its neighbours are the squares around."""
    stretch = max(0.2, math.cos(math.radians(place.latitude)))
    return round(place.latitude / _CELL), round(place.longitude * stretch / _CELL)


def find_home(document: Document) -> str | None:
    """Return the country of the publisher's address, by its top-level domain, or None (".com" says nothing)."""
    host = urlsplit(document.address).hostname if document.address and "://" in document.address else None
    if not host:
        return None
    top = host.rsplit(".", 1)[-1].upper()
    if len(top) != 2 or top.lower() in _GENERIC_DOMAINS:
        return None
    return "GB" if top == "UK" else top


def distance_km(one: GazetteerPlace, other: GazetteerPlace) -> float:
    """Return the distance of two centres along a great circle (haversine), in km."""
    phi, psi = math.radians(one.latitude), math.radians(other.latitude)
    half = math.sin((psi - phi) / 2) ** 2
    half += math.cos(phi) * math.cos(psi) * math.sin(math.radians(other.longitude - one.longitude) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def _rank(name: _Name) -> tuple[PlaceCandidate, ...]:
    order = sorted(range(len(name.places)), key=lambda i: (-name.weights[i], name.places[i].number))
    found = tuple(
        _candidate(name.places[i], name.weights[i]) for i in order[:MAX_CANDIDATES] if name.weights[i] >= 0.01
    )
    return tuple(map(_within, found)) if name.inside else found


def _within(place: PlaceCandidate) -> PlaceCandidate:
    """Return the area of a place for something that lies in it, nobody knows where."""
    score = round(_WITHIN_SCORE * place.score, 3)
    return msgspec.structs.replace(place, kind="within", radius_km=max(place.radius_km, 10.0), score=score)


def _candidate(place: GazetteerPlace, score: float) -> PlaceCandidate:
    return PlaceCandidate(
        id=place.id,
        name=place.name,
        kind=place.kind,
        country=place.country,
        admin=place.admin,
        latitude=place.latitude,
        longitude=place.longitude,
        radius_km=place.radius_km,
        score=round(score, 3),
    )


def _place_unknown(names: Sequence[_Name], grounded: dict[Span, GroundedPlace], document: Document) -> None:
    """Give a name that no list holds the area of the nearest smaller place that the report names with it."""
    anchors = [
        (span, place.candidates[0])
        for span, place in sorted(grounded.items())
        if place.candidates and place.candidates[0].kind in ("within", "city", "capital", "admin2", "admin1")
    ]
    for name in names:
        for span in name.spans:
            near = min(anchors, key=lambda anchor: _gap(span, anchor[0]), default=None)
            candidates: tuple[PlaceCandidate, ...] = ()
            if near is not None:
                candidates = (_within(msgspec.structs.replace(near[1], score=0.6)),)
            grounded[span] = GroundedPlace(span.slice(document.text), candidates)


def _gap(span: Span, other: Span) -> int:
    """Characters between two spans; a place named after weighs as if it stood nearer ("Royal Street, Newport")."""
    return other.start - span.end if other.start >= span.end else 2 * (span.start - other.end) + 5
