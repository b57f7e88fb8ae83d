"""What lies on disk or comes through a pipe: files, folders and streams of every kind that can be read."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from reportedly.acquire.archives import read_warc
from reportedly.acquire.feeds import make_document, read_feed
from reportedly.acquire.jsonlines import read_json_lines
from reportedly.acquire.kinds import HEAD_BYTES, Kind, describe_unknown, find_kind, find_wide_charset
from reportedly.acquire.portable import read_docx, read_pdf
from reportedly.acquire.streams import Gunzip, buffer, look_ahead, read_up_to
from reportedly.errors import DocumentError, EmptyDocumentError, FetchError, FormatError
from reportedly.records.document import RawDocument

Outcome = RawDocument | DocumentError

_BLANK = b" \t\r\n\x0b\x0c\xef\xbb\xbf\xff\xfe\x00"
_CONTAINERS = (Kind.JSON_LINES, Kind.WARC)
# Counting the records of a larger file would take longer than a progress bar is worth.
_COUNTED_BYTES = 64_000_000


def read_path(path: Path, max_bytes: int) -> Iterator[Outcome]:
    """Read a file, or every file of a folder and the folders within it.

    Files come in the order of their names, a folder's own where its name stands among them. Hidden files and folders
    (a dot in front) are skipped, and links to folders are not followed. A folder without a file gives one
    ``EmptyDocumentError``.
    """
    try:
        is_folder = path.is_dir()
    # A folder on the way to it may be closed to us; opening the file tells of that better.
    except OSError:
        is_folder = False
    if not is_folder:
        yield from read_file(path, max_bytes)
        return
    empty = True
    for member in _walk(path):
        empty = False
        if isinstance(member, DocumentError):
            yield member
        else:
            yield from read_file(member, max_bytes)
    if empty:
        yield EmptyDocumentError(str(path), "there is no file in this folder (hidden ones are skipped)")


def read_file(path: Path, max_bytes: int) -> Iterator[Outcome]:
    """Read one file; a missing or unreadable one gives one ``FetchError``."""
    try:
        with path.open("rb") as stream:
            yield from read_stream(str(path), path.name, stream, max_bytes)
    except (FileNotFoundError, NotADirectoryError):
        yield FetchError(str(path), "there is no such file or folder; check the path (an address starts with https://)")
    except PermissionError:
        yield FetchError(str(path), "this file may not be read (permission denied); change its permissions")
    except OSError as error:
        yield FetchError(str(path), f"this file cannot be read ({error.strerror or error})")


def read_stream(
    address: str,
    name: str,
    stream: BinaryIO,
    max_bytes: int,
    media_type: str | None = None,
    charset: str | None = None,
) -> Iterator[Outcome]:
    """Read whatever a stream holds.

    Args:
        address: What to call it; its members get ``#…`` behind it.
        name: File name, for its suffix; empty where there is none.
        stream: Read once, never sought, so a pipe will do.
        max_bytes: Largest document.
        media_type: As a server declared it.
        charset: Likewise.

    Yields:
        The documents in it, or errors; at least one of them. The stream is read as they are asked for.
    """
    head, stream = look_ahead(stream)
    if not head.strip(_BLANK):
        content = read_up_to(stream, max_bytes)
        if content is None:
            yield FormatError(address, f"larger than {max_bytes:,} bytes; raise the setting max_bytes to read it")
            return
        head, stream = content.lstrip(_BLANK)[:HEAD_BYTES], io.BytesIO(content)
        if not head:
            yield EmptyDocumentError(address, "there is nothing in it; expected the text of a report")
            return
    kind = find_kind(head, name, media_type)
    if kind is Kind.GZIP:
        yield from _read_packed(address, name, stream, max_bytes)
    elif kind is Kind.JSON_LINES:
        yield from read_json_lines(address, stream, max_bytes)
    elif kind is Kind.WARC:
        yield from read_warc(address, stream, max_bytes)
    elif kind is Kind.SITEMAP:
        yield FormatError(address, "a sitemap holds addresses, not reports; give its own address to have them fetched")
    elif kind is Kind.UNKNOWN:
        yield FormatError(address, describe_unknown(head, name, media_type))
    else:
        content = read_up_to(stream, max_bytes)
        if content is None:
            yield FormatError(address, f"larger than {max_bytes:,} bytes; raise the setting max_bytes to read it")
        elif kind is Kind.FEED:
            yield from _read_feed(address, content, charset)
        else:
            yield read_content(address, kind, content, max_bytes, charset)


def read_content(address: str, kind: Kind, content: bytes, max_bytes: int, charset: str | None = None) -> Outcome:
    """Read one whole document of a kind that holds just one; text and HTML stay the bytes they are."""
    if kind is Kind.PDF:
        return read_pdf(address, content, max_bytes)
    if kind is Kind.DOCX:
        return read_docx(address, content, max_bytes)
    return RawDocument(
        address=address,
        content=content,
        media_type="text/html" if kind is Kind.HTML else "text/plain",
        charset=charset or find_wide_charset(content[:4096]),
    )


def estimate_total(inputs: Sequence[str]) -> int | None:
    """Estimate how many documents the inputs hold, for a progress bar.

    Returns:
        Files and lines of JSON Lines; None as soon as an input cannot be counted without reading it (an address,
        standard input, an archive, a packed or very large file, a feed).
    """
    total = 0
    for given in inputs:
        if given == "-" or "://" in given:
            return None
        path = Path(given)
        try:
            members = _walk(path) if path.is_dir() else iter((path,))
        except OSError:
            members = iter((path,))
        for member in members:
            count = 1 if isinstance(member, DocumentError) else _count(member)
            if count is None:
                return None
            total += count
    return total


def _count(path: Path) -> int | None:
    kind = find_kind(b"", path.name)
    if kind in (Kind.WARC, Kind.GZIP, Kind.FEED):
        return None
    if kind is not Kind.JSON_LINES:
        return 1
    try:
        if not path.is_file() or path.stat().st_size > _COUNTED_BYTES:
            return None
        with path.open("rb") as stream:
            return sum(1 for line in stream if line.strip()) or 1
    except OSError:
        return 1


def _walk(folder: Path) -> Iterator[Path | DocumentError]:
    try:
        members = sorted(folder.iterdir())
    except OSError as error:
        yield FetchError(str(folder), f"this folder may not be read ({error.strerror}); change its permissions")
        return
    for member in members:
        if member.name.startswith("."):
            continue
        try:
            if member.is_dir():
                if not member.is_symlink():
                    yield from _walk(member)
            # A pipe or a device in a folder is nobody's report, and opening it may wait for ever.
            elif member.is_file() or not member.exists():
                yield member
        except OSError:
            yield member


def _read_packed(address: str, name: str, stream: BinaryIO, max_bytes: int) -> Iterator[Outcome]:
    """Read what a gzip file holds; where it is cut off, the members before come first, then one error."""
    unpacked = Gunzip(stream)
    name = name[:-3] if name.lower().endswith(".gz") else name
    head, inner = look_ahead(buffer(unpacked))
    kind = find_kind(head, name)
    if kind is Kind.GZIP:
        yield FormatError(address, "packed with gzip twice; unpack it once and read that")
        return
    last: Outcome | None = None
    for outcome in read_stream(address, name, inner, max_bytes):
        if last is not None:
            yield last
        last = outcome
    if unpacked.damage is None:
        if last is not None:
            yield last
        return
    # The break shows as a broken last member, too; it is one fault and gets one error.
    if kind in _CONTAINERS and isinstance(last, RawDocument):
        yield last
    yield FormatError(address, f"{unpacked.damage}; what came before is read where it is whole, fetch the file again")


def _read_feed(address: str, content: bytes, charset: str | None) -> Iterator[Outcome]:
    """Read the texts that a feed on disk carries itself: a local file never causes a request."""
    entries = read_feed(address, content, charset)
    if isinstance(entries, DocumentError):
        yield entries
        return
    for number, entry in enumerate(entries, 1):
        yield make_document(address, number, entry)
