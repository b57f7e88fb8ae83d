"""Between records and columns: clocks, places in an order, blobs."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from hashlib import blake2b

import msgspec

from reportedly.errors import StoreError
from reportedly.records.claim import Claim, Statement
from reportedly.records.decision import Decision, Removal
from reportedly.records.document import Document, Publication
from reportedly.records.event import Event, Story
from reportedly.records.grounding import CalendarInterval, Grounding
from reportedly.records.link import Link
from reportedly.records.report import Failure
from reportedly.records.stored import Sketch

encode = msgspec.msgpack.Encoder().encode
decode_claim = msgspec.msgpack.Decoder(Claim).decode
decode_grounding = msgspec.msgpack.Decoder(Grounding).decode
decode_document = msgspec.msgpack.Decoder(Document).decode
decode_statement = msgspec.msgpack.Decoder(Statement).decode
decode_link = msgspec.msgpack.Decoder(Link).decode
decode_event = msgspec.msgpack.Decoder(Event).decode
decode_story = msgspec.msgpack.Decoder(Story).decode
decode_decision = msgspec.msgpack.Decoder(Decision).decode
decode_removal = msgspec.msgpack.Decoder(Removal).decode
decode_failure = msgspec.msgpack.Decoder(Failure).decode
decode_sketch = msgspec.msgpack.Decoder(Sketch).decode

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_EARLIEST = (datetime.min.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND
_LATEST = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND
_TIE_BITS = 30
"""Of a place in the order of publication: the low bits, from the document's id, keep its claims together."""
_FIRST, _LAST = -(1 << 33), (1 << 33) - 2
"""Seconds since 1970 that have a place of their own, from 1697 to 2242; what lies beyond has the place of the last."""
UNDATED = (_LAST + 1) << _TIE_BITS
"""From this place on stand documents whose publication time is not known: after all others."""
OPEN_START = 0
OPEN_END = date.max.toordinal() + 1
"""Days that stand for an interval without a start, and without an end."""


def clean_name(name: str) -> str:
    """Return words to find something by without what no database keeps: zeros, and halves of characters in escapes."""
    return name.encode("utf-8", "backslashreplace").decode().replace("\0", "")


def encode_text(text: str) -> bytes:
    """Return a text as it is kept."""
    return text.encode("utf-8", "surrogatepass")


def decode_text(kept: bytes) -> str:
    """Return a text of what is kept."""
    return kept.decode("utf-8", "surrogatepass")


def make_digest(kept: bytes) -> str:
    """Return what shows whether a text is still what it was."""
    return blake2b(kept, digest_size=10).hexdigest()


def to_micros(instant: str) -> int:
    """Return an instant as microseconds since 1970; one without a zone is in UTC, a day is its first moment.

    One that lies before the year 1 or after the year 9999 in UTC is the first or last of these.

    Raises:
        StoreError: this is no instant.
    """
    try:
        moment = datetime.fromisoformat(instant)
    except ValueError as error:
        raise StoreError(
            f"{instant!r} is no instant: write it as 2025-11-02T08:00:00Z or, for its first moment, 2025-11-02"
        ) from error
    micros = ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - _EPOCH) // _MICROSECOND
    return min(max(micros, _EARLIEST), _LATEST)


@lru_cache(4096)
def to_instant(micros: int) -> str:
    """Return microseconds since 1970 as ISO 8601 in UTC, always to the microsecond, so that it sorts as it reads."""
    moment = _EPOCH + timedelta(microseconds=micros)
    return f"{moment.isoformat(timespec='microseconds')[:26]}Z"


def now_micros() -> int:
    """Return the present, by the machine's clock."""
    return (datetime.now(UTC) - _EPOCH) // _MICROSECOND


def to_day(day: str) -> int:
    """Return a day as its ordinal.

    Raises:
        StoreError: this is no day.
    """
    try:
        return date.fromisoformat(day[:10]).toordinal()
    except ValueError as error:
        raise StoreError(f"{day!r} is no day: write it as 2025-11-02") from error


def place_document(document_id: str, published: Publication | None) -> int:
    """Return the place of a document, and of its claims, in the order of publication; ties go by document."""
    tie = int(document_id[:8], 16) >> 2 if _is_hex(document_id[:8]) else 0
    seconds = None if published is None else _read_seconds(published.time)
    return (UNDATED if seconds is None else min(max(seconds, _FIRST), _LAST) << _TIE_BITS) + tie


def place_day(day: str, after: int = 0) -> int:
    """Return the first place of a day, or of the day ``after`` days later."""
    seconds = (to_day(day) - _EPOCH.date().toordinal() + after) * 86400
    return min(max(seconds, _FIRST), _LAST + after) << _TIE_BITS


def _is_hex(text: str) -> bool:
    return len(text) == 8 and all(char in "0123456789abcdef" for char in text)


def _read_seconds(time: str) -> int | None:
    """Return a publication time as seconds since 1970; a day or a month counts from its first moment."""
    try:
        moment = datetime.fromisoformat(f"{time}-01" if len(time) == 7 else time)
    except ValueError:
        return None
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


def is_later(one: Publication | None, other: Publication | None) -> bool:
    """Say whether ``one`` was published after ``other``, as finely as both are known; False where either is unknown."""
    if one is None or other is None:
        return False
    length = min(len(one.time), len(other.time), 19)
    return one.time[:length] > other.time[:length]


def find_days(interval: CalendarInterval | None) -> tuple[int | None, int | None]:
    """Return the first and last day of an event, open ends as ``OPEN_START`` and ``OPEN_END``; None for no interval."""
    if interval is None or (interval.start is None and interval.end is None):
        return None, None
    start = _read_day(interval.start, OPEN_START)
    return start, _read_day(interval.end, OPEN_END)


def _read_day(day: str | None, otherwise: int) -> int:
    try:
        return otherwise if day is None else date.fromisoformat(day).toordinal()
    except ValueError:
        return otherwise
