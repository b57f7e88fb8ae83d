"""Event types against PLV: sentences with a marked source and target, fifteen PLOVER roots, the pair given."""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec

from eval.bootstrap import interval
from reportedly.extract.combine import settle_status
from reportedly.extract.encode import Encoder
from reportedly.extract.event_lexicon import EventLexicon
from reportedly.extract.events import find_events
from reportedly.extract.mentions import EventMention, StatusReading
from reportedly.extract.parse import Parse, Parser
from reportedly.extract.status import StatusCues, read_status
from reportedly.records.claim import Stage, Status, derive_status
from reportedly.records.document import Document
from reportedly.records.ontology import EventType
from reportedly.records.spans import Span

QUADS = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), "1"),
    **dict.fromkeys(("COOPERATE", "AID", "YIELD"), "2"),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), "3"),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), "4"),
}
"""Quad class of a root as PLV numbers them; its YIELD merges CONCEDE and RETREAT and counts as material cooperation."""

_FRIENDLY = frozenset(root for root, quad in QUADS.items() if quad in "12" and root != "AGREE")
_VERBAL_CONFLICT = frozenset(root for root, quad in QUADS.items() if quad == "3") | {"AGREE"}
_MARKER = re.compile(r"<(/?)([st])>")
_IMPOSED = re.compile(r"\b(sanction|embargo|tariff|boycott|penalt|fine[ds]?\b|restriction)", re.IGNORECASE)
_FAR = 99


class MarkedSentence(msgspec.Struct, frozen=True):
    """One sentence of PLV without its markers.

    Attributes:
        text: The sentence.
        source: Spans of what ``<s>`` marks.
        target: Spans of what ``<t>`` marks.
        root: Gold root.
        quad: Gold quad class, 1 to 4.
    """

    text: str
    source: tuple[Span, ...]
    target: tuple[Span, ...]
    root: str
    quad: str


def read_plv(path: Path) -> list[MarkedSentence]:
    """Read a file of PLV, in its order."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    return [_read_marked(row["marked_sentence"], row["gold_root"], row["gold_penta"]) for row in rows]


def _read_marked(marked: str, root: str, quad: str) -> MarkedSentence:
    """Take the markers out and keep where they stood; a marker without its partner ends at the text's end."""
    spans: dict[str, list[Span]] = {"s": [], "t": []}
    opened: dict[str, int] = {}
    parts: list[str] = []
    position = length = 0
    for match in _MARKER.finditer(marked):
        parts.append(marked[position : match.start()])
        length += len(parts[-1])
        position = match.end()
        closing, name = match.groups()
        if not closing:
            opened[name] = length
        elif name in opened:
            spans[name].append(Span(opened.pop(name), length))
    parts.append(marked[position:])
    text = "".join(parts)
    for name, start in opened.items():
        spans[name].append(Span(start, len(text)))
    return MarkedSentence(text, tuple(spans["s"]), tuple(spans["t"]), root, quad)


def measure_event_type(
    gold: Path, parser: Parser, lexicon: EventLexicon, cues: StatusCues, encoder: Encoder | None = None
) -> tuple[dict[str, float], dict[str, tuple[float, float]]]:
    """Score macro-F1 over PLV's roots and over quad classes, one prediction a sentence.

    The event is chosen whose parties overlap the marked pair best, then the one nearest the syntactic path between
    them. A sentence in which nothing is found counts as wrong for every class. Where PLV labels by its own lights, ours
    are mapped here and nowhere else (``as_plv``).
    """
    pairs = []
    for item in read_plv(gold / "event_type" / "plv_dev.tsv"):
        document = Document(id="eval", text=item.text)
        parse = parser.parse(document)
        event = choose_event(parse, find_events(parse, document, lexicon, encoder=encoder), item)
        predicted = ""
        if event is not None:
            predicted = as_plv(
                event, settle_status(parse, read_status(parse, event, (), document, cues), event), item.text
            )
        pairs.append((item.root, item.quad, predicted))

    def macro_f1(sample: Sequence[tuple[str, str, str]]) -> float:
        return _macro_f1([(root, predicted) for root, _, predicted in sample])

    def quad_f1(sample: Sequence[tuple[str, str, str]]) -> float:
        return _macro_f1([(quad, QUADS.get(predicted, "")) for _, quad, predicted in sample])

    figures = {"macro_f1": macro_f1(pairs), "quad_f1": quad_f1(pairs)}
    intervals = {
        "event_type.macro_f1": interval(pairs, macro_f1, rounds=100),
        "event_type.quad_f1": interval(pairs, quad_f1, rounds=100),
    }
    return figures, intervals


def as_plv(event: EventMention, reading: StatusReading, text: str) -> str:
    """Return the root by which PLV calls an event of ours.

    PLV counts imposed sanctions as COERCE, cyber attacks as ASSAULT and convictions as ACCUSE. It knows no status:
    what one means to do for another is AGREE there, what one will not do REJECT, what one wants done REQUEST, and
    what one means to do against another THREATEN (CAMEO's 03, 12, 10 and 13).
    """
    root = _root_of(event, text)
    status = derive_status(reading.axes.value)
    stage = reading.stage.value if reading.stage is not None else None
    if root in _FRIENDLY and status in (Status.NEGATED, Status.DENIED):
        return "REJECT"
    if status is Status.DEMANDED and root not in _VERBAL_CONFLICT:
        return "REQUEST"
    if status is Status.THREATENED and root not in _VERBAL_CONFLICT:
        return "THREATEN"
    if status is Status.PLANNED and stage is not Stage.ORDERED:
        if root in _FRIENDLY:
            return "AGREE"
        return root if root in _VERBAL_CONFLICT else "THREATEN"
    return root


def _root_of(event: EventMention, text: str) -> str:
    event_type = event.types[0].value
    modes = {mode.value for mode in event.modes}
    if event_type in (EventType.CONCEDE, EventType.RETREAT):
        return "YIELD"
    if event_type is EventType.SANCTION and "convict" in modes:
        return "ACCUSE"
    if event_type is EventType.SANCTION and not modes and _IMPOSED.search(event.evidence.slice(text)):
        return "COERCE"
    if event_type is EventType.COERCE and "cyber" in modes:
        return "ASSAULT"
    return event_type.value


def choose_event(parse: Parse, events: Sequence[EventMention], item: MarkedSentence) -> EventMention | None:
    """Return the event between the marked pair, or None where no event was found."""
    if not events:
        return None
    path = _find_path(parse, item)
    return max(events, key=lambda event: (_fit(event, item), -_distance(parse, event.head, path), -event.head))


def _fit(event: EventMention, item: MarkedSentence) -> int:
    """Count the parties in place: two for each on its own side, one for each on the other's."""
    actors = [field.span for field in event.actors if field.span]
    recipients = [field.span for field in event.recipients if field.span]
    straight = 2 * _touches(actors, item.source) + 2 * _touches(recipients, item.target)
    return max(straight, _touches(recipients, item.source) + _touches(actors, item.target))


def _touches(ours: Sequence[Span], marked: Sequence[Span]) -> bool:
    return any(span.overlaps(mark) for span in ours for mark in marked)


def _find_path(parse: Parse, item: MarkedSentence) -> frozenset[int]:
    """Return the tokens on the tree path between the heads of source and target; either's own ancestors where alone."""
    climbs = []
    for spans in (item.source, item.target):
        if spans and (head := _head_of(parse, spans[0])) is not None:
            climbs.append([head, *(ancestor.i for ancestor in parse.ancestors(head))])
    if len(climbs) < 2:
        return frozenset(i for climb in climbs for i in climb)
    shared = set(climbs[0]) & set(climbs[1])
    top = next((i for i in climbs[0] if i in shared), None)
    return frozenset(i for climb in climbs for i in climb if i not in shared) | ({top} if top is not None else set())


def _head_of(parse: Parse, span: Span) -> int | None:
    tokens = {token.i: token for token in parse.tokens_in(span)}
    return next((i for i, token in tokens.items() if token.head not in tokens or token.head == i), None)


def _distance(parse: Parse, head: int, path: frozenset[int]) -> int:
    """Steps up from an event's head to the path; far where it never meets it."""
    climb = [head, *(ancestor.i for ancestor in parse.ancestors(head))]
    return next((steps for steps, i in enumerate(climb) if i in path), _FAR)


def _macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """Return the mean F1 over the labels that the gold side holds."""
    right, said, held = Counter[str](), Counter[str](), Counter[str]()
    for gold, predicted in pairs:
        held[gold] += 1
        said[predicted] += 1
        right[gold] += gold == predicted
    return sum(2 * right[label] / (held[label] + said[label]) for label in sorted(held)) / len(held)
