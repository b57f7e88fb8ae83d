"""Which time expression dates which event of its sentence, from syntax."""

from collections.abc import Mapping

from reportedly.extract.mentions import TimeMention
from reportedly.extract.parse import Parse

_MODIFYING = frozenset({"compound", "nummod", "nmod", "amod", "poss", "npadvmod"})
_PASSING = {
    "dobj": 0.9,
    "nsubj": 0.9,
    "nsubjpass": 0.9,
    "attr": 0.9,
    "pobj": 0.9,
    "pcomp": 0.7,
    "prep": 1.0,
    "compound": 0.9,
    "xcomp": 0.85,
    "conj": 0.65,
    "advcl": 0.55,
    "acl": 0.5,
    "agent": 1.0,
    "oprd": 0.9,
}
"""How much of the certainty passes from an event to what it hangs on, by dependency; 0 for all others: a reporting
verb's time is not that of what is reported."""
_WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_OPENING = frozenset({"after", "before", "as", "when", "while", "because", "since", "if", "once", "though", "although"})
_SETTING = frozenset(
    {"begin", "start", "take", "happen", "occur", "schedule", "set", "plan", "hold", "due", "sign", "end"}
)
"""Verbs of a clause on an event noun that date the noun ("the truce that began on Monday")."""


def score_binding(parse: Parse, head: int, mention: TimeMention) -> float:
    """Say how surely a time expression of the same sentence dates the event at ``head``, from 0 to 1.

    It dates what it hangs on: the event, or the verb whose clause the event belongs to. A day before a noun ("the
    May 5 vote") dates that noun alone; one on another noun ("before the vote on May 5") dates that one, unless the
    noun is a name, since parsers hang "in Kyiv on Friday" on either word. The numbers were set by hand and checked on
    how often bindings of each kind are right in coded reports.
    """
    token = parse.tokens[find_head(parse, mention)]
    if token.i == head:
        return 0.0
    host, prepositional = find_host(parse, mention)
    host = _lift(parse, mention, host)
    if host == head:
        return 0.95
    line = _find_line(parse, head, mention)
    noun, trailing = parse.tokens[host], not prepositional and mention.first > host
    if noun.tag[:1] == "N" and not prepositional and token.dep in _MODIFYING and not trailing:
        return _score_occasion(parse, host, line)
    clause = parse.head(host) if noun.dep == "conj" else noun
    if clause.head == head and clause.dep in ("relcl", "acl"):
        return 0.8 if parse.lemma(host) in _SETTING else 0.35
    if host in line:
        return line[host]
    if any(parse.tokens[i].dep == "advcl" and _is_simultaneous(parse, i, mention.last) for i in line):
        return 0.6
    if clause.dep == "advcl" and clause.head in line and _is_simultaneous(parse, clause.i):
        return 0.8 * line[clause.head]
    if noun.tag[:2] == "VB":
        # "Vetoed a resolution calling for a truce last week": bare words at the end hang on the nearest verb.
        below = noun.dep == "acl" and any(ancestor.i == head for ancestor in parse.ancestors(host))
        return 0.5 if trailing and below else 0.35
    above = next((a.i for a in parse.ancestors(host) if a.i in line or a.tag[:2] == "VB"), -1)
    mistaken = noun.pos == "PROPN" or (noun.tag[:1] == "N" and trailing)
    return line.get(above, 0.4) * (1.0 if mistaken else 0.6)


def _lift(parse: Parse, mention: TimeMention, host: int) -> int:
    """Return the verb that a time expression belongs to, where parsers hang it on one below or beside that verb.

    Words before a conjunction ("on May 15 after allies threatened …") stand outside its clause, and what a thing is
    like in the present is not dated by a past day ("destroyed the bridge that links the banks last Wednesday").
    """
    verb = parse.tokens[host]
    if verb.tag[:2] != "VB" or verb.head == host:
        return host
    opening = verb.head if verb.dep == "pcomp" else _find_opening(parse, host)
    if mention.last <= opening < host or (verb.dep == "pcomp" and parse.head(host).dep == "agent"):
        above = next((a for a in parse.ancestors(host) if a.tag[:2] == "VB"), verb)
        below = parse.child(above.i, "xcomp")
        return below.i if below is not None and below.tag[:2] == "VB" and below.i < mention.first else above.i
    if verb.dep == "relcl" and verb.tag in ("VBZ", "VBP") and mention.first > host and not _has_auxiliary(parse, host):
        above = next((a for a in parse.ancestors(host) if a.tag[:2] == "VB"), verb)
        return above.i if above.tag in ("VBD", "VBN") else host
    return host


def _find_opening(parse: Parse, verb: int) -> int:
    """Return the conjunction that opens the clause of a verb, or -1."""
    return next(
        (c.i for c in parse.children(verb) if c.dep in ("mark", "advmod") and c.lower in _OPENING and c.i < verb), -1
    )


def _has_auxiliary(parse: Parse, verb: int) -> bool:
    return parse.child(verb, "aux", "auxpass") is not None


def _is_simultaneous(parse: Parse, verb: int, opening: int | None = None) -> bool:
    """Say whether a clause tells when the one above it happens ("was held when he landed on Friday").

    With ``opening``, the conjunction must stand there.
    """
    return any(
        child.lower in ("when", "as") and child.dep in ("advmod", "mark") and opening in (None, child.i)
        for child in parse.children(verb)
    )


def _score_occasion(parse: Parse, noun: int, line: Mapping[int, float]) -> float:
    """Score a day before a noun for what happens at that noun ("at Friday's hearing he pleaded …")."""
    preposition = parse.head(noun)
    if parse.tokens[noun].dep == "pobj" and preposition.lower in ("at", "during") and preposition.head in line:
        return 0.85 * line[preposition.head]
    return 0.2


def find_host(parse: Parse, mention: TimeMention) -> tuple[int, bool]:
    """Return what a time expression hangs on, prepositions skipped, and whether one stood between.

    Between an article and a noun ("the May 5, 2021 raid") it hangs on the noun, whatever the parser makes of it.
    """
    token = parse.tokens[find_head(parse, mention)]
    before = parse.tokens[mention.first - 1] if mention.first else token
    if before.tag in ("DT", "PRP$", "POS") and mention.last < len(parse.tokens):
        noun = parse.tokens[mention.last]
        while noun.dep == "compound" and noun.head > noun.i:
            noun = parse.tokens[noun.head]
        if noun.tag in ("NN", "NNS") and noun.sentence == token.sentence:
            return noun.i, False
    if mention.field.value.name in _WEEKDAYS and before.lower == "on" and token.dep == "compound":
        # "On Friday rebels struck": no day stands before a noun without an article.
        return before.head, True
    prepositional = False
    up = parse.head(token.i)
    while up.pos in ("ADP", "PART") and up.head != up.i:
        up, prepositional = parse.head(up.i), True
    return up.i, prepositional


def find_verb(parse: Parse, mention: TimeMention) -> int:
    """Return the verb that a time expression hangs on, or what it hangs on where there is none."""
    host = find_host(parse, mention)[0]
    return next((i for i in (host, *(a.i for a in parse.ancestors(host))) if parse.tokens[i].tag[:2] == "VB"), host)


def _find_line(parse: Parse, head: int, mention: TimeMention) -> dict[int, float]:
    """Return the tokens whose time is also the event's, with how surely: itself and what it hangs on."""
    line, score, i = {head: 0.95}, 0.95, head
    for up in parse.ancestors(head):
        dep = parse.tokens[i].dep
        # "Launched an attack on May 5 that killed …": what an object did is dated with it.
        on_day = dep in ("relcl", "acl") and mention.first <= up.i < mention.last
        if on_day:
            # "An attack on October 7 that killed …": parsers hang the clause on the day.
            line[find_host(parse, mention)[0]] = 0.65 * score
            break
        score *= 0.65 if dep == "relcl" and up.dep == "dobj" else _PASSING.get(dep, 0.0)
        if dep == "conj" and mention.first > up.i:
            score *= 0.75
        if up.pos in ("ADP", "PART"):
            score *= 1.0 if up.lower == "of" else 0.7
        else:
            line[up.i] = score
        if score < 0.2:
            break
        i = up.i
    return line


def find_head(parse: Parse, mention: TimeMention) -> int:
    """Return the token of a time expression that hangs outside it."""
    inside = range(mention.first, mention.last)
    return next((i for i in inside if parse.tokens[i].head not in inside), mention.first)


def find_preposition(parse: Parse, mention: TimeMention) -> str | None:
    """Return the word before a time expression that opens or bounds it ("since", "until"), or None."""
    before = parse.tokens[mention.first - 1].lower if mention.first > 0 else ""
    return before if before in ("since", "until", "before", "after", "by") else None
