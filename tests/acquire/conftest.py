"""A web of one machine: pages, redirects and servers that misbehave, on loopback; and settings without pauses."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address
from pathlib import Path

import pytest

from reportedly.acquire.addresses import Address
from reportedly.acquire.fetch import Fetcher
from reportedly.config import Settings

LOOPBACK = IPv4Address("127.0.0.1")

Answer = Callable[[BaseHTTPRequestHandler], None]


def only_loopback(address: Address) -> bool:
    """Stand in for the public internet: the one address that the test server has."""
    return address == LOOPBACK


class Web:
    """Answers by path, else 404. ``asked`` lists the requests that arrived, ``headers`` theirs in lower case."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.url = ""

    def put(self, path: str, body: bytes, media_type: str = "text/html; charset=utf-8", **headers: str) -> str:
        """Serve a page with the headers given (``ETag="x"``, ``Cache_Control="no-store"``) and return its address."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            validator = headers.get("ETag")
            if validator is not None and handler.headers.get("If-None-Match") == validator:
                handler.send_response(304)
                handler.send_header("ETag", validator)
                handler.end_headers()
                return
            handler.send_response(200)
            handler.send_header("Content-Type", media_type)
            handler.send_header("Content-Length", str(len(body)))
            for name, value in headers.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.end_headers()
            handler.wfile.write(body)

        return self.serve(path, answer)

    def fail(self, path: str, status: int, **headers: str) -> str:
        """Answer with a status and no page."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in headers.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.send_header("Content-Length", "0")
            handler.end_headers()

        return self.serve(path, answer)

    def serve(self, path: str, answer: Answer) -> str:
        """Answer by a function."""
        self.answers[path] = answer
        return self.url + path


@pytest.fixture
def web() -> Iterator[Web]:
    """Serve on a free port of this machine; a test that uses it carries ``network`` and ``enable_socket``."""
    site = Web()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.headers.append({name.lower(): value for name, value in self.headers.items()})
            answer = site.answers.get(self.path)
            if answer is None:
                self.send_response(404)
                self.send_header("Content-Length", "0")
                self.end_headers()
            else:
                answer(self)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield site
    server.shutdown()
    server.server_close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Short limits, no pauses, a cache of the test's own."""
    return Settings(cache_dir=tmp_path / "cache", timeout_s=0.5, max_bytes=100_000, host_delay_s=0.0, retries=0)


@pytest.fixture
def fetcher(settings: Settings) -> Iterator[Fetcher]:
    """A fetcher for which this machine is the whole internet."""
    with Fetcher(settings, may_reach=only_loopback) as opened:
        yield opened
