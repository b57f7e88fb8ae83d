"""Copies among the documents of a batch and what is stored, and which document each was taken from in the end."""

from collections.abc import Sequence

from reportedly.link.copies import WINDOW_DAYS, CopyText, judge_texts, lead_back, might_be_copy, sketch_copy
from reportedly.link.days import are_within
from reportedly.linking.batch import Batch, Findings, Words, find_near, pair_up
from reportedly.linking.graph import expand
from reportedly.records.document import are_versions
from reportedly.records.link import Link, Relation
from reportedly.records.stored import Sketch
from reportedly.store.base import View

KIND = "copy"


def sketch_copies(batch: Batch, words: Words) -> list[Sketch]:
    """Return what is remembered of each document to find its copies by."""
    return [sketch_copy(document, words.copies) for document in batch.documents.values()]


def link_copies(view: View, batch: Batch, sketches: Sequence[Sketch], words: Words, findings: Findings) -> None:
    """Draw copy links between the batch and everything stored, and lead every copy touched back to its origin.

    Two versions of one address are no copies of each other.
    """
    pairs = pair_up(find_near(view, KIND, sketches, WINDOW_DAYS))
    known = view.find_sketches(KIND, sorted({item for pair in pairs for item in pair}))
    likely = [
        (one, other)
        for one, other in pairs
        if one in known
        and other in known
        and are_within(known[one].day, known[other].day, WINDOW_DAYS)
        and might_be_copy(known[one], known[other])
    ]
    texts: dict[str, CopyText] = {}
    for item in {item for pair in likely for item in pair}:
        document = batch.documents[item] if item in batch.documents else view.get_document(item)
        texts[item] = CopyText(document, words.copies)
    judged = (_judge(texts[one], texts[other], words) for one, other in likely)
    findings.add(link for link in judged if link is not None)
    _lead_back(view, batch, findings)


def _judge(one: CopyText, other: CopyText, words: Words) -> Link | None:
    if are_versions(one.document.address, other.document.address):
        return None
    return judge_texts(one, other, words.copies)


def _lead_back(view: View, batch: Batch, findings: Findings) -> None:
    copies = findings.find(Relation.COPY)
    seeds = set(batch.documents) | {end for link in copies for end in (link.left, link.right)}
    reached, links = expand(view, seeds, (Relation.COPY,), copies)
    heads = {head.id: head for head in view.find_heads(ids=sorted(reached))}
    origins = lead_back(links, {item: head.day for item, head in heads.items()})
    for item, head in heads.items():
        if origins.get(item) != head.origin:
            findings.origins[item] = origins.get(item)
