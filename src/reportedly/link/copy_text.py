"""A report as copies are told by it: its running words, sentences, names, figures, days and quotations."""

import re
import tomllib
from collections.abc import Iterator
from functools import cached_property
from importlib.resources import files
from typing import Any

import msgspec

from reportedly.records.document import Document

STEM_CHARS = 6
"""A word is compared by its first letters: endings and most derivations change behind them."""
MIN_QUOTE = 3
"""Words from which a quotation counts: shorter ones are terms, not speech."""

_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\u00a0": " "})
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’.-][^\W_]+)*")
_END = re.compile(r"""[.!?]+["')\]]*\s+(?=["'(\[]?[A-ZÀ-Þ0-9])|\n+""")
_QUOTED = re.compile(r'"([^"\n]{2,600})"?')
_ANCHOR = re.compile(
    r"\d+(?:[.,]\d+)*|(?<=[a-zß-ÿ,;] )[A-ZÀ-Þ][^\W_]+(?:['-][^\W_]+)*|(?<=[a-zß-ÿ] [A-ZÀ-Þ]\. )[A-ZÀ-Þ][^\W_]+"
    r"|\b(?:eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|dozen)\b"
)
_SMALL = frozenset("0123456789")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LAST = re.compile(r"([\w.]+)\.$")


class CopyWords(msgspec.Struct, frozen=True):
    """The word lists and weights of ``copies.toml``."""

    function: frozenset[str]
    common: frozenset[str]
    days: frozenset[str]
    before_dot: frozenset[str]
    stock: re.Pattern[str]
    citing: frozenset[str]
    numbers: dict[str, int]
    weights: dict[str, dict[str, float]]


class Sentence(msgspec.Struct, frozen=True):
    """One sentence: its words, what they stand for, and what sets it apart.

    Attributes:
        tokens: Words in lower case, in order.
        stems: First letters of its content words.
        names: Words of names, in lower case.
        figures: Numbers as digits, whether written in digits or in words.
        days: Weekdays and months it names.
        quotes: Quotations in it, as words.
    """

    tokens: tuple[str, ...]
    stems: frozenset[str]
    names: frozenset[str]
    figures: frozenset[str]
    days: frozenset[str]
    quotes: tuple[tuple[str, ...], ...]


class CopyText:
    """What is compared of one document; parts are worked out when they are asked for."""

    def __init__(self, document: Document, words: CopyWords) -> None:
        self.document = document
        self.words = words
        self.body = cut_body(document)

    @cached_property
    def tokens(self) -> list[str]:
        """The running words in lower case; quotation marks, hyphens at line ends and spaces leave no trace."""
        return find_tokens(self.body.lower())

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences that hold at least one content word, in order."""
        known = self._find_names()
        found = (self._read_sentence(text, known) for text in split_sentences(self.body, self.words))
        return tuple(sentence for sentence in found if sentence.stems or sentence.figures)

    @cached_property
    def names(self) -> frozenset[str]:
        """All words of names."""
        return frozenset().union(*(sentence.names for sentence in self.sentences))

    @cached_property
    def figures(self) -> frozenset[str]:
        """All numbers."""
        return frozenset().union(*(sentence.figures for sentence in self.sentences))

    @cached_property
    def stems(self) -> frozenset[str]:
        """All content words."""
        return frozenset().union(*(sentence.stems for sentence in self.sentences))

    @cached_property
    def days(self) -> frozenset[str]:
        """All weekdays and months named."""
        return frozenset().union(*(sentence.days for sentence in self.sentences))

    @cached_property
    def quotes(self) -> tuple[tuple[str, ...], ...]:
        """All quotations, as words."""
        return tuple(quote for sentence in self.sentences for quote in sentence.quotes)

    def _find_names(self) -> frozenset[str]:
        """Words that stand capitalised where no sentence begins: they are names where one begins, too."""
        found: set[str] = set()
        for text in split_sentences(self.body, self.words):
            for index, match in enumerate(_TOKEN.finditer(text)):
                token = match.group()
                if index and token[0].isupper() and not _opens_quote(text, match.start()):
                    found.add(token.lower().removesuffix("'s"))
        return frozenset(found)

    def _read_sentence(self, text: str, known: frozenset[str]) -> Sentence:
        words = self.words
        names: set[str] = set()
        figures: set[str] = set()
        days: set[str] = set()
        stems: set[str] = set()
        tokens = _TOKEN.findall(text)
        for token in tokens:
            low = token.lower().removesuffix("'s")
            if token[0].isdigit() or low in words.numbers:
                figures.add(_read_number(low, words))
            elif low in words.days and (token[0].isupper() or low in ("today", "yesterday", "overnight")):
                days.add(low[:3])
            elif token[0].isupper() and low in known and low not in words.common:
                names.add(low)
            elif low not in words.function:
                stems.add(low[:STEM_CHARS])
        quotes = tuple(
            tuple(quote)
            for match in _QUOTED.finditer(text)
            if len(quote := find_tokens(match.group(1).lower())) >= MIN_QUOTE
        )
        return Sentence(
            tuple(token.lower() for token in tokens),
            frozenset(stems | names),
            frozenset(names),
            frozenset(figures),
            frozenset(days),
            quotes,
        )


def open_copies() -> CopyWords:
    """Read the word lists and weights that ship with the package."""
    table: dict[str, Any] = tomllib.loads(
        files("reportedly.link").joinpath("data", "copies.toml").read_text(encoding="utf-8")
    )
    stock = "|".join(re.escape(phrase) for phrase in table["stock"].split("\n") if phrase)
    return CopyWords(
        function=frozenset(table["function"].split()),
        common=frozenset(table["common"].split()),
        days=frozenset(table["days"].split()),
        before_dot=frozenset(table["before_dot"].split()),
        stock=re.compile(stock, re.IGNORECASE),
        citing=frozenset(table["citing"].split()),
        numbers=table["numbers"],
        weights=table.get("weights", {}),
    )


def cut_body(document: Document) -> str:
    """Return the text without what is not coded (boilerplate, credit, dateline, headline), in plain punctuation."""
    parts: list[str] = []
    end = 0
    for item in document.uncoded:
        parts.append(document.text[end : item.span.start])
        end = item.span.end
    parts.append(document.text[end:])
    return "\n".join(parts).translate(_PLAIN)


def find_tokens(text: str) -> list[str]:
    """Return the words and numbers of a text, in order."""
    return _TOKEN.findall(text)


def split_sentences(text: str, words: CopyWords) -> Iterator[str]:
    """Yield sentences, in order; a full stop after an initial or an abbreviation ends none."""
    start = 0
    for match in _END.finditer(text):
        if match.group()[0] == ".":
            before = _LAST.search(text[max(start, match.start() - 12) : match.start() + 1])
            last = before.group(1).lower() if before else ""
            if last in words.before_dot or (len(last) == 1 and last.isalpha()):
                continue
        if sentence := text[start : match.end()].strip():
            yield sentence
        start = match.end()
    if sentence := text[start:].strip():
        yield sentence


def _opens_quote(text: str, at: int) -> bool:
    return at > 0 and text[at - 1] == '"'


def _read_number(token: str, words: CopyWords) -> str:
    if token in words.numbers:
        return str(words.numbers[token])
    return token.replace(",", "")


def find_anchors(body: str, words: CopyWords) -> tuple[str, ...]:
    """Return the names and figures of a text that few others share, in order of first mention.

    A name counts where it stands capitalised after a word in lower case; weekdays, titles and the like are left out.
    """
    found: dict[str, None] = {}
    for match in _ANCHOR.finditer(body):
        token = match.group().lower().removesuffix("'s")
        if token in words.common or token in words.days or token in words.function:
            continue
        if token in words.numbers or token[0].isdigit():
            figure = _read_number(token, words)
            if figure not in _SMALL and not _YEAR.fullmatch(figure):
                found.setdefault(figure)
        elif token[0] != match.group()[0]:
            found.setdefault(token)
    return tuple(found)
