"""What a party's words stand for elsewhere in the text: pronouns, a quotation's "we", "the general", "the farmers"."""

from collections.abc import Iterable, Sequence

import msgspec

from reportedly.extract.antecedents import THIRD_PERSON, find_antecedent
from reportedly.extract.event_lexicon import EventLexicon
from reportedly.extract.mentions import Attribution
from reportedly.extract.parse import Parse, Token
from reportedly.extract.parties import is_name, is_named
from reportedly.extract.triggers import noun_lemma
from reportedly.records.spans import Span

_FIRST_PERSON = frozenset({"we", "us", "i", "me"})
_POINTING = frozenset({"the", "this", "that", "these", "those"})
_TELLING_APART = frozenset({"compound", "nummod", "poss", "prep", "relcl", "nmod"})
"""Dependents that make a noun mean another than the one named before ("the other", "two farmers", "farmers from …")."""

_OTHER = frozenset({"other", "another", "second", "new", "next", "more", "some", "several", "many", "no"})


class References(msgspec.Struct, frozen=True):
    """What mentions of one document may refer to.

    Attributes:
        toponyms: Tokens of place names; no person is one.
        named: Dictionary forms of common nouns, each to the heads of the named phrases they head, entitle or stand
            beside ("Polish farmers"; "General Ruiz"; "Hamas, the armed group"), in text order.
        speakers: Spans of reported content, each with the head of the phrase that names who speaks.
    """

    toponyms: frozenset[int] = frozenset()
    named: dict[str, list[int]] = {}
    speakers: tuple[tuple[Span, int], ...] = ()


def find_references(
    parse: Parse, toponyms: frozenset[int], attributions: Sequence[Attribution], lexicon: EventLexicon
) -> References:
    """Gather what the mentions of a document may refer to."""
    speakers: list[tuple[Span, int]] = []
    for attribution in attributions:
        if attribution.chain and (head := _head_of(parse, attribution.chain[-1].span)) is not None:
            speakers.extend((content, head) for content in attribution.content)
    return References(toponyms, _find_named(parse, lexicon), tuple(speakers))


def _find_named(parse: Parse, lexicon: EventLexicon) -> dict[str, list[int]]:
    named: dict[str, list[int]] = {}
    for token in parse.tokens:
        if token.tag in ("NN", "NNS"):
            lemma = noun_lemma(parse, token.i)
            if token.dep in ("compound", "nmod") or not (lemma in lexicon.human or lemma in lexicon.words["bodies"]):
                continue
            beside = parse.head(token.i) if token.dep == "appos" else parse.child(token.i, "appos")
            if beside is not None and beside.tag in ("NNP", "NNPS"):
                named.setdefault(token.lower, []).append(beside.i)
            elif is_named(parse, token.i, lexicon.words["calendar"]):
                named.setdefault(token.lower, []).append(token.i)
        elif token.dep == "compound" and token.lower in lexicon.human and parse.head(token.i).tag == "NNP":
            named.setdefault(token.lower, []).append(token.head)
    return named


def _head_of(parse: Parse, span: Span) -> int | None:
    tokens = {token.i: token for token in parse.tokens_in(span)}
    return next((i for i, token in tokens.items() if token.head not in tokens or token.head == i), None)


def settle(parse: Parse, heads: Iterable[int], references: References) -> tuple[int, ...]:
    """Lead each head to the words that name who is meant; in text order, without repeats."""
    found: dict[int, None] = {}
    for head in heads:
        found.setdefault(_lead(parse, parse.tokens[head], references))
    return tuple(sorted(found))


def _lead(parse: Parse, token: Token, references: References) -> int:
    if token.lower in _FIRST_PERSON and token.text != "US":
        return _find_speaker(token, references)
    if token.lower in THIRD_PERSON:
        return find_antecedent(parse, token.i, references.toponyms)
    if token.dep == "appos" and token.tag[:2] == "NN" and token.tag not in ("NNP", "NNPS"):
        head = parse.head(token.i)
        return head.i if is_name(parse, head) else token.i
    if token.tag not in ("NN", "NNS") or is_named(parse, token.i):
        return token.i
    beside = parse.child(token.i, "appos")
    if beside is not None and beside.tag in ("NNP", "NNPS"):
        return beside.i
    return _find_named_before(parse, token, references)


def _find_speaker(token: Token, references: References) -> int:
    """Lead the first person of a quotation to who is quoted: the innermost content around it decides."""
    around = [
        (content.end - content.start, head) for content, head in references.speakers if content.covers(token.span)
    ]
    return min(around)[1] if around else token.i


def _find_named_before(parse: Parse, token: Token, references: References) -> int:
    """Lead "the general" or "farmers" to the last phrase before it that names one of the kind."""
    before = [i for i in references.named.get(token.lower, ()) if i < token.i]
    if not before:
        return token.i
    pointed = token.tag == "NNS"
    for child in parse.children(token.i):
        if child.dep in _TELLING_APART or child.lower in _OTHER:
            return token.i
        if child.dep == "det":
            if child.lower not in _POINTING:
                return token.i
            pointed = True
    return before[-1] if pointed else token.i
