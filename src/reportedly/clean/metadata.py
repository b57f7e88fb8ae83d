"""What a page says of its report: headline, outlet, times and links."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from typing import Any
from urllib.parse import urljoin, urlsplit

import msgspec
from lxml.html import HtmlElement

from reportedly.clean.jsonld import find_article, get_text, get_types

MAX_LINKS = 200

_URL = re.compile(r"https?://[^\s<>\"'“”‘’«»|]+")
_URL_END = ".,;:!?)]}…*"
_SITE = re.compile(r"\s+[|–—·•»-]\s+[^|–—·•»]{2,40}$")


class MetadataNames(msgspec.Struct, frozen=True):
    """Names of ``<meta>`` elements, in the order in which they are believed."""

    published: tuple[str, ...]
    title: tuple[str, ...]
    publisher: tuple[str, ...]


class PageFacts(msgspec.Struct, frozen=True):
    """What a page says of its report, unparsed; times in the order in which they are believed.

    Attributes:
        title: Headline.
        publisher: Outlet.
        metadata_times: From JSON-LD and ``<meta>``.
        markup_times: From ``<time>`` and ``itemprop`` elements.
        section: Section or genre as the publisher names it.
    """

    title: str | None = None
    publisher: str | None = None
    metadata_times: tuple[str, ...] = ()
    markup_times: tuple[str, ...] = ()
    section: str = ""


def open_metadata() -> MetadataNames:
    """Read the table that ships with the package."""
    table = files("reportedly.clean").joinpath("data", "metadata.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(table), MetadataNames)


def read_facts(tree: HtmlElement, records: Sequence[Mapping[str, Any]], names: MetadataNames) -> PageFacts:
    """Read what a page says of its report. ``records`` are the page's JSON-LD objects."""
    article = find_article(records) or {}
    meta = _read_meta(tree)
    site = _first(meta, names.publisher)
    title = get_text(article, "headline") or _first(meta, names.title) or _find_heading(tree)
    told = [value for value in (get_text(article, "datePublished"),) if value]
    told += [meta[name] for name in names.published if name in meta]
    return PageFacts(
        title=_strip_site(title, site) if title else None,
        publisher=_find_publisher(article, records) or site,
        metadata_times=tuple(told),
        markup_times=tuple(_find_times(tree)),
        section=" ".join(
            part
            for part in (*sorted(get_types(article)), get_text(article, "articleSection"), meta.get("article:section"))
            if part
        ),
    )


def find_links(tree: HtmlElement, text: str, address: str) -> tuple[str, ...]:
    """Return the addresses that the report itself links to, absolute, in order, each once.

    A link counts where its words stand in ``text`` within a block that does: menus and teasers are left out.
    """
    lines = {_key(line) for line in text.split("\n")}
    found: dict[str, None] = {}
    for block in tree.iter("p", "li", "blockquote", "h2", "h3", "td"):
        links = list(block.iter("a"))
        if not links or _key("".join(block.itertext())) not in lines:
            continue
        for link in links:
            target = _absolute(link.get("href") or "", address)
            if target:
                found[target] = None
    return tuple(found)[:MAX_LINKS]


def find_addresses(text: str) -> tuple[tuple[str, int], ...]:
    """Return the addresses written out in a text with the offsets of their first characters, in order."""
    found = []
    for match in _URL.finditer(text):
        url = match.group().rstrip(_URL_END)
        if _absolute(url, ""):
            found.append((url, match.start()))
    return tuple(found)


def find_domain(address: str) -> str | None:
    """Return the host of a web address without ``www.``; None for files."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    return re.sub(r"^(?:www\d?|m|amp)\.", "", host)


def _absolute(href: str, address: str) -> str | None:
    href = href.strip()
    if not href or href.startswith("#"):
        return None
    try:
        target = urljoin(address, href) if find_domain(address) else href
    except ValueError:
        return None
    return target if find_domain(target) else None


def _read_meta(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop"):
            name = (element.get(attribute) or "").strip().lower()
            if name and content:
                found.setdefault(name, " ".join(content.split()))
    return found


def _first(meta: Mapping[str, str], names: Iterable[str]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _find_heading(tree: HtmlElement) -> str | None:
    headings = [text for text in map(_words, tree.iter("h1")) if text]
    if len(set(headings)) == 1:
        return headings[0]
    return next((text for text in map(_words, tree.iter("title")) if text), None)


def _words(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())


def _strip_site(title: str, site: str | None) -> str:
    found = _SITE.search(title)
    if found is None:
        return title
    tail = _key(found.group())
    known = _key(site or "")
    return title[: found.start()] if known and (tail in known or known in tail) else title


def _find_publisher(article: Mapping[str, Any], records: Sequence[Mapping[str, Any]]) -> str | None:
    if name := get_text(article, "publisher"):
        return name
    publisher = article.get("publisher")
    key = publisher.get("@id") if isinstance(publisher, Mapping) else None
    if not isinstance(key, str):
        return None
    return next((name for record in records if record.get("@id") == key and (name := get_text(record, "name"))), None)


def _find_times(tree: HtmlElement) -> list[str]:
    """Return the times marked as publication, or else those of all ``<time>`` elements where they agree on the day.

    Where they do not, most of them belong to lists of other reports.
    """
    marked: list[str] = []
    loose: list[str] = []
    for element in tree.iter("time", "span", "abbr", "p", "div"):
        published = (element.get("itemprop") or "").lower() == "datepublished" or element.get("pubdate") is not None
        if element.tag != "time" and not published:
            continue
        stamp = element.get("datetime") or element.get("content")
        if published and (value := stamp or element.get("title") or _words(element)):
            marked.append(value)
        elif stamp:
            loose.append(stamp)
    if not marked and len({value[:10] for value in loose}) != 1:
        return []
    return (marked or loose)[:4]


def _key(line: str) -> str:
    return "".join(char for char in line.lower() if char.isalnum())
