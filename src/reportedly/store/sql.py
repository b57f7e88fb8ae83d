"""The store over SQLAlchemy: how it is opened, its transactions and its connections."""

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from reportedly.errors import StoreError
from reportedly.store.check import check_store
from reportedly.store.codec import now_micros, to_instant, to_micros
from reportedly.store.faults import LOCK_WAIT_S, explain, name_url
from reportedly.store.forgetting import is_scrub_due, scrub
from reportedly.store.migrate import find_version, is_known, migrate
from reportedly.store.schema import HEAD, state
from reportedly.store.view import SqlView
from reportedly.store.writer import SqlWriter

_log = logging.getLogger(__name__)

_MANY_TRANSACTIONS = 5
"""After so many of one opening, statistics are taken when it is closed."""
_WRITERS_LOCK = 7_316_507_021
"""Number of the PostgreSQL lock that lets one writer write at a time, as SQLite does."""
_CLOCK = "clock"
"""Key of the last recorded clock, so that a machine whose clock is set back does not write into the past."""


def open_store(db: str | Path, *, read_only: bool = False, lock_wait_s: float = LOCK_WAIT_S) -> "SqlStore":
    """Open a store; where it is a SQLite file that does not exist yet, make it.

    An older version of the schema is brought up to date, unless ``read_only``.

    Args:
        db: A file, or an address: ``sqlite:///reportedly.db``, ``postgresql+psycopg://user@host/name``.
        read_only: Nothing is written; the database must be there, and of this version.
        lock_wait_s: How long to wait for another writer.

    Raises:
        StoreError: it cannot be opened: damaged, no database of ours, of a newer version, locked, not there; or the
            server cannot be reached. The message names it and says what to do.
    """
    url = _read_url(db)
    if url.get_backend_name() == "sqlite":
        _check_file(url, read_only)
    engine = _make_engine(url, read_only, lock_wait_s)
    store = SqlStore(engine, url, read_only)
    try:
        with explain(url, "opening it"):
            store._prepare()
    except BaseException:
        store.close()
        raise
    return store


def _read_url(db: str | Path) -> sa.URL:
    try:
        str(db).encode()
    except UnicodeEncodeError as error:
        raise StoreError(f"{str(db)!r}: this name is no text in UTF-8; name another file with --db") from error
    if isinstance(db, Path) or "://" not in db:
        return sa.URL.create("sqlite", database=str(Path(db).expanduser()))
    try:
        url = sa.make_url(db)
    except ArgumentError as error:
        raise StoreError("the address of the database is none; write postgresql+psycopg://user@host/name") from error
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() == "sqlite" and url.database:
        return url.set(drivername="sqlite", database=str(Path(url.database).expanduser()))
    raise StoreError(
        f"{name_url(url)}: no database that can be used; name a file, sqlite:///FILE or postgresql+psycopg://user@host/name"
    )


def _check_file(url: sa.URL, read_only: bool) -> None:
    """Refuse what SQLite would only say unclearly, or would make where it should not."""
    path = Path(url.database or "")
    if path.is_dir():
        raise StoreError(f"{path}: this is a folder; name a file in it")
    if not path.parent.is_dir():
        raise StoreError(f"{path}: the folder {path.parent} does not exist; make it first")
    if read_only and not path.exists():
        raise StoreError(f"{path}: there is no database yet; add reports first (`reportedly add INPUT...`)")


def _make_engine(url: sa.URL, read_only: bool, lock_wait_s: float) -> sa.Engine:
    if url.get_backend_name() != "sqlite":
        wait = f"-c lock_timeout={int(lock_wait_s * 1000)}"
        try:
            return sa.create_engine(
                url, pool_pre_ping=True, pool_size=2, connect_args={"connect_timeout": 10, "options": wait}
            )
        except (ModuleNotFoundError, NoSuchModuleError) as error:
            raise StoreError(
                f"{name_url(url)}: PostgreSQL needs psycopg: pip install 'reportedly[postgres]'"
            ) from error
    if read_only and _is_sealed(Path(url.database or "")):
        url = sa.URL.create(
            "sqlite", database=f"file:{quote(url.database or '')}", query={"immutable": "1", "uri": "true"}
        )
    engine = sa.create_engine(url, connect_args={"timeout": lock_wait_s}, poolclass=sa.pool.QueuePool, pool_size=2)
    sa.event.listen(engine, "connect", lambda connection, _: _set_up(connection, read_only))
    sa.event.listen(engine, "begin", _begin)
    return engine


def _is_sealed(path: Path) -> bool:
    """Say whether a file lies whole where nothing can be written beside it: SQLite has to be told, to read it there."""
    log = path.with_name(f"{path.name}-wal")
    return not os.access(path.parent, os.W_OK, effective_ids=True) and not (log.exists() and log.stat().st_size)


def _set_up(connection: sqlite3.Connection, read_only: bool) -> None:
    # We begin transactions ourselves: the library's own way would let two readers wait for each other's write.
    connection.isolation_level = None
    # Kept before the journal is looked at: what is removed is overwritten, not only given up.
    connection.execute("PRAGMA secure_delete = ON")
    if read_only:
        connection.execute("PRAGMA query_only = ON")
    else:
        connection.execute("PRAGMA journal_mode = WAL")
        # In WAL mode this loses nothing when a process is killed; a power cut can undo the last commits, whole ones.
        connection.execute("PRAGMA synchronous = NORMAL")
    # A transaction of many reports touches pages all over the indexes: room for them saves writing them twice.
    connection.execute("PRAGMA cache_size = -196608")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA mmap_size = 268435456")


def _begin(connection: sa.Connection) -> None:
    if connection.get_execution_options().get("isolation_level") == "AUTOCOMMIT":
        # Told of here, too; the log cannot be emptied from within a transaction.
        return
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writing") else "BEGIN")


class SqlStore:
    """A store in SQLite or PostgreSQL; see ``base.Store``. Made by ``open_store``."""

    def __init__(self, engine: sa.Engine, url: sa.URL, read_only: bool) -> None:
        self._engine = engine
        self._url = url
        self._read_only = read_only
        self._transactions = 0
        self.url = url.render_as_string() if self._is_sqlite else name_url(url)

    @property
    def _is_sqlite(self) -> bool:
        return self._engine.dialect.name == "sqlite"

    def _prepare(self) -> None:
        """Make or update the tables; refuse what is not ours or newer."""
        with self._engine.connect() as connection, connection.begin():
            version = self._find_version(connection)
            if not self._is_sqlite and (code := connection.scalar(sa.text("SHOW server_encoding"))) != "UTF8":
                raise StoreError(
                    f"{name_url(self._url)}: its encoding is {code}, which cannot keep all names; "
                    "make another database with `createdb -E UTF8`"
                )
        if self._read_only:
            if version == HEAD:
                return
            told = "it is empty" if version is None else f"its version is {version}, older than {HEAD}"
            raise StoreError(f"{name_url(self._url)}: {told}; open it for writing once (`reportedly add`)")
        if version != HEAD:
            self._update()
        with self._engine.connect() as connection, connection.begin():
            scrub_due = is_scrub_due(connection)
        if scrub_due:
            try:
                self._scrub()
            except StoreError as error:
                _log.warning("%s", error)

    def _update(self) -> None:
        with self._begin_writing() as connection:
            version = self._find_version(connection)
            if version != HEAD:
                if version is not None:
                    _log.warning("%s: brought from version %s to %s", name_url(self._url), version, HEAD)
                migrate(connection)

    def _find_version(self, connection: sa.Connection) -> str | None:
        try:
            version = find_version(connection)
        except StoreError as error:
            raise StoreError(f"{name_url(self._url)}: {error}") from error
        if version is not None and not is_known(version):
            raise StoreError(
                f"{name_url(self._url)}: its version is {version}, newer than {HEAD}, the newest this program knows; "
                "use a newer reportedly (`pip install -U reportedly`), or name another database with --db"
            )
        return version

    @contextmanager
    def _begin_writing(self) -> Iterator[sa.Connection]:
        with self._engine.connect() as plain:
            connection = plain.execution_options(writing=True)
            with connection.begin():
                if not self._is_sqlite:
                    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_WRITERS_LOCK)))
                yield connection

    @contextmanager
    def writing(self, recorded: str | None = None) -> Iterator[SqlWriter]:
        """Open one transaction; see ``base.Store``. Others wait meanwhile: read first, then write."""
        if self._read_only:
            raise StoreError(f"{name_url(self._url)}: it was opened for reading only")
        with explain(self._url, "writing to it"):
            with self._begin_writing() as connection:
                writer = SqlWriter(connection, self._find_clock(connection, recorded))
                yield writer
                writer.flush()
            self._transactions += 1
            if writer.removed:
                self._scrub()

    def _scrub(self) -> None:
        """Overwrite what is left of what was removed; the removal itself is kept, also where this fails."""
        try:
            with explain(self._url, "overwriting it"), self._engine.connect() as plain:
                scrub(plain.execution_options(isolation_level="AUTOCOMMIT"))
        except StoreError as error:
            raise StoreError(
                f"{error}: what was removed is gone from the record, but its words may still lie in the files of the "
                "database; put this right and run `reportedly db upgrade`, which overwrites them"
            ) from error

    def _find_clock(self, connection: sa.Connection, recorded: str | None) -> int:
        """Return the clock of a transaction, never earlier than that of the one before it unless it was given."""
        if recorded is not None:
            return to_micros(recorded)
        last = connection.scalar(sa.select(state.c.value).where(state.c.key == _CLOCK))
        clock = max(now_micros(), int(last or b"0") + 1)
        stamp = str(clock).encode()
        if last is None:
            connection.execute(sa.insert(state).values(key=_CLOCK, value=stamp))
        else:
            connection.execute(sa.update(state).where(state.c.key == _CLOCK).values(value=stamp))
        return clock

    @contextmanager
    def reading(self, as_of: str | None = None) -> Iterator[SqlView]:
        """Read as of now or of an earlier instant; see ``base.Store``."""
        moment = None if as_of is None else to_micros(as_of)
        options: dict[str, Any] = {} if self._is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with (
            explain(self._url, "reading it"),
            self._engine.connect().execution_options(**options) as connection,
            connection.begin(),
        ):
            yield SqlView(connection, moment, None if moment is None else to_instant(moment))

    def check(self) -> list[str]:
        """Verify integrity; see ``base.Store``."""
        with explain(self._url, "checking it"), self.reading() as view:
            faults = check_store(view)
            # Nothing was written, and a damaged file may refuse to commit even that.
            view.connection.rollback()
            return faults

    def close(self) -> None:
        """Close it; closing twice is no error."""
        if not self._is_sqlite and self._transactions >= _MANY_TRANSACTIONS:
            self._transactions = 0
            self._take_statistics()
        self._engine.dispose()

    def _take_statistics(self) -> None:
        """Let PostgreSQL look at what was written: before it does so by itself, it may choose plans of minutes."""
        try:
            with explain(self._url, "taking statistics"), self._begin_writing() as connection:
                connection.execute(sa.text("ANALYZE"))
        except StoreError as error:
            _log.info("%s", error)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
