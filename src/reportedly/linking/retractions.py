"""Reports that a report of the batch takes back or puts right, and everything that a retraction reaches."""

from collections.abc import Collection, Iterator, Sequence

from reportedly.link.days import NO_DAY, shift_day
from reportedly.link.retractions import carry_retractions, find_retractions, holds_notice
from reportedly.linking.batch import Batch, Findings, Words
from reportedly.linking.graph import expand
from reportedly.records.document import is_lasting
from reportedly.records.link import Link, Relation, make_link_id
from reportedly.records.stored import DocumentHead, Sketch
from reportedly.store.base import View

KIND = "notice"
_RELATIONS = (Relation.RETRACTS, Relation.CORRECTS)
_BACK_DAYS = 60
"""Days before a notice in which the report of its outlet that it speaks of is looked for."""
_MOST = 400
"""Earlier reports that a notice is compared with, the latest first."""


def sketch_notices(batch: Batch, words: Words) -> list[Sketch]:
    """Return what is remembered of the documents that hold a notice, so that a report that comes late meets it."""
    return [
        Sketch(item.id, head.day, (*_name_outlet(head), *_name_address(head)), b"")
        for item in batch.documents.values()
        if holds_notice(item, words.retractions) and (head := batch.heads[item.id])
    ]


def _name_outlet(head: DocumentHead) -> Iterator[str]:
    if head.publisher_name:
        yield f"by|{head.publisher_name}"


def _name_address(head: DocumentHead) -> Iterator[str]:
    if is_lasting(head.address):
        yield f"at|{head.address}"


def link_retractions(
    view: View, batch: Batch, sketches: Sequence[Sketch], moved: Collection[str], words: Words, findings: Findings
) -> None:
    """Link notices to the earlier reports that they are about: of their address, of their outlet, or of their story.

    Args:
        view: What is stored.
        batch: Its notices are judged, and those stored before that its documents may be what they are about.
        sketches: Of the notices of the batch.
        moved: Documents whose story now holds others than before: the notices among them are judged again, too.
        words: From ``open_words``.
        findings: What the batch gave so far.
    """
    notices = {sketch.subject for sketch in sketches} | find_notices(view, moved) | _find_later(view, batch)
    if not notices:
        return
    documents = dict(batch.documents)
    for head in view.find_heads(ids=sorted(notices)):
        earlier = _find_earlier(view, head, findings)
        for item in (head.id, *earlier):
            if item not in documents:
                documents[item] = view.get_document(item)
        findings.add(find_retractions(documents[head.id], [documents[item] for item in earlier], words.retractions))
    stored = view.find_links(sorted(notices), _RELATIONS)
    findings.drop(item for item in stored if item.link.right in notices)


def find_notices(view: View, ids: Collection[str]) -> set[str]:
    """Return those documents that hold a notice."""
    return set(view.find_sketches(KIND, sorted(ids))) if ids else set()


def _find_later(view: View, batch: Batch) -> set[str]:
    """Return the notices that may be about a document of the batch for being of its address or its outlet."""
    heads = batch.heads.values()
    days = [head.day for head in heads if head.day]
    outlets = {key for head in heads if head.day for key in _name_outlet(head)}
    # What has no day is looked for by notices that have none either.
    undated = {key for head in heads if not head.day for key in _name_outlet(head)}
    asked: list[tuple[set[str], str | None, str | None]] = [
        ({key for head in heads for key in _name_address(head)}, None, None),
        (outlets, min(days, default=None), shift_day(max(days), _BACK_DAYS) if days else None),
        (undated, *NO_DAY),
    ]
    return {
        notice
        for keys, since, until in asked
        if keys
        for found in view.find_candidates(KIND, sorted(keys), since, until).values()
        for notice in found
    }


def _find_earlier(view: View, head: DocumentHead, findings: Findings) -> list[str]:
    since = shift_day(head.day, -_BACK_DAYS) if head.day else None
    story = next((item for item in findings.stories.values() if head.id in item.documents), None)
    if story is None:
        story = next(iter(view.find_stories(documents=[head.id])), None)
    found = view.find_heads(ids=story.documents) if story else []
    if head.publisher_name:
        found += view.find_heads(publisher=head.publisher_name, since=since, until=head.day)
    if is_lasting(head.address):
        found += view.find_heads(address=head.address)
    ids = dict.fromkeys(item.id for item in sorted(found, key=lambda item: (item.day or "", item.id), reverse=True))
    return [item for item in list(ids)[:_MOST] if item != head.id]


def find_retracted(view: View, findings: Findings) -> tuple[frozenset[str], frozenset[str]]:
    """Return every document that is taken back, with its earlier versions and their copies: so far, and from now on."""
    stored = {item.id: item.link for item in view.find_links(None, (Relation.RETRACTS,))}
    now = {key: link for key, link in stored.items() if key not in findings.dropped}
    now |= {make_link_id(link): link for link in findings.find(Relation.RETRACTS)}
    after = _carry(view, now.values(), findings)
    before = after if now.keys() == stored.keys() else _carry(view, stored.values(), findings)
    return before, after


def _carry(view: View, links: Collection[Link], findings: Findings) -> frozenset[str]:
    if not links:
        return frozenset()
    chain, versions = expand(view, {link.left for link in links}, (Relation.VERSION,), ())
    reached, _ = expand(view, chain, (Relation.COPY,), findings.find(Relation.COPY))
    origins = {head.id: findings.origins.get(head.id, head.origin) for head in view.find_heads(ids=sorted(reached))}
    return carry_retractions([*links, *versions], origins)
