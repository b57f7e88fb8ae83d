"""Files, folders and pipes: each document one outcome, whatever is wrong with it."""

import gzip
import io
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reportedly.acquire.files import estimate_total, read_path, read_stream
from reportedly.errors import DocumentError, EmptyDocumentError, FetchError, FormatError
from reportedly.records.document import RawDocument
from tests.acquire.makers import ATOM, make_docx, make_pdf, make_record

LIMIT = 1_000_000
LINES = b"".join(json.dumps({"id": n, "text": f"Report {n}. " + "word " * 50}).encode() + b"\n" for n in range(40))


def read(path: Path, limit: int = LIMIT) -> list[RawDocument | DocumentError]:
    return list(read_path(path, limit))


def write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def documents(outcomes: list[RawDocument | DocumentError]) -> list[RawDocument]:
    assert all(isinstance(outcome, RawDocument) for outcome in outcomes), outcomes
    return [outcome for outcome in outcomes if isinstance(outcome, RawDocument)]


@pytest.mark.parametrize(
    ("name", "content", "media_type", "count"),
    [
        ("a.txt", b"Troops left.", "text/plain", 1),
        ("a.md", b"# Troops left", "text/plain", 1),
        ("a.html", b"<html><p>Troops left.", "text/html", 1),
        ("a.xhtml", b"<?xml version='1.0'?><html><p>Troops left.</p></html>", "text/html", 1),
        ("a.pdf", make_pdf(["Troops left."]), "text/plain", 1),
        ("a.docx", make_docx("Troops left."), "text/plain", 1),
        ("a.jsonl", LINES, "text/plain", 40),
        ("a.json-lines", LINES, "text/plain", 40),
        ("a.jsonl.gz", gzip.compress(LINES), "text/plain", 40),
        ("a.txt.gz", gzip.compress(b"Troops left."), "text/plain", 1),
        ("a.html.gz", gzip.compress(b"<p>Troops left.</p>"), "text/html", 1),
        ("a.warc", make_record("https://a.example/", b"<p>x</p>"), "text/html", 1),
        ("a.warc.gz", gzip.compress(make_record("https://a.example/", b"<p>x</p>")) * 3, "text/html", 3),
    ],
)
def test_every_kind_is_read(tmp_path: Path, name: str, content: bytes, media_type: str, count: int) -> None:
    found = documents(read(write(tmp_path, name, content)))
    assert len(found) == count
    assert {document.media_type for document in found} == {media_type}


def test_text_stays_the_bytes_it_is(tmp_path: Path) -> None:
    for content in ("Ω".encode("utf-16"), "Café \x93so\x94".encode("latin-1"), b"\xef\xbb\xbfText", b"stray \x07 bell"):
        (document,) = documents(read(write(tmp_path, "a.txt", content)))
        assert (document.content, document.charset) == (content, None)
    bare = "Shelling went on overnight".encode("utf-16-le")
    (document,) = documents(read(write(tmp_path, "a.txt", bare)))
    assert (document.content, document.charset) == (bare, "utf-16-le")


def test_a_feed_on_disk_is_read_from_its_own_text(tmp_path: Path) -> None:
    path = write(tmp_path, "a.atom", ATOM.format(base="https://post.example").encode())
    full, summary, link = read(path)
    assert isinstance(full, RawDocument)
    assert (full.address, full.media_type, full.hints.publisher) == (
        "https://post.example/ports",
        "text/html",
        "Norland Post",
    )
    assert isinstance(summary, RawDocument)
    assert summary.media_type == "text/plain"
    assert isinstance(link, DocumentError)


@pytest.mark.parametrize(
    ("name", "content", "error", "words"),
    [
        ("empty.txt", b"", EmptyDocumentError, "nothing in it"),
        ("blank.txt", b" \n\t\r\n", EmptyDocumentError, "nothing in it"),
        ("bom.txt", b"\xef\xbb\xbf", EmptyDocumentError, "nothing in it"),
        ("binary.txt", bytes(range(256)) * 4, FormatError, "binary"),
        ("photo.txt", b"\xff\xd8\xff\xe0" + bytes(64), FormatError, "picture"),
        ("old.doc", b"\xd0\xcf\x11\xe0" + bytes(64), FormatError, "save it as .docx"),
        ("table.csv", b"a,b\n1,2\n", FormatError, ".csv"),
        ("large.txt", b"x" * (LIMIT + 1), FormatError, "max_bytes"),
        ("bomb.txt.gz", gzip.compress(b"x" * 20_000_000), FormatError, "max_bytes"),
        ("cut.txt.gz", gzip.compress(os.urandom(500).hex().encode())[:-60], FormatError, "truncated"),
        ("fake.gz", b"no gzip at all", FormatError, "damaged"),
        ("twice.txt.gz", gzip.compress(gzip.compress(b"Text.", mtime=0), mtime=0), FormatError, "twice"),
        ("cut.pdf", make_pdf(["Text."])[:80], FormatError, "PDF"),
        ("text.pdf", b"Just words.", FormatError, "PDF"),
        ("scan.pdf", make_pdf([]), EmptyDocumentError, "scan"),
        ("cut.docx", make_docx("Text.")[:400], FormatError, "DOCX"),
        ("map.xml", b"<urlset><url><loc>https://a.example/</loc></url></urlset>", FormatError, "sitemap"),
        ("odd.xml", b"<catalog/>", FormatError, "neither a feed"),
        ("none.jsonl", b"\n\n", EmptyDocumentError, "nothing in it"),
        ("none.warc", b"WARC/1.0\r\n", DocumentError, "none.warc"),
    ],
)
def test_each_bad_file_is_one_outcome_that_says_why(
    tmp_path: Path, name: str, content: bytes, error: type[DocumentError], words: str
) -> None:
    path = write(tmp_path, name, content)
    (outcome,) = read(path)
    assert isinstance(outcome, error)
    assert words in str(outcome)
    assert str(path) in str(outcome)


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.warc.gz"])
def test_a_cut_container_gives_its_whole_members_then_one_error(tmp_path: Path, name: str) -> None:
    if name == "a.jsonl.gz":
        whole = b"".join(json.dumps({"text": os.urandom(400).hex()}).encode() + b"\n" for _ in range(50))
        packed = gzip.compress(whole)
    else:
        record = make_record("https://a.example/", b"<p>" + os.urandom(400).hex().encode())
        packed = gzip.compress(record) * 50
    outcomes = read(write(tmp_path, name, packed[: len(packed) // 2 + 7]))
    assert 10 < len(documents(outcomes[:-1])) < 40
    assert isinstance(outcomes[-1], DocumentError)
    assert "truncated" in str(outcomes[-1])


@contextmanager
def without_privileges() -> Iterator[None]:
    """Root may read everything; for the length of a test it gives that up."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_missing_and_unreadable_files(tmp_path: Path) -> None:
    (missing,) = read(tmp_path / "nowhere.txt")
    assert isinstance(missing, FetchError)
    assert "no such file" in str(missing)
    locked = write(tmp_path, "locked.txt", b"Text.")
    locked.chmod(0)
    with without_privileges():
        (unreadable,) = read(locked)
    assert isinstance(unreadable, FetchError)
    assert "permission" in str(unreadable)


def test_a_folder_is_read_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/c.txt", ".hidden.txt", ".git/x.txt", "c.jpg"):
        write(tmp_path, name, b"Text." if name.endswith(".txt") else b"\xff\xd8\xff\xe0")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "lost.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    outcomes = read(tmp_path)
    names = [str(Path(outcome.address).relative_to(tmp_path)) for outcome in outcomes]
    assert names == ["a/b/c.txt", "a/z.txt", "b.txt", "c.jpg", "lost.txt"]
    assert [isinstance(outcome, RawDocument) for outcome in outcomes] == [True, True, True, False, False]


def test_an_empty_folder_is_one_outcome(tmp_path: Path) -> None:
    (outcome,) = read(tmp_path)
    assert isinstance(outcome, EmptyDocumentError)


def test_one_bad_document_never_ends_the_run(tmp_path: Path) -> None:
    write(tmp_path, "1.pdf", b"%PDF-1.4 broken")
    write(tmp_path, "2.txt", b"Text.")
    write(tmp_path, "3.jsonl", b'{"text": "one"}\nbroken\n{"text": "two"}\n')
    kinds = [isinstance(outcome, RawDocument) for outcome in read(tmp_path)]
    assert kinds == [False, True, True, False, True]


def test_a_pipe_is_read_as_it_comes_and_never_to_its_end_before_it_is_asked() -> None:
    class Endless(io.RawIOBase):
        taken = 0

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            self.taken += 1
            return (b'{"text": "One more report."}\n' * 40)[: max(size, 0)][:1160]

    pipe = Endless()
    outcomes = read_stream("stdin", "", pipe, LIMIT)  # type: ignore[arg-type]
    for _ in range(100):
        assert isinstance(next(outcomes), (RawDocument, DocumentError))
    assert pipe.taken < 500


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(b"Troops left.", "text/plain"), (b"<html><p>x", "text/html"), (LINES, "text/plain")],
)
def test_standard_input_is_told_by_its_bytes(content: bytes, media_type: str) -> None:
    found = documents(list(read_stream("stdin", "", io.BytesIO(content), LIMIT)))
    assert {document.media_type for document in found} == {media_type}
    assert found[0].address == ("stdin#0" if content is LINES else "stdin")


def test_what_can_be_counted_is_and_the_rest_is_unknown(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", b"Text.")
    write(tmp_path, "b.jsonl", LINES)
    assert estimate_total([str(tmp_path), str(tmp_path / "nowhere")]) == 42
    for unknown in ("-", "https://a.example/", str(write(tmp_path, "c.warc", b""))):
        assert estimate_total([str(tmp_path / "a.txt"), unknown]) is None


def test_a_long_blank_head_hides_no_text(tmp_path: Path) -> None:
    (document,) = documents(read(write(tmp_path, "a.txt", b"\n" * 20_000 + b"Troops left.")))
    assert document.content.endswith(b"Troops left.")
    (lines,) = documents(read(write(tmp_path, "a.jsonl", b"\n" * 20_000 + b'{"text": "Troops left."}')))
    assert lines.content == b"Troops left."
    (blank,) = read(write(tmp_path, "b.txt", b" \n" * 20_000))
    assert isinstance(blank, EmptyDocumentError)
    (large,) = read(write(tmp_path, "c.txt", b" \n" * 20_000), limit=30_000)
    assert isinstance(large, FormatError)


def test_a_few_stray_control_characters_are_borne(tmp_path: Path) -> None:
    (document,) = documents(read(write(tmp_path, "a.txt", b"Troops \x07left\x00 the \x1b[31mtown\x08.")))
    assert document.media_type == "text/plain"
