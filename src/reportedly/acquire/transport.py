"""Real requests, beneath the cache: paced per host, sent over guarded connections."""

import time
from collections.abc import Iterator
from typing import Any, cast

import httpcore
import httpx

from reportedly.acquire.addresses import GuardedBackend

IMMEDIATE = "reportedly.immediate"
"""Request extension: true for a redirect within one host and for robots.txt, which wait for nothing."""


class PacedTransport(httpx.BaseTransport):
    """Sends requests one at a time, with a pause between two to one host.

    It stands beneath the cache, so that what the cache answers costs no pause. Errors are those of httpcore and of
    ``addresses``.
    """

    def __init__(self, backend: GuardedBackend, delay_s: float) -> None:
        self._backend = backend
        self._delay_s = delay_s
        self._delays: dict[str, float] = {}
        self._last: dict[str, float] = {}
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(), network_backend=backend, keepalive_expiry=10.0
        )

    def ask_pause(self, host: str, delay_s: float) -> None:
        """Pause longer for one host, as its robots.txt asks."""
        self._delays[host] = max(delay_s, self._delays.get(host, 0.0))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Wait where that is due, then send."""
        host = request.url.netloc.decode("ascii")
        if not request.extensions.get(IMMEDIATE):
            self._wait(host)
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        sent = httpcore.Request(
            method=request.method, url=url, headers=request.headers.raw, extensions=dict(request.extensions)
        )
        try:
            response = self._pool.handle_request(sent)
        finally:
            if not request.extensions.get(IMMEDIATE):
                self._last[host] = time.monotonic()
        return httpx.Response(
            status_code=response.status,
            headers=response.headers,
            stream=_Body(response),
            extensions=cast(dict[str, Any], response.extensions),
        )

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()

    def _wait(self, host: str) -> None:
        delay = max(self._delay_s, self._delays.get(host, 0.0))
        left = self._last.get(host, float("-inf")) + delay - time.monotonic()
        if left > 0:
            time.sleep(left)
            # Waiting our turn is not the server's slowness.
            self._backend.deadline += left


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        return self._response.iter_stream()

    def close(self) -> None:
        self._response.close()
