"""GeoJSON (RFC 7946): events on the map, each with the circle that its place fills."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import IO, Any

import msgspec

from reportedly.records.query import ClaimQuery
from reportedly.store.base import View
from reportedly.write.gather import gather_events
from reportedly.write.tables import make_event
from reportedly.write.tally import ExportOptions, TableWriter, Tally

PLACELESS = "events of which no claim says where, or whose claims pull apart on it"
_APART = frozenset({"latitude", "longitude", "document_ids"})
"""Columns of an event that a feature has elsewhere, or not."""


class Box:
    """The smallest box around points, also across the antimeridian, in flat memory.

    Longitudes are kept by whole degrees: the box is that of the widest gap between them, which may widen it by less
    than a degree where points lie on both sides of the antimeridian.
    """

    def __init__(self) -> None:
        self._south, self._north = 90.0, -90.0
        self._lows: dict[int, float] = {}
        self._highs: dict[int, float] = {}

    def add(self, longitude: float, latitude: float) -> None:
        """Take in one point."""
        self._south, self._north = min(self._south, latitude), max(self._north, latitude)
        bin_ = int(longitude // 1)
        self._lows[bin_] = min(self._lows.get(bin_, longitude), longitude)
        self._highs[bin_] = max(self._highs.get(bin_, longitude), longitude)

    def make(self) -> list[float] | None:
        """Return ``[west, south, east, north]``; west lies east of east where the antimeridian is crossed."""
        bins = sorted(self._lows)
        if not bins:
            return None
        gaps = [(self._lows[after] - self._highs[before], after, before) for before, after in pairwise(bins)]
        around = (self._lows[bins[0]] + 360 - self._highs[bins[-1]], bins[0], bins[-1])
        _, first, last = max([around, *gaps], key=lambda gap: gap[0])
        return [self._lows[first], self._south, self._highs[last], self._north]


def write_geojson(view: View, query: ClaimQuery, options: ExportOptions, out: IO[bytes]) -> Tally:
    """Write a FeatureCollection of the events that have a place; those without are counted, and the count is kept.

    A feature is a point with ``radius_km``: the place is the circle. Statuses stand in every feature: an event that is
    planned, threatened or denied is on the map as such.
    """
    tally, box = Tally(), Box()
    out.write(b'{"type":"FeatureCollection","features":[')
    for feature in _make_features(view, query, tally, box):
        out.write((b",\n" if tally.written else b"\n") + msgspec.json.encode(feature))
        tally.written += 1
    out.write(b"\n]")
    bounds = box.make()
    if bounds is not None:
        out.write(b',"bbox":' + msgspec.json.encode(bounds))
    out.write(b',"left_out":' + msgspec.json.encode(dict(sorted(tally.left_out.items()))) + b"}\n")
    return tally


def _make_features(view: View, query: ClaimQuery, tally: Tally, box: Box) -> Iterator[dict[str, Any]]:
    for told in gather_events(view, query, tally):
        row = make_event(told)
        if row.longitude is None or row.latitude is None:
            tally.left_out[PLACELESS] += 1
            continue
        box.add(row.longitude, row.latitude)
        values = msgspec.to_builtins(row)
        yield {
            "type": "Feature",
            "id": row.event_id,
            "geometry": {"type": "Point", "coordinates": [row.longitude, row.latitude]},
            "properties": _pick(values, (name for name in row.__struct_fields__ if name not in _APART)),
        }


def _pick(values: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: values[name] for name in names}


WRITERS: dict[str, TableWriter] = {"events.geojson": write_geojson}
