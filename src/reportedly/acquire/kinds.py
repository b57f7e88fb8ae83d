"""What a run of bytes is, told from its first bytes, its name and what a server declared, in that order of trust."""

import codecs
import re
from enum import StrEnum
from pathlib import PurePosixPath

HEAD_BYTES = 8192
"""How much of a file is looked at. A PDF may start up to 1,024 bytes in, an XML root behind a long comment."""

READABLE = ".txt .md .html .htm .xhtml .pdf .docx .jsonl .ndjson .xml .atom .rss .warc, each also as .gz"
"""What is read, for messages."""


class Kind(StrEnum):
    """How a run of bytes is read."""

    TEXT = "text"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    JSON_LINES = "jsonl"
    WARC = "warc"
    FEED = "feed"
    SITEMAP = "sitemap"
    GZIP = "gzip"
    UNKNOWN = "unknown"


_BY_SUFFIX = {
    ".txt": Kind.TEXT,
    ".text": Kind.TEXT,
    ".md": Kind.TEXT,
    ".markdown": Kind.TEXT,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
    ".pdf": Kind.PDF,
    ".docx": Kind.DOCX,
    ".jsonl": Kind.JSON_LINES,
    ".ndjson": Kind.JSON_LINES,
    ".json-lines": Kind.JSON_LINES,
    ".warc": Kind.WARC,
    ".xml": Kind.FEED,
    ".atom": Kind.FEED,
    ".rss": Kind.FEED,
    ".gz": Kind.GZIP,
}
_BY_MEDIA_TYPE = {
    "text/html": Kind.HTML,
    "application/xhtml+xml": Kind.HTML,
    "text/plain": Kind.TEXT,
    "text/markdown": Kind.TEXT,
    "application/pdf": Kind.PDF,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Kind.DOCX,
    "application/rss+xml": Kind.FEED,
    "application/atom+xml": Kind.FEED,
    "application/rdf+xml": Kind.FEED,
    "application/jsonl": Kind.JSON_LINES,
    "application/x-ndjson": Kind.JSON_LINES,
    "application/gzip": Kind.GZIP,
    "application/x-gzip": Kind.GZIP,
    "application/warc": Kind.WARC,
}
_MAGIC = (
    (b"\x1f\x8b", Kind.GZIP),
    (b"WARC/", Kind.WARC),
    (b"%PDF-", Kind.PDF),
)
_REFUSED = (
    (b"\xd0\xcf\x11\xe0", "a document of an old Office format (.doc); save it as .docx or PDF"),
    (b"{\\rtf", "Rich Text; save it as .docx, PDF or plain text"),
    (b"PK\x03\x04", "a ZIP archive; unpack it and give the folder"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"BZh", "compressed with bzip2; unpack it, or compress it with gzip"),
    (b"\xfd7zXZ", "compressed with xz; unpack it, or compress it with gzip"),
    (b"(\xb5/\xfd", "compressed with zstd; unpack it, or compress it with gzip"),
    (b"7z\xbc\xaf", "a 7-Zip archive; unpack it and give the folder"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FEED_ROOTS = {"rss", "feed", "rdf", "channel"}
_SITEMAP_ROOTS = {"urlset", "sitemapindex"}
# Atomic groups: with backtracking, a hundred comments before no root would never end.
_ROOT = re.compile(
    r"(?>\s+|<\?.*?\?>|<!--.*?-->|<!doctype[^>\[]*(?:\[.*?\]\s*)?>)*+<(?:[\w.-]+:)?([\w.-]+)", re.I | re.S
)
_HTML = re.compile(
    r"\s*+(?><!--.*?-->\s*)*+<(?:!doctype\s+html|html|head|body|article|main|div|h[1-6]|meta|title|p)\b", re.I | re.S
)
_JSON = re.compile(r'\s*\{\s*"')
# Control characters that no text holds; tab, line feed, form feed, carriage return, escape and the C1 range of
# cp1252 and of files with stray control characters are let through.
_BINARY = re.compile(rb"[\x00-\x06\x0e-\x1a]")
_MAX_STRAY = 3


def find_kind(head: bytes, name: str, media_type: str | None = None) -> Kind:
    """Say how bytes are to be read.

    What the bytes show beyond doubt (a PDF named ``.txt``) wins over the name, the name over the declared type.

    Args:
        head: The first ``HEAD_BYTES`` bytes, or all.
        name: File name or path of the address; only its suffix counts. Empty where there is none.
        media_type: What a server declared, without parameters.

    Returns:
        ``UNKNOWN`` for what cannot be read; ``describe_unknown`` says why.
    """
    magic = next((kind for start, kind in _MAGIC if head.startswith(start)), None)
    if magic is not None:
        return magic
    named = _BY_SUFFIX.get(PurePosixPath(name.lower()).suffix)
    declared = _BY_MEDIA_TYPE.get((media_type or "").lower())
    if b"%PDF-" in head[:1024] and Kind.PDF in (named, declared):
        return Kind.PDF
    if head.startswith(b"PK\x03\x04") and (Kind.DOCX in (named, declared) or b"word/" in head):
        return Kind.DOCX
    if named in (Kind.PDF, Kind.DOCX, Kind.GZIP):
        return named
    if is_binary(head):
        return Kind.UNKNOWN
    text = _peek(head)
    if named in (None, Kind.TEXT, Kind.FEED, Kind.HTML):
        shown = _find_markup(text)
        if shown is not None:
            return shown
    if named is not None:
        return named
    if _JSON.match(text) and (declared is None or declared is Kind.JSON_LINES):
        return Kind.JSON_LINES
    if declared is not None:
        return declared
    return Kind.TEXT if _may_be_plain(name, media_type) else Kind.UNKNOWN


def is_binary(head: bytes) -> bool:
    """Say whether bytes are no text in any common encoding."""
    if any(head.startswith(bom) for bom, _ in _BOMS):
        return False
    if find_wide_charset(head) is not None:
        return False
    if any(head.startswith(start) for start, _ in _REFUSED):
        return True
    # A few stray control characters do not make a report unreadable; a hundredth of them does.
    return len(_BINARY.findall(head)) > max(_MAX_STRAY, len(head) // 100)


def find_wide_charset(head: bytes) -> str | None:
    """Return ``utf-16-le`` or ``utf-16-be`` for UTF-16 without a byte order mark, told by where its NULs stand."""
    pairs = len(head) // 2
    if pairs < 8 or any(head.startswith(bom) for bom, _ in _BOMS):
        return None
    even, odd = head[0 : pairs * 2 : 2].count(0), head[1 : pairs * 2 : 2].count(0)
    if odd * 2 > pairs and even * 50 < pairs:
        return "utf-16-le"
    if even * 2 > pairs and odd * 50 < pairs:
        return "utf-16-be"
    return None


def find_bom(head: bytes) -> str | None:
    """Return the encoding that a byte order mark names, where there is one."""
    return next((name for bom, name in _BOMS if head.startswith(bom)), None)


def describe_unknown(head: bytes, name: str, media_type: str | None = None) -> str:
    """Say in words what unreadable bytes are, what was expected and what to do."""
    what = next((text for start, text in _REFUSED if head.startswith(start)), None)
    if what is None and is_binary(head):
        what = "binary data, not text"
    if what is None:
        suffix = PurePosixPath(name).suffix
        what = f"of an unknown type ({suffix or media_type or 'no suffix'})"
    return f"this is {what}. Expected one of {READABLE}"


def _peek(head: bytes) -> str:
    wide = find_wide_charset(head)
    charset = find_bom(head) or wide or "utf-8"
    return head.decode(charset, "replace").lstrip("\ufeff")


def _find_markup(text: str) -> Kind | None:
    if _HTML.match(text):
        return Kind.HTML
    root = _ROOT.match(text)
    if root is None:
        return None
    name = root[1].lower()
    if name in _FEED_ROOTS:
        return Kind.FEED
    if name in _SITEMAP_ROOTS:
        return Kind.SITEMAP
    return Kind.HTML if name == "html" else None


def _may_be_plain(name: str, media_type: str | None) -> bool:
    """A name without a suffix (``-``, a pipe, ``README``) may be plain text; an unknown suffix or type may not."""
    return not PurePosixPath(name).suffix and not media_type
