"""A batch of documents that is being linked: what was read of it, and what linking has found so far."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from reportedly.deciding.forced import Forced
from reportedly.link.copies import CopyWords, open_copies
from reportedly.link.days import shift_day
from reportedly.link.events import EventWords, open_event_words
from reportedly.link.retractions import RetractionWords, open_retractions
from reportedly.link.story_terms import StoryWords, open_stories
from reportedly.link.voices import VoiceWords, open_voices
from reportedly.records.document import Document
from reportedly.records.event import Event, Story
from reportedly.records.link import Link, Relation, make_link_id
from reportedly.records.query import ClaimQuery
from reportedly.records.stored import DocumentHead, Sketch, StoredClaim
from reportedly.store.base import StoredLink, View

_OF_OTHERS = ("person:", "rule:within", "rule:rebuttal", "rule:address")
_ASKED = 500
"""Records asked for at once."""


class Words(msgspec.Struct, frozen=True):
    """Word lists and weights of the linking stages, opened once a run."""

    copies: CopyWords
    stories: StoryWords
    events: EventWords
    voices: VoiceWords
    retractions: RetractionWords


def open_words() -> Words:
    """Open what ships with the package."""
    return Words(open_copies(), open_stories(), open_event_words(), open_voices(), open_retractions())


class Batch(msgspec.Struct, frozen=True):
    """Documents that are linked together, with their claims.

    Attributes:
        documents: By id, in order of publication.
        heads: The same, as they are stored.
        claims: By document id, in text order; a document without claims has an empty list.
    """

    documents: dict[str, Document]
    heads: dict[str, DocumentHead]
    claims: dict[str, list[StoredClaim]]


class Findings(msgspec.Struct):
    """What a batch gives: gathered step by step, then written in one transaction.

    Attributes:
        forced: What people decided.
        links: Links drawn, by id.
        dropped: Links taken back, by id, but for those that were drawn again.
        origins: Document id to the document it is a copy of, where that is new.
        stories: Stories made, by id, and ids of those they replace.
        events: Events made, by id, and ids of those they replace.
        accepted: Links that a person accepted, by id.
    """

    forced: Forced = Forced()
    links: dict[str, Link] = {}
    dropped: dict[str, Link] = {}
    origins: dict[str, str | None] = {}
    stories: dict[str, Story] = {}
    old_stories: set[str] = set()
    events: dict[str, Event] = {}
    old_events: set[str] = set()
    accepted: dict[str, Link] = {}

    def __post_init__(self) -> None:
        """Find what was accepted by the id of the link."""
        self.accepted = {make_link_id(link): link for link in self.forced.accepted}

    def add(self, links: Iterable[Link]) -> list[Link]:
        """Take links in and return those taken: what a person rejected is left out, what one accepted stays theirs.

        Of several with the same ends and relation the last counts.
        """
        rejected = self.forced.rejected
        kept = {make_link_id(link): link for link in links if (link.left, link.right, link.relation) not in rejected}
        kept = {key: self.accepted.get(key, link) for key, link in kept.items()}
        self.links.update(kept)
        return list(kept.values())

    def drop(self, stored: Iterable[StoredLink]) -> None:
        """Take back what linking drew before and did not draw again; what others drew stays."""
        for item in stored:
            if item.id not in self.links and is_drawn_here(item.link):
                self.dropped[item.id] = item.link

    def find(self, *relations: Relation) -> list[Link]:
        """Return links drawn so far, of these relations."""
        return [link for link in self.links.values() if link.relation in relations]


def is_drawn_here(link: Link) -> bool:
    """Say whether linking drew it: reading draws those within a report, adding those between versions."""
    return not link.by.startswith(_OF_OTHERS)


def find_claims(view: View, ids: Iterable[str]) -> list[StoredClaim]:
    """Return claims by id, however many; those that are not there are left out."""
    return [item for some in _chunk(ids) for item in view.find_claims(ClaimQuery(claims=some))]


def find_claims_of(view: View, documents: Iterable[str]) -> list[StoredClaim]:
    """Return the claims of documents, however many."""
    return [item for some in _chunk(documents) for item in view.find_claims(ClaimQuery(documents=some))]


def _chunk(ids: Iterable[str]) -> Iterator[tuple[str, ...]]:
    ordered = sorted(set(ids))
    return (tuple(ordered[start : start + _ASKED]) for start in range(0, len(ordered), _ASKED))


def read_batch(view: View, ids: Sequence[str]) -> Batch:
    """Read documents and claims of a batch."""
    claims: dict[str, list[StoredClaim]] = {item: [] for item in ids}
    for claim in find_claims_of(view, ids):
        claims[claim.document.id].append(claim)
    for group in claims.values():
        group.sort(key=lambda item: (item.claim.evidence, item.claim.id))
    return Batch(
        documents={item: view.get_document(item) for item in ids},
        heads={head.id: head for head in view.find_heads(ids=ids)},
        claims=claims,
    )


def find_near(view: View, kind: str, sketches: Sequence[Sketch], window_days: int) -> dict[str, set[str]]:
    """Return for each sketch the subjects that share a key with it, itself left out.

    They are looked for as many days around the batch as the window has, so that some lie outside the window of the one
    sketch; one without a day is compared with any.
    """
    dated = [sketch for sketch in sketches if sketch.day is not None]
    days = [sketch.day for sketch in dated if sketch.day is not None]
    found = _find_sharing(view, kind, [sketch for sketch in sketches if sketch.day is None], None, None)
    if days:
        since, until = shift_day(min(days), -window_days), shift_day(max(days), window_days)
        found |= _find_sharing(view, kind, dated, since, until)
    return found


def _find_sharing(
    view: View, kind: str, sketches: Sequence[Sketch], since: str | None, until: str | None
) -> dict[str, set[str]]:
    keys = sorted({key for sketch in sketches for key in sketch.keys})
    found = view.find_candidates(kind, keys, since, until) if keys else {}
    return {
        sketch.subject: {other for key in sketch.keys for other in found.get(key, ())} - {sketch.subject}
        for sketch in sketches
    }


def pair_up(neighbours: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
    """Return each pair once, sorted."""
    return sorted({(min(one, other), max(one, other)) for one, others in neighbours.items() for other in others})
