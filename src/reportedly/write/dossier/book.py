"""What the index of a dossier shows: filled while the pages of events pass by, finished with reports and sources."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

import msgspec

from reportedly.records.event import Story
from reportedly.records.stored import DocumentHead
from reportedly.store.base import View
from reportedly.write.dossier.gathering import (
    CopyGroup,
    DriftCard,
    EventPage,
    Notice,
    Outlet,
    Speaker,
    Speakers,
    count_outlets,
    find_copies,
    find_heads,
    find_notices,
)
from reportedly.write.dossier.model import OUTCOMES, EventCard, Pair, PairGroup, Sheet, Step, Toll, make_sheet
from reportedly.write.gather import batches
from reportedly.write.tally import Tally

MOST_PAIRS = 3
"""How many pairs of an event the index shows at most; all of them stand on the page of the event."""
_SECTIONS = (
    ("stories", "Stories", "stories"),
    ("events", "Events", None),
    ("tension", "In tension", "pairs"),
    ("tolls", "Tolls", "tolls"),
    ("copies", "Who copied", "copies"),
    ("drift", "Which hedge fell", "drifts"),
    ("outcomes", "What came of it", "outcomes"),
    ("corrections", "Corrections", "notices"),
    ("timeline", "Timeline", "steps"),
    ("sources", "Sources", None),
    ("reports", "Reports", None),
)

Drifted = tuple[DriftCard, Sheet, Sheet]
"""A change on the way, and the two reports it lies between."""


class Book(msgspec.Struct, frozen=True):
    """The index. See the templates for how each part is shown."""

    shared: tuple[EventCard, ...]
    single: tuple[EventCard, ...]
    stories: tuple[Story, ...]
    pairs: tuple[PairGroup, ...]
    outcomes: tuple[PairGroup, ...]
    titles: dict[str, str]
    tolls: tuple[Toll, ...]
    copies: tuple[CopyGroup, ...]
    drifts: tuple[Drifted, ...]
    notices: tuple[Notice, ...]
    steps: tuple[tuple[str | None, tuple[Step, ...]], ...]
    speakers: tuple[Speaker, ...]
    outlets: tuple[Outlet, ...]
    sheets: tuple[Sheet, ...]
    sections: tuple[tuple[str, str], ...]
    span: str
    as_of: str | None
    copied: int
    claims: int
    named: int
    left_out: tuple[tuple[str, int], ...]


class Binder:
    """Takes in the pages of events, and keeps of each what the index needs."""

    def __init__(self) -> None:
        self.speakers = Speakers()
        self.tally = Tally()
        self.cards: dict[str, EventCard] = {}
        self.told_in: dict[str, tuple[str, ...]] = {}
        self._documents: dict[str, None] = {}
        self._pairs: dict[tuple[str, str, str], Pair] = {}
        self._tolls: list[Toll] = []
        self._steps: list[Step] = []

    def add(self, page: EventPage) -> None:
        """Keep what the index needs of one event."""
        self.cards[page.card.id] = page.card
        self.told_in[page.card.id] = tuple(sheet.id for sheet in page.sheets)
        self.add_documents(sheet.id for sheet in page.sheets)
        for pair in page.pairs:
            self._pairs.setdefault((pair.relation, pair.left.id, pair.right.id), pair)
            self.add_documents((pair.left.sheet.id, pair.right.sheet.id))
        self._tolls.extend(toll for toll in page.tolls if len(toll.lines) > 1)
        if page.card.documents > 1:
            self._steps.extend(page.steps)

    def add_documents(self, ids: Iterable[str]) -> None:
        """Take in documents that are to have a page."""
        self._documents.update(dict.fromkeys(ids))

    def bind(self, view: View, claims: int) -> tuple[Book, dict[str, DocumentHead]]:
        """Finish the index: read reports, copies and sources.

        Args:
            view: The same view that the pages were read from.
            claims: How many claims fit.
        """
        heads = find_heads(view, list(self._documents))
        ordered = sorted(heads.values(), key=lambda head: (head.day is None, head.day or "", head.id))
        cards = sorted(self.cards.values(), key=lambda card: (card.sort_day == "", card.sort_day, card.id))
        outcomes = {relation.value for relation in OUTCOMES}
        copies = find_copies(view, heads)
        speakers = self.speakers.make()
        pairs = list(self._pairs.values())
        titles = {card.id: card.title for card in cards}
        book = Book(
            shared=tuple(card for card in cards if card.documents > 1),
            single=tuple(card for card in cards if card.documents <= 1),
            stories=tuple(_find_stories(view, list(heads))),
            pairs=_group_pairs((pair for pair in pairs if pair.relation not in outcomes), titles),
            outcomes=_group_pairs((pair for pair in pairs if pair.relation in outcomes), titles),
            titles=titles,
            tolls=tuple(sorted(self._tolls, key=lambda toll: (-len(toll.lines), toll.event, toll.key))),
            copies=copies,
            drifts=tuple(_find_drifted(copies)),
            notices=find_notices(view, heads),
            steps=sort_steps(self._steps),
            speakers=speakers,
            outlets=count_outlets(heads),
            sheets=tuple(make_sheet(head) for head in ordered),
            sections=(),
            span=_word_span(ordered),
            as_of=view.as_of,
            copied=sum(head.origin is not None for head in ordered),
            claims=claims,
            named=sum(not speaker.anonymous for speaker in speakers),
            left_out=tuple(sorted(self.tally.left_out.items())),
        )
        sections = tuple((name, words) for name, words, part in _SECTIONS if part is None or getattr(book, part))
        return msgspec.structs.replace(book, sections=sections), {head.id: head for head in ordered}


def _find_stories(view: View, documents: Sequence[str]) -> list[Story]:
    """Stories of several reports, in order of their first day; of each, the reports that are shown.

    Of its words those stay that are no names: one of them may be a victim's.
    """
    shown = set(documents)
    stories = {story.id: story for batch in batches(documents) for story in view.find_stories(documents=batch)}
    kept = [
        msgspec.structs.replace(
            story,
            documents=tuple(name for name in story.documents if name in shown),
            words=tuple(word for word in story.words if word.islower() and len(word) > 2),
        )
        for story in stories.values()
    ]
    return sorted(
        (story for story in kept if len(story.documents) > 1), key=lambda story: (story.first or "", story.id)
    )


def _group_pairs(pairs: Iterable[Pair], titles: Mapping[str, str]) -> tuple[PairGroup, ...]:
    """Group pairs by the event of their left claim, or else of their right one."""
    groups: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        event = pair.left.event if pair.left.event in titles else pair.right.event
        if event in titles and event is not None:
            groups[event].append(pair)
    return tuple(
        PairGroup(event, titles[event], tuple(items[:MOST_PAIRS]), max(len(items) - MOST_PAIRS, 0))
        for event, items in groups.items()
    )


def _find_drifted(copies: Iterable[CopyGroup]) -> list[Drifted]:
    """What reads differently after the way, what says more first; what was merely left out or added is on the pages."""
    drifted = [
        (drift, group.original, copy.sheet)
        for group in copies
        for copy in group.copies
        for drift in copy.drifts
        if not drift.only_claims
    ]
    return sorted(drifted, key=lambda item: not item[0].stronger)


def sort_steps(steps: Iterable[Step]) -> tuple[tuple[str | None, tuple[Step, ...]], ...]:
    """Group steps by day, in order; those without one last."""
    ordered = sorted(steps, key=lambda step: (step.day is None, step.day or ""))
    return tuple((day, tuple(group)) for day, group in groupby(ordered, key=lambda step: step.day))


def _word_span(ordered: Sequence[DocumentHead]) -> str:
    days = [head.day for head in ordered if head.day is not None]
    if not days:
        return "Reports without a known day of publication"
    return f"Reports of {days[0]}" if days[0] == days[-1] else f"Reports from {days[0]} to {days[-1]}"
