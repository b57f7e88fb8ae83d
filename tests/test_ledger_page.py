"""Pages on the example ledger: their commands run and print what the pages show.

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
PAGES = (ROOT / "docs" / "ledger-example.md", ROOT / "docs" / "record.md")
"""The first builds the ledger that the second looks at. A block that ends with "…" shows the beginning."""
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


def test_the_pages_show_what_their_commands_print(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("REPORTEDLY_CONFIG", str(EXAMPLE / "reportedly.toml"))
    monkeypatch.setenv("REPORTEDLY_DB", str(tmp_path / "demo.db"))
    monkeypatch.setenv("REPORTEDLY_PROCESSES", "1")
    for path in PAGES:
        page = path.read_text(encoding="utf-8")
        blocks = _BLOCK.findall(page)
        assert len(blocks) >= 5
        printed = {command: _cut_like(shown, run(command, tmp_path)) for command, shown in blocks}
        if os.environ.get("REPORTEDLY_REWRITE"):
            page = _BLOCK.sub(lambda block, printed=printed: _write(block[1], printed[block[1]]), page)  # type: ignore[misc]  # no type for a default
            path.write_text(page, encoding="utf-8")
            blocks = _BLOCK.findall(page)
        for command, shown in blocks:
            assert shown.strip("\n") == printed[command], command
    assert (tmp_path / "dossier" / "index.html").exists()


def _cut_like(shown: str, printed: str) -> str:
    """Cut what a command prints to as many lines as the page shows, where the page says that it goes on."""
    lines = shown.strip("\n").splitlines()
    if not lines or lines[-1] != "…":
        return printed
    return "\n".join([*printed.splitlines()[: len(lines) - 1], "…"])


def _write(command: str, printed: str) -> str:
    return f"```console\n$ {command}\n{printed}\n```" if printed else f"```console\n$ {command}\n```"
