"""Reports that a report of the batch takes back or puts right, and everything that a retraction reaches."""

from reportedly.link.retractions import carry_retractions, find_retractions, holds_notice
from reportedly.linking.batch import Batch, Findings, Words
from reportedly.linking.days import shift_day
from reportedly.linking.graph import expand
from reportedly.records.document import Document
from reportedly.records.link import Relation
from reportedly.records.stored import DocumentHead, Sketch
from reportedly.store.base import View

KIND = "notice"
_RELATIONS = (Relation.RETRACTS, Relation.CORRECTS)
_BACK_DAYS = 60
"""Days before a notice in which the report that it speaks of is looked for."""
_MOST = 400
"""Earlier reports that a notice is compared with, the latest first."""


def sketch_notices(batch: Batch, words: Words) -> list[Sketch]:
    """Return what is remembered of the documents that hold a notice, so that a report that comes late meets it."""
    return [
        Sketch(item.id, batch.heads[item.id].day, (KIND,), b"")
        for item in batch.documents.values()
        if holds_notice(item, words.retractions)
    ]


def link_retractions(view: View, batch: Batch, words: Words, findings: Findings) -> None:
    """Link every notice, of the batch or of later days, to the earlier reports that it is about.

    These may be of its address, of its outlet, or of its story.
    """
    days = [head.day for head in batch.heads.values() if head.day]
    since, until = (min(days), shift_day(max(days), _BACK_DAYS)) if len(days) == len(batch.heads) else (None, None)
    notices = view.find_candidates(KIND, [KIND], since, until).get(KIND, [])
    again = set(notices)
    for head in view.find_heads(ids=sorted(notices)) if notices else ():
        document = batch.documents.get(head.id) or view.get_document(head.id)
        earlier = _find_earlier(view, head, batch, findings)
        findings.add(find_retractions(document, earlier, words.retractions))
    stored = view.find_links(sorted(again), _RELATIONS) if again else []
    findings.drop(item for item in stored if item.link.right in again)


def _find_earlier(view: View, head: DocumentHead, batch: Batch, findings: Findings) -> list[Document]:
    since = shift_day(head.day, -_BACK_DAYS) if head.day else None
    story = next((item for item in findings.stories.values() if head.id in item.documents), None)
    if story is None:
        story = next(iter(view.find_stories(documents=[head.id])), None)
    found = view.find_heads(ids=story.documents) if story else []
    if head.publisher_name:
        found += view.find_heads(publisher=head.publisher_name, since=since, until=head.day)
    if head.address:
        found += view.find_heads(address=head.address)
    ids = dict.fromkeys(item.id for item in sorted(found, key=lambda item: (item.day or "", item.id), reverse=True))
    return [
        batch.documents[item] if item in batch.documents else view.get_document(item)
        for item in list(ids)[:_MOST]
        if item != head.id
    ]


def find_retracted(view: View, findings: Findings) -> frozenset[str]:
    """Return every document that was taken back, with its earlier versions and their copies."""
    links = [stored.link for stored in view.find_links(None, (Relation.RETRACTS,))]
    links += findings.find(Relation.RETRACTS)
    if not links:
        return frozenset()
    taken = {link.left for link in links}
    chain, versions = expand(view, taken, (Relation.VERSION,), findings.find(Relation.VERSION))
    reached, _ = expand(view, chain, (Relation.COPY,), findings.find(Relation.COPY))
    origins = {head.id: findings.origins.get(head.id, head.origin) for head in view.find_heads(ids=sorted(reached))}
    return carry_retractions([*links, *versions], origins)
