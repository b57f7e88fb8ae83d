"""Whose outlet carried or is cited for a claim: families, so that outlets of one owner or one state count as one."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from reportedly.link.voices import VoiceWords, fold
from reportedly.records.grounding import GroundedSource, SourceKind
from reportedly.records.stored import DocumentHead, StoredClaim

UNKNOWN = "unknown publisher"
"""The family of documents of which no publisher is known: they may all be one outlet's."""
_STATE = "state:"
_MEDIA = frozenset({SourceKind.NEWS_OUTLET, SourceKind.STATE_MEDIA})


class Outlets:
    """Outlets that carry or are cited for the claims of one event: name to family, family to a name for readers."""

    def __init__(self, words: VoiceWords) -> None:
        self._words = words
        self._families: dict[str, str] = {}
        self._names: dict[str, str] = {}

    def learn(self, claims: Iterable[StoredClaim], origins: Mapping[str, DocumentHead]) -> None:
        """Take in the publishers of documents and of what they were copied from, then the outlets that chains name."""
        heads = [head for item in claims for head in (item.document, origins.get(item.document.id)) if head is not None]
        for head in heads:
            self._learn_head(head)
        for head in heads:
            if head.credit:
                self._names.setdefault(fold(head.credit), head.credit)
        for item in claims:
            for source in item.grounding.sources:
                for part in source.parts or (source,):
                    if part.family is not None or part.state is not None:
                        family = f"{_STATE}{part.state}" if part.state else fold(part.family or part.text)
                        name = part.code or part.text
                        self._families.setdefault(fold(name), family)
                        self._names.setdefault(family, name)

    def _learn_head(self, head: DocumentHead) -> None:
        family, name = self.find_family(head), name_publisher(head)
        if name is None:
            return
        for known in (head.publisher_name, head.publisher, name):
            if known:
                self._families.setdefault(fold(known), family)
        self._names.setdefault(family, name)

    def find_family(self, head: DocumentHead) -> str:
        """Return the family of a document's publisher; of a state's outlet, the state."""
        if head.state is not None:
            return f"{_STATE}{head.state}"
        name = head.family or name_publisher(head)
        return fold(name) if name else UNKNOWN

    def find_origin(self, head: DocumentHead) -> str:
        """Return the family that a document's text comes from: the agency it is credited to, or its publisher."""
        if head.credit:
            folded = fold(head.credit)
            own = {fold(name) for name in (head.publisher_name, head.publisher, head.family) if name}
            if folded and folded not in own:
                return self._families.get(folded, folded)
        return self.find_family(head)

    def find_cited(self, source: GroundedSource) -> str | None:
        """Return the family of an outlet, or of any other publisher of these claims, that a source names."""
        if source.kind is SourceKind.STATE_MEDIA and (source.state or _is_state(source.code)):
            return f"{_STATE}{source.state or (source.code or '')[:3]}"
        if source.family is not None:
            return fold(source.family)
        folded = fold(source.code or source.text)
        known = self._families.get(folded) or self._families.get(fold(source.text))
        if known is not None:
            return known
        if source.kind in _MEDIA and not source.anonymous and not self.points_back(source):
            return folded
        return None

    def points_back(self, source: GroundedSource) -> bool:
        """Say whether a source is "the paper", "the agency": an outlet cited before."""
        parts = source.text.split()
        return len(parts) in (2, 3) and parts[0].casefold() in ("the", "that") and parts[-1] in self._words.outlets

    def get_name(self, family: str) -> str:
        """Return what a reader should see for a family: the first of its outlets."""
        return self._names.get(family, family.removeprefix(_STATE))

    def set_name(self, family: str, name: str) -> None:
        """Keep a name for a family that is only cited."""
        self._names.setdefault(family, name)


def find_copied(claims: Iterable[StoredClaim], origins: Mapping[str, DocumentHead]) -> frozenset[str]:
    """Return the ids of claims that stand in copies; ``origins`` as ``corroborate`` takes it."""
    return frozenset(
        item.claim.id for item in claims if origins.get(item.document.id, item.document).id != item.document.id
    )


def find_state(family: str) -> str | None:
    """Return the state that runs a family of outlets; None where none does."""
    return family.removeprefix(_STATE) if family.startswith(_STATE) else None


def name_publisher(head: DocumentHead) -> str | None:
    """Return the usual name of a document's publisher, or else its host; None where neither is known."""
    if head.publisher_name or head.publisher:
        return head.publisher_name or head.publisher
    if head.address and "//" in head.address:
        try:
            host = urlsplit(head.address).hostname
        except ValueError:
            return None
        return host.removeprefix("www.") if host else None
    return None


def _is_state(code: str | None) -> bool:
    return code is not None and code[:3].isupper() and code[3:4] in ("", "/") and len(code) >= 3
