"""What can be used is documented, and what is documented works."""

import re
from pathlib import Path

import click
import msgspec
import pytest

from reportedly.cli import main
from reportedly.config import Settings
from reportedly.records.claim import Claim, Statement
from reportedly.records.document import Document
from reportedly.records.grounding import Grounding
from reportedly.records.link import Link
from reportedly.records.report import Failure

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def read_pages() -> str:
    return "\n".join(page.read_text(encoding="utf-8") for page in PAGES)


def find_commands(group: click.Group, path: str = "reportedly") -> list[str]:
    found = []
    for name, command in group.commands.items():
        found.append(f"{path} {name}")
        if isinstance(command, click.Group):
            found.extend(find_commands(command, f"{path} {name}"))
    return found


@pytest.mark.parametrize("command", find_commands(main))
def test_every_command_is_documented(command: str) -> None:
    text = read_pages()
    assert command in text or command.removeprefix("reportedly ") in re.findall(r"`([^`]+)`", text), command


@pytest.mark.parametrize("setting", Settings.__struct_fields__)
def test_every_setting_is_documented_with_its_default(setting: str) -> None:
    rows = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8").splitlines()
    (row,) = [line for line in rows if line.startswith(f"| `{setting}` |")]
    default = getattr(Settings(), setting)
    if not isinstance(default, Path):
        written = "none" if default is None else str(default).removesuffix(".0")
        assert f"| {written} |" in row or f"| `{written}` |" in row


@pytest.mark.parametrize(
    ("name", "record"),
    [
        ("document", Document),
        ("claim", Claim),
        ("statement", Statement),
        ("grounding", Grounding),
        ("link", Link),
        ("failure", Failure),
    ],
)
def test_every_field_is_documented(name: str, record: type[msgspec.Struct]) -> None:
    lines = (ROOT / "docs" / "output.md").read_text(encoding="utf-8").splitlines()
    (row,) = [line for line in lines if line.startswith(f"| {name} |")]
    assert re.findall(r"`(\w+)`", row) == list(record.__struct_fields__)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


@pytest.mark.slow
def test_the_example_of_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    exec(compile(code, "README.md", "exec"), {})
    printed = capsys.readouterr().out
    assert "occurred ASSAULT" in printed
    assert "killed" in printed
