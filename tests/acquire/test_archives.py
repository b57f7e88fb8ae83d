"""Web archives: pages in order, whole or cut off."""

import gzip
import io

from reportedly.acquire.archives import read_warc
from reportedly.errors import DocumentError, EmptyDocumentError, FormatError, RecordError
from reportedly.records.document import RawDocument
from tests.acquire.makers import make_pdf, make_record

ONE = make_record("https://a.example/1", b"<p>Rebels took the bridge.</p>")
TWO = make_record("https://a.example/2", b"<p>Talks go on.</p>" * 50)


def read(content: bytes, max_bytes: int = 100_000) -> list[RawDocument | DocumentError]:
    return list(read_warc("in.warc", io.BytesIO(content), max_bytes))


def test_pages_come_in_order_with_the_charset_that_was_declared() -> None:
    assert read(ONE + TWO)[0] == RawDocument(
        "https://a.example/1", b"<p>Rebels took the bridge.</p>", "text/html", "utf-8"
    )
    assert [getattr(outcome, "address", "") for outcome in read(ONE + TWO)] == [
        "https://a.example/1",
        "https://a.example/2",
    ]


def test_what_is_no_page_is_passed_over() -> None:
    noise = (
        make_record("https://a.example/old", b"", "301 Moved")
        + make_record("https://a.example/gone", b"<p>gone</p>", "404 Not Found")
        + make_record("https://a.example/p.png", b"\x89PNG\r\n\x1a\n", media_type="image/png")
        + make_record("https://a.example/s.css", b"p { margin: 0 }", media_type="text/css")
    )
    assert len(read(noise + ONE)) == 1
    (nothing,) = read(noise)
    assert isinstance(nothing, EmptyDocumentError)


def test_packed_and_chunked_bodies_are_unpacked() -> None:
    packed = gzip.compress(b"<p>Packed.</p>")
    chunked = f"{len(packed):x}\r\n".encode() + packed + b"\r\n0\r\n\r\n"
    (outcome,) = read(
        make_record("https://a.example/z", chunked, headers="Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n")
    )
    assert isinstance(outcome, RawDocument)
    assert outcome.content == b"<p>Packed.</p>"


def test_a_body_stored_unpacked_under_headers_of_packing_is_read() -> None:
    (outcome,) = read(make_record("https://a.example/z", b"<p>Plain.</p>", headers="Content-Encoding: gzip\r\n"))
    assert isinstance(outcome, RawDocument)
    assert outcome.content == b"<p>Plain.</p>"


def test_a_pdf_in_an_archive_becomes_text() -> None:
    body = make_pdf(["Two bridges were blown up."])
    (outcome,) = read(make_record("https://a.example/r.pdf", body, media_type="application/pdf"))
    assert isinstance(outcome, RawDocument)
    assert (outcome.media_type, outcome.content) == ("text/plain", b"Two bridges were blown up.")


def test_a_cut_archive_gives_the_pages_before_then_one_error() -> None:
    for cut in (10, len(TWO) - 400, len(TWO) // 2):
        whole, error = read(ONE + TWO[:-cut] if cut > 10 else ONE + TWO[: len(TWO) - 10])
        assert isinstance(whole, RawDocument)
        assert isinstance(error, RecordError)
        assert "truncated" in str(error) or "damaged" in str(error)


def test_a_damaged_archive_gives_the_pages_before_then_one_error() -> None:
    whole, error = read(ONE + b"garbage\r\n\r\n" + TWO)
    assert isinstance(whole, RawDocument)
    assert isinstance(error, RecordError)
    assert "after 1 pages" in str(error)


def test_a_page_over_the_limit_is_an_error_and_the_next_is_read() -> None:
    outcomes = read(TWO + ONE, max_bytes=500)
    assert [type(outcome) for outcome in outcomes] == [FormatError, RawDocument]
    huge = make_record("https://a.example/huge", b"x" * 400_000)
    assert [type(outcome) for outcome in read(huge + ONE, max_bytes=500)] == [FormatError, RawDocument]


def test_a_packed_bomb_stops_at_the_limit() -> None:
    bomb = gzip.compress(b"<p>" + b" " * 5_000_000)
    (outcome,) = read(make_record("https://a.example/b", bomb, headers="Content-Encoding: gzip\r\n"))
    assert isinstance(outcome, FormatError)
    assert "max_bytes" in str(outcome)
