"""Revisions: each can be gone back and forth over on a filled database, and the last one gives the schema in use."""

import logging
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from reportedly.errors import StoreError
from reportedly.records.query import ClaimQuery
from reportedly.store import Publisher, open_store
from reportedly.store.forgetting import is_scrub_due
from reportedly.store.migrate import find_version, migrate
from reportedly.store.schema import HEAD, metadata
from reportedly.store.sql import SqlStore
from tests.store.makers import Told, make_event, make_report

REPORTS = [
    make_report([Told(f"The army shelled town {i}."), Told("Rebels fled.", "fled")], address=f"https://example.org/{i}")
    for i in range(5)
]


def _fill(store: SqlStore) -> None:
    with store.writing("2026-01-01T00:00:00Z") as writer:
        for report in REPORTS:
            writer.add_report(report, Publisher("Harbour Wire"))
    with store.reading() as view:
        claims = view.find_claims(ClaimQuery())
    with store.writing("2026-01-02T00:00:00Z") as writer:
        writer.put_events([make_event(claims[:3])])


def _read(store: SqlStore) -> tuple[object, ...]:
    with store.reading() as view:
        reports = [view.get_report(head.id) for head in view.find_heads()]
        hits = {hit.document for hit in view.search("town 3")}
        return reports, hits, view.find_claims(ClaimQuery(text="shelled")), view.find_events(), view.count()


def _migrate(url: str, revision: str) -> None:
    engine = sa.create_engine(url if "://" in url else f"sqlite:///{url}")
    with engine.begin() as connection:
        migrate(connection, revision)
    engine.dispose()


def test_the_last_revision_is_the_schema_in_use(store: SqlStore) -> None:
    assert ScriptDirectory("src/reportedly/store/migrations").get_current_head() == HEAD
    with store._engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _: kind != "table" or name in metadata.tables,
            },
        )
        assert compare_metadata(context, metadata) == []
        assert find_version(connection) == HEAD


def test_going_back_and_forth_loses_nothing(url: str, caplog: pytest.LogCaptureFixture) -> None:
    with open_store(url) as store:
        _fill(store)
        before = _read(store)
    _migrate(url, "0001")
    with pytest.raises(StoreError, match="version is 0001, older than"):
        open_store(url, read_only=True)
    with caplog.at_level(logging.WARNING), open_store(url) as store:
        assert _read(store) == before
        assert store.check() == []
    assert "brought from version 0001" in caplog.text
    assert "***" not in caplog.text


def test_goes_back_to_nothing_and_begins_anew(url: str) -> None:
    with open_store(url) as store:
        _fill(store)
    _migrate(url, "base")
    with open_store(url) as store:
        with store.reading() as view:
            assert view.count().documents == 0
        _fill(store)
        assert store.check() == []


def test_a_revision_that_fails_leaves_the_one_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ledger.db"
    with open_store(path) as store:
        _fill(store)
        before = _read(store)
    _migrate(str(path), "0001")

    def break_off(*_: object) -> None:
        raise RuntimeError("in the middle")

    with monkeypatch.context() as patched:
        patched.setattr("reportedly.store.batch.Batch.flush", break_off)
        with pytest.raises(RuntimeError, match="in the middle"):
            open_store(path)
    with open_store(path) as store:
        assert _read(store) == before


def test_what_never_held_is_deleted_and_overwritten(url: str) -> None:
    """Earlier versions kept events that one run of linking made and swallowed, also with words of what was removed."""
    with open_store(url) as store:
        _fill(store)
        before = _read(store)
    _migrate(url, "0003")
    engine = sa.create_engine(url if "://" in url else f"sqlite:///{url}")
    with engine.begin() as connection:
        row = {"kind": "event", "id": "e" * 20, "last": "", "record": b"Zykorvian", "recorded": 5, "retired": 5}
        connection.execute(sa.insert(metadata.tables["groups"]).values(n=99, **row))
        connection.execute(sa.insert(metadata.tables["removals"]).values(id="d" * 20, at=0, record=b"\xc0"))
    engine.dispose()
    with open_store(url) as store:
        assert _read(store)[:-1] == before[:-1]
        with store.reading() as view:
            assert not is_scrub_due(view.connection)
            assert view.connection.scalar(sa.select(sa.func.count()).where(metadata.tables["groups"].c.n == 99)) == 0
        if "://" not in url:
            files = Path(url).parent.iterdir()
            assert all(b"Zykorvian" not in file.read_bytes() for file in files)
