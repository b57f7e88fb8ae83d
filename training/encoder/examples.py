"""Sentences of the corpus as the encoder sees them: pieces, and the class of each for every head."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b

import msgspec
from tokenizers import Tokenizer

from reportedly.records.spans import Span
from training.corpus.records import Marked, MarkedClaim, MarkedReport, MarkedSentence
from training.encoder.labels import ANCHORS, FIGURE_KEYS, PLACE_ROLES, ROLES, STATUSES, TYPES, begin, inside

MAX_PIECES = 128
HELD_OUT = 10
"""Every tenth report is held out."""


class Anchor(msgspec.Struct, frozen=True):
    """A cue or a trigger: its first piece, what every piece is to it, and for a trigger its type, status and hedge.

    ``fact`` says only whether the status is that of a fact, where no more is known (``further``); -1 is unknown.
    """

    piece: int
    roles: tuple[int, ...]
    type: int = -1
    status: int = -1
    hedged: int = -1
    fact: int = -1


class Example(msgspec.Struct, frozen=True):
    """One sentence. Classes are one a piece; the first and last pieces are the marks of begin and end."""

    ids: tuple[int, ...]
    anchor_tags: tuple[int, ...]
    place_tags: tuple[int, ...]
    figure_tags: tuple[int, ...]
    time_tags: tuple[int, ...]
    anchors: tuple[Anchor, ...]
    relevant: int


def is_held_out(report: MarkedReport) -> bool:
    """Say whether a report is kept from training; the same one always is."""
    return blake2b(report.id.encode(), digest_size=4).digest()[0] % HELD_OUT == 0


def make_examples(reports: Iterable[MarkedReport], tokenizer: Tokenizer) -> Iterator[Example]:
    """Give every sentence of the reports, in order; what lies beyond ``MAX_PIECES`` pieces is left out."""
    for report in reports:
        for sentence in report.sentences:
            yield _make_example(sentence, report.text, tokenizer)


class _Pieces:
    """The pieces of one sentence, by their offsets into the text of the report."""

    def __init__(self, sentence: MarkedSentence, text: str, tokenizer: Tokenizer) -> None:
        found = tokenizer.encode(sentence.span.slice(text))
        self.ids = tuple(found.ids[:MAX_PIECES])
        start = sentence.span.start
        self._offsets = [
            (begin_ + start, end + start) if end > begin_ else None for begin_, end in found.offsets[:MAX_PIECES]
        ]

    def find(self, span: Span) -> list[int]:
        """Return the pieces that lie in a span."""
        return [i for i, at in enumerate(self._offsets) if at and span.start <= at[0] and at[1] <= span.end]

    def tag(self, spans: Sequence[tuple[Span, int]]) -> tuple[int, ...]:
        """Return classes of begin and inside; a span that overlaps one before it is left out."""
        tags = [0] * len(self.ids)
        for span, label in spans:
            pieces = self.find(span)
            if pieces and not any(tags[i] for i in pieces):
                for i in pieces:
                    tags[i] = begin(label) if i == pieces[0] else inside(label)
        return tuple(tags)

    def mark(self, spans: Iterable[tuple[Span, str]]) -> tuple[int, ...]:
        """Return what each piece is to an anchor; the first that says so wins."""
        roles = [0] * len(self.ids)
        for span, role in spans:
            for i in self.find(span):
                roles[i] = roles[i] or ROLES.index(role)
        return tuple(roles)


def _make_example(sentence: MarkedSentence, text: str, tokenizer: Tokenizer) -> Example:
    pieces = _Pieces(sentence, text, tokenizer)
    cues = [(item.cue, ANCHORS.index("cue")) for item in sentence.attributions if item.cue]
    triggers = [(claim.trigger, ANCHORS.index("trigger")) for claim in sentence.claims]
    places = [(place.span, place.role) for claim in sentence.claims for place in claim.places]
    places += [(place.span, place.role) for place in sentence.toponyms]
    figures = [figure for claim in sentence.claims for figure in claim.figures]
    times = [claim.time for claim in sentence.claims if claim.time] + list(sentence.timexes)
    keys = [FIGURE_KEYS.index(f.key) if f.key in FIGURE_KEYS else len(FIGURE_KEYS) - 1 for f in figures]
    return Example(
        ids=pieces.ids,
        anchor_tags=pieces.tag([*triggers, *cues]),
        place_tags=pieces.tag([(span, PLACE_ROLES.index(role.value)) for span, role in places]),
        figure_tags=pieces.tag([(figure.span, key) for figure, key in zip(figures, keys, strict=True)]),
        time_tags=pieces.tag([(time.span, 0) for time in times]),
        anchors=tuple(_find_anchors(sentence, pieces)),
        relevant=int(bool(sentence.claims)),
    )


def _find_anchors(sentence: MarkedSentence, pieces: _Pieces) -> Iterator[Anchor]:
    for item in sentence.attributions:
        if item.cue and (found := pieces.find(item.cue)):
            sources = [(link.mention.span, "source") for link in item.chain[-1:] if not link.mention.carried]
            yield Anchor(found[0], pieces.mark([*sources, *((part, "content") for part in item.content)]))
    seen: set[int] = set()
    for claim in sentence.claims:
        found = pieces.find(claim.trigger)
        if found and found[0] not in seen:
            seen.add(found[0])
            roles = pieces.mark(_find_roles(claim))
            kind, status = TYPES.index(claim.type.value), STATUSES.index(claim.status.value)
            yield Anchor(found[0], roles, kind, status, int(bool(claim.hedges)))


def _find_roles(claim: MarkedClaim) -> Iterator[tuple[Span, str]]:
    def own(mentions: Sequence[Marked], role: str) -> Iterator[tuple[Span, str]]:
        return ((mention.span, role) for mention in mentions if not mention.carried)

    yield from ((span, "hedge") for span in claim.hedges)
    yield from own(claim.actors, "actor")
    yield from own(claim.recipients, "recipient")
    yield from ((place.span, "place") for place in claim.places)
    yield from ((figure.span, "figure") for figure in claim.figures)
    if claim.time:
        yield claim.time.span, "time"
    if claim.condition:
        yield claim.condition, "condition"
