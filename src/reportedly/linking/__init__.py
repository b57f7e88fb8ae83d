"""Links what is stored: copies, stories and events, a batch of documents at a time, each batch whole or not at all.

``link`` judges; this package hands it its candidates from the store and writes down what it says. A batch is written in
one transaction that also marks its documents as linked, so that a run that is cut off goes on where it was.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import msgspec

from reportedly.deciding.forced import Forced, find_forced
from reportedly.linking.batch import Batch, Findings, Words, find_claims_of, is_drawn_here, open_words, read_batch
from reportedly.linking.copies import KIND as COPY
from reportedly.linking.copies import link_copies, sketch_copies
from reportedly.linking.events import KIND as CLAIM
from reportedly.linking.events import link_claims, make_events, sketch_claims
from reportedly.linking.retractions import KIND as NOTICE
from reportedly.linking.retractions import find_notices, find_retracted, link_retractions, sketch_notices
from reportedly.linking.runs import Run
from reportedly.linking.stories import KIND as STORY
from reportedly.linking.stories import StoryJudge, find_outdated, make_stories, sketch_stories
from reportedly.records.stored import Sketch
from reportedly.store.base import Store, View, Writer

__all__ = ["LinkSummary", "link_ledger"]

BATCH = 100
"""Documents linked in one transaction."""
LINKED = "linked"
"""Kind of a sketch that only marks a document as linked."""
VERSION = b"3"
"""Rises when linking may give other links for the same records; what another version linked is linked again."""
_STATE = "link:version"


class LinkSummary(msgspec.Struct, frozen=True):
    """What a run of linking did.

    Attributes:
        documents: Documents linked in this run.
        links: Links drawn, by relation.
        stories: Stories made or changed.
        events: Events made or changed.
    """

    documents: int
    links: dict[str, int]
    stories: int
    events: int


def link_ledger(
    store: Store, *, again: bool = False, progress: Callable[[int, int], None] | None = None
) -> LinkSummary:
    """Link every document that is not linked yet, and carry out what people decided of links.

    The result depends on the documents and the decisions, not on the order in which they came in or on how often
    linking was run in between; but where a claim finds more than ``candidates.MAX_CANDIDATES`` that may tell of its
    event, it is compared with the best of those that were there by then.

    Args:
        store: The ledger.
        again: Whether to link everything again from the start.
        progress: Called after each batch with the number of documents linked and the number to link.

    Returns:
        What was done.

    Raises:
        StoreError: the database cannot be used; batches that were linked before stay linked.
    """
    words = open_words()
    with store.reading() as view:
        outdated = view.get_state(_STATE) not in (None, VERSION)
        idle = not view.find_unsketched(LINKED, 1)
    if idle and not again and not outdated:
        return _Tally().summarise()
    run = Run(store)
    if again or outdated:
        _start_over(store, run)
    with store.reading() as view:
        pending = view.find_unsketched(LINKED)
        forced = find_forced(view.find_decisions(), view)
    _sketch_stories(store, words, run)
    tally = _Tally()
    pending += sorted(_judge_stories(store, pending, words, forced, run, tally) - set(pending))
    tally.documents = len(pending)
    for start in range(0, len(pending), BATCH):
        tally.add(_link_batch(store, pending[start : start + BATCH], words, forced, run))
        if progress is not None:
            progress(min(start + BATCH, len(pending)), len(pending))
    return tally.summarise()


class _Tally:
    """Counts what a run did."""

    def __init__(self) -> None:
        self.documents = 0
        self._links: Counter[str] = Counter()
        self._stories: set[str] = set()
        self._events: set[str] = set()

    def add(self, findings: Findings) -> None:
        """Count what one transaction wrote."""
        self._links.update(link.relation.value for link in findings.links.values())
        self._stories |= findings.stories.keys()
        self._events |= findings.events.keys()

    def summarise(self) -> LinkSummary:
        """Return the counts."""
        return LinkSummary(self.documents, dict(sorted(self._links.items())), len(self._stories), len(self._events))


def _sketch_stories(store: Store, words: Words, run: Run) -> None:
    """Sketch every document that is not sketched yet, before any is judged."""
    with store.reading() as view:
        missing = view.find_unsketched(STORY)
    for start in range(0, len(missing), BATCH):
        with store.reading() as view:
            sketches = sketch_stories(view, missing[start : start + BATCH], words)
        with run.writing() as writer:
            writer.put_sketches(STORY, sketches)


def _judge_stories(
    store: Store, pending: Sequence[str], words: Words, forced: Forced, run: Run, tally: _Tally
) -> set[str]:
    """Judge all documents to be linked, and those that have to be judged again.

    The stories of the latter are made in the same transaction: a run that is cut off here does all of it again, one
    that is cut off later does not find them any more.

    Returns:
        The notices of stories that now hold other documents, which are to be linked again: what they take back is
        looked for in their story.
    """
    unsettled: set[str] = set()
    if not pending:
        return unsettled
    judge = StoryJudge(words)
    with store.reading() as view:
        outdated = set(find_outdated(view, pending, LINKED))
    judged = [*pending, *sorted(outdated)]
    for start in range(0, len(judged), BATCH):
        some = judged[start : start + BATCH]
        findings = Findings(forced)
        with store.reading() as view:
            judge.judge(view, some, findings)
            moved = make_stories(view, [item for item in some if item in outdated], words, findings)
            notices = find_notices(view, moved)
        with run.writing() as writer:
            _write(writer, findings)
            writer.drop_sketches(sorted(notices), (LINKED,))
        unsettled |= notices
        tally.add(findings)
    return unsettled


def _start_over(store: Store, run: Run) -> None:
    """Take back every link that linking drew, and forget what it remembers."""
    with store.reading() as view:
        drawn = [stored.id for stored in view.find_links() if is_drawn_here(stored.link)]
    with run.writing() as writer:
        writer.retire_links(drawn)
        writer.drop_sketches(None, (LINKED, STORY, COPY, CLAIM, NOTICE))
        writer.put_state(_STATE, VERSION)


def _link_batch(store: Store, ids: Sequence[str], words: Words, forced: Forced, run: Run) -> Findings:
    with store.reading() as view:
        batch = read_batch(view, ids)
        copies, claims = sketch_copies(batch, words), sketch_claims(batch, words)
        notices = sketch_notices(batch, words)
    with run.writing() as writer:
        writer.put_sketches(COPY, copies)
        writer.put_sketches(CLAIM, claims)
        writer.put_sketches(NOTICE, notices)
    findings = Findings(forced)
    with store.reading() as view:
        link_copies(view, batch, copies, words, findings)
        moved = make_stories(view, batch.documents, words, findings)
        link_claims(view, batch, claims, words, findings)
        link_retractions(view, batch, notices, moved, words, findings)
        _derive(view, _find_touched(view, batch, findings), words, findings)
    with run.writing() as writer:
        _write(writer, findings)
        writer.put_sketches(LINKED, [Sketch(item, head.day, (LINKED,), b"") for item, head in batch.heads.items()])
        writer.put_state(_STATE, VERSION)
    return findings


def _find_touched(view: View, batch: Batch, findings: Findings) -> set[str]:
    """Return the claims whose events may change: new ones, and those of documents that turned out to be copies."""
    documents = set(findings.origins) - batch.documents.keys()
    touched = {item.claim.id for group in batch.claims.values() for item in group}
    if documents:
        touched |= {item.claim.id for item in find_claims_of(view, documents)}
    return touched


def _derive(view: View, seeds: Iterable[str], words: Words, findings: Findings) -> None:
    before, retracted = find_retracted(view, findings)
    changed = find_claims_of(view, before ^ retracted)
    seeds = {*seeds, *(item.claim.id for item in changed)}
    make_events(view, seeds, words, retracted, findings)


def _write(writer: Writer, findings: Findings) -> None:
    writer.retire_links(sorted(findings.dropped.keys() - findings.links.keys()))
    writer.put_links(findings.links.values())
    writer.put_origins(findings.origins)
    writer.put_stories(findings.stories.values(), sorted(findings.old_stories))
    writer.put_events(findings.events.values(), sorted(findings.old_events))
