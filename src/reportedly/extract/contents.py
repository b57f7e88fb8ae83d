"""Contents: what is said, asked, judged or believed, as spans; quotations are taken whole."""

from collections.abc import Iterable, Sequence

import msgspec

from reportedly.extract.cues import AttributionCues
from reportedly.extract.parse import Parse, Sentence, Token
from reportedly.records.spans import Span

_PUNCTUATION = frozenset({",", ".", ":", "''", "``", "-LRB-", "-RRB-"})
_CLAUSES = ("ccomp", "parataxis")
_OBJECTS = ("dobj", "oprd")
_BETWEEN = " \t\r\n\u00a0\"“”„«»'‘’`,;:–—-"
_CONTRASTS = frozenset({"while", "whilst", "whereas", "although", "though"})

BESIDE = 3
"""Characters between a quotation and the sentence it belongs to: a mark, a blank, a line break."""
CLOSING_CUE = 6
"""Tokens of a sentence before a cue that closes the quotation before it."""


class Content(msgspec.Struct, frozen=True):
    """The content of one cue.

    Attributes:
        spans: Where it stands, in text order.
        by: ``clause``, ``quotation``, ``infinitive``, ``object`` or ``preposition``.
        word: The preposition that introduces it, which belongs to the cue.
        finite: False for an infinitive ("the plan to …").
    """

    spans: tuple[Span, ...] = ()
    by: str = "clause"
    word: Token | None = None
    finite: bool = True


def pieces(parse: Parse, indices: Iterable[int]) -> list[Span]:
    """Return contiguous runs of sorted token indices as spans, punctuation at their ends left out."""
    runs: list[list[int]] = []
    for i in indices:
        if runs and i == runs[-1][-1] + 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    spans = []
    for run in runs:
        while run and parse.tokens[run[-1]].tag in _PUNCTUATION:
            run.pop()
        while run and parse.tokens[run[0]].tag in _PUNCTUATION:
            run.pop(0)
        if run:
            spans.append(parse.span(run))
    return spans


def clause_tokens(parse: Parse, i: int, cues: AttributionCues) -> list[int]:
    """Return the clause headed by ``i`` without what its speaker or the outlet adds after it.

    Left out are participles of reporting (", adding that …"), which share the governing verb's subject, and contrasts
    (", while …", ", although …"), and relative clauses behind a comma, which the outlet adds more often than not.
    """
    kept, stack = [], [i]
    while stack:
        j = stack.pop()
        kept.append(j)
        stack.extend(child.i for child in parse.children(j) if not _is_added(parse, child, cues))
    return sorted(kept)


def _is_added(parse: Parse, token: Token, cues: AttributionCues) -> bool:
    if token.head > token.i or token.dep not in ("advcl", "relcl"):
        return False
    if token.dep == "relcl":
        first = parse.subtree(token.i)[0]
        return first > 0 and parse.tokens[first - 1].text == ","
    if token.tag == "VBG":
        return cues.verbs.get(parse.lemma(token.i)) in ("report", "accuse") and parse.child(token.i, "nsubj") is None
    mark = parse.child(token.i, "mark", "advmod")
    return mark is not None and mark.i < token.i and mark.lower in _CONTRASTS and parse.tokens[mark.i - 1].text == ","


def join(spans: Iterable[Span], text: str) -> list[Span]:
    """Return the spans in order, those with nothing but blanks and marks between them made one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and not text[merged[-1].end : span.start].strip(_BETWEEN):
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def find_verb_content(
    parse: Parse, sentence: Sentence, token: Token, kind: str | None, cues: AttributionCues, quotations: Sequence[Span]
) -> Content:
    """Find what a verb says, by the constructions its kind allows, clauses and quotations before objects.

    Args:
        parse: The syntax.
        sentence: The verb's sentence.
        token: The verb.
        kind: Its kind in ``AttributionCues.verbs``, or None where it only takes an object or a preposition.
        cues: From ``open_cues``.
        quotations: Those of the document.
    """
    lemma = parse.lemma(token.i)
    spans: list[Span] = []
    by = "clause"
    if kind is not None:
        clauses = _clauses(parse, token, kind)
        spans = [span for i in clauses for span in pieces(parse, clause_tokens(parse, i, cues))]
        if not spans:
            spans = _around(parse, token)
        if kind == "report":
            aloud = lemma not in cues.words["silent"]
            own = quotations if aloud else [q for q in quotations if any(q.overlaps(span) for span in spans)]
            spans, quoted = _with_quotations(parse, sentence, token, spans, own)
            if not spans and aloud:
                spans = _beside(parse, sentence, token, quotations)
                quoted = bool(spans)
            by = "quotation" if quoted else "clause"
    if not spans and lemma in cues.words["infinitives"]:
        infinitive = parse.child(token.i, "xcomp")
        spans, by = (pieces(parse, parse.subtree(infinitive.i)) if infinitive else []), "infinitive"
    if not spans and lemma in cues.words["objects"] and not is_infinitive(parse, token):
        spans, by = _object(parse, token), "object"
    if not spans and lemma in cues.prepositions:
        for child in parse.children(token.i):
            if child.dep in ("prep", "agent", "dative") and child.lower in cues.prepositions[lemma]:
                return Content(tuple(_complement(parse, child)), "preposition", child)
    return Content(tuple(join(spans, parse.text)), by)


def cut_content(content: Content, end: int, text: str) -> Content:
    """Return a content without what stands from ``end`` on, marks and blanks before it left out."""
    kept = [Span(span.start, min(span.end, end)) for span in content.spans if span.start < end]
    trimmed = [Span(span.start, span.start + len(span.slice(text).rstrip(_BETWEEN))) for span in kept]
    return msgspec.structs.replace(content, spans=tuple(span for span in trimmed if span.start < span.end))


def _clauses(parse: Parse, token: Token, kind: str) -> list[int]:
    found = []
    for child in parse.children(token.i):
        if child.dep in _CLAUSES or (child.dep == "xcomp" and kind != "report"):
            found.append(child.i)
            if child.dep == "xcomp" and kind == "direct":
                found.extend(c.i for c in parse.children(token.i) if c.dep in ("dobj", "dative") and c.i < child.i)
    return found


def _around(parse: Parse, token: Token) -> list[Span]:
    """What is left of the clause that a parenthetical cue ("…, he said, …") interrupts or closes."""
    if token.dep == "relcl" and _is_loose(parse, token):
        # "… and hurt 31 people, the mayor announced": hung on the last noun of what is said.
        first = parse.sentence_of(token.i).first
        return pieces(parse, range(first, parse.subtree(token.i)[0]))
    loose = token.dep == "advcl" and _is_loose(parse, token)
    if token.head == token.i or (token.dep != "parataxis" and not loose):
        return []
    inside = set(parse.subtree(token.i))
    return pieces(parse, [i for i in parse.subtree(token.head) if i not in inside])


def _is_loose(parse: Parse, token: Token) -> bool:
    """Say whether a clause taken for an adverbial or relative one has nothing that makes it one: no "as", no "who"."""
    if token.tag not in ("VBD", "VBZ", "VBP") or token.head > token.i:
        return False
    if any(child.dep == "mark" or child.tag[:1] == "W" for child in parse.children(token.i)):
        return False
    first = parse.subtree(token.i)[0]
    return first > 0 and parse.tokens[first - 1].text == "," and parse.child(token.i, "nsubj") is not None


def _with_quotations(
    parse: Parse, sentence: Sentence, token: Token, spans: list[Span], quotations: Sequence[Span]
) -> tuple[list[Span], bool]:
    """Take in whole the quotations of the sentence that are the verb's; one that holds the verb is not its own."""
    own = [q for q in quotations if q.overlaps(sentence.span) and not q.overlaps(token.span)]
    if not own:
        return spans, False
    kept = [span for span in spans if not any(q.covers(span) for q in own)]
    return join([*kept, *own], parse.text), True


def _beside(parse: Parse, sentence: Sentence, token: Token, quotations: Sequence[Span]) -> list[Span]:
    """The quotation that a sentence of its own introduces (He shouted: / “…”) or closes (“…!” / he shouted.)."""
    text = parse.text
    introduces = text[sentence.span.end - 1] == ":"
    closes = token.i - sentence.first < CLOSING_CUE
    for q in quotations:
        if introduces and 0 <= q.start - sentence.span.end <= BESIDE:
            return [q]
        if closes and 0 <= sentence.span.start - q.end <= BESIDE and text[q.end - 1] in ",!?":
            return [q]
    return []


def _object(parse: Parse, token: Token) -> list[Span]:
    """The verb's object with the clause or phrase that judges it ("praised her for leaving", "called it a lie")."""
    heads = [child.i for child in parse.children(token.i) if child.dep in _OBJECTS]
    if not heads:
        return []
    if heads[-1] < token.i:
        return []
    for child in parse.children(token.i):
        judging = child.dep == "prep" and child.lower in ("as", "for", "of", "over") and child.i > heads[-1]
        if judging or child.dep == "xcomp":
            heads.append(child.i)
    return [span for i in heads for span in pieces(parse, parse.subtree(i))]


def _complement(parse: Parse, preposition: Token) -> list[Span]:
    heads = [child.i for child in parse.children(preposition.i) if child.dep in ("pobj", "pcomp", "ccomp")]
    return [span for i in heads for span in pieces(parse, parse.subtree(i))]


def find_noun_content(parse: Parse, token: Token, cues: AttributionCues) -> Content:
    """Find what a nominal cue says: a clause ("the claim that …") or a phrase ("criticism of …")."""
    lemma = parse.lemma(token.i)
    if lemma in cues.words["nouns"]:
        for child in parse.children(token.i):
            if child.dep in ("acl", "ccomp") and (parse.child(child.i, "mark") or is_infinitive(parse, child)):
                marked = parse.child(child.i, "mark") is not None
                return Content(tuple(pieces(parse, clause_tokens(parse, child.i, cues))), finite=marked)
    prepositions = cues.noun_prepositions.get(lemma, frozenset())
    for child in parse.children(token.i) if prepositions else ():
        if child.dep == "prep" and child.lower in prepositions:
            return Content(tuple(_complement(parse, child)), "preposition", child)
    return Content()


def is_infinitive(parse: Parse, token: Token) -> bool:
    """Say whether a verb is an infinitive with "to"."""
    return token.tag == "VB" and any(child.lower == "to" for child in parse.children(token.i))


def find_adjective_content(parse: Parse, token: Token, cues: AttributionCues) -> Content:
    """Find what a predicative adjective is said of: "confident that …", "critical of …"."""
    prepositions = cues.adjective_prepositions.get(token.lower)
    if prepositions is None:
        return Content()
    for child in parse.children(token.i):
        if child.dep in ("ccomp", "xcomp") and "" in prepositions:
            return Content(tuple(pieces(parse, parse.subtree(child.i))))
        if child.dep in ("prep", "agent") and child.lower in prepositions:
            return Content(tuple(_complement(parse, child)), "preposition", child)
    return Content()
