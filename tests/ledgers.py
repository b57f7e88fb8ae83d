"""Ledgers for tests, filled with reports that were read, and what linking made of them."""

from collections.abc import Iterable

from reportedly.records.query import ClaimQuery
from reportedly.records.report import Report
from reportedly.store import Publisher, Store


def fill_ledger(store: Store, reports: Iterable[Report]) -> None:
    """Add reports to a ledger; the publisher's name is its family."""
    with store.writing() as writer:
        for report in reports:
            assert report.document is not None
            name = report.document.publisher
            writer.add_report(report, Publisher(name=name, family=name))


def describe_links(store: Store) -> dict[str, object]:
    """Return everything that linking derives, in a form that can be compared."""
    with store.reading() as view:
        return {
            "links": {stored.id: stored.link for stored in view.find_links()},
            "events": {event.id: event for event in view.find_events()},
            "stories": {story.id: story for story in view.find_stories()},
            "origins": {head.id: head.origin for head in view.find_heads()},
            "membership": {item.claim.id: (item.event, item.story) for item in view.find_claims(ClaimQuery())},
        }
