"""JSON Lines: one report a line, in the peers' contract or in our own."""

from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from reportedly.errors import DocumentError, EmptyDocumentError, FormatError, RecordError
from reportedly.records.document import Hints, RawDocument

_EXPECTED = 'expected one JSON object a line with "text", "event_text" or "html" (see docs/input.md)'

_Value = str | int | float | None


class _Record(msgspec.Struct, frozen=True):
    """What is read of a line; other keys are left alone. ``event_text`` and ``date`` are the peers' names."""

    id: _Value = None
    text: str | None = None
    event_text: str | None = None
    html: str | None = None
    title: str | None = None
    published: _Value = None
    date: _Value = None
    publisher: str | None = None
    url: str | None = None


def read_json_lines(address: str, stream: BinaryIO, max_bytes: int) -> Iterator[RawDocument | DocumentError]:
    """Read one report a line, in order; blank lines are skipped, a broken one costs that line only.

    Args:
        address: Path or URL of the whole; members are ``address#id`` or, without an id, ``address#line-N``, unless the
            record names its own ``url``.
        stream: The lines.
        max_bytes: Longest line.

    Yields:
        A document a line, ``text/html`` where the record has ``html``, else ``text/plain``; or the error of that line.
        A stream without a record gives one ``EmptyDocumentError``.
    """
    decoder = msgspec.json.Decoder(_Record)
    number, records = 0, 0
    while line := stream.readline(max_bytes + 1):
        number += 1
        member = f"{address}#line-{number}"
        if len(line) > max_bytes and not line.endswith(b"\n"):
            while (rest := stream.readline(max_bytes)) and not rest.endswith(b"\n"):
                pass
            records += 1
            yield FormatError(
                member, f"line {number} of {address} is longer than {max_bytes:,} bytes; raise the setting max_bytes"
            )
            continue
        line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if line.strip():
            records += 1
            yield _read_line(address, member, number, line, decoder)
    if not records:
        yield EmptyDocumentError(address, f"there is no record in it; {_EXPECTED}")


def _read_line(
    address: str, member: str, number: int, line: bytes, decoder: msgspec.json.Decoder[_Record]
) -> RawDocument | DocumentError:
    try:
        record = decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return RecordError(member, f"line {number} of {address} cannot be read ({error}); {_EXPECTED}")
    texts = (record.html, record.text, record.event_text)
    text = next((value for value in texts if value and not value.isspace()), None)
    if text is None:
        named = any(value is not None for value in texts)
        fault = "has an empty text" if named else "has no text"
        kind = EmptyDocumentError if named else RecordError
        return kind(member, f"line {number} of {address} {fault}; {_EXPECTED}")
    name = None if record.id is None else str(record.id)
    published = record.published if record.published is not None else record.date
    return RawDocument(
        address=record.url if record.url and "://" in record.url else f"{address}#{name}" if name else member,
        content=text.encode("utf-8", "replace"),
        media_type="text/html" if text is record.html else "text/plain",
        charset="utf-8",
        hints=Hints(
            id=name,
            title=record.title or None,
            published=None if published is None else str(published) or None,
            publisher=record.publisher or None,
        ),
    )
