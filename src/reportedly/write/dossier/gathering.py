"""Reads from a ledger what a dossier shows: events one after another, then the reports, copies and sources."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from reportedly.link.drift import find_drift
from reportedly.records.event import Drift, DriftKind
from reportedly.records.grounding import PRIVATE
from reportedly.records.link import Link, Relation
from reportedly.records.query import ClaimQuery
from reportedly.records.stored import DocumentHead, StoredClaim
from reportedly.store.base import View
from reportedly.write.dossier.charts import draw_toll
from reportedly.write.dossier.model import (
    APART,
    OUTCOMES,
    RELATIONS,
    Badge,
    Card,
    EventCard,
    Pair,
    Sheet,
    Step,
    Toll,
    VoiceLine,
    find_cards,
    make_badge,
    make_card,
    make_event_card,
    make_pairs,
    make_sheet,
    make_steps,
    make_tolls,
    make_voices,
    name_outlet,
)
from reportedly.write.excerpts import shorten
from reportedly.write.gather import Told, batches, gather_events, name_voice
from reportedly.write.parties import open_parties
from reportedly.write.tally import Tally
from reportedly.write.wording import STATUS_ORDER

_DRIFTS: dict[DriftKind, str] = {
    DriftKind.HEDGE_LOST: "hedge lost",
    DriftKind.HEDGE_GAINED: "hedge gained",
    DriftKind.ATTRIBUTION_LOST: "source lost",
    DriftKind.ATTRIBUTION_GAINED: "source gained",
    DriftKind.ATTRIBUTION_CHANGED: "source changed",
    DriftKind.STATUS_CHANGED: "status changed",
    DriftKind.FIGURE_CHANGED: "figure changed",
    DriftKind.CLAIM_LOST: "claim left out",
    DriftKind.CLAIM_GAINED: "claim added",
}
_COPYING = (Relation.COPY, Relation.VERSION)


class EventPage(msgspec.Struct, frozen=True):
    """Everything that is shown of one event.

    Attributes:
        card: The event.
        groups: Its claims by status, in the order of the ledger; those of copies behind the others.
        voices: Who stands behind it.
        steps: Its life.
        tolls: Its counts, by source and over time.
        pairs: Claims that stand against each other, or show what became of one another.
        sheets: The documents that tell of it.
    """

    card: EventCard
    groups: tuple[tuple[Badge, tuple[Card, ...]], ...]
    voices: tuple[VoiceLine, ...]
    steps: tuple[Step, ...]
    tolls: tuple[Toll, ...]
    pairs: tuple[Pair, ...]
    sheets: tuple[Sheet, ...]


class DriftCard(msgspec.Struct, frozen=True):
    """How a sentence changed on the way: what changed in it, and the words on either side that show it.

    Attributes:
        words: What changed ("hedge lost"), what says more first.
        before: Words of the original that changed.
        after: Words of the copy that changed.
        left: The sentence of the original.
        right: The sentence of the copy.
        stronger: True where the copy claims more by one of the changes.
        only_claims: True where claims were left out or added, and no claim reads differently.
    """

    words: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    left: str
    right: str
    stronger: bool
    only_claims: bool


class CopyLine(msgspec.Struct, frozen=True):
    """A document taken from another, or a later version of it, and what changed on the way."""

    sheet: Sheet
    kind: str
    reason: str
    drifts: tuple[DriftCard, ...]

    @property
    def changes(self) -> tuple[tuple[str, int, bool], ...]:
        """What changed, how often, and whether the copy says more by it; what says more first."""
        counts = Counter((word, drift.stronger) for drift in self.drifts for word in drift.words)
        return tuple((word, number, stronger) for (word, stronger), number in counts.items())


class CopyGroup(msgspec.Struct, frozen=True):
    """An original and what was taken from it."""

    original: Sheet
    copies: tuple[CopyLine, ...]


class Outlet(msgspec.Struct, frozen=True):
    """An outlet: how many of its reports are here, and how many of these are its own."""

    name: str
    family: str | None
    state: str | None
    reports: int
    copies: int


class Speaker(msgspec.Struct, frozen=True):
    """A voice across all events: how often it is heard, and with which statuses."""

    name: str
    kind: str
    anonymous: bool
    events: int
    claims: int
    statuses: tuple[tuple[Badge, int], ...]


class Notice(msgspec.Struct, frozen=True):
    """A report that takes back or puts right another."""

    word: str
    reason: str
    left: Sheet
    right: Sheet


class Speakers:
    """Counts voices while events pass by; private people are counted together, by what they are."""

    def __init__(self) -> None:
        self._events: Counter[tuple[str, str, bool]] = Counter()
        self._claims: Counter[tuple[str, str, bool]] = Counter()
        self._statuses: dict[tuple[str, str, bool], Counter[str]] = defaultdict(Counter)

    def add(self, told: Told) -> None:
        """Count the voices of one event."""
        statuses = {stored.claim.id: stored.claim.status.value for stored in told.claims}
        for key in {
            self._name(voice.name, name_voice(voice), voice.kind, voice.anonymous) for voice in told.event.voices
        }:
            self._events[key] += 1
        for voice in told.event.voices:
            key = self._name(voice.name, name_voice(voice), voice.kind, voice.anonymous)
            known = [statuses[claim] for claim in voice.claims if claim in statuses]
            self._claims[key] += len(known)
            self._statuses[key].update(status.value for status in known)

    @staticmethod
    def _name(name: str, shown: str, kind: str, anonymous: bool) -> tuple[str, str, bool]:
        if name != shown or (kind in PRIVATE and anonymous):
            return {"witness": "witnesses", "person": "other people"}.get(kind, kind), kind, True
        return shown, kind, anonymous

    def make(self) -> tuple[Speaker, ...]:
        """Return them, those heard of most events first, named ones before others."""
        keys = sorted(self._events, key=lambda key: (key[2], -self._events[key], -self._claims[key], key))
        return tuple(
            Speaker(
                name=key[0],
                kind=key[1].replace("_", " "),
                anonymous=key[2],
                events=self._events[key],
                claims=self._claims[key],
                statuses=tuple(
                    (make_badge(status), self._statuses[key][status.value])
                    for status in STATUS_ORDER
                    if self._statuses[key][status.value]
                ),
            )
            for key in keys
        )


def gather_pages(view: View, query: ClaimQuery, speakers: Speakers, tally: Tally) -> Iterator[EventPage]:
    """Give the pages of the events that hold a claim which fits, one after another."""
    parties = open_parties()
    for told in gather_events(view, query, tally):
        speakers.add(told)
        cards = {stored.claim.id: make_card(stored) for stored in told.claims}
        links = view.find_links(list(cards), (*APART, *OUTCOMES))
        ends = {end for item in links for end in (item.link.left, item.link.right)}
        shown = cards | find_cards(view, sorted(ends - cards.keys()))
        yield EventPage(
            card=make_event_card(told, parties),
            groups=group_cards(cards.values()),
            voices=make_voices(told, cards),
            steps=make_steps(told),
            tolls=tuple(draw_toll(toll) for toll in make_tolls(told, cards)),
            pairs=make_pairs(links, shown),
            sheets=tuple(make_sheet(head) for head in told.heads.values()),
        )


def group_cards(cards: Iterable[Card]) -> tuple[tuple[Badge, tuple[Card, ...]], ...]:
    """Group claims by status, in the order of the ledger; those of copies stand behind the others of their group."""
    groups: dict[str, list[Card]] = defaultdict(list)
    for card in cards:
        groups[card.badge.name].append(card)
    return tuple(
        (make_badge(status), tuple(sorted(groups[status.value], key=lambda card: card.is_copy)))
        for status in STATUS_ORDER
        if status.value in groups
    )


def find_heads(view: View, ids: Sequence[str]) -> dict[str, DocumentHead]:
    """Return documents by id, and with them those that they are copies of."""
    heads: dict[str, DocumentHead] = {}
    for batch in batches(ids):
        heads |= {head.id: head for head in view.find_heads(ids=batch)}
    missing = sorted({head.origin for head in heads.values() if head.origin} - heads.keys())
    for batch in batches(missing):
        heads |= {head.id: head for head in view.find_heads(ids=batch)}
    return heads


def find_copies(view: View, heads: dict[str, DocumentHead]) -> tuple[CopyGroup, ...]:
    """Return originals with what was taken from them and their later versions, those with most copies first."""
    drawn: dict[str, Link] = {}
    for batch in batches(list(heads)):
        drawn |= {item.id: item.link for item in view.find_links(batch, _COPYING)}
    groups: dict[str, dict[str, CopyLine]] = defaultdict(dict)
    links = [link for link in drawn.values() if link.left in heads and link.right in heads]
    for link in sorted(links, key=lambda item: (heads[item.right].day or "", item.right, item.relation)):
        root = _find_root(link, heads)
        if link.right in groups[root] or link.right == root:
            continue
        kind = link.kind.value if link.kind else "later version"
        drifts = find_drifts(view, root, link.right)
        groups[root][link.right] = CopyLine(make_sheet(heads[link.right]), kind, link.reason, drifts)
    found = [CopyGroup(make_sheet(heads[root]), tuple(copies.values())) for root, copies in groups.items() if copies]
    return tuple(sorted(found, key=lambda group: (-len(group.copies), group.original.day or "", group.original.id)))


def _find_root(link: Link, heads: dict[str, DocumentHead]) -> str:
    """The end of the line of copies; of a version, the version before it."""
    if link.relation is Relation.VERSION:
        return link.left
    origin = heads[link.right].origin
    return origin if origin in heads and origin is not None else link.left


def find_drifts(view: View, left: str, right: str) -> tuple[DriftCard, ...]:
    """Return how claims changed between two documents, a card a pair of sentences; what made them stronger first."""
    texts = view.find_texts([left, right])
    groups: dict[tuple[str, str], list[Drift]] = defaultdict(list)
    for drift in find_drift(_find_claims(view, left), _find_claims(view, right), texts):
        groups[drift.left_sentence, drift.right_sentence].append(drift)
    cards = [make_drift(drifts) for drifts in groups.values()]
    return tuple(sorted(cards, key=lambda card: (not card.stronger, card.only_claims)))


def make_drift(drifts: Sequence[Drift]) -> DriftCard:
    """Put the changes of one pair of sentences into words."""
    ordered = sorted(drifts, key=lambda drift: drift.stronger is not True)
    before = tuple(dict.fromkeys(drift.before for drift in ordered if drift.before))
    after = tuple(dict.fromkeys(drift.after for drift in ordered if drift.after))
    return DriftCard(
        words=tuple(dict.fromkeys(_DRIFTS[drift.kind] for drift in ordered)),
        before=tuple(map(shorten, before)),
        after=tuple(map(shorten, after)),
        left=_show_sentence(ordered[0].left_sentence, before),
        right=_show_sentence(ordered[0].right_sentence, after),
        stronger=any(drift.stronger for drift in ordered),
        only_claims=all(drift.kind in (DriftKind.CLAIM_LOST, DriftKind.CLAIM_GAINED) for drift in ordered),
    )


def _show_sentence(sentence: str, changed: Sequence[str]) -> str:
    """Return a sentence on one line; of one that is very long, the part around the first words that changed."""
    return shorten(" ".join(sentence.split()), around=" ".join(changed[0].split()) if changed else "")


def _find_claims(view: View, document: str) -> list[StoredClaim]:
    return view.find_claims(ClaimQuery(documents=(document,)))


def find_notices(view: View, heads: dict[str, DocumentHead]) -> tuple[Notice, ...]:
    """Return what was taken back or put right, in order of publication."""
    drawn = {
        item.id: item.link
        for batch in batches(list(heads))
        for item in view.find_links(batch, (Relation.RETRACTS, Relation.CORRECTS))
    }
    links = [link for link in drawn.values() if link.left in heads and link.right in heads]
    links.sort(key=lambda link: (heads[link.right].day or "", link.right, link.left))
    return tuple(
        Notice(RELATIONS[link.relation], link.reason, make_sheet(heads[link.left]), make_sheet(heads[link.right]))
        for link in links
    )


def count_outlets(heads: dict[str, DocumentHead]) -> tuple[Outlet, ...]:
    """Return outlets with the number of their reports, most first."""
    reports = Counter(name_outlet(head) for head in heads.values())
    copies = Counter(name_outlet(head) for head in heads.values() if head.origin is not None)
    one = {name_outlet(head): head for head in heads.values()}
    return tuple(
        Outlet(name, one[name].family, one[name].state, reports[name], copies[name])
        for name in sorted(reports, key=lambda name: (-reports[name], name))
    )
