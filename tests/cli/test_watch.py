"""What a ledger answers: what is new, and a brief."""

import json
import tomllib
from pathlib import Path

import click
import msgspec
import pytest
from click.testing import CliRunner, Result

from reportedly.cli import main
from reportedly.cli.watch import join_situation
from reportedly.config import Settings
from reportedly.records.brief import Brief
from reportedly.records.change import ChangeKind, Changes
from reportedly.records.ontology import EventType
from reportedly.records.query import ClaimOrder, ClaimQuery
from reportedly.store import open_store
from tests.write.ledger import fill
from tests.write.world import name_claim

STRIKE = name_claim("strike")


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Six linked reports, in a working folder that saves two questions."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reportedly.toml").write_text(
        '[situations.talks]\ntypes = ["consult"]\n[situations.broken]\nwings = "2"\n', encoding="utf-8"
    )
    path = str(tmp_path / "ledger.db")
    with open_store(path) as store:
        fill(store)
    return path


def run(db: str, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--db", db])


def ask(db: str, *arguments: str) -> Changes:
    result = run(db, "diff", *arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return msgspec.json.decode(result.stdout_bytes, type=Changes)


def test_everything_is_new_since_before_the_first_report(db: str) -> None:
    found = ask(db, "--since", "2025-11-01")
    assert (found.documents, found.copies) == (6, 1)
    assert {change.event for change in found.changes} == {STRIKE, name_claim("talks-ev")}
    assert {change.kind for change in found.changes} == {ChangeKind.NEW_EVENT}


def test_nothing_is_new_since_the_last_report(db: str) -> None:
    assert ask(db, "--since", "2025-11-11").changes == ()
    assert "Nothing new" in run(db, "diff", "--since", "2025-11-11").stdout
    assert ask(db, "--since", "2025-11-01", "--as-of", "2025-11-09").changes == ()


def test_what_is_new_is_narrowed_by_filters_and_by_a_saved_question(db: str) -> None:
    assert {change.event for change in ask(db, "--since", "2025-11-01", "--type", "assault").changes} == {STRIKE}
    found = ask(db, "--since", "2025-11-01", "--situation", "talks")
    assert found.situation == "talks"
    assert {change.event for change in found.changes} == {name_claim("talks-ev")}
    assert {change.event for change in ask(db, "--since", "2025-11-01", "--event", STRIKE[:8]).changes} == {STRIKE}


def test_what_is_given_beside_a_saved_question_wins(db: str) -> None:
    found = ask(db, "--since", "2025-11-01", "--situation", "talks", "--type", "assault")
    assert {change.event for change in found.changes} == {STRIKE}


@pytest.mark.parametrize(
    ("saved", "query"),
    [
        ("published_since = 2025-03-01", ClaimQuery(published_since="2025-03-01")),
        ("published_until = 2025", ClaimQuery(published_until="2025-12-31")),
        ("recorded_since = 2025-03-01T08:00:00+01:00", ClaimQuery(recorded_since="2025-03-01T07:00:00.000000Z")),
        ("places = [3646738]", ClaimQuery(places=("geonames:3646738",))),
        ('types = "assault"\nlatest = true', ClaimQuery(types=(EventType.ASSAULT,), latest=True)),
        ('order = "latest"\nlimit = 5', ClaimQuery(order=ClaimOrder.LATEST, limit=5)),
    ],
)
def test_a_saved_question_is_read_as_it_is_naturally_written(saved: str, query: ClaimQuery) -> None:
    settings = Settings(situations={"mine": tomllib.loads(saved)})
    assert join_situation(settings, "mine", ClaimQuery()) == query


@pytest.mark.parametrize(
    ("saved", "named"),
    [
        ("types = [true]", "types: "),
        ("publishers = {name = 1}", "publishers: "),
        ('hedged = "yes"', "hedged: 'yes' does not fit: Expected `bool | null`, got `str`"),
        ('limit = "x"', "limit: 'x' does not fit"),
        ("limit = 0", "limit: 0 does not fit"),
        ('order = "best"', "order: 'best' does not fit"),
        ("since = 2025-03-01T08:00:00", "--since: '2025-03-01T08:00:00' is no day"),
        ("text = 1.5", "text: 1.5 does not fit"),
        ("parties = [08:00:00]", "parties: "),
        ('events = ""', "--event: nothing is given"),
    ],
)
def test_a_saved_question_that_cannot_be_read_is_named_with_its_filter(saved: str, named: str) -> None:
    settings = Settings(situations={"mine": tomllib.loads(saved)})
    with pytest.raises(click.BadParameter) as caught:
        join_situation(settings, "mine", ClaimQuery())
    assert f"--situation: 'mine', {named}" in caught.value.format_message()


def test_what_is_new_is_printed_under_its_event(db: str) -> None:
    printed = run(db, "diff", "--since", "2025-11-01").stdout
    assert "NEW EVENTS (2)" in printed
    assert "Ross warplanes struck Port Selim" in printed
    assert STRIKE[:8] in printed


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("diff",), "--since"),
        (("diff", "--since", "soon"), "--since"),
        (("diff", "--since", "7d", "--situation", "none"), "broken, talks"),
        (("diff", "--since", "7d", "--situation", "broken"), "wings"),
        (("brief", "--situation", ""), "talks"),
        (("brief", "--situation", "none"), "talks"),
        (("brief", "--event", "ffffffff"), "ffffffff"),
        (("brief", "--format", "pdf"), "markdown"),
    ],
)
def test_what_cannot_be_answered_is_told(db: str, arguments: tuple[str, ...], told: str) -> None:
    result = run(db, *arguments)
    assert result.exit_code == 2
    assert told in result.stderr


@pytest.mark.parametrize("arguments", [("diff", "--since", "7d"), ("brief",)])
def test_a_ledger_that_is_not_there_is_named_and_not_made(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    result = run(str(tmp_path / "none.db"), *arguments)
    assert result.exit_code == 2
    assert "none.db" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_brief_is_written_in_three_forms(db: str, tmp_path: Path) -> None:
    brief = msgspec.json.decode(run(db, "brief", "--format", "json").stdout_bytes, type=Brief)
    assert brief.title == "Brief"
    sentences = [s for section in brief.sections for item in section.items for s in item.sentences]
    assert sentences
    markdown = run(db, "brief", "--title", "Port Selim").stdout
    assert markdown.startswith("# Port Selim\n")
    page = tmp_path / "brief.html"
    result = run(db, "brief", "--format", "html", "-o", str(page))
    assert result.exit_code == 0
    assert result.stdout == ""
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_brief_of_a_saved_question_has_its_name(db: str) -> None:
    brief = json.loads(run(db, "brief", "--situation", "talks", "--format", "json").stdout)
    assert brief["title"] == "talks"
    assert {item["event"] for section in brief["sections"] for item in section["items"]} <= {name_claim("talks-ev")}


def test_a_brief_that_cannot_be_written_says_so(db: str, tmp_path: Path) -> None:
    result = run(db, "brief", "-o", str(tmp_path / "none" / "brief.md"))
    assert result.exit_code == 2
    assert "brief.md" in result.stderr


@pytest.mark.slow
def test_a_brief_of_the_example_ledger(example_ledger: str) -> None:
    result = run(example_ledger, "brief", "--place", "area:ostrel")
    assert result.exit_code == 0, result.stderr
    assert "## Citations" in result.stdout


@pytest.mark.slow
def test_what_was_taken_back_is_not_counted_and_what_was_put_right_not_given(example_ledger: str) -> None:
    told = run(example_ledger, "brief").stdout.partition("## Citations")[0]
    counts = [line for line in told.splitlines() if " reports tell of " in line]
    assert counts
    assert not any("Coastal Herald, 2025-03-18" in line for line in counts)
    assert "Dead: at least 14" in told
    assert "; 37, according to" not in told


def test_a_brief_is_not_written_over_a_ledger(db: str) -> None:
    before = Path(db).read_bytes()
    result = run(db, "brief", "-o", db)
    assert result.exit_code == 2
    assert result.stderr == f"reportedly: {db}: this is a database; write elsewhere, or remove it first\n"
    assert Path(db).read_bytes() == before
