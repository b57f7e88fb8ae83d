"""A PostgreSQL server for tests: one that is named, or a private one in a folder of its own."""

import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import sqlalchemy as sa

GIVEN = "REPORTEDLY_TEST_POSTGRES"
"""Names the address of a server on which tests may make databases."""
_USER = "postgres"
_numbers = itertools.count()


class Server:
    """A server that runs; databases on it are made as they are asked for."""

    def __init__(self, url: sa.URL, data: Path | None = None, binaries: Path | None = None) -> None:
        self.url = url
        self._data = data
        self._binaries = binaries

    @property
    def is_private(self) -> bool:
        """Whether it is ours to be stopped."""
        return self._data is not None

    @contextmanager
    def make_database(self) -> Iterator[str]:
        """Make an empty database and give its address; it is dropped afterwards."""
        name = f"reportedly_test_{os.getpid()}_{next(_numbers)}"
        # As most servers are set up: words sort by the rules of a language, not by their bytes.
        locale = " LOCALE_PROVIDER icu ICU_LOCALE 'en-US' TEMPLATE template0" if self.is_private else ""
        self._run(f"CREATE DATABASE {name}{locale}")
        try:
            yield self.url.set(database=name).render_as_string(hide_password=False)
        finally:
            self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        address = self.url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement.encode())

    def restart(self) -> None:
        """Stop it without a word to anybody, as a crash would, and start it again."""
        self.control("restart", "-m", "immediate")

    def control(self, *arguments: str) -> None:
        """Start or stop it."""
        assert self._data is not None
        assert self._binaries is not None
        settings = f"-k {self._data.parent} -c listen_addresses='' -c fsync=off -c max_connections=40"
        command = [self._binaries / "pg_ctl", "-D", self._data, "-l", self._data.parent / "log", "-w", "-o", settings]
        _run_as_user([*map(str, command), *arguments])


def find_binaries() -> Path | None:
    """Return the folder of ``initdb`` and ``pg_ctl``; None where PostgreSQL is not installed."""
    if (found := shutil.which("pg_ctl")) is not None:
        return Path(found).parent
    versions = Path("/usr/lib/postgresql").glob("*/bin/pg_ctl")
    return max((path.parent for path in versions), key=lambda path: int(path.parent.name), default=None)


@contextmanager
def run_server() -> Iterator[Server | None]:
    """Give the server that is named, else a private one that is stopped afterwards; None where there is none."""
    if GIVEN in os.environ:
        yield Server(sa.make_url(os.environ[GIVEN]).set(drivername="postgresql+psycopg"))
        return
    binaries = find_binaries()
    if binaries is None:
        yield None
        return
    # Not in pytest's folder: the server's user may not look into that, and the path of a socket has to be short.
    folder = Path(tempfile.mkdtemp(prefix="reportedly-pg-"))
    try:
        if os.getuid() == 0:
            shutil.chown(folder, _USER)
        data = folder / "data"
        _run_as_user(f"{binaries / 'initdb'} -D {data} -U {_USER} -A trust -E UTF8 --locale C --no-sync".split())
        url = sa.URL.create("postgresql+psycopg", _USER, database="postgres", query={"host": str(folder)})
        server = Server(url, data, binaries)
        server.control("start")
        try:
            yield server
        finally:
            server.control("stop", "-m", "immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run_as_user(command: list[str]) -> None:
    """Run a command; as the server's own user where we are root, whom PostgreSQL refuses."""
    command = ["runuser", "-u", _USER, "--", *command] if os.getuid() == 0 else command
    # Its output goes to a file: a server that is left running would hold a pipe open.
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(command, stdout=output, stderr=output, stdin=subprocess.DEVNULL, cwd="/", check=False)
        output.seek(0)
        assert done.returncode == 0, output.read().decode(errors="replace")
