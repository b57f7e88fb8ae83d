"""Acquire: an address, a file or a folder to raw documents. Every library that reads a format stands behind it."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from reportedly.acquire.fetch import Fetcher
from reportedly.acquire.files import Outcome, estimate_total, read_path, read_stream
from reportedly.acquire.online import read_address
from reportedly.acquire.parts import divide
from reportedly.config import Settings
from reportedly.errors import DocumentError, FetchError

__all__ = ["acquire", "estimate_total"]


def acquire(
    inputs: Sequence[str],
    settings: Settings,
    stdin: BinaryIO | None = None,
    *,
    open_fetcher: Callable[[Settings], Fetcher] = Fetcher,
) -> Iterator[Outcome]:
    """Read every input, in order, one document in memory at a time.

    An input is a file, a folder, an http or https address of a page, a feed or a sitemap, or ``-`` for standard input.
    What the bytes show decides how they are read; docs/input.md says what can be.

    Args:
        inputs: Paths and addresses.
        settings: ``max_bytes``; for addresses also the cache's folder, user agent, limits and pauses.
        stdin: Stands for ``-``; None takes the process's own.
        open_fetcher: Opens the fetcher, once and only where an input is an address.

    Yields:
        One outcome a document: the document, ``text/html`` or ``text/plain``, undecoded, with what its container says
        of it; or, as a value, the error that says why it cannot be read. Every input gives at least one; a very long
        text gives several (see ``parts``).

    Raises:
        ConfigError: the cache's folder cannot be made.
    """
    with ExitStack() as stack:
        fetcher: Fetcher | None = None
        for given in inputs:
            if given.lower().startswith(("http://", "https://")):
                fetcher = fetcher or stack.enter_context(open_fetcher(settings))
                outcomes = read_address(fetcher, given, settings.max_bytes)
            else:
                outcomes = _read_local(given, settings, sys.stdin.buffer if stdin is None else stdin)
            for outcome in outcomes:
                yield from (outcome,) if isinstance(outcome, DocumentError) else divide(outcome)


def _read_local(given: str, settings: Settings, stdin: BinaryIO) -> Iterator[Outcome]:
    if not given.strip():
        yield FetchError("an empty name", "this is the name of no file; check the call (. is the working folder)")
    elif given == "-":
        yield from read_stream("stdin", "", stdin, settings.max_bytes)
    elif "://" in given:
        yield FetchError(given, "only http and https addresses are fetched")
    else:
        yield from read_path(Path(given), settings.max_bytes)
