"""One contract over both backends: every test that asks for ``url`` or ``store`` runs on each."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reportedly.store import open_store
from reportedly.store.sql import SqlStore


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.slow])])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that does not hold anything yet."""
    return str(tmp_path / "ledger.db") if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def store(url: str) -> Iterator[SqlStore]:
    """An open, empty store."""
    with open_store(url) as store:
        yield store
