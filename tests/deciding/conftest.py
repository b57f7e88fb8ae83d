"""Two reports of one shelling, put together by hand, in a store on each backend."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reportedly.config import Settings
from reportedly.deciding.values import Tables
from reportedly.records.report import Report
from reportedly.store import Publisher, open_store
from reportedly.store.sql import SqlStore
from tests.store.makers import Told, make_report

SHELLED = Told("The army shelled rebels in Garrach, possibly killing 12, medics said.", killed=12)
BURNED = Told("A depot burned down.", trigger="burned")


@pytest.fixture
def one() -> Report:
    """The first report: two claims."""
    return make_report([SHELLED, BURNED])


@pytest.fixture
def other() -> Report:
    """The second report: one claim."""
    return make_report([SHELLED], address="https://example.org/2", published="2025-11-01", publisher="Lake Post")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, tmp_path: Path, one: Report, other: Report) -> Iterator[SqlStore]:
    """A store with both reports."""
    url = str(tmp_path / "ledger.db") if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))
    with open_store(url) as store:
        with store.writing() as writer:
            writer.add_report(one, Publisher("Harbour Wire"))
            writer.add_report(other, Publisher("Lake Post"))
        yield store


@pytest.fixture(scope="session")
def tables() -> Tables:
    """The tables that ship."""
    return Tables(Settings())
