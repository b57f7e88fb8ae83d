"""Feeds and sitemaps: their entries, with what the feed says of each."""

import html
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

import feedparser
import msgspec
from lxml import etree

from reportedly.errors import DocumentError, EmptyDocumentError, FormatError, RecordError
from reportedly.records.document import Hints, RawDocument

_TAG = re.compile(r"<[a-zA-Z/!][^>]*>")
_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


class Entry(msgspec.Struct, frozen=True):
    """One entry of a feed or sitemap.

    Attributes:
        link: Address of the report; None where the feed gives none that can be fetched.
        hints: Title, publication time as written, publisher.
        text: Full text or summary that the feed carries itself; empty where it has none.
        is_html: Whether ``text`` is markup.
        is_index: Whether ``link`` leads to a further sitemap.
    """

    link: str | None
    hints: Hints = Hints()
    text: str = ""
    is_html: bool = False
    is_index: bool = False


def read_feed(
    address: str, content: bytes, charset: str | None = None, url: str | None = None
) -> Sequence[Entry] | DocumentError:
    """Read RSS, Atom, RDF or CDF, well formed or not, in the feed's own order; a repeated link counts once.

    Args:
        address: Path or URL, for messages.
        content: The feed.
        charset: Character set a server declared.
        url: Address that relative links are seen from.

    Returns:
        At least one entry; or ``FormatError`` for what is no feed, ``EmptyDocumentError`` for a feed without entries.
    """
    headers = {"content-type": f"application/xml; charset={charset}"} if charset else {}
    if url:
        headers["content-location"] = url
    try:
        feed = feedparser.parse(io.BytesIO(content), response_headers=headers)
    # Two thousand odd feeds pass; what the parser stumbles over one day is that feed's fault, not the run's.
    except Exception as error:
        return FormatError(address, f"this feed cannot be parsed ({type(error).__name__}: {error}); check its source")
    if not feed.entries:
        if feed.version:
            return EmptyDocumentError(address, "this feed has no entries")
        return FormatError(address, "this XML is neither a feed (RSS, Atom) nor a sitemap nor XHTML; check the address")
    publisher = _read_line(feed.feed.get("title"))
    entries: dict[str, Entry] = {}
    for number, item in enumerate(feed.entries):
        entry = _read_entry(item, publisher)
        entries.setdefault(entry.link or f"#{number}", entry)
    return list(entries.values())


def read_sitemap(address: str, content: bytes) -> Sequence[Entry] | DocumentError:
    """Read a sitemap or an index of sitemaps, with the news extension where it is used.

    ``lastmod`` says when a page was touched, not when it was published, so only the news extension dates an entry.

    Returns:
        At least one entry; or ``FormatError`` for what is no XML, ``EmptyDocumentError`` for a map without addresses.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        return FormatError(address, f"this sitemap is no XML ({error}); check the address")
    entries: dict[str, Entry] = {}
    for node in () if root is None else root.iterchildren(f"{_SITEMAP}url", f"{_SITEMAP}sitemap", "url", "sitemap"):
        link = (node.findtext(f"{_SITEMAP}loc") or node.findtext("loc") or "").strip()
        if link.startswith(("http://", "https://")):
            hints = Hints(
                title=_read_line(node.findtext(f"{_NEWS}news/{_NEWS}title")),
                published=_read_line(node.findtext(f"{_NEWS}news/{_NEWS}publication_date")),
                publisher=_read_line(node.findtext(f"{_NEWS}news/{_NEWS}publication/{_NEWS}name")),
            )
            is_index = etree.QName(node).localname == "sitemap"
            entries.setdefault(link, Entry(link=link, hints=hints, is_index=is_index))
    return list(entries.values()) or EmptyDocumentError(address, "this sitemap names no address")


def make_document(address: str, number: int, entry: Entry) -> RawDocument | DocumentError:
    """Make a document of what the feed itself carries of an entry.

    Args:
        address: The feed.
        number: The entry's place in it, from 1.
        entry: The entry.

    Returns:
        The full text or summary, addressed by the entry's link, else ``address#id``; ``RecordError`` where the feed
        carries neither.
    """
    member = entry.link or f"{address}#{entry.hints.id or f'entry-{number}'}"
    if not entry.text.strip():
        advice = (
            "give its own address, or the feed's, to have it fetched" if entry.link else "nothing can be read of it"
        )
        return RecordError(member, f"entry {number} of {address} carries no text; {advice}")
    content = entry.text
    if entry.is_html:
        title = html.escape(entry.hints.title or "")
        content = (
            f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head>'
            f"<body><article>{entry.text}</article></body></html>"
        )
    return RawDocument(
        address=member,
        content=content.encode("utf-8", "replace"),
        media_type="text/html" if entry.is_html else "text/plain",
        charset="utf-8",
        hints=entry.hints,
    )


def _read_entry(item: Mapping[str, Any], publisher: str | None) -> Entry:
    link = next((value for value in _find_links(item) if value.startswith(("http://", "https://"))), None)
    bodies = [body.get("value") or "" for body in item.get("content") or ()]
    text = max(bodies, key=len, default="").strip() or (item.get("summary") or "").strip()
    is_html = bool(_TAG.search(text))
    # An aggregator names the outlet of each entry; ``updated`` is where RSS 1.0 and many Atom feeds keep the time.
    origin = (item.get("source") or {}).get("title")
    return Entry(
        link=link,
        hints=Hints(
            id=_read_line(item.get("id")),
            title=_read_line(item.get("title")),
            published=_read_line(item.get("published")) or _read_line(item.get("updated")),
            publisher=_read_line(origin) or publisher,
        ),
        text=text if is_html else html.unescape(text),
        is_html=is_html,
    )


def _find_links(item: Mapping[str, Any]) -> list[str]:
    return [link.strip() for link in (item.get("link"), item.get("id")) if isinstance(link, str)]


def _read_line(value: object) -> str | None:
    """Return a value on one line without markup; None where nothing is left."""
    if not isinstance(value, str):
        return None
    return " ".join(html.unescape(_TAG.sub(" ", value)).split()) or None
