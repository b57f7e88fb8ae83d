"""Address to bytes: cached, paced, retried, limited in time and size, and never to a private address."""

import http
import ssl
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from types import TracebackType

import hishel
import hishel.httpx
import httpcore
import httpx
import msgspec
import stamina

from reportedly.acquire.addresses import (
    Address,
    GuardedBackend,
    RefusedAddressError,
    UnknownHostError,
    is_public,
    resolve_host,
)
from reportedly.acquire.robots import Robots
from reportedly.acquire.transport import IMMEDIATE, PacedTransport
from reportedly.config import Settings
from reportedly.errors import ConfigError, FetchError, FormatError

MAX_REDIRECTS = 8
# A page may take this many times the wait for one byte, retries and redirects included: long enough for the largest
# document over a slow line, short enough that a server which drips holds nobody for an hour.
_DEADLINE_FACTOR = 6
# Longest pause that a server may ask for, in seconds, between two requests or before a retry; a report is read by
# somebody who waits.
MAX_PAUSE_S = 60.0
# A host that is down would otherwise cost every entry of a feed all its tries.
_MAX_FAILURES = 3
_ROBOTS_BYTES = 500 * 1024  # RFC 9309, 2.5
_CHUNK = 64 * 1024
_TRANSIENT = {408, 425, 429, 500, 502, 503, 504}
_MEDIA = ("image/", "video/", "audio/", "font/")
_ACCEPT = (
    "text/html, application/xhtml+xml, application/atom+xml, application/rss+xml, application/xml;q=0.9, "
    "application/pdf;q=0.9, text/plain;q=0.8, */*;q=0.5"
)
_ADVICE = {
    401: "it is not public",
    402: "it is not public",
    403: "the server does not let it be read",
    410: "it was taken down",
    429: "the server asks for fewer requests; try later",
    451: "it is withheld for legal reasons",
}


class Fetched(msgspec.Struct, frozen=True):
    """What an address gave.

    Attributes:
        url: Where it was found, after redirects.
        content: The body, unpacked.
        media_type: As declared, lower case, without parameters; empty where nothing is declared.
        charset: As declared.
    """

    url: str
    content: bytes
    media_type: str
    charset: str | None


class _TransientError(Exception):
    """A fault that may be gone a moment later."""

    def __init__(self, message: str, pause_s: float | None = None) -> None:
        super().__init__(message)
        self.pause_s = pause_s


class Fetcher:
    """Fetches pages; one connection at a time, closed with the ``with`` block.

    Proxies named in the environment are not used: behind one, nobody could check which address is reached.
    """

    def __init__(
        self,
        settings: Settings,
        may_reach: Callable[[Address], bool] = is_public,
        resolve: Callable[[str, int], Iterable[Address]] = resolve_host,
    ) -> None:
        """Open the cache; nothing is sent yet.

        Args:
            settings: User agent, limits, pauses and the cache's folder.
            may_reach: Which addresses may be connected to. Tests on one machine pass their own; no setting does.
            resolve: Name to addresses, asked once a connection.

        Raises:
            ConfigError: the cache's folder cannot be made.
        """
        self._settings = settings
        self._backend = GuardedBackend(may_reach, resolve)
        self._transport = PacedTransport(self._backend, settings.host_delay_s)
        self._robots: dict[str, Robots] = {}
        self._failures: Counter[str] = Counter()
        folder = settings.cache_dir / "http"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigError(
                f"{folder}: the cache's folder cannot be made ({error.strerror}); set cache_dir"
            ) from error
        storage = hishel.SqliteStorage(database_path=folder / "cache.db", max_stream_size=settings.max_bytes)
        self._cache = hishel.httpx.CacheTransport(
            self._transport, storage, rfc=hishel.CacheOptions(shared=False, supported_methods=["GET"])
        )
        self._headers = {"User-Agent": settings.user_agent, "Accept": _ACCEPT, "Accept-Encoding": "gzip"}
        self._timeouts = httpx.Timeout(settings.timeout_s).as_dict()

    def __enter__(self) -> "Fetcher":
        """Return the fetcher."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close connections and cache."""
        self._cache.close()

    def fetch(self, url: str, revalidate: bool = False) -> Fetched:
        """Fetch one page.

        A stored copy that is fresh by RFC 9111 is used as it is, a stale one is checked with its validators (ETag,
        Last-Modified), so that what has not changed costs a 304 without a body.

        Args:
            url: An http or https address.
            revalidate: Check a stored copy even where it is fresh, as for an address that the user named.

        Raises:
            FetchError: status, time, size, robots.txt, redirects, or an address that is not public.
            FormatError: a picture, sound or film, or a body whose packing is damaged.
        """
        host = _check_url(url, url, "").netloc.decode("ascii")
        if self._failures[host] >= _MAX_FAILURES:
            raise FetchError(url, f"{host} failed {_MAX_FAILURES} times in a row and is left alone for this run")
        budget = self._settings.timeout_s * _DEADLINE_FACTOR
        self._backend.deadline = time.monotonic() + budget
        attempts, tried = max(self._settings.retries, 0) + 1, 0
        try:
            for attempt in stamina.retry_context(
                on=_find_pause, attempts=attempts, timeout=budget, wait_initial=0.5, wait_jitter=0.5
            ):
                tried = attempt.num
                with attempt:
                    fetched = self._follow(url, revalidate)
                    self._failures.pop(host, None)
                    return fetched
        except _TransientError as error:
            self._failures[host] += 1
            tries = f", tried {tried} times" if tried > 1 else ""
            raise FetchError(url, f"{error}{tries}; try again later") from error
        raise AssertionError("stamina makes at least one attempt")

    def _follow(self, url: str, revalidate: bool) -> Fetched:
        current, cookies, host = url, httpx.Cookies(), ""
        for hop in range(MAX_REDIRECTS + 1):
            place = "" if hop == 0 else f" (redirected to {current})"
            target = _check_url(url, current, place)
            self._obey_robots(url, target, place)
            # A hop within a host belongs to the request before it; another host gets its pause.
            immediate, host = target.host == host, target.host
            request = self._make_request(target, immediate, revalidate)
            # Some sites redirect for ever whoever does not hold up the cookie that they gave a moment ago.
            cookies.set_cookie_header(request)
            with closing(self._send(url, request, place)) as response:
                cookies.extract_cookies(response)
                if not response.has_redirect_location:
                    return self._read(url, response, place)
                current = _join(url, target, response.headers["Location"])
        raise FetchError(url, f"more than {MAX_REDIRECTS} redirects, the last to {current}; check the address")

    def _obey_robots(self, url: str, target: httpx.URL, place: str) -> None:
        origin = f"{target.scheme}://{target.netloc.decode('ascii')}"
        if origin not in self._robots:
            self._robots[origin] = self._fetch_robots(url, origin, place)
        robots = self._robots[origin]
        if not robots.allows(str(target)):
            raise FetchError(
                url, f"the robots.txt of {origin} does not let this page be fetched{place}; it is left alone"
            )
        pause = robots.pause_s
        if pause > MAX_PAUSE_S:
            raise FetchError(
                url,
                f"the robots.txt of {origin} asks for {pause:.0f} s between two requests{place}; at most "
                f"{MAX_PAUSE_S:.0f} s are waited, so it is left alone",
            )
        self._transport.ask_pause(target.netloc.decode("ascii"), pause)

    def _fetch_robots(self, url: str, origin: str, place: str) -> Robots:
        """Fetch robots.txt as RFC 9309 says: no file means no rules, a server in trouble means hands off."""
        target = httpx.URL(f"{origin}/robots.txt")
        for _ in range(MAX_REDIRECTS):
            request = self._make_request(target, immediate=True, revalidate=False)
            with closing(self._send(url, request, place)) as response:
                if response.has_redirect_location:
                    target = _check_url(url, _join(url, target, response.headers["Location"]), place)
                    continue
                if response.status_code in _TRANSIENT:
                    raise _TransientError(
                        f"{target} answers {response.status_code}{place}, and without knowing its rules a page is left "
                        "alone",
                        _read_retry_after(response),
                    )
                if not response.is_success:
                    return Robots("", self._settings.user_agent)
                content, _ = self._unpack(url, response, _ROBOTS_BYTES, place)
                return Robots(content.decode("utf-8", "replace"), self._settings.user_agent)
        return Robots("", self._settings.user_agent)

    def _make_request(self, target: httpx.URL, immediate: bool, revalidate: bool) -> httpx.Request:
        headers = {**self._headers, **({"Cache-Control": "no-cache"} if revalidate else {})}
        return httpx.Request(
            "GET", target, headers=headers, extensions={"timeout": self._timeouts, IMMEDIATE: immediate}
        )

    def _send(self, url: str, request: httpx.Request, place: str) -> httpx.Response:
        """Send through the cache; ``httpx.Client`` would join addresses and unpack bodies by rules of its own."""
        try:
            response = self._cache.handle_request(request)
        except (RefusedAddressError, UnknownHostError, *_FAULTS) as error:
            raise self._name_fault(url, error, place) from error
        response.request = request
        return response

    def _read(self, url: str, response: httpx.Response, place: str) -> Fetched:
        status = response.status_code
        if status in _TRANSIENT:
            raise _TransientError(f"the server answers {_name_status(status)}{place}", _read_retry_after(response))
        if status != 200:
            raise FetchError(
                url, f"the server answers {_name_status(status)}{place}; {_ADVICE.get(status, 'check the address')}"
            )
        media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if media_type.startswith(_MEDIA):
            raise FormatError(url, f"this is {media_type}{place}, not text; expected a page, a PDF or a feed")
        limit = self._settings.max_bytes
        declared = response.headers.get("Content-Length", "")
        content, whole = b"", not (declared.isdigit() and int(declared) > limit)
        if whole:
            content, whole = self._unpack(url, response, limit, place)
        if not whole:
            raise FetchError(url, f"larger than {limit:,} bytes{place}; raise the setting max_bytes to read it")
        return Fetched(str(response.url), content, media_type, response.charset_encoding)

    def _unpack(self, url: str, response: httpx.Response, limit: int, place: str) -> tuple[bytes, bool]:
        """Return up to ``limit`` unpacked bytes, and whether that is all.

        httpx would unpack a whole chunk at once, and 64 kB of gzip hold 64 MB, of Brotli far more: only gzip is asked
        for, and it is unpacked here, to the limit.
        """
        coding = response.headers.get("Content-Encoding", "").strip().lower()
        if coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise FetchError(url, f"the server packs the page as {coding!r}, which was not asked for; it is not read")
        inflate = None if coding in ("", "identity") else zlib.decompressobj(wbits=47)
        body = bytearray()
        try:
            for chunk in response.iter_raw(_CHUNK):
                body += chunk if inflate is None else inflate.decompress(chunk, limit + 1 - len(body))
                if len(body) > limit:
                    return bytes(body[:limit]), False
        except zlib.error as error:
            raise FormatError(url, f"the packed page is damaged ({error}){place}; try again later") from error
        except _FAULTS as error:
            raise self._name_fault(url, error, place) from error
        if inflate is not None and body and not inflate.eof:
            raise FormatError(url, f"the packed page is cut off before its end{place}; try again later")
        return bytes(body), True

    def _name_fault(self, url: str, error: Exception, place: str) -> Exception:
        """Turn a library's error into ours: ``_TransientError`` where another try may help, else ``FetchError``."""
        if isinstance(error, RefusedAddressError):
            return FetchError(url, f"{error}{place}; only public addresses are fetched")
        if isinstance(error, UnknownHostError):
            fault = f"{error}{place}"
            return _TransientError(fault) if error.transient else FetchError(url, f"{fault}; check the address")
        if isinstance(error, (httpcore.TimeoutException, httpx.TimeoutException)):
            if time.monotonic() >= self._backend.deadline:
                limit = self._settings.timeout_s * _DEADLINE_FACTOR
                return _TransientError(f"not read whole within {limit:g} s{place}", pause_s=float("inf"))
            return _TransientError(f"timed out: no byte for {self._settings.timeout_s:g} s{place}")
        cause: BaseException | None = error
        while cause is not None:
            if isinstance(cause, ssl.SSLCertVerificationError):
                return FetchError(url, f"the server's certificate is not valid ({cause.verify_message}){place}")
            cause = cause.__cause__ or cause.__context__
        return _TransientError(f"the connection failed ({error or type(error).__name__}){place}")


_FAULTS = (
    httpx.TransportError,
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
)


def _find_pause(error: Exception) -> bool | float:
    """Tell the retrier whether and when to try again; a server's own wish is granted up to ``MAX_PAUSE_S``."""
    if not isinstance(error, _TransientError):
        return False
    if error.pause_s is None:
        return True
    return error.pause_s if error.pause_s <= MAX_PAUSE_S else False


def _read_retry_after(response: httpx.Response) -> float | None:
    value = response.headers.get("Retry-After", "")
    return float(value) if value.isdigit() else None


def _name_status(status: int) -> str:
    try:
        return f"{status} {http.HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _join(url: str, base: httpx.URL, location: str) -> str:
    try:
        return str(base.join(location))
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(url, f"redirected to {location!r}, which is no address ({error})") from error


def _check_url(url: str, current: str, place: str) -> httpx.URL:
    try:
        target = httpx.URL(current)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(url, f"this is no address{place} ({error}); expected https://host/path") from error
    if target.scheme not in ("http", "https") or not target.host:
        raise FetchError(url, f"only http and https addresses are fetched{place}")
    if target.userinfo:
        raise FetchError(url, f"addresses with a user name or password are not fetched{place}: public reports only")
    return target.copy_with(fragment=None)
