"""Fetching: polite, limited, cached, and never from a private address."""

import gzip
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_address
from pathlib import Path

import msgspec
import pytest
import stamina

from reportedly.acquire.addresses import Address
from reportedly.acquire.fetch import Fetcher
from reportedly.config import Settings
from reportedly.errors import ConfigError, FetchError, FormatError
from tests.acquire.conftest import LOOPBACK, Web, only_loopback

pytestmark = [pytest.mark.network, pytest.mark.enable_socket]

PAGE = b"<html><body><p>Two ports were closed.</p></body></html>"


@pytest.fixture(autouse=True)
def no_backoff() -> Iterator[None]:
    """Retry at once, as often as set."""
    with stamina.set_testing(True, attempts=10, cap=True):
        yield


def open_fetcher(settings: Settings, **changes: object) -> Fetcher:
    return Fetcher(msgspec.structs.replace(settings, **changes), may_reach=only_loopback)


def test_a_page_comes_with_its_declared_type_and_charset(web: Web, fetcher: Fetcher) -> None:
    page = fetcher.fetch(web.put("/a", PAGE, "Text/HTML; charset=ISO-8859-1"))
    assert (page.content, page.media_type, page.charset) == (PAGE, "text/html", "iso-8859-1")
    assert web.asked == ["/robots.txt", "/a"]
    assert web.headers[1]["user-agent"].startswith("reportedly")


def test_redirects_are_followed_and_the_last_address_counts(web: Web, fetcher: Fetcher) -> None:
    web.put("/end", PAGE)
    web.fail("/middle", 301, Location="/end")
    start = web.fail("/start", 302, Location=web.url + "/middle")
    assert fetcher.fetch(start + "#part").url == web.url + "/end"


@pytest.mark.parametrize(
    "target",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]:8080/",
        "http://127.0.0.2/",
        "http://0x7f000002/",
        "//192.168.1.1/x",
    ],
)
def test_a_redirect_to_a_private_address_is_refused(web: Web, fetcher: Fetcher, target: str) -> None:
    with pytest.raises(FetchError, match=r"not a public address.*redirected to"):
        fetcher.fetch(web.fail("/out", 302, Location=target))


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://a.example/x", "javascript:1", "http://a.example:x/"])
def test_a_redirect_to_another_protocol_is_refused(web: Web, fetcher: Fetcher, target: str) -> None:
    with pytest.raises(FetchError, match=r"only http and https|no address"):
        fetcher.fetch(web.fail("/out", 302, Location=target))


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "http://localhost/", "http://[::ffff:10.0.0.1]/"])
def test_without_leave_of_a_test_this_machine_is_private(settings: Settings, url: str) -> None:
    with Fetcher(settings) as fetcher, pytest.raises(FetchError, match="only public addresses"):
        fetcher.fetch(url)


def test_a_name_is_resolved_once_a_connection_and_the_checked_address_is_used(web: Web, settings: Settings) -> None:
    asked: list[str] = []
    answers = iter(["127.0.0.1", "10.0.0.5"])

    def resolve(host: str, port: int) -> list[Address]:
        asked.append(host)
        return [ip_address(next(answers))]

    port = web.url.rpartition(":")[2]
    web.put("/a", PAGE, Connection="close")
    web.put("/robots.txt", b"", "text/plain")
    with Fetcher(settings, may_reach=only_loopback, resolve=resolve) as fetcher:
        assert fetcher.fetch(f"http://news.example:{port}/a").content == PAGE
        assert asked == ["news.example"]
        with pytest.raises(FetchError, match=r"10\.0\.0\.5"):
            fetcher.fetch(f"http://news.example:{port}/b")


def test_cookies_live_as_long_as_one_chain_of_redirects(web: Web, fetcher: Fetcher) -> None:
    web.put("/end", PAGE)
    start = web.fail("/start", 302, Location="/end", Set_Cookie="seen=1")
    fetcher.fetch(start)
    fetcher.fetch(web.put("/later", PAGE))
    cookies = {path: headers.get("cookie") for path, headers in zip(web.asked, web.headers, strict=True)}
    assert cookies == {"/robots.txt": None, "/start": None, "/end": "seen=1", "/later": None}


def test_a_ring_of_redirects_ends(web: Web, fetcher: Fetcher) -> None:
    with pytest.raises(FetchError, match="more than 8 redirects"):
        fetcher.fetch(web.fail("/ring", 302, Location="/ring"))


def test_addresses_that_are_none_or_carry_a_password(fetcher: Fetcher) -> None:
    for url in ("http://", "https://a.example:x/", "http://[bad/"):
        with pytest.raises(FetchError, match=r"address"):
            fetcher.fetch(url)
    with pytest.raises(FetchError, match="password"):
        fetcher.fetch("https://me:secret@a.example/")


@pytest.mark.parametrize(
    ("status", "words"), [(404, "404 Not Found; check"), (410, "taken down"), (403, "403"), (599, "599")]
)
def test_a_status_that_is_no_page_is_told_and_not_asked_again(
    web: Web, settings: Settings, status: int, words: str
) -> None:
    with open_fetcher(settings, retries=2) as fetcher, pytest.raises(FetchError, match=words):
        fetcher.fetch(web.fail("/a", status))
    assert web.asked.count("/a") == 1


def test_transient_faults_are_tried_again_and_no_more_often_than_set(web: Web, settings: Settings) -> None:
    web.put("/good", PAGE)
    good = web.answers["/good"]

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if web.asked.count("/flaky") < 3:
            handler.send_response(503)
            handler.send_header("Content-Length", "0")
            handler.end_headers()
        else:
            good(handler)

    url = web.serve("/flaky", answer)
    with open_fetcher(settings, retries=2) as fetcher:
        assert fetcher.fetch(url).content == PAGE
        with pytest.raises(FetchError, match=r"502 Bad Gateway, tried 3 times"):
            fetcher.fetch(web.fail("/bad", 502))
    assert web.asked.count("/bad") == 3


def test_a_server_that_asks_for_hours_is_not_waited_for(web: Web, settings: Settings) -> None:
    with open_fetcher(settings, retries=2) as fetcher, pytest.raises(FetchError, match="429"):
        fetcher.fetch(web.fail("/busy", 429, Retry_After="3600"))
    assert web.asked.count("/busy") == 1


def test_a_silent_server_times_out(web: Web, settings: Settings) -> None:
    url = web.serve("/silent", lambda handler: time.sleep(0.6))
    with (
        open_fetcher(settings, timeout_s=0.2) as fetcher,
        pytest.raises(FetchError, match=r"timed out: no byte for 0\.2 s"),
    ):
        fetcher.fetch(url)


@pytest.mark.parametrize("part", ["head", "body"])
def test_a_server_that_drips_is_given_up(web: Web, settings: Settings, part: str) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + (b"X: y\r\n\r\n" if part == "body" else b""))
        try:
            for _ in range(60):
                handler.wfile.write(b"A: b\r\n" if part == "head" else b"x")
                time.sleep(0.05)
        except OSError:
            pass
        handler.close_connection = True

    begun = time.monotonic()
    with open_fetcher(settings, timeout_s=0.15) as fetcher, pytest.raises(FetchError, match="not read whole within"):
        fetcher.fetch(web.serve("/drip", drip))
    assert time.monotonic() - begun < 2.0


def test_a_body_without_end_stops_at_the_limit(web: Web, fetcher: Fetcher) -> None:
    sent = [0]

    def pour(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        handler.close_connection = True
        try:
            while sent[0] < 50_000_000:
                sent[0] += handler.wfile.write(b"x" * 50_000)
        except OSError:
            pass

    with pytest.raises(FetchError, match=r"larger than 100,000 bytes.*max_bytes"):
        fetcher.fetch(web.serve("/endless", pour))
    assert sent[0] < 50_000_000


def test_ten_gigabytes_announced_are_not_begun(web: Web, fetcher: Fetcher) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(10 * 2**30))
        handler.end_headers()
        handler.close_connection = True

    with pytest.raises(FetchError, match="max_bytes"):
        fetcher.fetch(web.serve("/large", answer))


def test_a_body_shorter_than_announced_is_no_page(web: Web, fetcher: Fetcher) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"cut")
        handler.close_connection = True

    with pytest.raises(FetchError, match="connection failed"):
        fetcher.fetch(web.serve("/cut", answer))


def test_packed_pages_are_unpacked_and_bombs_stop_at_the_limit(web: Web, fetcher: Fetcher) -> None:
    assert fetcher.fetch(web.put("/z", gzip.compress(PAGE), Content_Encoding="gzip")).content == PAGE
    with pytest.raises(FetchError, match="max_bytes"):
        fetcher.fetch(web.put("/bomb", gzip.compress(b"x" * 5_000_000), Content_Encoding="gzip"))
    with pytest.raises(FormatError, match="cut off"):
        fetcher.fetch(web.put("/half", gzip.compress(PAGE)[:-10], Content_Encoding="gzip"))
    with pytest.raises(FormatError, match="damaged"):
        fetcher.fetch(web.put("/lie", PAGE, Content_Encoding="gzip"))
    with pytest.raises(FetchError, match="not asked for"):
        fetcher.fetch(web.put("/br", PAGE, Content_Encoding="br"))


def test_pictures_are_not_read(web: Web, fetcher: Fetcher) -> None:
    with pytest.raises(FormatError, match="image/png"):
        fetcher.fetch(web.put("/p", b"\x89PNG", "image/png"))


def test_robots_are_obeyed_on_every_hop(web: Web, fetcher: Fetcher) -> None:
    web.put("/robots.txt", b"User-agent: *\nDisallow: /closed\n", "text/plain")
    with pytest.raises(FetchError, match=r"robots\.txt"):
        fetcher.fetch(web.put("/closed/a", PAGE))
    with pytest.raises(FetchError, match=r"robots\.txt"):
        fetcher.fetch(web.fail("/open", 302, Location="/closed/a"))
    assert "/closed/a" not in web.asked
    assert web.asked.count("/robots.txt") == 1


def test_a_site_whose_rules_cannot_be_read_is_left_alone(web: Web, fetcher: Fetcher) -> None:
    web.fail("/robots.txt", 503)
    with pytest.raises(FetchError, match=r"robots\.txt answers 503"):
        fetcher.fetch(web.put("/a", PAGE))
    assert "/a" not in web.asked


def test_requests_to_one_host_are_spaced_and_what_the_cache_answers_is_not(web: Web, settings: Settings) -> None:
    first = web.put("/a", PAGE, Cache_Control="max-age=60")
    second = web.put("/b", PAGE)
    with open_fetcher(settings, host_delay_s=0.3) as fetcher:
        begun = time.monotonic()
        fetcher.fetch(first)
        assert time.monotonic() - begun < 0.25
        fetcher.fetch(second)
        assert time.monotonic() - begun > 0.3
        begun = time.monotonic()
        fetcher.fetch(first)
        assert time.monotonic() - begun < 0.25
    assert web.asked.count("/a") == 1


def test_a_redirect_to_another_host_waits_for_that_host(web: Web, settings: Settings) -> None:
    port = web.url.rpartition(":")[2]
    web.put("/a", PAGE)
    web.fail("/short", 302, Location=f"http://post.example:{port}/a")
    changed = msgspec.structs.replace(settings, host_delay_s=0.3)
    with Fetcher(changed, may_reach=only_loopback, resolve=lambda host, port: [LOOPBACK]) as fetcher:
        fetcher.fetch(f"http://post.example:{port}/a")
        begun = time.monotonic()
        fetcher.fetch(f"http://short.example:{port}/short")
        assert time.monotonic() - begun > 0.2


def test_a_longer_pause_that_robots_ask_for_is_kept(web: Web, fetcher: Fetcher) -> None:
    web.put("/robots.txt", b"User-agent: *\nCrawl-delay: 0.3\n", "text/plain")
    begun = time.monotonic()
    fetcher.fetch(web.put("/a", PAGE))
    fetcher.fetch(web.put("/b", PAGE))
    assert time.monotonic() - begun > 0.3


def test_an_hour_between_two_requests_is_not_waited(web: Web, fetcher: Fetcher) -> None:
    web.put("/robots.txt", b"User-agent: *\nCrawl-delay: 3600\n", "text/plain")
    with pytest.raises(FetchError, match="3600 s between two requests"):
        fetcher.fetch(web.put("/a", PAGE))


def test_what_has_not_changed_costs_a_304_even_in_a_later_run(web: Web, settings: Settings) -> None:
    url = web.put("/feed", PAGE, ETag='"v1"', Cache_Control="max-age=600")
    for _ in range(2):
        with open_fetcher(settings) as fetcher:
            assert fetcher.fetch(url, revalidate=True).content == PAGE
    checks = [headers for path, headers in zip(web.asked, web.headers, strict=True) if path == "/feed"]
    assert [headers.get("if-none-match") for headers in checks] == [None, '"v1"']


def test_a_host_that_keeps_failing_is_left_alone(web: Web, fetcher: Fetcher) -> None:
    for _ in range(3):
        with pytest.raises(FetchError, match="500"):
            fetcher.fetch(web.fail("/down", 500))
    with pytest.raises(FetchError, match="3 times in a row"):
        fetcher.fetch(web.put("/a", PAGE))


def test_a_cache_folder_that_cannot_be_made_stops_the_run(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="cache_dir"):
        Fetcher(Settings(cache_dir=tmp_path / "file"))
