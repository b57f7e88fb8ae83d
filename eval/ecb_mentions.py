"""Event mentions of ECB+ with the words around them, read by the product's own parser.

Only what the pair features need is kept: head, lemma, who and what stands beside the head by syntax, the words of the
sentence and of the document.
"""

import re
import tarfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import msgspec

from reportedly.extract.parse import Parse, Parser, Token
from reportedly.records.document import Document
from reportedly.records.spans import Span

ARCHIVE = "stories/ecbplus_topics_1_35.tar.gz"
_HEADED = "plus"
"""Documents that were added to ECB open with a line of their address, which the lists of mentions do not count."""
_SUBJECTS = ("nsubj", "csubj")
_OBJECTS = ("dobj", "nsubjpass", "dative", "attr", "oprd")
_HEADS = ("NOUN", "VERB", "PROPN", "ADJ")
_CONTENT = ("NOUN", "PROPN", "VERB", "ADJ", "NUM")
_LIGHT = frozenset("be have do make take get give go hold".split())
_TIMES = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august|september|october"
    r"|november|december|today|yesterday|tomorrow|tonight|morning|evening|night|afternoon|week|weekend|month|year"
    r"|(?:19|20)\d\d"
)


Offsets = dict[int, list[Span]]
"""Where each token of a sentence stands, by number of the sentence."""
_TOGETHER = 64
"""Documents whose sentences are parsed in one go."""
_NEAR = 4
"""Tokens beside a head that are near it."""


class Word(msgspec.Struct, frozen=True, gc=False):
    """A content word of a sentence: its lemma, whether it is a name, a number or a word of time."""

    lemma: str
    name: bool
    number: bool
    time: bool


class Mention(msgspec.Struct, frozen=True, gc=False):
    """One event mention, ``key`` the name under which it is scored, ``tokens`` by number in its sentence."""

    key: str
    document: str
    topic: str
    chain: str
    sentence: int
    tokens: tuple[int, ...]
    text: str
    head: str
    lemma: str
    tag: str
    dep: str
    governor: str
    subjects: frozenset[str]
    objects: frozenset[str]
    modifiers: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    times: frozenset[str]
    words: frozenset[str]
    near: frozenset[str]
    position: int
    negated: bool
    modal: bool


class Texts(msgspec.Struct, frozen=True):
    """Documents by id, each a sentence of tokens by number."""

    sentences: dict[str, dict[int, list[str]]]

    def words(self, document: str) -> list[str]:
        """Return all tokens of a document."""
        return [token for _, tokens in sorted(self.sentences[document].items()) for token in tokens]


def read_texts(gold: Path, documents: Iterable[str]) -> Texts:
    """Read the texts of some documents from the archive; its annotations are not looked at."""
    wanted = set(documents)
    found: dict[str, dict[int, list[str]]] = {}
    with tarfile.open(gold / ARCHIVE) as archive:
        for member in archive:
            name = Path(member.name).stem
            content = archive.extractfile(member) if name in wanted else None
            if content is None:
                continue
            sentences: dict[int, list[str]] = defaultdict(list)
            for token in ElementTree.fromstring(content.read()).iter("token"):
                sentences[int(token.get("sentence", "0"))].append(_plain(token.text or ""))
            shift = int(_HEADED in name)
            found[name] = {number - shift: tokens for number, tokens in sentences.items()}
    return Texts(found)


def read_mentions(gold: Path, part: str) -> list[dict[str, Any]]:
    """Read the list of mentions of ``train`` or ``dev``."""
    rows: list[dict[str, Any]] = msgspec.json.decode((gold / "stories" / f"ecb_mentions_{part}.json").read_bytes())
    return rows


def parse_mentions(rows: Sequence[Mapping[str, Any]], texts: Texts, parser: Parser) -> list[Mention]:
    """Parse the sentences that hold mentions and describe each mention; in the order of the list."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        if row["sent_id"] not in wanted[row["doc_id"]]:
            wanted[row["doc_id"]].append(row["sent_id"])
    parses: dict[str, tuple[Parse, Offsets]] = {}
    documents = list(wanted)
    for start in range(0, len(documents), _TOGETHER):
        chunk = {document: sorted(wanted[document]) for document in documents[start : start + _TOGETHER]}
        parses.update(_parse(texts, chunk, parser))
    return [_describe(row, *parses[row["doc_id"]]) for row in rows]


def _parse(texts: Texts, chunk: Mapping[str, Sequence[int]], parser: Parser) -> dict[str, tuple[Parse, Offsets]]:
    """Parse sentences of some documents in one go, each as a paragraph: the parser works in batches."""
    lines: list[str] = []
    at = 0
    offsets: dict[str, Offsets] = {}
    for document, numbers in chunk.items():
        offsets[document] = {}
        for number in numbers:
            spans = []
            for token in texts.sentences[document][number]:
                spans.append(Span(at, at + len(token)))
                at += len(token) + 1
            offsets[document][number] = spans
            lines.append(" ".join(texts.sentences[document][number]))
    parse = parser.parse(Document("ecb", "\n".join(lines)))
    return {document: (parse, found) for document, found in offsets.items()}


def _plain(token: str) -> str:
    """Return a token as the parser knows it; one that is empty or holds a space keeps its place."""
    return {"``": '"', "''": '"'}.get(token, "".join(token.split())) or "-"


def _describe(row: Mapping[str, Any], parse: Parse, offsets: Offsets) -> Mention:
    spans = [offsets[row["sent_id"]][number] for number in row["tokens_number"]]
    own = [token for span in spans for token in parse.tokens_in(span)]
    head = _find_head(parse, own)
    line = offsets[row["sent_id"]]
    tokens = parse.tokens_in(Span(line[0].start, line[-1].end))
    inside = {token.i for token in own}
    words = [(token, word) for token in tokens if token.i not in inside and (word := _read(parse, token)) is not None]
    subjects, objects, modifiers = _find_arguments(parse, head)
    near = {word.lemma for token, word in words if abs(token.i - head.i) <= _NEAR}
    governor = parse.head(head.i)
    lemma = parse.lemma(head.i)
    return Mention(
        key=f"{row['doc_id']}:{row['sent_id']}:{'-'.join(map(str, row['tokens_number']))}",
        document=row["doc_id"],
        topic=row["doc_id"].split("_")[0],
        chain=row["coref_chain"],
        sentence=row["sent_id"],
        tokens=tuple(row["tokens_number"]),
        text=" ".join(parse.lemma(token.i) for token in own),
        head=head.lower,
        lemma=lemma,
        tag=head.pos,
        dep=head.dep,
        governor="" if governor.i == head.i else parse.lemma(governor.i),
        subjects=subjects,
        objects=objects,
        modifiers=modifiers,
        names=frozenset(word.lemma for _, word in words if word.name),
        numbers=frozenset(word.lemma for _, word in words if word.number),
        times=frozenset(word.lemma for _, word in words if word.time),
        words=frozenset(word.lemma for _, word in words),
        near=frozenset(near),
        position=head.i - tokens[0].i,
        negated=parse.child(head.i, "neg") is not None,
        modal=any(child.tag == "MD" for child in parse.children(head.i)),
    )


def _find_head(parse: Parse, own: Sequence[Token]) -> Token:
    """Return the token of a mention that the others hang from: of several, one that is no light verb."""
    inside = {token.i for token in own}
    tops = [token for token in own if token.head not in inside or token.head == token.i]
    full = [
        token for token in own if token.pos in ("NOUN", "VERB", "PROPN", "ADJ") and parse.lemma(token.i) not in _LIGHT
    ]
    best = [token for token in tops if token in full] or full or tops or list(own)
    return best[0]


def _read(parse: Parse, token: Token) -> Word | None:
    if token.pos not in _CONTENT:
        return None
    lemma = parse.lemma(token.i)
    if lemma in _LIGHT or len(lemma) < 2:
        return None
    time = _TIMES.fullmatch(lemma) is not None
    return Word(lemma, token.pos == "PROPN" and not time, token.pos == "NUM" and not time, time)


def _find_arguments(parse: Parse, head: Token) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return lemmas of who acts, of who is acted on, and of what else hangs from the head."""
    subjects: set[str] = set()
    objects: set[str] = set()
    others: set[str] = set()
    for child in parse.children(head.i):
        if child.dep in _SUBJECTS:
            subjects |= _phrase(parse, child)
        elif child.dep in _OBJECTS:
            objects |= _phrase(parse, child)
        elif child.dep in ("prep", "agent"):
            for inner in parse.children(child.i):
                if inner.dep == "pobj":
                    (subjects if child.dep == "agent" else objects if child.lower == "of" else others).update(
                        _phrase(parse, inner)
                    )
        elif child.dep in ("poss", "compound", "amod", "nmod", "nummod", "npadvmod", "acl"):
            others |= _phrase(parse, child)
    governor = parse.head(head.i)
    if governor.i != head.i:
        if head.dep in ("relcl", "acl"):
            (objects if head.tag == "VBN" else subjects).update(_phrase(parse, governor))
        elif head.dep in ("compound", "amod"):
            others |= _phrase(parse, governor)
        elif head.dep in ("dobj", "xcomp", "conj", "ccomp", "advcl", "pobj"):
            for child in parse.children(governor.i):
                if child.dep in _SUBJECTS and not subjects:
                    subjects |= _phrase(parse, child)
    return frozenset(subjects), frozenset(objects), frozenset(others)


def _phrase(parse: Parse, top: Token) -> set[str]:
    return {
        parse.lemma(i) for i in parse.noun_phrase(top.i) if parse.tokens[i].pos in _CONTENT and i < len(parse.tokens)
    }
