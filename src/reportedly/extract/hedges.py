"""Words that weaken a claim."""

from collections.abc import Mapping
from itertools import pairwise

from reportedly.extract.governors import StatusTrace
from reportedly.extract.mentions import EventMention
from reportedly.extract.parse import Parse
from reportedly.records.spans import Field

_ADVERBIAL = frozenset({"advmod", "npadvmod", "amod"})
_OPENING = "\"“'‘"
_CLOSING = "\"”'’"


def find_hedges(
    parse: Parse, event: EventMention, trace: StatusTrace, words: Mapping[str, frozenset[str]]
) -> tuple[Field[str], ...]:
    """Find what weakens one event: adverbs and adjectives on it and on what governs it, governors, scare quotes.

    A hedge on a party ("the alleged drug boat") does not hedge the act and is left out, and so is a verb by which a
    source speaks ("he alleged that"): that is attribution.

    Args:
        parse: The document's syntax.
        event: The event.
        trace: What governs it, from ``trace_status``.
        words: Word lists of ``status.toml``.

    Returns:
        The hedges in text order, a scare quote last.
    """
    path = _find_path(parse, trace)
    found = _find_adverb_behind(parse, event.head, words["hedges"])
    for i in path:
        near = list(parse.children(i))
        # "after being beaten, allegedly by guards": the adverb hangs on the agent's preposition.
        near += [grand for child in near if child.dep in ("agent", "prep") for grand in parse.children(child.i)]
        found |= {child.i for child in near if child.lower in words["hedges"] and child.dep in _ADVERBIAL}
        if parse.tokens[i].tag[:2] == "NN":
            found |= {
                child.i
                for child in parse.children(i)
                if child.lower in words["hedge_adjectives"] and child.dep in ("amod", "compound")
            }
    for below, i in pairwise(path):
        speaks = parse.tokens[below].dep == "ccomp" and parse.child(i, "nsubj") is not None
        if parse.lemma(i) in words["hedge_governors"] and not (speaks and parse.lemma(i) not in ("seem", "appear")):
            found.add(i)
    fields = [Field(parse.tokens[i].text, parse.tokens[i].span, "rule:hedge-word", 0.9) for i in sorted(found)]
    quoted = _find_scare_quote(parse, event) if len(trace.path) < 2 else None
    return (*fields, quoted) if quoted is not None else tuple(fields)


def _find_path(parse: Parse, trace: StatusTrace) -> list[int]:
    """Return the event and whatever a hedge weakens it on: governors, what reports it, the verb it is object of."""
    path = list(trace.path)
    if trace.report is not None:
        path.append(trace.report)
    elif parse.tokens[path[-1]].dep in ("dobj", "nsubjpass"):
        path.append(parse.tokens[path[-1]].head)
    return path


def _find_adverb_behind(parse: Parse, head: int, hedges: frozenset[str]) -> set[int]:
    """Return a hedge right behind the event ("beaten, allegedly by guards"), wherever the parser hangs it."""
    behind = parse.tokens[head + 1 : head + 3]
    if behind and behind[0].text == ",":
        behind = behind[1:]
    return {token.i for token in behind[:1] if token.lower in hedges}


def _find_scare_quote(parse: Parse, event: EventMention) -> Field[str] | None:
    """Return a trigger that stands in quotation marks of its own."""
    span = event.trigger.span
    if span is None:
        return None
    before, after = parse.text[max(0, span.start - 1) : span.start], parse.text[span.end : span.end + 1]
    if before and before in _OPENING and after and after in _CLOSING:
        return Field(span.slice(parse.text), span, "rule:scare-quote", 0.8)
    return None
