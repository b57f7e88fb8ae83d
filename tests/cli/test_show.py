"""The commands that look at a ledger: what they list, show, narrow and refuse."""

import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from reportedly.cli import main
from reportedly.records.document import Document
from reportedly.records.event import Event, Story, VoiceRecord
from reportedly.records.query import Hit
from reportedly.records.stored import StoredClaim
from reportedly.store import open_store
from tests.write.ledger import fill
from tests.write.world import name_claim

HIT, STRIKE, STORY, ATTACK = (name_claim(label) for label in ("hit", "strike", "story", "attack"))
LISTS = ("claims", "events", "stories", "sources")


@pytest.fixture
def db(tmp_path: Path) -> str:
    """Six linked reports."""
    path = str(tmp_path / "ledger.db")
    with open_store(path) as store:
        fill(store)
    return path


@pytest.fixture
def unlinked(tmp_path: Path) -> str:
    path = str(tmp_path / "unlinked.db")
    with open_store(path) as store:
        fill(store, linked=False)
    return path


@pytest.fixture
def empty(tmp_path: Path) -> str:
    path = str(tmp_path / "empty.db")
    with open_store(path):
        pass
    return path


def run(db: str, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--db", db])


def ask(db: str, *arguments: str) -> bytes:
    result = run(db, *arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return result.stdout_bytes


def test_answers_in_json_are_the_records(db: str) -> None:
    assert len(msgspec.json.decode(ask(db, "claims"), type=list[StoredClaim])) == 7
    assert [event.id for event in msgspec.json.decode(ask(db, "events"), type=list[Event])][1] == STRIKE
    assert [story.id for story in msgspec.json.decode(ask(db, "stories"), type=list[Story])] == [STORY]
    assert {voice.name for voice in msgspec.json.decode(ask(db, "sources"), type=list[VoiceRecord])} >= {
        "=Evil Gazette"
    }
    assert [hit.document for hit in msgspec.json.decode(ask(db, "search", "hospital"), type=list[Hit])] == [ATTACK]
    assert msgspec.json.decode(ask(db, "show", HIT), type=StoredClaim).claim.id == HIT
    assert msgspec.json.decode(ask(db, "show", STRIKE[:6]), type=Event).id == STRIKE
    assert msgspec.json.decode(ask(db, "show", STORY), type=Story).id == STORY
    assert msgspec.json.decode(ask(db, "show", ATTACK), type=Document).id == ATTACK


@pytest.mark.parametrize("command", LISTS)
def test_lists_are_plain_where_they_are_piped(db: str, command: str) -> None:
    result = run(db, command)
    assert result.exit_code == 0
    assert result.stdout
    assert "\x1b" not in result.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="pipes are those of POSIX")
@pytest.mark.parametrize("arguments", [("events",), ("events", "--json")])
def test_a_reader_that_goes_away_ends_a_list_quietly(db: str, arguments: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "reportedly", *arguments, "--db", db]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.wait(timeout=60) == 141
        assert process.stderr.read() == b""


def test_names_that_no_claim_has_are_told(db: str) -> None:
    result = run(
        db, "claims", "--party", "Norway,Hamas", "--publisher", "Coast Dayly", "--voice", "=Evil Gazette", "--json"
    )
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        "--party: no claim of the ledger has Hamas",
        "--publisher: no claim of the ledger has Coast Dayly",
        "nothing fits",
    ]


def test_pages_neither_skip_nor_repeat(db: str) -> None:
    seen: list[str] = []
    more: tuple[str, ...] = ()
    while True:
        found = msgspec.json.decode(ask(db, "claims", "--limit", "2", *more), type=list[StoredClaim])
        if not found:
            break
        seen += [item.claim.id for item in found]
        more = ("--after", found[-1].claim.id[:12])
    every = [item.claim.id for item in msgspec.json.decode(ask(db, "claims"), type=list[StoredClaim])]
    assert seen == every


def test_a_page_says_that_there_is_more_and_how_to_turn_it(db: str) -> None:
    result = run(db, "claims", "--limit", "2")
    assert "2 shown, there are more: narrow the filters, raise --limit, or go on with --after " in result.stderr
    assert run(db, "claims", "--limit", "2", "--json").stderr == result.stderr
    assert "there are more" not in run(db, "claims").stderr
    more = run(db, "events", "--limit", "1").stderr
    assert more == "1 shown, there are more: narrow the filters or raise --limit\n"


@pytest.mark.parametrize(
    ("filters", "labels"),
    [
        (("--status", "denied"), {"deny"}),
        (("--event", STRIKE[:8], "--originals"), {"plan1", "deny", "hit", "toll"}),
        (("--document", ATTACK[:8]), {"hit"}),
        (("--claim", HIT[:8]), {"hit"}),
        (("--story", STORY[:8], "--status", "occurred"), {"hit", "toll"}),
        (("--publisher", "Coast Daily"), {"plan2", "toll"}),
        (("--hedged",), {"plan1"}),
        (("--text", "hospital"), {"hit"}),
        (("--type", "sanction"), set()),
    ],
)
def test_filters_narrow_claims(db: str, filters: tuple[str, ...], labels: set[str]) -> None:
    found = msgspec.json.decode(ask(db, "claims", *filters), type=list[StoredClaim])
    assert {item.claim.id for item in found} == {name_claim(label) for label in labels}


@pytest.mark.parametrize(
    ("narrowed", "labels"),
    [
        ((), ["talks-ev", "strike"]),
        (("--in-tension",), ["strike"]),
        (("--min-voices", "2"), ["strike"]),
        (("--min-voices", "4"), []),
        (("--retracted",), []),
        (("--type", "consult"), ["talks-ev"]),
    ],
)
def test_events_are_narrowed_by_who_stands_behind_them(db: str, narrowed: tuple[str, ...], labels: list[str]) -> None:
    found = msgspec.json.decode(ask(db, "events", *narrowed), type=list[Event])
    assert [event.id for event in found] == [name_claim(label) for label in labels]


@pytest.mark.parametrize(
    ("narrowed", "count"),
    [
        (("--since", "2025-11-05"), 1),
        (("--since", "2025-11-06"), 0),
        (("--until", "2025-10"), 0),
        (("--text", "hospital"), 1),
        (("--text", "trawler"), 0),
        (("--text", "hospital", "--since", "2025-12"), 0),
    ],
)
def test_stories_are_narrowed_by_days_and_words(db: str, narrowed: tuple[str, ...], count: int) -> None:
    assert len(json.loads(ask(db, "stories", *narrowed))) == count


def test_the_record_as_it_stood_before_anything_was_recorded_is_empty(db: str) -> None:
    for command in (*LISTS, "search"):
        words = ("hospital",) if command == "search" else ()
        assert json.loads(ask(db, command, *words, "--as-of", "2025-11-09")) == []
        assert json.loads(ask(db, command, *words, "--as-of", "2025-11-10T09:00")) != []
    assert run(db, "show", HIT, "--as-of", "2025-11-09").exit_code == 2


def test_a_claim_is_shown_in_its_words(db: str) -> None:
    shown = " ".join(run(db, "show", HIT[:8]).stdout.split())
    assert "struck Port Selim on Monday, killing at least 13 people" in shown
    assert "the city hospital" in shown
    assert "HOW CLAIMS STAND TO EACH OTHER" in shown


def test_the_links_of_a_record_are_in_its_json(db: str) -> None:
    for name in (HIT, STRIKE, ATTACK):
        with open_store(db, read_only=True) as store, store.reading() as view:
            ends = view.get_event(STRIKE).claims if name == STRIKE else [name]
            known = {stored.id for stored in view.find_links(ends)}
        assert {link["id"] for link in json.loads(ask(db, "show", name))["links"]} == known
    assert json.loads(ask(db, "show", STRIKE))["links"]


def test_an_event_is_shown_with_its_life_voices_and_tolls(db: str) -> None:
    shown = run(db, "show", STRIKE).stdout
    assert [shown.index(words) for words in ("LIFE", "WHO STANDS BEHIND IT", "KILLED", "CLAIMS (5)")] == sorted(
        shown.index(words) for words in ("LIFE", "WHO STANDS BEHIND IT", "KILLED", "CLAIMS (5)")
    )
    assert "Coast Daily copies Harbour Wire" in shown


def test_a_document_names_what_it_was_taken_from_once(db: str) -> None:
    shown = run(db, "show", name_claim("daily")).stdout
    assert shown.count("taken from Harbour Wire") == 1
    assert "WHAT CHANGED ON THE WAY" in shown
    assert "taken over by Coast Daily" in run(db, "show", name_claim("wire")).stdout


@pytest.mark.parametrize("command", [*LISTS, "search", "show"])
def test_a_ledger_that_is_not_there_is_named_and_not_made(tmp_path: Path, command: str) -> None:
    words = ("abcd",) if command in ("search", "show") else ()
    result = run(str(tmp_path / "none.db"), command, *words)
    assert result.exit_code == 2
    assert "none.db" in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [*LISTS, "search"])
def test_an_empty_ledger_has_nothing_that_fits(empty: str, command: str) -> None:
    words = ("Temrin",) if command == "search" else ()
    result = run(empty, command, *words)
    assert result.exit_code == 0
    assert (result.stdout, result.stderr) == ("", "nothing fits\n")
    assert json.loads(ask(empty, command, *words)) == []


@pytest.mark.parametrize("command", ["events", "stories"])
def test_a_ledger_that_is_not_linked_says_so(unlinked: str, empty: str, command: str) -> None:
    assert "run `reportedly link`" in run(unlinked, command).stderr
    assert "run `reportedly link`" not in run(empty, command).stderr
    assert "not linked yet" in run(unlinked, "show", HIT).stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("show", "ffffffff"), "ffffffff"),
        (("show", "ff"), "too short"),
        (("claims", "--event", HIT), "no event"),
        (("claims", "--claim", "ffffffff"), "ffffffff"),
        (("claims", "--status", "asleep"), "Allowed"),
        (("claims", "--since", "yesterday"), "2025-10-31"),
        (("events", "--min-voices", "0"), "--min-voices"),
        (("stories", "--since", "soon"), "--since"),
        (("claims", "--as-of", "soon"), "--as-of"),
        (("claims", "--as-of", ""), "nothing is given"),
        (("stories", "--since", "2025-06", "--until", "2025-05"), "2025-05-31 lies before 2025-06-01"),
        (("stories", "--text", ""), "nothing is given"),
        (("search", '"'), "quotation mark"),
        (("search", "OR"), "no word"),
        (("search",), "WORDS"),
    ],
)
def test_what_cannot_be_answered_is_told(db: str, arguments: tuple[str, ...], told: str) -> None:
    result = run(db, *arguments)
    assert result.exit_code == 2
    assert told in result.stderr
    assert "Traceback" not in result.stderr


def test_an_id_cut_too_short_to_tell_names_what_it_could_be(db: str) -> None:
    """The claims "plan1" and "plan2" begin alike."""
    result = run(db, "show", name_claim("plan1")[:8])
    assert result.exit_code == 2
    assert name_claim("plan1") in result.stderr
    assert name_claim("plan2") in result.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        ("claims",), ("events",), ("stories",), ("sources",), ("search", "Temrin"), ("claims", "--party", "XTV"),
        ("events", "--in-tension"), ("events", "--min-voices", "3"), ("sources", "--status", "planned"),
    ],
)  # fmt: skip
def test_the_example_ledger_answers(example_ledger: str, arguments: tuple[str, ...]) -> None:
    assert json.loads(ask(example_ledger, *arguments))
    assert run(example_ledger, *arguments).exit_code == 0


@pytest.mark.slow
def test_everything_in_the_example_ledger_can_be_shown(example_ledger: str) -> None:
    with open_store(example_ledger, read_only=True) as store, store.reading() as view:
        ids = [
            *(head.id for head in view.find_heads()[:20]),
            *(event.id for event in view.find_events(limit=20)),
            *(story.id for story in view.find_stories(limit=5)),
            *(stored.id for stored in view.find_links(limit=2)),
        ]
    for name in ids:
        result = run(example_ledger, "show", name)
        assert result.exit_code == 0, (name, result.stderr)
        assert result.stdout
