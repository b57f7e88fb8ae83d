"""The form of one clause: tense, modal verb, negation and condition of a verb, as its dependents show them."""

from reportedly.extract.parse import Parse, Token
from reportedly.records.spans import Span

_BE = frozenset({"is", "are", "am", "'s", "’s", "'re", "’re", "being"})
_HAVE = frozenset({"has", "have", "'ve", "’ve", "had", "having"})
_CONTINGENT = frozenset({"conditional", "contingent", "conditionally"})
_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})


def is_verb(token: Token) -> bool:
    """Say whether a token is a verb form."""
    return token.tag[:2] == "VB"


def is_definite(parse: Parse, i: int) -> bool:
    """Say whether a noun is marked as known: an article, a demonstrative or a possessor before it."""
    return any(
        (child.dep == "det" and child.lower in ("the", "this", "these", "those")) or child.dep == "poss"
        for child in parse.children(i)
    )


def find_tense(parse: Parse, i: int) -> str:
    """Return the form of verb ``i`` as its auxiliaries show it (the values of ``StatusTrace.tense``)."""
    token = parse.tokens[i]
    auxiliaries = [child for child in parse.children(i) if child.dep in ("aux", "auxpass")]
    words = {child.lower for child in auxiliaries}
    if any(child.tag == "TO" for child in auxiliaries):
        return "infinitive"
    if words & _FUTURE:
        return "future"
    has, be = words & _HAVE, words & _BE
    if token.tag == "VBG":
        if has and "been" in words:
            return "past" if "had" in words else "perfect-progressive"
        if token.lower == "going" and be and any(child.dep == "xcomp" for child in parse.children(i)):
            return "future"
        if be:
            return "progressive"
        return "past" if words & {"was", "were"} else "participle"
    if has and "had" not in has:
        return "perfect"
    if any(child.dep == "auxpass" and child.lower == "being" for child in auxiliaries):
        return "progressive" if be & {"is", "are"} else "past"
    if token.tag == "VB" and not auxiliaries and token.dep in ("ROOT", "ccomp", "conj"):
        subject = parse.child(i, "nsubj", "nsubjpass", "expl")
        return "imperative" if subject is None or subject.i > i else "present"
    present = token.tag in ("VBZ", "VBP", "VB") or bool(be & {"is", "are"})
    if present and not has and _is_to_come(parse, i):
        return "future"
    if token.tag in ("VBZ", "VBP", "VB") and not has:
        return "present"
    return "past"


def _is_to_come(parse: Parse, i: int) -> bool:
    """Say whether a clause in the present tells when something will be ("will be jailed when he is sentenced")."""
    token = parse.tokens[i]
    when = any(child.lower in ("when", "once") and child.dep in ("advmod", "mark") for child in parse.children(i))
    if token.dep != "advcl" or not when:
        return False
    return any(child.lower in _FUTURE for child in parse.children(token.head) if child.dep == "aux")


def find_modal(parse: Parse, i: int) -> int | None:
    """Return the modal verb on verb ``i``."""
    return next((child.i for child in parse.children(i) if child.dep == "aux" and child.tag == "MD"), None)


def find_negation(parse: Parse, i: int) -> int | None:
    """Return the word that negates token ``i``: "not", "never", or a "no" on it, its subject or its object."""
    for child in parse.children(i):
        if child.dep == "neg" or child.lower in ("never", "n't", "not", "n’t"):
            following = parse.tokens[child.i + 1].lower if child.i + 1 < len(parse.tokens) else ""
            if following not in ("only", "just", "merely", "least"):
                return child.i
        if child.dep == "det" and child.lower in ("no", "neither"):
            return child.i
        if child.dep in ("dobj", "nsubjpass", "nsubj", "attr") and is_verb(parse.tokens[i]):
            if child.lower in ("nothing", "nobody", "none", "no-one"):
                return child.i
            for grand in parse.children(child.i):
                if grand.dep in ("det", "neg") and grand.lower in ("no", "neither"):
                    return grand.i
    return None


def has_condition_mark(parse: Parse, i: int) -> bool:
    """Say whether the clause of verb ``i`` is a condition: a conjunction, or an inverted "should" or "had"."""
    token = parse.tokens[i]
    for child in parse.children(i):
        if child.dep in ("mark", "advmod") and child.lower in ("if", "unless", "lest", "provided", "providing"):
            return True
        if child.dep == "aux" and child.lower == "should" and token.dep != "ROOT":
            subject = parse.child(i, "nsubj", "nsubjpass")
            if subject is not None and child.i < subject.i:
                return True
    return False


def is_awaited(parse: Parse, i: int) -> bool:
    """Say whether verb ``i`` stands in the present after "until": what it tells of has yet to come."""
    mark = parse.child(i, "mark")
    return mark is not None and mark.lower == "until" and parse.tokens[i].tag in ("VBZ", "VBP")


def find_condition(parse: Parse, i: int, prepositions: frozenset[str]) -> Span | None:
    """Return the condition that the clause of verb ``i`` depends on ("if …" beside it)."""
    for child in parse.children(i):
        if child.dep in ("advcl", "ccomp") and has_condition_mark(parse, child.i) and _is_if(parse, child):
            return parse.span(parse.subtree(child.i))
        if child.dep == "prep" and child.lower in prepositions:
            return parse.span(parse.subtree(child.i))
        if child.lower in _CONTINGENT or (child.lower == "upon" and find_tense(parse, i) == "future"):
            return parse.span(parse.subtree(child.i))
    return None


def _is_if(parse: Parse, clause: Token) -> bool:
    """An "if" after "ask" or "know" is a question, not a condition."""
    return clause.dep == "advcl" or parse.child(clause.i, "aux") is not None
