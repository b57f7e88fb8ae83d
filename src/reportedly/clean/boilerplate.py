"""What stands in a text beside the report: share bars, newsletters, "read more", copyright, desk credits."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib.resources import files

import msgspec

from reportedly.clean.lines import find_lines
from reportedly.records.spans import Span

MAX_LINE_CHARS = 300
"""A longer line that opens like boilerplate is a paragraph that happens to begin so."""

MAX_SHARE_CHARS = 80

_LAST_URL = re.compile(r"(?:https?://|www\.)\S+\s*$")
_WORD = re.compile(r"[\w-]+")


class Boilerplate(msgspec.Struct, frozen=True):
    """Patterns of ``boilerplate.toml``, compiled."""

    line: re.Pattern[str]
    whole: re.Pattern[str]
    sentence: re.Pattern[str]
    share: frozenset[str]


def open_boilerplate() -> Boilerplate:
    """Read the patterns that ship with the package."""
    table = tomllib.loads(files("reportedly.clean").joinpath("data", "boilerplate.toml").read_text(encoding="utf-8"))
    sentence = rf"(?:^|(?<=[.!?”\")]\s))(?:{_either(table['sentence'])})(?:[^.!?\n]|[.!?](?=\S)){{0,200}}[.!?)]*"
    return Boilerplate(
        line=re.compile(rf"(?:[-•*►▶→|>\[(]\s*)?(?:{_either(table['line'])})", re.IGNORECASE),
        whole=re.compile(rf"(?:{_either(table['whole'])})$", re.IGNORECASE),
        sentence=re.compile(sentence, re.IGNORECASE),
        share=frozenset(table["share"].split()),
    )


def _either(patterns: Iterable[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


def find_boilerplate(text: str, patterns: Boilerplate) -> Iterator[Span]:
    """Yield what is boilerplate, in order, not overlapping: whole lines, sentences, and an address that ends a line."""
    for line in find_lines(text):
        words = line.slice(text)
        if is_boilerplate(words, patterns):
            yield line
            continue
        end = line.start
        for match in patterns.sentence.finditer(words):
            end = line.start + match.end()
            yield Span(line.start + match.start(), end)
        tail = max(line.start, line.end - MAX_LINE_CHARS)
        if (last := _LAST_URL.search(text, tail, line.end)) and last.start() >= end:
            yield Span(last.start(), line.end)


def is_boilerplate(line: str, patterns: Boilerplate) -> bool:
    """Say whether a whole line is boilerplate."""
    if len(line) > MAX_LINE_CHARS:
        return False
    if patterns.line.match(line) or patterns.whole.match(line):
        return True
    if len(line) > MAX_SHARE_CHARS:
        return False
    found = _WORD.findall(line.lower())
    shared = sum(word in patterns.share for word in found)
    return len(found) > 1 and shared >= 1 and all(word in patterns.share or word.isdigit() for word in found)
