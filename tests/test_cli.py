"""The commands as a user types them: what they print, and their exit status."""

import csv
import io
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reportedly.cli import main
from reportedly.version import __version__

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
FILES = [str(path) for path in sorted(EXAMPLES.glob("*.*"))]
"""Eight reports in seven files; the folder also holds the example ledger, with lists that are no reports."""


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=stdin)


def test_help_and_version() -> None:
    assert "explain" in run("--help").output
    assert __version__ in run("--version").output


def test_help_answers_at_once_and_loads_no_language_model() -> None:
    script = "import sys; from reportedly.cli import main; main(['--help'], standalone_mode=False); "
    script += "sys.exit(any(name in sys.modules for name in ('spacy', 'trafilatura', 'rich')))"
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert time.perf_counter() - start < 3


@pytest.mark.parametrize("arguments", [("read",), ("read", "x", "--format", "xml"), ("no-such-command",)])
def test_wrong_use_has_status_two(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_a_wrong_setting_has_status_two_and_is_named(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text("colour = 1\n", encoding="utf-8")
    result = run("--config", str(path), "schema")
    assert result.exit_code == 2
    assert "colour" in result.stderr


def test_the_schema_is_json() -> None:
    assert json.loads(run("schema").output)["$id"].startswith("urn:reportedly:schema:")


def test_the_cache_can_be_shown_and_cleared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTEDLY_CACHE_DIR", str(tmp_path / "cache"))
    assert run("cache", "clear").exit_code == 0
    (tmp_path / "cache" / "http").mkdir(parents=True)
    (tmp_path / "cache" / "http" / "pages.db").write_bytes(b"x" * 100)
    (tmp_path / "cache" / "gazetteer-0.sqlite").write_bytes(b"x" * 2_000_000)
    assert "gazetteer-0.sqlite  2.0 MB" in run("cache", "show").output
    assert run("cache", "clear").exit_code == 0
    assert list((tmp_path / "cache").iterdir()) == []


def test_clearing_leaves_what_is_not_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTEDLY_CACHE_DIR", str(tmp_path))
    (tmp_path / "thesis.docx").write_bytes(b"x")
    (tmp_path / "photos").mkdir()
    assert run("cache", "clear").exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["photos", "thesis.docx"]
    assert "thesis" not in run("cache", "show").output


@pytest.mark.slow
def test_the_examples_are_read_whole() -> None:
    result = run("read", *FILES, "--format", "json")
    assert result.exit_code == 0, result.stderr
    reports = json.loads(result.stdout)
    assert len(reports) == 8
    assert all(report["document"]["published"]["reliable"] for report in reports)
    assert all(report["claims"] for report in reports)


@pytest.mark.slow
def test_the_ledger_names_status_and_chain() -> None:
    result = run("read", str(EXAMPLES / "1-agency.txt"))
    assert result.exit_code == 0
    for words in ("PLANNED", "OCCURRED", "anonymous", "Venezuela"):
        assert words in result.stdout


@pytest.mark.slow
def test_csv_and_jsonl_hold_the_same_claims(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    assert run("read", *FILES, "--format", "csv", "-o", str(path)).exit_code == 0
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    lines = [json.loads(line) for line in run("read", *FILES, "--jsonl").stdout.splitlines()]
    assert [row["claim_id"] for row in rows] == [line["claim"]["id"] for line in lines if line["record"] == "claim"]


@pytest.mark.slow
def test_standard_input_and_overrides() -> None:
    result = run(
        "read", "-", "--format", "json", "--published", "2025-10-31", "--publisher", "Gazette",
        stdin=b"Rebels shelled the town on Friday, killing 12 people.",
    )  # fmt: skip
    (report,) = json.loads(result.stdout)
    assert report["document"]["publisher"] == "Gazette"
    assert report["groundings"][0]["time"]["start"] == "2025-10-31"


@pytest.mark.slow
def test_some_failed_has_status_one_and_lists_each(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Police arrested 30 protesters in Oldport on Friday.", encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    result = run("read", str(tmp_path), str(tmp_path / "none.txt"))
    assert result.exit_code == 1
    assert "empty.txt" in result.stderr
    assert "none.txt" in result.stderr
    assert "2 not read" in result.stderr
    assert "arrested" in result.stdout


@pytest.mark.slow
def test_explain_in_the_terminal_and_as_a_page(tmp_path: Path) -> None:
    result = run("explain", str(EXAMPLES / "5-denial.txt"))
    assert result.exit_code == 0
    assert "rule:" in result.stdout
    page = tmp_path / "page.html"
    assert run("explain", str(EXAMPLES / "5-denial.txt"), "--html", str(page)).exit_code == 0
    assert "<!doctype html>" in page.read_text(encoding="utf-8")
    assert run("explain", str(EXAMPLES), "--html", str(page)).exit_code == 2


def test_an_unreadable_date_of_the_users_is_named_once() -> None:
    result = run("read", "-", "--published", "the day before", stdin=b"Rebels shelled the town on Friday.")
    assert result.exit_code == 2
    assert "the day before" in result.stderr


@pytest.mark.parametrize("option", [("read", "-o"), ("read", "--format", "csv", "-o"), ("explain", "--html")])
def test_an_output_that_cannot_be_written_is_named_and_nothing_is_read(tmp_path: Path, option: tuple[str, ...]) -> None:
    (tmp_path / "a.txt").write_text("Police arrested 30 protesters in Oldport on Friday.", encoding="utf-8")
    result = run(*option, str(tmp_path / "none" / "out"), str(tmp_path / "a.txt"))
    assert result.exit_code == 2
    assert "none" in result.stderr
    assert result.exception is None or isinstance(result.exception, SystemExit)


@pytest.mark.parametrize("option", [("read", "-o"), ("explain", "--html")])
@pytest.mark.parametrize("name", ["a.txt", "new.csv"])
def test_no_output_is_written_over_or_among_the_documents(tmp_path: Path, option: tuple[str, ...], name: str) -> None:
    (tmp_path / "a.txt").write_text("Police arrested 30 protesters in Oldport on Friday.", encoding="utf-8")
    result = run(*option, str(tmp_path / name), str(tmp_path))
    assert result.exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").stat().st_size > 0


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_is_told_of() -> None:
    result = run("read", str(EXAMPLES / "5-denial.txt"), "--jsonl", "-o", "/dev/full")
    assert result.exit_code == 2
    assert "/dev/full" in result.stderr


@pytest.mark.slow
def test_several_documents_are_summed_up_below() -> None:
    assert "8 documents read · " in run("read", *FILES).stdout
    assert "document read" not in run("read", str(EXAMPLES / "5-denial.txt")).stdout


@pytest.mark.slow
def test_an_unreadable_cache_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("REPORTEDLY_CACHE_DIR", str(tmp_path / "file"))
    result = run("read", str(EXAMPLES / "5-denial.txt"))
    assert result.exit_code == 2
    assert str(tmp_path / "file") in result.stderr


@pytest.mark.slow
def test_verbose_names_each_document_on_standard_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Police arrested 30 protesters in Oldport on Friday.", encoding="utf-8")
    command = [sys.executable, "-m", "reportedly", "-v", "read", str(tmp_path), "--jsonl"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "a.txt: 1 claims in" in done.stderr
    assert all(line.startswith("{") for line in done.stdout.splitlines())
