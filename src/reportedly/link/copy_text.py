"""A report as copies are told by it: its running words, sentences, names, figures, days and quotations."""

import re
from collections.abc import Iterator, Sequence
from copy import copy
from functools import cached_property
from itertools import islice

import msgspec

from reportedly.link.copy_words import CopyWords
from reportedly.link.retractions import opens_with_notice
from reportedly.records.document import Document

STEM_CHARS = 6
"""A word is compared by its first letters: endings and most derivations change behind them."""
MAX_SENTENCES = 80
"""Sentences read of one report: pairs grow with the square, and a copy shows in so many."""
QUOTE_SEED = 4
"""Words that must agree before part of a quotation is the same."""
MIN_QUOTE = 3
"""Words from which a quotation counts: shorter ones are terms, not speech."""

_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\u00a0": " "})
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’.-][^\W_]+)*")
_END = re.compile(r"""[.!?]+["')\]]*\s+(?=["'(\[]?[A-ZÀ-Þ0-9])|\n+""")
_QUOTED = re.compile(r'"([^"\n]{2,600})"?')
_ANCHOR = re.compile(
    r"[ \n][(\"$]?(?:(?P<name>[A-ZÀ-Þ][^\W_]+(?:['-][^\W_]+)*)|(?P<number>\d+(?:[.,]\d+)*"
    r"|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|dozen))"
)
_OPENERS = frozenset('.!?:"\n')
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_LAST = re.compile(r"([\w.]+)\.$")


class Sentence(msgspec.Struct, frozen=True):
    """One sentence: its words, what they stand for, and what sets it apart.

    Attributes:
        tokens: Words in lower case, in order.
        stems: First letters of its content words, names among them.
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

    @property
    def weight(self) -> int:
        """What it holds: a name or figure counts twice a word."""
        return len(self.stems) + len(self.names) + 2 * len(self.figures)


_BY_NAME = ("sentences", "names", "figures", "stems", "days", "quotes")
"""Parts that depend on which words are names."""


class CopyText:
    """What is compared of one document; parts are worked out when they are asked for, and kept for the next pair."""

    def __init__(self, document: Document, words: CopyWords) -> None:
        self.document = document
        self.words = words
        self.body = _cut_stock(cut_body(document), words)
        self._lent: frozenset[str] = frozenset()
        self._variants: dict[frozenset[str], CopyText] = {}

    def lend(self, names: frozenset[str]) -> "CopyText":
        """Return the same text, read so that these words are names where they stand capitalised, too."""
        lent = names & self._capitals[1]
        if not lent:
            return self
        if lent not in self._variants:
            # Worked out here, so that it is not for each of those the text is compared with.
            _ = self.tokens, self.plain, self.grams, self.is_notice
            variant = copy(self)
            for part in _BY_NAME:
                variant.__dict__.pop(part, None)
            variant._lent = lent
            self._variants[lent] = variant
        return self._variants[lent]

    @cached_property
    def is_notice(self) -> bool:
        """Whether it is a retraction or a correction itself."""
        return opens_with_notice(self.document, self.words.notices)

    @cached_property
    def tokens(self) -> list[str]:
        """The running words in lower case; quotation marks, hyphens at line ends and spaces leave no trace."""
        return find_tokens(self.body.lower())

    def cut(self, start: int, end: int) -> str:
        """Return the text that holds the words from ``start`` to before ``end``, with what follows the last of them."""
        bounds = self._bounds
        return self.body[bounds[start] if start else 0 : bounds[end]] if start < end else ""

    @cached_property
    def _bounds(self) -> list[int]:
        return [match.start() for match in _TOKEN.finditer(self.body.lower())] + [len(self.body)]

    @cached_property
    def plain(self) -> str:
        """The running words in one line, with a space before and after each."""
        return f" {' '.join(self.tokens)} "

    @cached_property
    def grams(self) -> frozenset[tuple[str, ...]]:
        """All runs of ``QUOTE_SEED`` words."""
        return frozenset(zip(*(self.tokens[at:] for at in range(QUOTE_SEED)), strict=False))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences that hold at least one content word or number, in order, up to ``MAX_SENTENCES``."""
        known = self.known | self._lent
        found = (self._read_sentence(text, known) for text in split_sentences(self.body, self.words))
        return tuple(islice((sentence for sentence in found if sentence.weight), MAX_SENTENCES))

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

    @property
    def known(self) -> frozenset[str]:
        """Words that stand capitalised where no sentence begins: they are names where one begins, too."""
        return self._capitals[0]

    @cached_property
    def _capitals(self) -> tuple[frozenset[str], frozenset[str]]:
        """Words that stand capitalised within a sentence, and those that do so only where one begins."""
        known: set[str] = set()
        unsure: set[str] = set()
        for text in split_sentences(self.body, self.words):
            for index, match in enumerate(_TOKEN.finditer(text)):
                token = match.group()
                if token[0].isupper():
                    inside = index and not _opens_quote(text, match.start())
                    (known if inside else unsure).add(token.lower().removesuffix("'s"))
        return frozenset(known), frozenset(unsure - known)

    def _read_sentence(self, text: str, known: frozenset[str]) -> Sentence:
        words = self.words
        names: set[str] = set()
        days: set[str] = set()
        stems: set[str] = set()
        counts = False
        tokens = _TOKEN.findall(text)
        for token in tokens:
            low = token.lower().removesuffix("'s")
            if low in words.function:
                continue
            if token[0].isdigit() or low in words.numbers or "-" in low:
                counts = True
                if token[0].isdigit() or low in words.numbers:
                    continue
            if low in words.days and (token[0].isupper() or low in ("today", "yesterday", "overnight")):
                days.add(low[:3])
            elif token[0].isupper() and low in known and low not in words.common:
                names.add(low[:STEM_CHARS])
            else:
                stems.add(low[:STEM_CHARS])
        figures = find_figures(tokens, words) if counts else frozenset()
        quotes = tuple(
            tuple(quote)
            for match in _QUOTED.finditer(text)
            if len(quote := find_tokens(match.group(1).lower())) >= MIN_QUOTE
        )
        return Sentence(
            tuple(token.lower() for token in tokens),
            frozenset(stems | names),
            frozenset(names),
            figures,
            frozenset(days),
            quotes,
        )


def read_pair(one: Document, other: Document, words: CopyWords) -> tuple[CopyText, CopyText]:
    """Read two documents so that what is a name in one is a name in the other, too, also where a sentence begins."""
    return share_names(CopyText(one, words), CopyText(other, words))


def share_names(one: CopyText, other: CopyText) -> tuple[CopyText, CopyText]:
    """Return two texts read so, of texts that were read for themselves."""
    return one.lend(other.known), other.lend(one.known)


def cut_body(document: Document) -> str:
    """Return the text without what is not coded (boilerplate, credit, dateline, headline), in plain punctuation."""
    parts: list[str] = []
    end = 0
    for item in document.uncoded:
        parts.append(document.text[end : item.span.start])
        end = item.span.end
    parts.append(document.text[end:])
    return "\n".join(parts).translate(_PLAIN)


def _cut_stock(body: str, words: CopyWords) -> str:
    """Cut phrases that many reports share: they are no sign of copying."""
    low = body.lower()
    found = [phrase for phrase in words.stock if phrase in low]
    return re.sub("|".join(map(re.escape, found)), "\n", body, flags=re.IGNORECASE) if found else body


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


def find_figures(tokens: Sequence[str], words: CopyWords) -> frozenset[str]:
    """Return the numbers among words as digits: "thirty thousand", "30,000" and "30 thousand" are one."""
    found: list[float] = []
    value, spelled = 0.0, False
    for token in [*(part for word in tokens for part in _split_number(word, words)), "."]:
        number = _read_number(token, words)
        in_words = token.lower() in words.numbers
        room = 100 if value % 100 == 0 else 10 if value % 10 == 0 else 1
        if value and number and in_words and number >= 100 and number > value:
            value *= number
        elif value and number and in_words and spelled and number < room:
            value += number
        elif token.lower() != "and" or not spelled:
            found += [value] if value else []
            value, spelled = number or 0.0, in_words
    return frozenset(f"{number:.10g}" for number in found)


def _split_number(word: str, words: CopyWords) -> list[str]:
    """Split "twenty-six", and leave other words alone."""
    parts = word.split("-")
    return parts if len(parts) > 1 and all(part.lower() in words.numbers for part in parts) else [word]


def _read_number(token: str, words: CopyWords) -> float | None:
    if token[0].isdigit():
        plain = token.replace(",", "") if _GROUPED.fullmatch(token) else token
        found = _DIGITS.match(plain)
        return float(found.group()) if found else None
    value = words.numbers.get(token.lower())
    return None if value is None else float(value)


def find_anchors(body: str, words: CopyWords) -> tuple[str, ...]:
    """Return the names and figures of a text that few others share, in order of first mention.

    A name counts where it stands capitalised and opens no sentence; weekdays, titles and the like are left out,
    and of the figures those of one digit and years.
    """
    found: dict[str, None] = {}
    for match in _ANCHOR.finditer(body):
        name, number = match.groups()
        if number:
            value = _read_number(number, words) or 0
            if value >= 10 and not 1900 <= value < 2100:
                found.setdefault(f"{value:.10g}")
        elif body[match.start() - 1] not in _OPENERS:
            low = name.lower().removesuffix("'s")
            if not any(low in common for common in (words.common, words.wide, words.days, words.function)):
                found.setdefault(low[:STEM_CHARS])
    return tuple(found)
