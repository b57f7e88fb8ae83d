"""What stands at an address of the web: a page, or a feed or sitemap whose entries are fetched one by one."""

import io
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

import msgspec

from reportedly.acquire.feeds import Entry, make_document, read_feed, read_sitemap
from reportedly.acquire.fetch import Fetched, Fetcher
from reportedly.acquire.files import Outcome, read_stream
from reportedly.acquire.kinds import HEAD_BYTES, Kind, find_kind
from reportedly.acquire.streams import Gunzip, buffer, look_ahead, read_up_to
from reportedly.errors import DocumentError, FormatError, RecordError
from reportedly.records.document import Hints

# Types that servers give what they do not know; here the suffix of the address tells more.
_VAGUE = {"", "text/plain", "application/octet-stream", "binary/octet-stream", "application/xml", "text/xml"}
# An index of sitemaps may not name further indexes (sitemaps.org); one level more is borne.
_MAX_LEVELS = 3


def read_address(fetcher: Fetcher, url: str, max_bytes: int) -> Iterator[Outcome]:
    """Read a page, or all that a feed or sitemap names.

    Args:
        fetcher: Open.
        url: An http or https address.
        max_bytes: Largest document.

    Yields:
        One outcome for a page; for a feed or sitemap one an entry, in its order, each fetched when it is asked for,
        with what the feed says of it as hints. Addresses are those after redirects.
    """
    yield from _read_level(fetcher, url, max_bytes, {url}, 1)


def _read_level(fetcher: Fetcher, url: str, max_bytes: int, seen: set[str], level: int) -> Iterator[Outcome]:
    try:
        page = fetcher.fetch(url, revalidate=True)
    except DocumentError as error:
        yield error
        return
    entries = _find_entries(url, page, max_bytes)
    if entries is None:
        yield from _read_page(page, max_bytes)
        return
    if isinstance(entries, DocumentError):
        yield entries
        return
    for number, entry in enumerate(entries, 1):
        if entry.link is None:
            yield make_document(url, number, entry)
        elif entry.link in seen:
            continue
        elif entry.is_index:
            seen.add(entry.link)
            if level < _MAX_LEVELS:
                yield from _read_level(fetcher, entry.link, max_bytes, seen, level + 1)
            else:
                yield RecordError(entry.link, f"named by {url}, {level} sitemaps deep; give its own address to read it")
        else:
            seen.add(entry.link)
            yield _read_entry(fetcher, entry.link, entry.hints, max_bytes)


def _read_entry(fetcher: Fetcher, link: str, hints: Hints, max_bytes: int) -> Outcome:
    try:
        page = fetcher.fetch(link)
    except DocumentError as error:
        return error
    name = _name(page)
    kind = find_kind(page.content[:HEAD_BYTES], name, page.media_type)
    if kind in (Kind.FEED, Kind.SITEMAP, Kind.JSON_LINES, Kind.WARC, Kind.GZIP):
        return FormatError(link, f"this entry leads to no page but to a {kind} file; give its own address to read it")
    outcome = next(_read_page(page, max_bytes))
    if isinstance(outcome, DocumentError):
        return outcome
    found = outcome.hints
    return msgspec.structs.replace(
        outcome,
        hints=Hints(
            id=hints.id or found.id,
            title=hints.title or found.title,
            published=hints.published or found.published,
            publisher=hints.publisher or found.publisher,
        ),
    )


def _read_page(page: Fetched, max_bytes: int) -> Iterator[Outcome]:
    return read_stream(
        page.url, _name(page), io.BytesIO(page.content), max_bytes, page.media_type or None, page.charset
    )


def _find_entries(url: str, page: Fetched, max_bytes: int) -> Sequence[Entry] | DocumentError | None:
    """Return the entries of a feed or sitemap, packed or not; None for anything else."""
    content, name, media_type = page.content, _name(page), page.media_type
    kind = find_kind(content[:HEAD_BYTES], name, media_type)
    if kind is Kind.GZIP:
        unpacked = Gunzip(io.BytesIO(content))
        head, stream = look_ahead(buffer(unpacked))
        kind = find_kind(head, name.removesuffix(".gz"))
        if kind not in (Kind.FEED, Kind.SITEMAP):
            return None
        inner = read_up_to(stream, max_bytes)
        if inner is None:
            return FormatError(url, f"unpacks to more than {max_bytes:,} bytes; raise the setting max_bytes to read it")
        if unpacked.damage:
            return FormatError(url, f"{unpacked.damage}; try again later")
        content = inner
    if kind is Kind.FEED:
        return read_feed(url, content, page.charset, page.url)
    return read_sitemap(url, content) if kind is Kind.SITEMAP else None


def _name(page: Fetched) -> str:
    """Return the last part of the address where the declared type says little, else nothing."""
    return urlsplit(page.url).path.rpartition("/")[2] if page.media_type in _VAGUE else ""
