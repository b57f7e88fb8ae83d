"""The record of ``world`` in a store, as an export reads it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reportedly.store import open_store
from reportedly.store.base import Store, View
from tests.write import world


def fill(store: Store, *, linked: bool = True) -> None:
    """Write the reports, and with them the links, events and stories."""
    with store.writing(world.RECORDED) as writer:
        for name, report in world.make_reports().items():
            writer.add_report(report, world.PUBLISHERS[name])
        if linked:
            writer.put_links(world.make_links())
            writer.put_origins(world.ORIGINS)
            writer.put_events(world.make_events())
            writer.put_stories(world.make_stories())


@contextmanager
def open_view(folder: Path, *, linked: bool = True) -> Iterator[View]:
    """Give a view of the record in a database of its own."""
    with open_store(str(folder / "world.db")) as store:
        fill(store, linked=linked)
        with store.reading() as view:
            yield view
