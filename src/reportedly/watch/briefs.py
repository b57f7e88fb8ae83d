"""A cited summary of what a situation holds, built from claims and checked against their spans."""

from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from reportedly.records.brief import Brief, BriefItem, BriefSection, BriefSentence, Citation
from reportedly.records.claim import Status
from reportedly.records.event import Event
from reportedly.records.link import Relation
from reportedly.records.ontology import Ontology
from reportedly.records.query import ClaimQuery
from reportedly.records.spans import Span
from reportedly.records.stored import StoredClaim
from reportedly.store.base import View
from reportedly.watch.checks import Evidence, find_faults
from reportedly.watch.coverage import find_blind_spots, measure_coverage
from reportedly.watch.lexicon import Marks, open_marks
from reportedly.watch.marks import keep_shown
from reportedly.watch.plain import is_plain
from reportedly.watch.sections import AHEAD, SECTIONS, choose_section
from reportedly.watch.sentences import (
    INTENDED,
    Draft,
    Records,
    draft_conflicts,
    draft_corroboration,
    draft_figures,
    draft_likelihood,
    draft_outcomes,
    draft_statuses,
    make_title,
)
from reportedly.watch.voices import is_public, read_voices

MOST_ITEMS = 8
"""Events of one section at most."""
_AMENDS = (Relation.RETRACTS, Relation.CORRECTS)
_BETWEEN = (Relation.CONTRADICTS, Relation.TENSION, Relation.DENIES, Relation.CAME_ABOUT, Relation.DID_NOT)


def make_brief(view: View, query: ClaimQuery, ontology: Ontology, *, title: str, recorded: str) -> Brief:
    """Sum up the events that hold a claim which fits.

    Every sentence is put together from pieces that point at what shows them, and is checked against the stored text;
    one that is not borne out is left out and counted. Of a report that was edited the latest version speaks; one
    that was taken back is not counted, and the figures of one that was put right are not told. Events come by weight:
    how grave their type is, how many stand behind them, whether their reports disagree; background is left out.

    Args:
        view: The record.
        query: What concerns the reader.
        ontology: Gives the weight of types.
        title: What the brief is about.
        recorded: The record as of when.
    """
    events = [event for event in view.find_events(query) if set(event.statuses) != {Status.HISTORICAL}]
    events.sort(key=lambda event: _weigh(event, ontology), reverse=True)
    names = tuple(name for event in events for name in event.claims)
    claims = {item.claim.id: item for item in (view.find_claims(ClaimQuery(claims=names)) if names else ())}
    marks = open_marks()
    latest = {name: item for name, item in claims.items() if item.document.superseded is None}
    shown = {name: kept for name, item in latest.items() if (kept := keep_shown(item, marks)) is not None}
    clear = {name: item for name, item in shown.items() if is_plain(item, marks)}
    amended, taken = (_find_amended(view, clear, relations) for relations in (_AMENDS, (Relation.RETRACTS,)))
    clear |= {name: _drop_figures(clear[name]) for name in amended}
    sorted_in: list[list[Event]] = [[] for _ in SECTIONS]
    for event in events:
        section = choose_section(event, clear, marks)
        if section is not None:
            sorted_in[section].append(event)
    chosen = [event for section in sorted_in for event in section[:MOST_ITEMS]]
    records = _read_records(view, sorted_in[AHEAD][:MOST_ITEMS], claims)
    composer = _Composer(view, claims, clear, taken, marks, chosen, records)
    told = [tuple(composer.compose(section[:MOST_ITEMS], ahead=at == AHEAD)) for at, section in enumerate(sorted_in)]
    left_out = [len(section[MOST_ITEMS:]) for section in sorted_in]
    sections = tuple(
        BriefSection(name, items, more) for name, items, more in zip(SECTIONS, told, left_out, strict=True) if items
    )
    heads = list({item.document.id: item.document for item in claims.values()}.values())
    coverage = measure_coverage(heads, len(view.find_failures()))
    return Brief(
        title=title,
        published_since=query.published_since,
        published_until=query.published_until,
        since=query.since,
        until=query.until,
        recorded=recorded,
        sections=sections,
        citations=tuple(composer.citations.values()),
        coverage=coverage,
        blind_spots=find_blind_spots(events, claims, coverage, sum(map(len, told)), sum(left_out)),
        dropped=composer.dropped,
    )


def _find_amended(view: View, claims: Mapping[str, StoredClaim], relations: Sequence[Relation]) -> frozenset[str]:
    """Return the claims of reports that a notice reaches, or that are copies of one which it reaches."""
    reached = {stored.link.left for stored in view.find_links(None, relations)}
    return frozenset(name for name, item in claims.items() if {item.document.id, item.document.origin} & reached)


def _drop_figures(item: StoredClaim) -> StoredClaim:
    return msgspec.structs.replace(item, claim=msgspec.structs.replace(item.claim, figures=()))


def _weigh(event: Event, ontology: Ontology) -> tuple[float, str, str]:
    """Weigh an event: gravity of its type times what stands behind it; of equals the later told first."""
    counts = event.corroboration
    behind = 1 + counts.origins + counts.voices + 0.5 * counts.undecidable + 2 * event.tension + bool(event.figures)
    gravity = abs(ontology.score(event.type)) + 2
    return (gravity * behind, event.last or "", event.id)


def _read_records(view: View, ahead: Iterable[Event], claims: Mapping[str, StoredClaim]) -> Records:
    """Return how plans and threats of the voices behind events that lie ahead turned out, by name.

    What was only held possible, or was denied, is no plan.
    """
    names = {voice.name for event in ahead for voice in event.voices if is_public(voice)}
    if not names:
        return {}
    told = view.find_claims(ClaimQuery(voices=tuple(sorted(names))))
    known = {item.claim.id: item for item in told} | dict(claims)
    records = read_voices(view, list(known.values()))
    plans = {name: item for name, item in known.items() if item.claim.status.value in INTENDED}
    return {
        record.name: (
            [plans[name] for name in record.came_about if name in plans],
            [plans[name] for name in record.did_not if name in plans],
        )
        for record in records
        if record.name in names
    }


def _find_evidence(item: StoredClaim) -> Span | None:
    """Return where the words that show an event stand in their sentence."""
    sentence, evidence = item.claim.sentence, item.claim.evidence
    start, end = max(evidence.start, sentence.start), min(evidence.end, sentence.end)
    return Span(start - sentence.start, end - sentence.start) if start < end else None


class _Composer:
    """Puts sentences together, checks them, and numbers what they cite."""

    def __init__(
        self,
        view: View,
        claims: Mapping[str, StoredClaim],
        clear: Mapping[str, StoredClaim],
        taken: Collection[str],
        marks: Marks,
        events: Iterable[Event],
        records: Records,
    ) -> None:
        self._claims = dict(claims)
        self._clear = clear
        self._standing = {name: item for name, item in clear.items() if name not in taken}
        self._marks = marks
        self._records = records
        followed = {item.claim.id: item for record in records.values() for items in record for item in items}
        self._followed = frozenset(followed)
        self._claims = followed | self._claims
        ids = sorted({item.document.id for item in self._claims.values()})
        self._texts = view.find_texts(ids)
        names = sorted({name for event in events for name in event.claims})
        self._links = [stored.link for stored in view.find_links(names, _BETWEEN)] if names else []
        self.citations: dict[str, Citation] = {}
        self.dropped = 0

    def compose(self, events: Iterable[Event], *, ahead: bool) -> list[BriefItem]:
        """Return what can be said of events; one of which nothing can be said is left out."""
        items = []
        for event in events:
            evidence = Evidence(self._claims, self._texts, event, self._marks, self._followed)
            told = {self._clear[name].claim.status.value for name in event.claims if name in self._clear}
            self.dropped += len(set(event.statuses) - told - {Status.HISTORICAL})
            sentences = [
                found for draft in self._draft(event, ahead) if (found := self._check(draft, evidence)) is not None
            ]
            if sentences:
                items.append(BriefItem(event.id, make_title(event, self._clear), tuple(sentences)))
        return items

    def _draft(self, event: Event, ahead: bool) -> list[Draft]:
        own = set(event.claims)
        links = [link for link in self._links if link.left in own and link.right in own]
        clear, marks = self._clear, self._marks
        return [
            *draft_statuses(event, clear, marks),
            *draft_corroboration(event, self._standing, marks),
            *draft_figures(event, clear, marks),
            *draft_conflicts(links, clear, marks),
            *draft_outcomes(links, clear, marks),
            *(draft_likelihood(event, clear, marks, self._records) if ahead else ()),
        ]

    def _check(self, draft: Draft, evidence: Evidence) -> BriefSentence | None:
        if find_faults(draft, evidence):
            self.dropped += 1
            return None
        return BriefSentence(draft.pieces, tuple(dict.fromkeys(self._cite(name) for name in draft.claims)))

    def _cite(self, name: str) -> int:
        if name not in self.citations:
            item = self._claims[name]
            text = self._texts[item.document.id]
            self.citations[name] = Citation(
                number=len(self.citations) + 1,
                claim=name,
                document=item.document.id,
                publisher=item.document.publisher_name,
                title=item.document.title,
                address=item.document.address,
                day=item.document.day,
                span=item.claim.sentence,
                words=item.claim.sentence.slice(text),
                evidence=item.claim.evidence.slice(text),
                marked=_find_evidence(item),
            )
        return self.citations[name].number
