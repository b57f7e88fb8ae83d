"""Bytes to text: byte order mark, declared character set, UTF-8, the page's own declaration, then a guess."""

import codecs
import re

from charset_normalizer import from_bytes

from reportedly.errors import EmptyDocumentError, FormatError
from reportedly.records.document import RawDocument

SAMPLE_BYTES = 65_536
"""How much is looked at to tell text from binary data and to guess a character set."""

MAX_CONTROL_BYTES = 8
MAX_CONTROL_SHARE = 0.05
"""Text may hold stray control characters; compressed and compiled data hold about 10% of them."""

MIN_ASCII_SHARE = 0.8
_UPPER = bytes(range(128, 256))
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive (DOCX, EPUB …)"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
_SINGLE_BYTE = frozenset({"iso8859-1", "cp1252", "ascii"})
"""Often declared for what is UTF-8; every byte string is valid Latin-1, so its validity proves nothing."""

_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_CONTROL = bytes(sorted(set(range(32)) - {7, 8, 9, 10, 12, 13, 27})) + b"\x7f"


def decode(raw: RawDocument) -> str:
    """Decode a document without changing a character of it; only a byte order mark is left out.

    Raises:
        EmptyDocumentError: there are no bytes.
        FormatError: the bytes are binary data.
    """
    content = raw.content
    if not content:
        raise EmptyDocumentError(raw.address, "the document is empty: there is nothing to read in it")
    for mark, codec in _MARKS:
        if content.startswith(mark):
            return content.decode(codec, "replace")
    _refuse_binary(raw)
    sample = content[:SAMPLE_BYTES]
    if wide := _guess_wide(sample):
        return content.decode(wide, "replace")
    if _count_control(sample) > max(MAX_CONTROL_BYTES, MAX_CONTROL_SHARE * len(sample)):
        raise FormatError(raw.address, f"declared as {raw.media_type}, but the bytes are no text: give it by its kind")
    names = [_name(raw.charset)]
    if raw.media_type == "text/html":
        found = _XML.search(sample) or _META.search(sample[:8192])
        names.append(_name(found.group(1).decode("ascii")) if found else None)
    if any(name in _SINGLE_BYTE for name in names):
        names.insert(0, "utf-8")
    for name in (*names, "utf-8"):
        if name is None:
            continue
        try:
            return content.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode(_guess(sample), "replace")


def _refuse_binary(raw: RawDocument) -> None:
    for signature, what in _SIGNATURES:
        if raw.content.startswith(signature):
            raise FormatError(
                raw.address, f"declared as {raw.media_type}, but this is {what}: name the file by its kind"
            )


def _name(charset: str | None) -> str | None:
    if not charset:
        return None
    try:
        info = codecs.lookup(charset.strip())
    except (LookupError, ValueError):
        return None
    # Only text encodings decode to text: "hex" and "zip" are codecs, too.
    return (
        info.name
        if getattr(info, "_is_text_encoding", True) and info.name not in ("utf-7", "idna", "punycode")
        else None
    )


def _guess_wide(sample: bytes) -> str | None:
    """Tell UTF-16 without a byte order mark: every other byte of Latin text is zero."""
    pairs = len(sample) // 2
    if pairs < 2:
        return None
    even, odd = sample[0 : 2 * pairs : 2].count(0), sample[1 : 2 * pairs : 2].count(0)
    if odd > 0.7 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    if even > 0.7 * pairs and odd < 0.05 * pairs:
        return "utf-16-be"
    return None


def _count_control(sample: bytes) -> int:
    return len(sample) - len(sample.translate(None, _CONTROL))


def _guess(sample: bytes) -> str:
    """Guess a character set that is not UTF-8; mostly ASCII is Western text with typographic quotation marks."""
    if len(sample.translate(None, _UPPER)) >= MIN_ASCII_SHARE * len(sample):
        return "cp1252"
    best = from_bytes(sample).best()
    return best.encoding if best is not None else "cp1252"
