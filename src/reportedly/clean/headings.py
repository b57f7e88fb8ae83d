"""Headlines run into a text: the title repeated, sub-headings on lines of their own or glued to a sentence."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from importlib.resources import files

import msgspec

from reportedly.clean.lines import find_lines, is_prose, is_sentence
from reportedly.records.spans import Span

MAX_HEADING_CHARS = 120
MAX_HEADING_WORDS = 16
MAX_TITLE_CHARS = 120
MIN_TITLE_WORDS = 3
MAX_BESIDE = 20
MIN_CAPITALS = 0.8
"""Share of the major words that are capitalised: headings in sentence case cannot be told from bullets that claim."""

MAX_CAPITAL_LETTERS = 0.5
"""Texts in capitals throughout (old wires) show no heading by its case."""

SAMPLE_CHARS = 5000

_QUOTES = "“\"'‘"
_INNER_STOP = re.compile(r"[a-z)\"”][.!?]['\"”’)]*\s+[A-Z]")
_WORD = re.compile(r"[^\W_][\w'’.-]*")


class HeadingWords(msgspec.Struct, frozen=True):
    """Words of ``headings.toml``, and the pattern of a heading glued to the sentence after it."""

    minor: frozenset[str]
    glued: re.Pattern[str]


def open_headings() -> HeadingWords:
    """Read the word lists that ship with the package."""
    table = tomllib.loads(files("reportedly.clean").joinpath("data", "headings.toml").read_text(encoding="utf-8"))
    minor = table["minor"].split()
    rest = rf"(?:\s(?:{'|'.join(minor)}|[A-Z][\w’'-]*)){{0,6}}?\s[A-Z][\w’'-]*"
    glued = (
        rf"(?:^|(?<=[.!?”\"]\s))((?:{'|'.join(table['question'].split())}){rest})"
        rf"\s(?=(?:{'|'.join(table['openers'].split())})\s[a-z])"
    )
    return HeadingWords(frozenset(minor), re.compile(glued))


def find_title(text: str, beside: Sequence[Span]) -> Span | None:
    """Return the first line where it reads like a headline over a report: no stop in it, and prose follows.

    Args:
        text: The document's text.
        beside: Spans that are boilerplate or credit, in order; lines in them count for nothing.
    """
    lines = _first_lines(text, 2, beside)
    if len(lines) < 2:
        return None
    first, second = (line.slice(text) for line in lines)
    if len(first) > MAX_TITLE_CHARS or is_sentence(first) or first[-1] in ",;:" or _INNER_STOP.search(first):
        return None
    opens = first[0].isalnum() or first[0] in _QUOTES
    return lines[0] if opens and len(_WORD.findall(first)) >= MIN_TITLE_WORDS and is_prose(second) else None


def _first_lines(text: str, count: int, beside: Sequence[Span]) -> list[Span]:
    found: list[Span] = []
    for line in find_lines(text):
        if not any(span.covers(line) for span in beside[:MAX_BESIDE]):
            found.append(line)
        if len(found) == count:
            break
    return found


def find_headings(text: str, title: str | None, words: HeadingWords) -> Iterator[Span]:
    """Yield what is headline in a text, in order, not overlapping.

    The title where it opens the text; lines in title case that end in no stop, follow a finished line and stand over
    prose; and headings of the kind "What Comes Next" glued to the sentence after them.
    """
    lines = list(find_lines(text))
    opening = _find_repeated(text, title, lines)
    if opening is not None:
        yield opening
    sample = text[:SAMPLE_CHARS]
    letters = sum(map(str.isalpha, sample))
    if letters and sum(map(str.isupper, sample)) / letters > MAX_CAPITAL_LETTERS:
        return
    for index, line in enumerate(lines):
        if opening is not None and line.start < opening.end:
            continue
        if _is_heading(text, lines, index, words):
            yield line
        else:
            for match in words.glued.finditer(text, line.start, line.end):
                yield Span(match.start(1), match.end(1))


def _find_repeated(text: str, title: str | None, lines: Sequence[Span]) -> Span | None:
    """Return the title at the start of the text: a line of its own, or followed by a stop, dash or capital."""
    if not title or not lines or len(_WORD.findall(title)) < MIN_TITLE_WORDS:
        return None
    line = lines[0]
    pattern = r"\W*" + r"\W+".join(map(re.escape, _WORD.findall(title))) + r"[\"'”’»?!)]*"
    match = re.compile(pattern, re.IGNORECASE).match(text, line.start, line.end)
    if match is None:
        return None
    rest = text[match.end() : line.end]
    if not rest.strip():
        return line
    cut = re.match(r"\s*[:|–—-]\s+|\.\s+|\s+(?=[A-Z“\"])", rest)
    return Span(line.start, match.end() + len(cut.group().rstrip())) if cut else None


def _is_heading(text: str, lines: Sequence[Span], index: int, words: HeadingWords) -> bool:
    line = lines[index].slice(text)
    if len(line) > MAX_HEADING_CHARS or (not line[0].isalnum() and line[0] not in _QUOTES):
        return False
    if line[-1] in ".!…,;" or not is_title_case(line, words):
        return False
    if index and not _is_finished(lines[index - 1].slice(text), words):
        return False
    below = lines[index + 1].slice(text) if index + 1 < len(lines) else ""
    if not is_prose(below) and index + 2 < len(lines) and is_title_case(below, words):
        below = lines[index + 2].slice(text)
    return is_prose(below)


def _is_finished(line: str, words: HeadingWords) -> bool:
    return is_sentence(line) or "http" in line or is_title_case(line, words)


def is_title_case(line: str, words: HeadingWords) -> bool:
    """Say whether the major words of a line are capitalised, and it is short enough for a heading."""
    found = _WORD.findall(line)
    major = [word for word in found if word.lower() not in words.minor]
    if not major or len(found) > MAX_HEADING_WORDS or not found[0][0].isupper():
        return False
    capital = sum(word[0].isupper() or word[0].isdigit() for word in major)
    return bool(capital >= MIN_CAPITALS * len(major))
