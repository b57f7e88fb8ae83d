"""Words that weaken a claim."""

from collections.abc import Mapping

from reportedly.extract.mentions import EventMention
from reportedly.extract.parse import Parse, Token
from reportedly.records.spans import Field


def find_hedges(parse: Parse, event: EventMention, words: Mapping[str, frozenset[str]]) -> tuple[Field[str], ...]:
    """Find what weakens one event: adverbs of its clause, adjectives on it, verbs of seeming above it, scare quotes.

    A hedge on a party ("the alleged drug boat") does not hedge the act and is left out.
    """
    found: list[int] = []
    chain = [event.head, *(ancestor.i for ancestor in _clause_ancestors(parse, event.head))]
    for i in chain:
        for child in parse.children(i):
            if child.lower in words["hedges"] and child.dep in ("advmod", "amod", "npadvmod"):
                found.append(child.i)
    for child in parse.children(event.head):
        if child.lower in words["hedge_adjectives"] and child.dep in ("amod", "compound"):
            found.append(child.i)
    up = parse.head(event.head)
    if parse.tokens[event.head].dep in ("xcomp", "ccomp") and parse.lemma(up.i) in words["hedge_verbs"]:
        found.append(up.i)
    fields = [
        Field(parse.tokens[i].text, parse.tokens[i].span, "rule:hedge-word", 0.9) for i in sorted(dict.fromkeys(found))
    ]
    quoted = _find_scare_quote(parse, event)
    return (*fields, quoted) if quoted is not None else tuple(fields)


def _clause_ancestors(parse: Parse, i: int) -> list[Token]:
    """Heads from the event up to the verb of its clause, and the verb that governs an infinitive."""
    found = []
    while parse.tokens[i].head != i and parse.tokens[i].dep in (
        "dobj",
        "pobj",
        "prep",
        "xcomp",
        "nsubjpass",
        "attr",
        "acl",
    ):
        i = parse.tokens[i].head
        found.append(i)
    return [parse.tokens[j] for j in found]


def _find_scare_quote(parse: Parse, event: EventMention) -> Field[str] | None:
    """A trigger of one to three words in quotation marks of its own."""
    span = event.trigger.span
    if span is None:
        return None
    before, after = parse.text[max(0, span.start - 1) : span.start], parse.text[span.end : span.end + 1]
    if before and before in "\"“'‘" and after and after in "\"”'’":
        return Field(span.slice(parse.text), span, "rule:scare-quote", 0.8)
    return None
