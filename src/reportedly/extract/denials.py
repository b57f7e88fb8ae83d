"""Who denies an event by denying what is said of it, and who leaves it undecided."""

from collections.abc import Mapping

from reportedly.extract.clauses import find_negation
from reportedly.extract.governors import StatusTrace
from reportedly.extract.parse import Parse

_WITHIN = frozenset(
    {
        "nsubj",
        "nsubjpass",
        "dobj",
        "pobj",
        "prep",
        "conj",
        "attr",
        "pcomp",
        "xcomp",
        "compound",
        "ccomp",
        "acl",
        "agent",
    }
)
"""Dependencies by which an event belongs to the clause that a report tells; relative and adverbial clauses do not."""


def find_denial(parse: Parse, head: int, words: Mapping[str, frozenset[str]]) -> int | None:
    """Return the verb that denies reports of the event, or None.

    "Norland rejected accusations that its army had shelled the town", "described the claim of a raid as a lie". The
    event must be what the report tells, and the denial not itself be negated.
    """
    below = parse.tokens[head]
    for up in parse.ancestors(head):
        bare = below.dep == "relcl" and _is_whole(parse, below.i)
        if below.dep not in _WITHIN and not bare:
            return None
        said = (
            (bare or below.dep in ("acl", "ccomp", "prep"))
            and up.tag[:1] == "N"
            and parse.lemma(up.i) in words["report_nouns"]
        )
        if said and below.dep == "prep" and below.lower not in ("of", "about"):
            return None
        if said and up.dep in ("dobj", "nsubjpass", "nsubj", "pobj"):
            verb = parse.head(up.i)
            return verb.i if _denies(parse, verb.i, words) else None
        if below.dep == "ccomp" and parse.lemma(up.i) in words["naming"]:
            told = any(parse.lemma(child.i) in words["report_nouns"] for child in parse.children(up.i)) or any(
                parse.lemma(child.i) in words["report_nouns"] for child in parse.children(below.i)
            )
            return up.i if told and _denies(parse, up.i, words) else None
        below = up
    return None


def _is_whole(parse: Parse, verb: int) -> bool:
    """Say whether a clause on a noun lacks nothing, so that it tells what the noun says ("reports it had used gas")."""
    parties = [child for child in parse.children(verb) if child.dep in ("nsubj", "nsubjpass", "dobj")]
    return len(parties) + (parse.child(verb, "nsubjpass") is not None) > 1 and not any(
        child.tag[:1] == "W" for child in parties
    )


def _denies(parse: Parse, verb: int, words: Mapping[str, frozenset[str]]) -> bool:
    if find_negation(parse, verb) is not None:
        return False
    lemma = parse.lemma(verb)
    if lemma in words["denying"]:
        return True
    return lemma in words["naming"] and any(parse.tokens[i].lower in words["untrue"] for i in parse.subtree(verb))


def find_open_decision(parse: Parse, trace: StatusTrace, words: Mapping[str, frozenset[str]]) -> int | None:
    """Return the verb of a decision on the event not taken so far ("not decided whether", "yet to decide on")."""
    for governor in trace.governors:
        i = governor.token
        if parse.lemma(i) not in words["deciding"]:
            continue
        before = [token.lower for token in parse.tokens[max(0, i - 3) : i]]
        if find_negation(parse, i) is not None or "yet" in before:
            return i
    return None
