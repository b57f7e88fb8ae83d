"""Very long plain texts, cut into parts that are read one by one, so that memory does not grow with the text."""

import re
from collections.abc import Iterator

import msgspec

from reportedly.acquire.kinds import find_bom, find_wide_charset
from reportedly.records.document import RawDocument

MAX_PART_BYTES = 100_000
"""Some 16,000 words, thirty-five printed pages: far more than any one report, and what one reading can hold at ease."""

_PARAGRAPH = re.compile(rb"\n[ \t\r]*\n")
_BREAKS = (_PARAGRAPH, re.compile(rb"\n"), re.compile(rb"[.!?][ \t]"), re.compile(rb"[ \t]"))
"""Where a text may be cut, the best first. None of these bytes is part of a character in a common encoding."""


def divide(raw: RawDocument) -> Iterator[RawDocument]:
    """Cut a plain text that is longer than ``MAX_PART_BYTES`` where a paragraph ends, else a line, sentence or word.

    Yields:
        The document itself where it is short or is no plain text; else its parts, which join to the whole but for blank
        ones, which are left out. They are addressed ``address#part-1`` …, and carry the hints of the whole.
    """
    if raw.media_type != "text/plain" or len(raw.content) <= MAX_PART_BYTES:
        yield raw
        return
    content, charset = raw.content, raw.charset
    wide = find_wide_charset(content[:4096]) or find_bom(content)
    if wide is not None:
        # In UTF-16 and UTF-32 a byte that looks like a line feed may be half a character.
        content, charset = content.decode(wide, "replace").encode("utf-8", "replace"), "utf-8"
    start, number = 0, 0
    while start < len(content):
        end = _find_end(content, start)
        if not content[start:end].isspace():
            number += 1
            address = f"{raw.address}#part-{number}"
            yield msgspec.structs.replace(raw, address=address, content=content[start:end], charset=charset)
        start = end


def _find_end(content: bytes, start: int) -> int:
    limit = start + MAX_PART_BYTES
    if limit >= len(content):
        return len(content)
    # A cut in the first half would leave a sliver where one paragraph is longer than a part.
    for pattern in _BREAKS:
        ends = [found.end() for found in pattern.finditer(content, start + MAX_PART_BYTES // 2, limit)]
        if ends:
            return ends[-1]
    while limit > start + 1 and content[limit] & 0xC0 == 0x80:
        limit -= 1
    return limit
