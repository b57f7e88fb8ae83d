"""A summary built from claims: every sentence carries its spans, and says nothing that they do not show."""

from enum import StrEnum

import msgspec

from reportedly.records.spans import Span


class PieceKind(StrEnum):
    """What a piece of a sentence is, and so what has to show it.

    ``words`` join the others and hold neither a number nor a name; a ``quote`` stands word for word in its claim's
    document; a ``voice`` is a source as its claim's document names it; an ``outlet`` and a ``day`` are those of the
    document; a ``status`` is the claim's; a ``figure`` is one of the claim's, and its number stands in the words that
    the claim points at; a ``count`` is the number of the different things that ``counted`` lists; a ``likelihood`` is
    the word of ICD 203 for the share that ``counted`` and ``of`` give.
    """

    WORDS = "words"
    QUOTE = "quote"
    VOICE = "voice"
    OUTLET = "outlet"
    DAY = "day"
    STATUS = "status"
    FIGURE = "figure"
    COUNT = "count"
    LIKELIHOOD = "likelihood"


class Piece(msgspec.Struct, frozen=True):
    """A piece of a sentence.

    Attributes:
        kind: What it is.
        text: As it is read.
        claim: The claim that shows it; None for words, counts and likelihoods.
        key: Of a figure, which: ``killed``.
        counted: What was counted: ids of claims or documents, or names of voices.
        of: Out of how many, for a likelihood.
        marked: Of a quotation, the words in ``text`` that evoke the event, of which the rest is told.
    """

    kind: PieceKind
    text: str
    claim: str | None = None
    key: str | None = None
    counted: tuple[str, ...] = ()
    of: int | None = None
    marked: Span | None = None


class Citation(msgspec.Struct, frozen=True):
    """What shows a sentence: a claim, where it stands, and its words.

    Attributes:
        number: As it is cited: 1 is the first.
        claim: Claim id.
        document: Document id.
        publisher: Outlet.
        title: Headline.
        address: Where it was read from.
        day: Day of publication.
        span: The sentence in the document's text.
        words: That sentence.
        evidence: The words in it that show the event.
        marked: Where these stand in ``words``; None where there are none.
    """

    number: int
    claim: str
    document: str
    publisher: str | None
    title: str | None
    address: str | None
    day: str | None
    span: Span
    words: str
    evidence: str
    marked: Span | None = None


class BriefSentence(msgspec.Struct, frozen=True):
    """A sentence with the numbers of its citations; never without one."""

    pieces: tuple[Piece, ...]
    citations: tuple[int, ...]

    @property
    def text(self) -> str:
        """The sentence as it is read."""
        return "".join(piece.text for piece in self.pieces)


class BriefItem(msgspec.Struct, frozen=True):
    """What is said of one event."""

    event: str
    title: str
    sentences: tuple[BriefSentence, ...]


class BriefSection(msgspec.Struct, frozen=True):
    """Events of one kind, such as what happened or what is planned."""

    title: str
    items: tuple[BriefItem, ...]
    left_out: int = 0


class Coverage(msgspec.Struct, frozen=True):
    """What a brief rests on.

    Attributes:
        documents: Documents that hold a claim which fits.
        originals: Those of them that are no copies.
        publishers: Outlets, with the number of documents of each, most first.
        families: Owners behind them.
        languages: ISO 639-1.
        first: First day of publication.
        last: Last day.
        undated: Documents without a day of publication.
        failures: Documents that could not be read.
        silent_days: Days between first and last without any document.
    """

    documents: int
    originals: int
    publishers: tuple[tuple[str, int], ...]
    families: int
    languages: tuple[str, ...]
    first: str | None
    last: str | None
    undated: int
    failures: int
    silent_days: int


class Brief(msgspec.Struct, frozen=True):
    """A cited summary.

    Attributes:
        title: What it is about.
        published_since: First day of publication that was asked for; None is the beginning.
        published_until: Last day of publication that was asked for; None is the latest.
        since: First day of events that was asked for; None is the beginning.
        until: Last day of events that was asked for; None is the latest.
        recorded: The record as of when.
        sections: In the order they are read.
        citations: By number.
        coverage: What it rests on.
        blind_spots: What it cannot know, in words.
        dropped: Sentences left out since their spans did not bear them out.
    """

    title: str
    published_since: str | None
    published_until: str | None
    since: str | None
    until: str | None
    recorded: str
    sections: tuple[BriefSection, ...]
    citations: tuple[Citation, ...]
    coverage: Coverage
    blind_spots: tuple[str, ...]
    dropped: int = 0
