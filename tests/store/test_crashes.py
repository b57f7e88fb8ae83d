"""Killed, cut off, out of room, several at once: whole documents are there or none, and a rerun adds nothing twice."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from reportedly.errors import StoreError
from reportedly.records.query import ClaimQuery
from reportedly.store import Publisher, open_store
from reportedly.store.sql import SqlStore
from tests.postgres import Server
from tests.store.filling import CLAIMS, REPORTS, fill, make_numbered

pytestmark = pytest.mark.slow


def _start(url: str, first: int = 0, step: int = 1, *limit: int) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-m", "tests.store.filling", url, *map(str, (first, step, *limit))]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, cwd=Path.cwd()
    )


def _expect_whole(store: SqlStore) -> int:
    """Expect that every document is there with all that belongs to it; return how many there are."""
    assert store.check() == []
    with store.reading() as view:
        counts = view.count()
        assert counts.claims == counts.documents * CLAIMS
        for head in view.find_heads(limit=20):
            report = make_numbered(int((head.address or "").rpartition("/")[2]))
            assert view.get_report(head.id) == report
    return counts.documents


def _expect_all(store: SqlStore) -> None:
    assert _expect_whole(store) == REPORTS
    with store.reading() as view:
        assert view.count_claims(ClaimQuery(text="sentence")) == REPORTS * CLAIMS


@pytest.mark.parametrize("after", [0, 100])
def test_a_kill_loses_nothing_that_was_committed(url: str, after: int) -> None:
    process = _start(url)
    assert process.stdout is not None
    done = 0
    for line in process.stdout:
        done = int(line) + 10
        if done > after:
            break
    process.send_signal(signal.SIGKILL)
    process.communicate()
    with open_store(url) as store:
        assert done <= _expect_whole(store) <= REPORTS
    fill(url, 0, 1, batch=100)
    with open_store(url) as store:
        _expect_all(store)


def test_writers_at_once_take_turns(url: str) -> None:
    open_store(url).close()
    # The third adds what the first two add.
    processes = [_start(url, 0, 2), _start(url, 1, 2), _start(url, 0, 1)]
    for process in processes:
        assert process.communicate()[1] == ""
        assert process.returncode == 0
    with open_store(url) as store:
        _expect_all(store)


def test_several_make_one_database(url: str) -> None:
    processes = [_start(url, 0, 20) for _ in range(3)]
    for process in processes:
        assert process.communicate()[1] == ""
    with open_store(url) as store:
        assert _expect_whole(store) == REPORTS // 20


def test_a_reader_sees_one_state_while_others_write(url: str) -> None:
    with open_store(url) as store, open_store(url) as other:
        with store.writing() as writer:
            writer.add_report(make_numbered(0), Publisher())
        with other.reading() as view:
            before = view.count()
            with store.writing() as writer:
                writer.add_report(make_numbered(1), Publisher())
            assert view.count() == before
            assert len(view.find_heads()) == 1
        with other.reading() as view:
            assert view.count().documents == 2


@pytest.mark.postgres
def test_postgresql_has_looked_at_what_was_written(postgres_url: str) -> None:
    """Without statistics a query over postings once took a minute."""
    with open_store(postgres_url) as store:
        for number in range(6):
            with store.writing() as writer:
                writer.add_report(make_numbered(number), Publisher())
    engine = sa.create_engine(postgres_url)
    with engine.connect() as connection:
        looked = connection.scalar(sa.text("SELECT count(*) FROM pg_stats WHERE tablename = 'postings'"))
    engine.dispose()
    assert looked


def test_a_full_disk_keeps_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    process = _start(str(path), 0, 1, 1_000_000)
    output, told = process.communicate()
    assert process.returncode == 3
    assert "Traceback" not in told
    assert f"{path}: the disk" in told
    with open_store(path) as store:
        assert _expect_whole(store) >= len(output.split()) * 10 > 0
        with store.writing() as writer:
            writer.add_report(make_numbered(REPORTS), Publisher())
    fill(str(path), 0, 1, batch=100)
    with open_store(path) as store:
        assert _expect_whole(store) == REPORTS + 1


@pytest.fixture
def private(postgres: Server) -> Server:
    """A server that may be stopped."""
    if not postgres.is_private:
        pytest.skip("the server of REPORTEDLY_TEST_POSTGRES is not to be stopped")
    return postgres


def _write_over_a_restart(store: SqlStore, server: Server) -> None:
    with store.writing() as writer:
        writer.add_report(make_numbered(1), Publisher())
        server.restart()
        writer.add_report(make_numbered(2), Publisher())


@pytest.mark.postgres
def test_goes_on_after_the_server_was_restarted(private: Server) -> None:
    with private.make_database() as url, open_store(url) as store:
        with store.writing() as writer:
            writer.add_report(make_numbered(0), Publisher())
        private.restart()
        with store.reading() as view:
            assert view.count().documents == 1
        with pytest.raises(StoreError, match="connection to the server was lost; nothing of this step was kept"):
            _write_over_a_restart(store, private)
        with store.writing() as writer:
            for number in range(3):
                writer.add_report(make_numbered(number), Publisher())
        assert _expect_whole(store) == 3


@pytest.mark.postgres
def test_a_run_that_was_cut_off_is_run_again(private: Server) -> None:
    with private.make_database() as url:
        process = _start(url)
        assert process.stdout is not None
        process.stdout.readline()
        restart = threading.Thread(target=private.restart)
        restart.start()
        _, told = process.communicate()
        restart.join()
        assert "Traceback" not in told
        fill(url, 0, 1, batch=100)
        with open_store(url) as store:
            _expect_all(store)
