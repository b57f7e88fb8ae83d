"""Events that the claims of a batch tell of, and how these claims stand to each other."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from reportedly.deciding.forced import PERSON
from reportedly.link.assemble import make_event
from reportedly.link.candidates import choose_candidates, find_queries
from reportedly.link.conflicts import find_conflicts
from reportedly.link.corroborate import corroborate
from reportedly.link.events import judge_events, sketch_claim
from reportedly.link.outcomes import find_outcomes
from reportedly.linking.batch import Batch, Findings, Words, find_claims, is_drawn_here, pair_up
from reportedly.linking.gathering import Gathering
from reportedly.linking.graph import part_links
from reportedly.records.link import Link, Relation, make_link_id
from reportedly.records.stored import DocumentHead, PlacedClaim, Sketch, StoredClaim
from reportedly.store.base import View

KIND = "claim"
_DERIVED = (
    Relation.CONTRADICTS,
    Relation.TENSION,
    Relation.DENIES,
    Relation.UPDATES,
    Relation.CAME_ABOUT,
    Relation.DID_NOT,
)
"""Relations between the claims of one event, which are found again whenever the event is made again."""


def sketch_claims(batch: Batch, words: Words) -> list[Sketch]:
    """Return what is remembered of each claim to find other mentions of its event by."""
    return [
        sketch_claim(item.claim, item.grounding, batch.documents[item.document.id], words.events)
        for group in batch.claims.values()
        for item in group
    ]


def link_claims(view: View, batch: Batch, sketches: Sequence[Sketch], words: Words, findings: Findings) -> None:
    """Draw links between the claims of the batch and all other claims that may tell of the same event.

    What was drawn to them before is judged again, whichever end it was looked for from: a claim may have changed.
    """
    own = {item.claim.id: document for document, group in batch.claims.items() for item in group}
    found = _find_candidates(view, sketches)
    stored = [item for item in view.find_links(sorted(own), (Relation.SAME_EVENT,)) if is_drawn_here(item.link)]
    before = [(item.link.left, item.link.right) for item in stored]
    met = {other for others in found.values() for other in others}.union(*before)
    known = view.find_sketches(KIND, sorted(met))
    known.update((sketch.subject, sketch) for sketch in sketches)
    chosen = {
        sketch.subject: [
            other.subject
            for other in choose_candidates(
                sketch,
                [known[o] for o in found[sketch.subject] if o in known and own.get(o) != own[sketch.subject]],
            )
        ]
        for sketch in sketches
    }
    again = {(min(pair), max(pair)) for pair in before if known.keys() >= set(pair)}
    pairs = sorted(again.union(pair_up(chosen)))
    judged = (judge_events(known[one], known[other], words.events) for one, other in pairs)
    findings.add(link for link in judged if link is not None)
    findings.drop(stored)


def _find_candidates(view: View, sketches: Sequence[Sketch]) -> dict[str, set[str]]:
    """Ask for what each claim looks for; what is looked for on the same days is asked for once."""
    asked: dict[tuple[str | None, str | None], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for sketch in sketches:
        for query in find_queries(sketch):
            for key in query.keys:
                asked[(query.since, query.until)][key].append(sketch.subject)
    found: dict[str, set[str]] = {sketch.subject: set() for sketch in sketches}
    for (since, until), askers in asked.items():
        for key, subjects in view.find_candidates(KIND, sorted(askers), since, until).items():
            for asker in askers[key]:
                found[asker].update(subjects)
    return found


def make_events(
    view: View,
    seeds: Iterable[str],
    words: Words,
    retracted: Collection[str],
    findings: Findings,
) -> None:
    """Derive again every event that one of the claims belongs to, or now does.

    Args:
        view: What is stored.
        seeds: Claims that are new, or whose documents turned out to be copies or to be retracted.
        words: From ``open_words``.
        retracted: Documents that were taken back.
        findings: What the batch gave so far, with what people decided; events and the links within them are added.
    """
    forced = findings.forced
    new = [*findings.find(Relation.SAME_EVENT), *(_put_together(*pair) for pair in forced.together)]
    loosened = [link for link in findings.dropped.values() if link.relation is Relation.SAME_EVENT]
    changed = {*seeds, *(end for link in (*new, *loosened) for end in (link.left, link.right))}
    gathering = Gathering(view, KIND, new, dropped=findings.dropped, apart=forced.apart, derived=_DERIVED)
    gathering.reach(changed)
    claims, groups = gathering.claims, gathering.groups
    standing = _find_standing(view, groups, claims, changed)
    findings.old_events |= {item.event for item in claims.values() if item.event} - standing
    read = find_claims(view, (item.id for item in claims.values() if item.event not in standing))
    told = {item.claim.id: item for item in read}
    stored = [link for _, link in sorted(gathering.derived.items()) if link.left in told or link.right in told]
    _drop_outdated(stored, claims, findings)
    inner = [link for link in stored if make_link_id(link) not in findings.dropped]
    origins = find_origins(view, told.values(), findings)
    for group, held in zip(groups, part_links(inner, groups), strict=True):
        if own := [told[item] for item in group if item in told]:
            _make_event(own, held, origins, retracted, words, findings)
    findings.old_events -= findings.events.keys()


def _find_standing(
    view: View, groups: Sequence[Sequence[str]], claims: Mapping[str, PlacedClaim], changed: set[str]
) -> set[str]:
    """Return the ids of events that are as they were: none of their claims changed, none came or went.

    What hangs together grows over months where a matter goes on, and most of it is long told.
    """
    likely: dict[str, Sequence[str]] = {}
    for group in groups:
        events = {claims[item].event if item in claims else None for item in group}
        if len(events) == 1 and (event := events.pop()) is not None and changed.isdisjoint(group):
            likely[event] = group
    held = view.count_members(sorted(likely))
    return {event for event, group in likely.items() if held.get(event) == len(group)}


def _put_together(one: str, other: str) -> Link:
    return Link(one, other, Relation.SAME_EVENT, 1.0, f"{PERSON}decision", "put together by hand")


def _make_event(
    claims: Sequence[StoredClaim],
    stored: Sequence[Link],
    origins: Mapping[str, DocumentHead],
    retracted: Collection[str],
    words: Words,
    findings: Findings,
) -> None:
    counted = corroborate(claims, origins, words.voices)
    found = findings.add(
        [
            *find_conflicts(claims, origins, words.voices, counted[1]),
            *find_outcomes(claims, origins, words.voices, counted[1]),
        ]
    )
    event = make_event(claims, [*stored, *found], origins, retracted, words.voices, counted)
    findings.events[event.id] = event


def _drop_outdated(stored: Iterable[Link], claims: Mapping[str, PlacedClaim], findings: Findings) -> None:
    """Take back what was found between claims of different reports: it is found again where it still holds."""
    for link in stored:
        left, right = claims.get(link.left), claims.get(link.right)
        within = left is not None and right is not None and left.document == right.document
        if not within and is_drawn_here(link):
            findings.dropped[make_link_id(link)] = link


def find_origins(view: View, claims: Iterable[StoredClaim], findings: Findings) -> dict[str, DocumentHead]:
    """Return by document id the head of the document that it is a copy of; itself for an original."""
    heads = {item.document.id: item.document for item in claims}
    origin = {item: findings.origins.get(item, head.origin) or item for item, head in heads.items()}
    missing = sorted(set(origin.values()) - heads.keys())
    heads.update((head.id, head) for head in (view.find_heads(ids=missing) if missing else ()))
    return {item: heads.get(end, heads[item]) for item, end in origin.items()}
