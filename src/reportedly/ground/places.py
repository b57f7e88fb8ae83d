"""Place names to places, all names of a report together: a report is mostly about one part of the world."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

import msgspec

from reportedly.ground.gazetteer import ADJECTIVE, ALIAS, Gazetteer, GazetteerPlace, normalise
from reportedly.records.claim import Place
from reportedly.records.document import Document
from reportedly.records.grounding import GroundedPlace, PlaceCandidate
from reportedly.records.spans import Field, Span

MAX_CANDIDATES = 5
"""Readings kept of each name."""

_ROUNDS = 2
_COUNTRY_WEIGHT = 2.2
_ADMIN_WEIGHT = 2.4
_NEAR_WEIGHT = 1.2
_NEAR_KM = 150.0
_CONTAINED = 3.5
_EARTH_KM = 6371.0
_REGION = re.compile(
    r"\b(county|parish|province|governorate|district|state|oblast|region|department|prefecture)\b", re.IGNORECASE
)
_GENERIC_DOMAINS = frozenset({"co", "com", "org", "net", "gov", "ac", "edu", "tv", "io", "ai", "me", "fm", "eu"})


class _Name(msgspec.Struct):
    """One name of the report with its mentions and the places that bear it."""

    text: str
    spans: list[Span]
    adjective: bool
    places: list[GazetteerPlace]
    priors: list[float]
    bonus: list[float]
    weights: list[float]


def ground_places(
    toponyms: Sequence[Field[Place]], document: Document, gazetteer: Gazetteer
) -> dict[Span, GroundedPlace]:
    """Ground the place names of one document together.

    What decides, strongest first: the region named beside a name ("Paris, Texas"); kind and population; the countries
    and subdivisions that the other names of the report lie in; nearness to them; the country of the publisher's
    address. One name has one referent in one report, but where a region beside a mention says otherwise.

    Args:
        toponyms: Mentions as extraction found them; those without a span are left out.
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
            names[key] = _Name(text, [], adjective, places, priors, [0.0] * len(places), [])
        names[key].spans.append(span)
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


def _prior(place: GazetteerPlace, how: int, region: bool) -> float:
    size = math.log10(place.population + 100)
    match place.kind:
        case "country":
            prior = 4.2 + 0.15 * size
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
    if how == ALIAS and place.population < 1_000_000:
        prior -= 0.7
    return prior


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
    countries: dict[str, float] = defaultdict(float)
    admins: dict[str, float] = defaultdict(float)
    votes: list[tuple[float, dict[str, float], dict[str, float]]] = []
    for name in names:
        force = math.sqrt(len(name.spans))
        own_countries: dict[str, float] = defaultdict(float)
        own_admins: dict[str, float] = defaultdict(float)
        for place, weight in zip(name.places, name.weights, strict=True):
            if place.country is not None:
                own_countries[place.country] += force * weight
            if place.admin is not None:
                own_admins[place.admin] += force * weight
        _add(countries, own_countries.items())
        _add(admins, own_admins.items())
        votes.append((force, own_countries, own_admins))
    if (home := find_home(document)) is not None:
        countries[home] += 1.0
    anchors = [(name, max(zip(name.weights, name.places, strict=True), key=lambda pair: pair[0])) for name in names]
    country_total = sum(countries.values())
    admin_total = sum(admins.values())
    for name, (_, own_countries, own_admins) in zip(names, votes, strict=True):
        others = [(weight, place) for other, (weight, place) in anchors if other is not name and _is_point(place)]
        rest = max(1.0, country_total - sum(own_countries.values()))
        rest_admin = max(1.0, admin_total - sum(own_admins.values()))
        evidence = []
        for place in name.places:
            value = 0.0
            if place.country is not None:
                value += _COUNTRY_WEIGHT * (countries[place.country] - own_countries[place.country]) / rest
            if place.admin is not None:
                value += _ADMIN_WEIGHT * (admins[place.admin] - own_admins[place.admin]) / rest_admin
            if _is_point(place) and len(name.places) > 1:
                value += _NEAR_WEIGHT * _nearness(place, others)
            evidence.append(value)
        _settle(name, evidence)


def _add(totals: dict[str, float], items: Iterable[tuple[str, float]]) -> None:
    for key, value in items:
        totals[key] += value


def _is_point(place: GazetteerPlace) -> bool:
    return place.radius_km < 200


def _nearness(place: GazetteerPlace, others: Sequence[tuple[float, GazetteerPlace]]) -> float:
    """How near the nearest other place is, from 0 to 1, a sure place counting more."""
    best = 0.0
    for weight, other in others:
        if abs(place.latitude - other.latitude) < 5 and weight > best:
            best = max(best, weight * math.exp(-distance_km(place, other) / _NEAR_KM))
    return best


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
    return tuple(_candidate(name.places[i], name.weights[i]) for i in order[:MAX_CANDIDATES] if name.weights[i] >= 0.01)


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
        if place.candidates and place.candidates[0].kind in ("city", "capital", "admin2", "admin1")
    ]
    for name in names:
        for span in name.spans:
            near = min(anchors, key=lambda anchor: _gap(span, anchor[0]), default=None)
            candidates: tuple[PlaceCandidate, ...] = ()
            if near is not None:
                radius = max(near[1].radius_km, 10.0)
                candidates = (msgspec.structs.replace(near[1], kind="within", radius_km=radius, score=0.3),)
            grounded[span] = GroundedPlace(span.slice(document.text), candidates)


def _gap(span: Span, other: Span) -> int:
    """Characters between two spans; a place named after weighs as if it stood nearer ("Royal Street, Newport")."""
    return other.start - span.end if other.start >= span.end else 2 * (span.start - other.end) + 5
