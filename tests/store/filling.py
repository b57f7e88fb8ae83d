"""Fills a store in a process of its own, so that it can be killed: ``python -m tests.store.filling URL FIRST STEP``."""

import resource
import sys

from reportedly.errors import StoreError
from reportedly.records.report import Report
from reportedly.store import Publisher, open_store
from tests.store.makers import Told, make_report

REPORTS = 240
CLAIMS = 5


def make_numbered(number: int) -> Report:
    """Return report ``number`` of those that processes write."""
    told = [Told(f"Sentence {claim} of report {number}: the army shelled town {claim}.") for claim in range(CLAIMS)]
    return make_report(told, address=f"https://example.org/{number}", published=f"2025-10-{number % 28 + 1:02d}")


def fill(url: str, first: int, step: int, batch: int = 10) -> None:
    """Add every ``step``-th report from ``first`` on; tell after each transaction how far it is."""
    with open_store(url) as store:
        for start in range(first, REPORTS, step * batch):
            with store.writing() as writer:
                for number in range(start, min(REPORTS, start + step * batch), step):
                    writer.add_report(make_numbered(number), Publisher("Harbour Wire"))
            print(start, flush=True)


def main() -> int:
    """Fill; with a fourth argument, no file may grow over so many bytes."""
    url, first, step, *limit = sys.argv[1:]
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit[0]), int(limit[0])))
    try:
        fill(url, int(first), int(step))
    except StoreError as error:
        print(error, file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
