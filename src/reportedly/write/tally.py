"""What an export was asked for, and what came of it."""

from collections import Counter
from collections.abc import Callable
from typing import IO

import msgspec

from reportedly.records.query import ClaimQuery
from reportedly.store.base import View


class ExportOptions(msgspec.Struct, frozen=True):
    """What is exported beside the filters.

    Attributes:
        full_text: Whole texts of reports, where the format has a place for them; else excerpts.
        all_status: In formats of events that took place, also those that nobody says took place.
    """

    full_text: bool = False
    all_status: bool = False


class Tally:
    """Counts of what was written and what was left out, with the reason.

    Attributes:
        written: Rows, features, entries.
        left_out: By reason, in words for a reader ("without a place").
    """

    def __init__(self) -> None:
        self.written = 0
        self.left_out: Counter[str] = Counter()


TableWriter = Callable[[View, ClaimQuery, ExportOptions, IO[bytes]], Tally]
"""Writes one file: what to read, which claims, how, and where to."""
