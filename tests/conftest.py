"""Shared fixtures: the parser is loaded and the gazetteer opened once a session."""

import os
from collections.abc import Callable, Iterator

import pytest

from reportedly.config import Settings
from reportedly.extract.parse import Parse, Parser, open_parser
from reportedly.ground.gazetteer import Gazetteer, open_gazetteer
from reportedly.records.document import Document
from tests.postgres import GIVEN, Server, run_server


@pytest.fixture(scope="session")
def parser() -> Parser:
    """The language model, loaded once."""
    return open_parser(Settings().model)


@pytest.fixture(scope="session")
def read_parse(parser: Parser) -> Callable[[str], Parse]:
    """Parse a text as a document of its own."""
    return lambda text: parser.parse(Document(id="test", text=text))


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The gazetteer index of the cache folder, built where there is none."""
    return open_gazetteer(Settings())


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server; without one, tests are skipped, or fail where REPORTEDLY_REQUIRE names ``postgres``."""
    with run_server() as server:
        if server is None:
            message = f"PostgreSQL is not installed, and {GIVEN} names no server"
            if "postgres" in os.environ.get("REPORTEDLY_REQUIRE", "").split(","):
                pytest.fail(message)
            pytest.skip(message)
        yield server


@pytest.fixture
def postgres_url(postgres: Server) -> Iterator[str]:
    """The address of an empty database on a PostgreSQL server."""
    with postgres.make_database() as url:
        yield url


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name cases with bytes alike in every process: packed bytes hold the time they were packed at."""
    return "bytes" if isinstance(val, bytes) else None
