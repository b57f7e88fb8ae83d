"""Byte streams that never hold a whole archive: looking ahead without seeking, unpacking gzip, reading to a limit."""

import io
import zlib
from typing import BinaryIO, cast

from reportedly.acquire.kinds import HEAD_BYTES

_CHUNK = 64 * 1024


class Rewound(io.RawIOBase):
    """A stream with bytes already taken from it put back in front; the rest may be a pipe."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = memoryview(head)
        self._rest = rest
        self._position = 0

    def readable(self) -> bool:
        """Say yes."""
        return True

    def tell(self) -> int:
        """Return how many bytes were read."""
        return self._position

    # The base class takes any buffer; the type for that is not to be had before Python 3.12.
    def readinto(self, buffer: "bytearray | memoryview", /) -> int:  # type: ignore[override]
        """Fill the buffer from the head, then from the rest."""
        size = len(buffer)
        data = self._head[:size] if self._head else memoryview(self._rest.read(size) or b"")
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        self._position += len(data)
        return len(data)


class Gunzip(io.RawIOBase):
    """Unpack gzip, member after member; damage ends the stream instead of raising, so that what came before is kept.

    Attributes:
        damage: What broke, once the stream has ended early; None while all is well. Read it after the end.
    """

    def __init__(self, packed: BinaryIO) -> None:
        self.damage: str | None = None
        self._packed = packed
        self._inflate = zlib.decompressobj(wbits=31)
        self._pending = b""
        self._position = 0
        self._ended = False

    def readable(self) -> bool:
        """Say yes."""
        return True

    def tell(self) -> int:
        """Return how many unpacked bytes were read."""
        return self._position

    # The base class takes any buffer; the type for that is not to be had before Python 3.12.
    def readinto(self, buffer: "bytearray | memoryview", /) -> int:  # type: ignore[override]
        """Fill the buffer with unpacked bytes; 0 at the end, whole or damaged."""
        size = len(buffer)
        data = b""
        while not data and not self._ended:
            data = self._unpack(size)
        buffer[: len(data)] = data
        self._position += len(data)
        return len(data)

    def _unpack(self, size: int) -> bytes:
        if self._inflate.eof:
            # Padding with NULs after a member is common and means nothing.
            self._pending = self._inflate.unused_data.lstrip(b"\0") or self._packed.read(_CHUNK).lstrip(b"\0")
            self._ended = not self._pending
            self._inflate = zlib.decompressobj(wbits=31)
            return b""
        if not self._pending:
            self._pending = self._packed.read(_CHUNK)
        at_end = not self._pending
        try:
            data = self._inflate.decompress(self._pending, size)
        except zlib.error as error:
            self.damage = f"the gzip data is damaged ({error})"
            self._ended = True
            return b""
        self._pending = self._inflate.unconsumed_tail
        if at_end and not data and not self._inflate.eof:
            self.damage = "the gzip data ends before its end mark (truncated)"
            self._ended = True
        return data


def look_ahead(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """Return the first ``HEAD_BYTES`` bytes and a stream that still starts with them."""
    head = b""
    while len(head) < HEAD_BYTES and (more := stream.read(HEAD_BYTES - len(head))):
        head += more
    return head, buffer(Rewound(head, stream))


def buffer(raw: io.RawIOBase) -> BinaryIO:
    """Wrap a raw stream for reading lines."""
    return cast(BinaryIO, io.BufferedReader(raw, _CHUNK))


def read_up_to(stream: BinaryIO, limit: int) -> bytes | None:
    """Read to the end; None where there are more than ``limit`` bytes."""
    parts: list[bytes] = []
    left = limit + 1
    while left and (part := stream.read(min(left, _CHUNK))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts) if left else None
