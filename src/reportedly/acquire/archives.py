"""Web archives (WARC): the pages in them, one record at a time."""

from collections.abc import Iterator
from typing import BinaryIO, Literal

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from reportedly.acquire.kinds import HEAD_BYTES, Kind, find_kind
from reportedly.acquire.portable import read_docx, read_pdf
from reportedly.errors import DocumentError, EmptyDocumentError, FormatError, RecordError
from reportedly.records.document import RawDocument

_DOCUMENTS = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
_READ = (Kind.HTML, Kind.TEXT, Kind.PDF, Kind.DOCX)
# What stands before the body of a record of ``max_bytes``: the server's headers, at most as much as browsers allow.
_HEADER_BYTES = 256 * 1024


def read_warc(address: str, stream: BinaryIO, max_bytes: int) -> Iterator[RawDocument | DocumentError]:
    """Read the pages of an archive, in order, one in memory at a time.

    Pages are what a server answered with status 200 as HTML, plain text, PDF or DOCX, and ``resource`` and
    ``conversion`` records of these types. Pictures, scripts, redirects, errors and the archive's own records are no
    reports and are passed over. The capture time is not the publication time, so none is read.

    Args:
        address: Path or URL of the archive.
        stream: The archive, unpacked; it must know its position (``tell``).
        max_bytes: Largest page.

    Yields:
        A document or an error a page, addressed by its target URI. Where the archive is damaged or cut off, the pages
        before come first, then one ``RecordError``; an archive without a page gives one ``EmptyDocumentError``.
    """
    pages = 0
    try:
        # fastwarc unpacks gzip by itself but does not notice where it is cut off, so it gets plain bytes.
        for record in ArchiveIterator(stream, record_types=_DOCUMENTS, parse_http=False):
            outcome = _read_record(address, record, max_bytes)
            if outcome is not None:
                pages += 1
                yield outcome
                if isinstance(outcome, _CutOffError):
                    return
    except OSError as error:
        yield RecordError(
            address, f"the archive is damaged after {pages} pages ({error}); these are read, what follows is lost"
        )
        return
    if not pages:
        yield EmptyDocumentError(address, "the archive holds no page with status 200 as HTML, text, PDF or DOCX")


class _CutOffError(RecordError):
    """The archive ends within a record; nothing can follow."""


def _read_record(address: str, record: WarcRecord, max_bytes: int) -> RawDocument | DocumentError | None:
    target = (record.headers.get("WARC-Target-URI") or f"{address}#{record.stream_pos}").strip("<>")
    length = record.content_length
    if length > max_bytes + _HEADER_BYTES:
        return FormatError(target, _too_large(address, max_bytes))
    block = _read_all(record, length)
    if len(block) < length or not length:
        return _CutOffError(
            target, f"{address} ends in the middle of this page (truncated); the pages before are read, fetch it again"
        )
    media_type, charset = record.headers.get("Content-Type") or "", None
    if record.is_http:
        try:
            answer = _parse_answer(block, max_bytes)
        except OSError as error:
            return RecordError(target, f"the server's answer in {address} cannot be unpacked ({error}); fetch it anew")
        if answer is None:
            return None
        block, media_type, charset = answer
    return _make_document(address, target, block, media_type, charset, max_bytes)


def _parse_answer(block: bytes, max_bytes: int) -> tuple[bytes, str, str | None] | None:
    """Return body, media type and charset of a stored HTTP answer; None where it is no page (status other than 200).

    Many crawlers store the body unpacked and keep the headers that say it is packed: where unpacking fails, the body is
    taken as it stands, unless it does look packed.

    Raises:
        OSError: the body is packed and damaged, or the headers are.
    """
    answer = _open_answer(block, "all")
    if answer.http_headers is None or answer.http_headers.status_code != 200:
        return None
    try:
        body = answer.reader.read(max_bytes + 1)
    except OSError:
        answer = _open_answer(block, "none")
        body = answer.reader.read(max_bytes + 1)
        if body.startswith(b"\x1f\x8b"):
            raise
    return body, answer.http_content_type or "", answer.http_charset


def _open_answer(block: bytes, auto_decode: Literal["all", "none"]) -> WarcRecord:
    record = WarcRecord()
    record.set_bytes_content(block)
    record.is_http = True
    try:
        record.parse_http(auto_decode=auto_decode)
    except OSError:
        if auto_decode == "none":
            raise
        return _open_answer(block, "none")
    return record


def _read_all(record: WarcRecord, length: int) -> bytes:
    parts: list[bytes] = []
    while length > 0 and (part := record.reader.read(length)):
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def _make_document(
    address: str, target: str, body: bytes, media_type: str, charset: str | None, max_bytes: int
) -> RawDocument | DocumentError | None:
    media_type = media_type.partition(";")[0].strip().lower()
    kind = find_kind(body[:HEAD_BYTES], "", media_type or None)
    if kind not in _READ:
        return None
    if len(body) > max_bytes:
        return FormatError(target, _too_large(address, max_bytes))
    if not body.strip():
        return EmptyDocumentError(target, f"the page in {address} is empty")
    if kind is Kind.PDF:
        return read_pdf(target, body, max_bytes)
    if kind is Kind.DOCX:
        return read_docx(target, body, max_bytes)
    return RawDocument(target, body, "text/html" if kind is Kind.HTML else "text/plain", charset)


def _too_large(address: str, max_bytes: int) -> str:
    return f"the page in {address} is larger than {max_bytes:,} bytes; raise the setting max_bytes to read it"
