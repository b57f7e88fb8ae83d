"""By which relation a word hangs below which other: dependency labels put into the terms of the cue lists."""

from reportedly.extract.clauses import is_verb
from reportedly.extract.parse import Parse, Token
from reportedly.extract.status_cues import StatusCues

_OBJECT_DEPS = frozenset({"dobj", "nsubjpass", "attr", "oprd", "dative", "csubjpass"})
_FINITE = frozenset({"VBD", "VBP", "VBZ"})


def find_relation(parse: Parse, i: int, cues: StatusCues) -> tuple[str, int | None]:
    """Return the relation of token ``i`` to what governs it, and that token.

    Returns:
        A relation of ``status.toml``, or ``conj``, ``purpose``, ``bare`` (an infinitive without "to"), ``unto`` (the
        preposition "to"), ``relcl``, ``acl``, ``advcl``, ``prep``; with None, why there is no governor: ``root`` or
        ``adjunct``.
    """
    token = parse.tokens[i]
    if token.head == i:
        return "root", None
    up = parse.tokens[token.head]
    dep = token.dep
    infinitive = any(child.tag == "TO" for child in parse.children(i))
    if dep == "conj":
        alike = up.tag[:1] == token.tag[:1] or (up.pos in ("NOUN", "PROPN") and token.pos in ("NOUN", "PROPN"))
        if token.tag in _FINITE and up.tag not in _FINITE and is_verb(up):
            alike = any(child.dep == "aux" and child.tag != "TO" for child in parse.children(up.i))
        return ("conj", up.i) if alike else ("adjunct", None)
    if dep in ("pobj", "pcomp"):
        return _climb_preposition(parse, up)
    if dep in ("acl", "relcl", "advcl") and infinitive and (above := _find_controller(parse, i, cues)) is not None:
        return "to", above
    if dep in ("ccomp", "xcomp"):
        if infinitive:
            return "to", up.i
        if dep == "ccomp":
            return ("bare" if token.tag == "VB" and (parse.lemma(up.i), "bare") in cues.governors else "that"), up.i
        return {"VBG": "ing", "VBN": "obj"}.get(token.tag, "bare"), up.i
    if dep in ("acl", "relcl", "advcl", "prep"):
        if infinitive:
            return ("to" if dep == "acl" or up.tag == "JJ" else "purpose"), up.i
        return ("that", up.i) if dep == "acl" and parse.child(i, "mark") else (dep, up.i)
    if dep in _OBJECT_DEPS:
        return "obj", up.i
    if dep in ("nsubj", "csubj"):
        return "subj", up.i
    if dep in ("compound", "nmod", "poss") or (dep == "amod" and token.tag[:2] == "NN"):
        return "comp", up.i
    return "adjunct", None


def _find_controller(parse: Parse, i: int, cues: StatusCues) -> int | None:
    """Return the verb of demanding that an infinitive belongs to ("called on Norland to …"), however it is parsed."""
    up = parse.head(i)
    if not is_verb(up):
        if up.pos not in ("PROPN", "PRON") and up.tag != "NNS":
            return None
        noun, up = up, parse.head(up.i)
        if noun.dep == "pobj" and up.lower in ("on", "upon", "for", "to", "with"):
            up = parse.head(up.i)
        elif noun.dep not in ("dobj", "dative", "nsubjpass"):
            return None
        return up.i if is_verb(up) and (parse.lemma(up.i), "to") in cues.governors else None
    return up.i if "demanded" in cues.governors.get((parse.lemma(up.i), "to"), ()) else None


def _climb_preposition(parse: Parse, preposition: Token) -> tuple[str, int | None]:
    relation = preposition.lower
    up = preposition
    while up.dep in ("prep", "pcomp", "conj") and parse.head(up.i).pos in ("ADP", "PART") and up.head != up.i:
        up = parse.head(up.i)
        if relation not in ("of", "without"):
            relation = up.lower
    if up.head == up.i:
        return "adjunct", None
    if up.lower in ("because", "instead", "ahead", "in", "on", "out") and relation == "of" and up.i != preposition.i:
        relation = up.lower
    return ("unto" if relation == "to" else relation), up.head
