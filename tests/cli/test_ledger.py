"""The commands that write a ledger: what they print, how they end, what they refuse."""

import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from reportedly.adding import name_coding
from reportedly.cli import main
from reportedly.records.decision import Decision, Removal, Verdict, make_decision_id
from reportedly.records.link import Link, Relation, make_link_id
from reportedly.records.query import ClaimQuery
from reportedly.records.report import Report
from reportedly.records.stored import Sketch
from reportedly.store import Publisher, open_store
from tests.store.makers import Told, make_event, make_report

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"
SHELLED = Told("The army shelled rebels in Garrach, possibly killing 12, medics said.", killed=12)


@pytest.fixture
def reports() -> list[Report]:
    return [make_report([SHELLED], address=f"https://example.org/{number}") for number in range(2)]


@pytest.fixture
def db(tmp_path: Path, reports: list[Report]) -> str:
    """A ledger with two reports, without what they link to."""
    path = str(tmp_path / "ledger.db")
    fill(path, reports)
    return path


def fill(path: str, reports: list[Report]) -> None:
    with open_store(path) as store, store.writing() as writer:
        for report in reports:
            assert report.document is not None
            writer.add_report(report, Publisher())
            writer.put_sketches(name_coding(), [Sketch(report.document.id, None, (), b"")])


def run(db: str, *arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, [*arguments, "--db", db], input=stdin)


def ask(db: str, *arguments: str) -> object:
    result = run(db, *arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def find_id(report: Report) -> str:
    assert report.document is not None
    return report.document.id


def test_help_of_every_command_answers_without_a_database_library() -> None:
    script = (
        "import sys; from reportedly.cli import main; main(['decide', 'correct', '--help'], standalone_mode=False); "
    )
    script += "sys.exit(any(name in sys.modules for name in ('spacy', 'sqlalchemy', 'rich')))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("failures",), ("retry",), ("forget", "--list"), ("link",), ("recode",), ("decisions",), ("db", "info"),
        ("db", "check"), ("db", "upgrade"), ("decide", "reject", "abcd", "--reason", "x"),
    ],
)  # fmt: skip
def test_a_ledger_that_is_not_there_is_named_and_not_made(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    result = run(str(tmp_path / "none.db"), *arguments)
    assert result.exit_code == 2
    assert "none.db" in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_ledger_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("not a database at all, but notes of some length\n" * 50, encoding="utf-8")
    result = run(str(path), "db", "info")
    assert result.exit_code == 2
    assert "notes.db" in result.stderr


def test_the_database_is_named_by_option_environment_or_settings(
    db: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    assert runner.invoke(main, ["--db", db, "db", "info"]).exit_code == 0
    assert runner.invoke(main, ["db", "info"]).exit_code == 2
    assert runner.invoke(main, ["db", "info"], env={"REPORTEDLY_DB": db}).exit_code == 0
    (tmp_path / "reportedly.toml").write_text(f'db = "{db}"\n', encoding="utf-8")
    assert runner.invoke(main, ["db", "info"]).exit_code == 0
    assert runner.invoke(main, ["--db", "none.db", "db", "info", "--db", db]).exit_code == 0


def test_a_database_is_counted_and_checked(db: str) -> None:
    counts = ask(db, "db", "info")
    assert isinstance(counts, dict)
    assert (counts["documents"], counts["claims"], counts["decisions"]) == (2, 2, 0)
    assert run(db, "db", "check").exit_code == 0
    assert "up to date" in run(db, "db", "upgrade").stdout


def test_failures_are_listed_and_tried_again(db: str, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    assert run(db, "add", str(empty)).exit_code == 1
    result = run(db, "retry")
    assert result.exit_code == 1
    assert "not read" in result.stderr
    (failure,) = json.loads(run(db, "failures", "--json").stdout)
    assert (failure["tries"], failure["error"]) == (2, "empty-document")
    assert "2 tries" in run(db, "failures").stdout
    assert run(db, "retry", "none.txt").exit_code == 2
    assert run(db, "failures", "--drop", "none.txt").exit_code == 2
    assert "no failures" in run(db, "failures", "--drop", failure["address"]).stderr
    assert run(db, "retry").exit_code == 0


def test_hints_for_what_is_known_are_told_to_take_no_effect(tmp_path: Path) -> None:
    db = str(tmp_path / "ledger.db")
    page = tmp_path / "a.txt"
    page.write_text("The harbour is quiet.", encoding="utf-8")
    first = run(db, "add", str(page), "--published", "2025-01-01", "--publisher", "Gazette")
    assert first.exit_code == 0, first.stderr
    assert "no effect" not in first.stderr
    again = run(db, "add", str(page), "--published", "2025-01-02", "--publisher", "Herald", "--json")
    assert json.loads(again.stdout)["known"] == 1
    assert "--published and --publisher took no effect" in again.stderr
    assert "no effect" not in run(db, "add", str(page)).stderr


def test_forgetting_asks_and_is_on_record(db: str, reports: list[Report]) -> None:
    target = find_id(reports[0])[:10]
    assert run(db, "forget", target).exit_code == 2
    declined = run(db, "forget", target, "--reason", "asked to", stdin="n\n")
    assert declined.exit_code == 0
    assert declined.stderr.endswith("nothing was removed\n")
    unanswered = run(db, "forget", target, "--reason", "asked to", stdin="")
    assert unanswered.exit_code == 2
    assert unanswered.stderr.endswith("reportedly: nobody answers the question, and nothing was done\n")
    assert ask(db, "forget", "--list") == []
    result = run(db, "forget", target, "--reason", "asked to", "--who", "ann", stdin="y\n")
    assert result.exit_code == 0
    assert "removed with 1 claim" in result.stdout
    listed = run(db, "forget", "--list").stdout
    assert "ann: asked to" in listed
    assert "shelled" not in listed
    assert run(db, "forget", target, "--reason", "again", "--yes").exit_code == 2


def test_only_documents_are_forgotten(db: str, reports: list[Report]) -> None:
    result = run(db, "forget", reports[0].claims[0].id, "--reason", "x", "--yes")
    assert result.exit_code == 2
    assert "this is a claim" in result.stderr


def test_an_event_is_called_an_event(db: str, reports: list[Report]) -> None:
    with open_store(db) as store:
        with store.reading() as view:
            event = make_event(view.find_claims(ClaimQuery(claims=(reports[0].claims[0].id,))))
        with store.writing() as writer:
            writer.put_events([event])
    assert "this is an event, not a document" in run(db, "forget", event.id, "--reason", "x", "--yes").stderr
    assert "this is the id of an event" in run(db, "recode", "--document", event.id).stderr


@pytest.mark.parametrize("scheme", ["", "sqlite:///"])
def test_what_is_not_there_is_made_by_adding_alone(tmp_path: Path, scheme: str) -> None:
    path = tmp_path / "none.db"
    for command in (("link",), ("recode",), ("retry",), ("forget", "abcd", "--reason", "x", "--yes")):
        result = run(f"{scheme}{path}", *command)
        assert result.exit_code != 0
        assert "there is no database yet" in result.stderr
        assert not path.exists()


def test_decisions_of_a_later_release_are_listed(db: str, reports: list[Report]) -> None:
    later = Decision("", Verdict.CORRECT, (reports[0].claims[0].id,), "why", "ana", "2026-01-01", "mood", '"grim"')
    with open_store(db) as store, store.writing() as writer:
        writer.add_decision(msgspec.structs.replace(later, id=make_decision_id(later)))
    listed = run(db, "decisions")
    assert listed.exit_code == 0, listed.stderr
    assert 'mood "grim"' in listed.stdout


def test_decisions_are_taken_listed_and_undone(db: str, reports: list[Report]) -> None:
    claim = reports[0].claims[0].id
    result = run(db, "decide", "correct", claim[:8], "status", "planned", "--reason", "it says so", "--who", "ann")
    assert result.exit_code == 0, result.stderr
    assert "status planned" in result.stdout
    (decision,) = json.loads(run(db, "decisions", claim, "--json").stdout)
    assert (decision["verdict"], decision["who"], decision["state"]) == ("correct", "ann", "applied")
    assert run(db, "decide", "undo", decision["id"], "--reason", "no").exit_code == 0
    listed = ask(db, "decisions")
    assert isinstance(listed, list)
    assert [item["state"] for item in listed] == ["undone", "applied"]
    assert "[undone]" in run(db, "decisions").stdout
    assert ask(db, "decisions", "--waiting") == []


def test_whatever_may_move_events_asks_for_linking(db: str, reports: list[Report]) -> None:
    claim = reports[0].claims[0].id
    hint = "`reportedly link` brings events and stories up to date.\n"

    def decide(*arguments: str) -> str:
        result = run(db, "decide", *arguments, "--reason", "so")
        assert result.exit_code == 0, result.stderr
        return result.stderr

    assert decide("accept", claim) == ""
    assert decide("correct", claim, "status", "planned") == hint
    assert decide("accept", claim) == ""
    assert decide("correct", claim, "status", "planned") == (
        f"Nothing changes: status of {claim} says so already; no decision was recorded.\n"
    )
    assert decide("reject", claim) == hint
    assert decide("accept", claim) == hint


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("correct", "CLAIM", "status", "asleep", "--reason", "x"), "occurred"),
        (("correct", "CLAIM", "wings", "2", "--reason", "x"), "figures.KEY"),
        (("reject", "DOCUMENT", "--reason", "x"), "claim or link"),
        (("reject", "CLAIM", "--reason", " "), "reason"),
        (("reject", "CLAIM"), "--reason"),
        (("reject", "0000000000", "--reason", "x"), "0000000000"),
    ],
)
def test_what_cannot_be_decided_is_told(db: str, reports: list[Report], arguments: tuple[str, ...], told: str) -> None:
    ids = {"CLAIM": reports[0].claims[0].id, "DOCUMENT": find_id(reports[0])}
    result = run(db, "decide", *(ids.get(item, item) for item in arguments))
    assert result.exit_code == 2
    assert told in result.stderr
    assert ask(db, "decisions") == []


def test_links_are_rejected_by_id(db: str, reports: list[Report]) -> None:
    link = Link(reports[0].claims[0].id, reports[1].claims[0].id, Relation.SAME_EVENT, 0.9, "rule:events", "same")
    with open_store(db) as store, store.writing() as writer:
        writer.put_links([link])
    assert run(db, "decide", "reject", make_link_id(link)[:8], "--reason", "two towns").exit_code == 0
    with open_store(db, read_only=True) as store, store.reading() as view:
        assert make_link_id(link) not in {item.id for item in view.find_links([link.left])}


def test_another_ledger_is_brought_in_once(db: str, tmp_path: Path) -> None:
    other = str(tmp_path / "other.db")
    fill(other, [make_report([SHELLED], address="https://example.org/9")])
    assert "1 document (1 claim)" in run(db, "merge", other).stdout
    summary = ask(db, "merge", other)
    assert isinstance(summary, dict)
    assert (summary["documents"], summary["known"]) == (0, 1)
    assert run(db, "merge", str(tmp_path / "none.db")).exit_code == 2
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("words", [None, "alias ll='ls -l'\n"])
def test_what_is_no_ledger_to_bring_in_is_told_without_advice_for_another(
    db: str, tmp_path: Path, words: str | None
) -> None:
    other = tmp_path / "env.sh"
    if words is not None:
        other.write_text(words, encoding="utf-8")
    result = run(db, "merge", str(other))
    assert result.exit_code == 2
    why = "there is no such file" if words is None else "this is no ledger"
    assert result.stderr.startswith(f"reportedly: {other}: {why}; name the ")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.slow
def test_the_examples_are_added_linked_and_recoded(tmp_path: Path) -> None:
    db = str(tmp_path / "ledger.db")
    inputs = [str(path) for path in sorted(EXAMPLES.glob("*.*"))]
    result = run(db, "add", *inputs, "--link")
    assert result.exit_code == 0, result.stderr
    assert "8 documents added" in result.stdout
    assert "linked" in result.stdout
    summary = ask(db, "add", *inputs)
    assert summary == {
        "added": 0, "version": 0, "known": 8, "removed": 0, "failed": 0, "claims": 0, "outdated": False,
    }  # fmt: skip
    before = ask(db, "db", "info")
    recoded = ask(db, "recode", "--all", "--diff")
    assert isinstance(recoded, dict)
    assert (recoded["documents"], recoded["came"], recoded["went"], recoded["changed"]) == (8, 0, 0, 0)
    assert recoded["diffs"] == []
    assert ask(db, "db", "info") == before
    assert run(db, "recode").exit_code == 0


@pytest.mark.slow
def test_recoding_prints_what_changed(tmp_path: Path) -> None:
    db = str(tmp_path / "ledger.db")
    page = tmp_path / "a.txt"
    page.write_text("Rebels shelled the town of Oldport on Friday, killing 12 people.", encoding="utf-8")
    assert run(db, "add", str(page)).exit_code == 0
    with open_store(db) as store:
        with store.reading() as view:
            report = view.get_report(view.find_heads()[0].id)
        with store.writing() as writer:
            bare = tuple(msgspec.structs.replace(claim, figures=()) for claim in report.claims)
            writer.replace_report(msgspec.structs.replace(report, claims=bare))
    result = run(db, "recode", "--document", find_id(report)[:8], "--diff", "--dry-run")
    assert "figures.killed: (none) -> 12" in result.stdout
    assert "1 document compared: 0 claims the same, 1 changed, 0 came, 0 went" in result.stdout
    diffs = ask(db, "recode", "--document", find_id(report)[:8], "--diff")
    assert isinstance(diffs, dict)
    assert diffs["diffs"][0]["changed"][0]["fields"] == [{"field": "figures.killed", "before": "", "after": "12"}]
    assert run(db, "recode", "--document", report.claims[0].id).exit_code == 2


def test_a_correction_that_changes_nothing_is_told(db: str, reports: list[Report]) -> None:
    claim = reports[0].claims[0].id
    result = run(db, "decide", "correct", claim, "status", "occurred", "--reason", "so")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"Nothing changes: status of {claim} says so already; no decision was recorded.\n"
    assert ask(db, "decide", "correct", claim, "status", "occurred", "--reason", "so") == []
    assert ask(db, "decisions") == []


def test_a_merge_names_what_it_left_out(tmp_path: Path, db: str) -> None:
    other = str(tmp_path / "other.db")
    with open_store(other) as store, store.writing() as writer:
        writer.add_removal(Removal("no-id", writer.recorded, "ann", "asked to", 0))
    result = run(db, "merge", other)
    assert result.exit_code == 1
    assert result.stderr == f"{other}: removal 'no-id' is left out: 'no-id' is no id (20 hexadecimal characters)\n"
    assert result.stdout.startswith("0 documents")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "\udcffaaaa"), "is no id"),
        (("decide", "reject", "CLAIM", "--reason", "\udcff"), "--reason: '\\udcff' holds bytes that are no text"),
        (("decide", "reject", "CLAIM", "--reason", "x", "--who", "\udcff"), "--who: '\\udcff' holds bytes"),
        (("decide", "correct", "CLAIM", "actors", "\udcff", "--reason", "x"), "the value: '\\udcff' holds bytes"),
        (("decide", "correct", "CLAIM", "figures.killed", "9" * 23, "--reason", "x"), "is more than anything counts"),
        (("forget", "DOCUMENT", "--reason", "\udcff", "--yes"), "--reason: '\\udcff' holds bytes"),
    ],
)
def test_what_no_database_keeps_is_refused(
    db: str, reports: list[Report], arguments: tuple[str, ...], said: str
) -> None:
    names = {"CLAIM": reports[0].claims[0].id, "DOCUMENT": find_id(reports[0])}
    result = run(db, *(names.get(item, item) for item in arguments))
    assert result.exit_code == 2
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert ask(db, "decisions") == []
    assert ask(db, "forget", "--list") == []


def test_a_publisher_that_is_no_text_is_refused(tmp_path: Path) -> None:
    result = run(str(tmp_path / "none.db"), "add", "x.txt", "--publisher", "\udcff")
    assert result.exit_code == 2
    assert "no text in UTF-8" in result.stderr
