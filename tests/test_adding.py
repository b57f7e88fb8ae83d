"""Adding to a ledger: one outcome a document, nothing read twice, failures kept and tried again."""

import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import count as count_up
from pathlib import Path

import msgspec
import pytest

from reportedly.adding import (
    BATCH,
    Added,
    AddSummary,
    Outcome,
    add_inputs,
    chunk_by_time,
    find_publisher,
    name_chain,
    name_coding,
    retry_failures,
    settle_credit,
)
from reportedly.config import Settings
from reportedly.errors import NotFoundError
from reportedly.ground.publishers import open_publishers
from reportedly.pipeline import clean_all
from reportedly.records.decision import Removal
from reportedly.records.document import Document, Publication, TimePrecision
from reportedly.records.query import ClaimQuery
from reportedly.records.report import Failure, Report
from reportedly.store import Publisher, Store, open_store

UNREADABLE = Settings(model="no-such-model", processes=1)
"""With these nothing can be read, so what goes well did not ask for the language model."""
TEXT = "Rebels shelled the town of Oldport on Friday, killing {} people, medics said."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three reports and a file that is none."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(TEXT.format(number + 2), encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    return folder


@pytest.fixture
def db(tmp_path: Path) -> str:
    return str(tmp_path / "ledger.db")


def store_unread(store: Store, *inputs: str) -> list[Document]:
    """Keep documents as reading would, but without claims."""
    documents = [item for item in clean_all(inputs, Settings()) if isinstance(item, Document)]
    with store.writing() as writer:
        for document in documents:
            writer.add_report(Report(document), Publisher(), name_chain(document))
    return documents


def read_nothing(items: Iterable[Document | Report], _settings: Settings) -> Iterator[Report]:
    """Give documents without claims, so that no language model is asked for."""
    for item in items:
        yield Report(item) if isinstance(item, Document) else item


def count(items: list[Added]) -> Counter[str]:
    return Counter(item.outcome.value for item in items)


def test_what_is_known_is_not_read_again(folder: Path, db: str) -> None:
    with open_store(db) as store:
        store_unread(store, str(folder))
        found = list(add_inputs([str(folder)], store, UNREADABLE))
        assert count(found) == {"known": 3, "failed": 1}
        assert [Path(item.address).name for item in found] == ["0.txt", "1.txt", "2.txt", "empty.txt"]
        with store.reading() as view:
            assert view.count().documents == 3


def test_what_was_removed_is_refused_unread(folder: Path, db: str) -> None:
    with open_store(db) as store:
        document = store_unread(store, str(folder / "0.txt"))[0]
        with store.writing() as writer:
            writer.forget(Removal(document.id, writer.recorded, "ann", "asked to", 0))
        (item,) = add_inputs([str(folder / "0.txt")], store, UNREADABLE)
        assert item.outcome is Outcome.REMOVED
        with store.reading() as view:
            assert view.count().documents == 0


def test_failures_are_kept_counted_and_resolved(folder: Path, db: str) -> None:
    bad = folder / "empty.txt"
    with open_store(db) as store:
        for _ in range(2):
            (item,) = add_inputs([str(bad)], store, UNREADABLE)
            assert item.failure is not None
        with store.reading() as view:
            (failure,) = view.find_failures()
        assert (failure.tries, failure.failure.stage, failure.failure.error) == (2, "acquire", "empty-document")
        bad.write_text(TEXT.format(9), encoding="utf-8")
        store_unread(store, str(bad))
        with store.writing() as writer:
            writer.add_failure(failure.failure)
        (item,) = retry_failures([], store, UNREADABLE)
        assert item.outcome is Outcome.KNOWN
        with store.reading() as view:
            assert view.find_failures() == []


def test_only_failures_on_record_can_be_tried_again(folder: Path, db: str) -> None:
    with open_store(db) as store:
        list(add_inputs([str(folder / "empty.txt"), str(folder / "none.txt")], store, UNREADABLE))
        with pytest.raises(NotFoundError, match=r"other\.txt"):
            list(retry_failures(["other.txt"], store, UNREADABLE))
        (item,) = retry_failures([str(folder / "none.txt")], store, UNREADABLE)
        assert item.address.endswith("none.txt")
        with store.reading() as view:
            assert sorted(item.tries for item in view.find_failures()) == [1, 2]


def test_a_record_is_tried_again_in_its_file_alone(tmp_path: Path, db: str) -> None:
    lines = tmp_path / "lines.jsonl"
    lines.write_text('{"id": "a", "text": ""}\n{"id": "b", "text": ""}\n', encoding="utf-8")
    with open_store(db) as store:
        assert len(list(add_inputs([str(lines)], store, UNREADABLE))) == 2
        (item,) = retry_failures([f"{lines}#line-2"], store, UNREADABLE)
        assert item.address == f"{lines}#line-2"


def test_a_record_that_was_mended_comes_in_under_its_id(
    tmp_path: Path, db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportedly.adding.read_documents", read_nothing)
    lines = tmp_path / "lines.jsonl"
    first = json.dumps({"id": "1", "text": TEXT.format(2)})
    lines.write_text(f"{first}\nbroken\n", encoding="utf-8")
    with open_store(db) as store:
        assert count(list(add_inputs([str(lines)], store, UNREADABLE))) == {"added": 1, "failed": 1}
        lines.write_text(f"{first}\n{json.dumps({'id': '2', 'text': TEXT.format(3)})}\n", encoding="utf-8")
        (item,) = retry_failures([], store, UNREADABLE)
        assert (item.address, item.outcome) == (f"{lines}#2", Outcome.ADDED)
        with store.reading() as view:
            assert view.find_failures() == []
            assert view.count().documents == 2


def test_a_record_whose_file_cannot_be_read_stays_a_failure(tmp_path: Path, db: str) -> None:
    lines = tmp_path / "lines.jsonl"
    lines.write_text('{"id": "a", "text": ""}\n{"id": "b", "text": ""}\n', encoding="utf-8")
    with open_store(db) as store:
        assert len(list(add_inputs([str(lines)], store, UNREADABLE))) == 2
        lines.write_bytes(b"")
        for tries in (1, 2):
            (item,) = retry_failures([], store, UNREADABLE)
            assert (item.address, item.outcome) == (str(lines), Outcome.FAILED)
            with store.reading() as view:
                failures = {item.failure.address: item.tries for item in view.find_failures()}
            assert failures == {str(lines): tries, f"{lines}#line-1": 1, f"{lines}#line-2": 1}


def test_what_came_through_a_pipe_is_not_looked_for(db: str) -> None:
    with open_store(db) as store:
        with store.writing() as writer:
            writer.add_failure(Failure("stdin#3", "acquire", "record", "no text"))
        assert list(retry_failures([], store, UNREADABLE)) == []
        with store.reading() as view:
            assert len(view.find_failures()) == 1


def test_another_text_in_the_same_line_is_no_version(tmp_path: Path, db: str) -> None:
    lines = tmp_path / "lines.jsonl"
    with open_store(db) as store:
        for text in ("Rebels shelled Oldport.", "Police arrested a man."):
            lines.write_text(json.dumps({"text": text}) + "\n", encoding="utf-8")
            store_unread(store, str(lines))
        with store.reading() as view:
            heads = view.find_heads()
            assert len(heads) == 2
            assert all(head.previous is None and head.superseded is None for head in heads)


@pytest.mark.parametrize(
    ("publisher", "address", "expected"),
    [
        ("Reuters", None, Publisher("Reuters", "Thomson Reuters")),
        (None, "https://www.reuters.com/world/x", Publisher("Reuters", "Thomson Reuters")),
        ("The Harbour Wire", "https://harbour.example/x", Publisher("The Harbour Wire", "The Harbour Wire")),
        (None, "reports/reuters.com.txt", Publisher()),
        ("TASS", None, Publisher("TASS", "Russian state media", "RUS")),
    ],
)
def test_publishers_are_known_by_name_or_host(publisher: str | None, address: str | None, expected: Publisher) -> None:
    document = Document(
        id="d",
        text="x",
        publisher=publisher,
        address=address,
        published=Publication("2025-10-31", TimePrecision.DAY, False, "given", True),
    )
    found = find_publisher(document, open_publishers(Settings()))
    assert (found.name, found.state) == (expected.name, expected.state)
    assert (found.family is None) == (expected.family is None)


@pytest.mark.parametrize(
    ("publisher", "address", "credit", "expected"),
    [
        ("Iraqi News Agency", None, "INA", "Iraqi News Agency"),
        (None, "https://ina.iq/x", "INA", "Iraqi News Agency"),
        ("Iraqi News Agency", None, "Reuters", "Reuters"),
        ("The Harbour Wire", None, "HW", "HW"),
    ],
)
def test_who_signs_in_short_is_credited_to_itself(
    publisher: str | None, address: str | None, credit: str, expected: str
) -> None:
    document = Document(id="d", text="x", publisher=publisher, address=address, credit=credit)
    assert settle_credit(document, open_publishers(Settings())).credit == expected


def test_batches_are_full_or_a_few_seconds_old(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(map(len, chunk_by_time(range(2 * BATCH + 1)))) == [BATCH, BATCH, 1]
    assert list(chunk_by_time([])) == []
    clock = count_up()
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    assert list(map(len, chunk_by_time(range(5)))) == [2, 2, 1]


def test_the_summary_counts_every_document_once() -> None:
    summary = AddSummary()
    for number, outcome in enumerate(Outcome):
        summary = summary.count(Added("a", outcome, claims=number if outcome is Outcome.ADDED else 0))
    assert msgspec.structs.asdict(summary) == {
        "added": 1, "version": 1, "known": 1, "removed": 1, "failed": 1, "claims": 0,
    }  # fmt: skip


@pytest.mark.slow
def test_a_rerun_adds_nothing_and_reads_nothing(folder: Path, db: str) -> None:
    with open_store(db) as store:
        found = list(add_inputs([str(folder)], store, Settings(processes=1)))
        assert count(found) == {"added": 3, "failed": 1}
        assert all(item.claims for item in found if item.outcome is Outcome.ADDED)
        with store.reading() as view:
            before = view.count(), view.find_claims(ClaimQuery()), view.find_unsketched(name_coding())
        assert count(list(add_inputs([str(folder)], store, UNREADABLE))) == {"known": 3, "failed": 1}
        with store.reading() as view:
            assert (view.count(), view.find_claims(ClaimQuery()), view.find_unsketched(name_coding())) == before
        assert before[2] == []


@pytest.mark.slow
def test_an_edited_text_of_the_same_address_is_the_next_version(folder: Path, db: str) -> None:
    page = folder / "0.txt"
    with open_store(db) as store:
        (first,) = add_inputs([str(page)], store, Settings(processes=1))
        page.write_text(TEXT.format(44), encoding="utf-8")
        (second,) = add_inputs([str(page)], store, Settings(processes=1))
        assert (first.outcome, second.outcome) == (Outcome.ADDED, Outcome.VERSION)
        with store.reading() as view:
            assert view.get_head(second.document or "").previous == first.document


COUNT = 120


@pytest.fixture
def many(tmp_path: Path) -> Path:
    return write_many(tmp_path, COUNT)


def write_many(folder: Path, count: int) -> Path:
    path = folder / "many.jsonl"
    lines = (json.dumps({"id": f"r{number}", "text": TEXT.format(number + 2)}) for number in range(count))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def start(many: Path, db: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "reportedly", "add", str(many), "--processes", "1", "--db", db]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)


def count_stored(db: str) -> int:
    """Count documents that are committed while another process writes."""
    try:
        with closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def wait_for(process: "subprocess.Popen[bytes]", ready: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None and not ready():
        time.sleep(0.02)


def check_whole(db: str) -> int:
    """Every document that is there is there with its claim; return how many there are."""
    if not Path(db).exists():
        return 0
    with open_store(db) as store:
        assert store.check() == []
        with store.reading() as view:
            counts = view.count()
            claims = view.find_claims(ClaimQuery())
            assert counts.documents == len({item.document.id for item in claims}) == len(claims)
            assert len(view.find_unsketched(name_coding())) == 0
        return counts.documents


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM])
def test_a_run_that_is_cut_off_keeps_what_it_committed(many: Path, db: str, sent: signal.Signals) -> None:
    process = start(many, db)
    enough = random.randrange(COUNT // 2)
    wait_for(process, lambda: count_stored(db) > enough)
    time.sleep(random.uniform(0, 0.1))
    process.send_signal(sent)
    process.communicate(timeout=20)
    before = check_whole(db)
    process = start(many, db)
    wait_for(process, lambda: count_stored(db) > before)
    time.sleep(random.uniform(0, 0.3))
    process.send_signal(sent)
    process.communicate(timeout=20)
    kept = check_whole(db)
    assert kept > before or before == COUNT, "the second run committed nothing before it was cut off"
    with open_store(db) as store:
        found = count(list(add_inputs([str(many)], store, Settings(processes=1))))
    assert found == {key: number for key, number in (("known", kept), ("added", COUNT - kept)) if number}
    assert check_whole(db) == COUNT


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
def test_a_run_that_is_stopped_says_that_the_next_goes_on(tmp_path: Path, db: str) -> None:
    process = start(write_many(tmp_path, 5 * BATCH), db)
    wait_for(process, lambda: count_stored(db) > 0)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=20)
    assert process.returncode == 130
    assert told == b"reportedly: stopped; what was committed is kept, and the next run goes on from there\n"
    assert 0 < check_whole(db) < 5 * BATCH
