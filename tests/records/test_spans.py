"""Spans slice within a text; fields and records survive JSON."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.records.spans import Field, Span

spans = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda pair: Span(min(pair), max(pair)))


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_what_cannot_slice_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


@given(spans, spans)
def test_overlap_is_symmetric_and_follows_from_cover(one: Span, other: Span) -> None:
    assert one.overlaps(other) == other.overlaps(one)
    if one.covers(other) and other.start < other.end:
        assert one.overlaps(other)


@given(spans, st.text())
def test_slice_is_no_longer_than_the_span(span: Span, text: str) -> None:
    assert len(span.slice(text)) <= span.end - span.start


@given(st.text(), spans, st.floats(0, 1))
def test_fields_survive_json(value: str, span: Span, score: float) -> None:
    field = Field(value, span, "rule:test", score)
    encoded = msgspec.json.encode(field)
    assert msgspec.json.decode(encoded, type=Field[str]) == field
