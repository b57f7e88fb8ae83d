"""How far apart two places are."""

import math
from typing import Protocol

_EARTH_KM = 6371.0


class Located(Protocol):
    """Anything with a latitude and a longitude, in degrees."""

    @property
    def latitude(self) -> float:
        """Degrees, north positive."""
        ...

    @property
    def longitude(self) -> float:
        """Degrees, east positive."""
        ...


def measure_km(one: Located, other: Located) -> float:
    """Return the great-circle distance, by the haversine formula."""
    first, second = math.radians(one.latitude), math.radians(other.latitude)
    east = math.radians(other.longitude - one.longitude)
    a = math.sin((second - first) / 2) ** 2 + math.cos(first) * math.cos(second) * math.sin(east / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, a)))
