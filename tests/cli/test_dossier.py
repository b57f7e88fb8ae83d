"""From files to one page, in one go."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from reportedly.cli import main

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"


def test_inputs_are_asked_for(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["dossier", "-o", str(tmp_path / "page.html")])
    assert result.exit_code == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "why"), [("none/page.html", "No such file"), ("old.db", "this is a database")])
def test_an_output_that_cannot_be_written_is_told_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, why: str
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("something was read")

    monkeypatch.setattr("reportedly.adding.add_inputs", refuse)
    (tmp_path / "old.db").write_bytes(b"SQLite format 3\0")
    result = CliRunner().invoke(main, ["dossier", str(EXAMPLES / "1-agency.txt"), "-o", str(tmp_path / name)])
    assert result.exit_code == 2
    assert name in result.stderr
    assert why in result.stderr


@pytest.mark.slow
def test_a_page_holds_the_reports_and_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    inputs = [str(EXAMPLES / name) for name in ("1-agency.txt", "2-rewrite.txt")]
    result = CliRunner().invoke(
        main, ["dossier", *inputs, "-o", "page.html", "--title", "<Strikes>", "--processes", "1"]
    )
    assert result.exit_code == 0, result.stderr
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "&lt;Strikes&gt;" in page
    assert "<Strikes>" not in page
    assert "http-equiv" not in page
    assert "src=" not in page
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


@pytest.mark.slow
def test_a_report_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    out = tmp_path / "page.html"
    result = CliRunner().invoke(
        main,
        ["dossier", str(tmp_path / "empty.txt"), str(EXAMPLES / "5-denial.txt"), "-o", str(out), "--processes", "1"],
    )
    assert result.exit_code == 1
    assert out.exists()


def test_of_nothing_that_can_be_read_there_is_no_page(tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    result = CliRunner().invoke(main, ["dossier", str(tmp_path / "none.txt"), "-o", str(out)])
    assert result.exit_code == 2
    assert result.stderr.splitlines()[1:] == [
        "reportedly: none of the documents could be read: there is nothing to show"
    ]
    assert not out.exists()
