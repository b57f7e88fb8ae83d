"""Which words of a text show which field of which claim: what the two explanations are drawn from."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from reportedly.records.claim import Claim, Place, PlaceRole, Statement
from reportedly.records.report import Report
from reportedly.records.spans import Field, Span
from reportedly.write.wording import word_figure


class Shown(msgspec.Struct, frozen=True):
    """One field of a claim or statement, in words.

    Attributes:
        field: Name of the field (``trigger``, ``actor``, ``source`` …).
        value: Its value in words.
        span: The words of the text that show it; None where it is read from absence.
        by: Which rule or head set it.
        score: How strongly, from 0 to 1; None where the record keeps none.
    """

    field: str
    value: str
    span: Span | None
    by: str
    score: float | None


class Segment(msgspec.Struct, frozen=True):
    """A stretch of text that carries the same marks throughout: pairs of owner (``c0``, ``s2``) and field."""

    text: str
    marks: tuple[tuple[str, str], ...]
    uncoded: str | None = None


def show_claim(claim: Claim) -> tuple[Shown, ...]:
    """Return every field of a claim that has a value, in the order of the record."""
    shown = [
        _show("trigger", claim.trigger, claim.trigger.value),
        _show("type", claim.type, claim.type.value.value),
        *(_show("mode", field, field.value) for field in claim.modes),
        *(_show("context", field, field.value) for field in claim.contexts),
        *(_show("actor", field, field.value) for field in claim.actors),
        *(_show("recipient", field, field.value) for field in claim.recipients),
        _show("status", claim.status, _word_axes(claim)),
    ]
    if claim.stage is not None:
        shown.append(_show("stage", claim.stage, claim.stage.value.value))
    if claim.condition is not None:
        shown.append(_show("condition", claim.condition, claim.condition.value))
    shown.extend(_show("hedge", field, field.value) for field in claim.hedges)
    for source in claim.chain:
        shown.append(Shown("source", source.text, source.mention or source.span, source.by, None))
        if source.cue is not None:
            shown.append(Shown("cue", "", source.cue, source.by, None))
    if claim.basis is not None:
        shown.append(_show("basis", claim.basis, claim.basis.value.value.replace("_", " ")))
    shown.extend(_show(_name_place(field.value), field, field.value.text) for field in claim.places)
    if claim.time is not None:
        shown.append(_show("time", claim.time, claim.time.value.text))
    shown.extend(_show("figure", field, word_figure(field.value)) for field in claim.figures)
    return tuple(shown)


def _name_place(place: Place) -> str:
    """The event's own place is its ``place``; another is named by its role (``dateline``, ``origin``, ``mention``)."""
    return "place" if place.role is PlaceRole.EVENT else place.role.value


def show_statement(statement: Statement) -> tuple[Shown, ...]:
    """Return every field of a statement that has a value."""
    shown = [Shown("statement", statement.kind.value, statement.span, "rule:statement", None)]
    if statement.subject is not None:
        shown.append(_show("actor", statement.subject, statement.subject.value))
    if statement.object is not None:
        shown.append(_show("recipient", statement.object, statement.object.value))
    shown.extend(_show("norm", norm, norm.value) for norm in statement.norms)
    shown.extend(_show("hedge", hedge, hedge.value) for hedge in statement.hedges)
    shown.extend(
        Shown("source", source.text, source.mention or source.span, source.by, None) for source in statement.chain
    )
    return tuple(shown)


def _show(name: str, field: Field[object], value: str) -> Shown:
    return Shown(name, value, field.span, field.by, field.score)


def _word_axes(claim: Claim) -> str:
    """The label, and the axes it is derived from."""
    axes = claim.axes
    parts = (axes.polarity.value, axes.certainty.value, axes.time.value, axes.mood.value)
    return f"{claim.status.value.value} ({', '.join(parts)})"


def find_segments(report: Report, within: Span | None = None) -> Iterator[Segment]:
    """Cut a report's text, or a part of it, where a field begins or ends.

    Owners are numbered in the report's own order: ``c0`` is its first claim, ``s0`` its first statement.

    Yields:
        Segments in text order that join to the text, each with all its marks.
    """
    document = report.document
    if document is None:
        return
    whole = within or Span(0, len(document.text))
    marks: list[tuple[Span, str, str]] = []
    for owner, shown in _owners(report):
        marks.extend((item.span, owner, item.field) for item in shown if item.span is not None)
    marks = [mark for mark in marks if mark[0].overlaps(whole)]
    edges = {whole.start, whole.end}
    for span in [*(mark[0] for mark in marks), *(item.span for item in document.uncoded)]:
        edges.update(edge for edge in (span.start, span.end) if whole.start < edge < whole.end)
    bounds = sorted(edges)
    for start, end in pairwise(bounds):
        here = Span(start, end)
        kind = next((item.kind.value for item in document.uncoded if item.span.covers(here)), None)
        on = tuple(dict.fromkeys((owner, field) for span, owner, field in marks if span.covers(here)))
        yield Segment(here.slice(document.text), on, kind)


def _owners(report: Report) -> Iterator[tuple[str, Sequence[Shown]]]:
    for index, claim in enumerate(report.claims):
        yield f"c{index}", show_claim(claim)
    for index, statement in enumerate(report.statements):
        yield f"s{index}", show_statement(statement)
