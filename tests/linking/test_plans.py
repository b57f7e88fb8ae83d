"""What linking asks for by ids is found by indexes of ids, so that a batch costs the same in a ledger of any size."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from reportedly.linking import link_ledger
from reportedly.records.report import Report
from reportedly.store import open_store
from tests.ledgers import fill_ledger

BROAD = ("ix_groups_kind_last_id", "ix_links_relation_n")
"""Indexes that lead to all of a kind: of use only where no ids are asked for."""


def test_what_is_asked_for_by_ids_is_found_by_ids(example_reports: Sequence[Report], tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    asked: dict[str, Any] = {}

    def note(_: object, __: object, statement: str, parameters: Any, ___: object, many: bool) -> None:
        if not many and ".id IN (" in statement:
            asked.setdefault(statement, parameters)

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        with open_store(path) as store:
            for some in (example_reports[:20], example_reports[20:30]):
                fill_ledger(store, some)
                link_ledger(store)
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)
    plans = {}
    with sa.create_engine(f"sqlite:///{path}").connect() as connection:
        for statement, parameters in asked.items():
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            plans[statement] = " / ".join(row[3] for row in plan)
    assert any("groups" in plan for plan in plans.values())
    assert [item for item in plans.items() if any(name in item[1] for name in BROAD)] == []
