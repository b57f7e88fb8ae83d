"""Runs of linking that are killed, meet another, meet adding, or lose their server: a later run gives the same record.

Each run is a process of its own that links a few documents a transaction. Where it is interrupted is told by what the
database holds, not by the clock.
"""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from reportedly.linking import link_ledger
from reportedly.records.report import Report
from reportedly.store import open_store
from reportedly.store.codec import to_micros
from reportedly.store.schema import sketches, state
from tests.ledgers import describe_links, fill_ledger
from tests.postgres import Server

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX"),
]

_LINK = "from reportedly import linking; linking.BATCH = {}; from reportedly.__main__ import main; main()"
COUNT = 36
STOPPED = "reportedly: stopped; what was committed is kept, and the next run goes on from there\n"
TAKEN_OVER = "another run of linking has taken over"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that does not hold anything yet."""
    return str(tmp_path / "ledger.db") if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))


@pytest.fixture(scope="module")
def reports(example_reports: Sequence[Report]) -> Sequence[Report]:
    """As many as have copies, versions, denials and a retraction among them."""
    return example_reports[9 : 9 + COUNT]


@pytest.fixture(scope="module")
def expected(reports: Sequence[Report], tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What comes of linking them in one run."""
    with open_store(tmp_path_factory.mktemp("ledger") / "all.db") as store:
        fill_ledger(store, reports)
        link_ledger(store)
        return describe_links(store)


@pytest.fixture
def filled(url: str, reports: Sequence[Report]) -> str:
    """The address of a ledger that nothing is linked in."""
    with open_store(url) as store:
        fill_ledger(store, reports)
    return url


class Run:
    """``reportedly link`` in a process of its own, with few documents a transaction."""

    def __init__(self, url: str, *options: str, batch: int = 4) -> None:
        command = [sys.executable, "-c", _LINK.format(batch), "link", "--db", url, *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        address = sa.make_url(url if "://" in url else f"sqlite:///{url}")
        self._engine = sa.create_engine(address, poolclass=sa.NullPool)

    def count(self, *kinds: str) -> int:
        """Count what linking remembers by now, which grows with each of its transactions."""
        query = sa.select(sa.func.count()).select_from(sketches)
        with closing(self._engine.connect()) as connection:
            return int(connection.scalar(query.where(sketches.c.kind.in_(kinds)) if kinds else query) or 0)

    def wait(self, number: int, *kinds: str) -> None:
        """Wait until it remembers so much, or has ended."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None and self.count(*kinds) < number:
            time.sleep(0.01)

    def end(self) -> tuple[int, str]:
        """Wait for its end; return its exit status and what it told."""
        _, told = self.process.communicate(timeout=60)
        assert "Traceback" not in told
        return self.process.returncode, told


def expect_the_same(url: str, expected: dict[str, object]) -> None:
    """Expect a sound ledger, in which the next run comes to what one run over everything gives."""
    with open_store(url) as store:
        assert store.check() == []
        link_ledger(store)
        with store.reading() as view:
            assert view.find_unsketched("linked") == []
        found = describe_links(store)
        assert store.check() == []
    for part, value in expected.items():
        assert found[part] == value, part


def test_what_a_killed_run_linked_is_kept_and_the_next_goes_on(filled: str, expected: dict[str, object]) -> None:
    """Killed while documents are sketched, and, starting over, while they are linked."""
    for kind, options in (("story", ()), ("linked", ("--again",))):
        run = Run(filled, *options)
        run.wait(random.randrange(1, COUNT - 6), kind)
        time.sleep(random.uniform(0, 0.05))
        run.process.send_signal(signal.SIGKILL)
        run.end()
    expect_the_same(filled, expected)


def test_a_run_that_is_stopped_says_that_the_next_goes_on(
    reports: Sequence[Report], expected: dict[str, object], tmp_path: Path
) -> None:
    url = str(tmp_path / "ledger.db")
    with open_store(url) as store:
        fill_ledger(store, reports)
    run = Run(url, batch=1)
    run.wait(random.randrange(1, 2 * COUNT))
    run.process.send_signal(signal.SIGINT)
    assert run.end() == (130, STOPPED)
    expect_the_same(url, expected)


def test_a_run_on_a_machine_whose_clock_is_late_writes_nothing_into_the_past(
    reports: Sequence[Report], tmp_path: Path
) -> None:
    late = "2100-01-01T00:00:00.000000Z"
    with open_store(tmp_path / "ledger.db") as store:
        fill_ledger(store, reports[:2])
        with store._engine.begin() as connection:
            connection.execute(
                sa.update(state).where(state.c.key == "clock").values(value=str(to_micros(late)).encode())
            )
        link_ledger(store)
        with store.reading(late) as view:
            assert view.find_events() == []
        with store.reading() as view:
            assert view.find_events()


def test_of_two_runs_the_later_goes_on_and_the_earlier_ends(filled: str, expected: dict[str, object]) -> None:
    run = Run(filled, batch=1)
    run.wait(random.randrange(1, 2 * COUNT))
    with open_store(filled) as store:
        link_ledger(store)
        assert describe_links(store) == expected
    status, told = run.end()
    assert (status, TAKEN_OVER in told, told.count("\n")) == (2, True, 1)
    expect_the_same(filled, expected)


def test_runs_that_begin_together_harm_nothing(filled: str, expected: dict[str, object]) -> None:
    runs = [Run(filled) for _ in range(2)]
    ends = [run.end() for run in runs]
    assert 0 in [status for status, _ in ends]
    assert all(status == 0 or (status == 2 and TAKEN_OVER in told) for status, told in ends)
    expect_the_same(filled, expected)


def test_what_is_added_meanwhile_is_linked_by_the_next_run(
    url: str, reports: Sequence[Report], expected: dict[str, object]
) -> None:
    reports = random.sample(reports, COUNT)
    with open_store(url) as store:
        fill_ledger(store, reports[: COUNT // 2])
        run = Run(url, batch=1)
        for number, report in enumerate(reports[COUNT // 2 :]):
            run.wait(3 * number)
            fill_ledger(store, [report])
        status, told = run.end()
        assert (status, told) == (0, "")
        with store.reading() as view:
            assert len(view.find_heads()) == COUNT
    expect_the_same(url, expected)


@pytest.mark.postgres
def test_a_run_that_lost_its_server_ends_clearly_or_goes_on(
    postgres: Server, reports: Sequence[Report], expected: dict[str, object]
) -> None:
    if not postgres.is_private:
        pytest.skip("the server of REPORTEDLY_TEST_POSTGRES is not to be stopped")
    with postgres.make_database() as url:
        with open_store(url) as store:
            fill_ledger(store, reports)
        run = Run(url, batch=1)
        run.wait(random.randrange(1, 3 * COUNT))
        postgres.restart()
        status, told = run.end()
        assert status == 0 or (status == 2 and "server" in told and told.count("\n") == 1), told
        expect_the_same(url, expected)
