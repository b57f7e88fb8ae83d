"""The walk-through of the example ledger: its commands run and print what it shows.

Written anew with ``REPORTEDLY_REWRITE=1 pytest tests/test_ledger_page.py``; read the diff.
"""

import os
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from reportedly.cli import main

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "ledger-example.md"
EXAMPLE = ROOT / "examples" / "ledger"
_BLOCK = re.compile(r"```console\n\$ (reportedly [^\n]*)\n(.*?)```", re.DOTALL)
_CLOCK = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2} UTC")

pytestmark = pytest.mark.slow


def run(command: str, folder: Path) -> str:
    """Run a command of the page and return what it prints, without blanks at line ends and without the clock."""
    words = shlex.split(command.replace("build/", f"{folder}/"))[1:]
    result = CliRunner().invoke(main, words, catch_exceptions=False)
    assert result.exit_code == 0, f"{command}: {result.stderr}"
    printed = "\n".join(line.rstrip() for line in result.stdout.splitlines())
    return _CLOCK.sub("YYYY-MM-DD HH:MM UTC", printed.replace(str(folder), "build")).strip("\n")


def test_the_page_shows_what_its_commands_print(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("REPORTEDLY_CONFIG", str(EXAMPLE / "reportedly.toml"))
    monkeypatch.setenv("REPORTEDLY_DB", str(tmp_path / "demo.db"))
    monkeypatch.setenv("REPORTEDLY_PROCESSES", "1")
    page = PAGE.read_text(encoding="utf-8")
    blocks = _BLOCK.findall(page)
    assert len(blocks) >= 8
    printed = {command: run(command, tmp_path) for command, _ in blocks}
    if os.environ.get("REPORTEDLY_REWRITE"):
        page = _BLOCK.sub(lambda block: _write(block[1], printed[block[1]]), page)
        PAGE.write_text(page, encoding="utf-8")
        blocks = _BLOCK.findall(page)
    assert (tmp_path / "dossier" / "index.html").exists()
    for command, shown in blocks:
        assert shown.strip("\n") == printed[command], command


def _write(command: str, printed: str) -> str:
    return f"```console\n$ {command}\n{printed}\n```" if printed else f"```console\n$ {command}\n```"
