"""Days at the ends of the calendar, and claims that nothing was grounded of, stop no run."""

from pathlib import Path

import pytest

from reportedly.linking import link_ledger
from reportedly.records.claim import Status
from tests.linking.makers import Told, make_report, open_filled


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("status", [Status.OCCURRED, Status.PLANNED])
def test_an_event_at_the_end_of_the_calendar_is_linked(day: str, status: Status, tmp_path: Path) -> None:
    reports = [
        make_report("a", "Times", Told(day=day, status=status)),
        make_report("b", "Post", Told(day=day, status=status), published="2025-03-05"),
        make_report("c", "Echo", published=day),
    ]
    with open_filled(tmp_path / "ledger.db", reports) as store:
        assert link_ledger(store).documents == 3


def test_a_claim_that_nothing_was_grounded_of_is_linked(tmp_path: Path) -> None:
    with open_filled(tmp_path / "ledger.db", [make_report("a", "Times", Told(grounded=False))]) as store:
        assert link_ledger(store).events == 1
