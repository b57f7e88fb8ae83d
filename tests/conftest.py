"""Shared fixtures: the parser is loaded and the gazetteer opened once a session."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from reportedly.config import Settings, read_settings
from reportedly.extract.parse import Parse, Parser, open_parser
from reportedly.ground.gazetteer import Gazetteer, open_gazetteer
from reportedly.linking import link_ledger
from reportedly.pipeline import Reader
from reportedly.records.document import Document
from reportedly.records.report import Report
from reportedly.store import open_store
from tests.ledgers import fill_ledger
from tests.postgres import GIVEN, Server, run_server

EXAMPLE_LEDGER = Path(__file__).parents[1] / "examples" / "ledger"


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


@pytest.fixture(scope="session")
def example_settings() -> Settings:
    """The settings that the example ledger comes with."""
    return msgspec.structs.replace(read_settings(EXAMPLE_LEDGER / "reportedly.toml", {}), processes=1)


@pytest.fixture(scope="session")
def example_reports(example_settings: Settings) -> tuple[Report, ...]:
    """All reports of the example ledger, as they are read."""
    return tuple(Reader(example_settings).read_inputs([str(EXAMPLE_LEDGER / "reports")]))


@pytest.fixture(scope="session")
def example_ledger(example_reports: tuple[Report, ...], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The database of the example ledger, linked; tests only read it."""
    path = str(tmp_path_factory.mktemp("example") / "ledger.db")
    with open_store(path) as store:
        fill_ledger(store, example_reports)
        link_ledger(store)
    return path
