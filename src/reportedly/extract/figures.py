"""Figures: how many were killed, hurt, held, driven out, and what else the text counts, each bound to its event."""

from collections.abc import Sequence

import msgspec

from reportedly.extract.harms import Harm, find_bare_harm, find_harms
from reportedly.extract.mentions import FigureMention
from reportedly.extract.parse import Parse, Sentence
from reportedly.extract.quantities import FigureLexicon, Quantity, find_quantities, open_figures
from reportedly.records.claim import Figure, Scope
from reportedly.records.document import Document
from reportedly.records.spans import Field, Span

__all__ = ["FigureLexicon", "find_figures", "open_figures"]

_UNREAL = 0.2
"""Score of what is only possible, wanted, feared or planned."""

_SINGLE = 0.45
"""Score of one person whose number nobody would call a figure ("the assassination of the president")."""

_SHARES = frozenset({"percent", "%", "cent", "half", "third", "quarter", "most", "majority", "all", "many", "some"})


class _Count(msgspec.Struct, frozen=True):
    """How many one phrase names."""

    low: int | None
    high: int | None
    span: Span
    unit: str | None
    added: bool = False
    single: bool = False


def find_figures(parse: Parse, document: Document, lexicon: FigureLexicon) -> tuple[FigureMention, ...]:
    """Find the figures of a document, in text order.

    People harmed, held or driven out are counted where a predicate says so; coordinated phrases are added up ("his wife
    and two children" are three), and one person named or described counts as one. What is left of the counts is keyed
    by the plural noun that it counts. Sub-counts ("including 11 children") are left out.

    Args:
        parse: The document's syntax.
        document: The document; what a court report or an anniversary counts is found all the same.
        lexicon: From ``open_figures``.

    Returns:
        Figures with the words that show them. A score under 0.5 marks what is only possible, wanted or denied.
    """
    found: list[FigureMention] = []
    for sentence in parse.sentences:
        quantities = find_quantities(parse, sentence, lexicon)
        by_token = {i: q for q in quantities for i in (*range(q.first, q.last), q.head)}
        used: set[int] = set()
        in_sentence: list[FigureMention] = []
        for harm in find_harms(parse, sentence, lexicon):
            mention = _count_harm(parse, sentence, harm, by_token, lexicon, used)
            if mention is not None:
                in_sentence.append(mention)
        for quantity in quantities:
            if quantity.number in used:
                continue
            bare = find_bare_harm(parse, sentence, quantity, lexicon)
            mention = _count_harm(parse, sentence, bare, by_token, lexicon, used) if bare is not None else None
            if mention is not None:
                in_sentence.append(mention)
        for quantity in quantities:
            if quantity.number not in used and not _is_part(parse, sentence, quantity):
                other = _count_noun(parse, sentence, quantity, lexicon)
                if other is not None:
                    in_sentence.append(other)
        found.extend(sorted(in_sentence, key=lambda mention: mention.field.span or Span(0, 0)))
    return tuple(found)


def _count_harm(
    parse: Parse,
    sentence: Sentence,
    harm: Harm,
    by_token: dict[int, Quantity],
    lexicon: FigureLexicon,
    used: set[int],
) -> FigureMention | None:
    predicate = parse.tokens[harm.predicate]
    if not harm.patients:
        if not harm.negated:
            return None
        return _make(parse, sentence, harm, _Count(0, 0, predicate.span, None), harm.predicate, lexicon)
    if harm.negated:
        return None
    # a verb has one object: where the parser sees two, the one that is counted
    patient = next((i for i in harm.patients if i in by_token), harm.patients[0])
    heads = parse.conjuncts(patient)
    counts: list[_Count] = []
    open_end = False
    for i in heads:
        quantity = by_token.get(i)
        if quantity is not None and len(heads) > 1 and quantity.number in used:
            continue
        if quantity is not None and (
            _is_part(parse, sentence, quantity)
            or (i != patient and _is_other_harm(parse, sentence, quantity, harm, lexicon))
        ):
            continue
        count = _count_phrase(parse, i, quantity, lexicon)
        if quantity is not None:
            used.add(quantity.number)
        if count is not None:
            counts.append(count)
        open_end = open_end or (bool(counts) and count is None and parse.tokens[i].lower in ("others", "several"))
    if not counts:
        return None
    if all(count.single for count in counts) and _is_singular(parse, harm.predicate):
        # "the president and party leader was hurt" is one person under two titles
        counts = counts[:1]
    return _make(parse, sentence, harm, _add_up(counts, open_end), patient, lexicon)


def _is_other_harm(parse: Parse, sentence: Sentence, quantity: Quantity, harm: Harm, lexicon: FigureLexicon) -> bool:
    """Say whether a coordinated count has a harm of its own ("41 people killed and nine missing")."""
    other = find_bare_harm(parse, sentence, quantity, lexicon)
    return other is not None and other.key != harm.key and other.predicate != harm.predicate


def _is_singular(parse: Parse, i: int) -> bool:
    return any(child.lower in ("is", "was", "has") and child.dep in ("aux", "auxpass") for child in parse.children(i))


def _count_phrase(parse: Parse, i: int, quantity: Quantity | None, lexicon: FigureLexicon) -> _Count | None:
    token = parse.tokens[i]
    if quantity is not None:
        if quantity.currency is not None:
            return None
        start = parse.tokens[quantity.first].start
        end = max(parse.tokens[quantity.last - 1].end, parse.tokens[quantity.head].end)
        unit = _name_noun(parse, quantity) if quantity.head >= quantity.last else None
        return _Count(quantity.low, quantity.high, Span(start, end), unit, quantity.added)
    children = parse.children(i)
    words = {child.lower for child in children}
    if token.lower in lexicon.words["nobody"] or "no" in words:
        return _Count(0, 0, token.span, None)
    if "both" in words and token.tag == "NNS":
        return _Count(2, 2, token.span, token.lower)
    if token.lower in ("another", "other") and token.tag in ("DT", "JJ"):
        return _Count(1, 1, token.span, None, token.lower == "another")
    if token.lower in lexicon.words["pronouns"] or token.tag == "NNP":
        return _Count(1, 1, token.span, None, single=True)
    if token.tag == "NN" and token.lower in lexicon.words["persons"]:
        return _Count(1, 1, token.span, token.lower, bool(words & {"another", "second", "third"}), True)
    return None


def _add_up(counts: Sequence[_Count], open_end: bool) -> _Count:
    """Add the counts of coordinated phrases; one open bound leaves the sum's open."""
    lows = [count.low or 0 for count in counts]
    highs = [count.high for count in counts]
    low = None if all(count.low is None for count in counts) else sum(lows)
    high = None if open_end or any(bound is None for bound in highs) else sum(bound or 0 for bound in highs)
    span = Span(min(count.span.start for count in counts), max(count.span.end for count in counts))
    unit = counts[0].unit if len(counts) == 1 else None
    return _Count(low, high, span, unit, any(count.added for count in counts), len(counts) == 1 and counts[0].single)


def _make(
    parse: Parse, sentence: Sentence, harm: Harm, count: _Count, head: int, lexicon: FigureLexicon
) -> FigureMention:
    scope, as_of = _find_scope(parse, sentence, harm.predicate, count.added, harm.total, lexicon)
    figure = Figure(harm.key, count.low, count.high, count.unit, scope, as_of)
    score = _UNREAL if not harm.real else _SINGLE if count.single and not harm.single else 0.9
    return FigureMention(Field(figure, count.span, harm.by, score), head)


def _find_scope(
    parse: Parse, sentence: Sentence, anchor: int, added: bool, total: bool, lexicon: FigureLexicon
) -> tuple[Scope, str | None]:
    """What a figure counts, and the words that say as of when; both are looked for in its clause."""
    words = None
    text = sentence.span.slice(parse.text)
    for match in lexicon.as_of.finditer(text):
        words = match.group()
        break
    if added:
        return Scope.ADDED, words
    series = total or (words is not None and words.lower() in lexicon.words["series"])
    if not series and words is not None:
        tensed = any(child.lower in ("have", "has") for child in parse.children(anchor))
        series = words.lower().startswith("since") and tensed
    return (Scope.SERIES if series else Scope.THIS), words


def _is_part(parse: Parse, sentence: Sentence, quantity: Quantity) -> bool:
    """Say whether a count is a part of another: "including 11 children", "five of them", "half of the 200"."""
    before = [token.lower for token in parse.tokens[max(sentence.first, quantity.first - 3) : quantity.first]]
    if before and (
        before[-1] in ("including", "includes", "mostly") or before[-2:] in (["among", "them"], ["of", "whom"])
    ):
        return True
    for ancestor in parse.ancestors(quantity.number):
        if ancestor.lower == "including":
            return True
        if ancestor.lower == "of" and parse.head(ancestor.i).lower in _SHARES:
            return True
        if ancestor.tag[:2] == "VB":
            break
    after = [token.lower for token in parse.tokens[quantity.last : min(sentence.last, quantity.last + 2)]]
    return after in (["of", "them"], ["of", "whom"], ["of", "which"], ["of", "these"])


def _count_noun(parse: Parse, sentence: Sentence, quantity: Quantity, lexicon: FigureLexicon) -> FigureMention | None:
    """Key a count by the noun it counts; None where no plural noun follows."""
    start = parse.tokens[quantity.first].start
    if quantity.currency is not None:
        if quantity.first > sentence.first and parse.tokens[quantity.first - 1].text == "(":
            return None
        key, head, end = quantity.currency, quantity.number, parse.tokens[quantity.last - 1].end
    else:
        if quantity.head < quantity.last:
            return None
        noun = parse.tokens[quantity.head]
        plural = noun.tag in ("NNS", "NNPS") or noun.lower in ("people", "personnel", "troops", "aircraft", "police")
        if quantity.loose or quantity.high == 1 or (_is_definite(parse, quantity) and (quantity.high or 9) <= 3):
            return None
        if not plural or parse.lemma(quantity.head) in lexicon.words["small_talk"]:
            return None
        key, end = _name_noun(parse, quantity), noun.end
        above = [ancestor.i for ancestor in parse.ancestors(quantity.head)]
        head = quantity.number if quantity.number in above else quantity.head
    span = Span(start, end)
    scope, as_of = _find_scope(parse, sentence, head, quantity.added, False, lexicon)
    figure = Figure(key, quantity.low, quantity.high, key, scope, as_of)
    return FigureMention(Field(figure, span, "rule:noun", 0.9), head)


def _is_definite(parse: Parse, quantity: Quantity) -> bool:
    """Say whether the text counts what it has named before ("the two groups")."""
    before = parse.tokens[quantity.first - 1].lower if quantity.first else ""
    return before in ("the", "these", "those", "both", "all", "its", "their", "his", "her", "our")


def _name_noun(parse: Parse, quantity: Quantity) -> str:
    """Return the noun counted with the common nouns compounded to it ("fighter jets")."""
    first = quantity.head
    while first - 1 >= quantity.last and parse.tokens[first - 1].tag == "NN" and parse.tokens[first - 1].text.isalpha():
        first -= 1
    return parse.span([first, quantity.head]).slice(parse.text)
