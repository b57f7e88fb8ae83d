"""What linking has to look at again, once claims are otherwise than they were."""

from collections.abc import Collection, Iterable

import msgspec

from reportedly.deciding.forced import PERSON
from reportedly.records.link import OF_DOCUMENTS
from reportedly.records.query import ClaimQuery
from reportedly.records.stored import StoredClaim
from reportedly.store.base import View, Writer

LINKED, CLAIM = "linked", "claim"
"""Kinds of sketches: that a document is linked, and what linking remembers of a claim (see ``linking``)."""
RUN = "link:run"
"""Under which the store keeps the name of the run of linking that may write (see ``linking.runs``)."""


class Relink(msgspec.Struct, frozen=True):
    """What to write so that linking looks again.

    Attributes:
        documents: Marked as not linked.
        gone: Claims that linking is to forget.
        links: Ids of links that lead to them from other documents, and of those that persons drew.
        events: Ids of events that hold nothing else.
    """

    documents: tuple[str, ...]
    gone: tuple[str, ...]
    links: tuple[str, ...]
    events: tuple[str, ...]

    def write(self, writer: Writer) -> None:
        """Write it; a run of linking that is at work, and read what was there before, stops."""
        writer.put_state(RUN, b"")
        writer.drop_sketches(self.documents, (LINKED,))
        writer.drop_sketches(self.gone, (CLAIM,))
        writer.retire_links(self.links)
        writer.put_events((), self.events)


def find_by_id(view: View, claims: Iterable[str]) -> dict[str, StoredClaim]:
    """Return claims by id; those that are not there, or were rejected, are left out."""
    ids = tuple(sorted(set(claims)))
    return {item.claim.id: item for item in view.find_claims(ClaimQuery(claims=ids))} if ids else {}


def plan_relink(
    view: View, *, documents: Iterable[str] = (), gone: Collection[str] = (), changed: Collection[str] = ()
) -> Relink:
    """Find what linking has to look at again.

    Args:
        view: The record before the change.
        documents: Whose claims change.
        gone: Claims that will be there no more. What tells of the same events is looked at again.
        changed: Claims that stay but will be otherwise; likewise.
    """
    concerned = view.place_claims(sorted({*gone, *changed}))
    ids = sorted({item.event for item in concerned if item.event is not None})
    events = view.find_events(ids=ids) if ids else []
    members = {item.id: item for item in view.place_claims(sorted({c for event in events for c in event.claims}))}
    places = {item.id: item.document for item in (*concerned, *members.values())}
    again = {*documents, *places.values()}
    links = [item for item in view.find_links(sorted(gone)) if item.link.relation not in OF_DOCUMENTS] if gone else []
    ends = {end for item in links for end in (item.link.left, item.link.right)}
    places.update((item.id, item.document) for item in view.place_claims(sorted(ends)))
    return Relink(
        documents=tuple(sorted(again)),
        gone=tuple(sorted(gone)),
        links=tuple(
            item.id
            for item in links
            # Links within a report were drawn when it was read: they go and come with its reading, but for a person's.
            if places.get(item.link.left) != places.get(item.link.right) or item.link.by.startswith(PERSON)
        ),
        events=tuple(event.id for event in events if not members.keys() & set(event.claims) - set(gone)),
    )
