"""PDF and DOCX to text."""

import io
import zipfile

from reportedly.acquire.portable import join_lines, read_docx, read_pdf
from reportedly.errors import EmptyDocumentError, FormatError
from reportedly.records.document import Hints, RawDocument
from tests.acquire.makers import make_docx, make_pdf

LIMIT = 1_000_000


def test_lines_of_a_pdf_become_paragraphs_and_a_real_title_is_kept() -> None:
    first = ["Norland closes two ports", "Two ports in the north were closed on Friday after a night of", "shelling."]
    second = ["The harbour master said that no date had been set for open-", "ing them again.", "2"]
    outcome = read_pdf("r.pdf", make_pdf(first, second, title="Norland closes two ports"), LIMIT)
    assert isinstance(outcome, RawDocument)
    assert outcome.content.decode().split("\n\n") == [
        "Norland closes two ports",
        "Two ports in the north were closed on Friday after a night of shelling.",
        "The harbour master said that no date had been set for opening them again.",
    ]
    assert outcome.media_type == "text/plain"
    assert outcome.hints == Hints(title="Norland closes two ports")


def test_a_title_that_a_program_wrote_is_none() -> None:
    for title in ("Microsoft Word - draft3.doc", "untitled", "scan_0031.pdf", ""):
        outcome = read_pdf("r.pdf", make_pdf(["Text."], title=title), LIMIT)
        assert isinstance(outcome, RawDocument)
        assert outcome.hints.title is None


def test_a_pdf_without_text_says_scan() -> None:
    outcome = read_pdf("scan.pdf", make_pdf([], []), LIMIT)
    assert isinstance(outcome, EmptyDocumentError)
    assert "2 pages" in str(outcome)
    assert "scan" in str(outcome)


def test_an_encrypted_pdf_is_told_and_one_that_opens_without_password_is_read() -> None:
    locked = read_pdf("r.pdf", make_pdf(["Secret."], password="open sesame"), LIMIT)
    assert isinstance(locked, FormatError)
    assert "password" in str(locked)
    assert isinstance(read_pdf("r.pdf", make_pdf(["Free to read."], owner="me"), LIMIT), RawDocument)


def test_a_damaged_pdf_is_one_error() -> None:
    whole = make_pdf(["Text."] * 30)
    for content in (whole[:200], b"%PDF-1.7\nnothing", whole.replace(b"/Pages", b"/Pagan")):
        outcome = read_pdf("r.pdf", content, LIMIT)
        assert isinstance(outcome, (FormatError, EmptyDocumentError))
        assert "PDF" in str(outcome)


def test_a_pdf_with_too_much_text_is_one_error() -> None:
    outcome = read_pdf("r.pdf", make_pdf(["word " * 20] * 30), 500)
    assert isinstance(outcome, FormatError)
    assert "max_bytes" in str(outcome)


def test_a_docx_is_read_in_its_own_order() -> None:
    content = make_docx("Rebels freed 12 people.", "", "Talks go on.", title="Release", table=[["Town", "Dead"]])
    outcome = read_docx("r.docx", content, LIMIT)
    assert isinstance(outcome, RawDocument)
    assert outcome.content == b"Rebels freed 12 people.\n\nTalks go on.\n\nTown | Dead"
    assert outcome.hints == Hints(title="Release")


def test_docx_without_text_damaged_or_swollen() -> None:
    assert isinstance(read_docx("r.docx", make_docx(), LIMIT), EmptyDocumentError)
    whole = make_docx("Text.")
    for content in (whole[: len(whole) // 2], b"PK\x03\x04garbage"):
        outcome = read_docx("r.docx", content, LIMIT)
        assert isinstance(outcome, FormatError)
        assert "damaged" in str(outcome)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 5_000_000)
    swollen = read_docx("r.docx", out.getvalue(), LIMIT)
    assert isinstance(swollen, FormatError)
    assert "unpacks to" in str(swollen)


def test_page_numbers_go_and_numbers_in_the_text_stay() -> None:
    pages = [["12", "The toll rose", "1,200"], ["Page 3 of 7", "2025 was worse."]]
    assert "12 " not in join_lines(pages)
    assert "1,200" in join_lines(pages)
    assert "2025 was worse." in join_lines(pages)
