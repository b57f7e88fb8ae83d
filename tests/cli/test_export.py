"""The command writes where it is told, and says what it wrote and what it left out."""

import errno
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reportedly.cli import main
from reportedly.store import open_store
from tests.write import world
from tests.write.ledger import fill


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "world.db"
    with open_store(str(path)) as store:
        fill(store)
    return path


def run(ledger: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["export", *arguments, "--db", str(ledger)])


def test_a_folder_of_tables(ledger: Path, tmp_path: Path) -> None:
    result = run(ledger, "csv", "-o", str(tmp_path / "tables"))
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in (tmp_path / "tables").iterdir())[0] == "claims.csv"
    assert "claims.csv  7" in result.stderr
    assert "left out (1): claims that belong to no event yet" in result.stderr


def test_filters_and_standard_output(ledger: Path) -> None:
    result = run(ledger, "jsonl", "--status", "denied")
    assert result.exit_code == 0, result.output
    first = json.loads(result.stdout.splitlines()[0])
    assert first["claim"]["id"] == world.name_claim("deny")
    assert (
        json.loads(run(ledger, "GeoJSON", "--party", "Norway").stdout)["features"][0]["properties"]["place"] == "Oslo"
    )


def test_the_record_as_it_stood(ledger: Path) -> None:
    assert run(ledger, "jsonl", "--as-of", "2025-11-09").stdout == ""
    assert len(run(ledger, "jsonl", "--as-of", "2025-11-10").stdout.splitlines()) == 10


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("xlsx",), "csv"),
        (("csv",), "name a folder"),
        (("dossier",), "-o"),
        (("atom", "--full-text"), "no place for whole texts"),
        (("geojson", "--all-status"), "all-status"),
        (("atom", "--as-of", "noon"), "--as-of"),
        (("atom", "--type", "bombing"), "assault"),
        (("atom", "-o", "/no/such/folder/x.atom"), "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said_with_status_2(ledger: Path, arguments: tuple[str, ...], said: str) -> None:
    result = run(ledger, *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_dossier(ledger: Path, tmp_path: Path) -> None:
    result = run(ledger, "dossier", "-o", str(tmp_path / "pages"), "--title", "Port Selim")
    assert result.exit_code == 0, result.output
    assert "Port Selim" in (tmp_path / "pages" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["{}", "sqlite:///{}", "~/world.db"])
def test_the_ledger_is_not_written_over(ledger: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(ledger.parent))
    before = ledger.read_bytes()
    arguments = ["export", "jsonl", "-o", str(ledger), "--db", name.format(ledger)]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert "is the ledger itself" in result.stderr
    assert ledger.read_bytes() == before


def test_a_reader_that_has_seen_enough_is_no_fault(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise BrokenPipeError(errno.EPIPE, "gone")

    monkeypatch.setattr("reportedly.write.export.write_export", refuse)
    result = run(ledger, "jsonl")
    assert result.exit_code == 141
    assert result.stderr == ""


def test_another_ledger_is_not_written_over(ledger: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    open_store(other).close()
    before = other.read_bytes()
    result = run(ledger, "jsonl", "-o", str(other))
    assert result.exit_code == 2
    assert "this is a database" in result.stderr
    assert other.read_bytes() == before
