"""The stage as a whole: inputs of every sort, in order, lazily."""

import functools
import gzip
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from reportedly.acquire import acquire
from reportedly.acquire.fetch import Fetcher
from reportedly.config import Settings
from reportedly.errors import DocumentError, EmptyDocumentError, FetchError, FormatError
from reportedly.records.document import Hints, RawDocument
from tests.acquire.conftest import Web, only_loopback
from tests.acquire.makers import ATOM, make_pdf

Read = Callable[..., list[RawDocument | DocumentError]]
PAGE = b"<html><body><p>Two ports were closed.</p></body></html>"


@pytest.fixture
def read(settings: Settings) -> Read:
    opener = functools.partial(Fetcher, may_reach=only_loopback)
    return lambda *inputs: list(acquire(inputs, settings, open_fetcher=opener))


def test_inputs_come_in_their_order_and_nothing_is_opened_for_files(tmp_path: Path, settings: Settings) -> None:
    def refuse(settings: Settings) -> Fetcher:
        raise AssertionError("no input is an address")

    (tmp_path / "a.txt").write_bytes(b"From a file.")
    inputs = ["-", str(tmp_path / "a.txt"), "ftp://a.example/x", str(tmp_path / "none.txt")]
    outcomes = list(acquire(inputs, settings, io.BytesIO(b"From a pipe."), open_fetcher=refuse))
    assert [getattr(outcome, "content", None) for outcome in outcomes] == [b"From a pipe.", b"From a file.", None, None]
    assert [outcome.address for outcome in outcomes] == ["stdin", *inputs[1:]]


def test_nothing_is_read_before_it_is_asked_for(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "1.txt").write_bytes(b"One.")
    outcomes = acquire([str(tmp_path / "1.txt"), str(tmp_path / "2.txt")], settings)
    assert isinstance(next(outcomes), RawDocument)
    (tmp_path / "2.txt").write_bytes(b"Made just now.")
    assert isinstance(next(outcomes), RawDocument)


def test_no_input_is_no_document(settings: Settings) -> None:
    assert list(acquire([], settings)) == []


@pytest.mark.network
@pytest.mark.enable_socket
def test_a_page_and_a_pdf_are_read(web: Web, read: Read) -> None:
    page, pdf = read(web.put("/a", PAGE), web.put("/r.pdf", make_pdf(["Text."]), "application/pdf"))
    assert page == RawDocument(web.url + "/a", PAGE, "text/html", "utf-8")
    assert isinstance(pdf, RawDocument)
    assert (pdf.media_type, pdf.content) == ("text/plain", b"Text.")


@pytest.mark.network
@pytest.mark.enable_socket
def test_vague_types_are_told_by_name_and_bytes(web: Web, read: Read) -> None:
    lines = b'{"id": 1, "text": "x"}\n{"id": 2, "text": "y"}\n'
    outcomes = read(
        web.put("/in.jsonl", lines, "text/plain"),
        web.put("/r.pdf", make_pdf(["Text."]), "application/octet-stream"),
        web.put("/data", b"\x00\x01\x02" * 20, "application/octet-stream"),
        web.put("/empty", b""),
        web.put("/api", b"body { margin: 0 }", "text/css"),
    )
    kinds = [RawDocument, RawDocument, RawDocument, FormatError, EmptyDocumentError, FormatError]
    assert [type(outcome) for outcome in outcomes] == kinds


@pytest.mark.network
@pytest.mark.enable_socket
def test_the_entries_of_a_feed_are_fetched_with_what_it_says_of_them(web: Web, read: Read) -> None:
    web.put("/ports", PAGE)
    web.fail("/envoy", 302, Location="http://10.0.0.1/")
    feed = web.put("/feed", ATOM.format(base=web.url).encode(), "application/atom+xml")
    ports, envoy, link = read(feed)
    assert ports == RawDocument(
        web.url + "/ports",
        PAGE,
        "text/html",
        "utf-8",
        Hints("tag:post.example,2025:1", "Ports & roads closed", "2025-10-31T10:00:00Z", "Norland Post"),
    )
    assert isinstance(envoy, FetchError)
    assert "10.0.0.1" in str(envoy)
    assert isinstance(link, FetchError)
    assert "404" in str(link)


@pytest.mark.network
@pytest.mark.enable_socket
def test_entries_are_fetched_one_at_a_time(web: Web, settings: Settings) -> None:
    web.put("/ports", PAGE)
    feed = web.put("/feed", ATOM.format(base=web.url).encode(), "text/xml")
    outcomes: Iterator[RawDocument | DocumentError] = acquire(
        [feed], settings, open_fetcher=functools.partial(Fetcher, may_reach=only_loopback)
    )
    next(outcomes)
    assert "/envoy" not in web.asked
    outcomes.close()  # type: ignore[attr-defined]


@pytest.mark.network
@pytest.mark.enable_socket
def test_an_unchanged_feed_and_its_fresh_pages_cost_one_304(web: Web, read: Read) -> None:
    web.put("/ports", PAGE, Cache_Control="max-age=600")
    feed = web.put("/feed", ATOM.format(base=web.url).encode(), "text/xml", ETag='"v1"')
    first, second = read(feed), read(feed)
    assert first[0] == second[0]
    assert web.asked.count("/feed") == 2
    assert web.asked.count("/ports") == 1


@pytest.mark.network
@pytest.mark.enable_socket
def test_sitemaps_lead_to_pages_through_an_index_once_each(web: Web, read: Read) -> None:
    def urls(tag: str, *paths: str) -> bytes:
        return "".join(f"<{tag}><loc>{web.url}{path}</loc></{tag}>" for path in paths).encode()

    web.put("/a", PAGE)
    web.put("/b", PAGE)
    web.put("/one.xml.gz", gzip.compress(b"<urlset>" + urls("url", "/a", "/b") + b"</urlset>"), "application/gzip")
    web.put("/two.xml", b"<urlset>" + urls("url", "/b", "/one.xml.gz") + b"</urlset>", "text/xml")
    index = b"<sitemapindex>" + urls("sitemap", "/one.xml.gz", "/two.xml", "/index.xml") + b"</sitemapindex>"
    outcomes = read(web.put("/index.xml", index, "text/xml"))
    assert [outcome.address for outcome in outcomes] == [web.url + "/a", web.url + "/b"]


@pytest.mark.network
@pytest.mark.enable_socket
def test_an_entry_that_is_no_page_is_one_error(web: Web, read: Read) -> None:
    web.put("/ports", ATOM.format(base=web.url).encode(), "application/atom+xml")
    outcome = read(web.put("/feed", ATOM.format(base=web.url).encode(), "application/atom+xml"))[0]
    assert isinstance(outcome, FormatError)
    assert "give its own address" in str(outcome)


@pytest.mark.network
@pytest.mark.enable_socket
def test_a_bad_address_never_ends_the_run(web: Web, read: Read) -> None:
    outcomes = read(web.url + "/gone", "http://10.1.2.3/", web.put("/a", PAGE))
    assert [isinstance(outcome, RawDocument) for outcome in outcomes] == [False, False, True]


def test_an_empty_name_is_not_the_working_folder(settings: Settings) -> None:
    (outcome,) = acquire([" "], settings)
    assert isinstance(outcome, FetchError)


def test_a_very_long_text_comes_in_parts(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "a.txt").write_bytes(b"Two ports were closed. " * 20_000)
    outcomes = list(acquire([str(tmp_path / "a.txt")], msgspec.structs.replace(settings, max_bytes=1_000_000)))
    assert [outcome.address.rpartition("#")[2] for outcome in outcomes] == [
        "part-1",
        "part-2",
        "part-3",
        "part-4",
        "part-5",
    ]
