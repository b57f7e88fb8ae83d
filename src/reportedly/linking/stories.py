"""Stories that the documents of a batch begin, join or bring together."""

from collections.abc import Sequence

from reportedly.deciding.forced import PERSON
from reportedly.link.stories import WINDOW_DAYS, is_earlier, judge_story, make_story, sketch_story
from reportedly.linking.batch import Batch, Findings, Words, find_neighbours
from reportedly.linking.days import shift_day
from reportedly.linking.graph import expand, group_connected
from reportedly.records.link import Link, Relation, make_link_id
from reportedly.records.stored import Sketch
from reportedly.store.base import View

KIND = "story"
_TOGETHER = (Relation.SAME_STORY, Relation.COPY, Relation.VERSION)
"""A copy, and a later version, belong to the story of what they were made from."""


def sketch_stories(batch: Batch, words: Words) -> list[Sketch]:
    """Return what is remembered of each document to find its story by."""
    return [
        sketch_story(
            document,
            [item.claim for item in batch.claims[document.id]],
            {item.claim.id: item.grounding for item in batch.claims[document.id]},
            words.stories,
        )
        for document in batch.documents.values()
    ]


def link_stories(view: View, batch: Batch, sketches: Sequence[Sketch], words: Words, findings: Findings) -> None:
    """Lead each document to its best earlier neighbours, and make stories of what hangs together.

    A document that arrives late may be the best earlier neighbour of later ones: these are judged again, so that the
    stories do not depend on the order of arrival.
    """
    days = [sketch.day for sketch in sketches if sketch.day]
    since, until = (shift_day(min(days), -WINDOW_DAYS), shift_day(max(days), WINDOW_DAYS)) if days else (None, None)
    later = _find_later(sketches, find_neighbours(view, KIND, sketches, since, until), view)
    judged = [*sketches, *later]
    if later:
        since, until = (shift_day(min(s.day for s in judged if s.day), -WINDOW_DAYS), until) if days else (None, None)
    neighbours = find_neighbours(view, KIND, judged, since, until)
    known = view.find_sketches(KIND, sorted({other for others in neighbours.values() for other in others}))
    for sketch in judged:
        earlier = {
            item: known[item]
            for item in sorted(neighbours[sketch.subject])
            if item in known and is_earlier(known[item], sketch)
        }
        findings.add(judge_story(sketch, earlier, words.stories))
    _drop_outdated(view, [sketch.subject for sketch in later], findings)
    _make_stories(view, {sketch.subject for sketch in judged}, words, findings)


def _find_later(sketches: Sequence[Sketch], neighbours: dict[str, set[str]], view: View) -> list[Sketch]:
    """Return the documents linked before that could have one of the batch as an earlier neighbour."""
    own = {sketch.subject: sketch for sketch in sketches}
    others = sorted({other for found in neighbours.values() for other in found} - own.keys())
    known = view.find_sketches(KIND, others)
    later = {
        other
        for sketch in sketches
        for other in neighbours[sketch.subject]
        if other in known and is_earlier(sketch, known[other])
    }
    return [known[item] for item in sorted(later)]


def _drop_outdated(view: View, ids: Sequence[str], findings: Findings) -> None:
    """Take back what was drawn from a document to its earlier neighbours before one came that fits better."""
    again = set(ids)
    for stored in view.find_links(sorted(again), (Relation.SAME_STORY,)) if again else ():
        if stored.link.right in again and stored.id not in findings.links and not _is_of_person(stored.link):
            findings.dropped.add(stored.id)


def _is_of_person(link: Link) -> bool:
    return link.by.startswith(PERSON)


def _make_stories(view: View, seeds: set[str], words: Words, findings: Findings) -> None:
    """Derive the stories again that the batch touches, those that a dropped link held together among them."""
    ends = {end for link in findings.find(*_TOGETHER) for end in (link.left, link.right)}
    reached, links = expand(view, seeds | ends, _TOGETHER, findings.find(*_TOGETHER))
    links = [link for link in links if make_link_id(link) not in findings.dropped]
    heads = {head.id: head for head in view.find_heads(ids=sorted(reached))}
    sketches = view.find_sketches(KIND, sorted(reached))
    findings.old_stories |= {story.id for story in view.find_stories(documents=sorted(reached))}
    for group in group_connected(reached & heads.keys(), links):
        story = make_story(
            [heads[item] for item in group], {item: sketches[item] for item in group if item in sketches}, words.stories
        )
        findings.stories[story.id] = story
    findings.old_stories -= findings.stories.keys()
