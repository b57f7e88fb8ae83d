"""Which place of a claim is the event's own, and how fine a coordinate its circle bears."""

from typing import TypeVar

import msgspec

from reportedly.records.claim import Claim, PlaceRole
from reportedly.records.event import EventPlace
from reportedly.records.grounding import Grounding, PlaceCandidate

P = TypeVar("P", PlaceCandidate, EventPlace)


def find_event_place(claim: Claim, grounding: Grounding) -> tuple[str, PlaceCandidate | None] | None:
    """Return where a claim's own event is: the words of the text, and their best reading.

    It is the first place of the event that the gazetteer knows; where it knows none of them, the first, without a
    reading. None where the text does not say; places of other roles (dateline, origin, mention) never stand in.
    """
    found = None
    for field, place in zip(claim.places, grounding.places, strict=True):
        if field.value.role is PlaceRole.EVENT:
            if place.candidates:
                return field.value.text, place.candidates[0]
            found = found or (field.value.text, None)
    return found


def round_places(grounding: Grounding) -> Grounding:
    """Return a grounding whose coordinates are no finer than their places."""
    if not grounding.places:
        return grounding
    return msgspec.structs.replace(
        grounding,
        places=tuple(
            msgspec.structs.replace(place, candidates=tuple(round_place(candidate) for candidate in place.candidates))
            for place in grounding.places
        ),
    )


def round_place(place: P) -> P:
    """Return a place whose coordinates are no finer than its circle."""
    return msgspec.structs.replace(
        place,
        latitude=round_degrees(place.latitude, place.radius_km),
        longitude=round_degrees(place.longitude, place.radius_km),
    )


def round_degrees(degrees: float, radius_km: float) -> float:
    """Round a coordinate to what the circle of its place bears: none is finer than the place that is named.

    A hundredth of a degree is about a kilometre: circles of 100 km and more keep one digit, of 10 km two, others three.
    """
    return round(degrees, 1 if radius_km >= 100 else 2 if radius_km >= 10 else 3)
