"""Ledgers for tests, filled with reports that were read."""

from collections.abc import Iterable

from reportedly.records.report import Report
from reportedly.store import Publisher, Store


def fill_ledger(store: Store, reports: Iterable[Report]) -> None:
    """Add reports to a ledger; the publisher's name is its family."""
    with store.writing() as writer:
        for report in reports:
            assert report.document is not None
            name = report.document.publisher
            writer.add_report(report, Publisher(name=name, family=name))
