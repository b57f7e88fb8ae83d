"""Stories that documents begin, join or bring together.

All documents that are to be linked are sketched before the first is judged, so that each is judged once, beside all
earlier ones. Documents that were linked before are judged again where one came late that could have been their
neighbour, or that joined the sample by which the terms of their day are weighed.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from reportedly.link.days import NO_DAY, shift_day
from reportedly.link.stories import WINDOW_DAYS, is_earlier, judge_story, make_story, sketch_story
from reportedly.link.story_weights import (
    BACKGROUND_DAYS,
    TermWeights,
    choose_earlier,
    choose_keys,
    is_tier,
    sample_background,
    weigh_terms,
)
from reportedly.linking.batch import Findings, Words
from reportedly.linking.graph import expand, group_connected
from reportedly.records.link import Link, Relation, make_link_id
from reportedly.records.stored import Sketch
from reportedly.store.base import View

KIND = "story"
_TOGETHER = (Relation.SAME_STORY, Relation.COPY, Relation.VERSION)
"""A copy, and a later version, belong to the story of what they were made from."""
_CHUNK = 200
_REMEMBERED = 20_000
"""Sketches that are kept at hand: those of the window, where it is not full to the brim."""
_DAYS = 32
"""Days whose weights are kept at hand, two megabytes each; documents are judged in order of publication."""


def sketch_stories(view: View, ids: Sequence[str], words: Words) -> list[Sketch]:
    """Return what is remembered of each document to find its story by."""
    return [sketch_story(view.get_document(item), words.stories) for item in ids]


def find_outdated(view: View, pending: Sequence[str], linked: str) -> list[str]:
    """Return the documents linked before that are to be judged again, since some of ``pending`` came late.

    Args:
        view: What is stored; all of ``pending`` are sketched.
        pending: Documents that are not linked yet.
        linked: Kind and key of the sketches that mark a document as linked.
    """
    new = set(pending)
    outdated: set[str] = set()
    published: set[str] = set()
    for start in range(0, len(pending), _CHUNK):
        sketches = list(view.find_sketches(KIND, pending[start : start + _CHUNK]).values())
        days = [sketch.day for sketch in sketches if sketch.day]
        published.update(days)
        # Documents without a day count as the latest of all.
        until = shift_day(max(days), max(WINDOW_DAYS, BACKGROUND_DAYS)) if days else None
        marked = view.find_candidates(linked, [linked], min(days, default="9999-12-31"), until).get(linked, [])
        later = view.find_sketches(KIND, sorted(set(marked) - new - outdated))
        if later:
            outdated |= _find_later(sketches, later)
    return sorted(outdated | _find_reweighed(view, new, published, outdated, linked))


def _find_later(sketches: Iterable[Sketch], later: dict[str, Sketch]) -> set[str]:
    holders: dict[str, list[Sketch]] = defaultdict(list)
    for sketch in later.values():
        for key in sketch.keys:
            if not is_tier(key):
                holders[key].append(sketch)
    return {
        other.subject
        for sketch in sketches
        for key in sketch.keys
        for other in holders[key]
        if is_earlier(sketch, other)
    }


def _find_reweighed(view: View, new: set[str], days: set[str], outdated: set[str], linked: str) -> set[str]:
    """Return the documents linked before on days whose sample now holds a new document."""
    until = shift_day(max(days), BACKGROUND_DAYS) if days else None
    since = shift_day(min(days), 1) if days else "9999-12-31"
    marked = view.find_candidates(linked, [linked], since, until).get(linked, [])
    by_day: dict[str | None, set[str]] = defaultdict(set)
    for sketch in view.find_sketches(KIND, sorted(set(marked) - new)).values():
        by_day[sketch.day].add(sketch.subject)
    return {
        item
        for day, items in by_day.items()
        if not items <= outdated and not new.isdisjoint(_sample(view, day)[0])
        for item in items
    }


def _sample(view: View, day: str | None) -> tuple[list[str], int]:
    """Draw the sample of a day from the documents before it; for documents without a day, from all."""
    if day is None:
        return sample_background(lambda key: view.find_candidates(KIND, [key])[key])
    since, until = shift_day(day, -BACKGROUND_DAYS), shift_day(day, -1)

    def find(key: str) -> list[str]:
        undated = set(view.find_candidates(KIND, [key], *NO_DAY)[key])
        return [item for item in view.find_candidates(KIND, [key], since, until)[key] if item not in undated]

    return sample_background(find)


class StoryJudge:
    """Judges documents; remembers what terms weigh on each day, and the sketches met last."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._weights: dict[str | None, TermWeights] = {}
        self._sketches: dict[str, Sketch] = {}

    def judge(self, view: View, ids: Sequence[str], findings: Findings) -> None:
        """Lead documents to their best earlier neighbours, and take back what was drawn to them before."""
        by_day: dict[str | None, list[Sketch]] = defaultdict(list)
        for sketch in self._recall(view, ids).values():
            by_day[sketch.day].append(sketch)
        for day, sketches in by_day.items():
            weights = self._weigh(view, day)
            keys = {sketch.subject: choose_keys(sketch, weights) for sketch in sketches}
            since = shift_day(day, -WINDOW_DAYS) if day else None
            wanted = sorted({key for own in keys.values() for key in own})
            found = view.find_candidates(KIND, wanted, since, day) if wanted else {}
            known = self._recall(view, sorted({item for items in found.values() for item in items}))
            for sketch in sketches:
                held = {key: _keep_earlier(found[key], sketch, known) for key in keys[sketch.subject]}
                earlier = {item: known[item] for item in choose_earlier(held)}
                findings.add(judge_story(sketch, earlier, weights))
        _drop_outdated(view, set(ids), findings)

    def _recall(self, view: View, ids: Sequence[str]) -> dict[str, Sketch]:
        missing = [item for item in ids if item not in self._sketches]
        if len(self._sketches) + len(missing) > _REMEMBERED:
            self._sketches.clear()
            missing = list(ids)
        self._sketches.update(view.find_sketches(KIND, missing) if missing else {})
        return {item: self._sketches[item] for item in ids if item in self._sketches}

    def _weigh(self, view: View, day: str | None) -> TermWeights:
        if day not in self._weights:
            if len(self._weights) >= _DAYS:
                self._weights.clear()
            sample, published = _sample(view, day)
            self._weights[day] = weigh_terms(self._recall(view, sample).values(), published, self._words.stories)
        return self._weights[day]


def _keep_earlier(items: Iterable[str], sketch: Sketch, known: Mapping[str, Sketch]) -> list[str]:
    return [item for item in items if item in known and is_earlier(known[item], sketch)]


def _drop_outdated(view: View, judged: Collection[str], findings: Findings) -> None:
    stored = view.find_links(sorted(judged), (Relation.SAME_STORY,))
    findings.drop(item for item in stored if item.link.right in judged)


def make_stories(view: View, seeds: Iterable[str], words: Words, findings: Findings) -> set[str]:
    """Derive again the stories that the documents belong to, and those that they belonged to before.

    Returns:
        The documents whose story now holds others than before.
    """
    held: set[frozenset[str]] = set()
    reached: set[str] = set()
    waiting = set(seeds)
    links: dict[str, Link] = {}
    while waiting:
        found, touching = expand(view, waiting, _TOGETHER, findings.find(*_TOGETHER))
        links.update((make_link_id(link), link) for link in touching)
        reached |= found
        old = view.find_stories(documents=sorted(found))
        findings.old_stories |= {story.id for story in old}
        held |= {frozenset(story.documents) for story in old}
        waiting = {item for story in old for item in story.documents} - reached
    kept = [link for key, link in links.items() if key not in findings.dropped]
    heads = {head.id: head for head in view.find_heads(ids=sorted(reached))}
    sketches = view.find_sketches(KIND, sorted(reached))
    moved: set[str] = set()
    for group in group_connected(reached & heads.keys(), kept):
        own = {item: sketches[item] for item in group if item in sketches}
        story = make_story([heads[item] for item in group], own, words.stories)
        findings.stories[story.id] = story
        moved |= set() if frozenset(group) in held else set(group)
    findings.old_stories -= findings.stories.keys()
    return moved
