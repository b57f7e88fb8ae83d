"""Sentences, tokens and syntax: the only module that imports the NLP library.

What leaves this module are plain tuples of ``Token`` over the offsets of ``Document.text``, so that nothing else knows
which library made them. Ranges that are not coded are never parsed; each stretch between them, and each paragraph, is
parsed by itself, so no sentence runs across a boundary.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import chain

import msgspec
import spacy
from spacy.language import Language
from spacy.pipeline import Lemmatizer
from spacy.tokens import Doc

from reportedly.errors import ResourceError
from reportedly.records.document import Document
from reportedly.records.spans import Span

BATCH_SIZE = 32
MAX_BATCH_CHARS = 16_000
"""The parser's memory grows with the tokens of a batch; usual paragraphs fill a batch by count long before this."""
MAX_SEGMENT_CHARS = 4000
"""A longer paragraph is cut at a space, so that every segment fits a batch."""

_PARAGRAPH = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c]+")
_COARSE = {
    "N": "NOUN",
    "V": "VERB",
    "J": "ADJ",
    "R": "ADV",
    "P": "PRON",
    "I": "ADP",
    "C": "NUM",
    "D": "DET",
    "M": "AUX",
}
_ATTRIBUTES: list[int | str] = ["IS_SPACE", "SENT_START", "IDX", "LENGTH", "LOWER", "TAG", "DEP", "HEAD"]
_KEY = 2**64 - 1
"""The library's string keys are unsigned; they pass through an array of signed numbers."""
_LEMMA_TABLES = {"NOUN": "noun", "VERB": "verb", "ADJ": "adj", "ADV": "adv"}
_CLOCK = re.compile(r"[012]?\d[:.][0-5]\d")
_BEHIND_CLOCK = frozenset({"-", "–", "—", "|", ":", "am", "pm", "a.m.", "p.m.", "gmt", "utc"})
_CLAUSAL = frozenset({"relcl", "acl", "advcl", "appos", "parataxis", "cc", "conj", "punct", "prep", "npadvmod"})


class Token(msgspec.Struct, frozen=True, gc=False):
    """One token. ``i``, ``head`` and ``sentence`` index ``Parse.tokens`` and ``Parse.sentences``.

    Attributes:
        i: Index in the document.
        text: The characters.
        lower: The same in lower case.
        start: Offset of the first character.
        end: Offset after the last.
        tag: Penn Treebank tag.
        dep: Dependency label (CLEAR style: nsubj, nsubjpass, agent, dobj, pobj …).
        head: Index of the head; a root is its own head.
        sentence: Index of the sentence.
    """

    i: int
    text: str
    lower: str
    start: int
    end: int
    tag: str
    dep: str
    head: int
    sentence: int

    @property
    def pos(self) -> str:
        """Coarse part of speech from the fine tag: NOUN, PROPN, VERB, AUX (modals only), ADJ, ADV, PRON, ADP."""
        if self.tag in ("NNP", "NNPS"):
            return "PROPN"
        if self.tag in ("RP", "TO", "PDT", "POS"):
            return "PART"
        if self.tag == "CC":
            return "CCONJ"
        if self.tag[:1] == "W":
            return "ADV" if self.tag == "WRB" else "PRON"
        return _COARSE.get(self.tag[:1], "X")

    @property
    def span(self) -> Span:
        """The token's span."""
        return Span(self.start, self.end)


class Sentence(msgspec.Struct, frozen=True, gc=False):
    """One sentence: tokens ``first`` to ``last`` (half-open) of ``Parse.tokens``."""

    index: int
    first: int
    last: int
    paragraph: int
    span: Span


class Parse:
    """The syntax of one document: tokens and sentences in text order, and ways to walk the trees."""

    def __init__(
        self,
        text: str,
        tokens: tuple[Token, ...],
        sentences: tuple[Sentence, ...],
        lemmatise: Callable[[str, str], str],
    ) -> None:
        self.text = text
        self.tokens = tokens
        self.sentences = sentences
        self._lemmatise = lemmatise
        self._lemmas: dict[int, str] = {}
        self._words: dict[int, frozenset[str]] = {}

    def lemma(self, i: int) -> str:
        """Return the dictionary form of token ``i`` in lower case; cheap after the first time for each token."""
        found = self._lemmas.get(i)
        if found is None:
            token = self.tokens[i]
            found = self._lemmas[i] = self._lemmatise(token.lower, "NOUNS" if token.tag == "NNS" else token.pos)
        return found

    @cached_property
    def _children(self) -> list[list[Token]]:
        children: list[list[Token]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                children[token.head].append(token)
        return children

    def children(self, i: int) -> Sequence[Token]:
        """Return the dependents of token ``i`` in text order."""
        return self._children[i]

    def child(self, i: int, *deps: str) -> Token | None:
        """Return the first dependent of ``i`` with one of these labels, or None."""
        for token in self._children[i]:
            if token.dep in deps:
                return token
        return None

    def head(self, i: int) -> Token:
        """Return the head of token ``i``; a root is its own head."""
        return self.tokens[self.tokens[i].head]

    def ancestors(self, i: int) -> Iterator[Token]:
        """Yield head, head's head … up to the root; nothing for a root."""
        while self.tokens[i].head != i:
            i = self.tokens[i].head
            yield self.tokens[i]

    def subtree(self, i: int, without: Iterable[str] = ()) -> list[int]:
        """Return the sorted indices of ``i`` and all below it, not descending into dependents labelled ``without``."""
        skip = frozenset(without)
        found, stack = [], [i]
        while stack:
            j = stack.pop()
            found.append(j)
            stack.extend(token.i for token in self._children[j] if token.dep not in skip)
        return sorted(found)

    def span(self, indices: Sequence[int]) -> Span:
        """Return the span from the first to the last of some token indices (not empty)."""
        return Span(self.tokens[min(indices)].start, self.tokens[max(indices)].end)

    def conjuncts(self, i: int) -> list[int]:
        """Return ``i`` and the tokens coordinated with it, in text order, where ``i`` is the first conjunct."""
        found = [i]
        for token in self._children[i]:
            if token.dep == "conj":
                found.extend(self.conjuncts(token.i))
        return found

    def noun_phrase(self, i: int) -> list[int]:
        """Return the token indices of the phrase headed by ``i``: its left dependents and ``of`` complement.

        Conjuncts, appositions, relative clauses and other prepositional phrases are left out; the indices are
        contiguous from the first to the last.
        """
        keep = [i]
        for token in self._children[i]:
            j = token.i
            if token.dep == "prep" and token.lower == "of" and j > i:
                keep.extend(self.subtree(j, without=_CLAUSAL - {"prep", "cc", "conj"}))
            elif token.dep not in _CLAUSAL and (j < i or token.dep in ("case", "compound", "nummod")):
                keep.extend(self.subtree(j, without=("relcl", "acl", "advcl")))
        return list(range(min(keep), max(keep) + 1))

    def after_clock(self, first: int, head: int) -> int:
        """Return where a phrase begins behind a time of day ("17:55 Police", "18.20 - Officials").

        Args:
            first: Index of its first token.
            head: Index of its head.
        """
        if first < head and _CLOCK.fullmatch(self.tokens[first].text):
            after = first + 1
            while after < head and self.tokens[after].lower in _BEHIND_CLOCK:
                after += 1
            if ":" in self.tokens[first].text or after > first + 1:
                return after
        return first

    def sentence_of(self, i: int) -> Sentence:
        """Return the sentence of token ``i``."""
        return self.sentences[self.tokens[i].sentence]

    def sentence_tokens(self, index: int) -> tuple[Token, ...]:
        """Return the tokens of one sentence."""
        sentence = self.sentences[index]
        return self.tokens[sentence.first : sentence.last]

    def sentence_words(self, index: int) -> frozenset[str]:
        """Return the words of one sentence in lower case: as they stand, as lemmas, plurals without s."""
        found = self._words.get(index)
        if found is None:
            tokens = self.sentence_tokens(index)
            words = {token.lower for token in tokens}
            words.update(self.lemma(token.i) for token in tokens)
            words.update(token.lower[:-1] for token in tokens if token.tag == "NNS" and token.lower.endswith("s"))
            found = self._words[index] = frozenset(words)
        return found

    def tokens_in(self, span: Span) -> list[Token]:
        """Return the tokens that overlap ``span``, in order."""
        low, high = 0, len(self.tokens)
        while low < high:
            middle = (low + high) // 2
            if self.tokens[middle].end <= span.start:
                low = middle + 1
            else:
                high = middle
        found = []
        while low < len(self.tokens) and self.tokens[low].start < span.end:
            found.append(self.tokens[low])
            low += 1
        return found


class Parser:
    """A loaded model. Build one a process with ``open_parser`` and keep it."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        lemmatizer = nlp.get_pipe("lemmatizer")
        if not isinstance(lemmatizer, Lemmatizer):
            raise ResourceError("the spaCy model has no lemma tables: choose another for the setting `model`")
        self._rules = lemmatizer.lookups.get_table("lemma_rules")
        self._exceptions = lemmatizer.lookups.get_table("lemma_exc")
        index = lemmatizer.lookups.get_table("lemma_index")
        self._index = {name: frozenset(index.get(name, ())) for name in _LEMMA_TABLES.values()}
        self._lemmatise = lru_cache(maxsize=50_000)(self._lemma)

    def _lemma(self, lower: str, pos: str) -> str:
        """Return the dictionary form of a lower-case word, by the rules and exceptions that ship with the model.

        The model's index of nouns holds plurals too ("talks"), so a noun tagged as one ("NOUNS") is cut first.
        """
        table = _LEMMA_TABLES.get({"AUX": "VERB", "NOUNS": "NOUN"}.get(pos, pos))
        if table is None:
            return lower
        if found := self._exceptions.get(table, {}).get(lower):
            return str(found[0])
        index = self._index[table]
        if lower in index and pos != "NOUNS":
            return lower
        forms = [lower[: len(lower) - len(old)] + new for old, new in self._rules.get(table, []) if lower.endswith(old)]
        return next((form for form in forms if form in index), lower if lower in index or not forms else forms[0])

    def parse(self, document: Document) -> Parse:
        """Parse one document, its paragraphs in batches."""
        spans = list(_segments(document))
        batches = (
            self._nlp.pipe([_plain(document.text[start:end]) for start, end in batch], batch_size=BATCH_SIZE)
            for batch in _batches(spans)
        )
        return _build(document.text, spans, chain.from_iterable(batches), self._lemmatise)


def _segments(document: Document) -> Iterator[tuple[int, int]]:
    """Yield the stretches of text to parse: paragraphs, less the ranges that are not coded."""
    bounds = [0]
    for item in document.uncoded:
        bounds.extend((item.span.start, item.span.end))
    bounds.append(len(document.text))
    for start, end in zip(bounds[::2], bounds[1::2], strict=True):
        for match in _PARAGRAPH.finditer(document.text, start, end):
            low, high = match.start(), match.end()
            while high - low > MAX_SEGMENT_CHARS:
                cut = document.text.rfind(" ", low + MAX_SEGMENT_CHARS // 2, low + MAX_SEGMENT_CHARS) + 1
                cut = cut or low + MAX_SEGMENT_CHARS
                yield low, cut
                low = cut
            if document.text[low:high].strip():
                yield low, high


def _batches(spans: Iterable[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Group segments, in order, to batches of bounded count and length."""
    batch: list[tuple[int, int]] = []
    chars = 0
    for start, end in spans:
        if batch and (len(batch) == BATCH_SIZE or chars + end - start > MAX_BATCH_CHARS):
            yield batch
            batch, chars = [], 0
        batch.append((start, end))
        chars += end - start
    if batch:
        yield batch


@lru_cache(maxsize=4096)
def _plain_char(char: str) -> str:
    """Return a character the model knows in place of one it does not, always exactly one character."""
    if char in "‘’‚‛`´":
        return "'"
    if char in "“”„‟«»":
        return '"'
    if unicodedata.category(char) in ("Cf", "Cc", "Zs"):
        return " "
    return char


def _plain(text: str) -> str:
    """Straighten quotation marks and blank control and direction marks, keeping every offset."""
    return text if text.isascii() and text.isprintable() else "".join(map(_plain_char, text))


def _build(text: str, spans: list[tuple[int, int]], docs: Iterable[Doc], lemmatise: Callable[[str, str], str]) -> Parse:
    """Put the library's documents, one a segment, together into one parse; white-space tokens are left out."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for paragraph, ((offset, _), doc) in enumerate(zip(spans, docs, strict=True)):
        # One array for all tokens: asking the library token by token takes a fifth of the time of a parse.
        rows = doc.to_array(_ATTRIBUTES).astype("int64").tolist()
        strings = doc.vocab.strings
        new: dict[int, int] = {}
        for j, row in enumerate(rows):
            if not row[0]:
                new[j] = len(tokens) + len(new)
        started = True
        for j, (space, starts, index, length, lower, tag, dep, head) in enumerate(rows):
            started = started or starts == 1
            if space:
                continue
            if started:
                _close(sentences, tokens)
                sentences.append(Sentence(len(sentences), len(tokens), len(tokens), paragraph, Span(0, 0)))
                started = False
            i, start = new[j], offset + index
            words = [strings[key] for key in (lower & _KEY, tag & _KEY, dep & _KEY)]
            form = text[start : start + length]
            up = new.get(j + head, i)
            tokens.append(Token(i, form, words[0], start, start + length, words[1], words[2], up, len(sentences) - 1))
        _close(sentences, tokens)
    return Parse(text, tuple(tokens), tuple(sentences), lemmatise)


def _close(sentences: list[Sentence], tokens: list[Token]) -> None:
    """Give the sentence that was begun last its end."""
    if sentences and sentences[-1].last < len(tokens):
        begun = sentences[-1]
        span = Span(tokens[begun.first].start, tokens[-1].end)
        sentences[-1] = Sentence(begun.index, begun.first, len(tokens), begun.paragraph, span)


def open_parser(model: str) -> Parser:
    """Load a spaCy model with tagger and parser only, set up for speed.

    BLIS is turned off where the model allows it: its wheel falls back to generic kernels on many machines, and the
    annotations stay the same.

    Raises:
        ResourceError: the model is not installed.
    """
    try:
        nlp = spacy.load(model, exclude=["ner", "senter"])
    except OSError as error:
        raise ResourceError(f"the spaCy model {model!r} is not installed: pip install reportedly again") from error
    for _, component in nlp.pipeline:
        for node in getattr(getattr(component, "model", None), "walk", tuple)():
            if hasattr(node.ops, "use_blis"):
                node.ops.use_blis = False
    nlp.select_pipes(disable=["lemmatizer", "attribute_ruler"])
    return Parser(nlp)
