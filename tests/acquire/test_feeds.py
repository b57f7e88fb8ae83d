"""Feeds and sitemaps: entries and what is said of them."""

import tarfile
from pathlib import Path

import pytest

from eval.gold import gold_path
from reportedly.acquire.feeds import Entry, make_document, read_feed, read_sitemap
from reportedly.acquire.files import read_file
from reportedly.errors import DocumentError, EmptyDocumentError, FormatError, RecordError
from reportedly.records.document import Hints, RawDocument
from tests.acquire.makers import ATOM

RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Wire &lt;b&gt;desk&lt;/b&gt;</title>
<item><title>A</title><link>/relative</link><pubDate>Fri, 31 Oct 2025 10:00:00 GMT</pubDate>
<source url="https://other.example/rss">Other Times</source><description>Plain &amp;amp; short.</description></item>
<item><title>A again</title><link>/relative</link><description>x</description></item>
<item><title>No link</title><guid isPermaLink="false">77</guid><description>Shots were heard.</description></item>
</channel></rss>"""


def entries_of(found: object) -> list[Entry]:
    assert isinstance(found, list)
    return found


def test_atom_entries_keep_full_text_and_hints() -> None:
    first, second, third = entries_of(read_feed("feed", ATOM.format(base="https://post.example").encode()))
    assert first.link == "https://post.example/ports"
    assert first.hints == Hints(
        id="tag:post.example,2025:1",
        title="Ports & roads closed",
        published="2025-10-31T10:00:00Z",
        publisher="Norland Post",
    )
    assert first.is_html
    assert "officials said" in first.text
    assert second.hints.published == "2025-11-02T08:30:00Z"
    assert (second.text, second.is_html) == ("The envoy left Norland & did not comment.", False)
    assert third.text == ""


def test_rss_entries_name_their_own_outlet_and_repeats_count_once() -> None:
    first, second = entries_of(read_feed("feed", RSS, url="https://wire.example/feed"))
    assert first.link == "https://wire.example/relative"
    assert first.hints.publisher == "Other Times"
    assert first.hints.published == "Fri, 31 Oct 2025 10:00:00 GMT"
    assert second.link is None
    assert second.hints.publisher == "Wire desk"


def test_the_declared_charset_is_heeded() -> None:
    feed = "<rss><channel><title>Ñor</title><item><title>é</title></item></channel></rss>".encode("cp1252")
    (entry,) = entries_of(read_feed("feed", feed, charset="windows-1252"))
    assert (entry.hints.title, entry.hints.publisher) == ("é", "Ñor")


def test_what_is_no_feed_and_what_is_an_empty_one() -> None:
    assert isinstance(read_feed("x.xml", b"<catalog><book/></catalog>"), FormatError)
    assert isinstance(read_feed("x.xml", b"<rss version='2.0'><channel/></rss>"), EmptyDocumentError)


def test_an_entry_becomes_a_document_addressed_by_its_link() -> None:
    html = make_document("feed", 1, Entry("https://a.example/1", Hints(title="A <b>"), "<p>Text</p>", True))
    assert isinstance(html, RawDocument)
    assert (html.address, html.media_type) == ("https://a.example/1", "text/html")
    assert b"<title>A &lt;b&gt;</title>" in html.content
    plain = make_document("feed", 2, Entry(None, Hints(id="77"), "Shots were heard."))
    assert isinstance(plain, RawDocument)
    assert (plain.address, plain.media_type, plain.content) == ("feed#77", "text/plain", b"Shots were heard.")
    nothing = make_document("feed", 3, Entry("https://a.example/3"))
    assert isinstance(nothing, RecordError)
    assert "entry 3 of feed" in str(nothing)


def test_a_sitemap_gives_addresses_and_the_news_extension_dates_them() -> None:
    sitemap = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
      xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
      <url><loc> https://a.example/1 </loc><lastmod>2025-11-05</lastmod></url>
      <url><loc>https://a.example/2</loc><news:news><news:publication><news:name>Post</news:name></news:publication>
      <news:publication_date>2025-10-31</news:publication_date><news:title>Ports closed</news:title></news:news></url>
      <url><loc>javascript:alert(1)</loc></url></urlset>"""
    assert read_sitemap("map", sitemap) == [
        Entry("https://a.example/1"),
        Entry("https://a.example/2", Hints(title="Ports closed", published="2025-10-31", publisher="Post")),
    ]


def test_a_sitemap_index_is_told_and_entities_are_not_resolved(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("https://secret.example/")
    index = (
        f'<!DOCTYPE sitemapindex [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
        "<sitemapindex><sitemap><loc>https://a.example/s1.xml</loc></sitemap><sitemap><loc>&x;</loc></sitemap>"
        "</sitemapindex>"
    )
    assert read_sitemap("map", index.encode()) == [Entry("https://a.example/s1.xml", is_index=True)]


def test_sitemaps_without_addresses() -> None:
    assert isinstance(read_sitemap("map", b"<urlset></urlset>"), EmptyDocumentError)
    assert isinstance(read_sitemap("map", b""), DocumentError)


@pytest.mark.gold
def test_no_feed_of_the_gold_crashes_the_reader(tmp_path: Path) -> None:
    archive = gold_path("pages", "feedparser_tests.tar.gz")
    if not archive.exists():
        pytest.skip(f"no gold at {archive}")
    with tarfile.open(archive) as tar:
        tar.extractall(tmp_path, filter="data")
    feeds = sorted(path for path in tmp_path.rglob("*") if path.suffix in (".xml", ".rss", ".atom"))
    assert len(feeds) > 1000
    parsed = 0
    for path in feeds:
        outcomes = list(read_file(path, 10_000_000))
        assert outcomes, path
        parsed += not isinstance(read_feed(str(path), path.read_bytes()), DocumentError)
    print(f"{parsed} of {len(feeds)} feeds have entries")
    assert parsed > 0
