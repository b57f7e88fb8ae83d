"""One run of linking at a time: who begins later goes on with the work, and who began earlier stops.

What a run writes rests on what it read before. So every transaction of a run makes sure that the ledger is still its
own: that no other run began, and that no claim was decided, read again or removed meanwhile (``Relink.write``). No lock
is left behind by a run that is killed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from reportedly.deciding.relink import RUN
from reportedly.errors import StoreError
from reportedly.store.base import Store, Writer


class Run:
    """A run of linking that holds the ledger until another begins."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._name = uuid4().bytes
        with store.writing() as writer:
            # The store's own, which does not go back where the clock of a machine does.
            self._recorded = writer.recorded
            writer.put_state(RUN, self._name)

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """Open a transaction; all of a run bear one clock.

        Raises:
            StoreError: another run has begun to link, or the record was changed; or as ``Store.writing``. What the run
                wrote before is kept.
        """
        with self._store.writing(self._recorded) as writer:
            if writer.get_state(RUN) != self._name:
                raise StoreError(
                    f"{self._store.url}: another run of linking has taken over, or the record was changed meanwhile; "
                    "what was linked so far is kept: run `reportedly link` once the other has ended"
                )
            yield writer
