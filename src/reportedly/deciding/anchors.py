"""Claims as decisions remember them: found again by id, else by the words, whatever a later reading made of these."""

from collections.abc import Iterable, Mapping

from reportedly.errors import NotFoundError
from reportedly.records.claim import Claim
from reportedly.records.decision import Anchor
from reportedly.records.report import Report
from reportedly.records.spans import Span
from reportedly.store.base import View


class Reports:
    """Stored reports as they were read, each fetched once from one view; or those that are to take their place."""

    def __init__(self, view: View, replacing: Mapping[str, Report] | None = None) -> None:
        self._view = view
        self._reports: dict[str, Report | None] = dict(replacing or {})

    def find(self, document_id: str) -> Report | None:
        """Return a report; None where its document is not there."""
        if document_id not in self._reports:
            try:
                self._reports[document_id] = self._view.get_report(document_id)
            except NotFoundError:
                self._reports[document_id] = None
        return self._reports[document_id]

    def find_claim(self, anchor: Anchor) -> Claim | None:
        """Return the claim that an anchor means now; None where no claim has its words any more."""
        report = self.find(anchor.document)
        return find_anchored(anchor, report.claims) if report is not None else None


def make_anchor(claim: Claim) -> Anchor:
    """Return how a claim, as it was read, is remembered."""
    return Anchor(claim.id, claim.document_id, _locate(claim), claim.type.value.value)


def find_anchored(anchor: Anchor, claims: Iterable[Claim]) -> Claim | None:
    """Return the claim of an anchor's document that the anchor means.

    That is the one of its id; else, of those whose trigger shares words with the anchor's, one of the same type, then
    the one that shares most, then the first.
    """
    best: tuple[tuple[bool, int, int], Claim] | None = None
    for claim in claims:
        if claim.id == anchor.claim:
            return claim
        span = _locate(claim)
        shared = min(span.end, anchor.trigger.end) - max(span.start, anchor.trigger.start)
        if shared > 0:
            rank = (claim.type.value.value == anchor.type, shared, -span.start)
            if best is None or rank > best[0]:
                best = rank, claim
    return best[1] if best is not None else None


def _locate(claim: Claim) -> Span:
    return claim.trigger.span or claim.evidence
