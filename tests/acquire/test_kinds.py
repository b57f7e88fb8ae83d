"""What bytes are, whatever they are called."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.acquire.kinds import Kind, describe_unknown, find_kind, is_binary


@pytest.mark.parametrize(
    ("head", "name", "media_type", "kind"),
    [
        (b"Troops crossed the river.", "report.txt", None, Kind.TEXT),
        (b"Troops crossed the river.", "", None, Kind.TEXT),
        (b"# Troops\n\ncrossed", "report.md", None, Kind.TEXT),
        (b"<!DOCTYPE html><html>", "", None, Kind.HTML),
        (b"\n <!-- saved -->\n<html lang=en>", "page.txt", None, Kind.HTML),
        (b"<table><tr>", "page.HTM", None, Kind.HTML),
        (b"<?xml version='1.0'?>\n<!-- c --><html xmlns='x'>", "page.xhtml", None, Kind.HTML),
        (b"%PDF-1.7\n\x00\x01", "report.txt", None, Kind.PDF),
        (b"junk\n%PDF-1.7\n", "report.pdf", None, Kind.PDF),
        (b"PK\x03\x04....word/document.xml", "", None, Kind.DOCX),
        (b"PK\x03\x04....photos/", "holiday.zip", None, Kind.UNKNOWN),
        (b'{"id": 1, "text": "x"}\n', "", None, Kind.JSON_LINES),
        (b"not json", "reports.ndjson", None, Kind.JSON_LINES),
        (b"WARC/1.0\r\n", "x", None, Kind.WARC),
        (b"\x1f\x8b\x08", "x", None, Kind.GZIP),
        (b"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'b'>]><rss>", "", None, Kind.FEED),
        (b"<atom:feed xmlns:atom='x'>", "", "text/xml", Kind.FEED),
        (b"<rdf:RDF>", "x.html", None, Kind.FEED),
        (b"<odd/>", "feed.xml", None, Kind.FEED),
        (b"<urlset xmlns='x'>", "sitemap.xml", None, Kind.SITEMAP),
        (b"plain words", "", "text/plain", Kind.TEXT),
        (b"<custom-element>", "", "text/html", Kind.HTML),
        (b"a,b\n1,2\n", "table.csv", None, Kind.UNKNOWN),
        (b"body { margin: 0 }", "", "text/css", Kind.UNKNOWN),
        (b"\x89PNG\r\n\x1a\n\x00", "report.txt", None, Kind.UNKNOWN),
        ("Ω is text".encode("utf-16"), "report.txt", None, Kind.TEXT),
        ("Shelling went on overnight".encode("utf-16-be"), "report.txt", None, Kind.TEXT),
        ("<html><body>no mark".encode("utf-16-le"), "page.html", None, Kind.HTML),
        ("Caf\xe9 owners \x93protested\x94".encode("latin-1"), "report.txt", None, Kind.TEXT),
    ],
)
def test_the_bytes_outrank_the_name_and_the_name_the_declared_type(
    head: bytes, name: str, media_type: str | None, kind: Kind
) -> None:
    assert find_kind(head, name, media_type) is kind


def test_unknown_bytes_are_named_with_what_to_do() -> None:
    assert "old Office format" in describe_unknown(b"\xd0\xcf\x11\xe0\xa1", "a.doc")
    assert "binary data" in describe_unknown(bytes(range(32)), "a.txt")
    assert ".csv" in describe_unknown(b"a,b", "table.csv")


def test_a_hundred_comments_before_nothing_cost_no_time() -> None:
    begun = time.perf_counter()
    assert find_kind(b"<!-- x -->" * 800, "page.html") is Kind.HTML
    assert find_kind(b"<!-- x -->\n" * 700 + b"<", "") is Kind.TEXT
    assert time.perf_counter() - begun < 0.5


@given(st.binary(max_size=300), st.sampled_from(["", "a.txt", "a.xml", "a.html", "a.gz", "a.xyz"]))
def test_any_bytes_have_a_kind(head: bytes, name: str) -> None:
    assert find_kind(head, name) in Kind


@given(
    st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), min_size=20),
    st.sampled_from(["utf-8", "utf-16"]),
)
def test_printable_text_is_never_binary(text: str, charset: str) -> None:
    assert not is_binary(("A report. " + text).encode(charset))
