"""The lines of a text: what the parser takes for paragraphs."""

import re
from collections.abc import Iterator

from reportedly.records.spans import Span

_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c]+")
_END = re.compile(r"[.!?…。！？।؟۔][\"'”’»)\]]*$")

MIN_PROSE_CHARS = 60


def find_lines(text: str) -> Iterator[Span]:
    """Yield the lines of a text that hold more than blanks, without blanks at their ends, in order."""
    for match in _LINE.finditer(text):
        words = match.group()
        left = len(words) - len(words.lstrip())
        right = len(words.rstrip())
        if left < right:
            yield Span(match.start() + left, match.start() + right)


def is_sentence(line: str) -> bool:
    """Say whether a line ends like a sentence."""
    return bool(_END.search(line[-12:]))


def is_running(line: str) -> bool:
    """Say whether a line is long and breaks off: the text was wrapped, and the next line goes on from it."""
    return len(line) >= MIN_PROSE_CHARS and not is_sentence(line) and line[-1] not in ":;"


def is_prose(line: str) -> bool:
    """Say whether a line is a paragraph of a report: long, and it ends like a sentence."""
    return len(line) >= MIN_PROSE_CHARS and is_sentence(line)
