"""Opening: addresses, and every database that cannot be used says what it is and what to do."""

import builtins
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from reportedly.errors import StoreError
from reportedly.records.decision import Decision, Removal, Verdict
from reportedly.records.query import ClaimQuery
from reportedly.records.report import Failure
from reportedly.records.stored import Sketch
from reportedly.store import Publisher, open_store
from reportedly.store.faults import explain
from reportedly.store.schema import HEAD, decisions, failures, links, removals, sketches, statements
from reportedly.store.sql import SqlStore
from tests.store.makers import Told, make_report

REPORT = make_report([Told("The army shelled the harbour.")])


def _fill(path: Path) -> None:
    with open_store(path) as store, store.writing() as writer:
        writer.add_report(REPORT, Publisher())


@pytest.mark.parametrize("form", ["{}", "sqlite:///{}"])
def test_opens_a_file_by_name_or_address(tmp_path: Path, form: str) -> None:
    path = tmp_path / "ledger of ours.db"
    with open_store(form.format(path)) as store:
        assert store.url == f"sqlite:///{path}"
    assert path.exists()


def test_writes_ahead_so_that_readers_never_wait(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with open_store(path) as store, open_store(path) as other, store.writing() as writer:
        writer.add_report(REPORT, Publisher())
        with other.reading() as view:
            assert view.count().documents == 0


@pytest.mark.parametrize(
    ("db", "told"),
    [
        ("mysql://root:geheim@host/x", "no database that can be used"),
        ("nonsense://", "no database that can be used"),
        ("://", "the address of the database is none"),
        ("{folder}", "this is a folder"),
        ("\udcff.db", "no text in UTF-8"),
        ("{folder}/none/ledger.db", "does not exist; make it first"),
        ("sqlite:///{folder}/none/ledger.db", "does not exist; make it first"),
    ],
)
def test_says_why_an_address_is_none(tmp_path: Path, db: str, told: str) -> None:
    with pytest.raises(StoreError, match=told) as error:
        open_store(db.format(folder=tmp_path))
    assert "geheim" not in str(error.value)


def test_reads_no_database_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no database yet; add reports first"):
        open_store(tmp_path / "ledger.db", read_only=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content", [b"This is a report, not a database.\n" * 200, b"SQLite format 3\x00" + b"x" * 5000]
)
def test_refuses_what_is_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"report\.txt: (this is no database|the file is damaged)"):
        open_store(path)
    assert path.read_bytes() == content


def test_refuses_a_database_of_something_else(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    with pytest.raises(StoreError, match="a database of something else"):
        open_store(path)
    with sqlite3.connect(path) as connection:
        assert [row[0] for row in connection.execute("SELECT name FROM sqlite_schema")] == ["recipes"]
    connection.close()


@pytest.mark.parametrize("read_only", [True, False])
def test_refuses_a_newer_version(tmp_path: Path, read_only: bool) -> None:
    path = tmp_path / "ledger.db"
    _fill(path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(StoreError, match=rf"version is 9999, newer than {HEAD}.*pip install -U reportedly"):
        open_store(path, read_only=read_only)


def test_tells_of_damage(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    _fill(path)
    content = bytearray(path.read_bytes())
    # Everything but the first page, which tells what the file is.
    content[4096:] = os.urandom(len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"ledger\.db: .*damaged"):
        _fill(path)


def test_check_finds_damage(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    _fill(path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE texts SET text = CAST('Another text.' AS BLOB)")
        connection.execute("UPDATE claims SET status = 'planned'")
        connection.execute("DELETE FROM statements")
        connection.execute("UPDATE documents SET previous = '00000000000000000000'")
        connection.execute("DELETE FROM postings WHERE term = (SELECT min(term) FROM postings)")
        connection.execute("INSERT INTO postings VALUES (1, 2, 3)")
        connection.execute("INSERT INTO search_claims(rowid, body) VALUES (99, 'word')")
    connection.close()
    with open_store(path) as store:
        faults = "\n".join(store.check())
    for told in ("its text is not what", "record does not fit", "previous version", "not found by", "of nothing"):
        assert told in faults


def test_check_finds_damage_of_every_record(url: str) -> None:
    report = make_report([Told("The army shelled Garrach."), Told("It shelled Garrach.")])
    assert report.document is not None
    document = report.document.id
    with open_store(url) as store:
        with store.writing() as writer:
            writer.add_report(report, Publisher())
            writer.add_decision(Decision("d" * 20, Verdict.ACCEPT, (document,), "so", "ann", "2026-01-01T00:00:00Z"))
            writer.add_failure(Failure("https://example.org/9", "acquire", "fetch", "no answer"))
            writer.add_removal(Removal("e" * 20, writer.recorded, "ann", "asked to", 0))
            writer.put_sketches("copy", [Sketch(document, None, (), b"")])
        assert store.check() == []
        with store._begin_writing() as connection:
            for table in (statements, decisions, failures, removals, sketches):
                connection.execute(sa.update(table).values(record=b"\xc1"))
            row = connection.execute(sa.select(links)).mappings().one()
            connection.execute(sa.insert(links).values({**row, "n": 99, "within": None}))
        assert [fault.partition(" ")[0] for fault in store.check()] == [
            "statement", "decision", "removal", "failure", "what", "link"
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("harm", "told", "fault"),
    [
        ("UPDATE claim_records SET claim = x'c1'", "a record in it is damaged", "its record cannot be read"),
        ("DELETE FROM texts", "its text is lost", "a document without its text"),
    ],
)
def test_tells_of_what_is_damaged_or_lost(tmp_path: Path, harm: str, told: str, fault: str) -> None:
    path = tmp_path / "ledger.db"
    _fill(path)
    with sqlite3.connect(path) as connection:
        connection.execute(harm)
    connection.close()
    with open_store(path) as store:
        with pytest.raises(StoreError, match=f"{told}; `reportedly db check`"):
            _find_claims(store)
        assert fault in "".join(store.check())


def test_check_goes_on_past_what_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    _fill(path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE claim_records SET claim = x'c1'")
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'removals'").fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.close()
    content = bytearray(path.read_bytes())
    content[(page - 1) * size : page * size] = b"\xff" * size
    path.write_bytes(content)
    with open_store(path) as store:
        faults = "\n".join(store.check())
    for told in ("malformed", "its record cannot be read", "keeps the rest of this from being checked"):
        assert told in faults


def _find_claims(store: SqlStore) -> None:
    with store.reading() as view:
        view.find_claims(ClaimQuery())


def test_writes_nothing_when_reading_only(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    _fill(path)
    before = path.read_bytes()
    with open_store(path, read_only=True) as store:
        with store.reading() as view:
            assert view.count().documents == 1
        with pytest.raises(StoreError, match="reading only"), store.writing():
            pass
        assert store.check() == []
    assert path.read_bytes() == before


@pytest.fixture
def common_folder() -> Iterator[Path]:
    """A folder that every user may look into, but not write to."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@contextmanager
def _be_nobody() -> Iterator[None]:
    """Be another user, where we are root, who may write to any file."""
    user = os.geteuid()
    try:
        os.seteuid(65534 if user == 0 else user)
        yield
    finally:
        os.seteuid(user)


def test_says_that_a_file_is_read_only(common_folder: Path) -> None:
    path = common_folder / "50% ledger #1?.db"
    _fill(path)
    path.chmod(0o444)
    common_folder.chmod(0o555)
    try:
        with _be_nobody(), pytest.raises(StoreError, match=r"cannot be written to|cannot be opened"):
            _fill(path)
        with _be_nobody(), open_store(path, read_only=True) as store, store.reading() as view:
            assert view.count().documents == 1
    finally:
        common_folder.chmod(0o755)


def _expect_locked(store: SqlStore) -> None:
    with pytest.raises(StoreError, match="another process has been writing to it for more than"), store.writing():
        pass


def test_says_who_holds_it_locked(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    _fill(path)
    with open_store(path) as store, open_store(path, lock_wait_s=0.05) as other, store.writing():
        _expect_locked(other)
        with other.reading() as view:
            assert view.count().documents == 1


def test_opens_a_copy_without_its_log(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    _fill(path)
    shutil.copy(path, tmp_path / "copy.db")
    with open_store(tmp_path / "copy.db") as store, store.reading() as view:
        assert len(view.find_claims(ClaimQuery())) == 1


def test_says_that_no_server_answers(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="the server cannot be reached") as told:
        open_store(f"postgresql://ana:geheim@/ledger?host={tmp_path}")
    assert "geheim" not in str(told.value)
    assert "postgresql+psycopg://ana:***@" in str(told.value)
    with pytest.raises(StoreError, match="the server cannot be reached") as told:
        open_store(f"postgresql://ana@/ledger?host={tmp_path}&password=geheim&sslpassword=geheim")
    assert "geheim" not in str(told.value)


def test_says_what_to_install_for_postgres(monkeypatch: pytest.MonkeyPatch) -> None:
    found = builtins.__import__

    def refuse(name: str, *rest: object, **more: object) -> object:
        if name == "psycopg":
            raise ModuleNotFoundError("No module named 'psycopg'")
        return found(name, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(StoreError, match=r"pip install 'reportedly\[postgres\]'"):
        open_store("postgresql+psycopg://ana@/ledger")


@pytest.mark.postgres
@pytest.mark.slow
def test_says_what_a_server_refuses(postgres_url: str) -> None:
    with pytest.raises(StoreError, match="no database of this name"):
        open_store(str(sa.make_url(postgres_url).set(database="none_such")))
    with pytest.raises(StoreError, match="refuses this user"):
        open_store(sa.make_url(postgres_url).set(username="nobody").render_as_string())
    with open_store(postgres_url) as store, open_store(postgres_url, lock_wait_s=0.05) as other, store.writing():
        _expect_locked(other)
    with sa.create_engine(postgres_url).begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="newer than"):
        open_store(postgres_url)


def test_leaves_errors_that_are_not_the_database_s_own() -> None:
    with pytest.raises(ZeroDivisionError), explain(sa.make_url("sqlite:///x"), "testing"):
        raise ZeroDivisionError
