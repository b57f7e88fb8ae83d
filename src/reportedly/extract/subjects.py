"""Who does what a verb says: subjects, own or shared or implied, and the agents of passives."""

from reportedly.extract.event_lexicon import EventLexicon
from reportedly.extract.parse import Parse, Token
from reportedly.extract.parties import find_owners, is_name, may_act, objects_of
from reportedly.extract.triggers import is_passive, lead_pronoun, noun_lemma

PREDICATES = frozenset({"acomp", "attr", "oprd"})
_SUBJECT_CONTROL = frozenset({"xcomp", "advcl", "conj", "acl", "pcomp", "ccomp"})
_ASKING = frozenset({"call", "appeal", "plead", "press", "push", "lobby"})
_ADDRESSES = frozenset({"order", "call", "appeal", "demand", "request", "ultimatum", "warning", "plea", "pressure"})
_LAYING = frozenset({"of", "from", "for", "with", "against"})
"""After these a participle is laid upon the object of the verb ("accused them of …", "kept them from …")."""

_BLAMING = frozenset({"accuse", "suspect", "convict", "blame", "charge", "stop", "prevent", "ban", "bar", "criticise"})
_SPENDING = frozenset({"spend", "waste", "pass", "take"})
"""Verbs whose object is a time: the participle after it belongs to the subject ("spent months bombing")."""

_AT_A_PLACE = frozenset({"in", "at", "near", "outside"})
_WITHIN = frozenset({"in", "with", "through", "under"})


def find_subjects(parse: Parse, i: int) -> list[int]:
    """Return the heads of the verb's subject, its own or the one it shares with a governing verb.

    A relative pronoun leads to its noun; an infinitive after a verb with an object ("asked Chad to leave") takes that
    object; a participle, an infinitive and a coordinated verb take the governing verb's subject.
    """
    for _ in range(6):
        token = parse.tokens[i]
        own = [child for child in parse.children(i) if child.dep in ("nsubj", "csubj", "nsubjpass")]
        own = [child for child in own if child.tag not in ("EX",)]
        if own:
            return [lead_pronoun(parse, child.i) for child in own]
        infinitive = any(child.tag == "TO" for child in parse.children(i))
        if token.dep in ("acl", "relcl") and parse.head(i).tag[:2] == "NN" and not infinitive:
            if (doer := _around_place(parse, token)) is None:
                return [token.head] if token.tag in ("VBG", "VBN", "VB") or token.dep == "relcl" else []
            if doer.tag[:2] != "VB":
                return [doer.i]
            i = doer.i
            continue
        if token.dep in PREDICATES and token.head != i:
            i = token.head
            continue
        if token.dep not in _SUBJECT_CONTROL or token.head == i:
            return []
        given, above = _step_up(parse, token, infinitive)
        if above is None:
            return given
        i = above
    return []


def _step_up(parse: Parse, token: Token, infinitive: bool) -> tuple[list[int], int | None]:
    """Return whom the construction around a verb gives it for a subject, or the verb whose subject it shares."""
    head = parse.tokens[token.head]
    if head.tag[:2] == "VB" and (token.dep == "xcomp" or (token.dep == "advcl" and infinitive)):
        given = _controlled(parse, token, head)
        if given:
            return given, None
    if token.dep == "pcomp":
        link = head
        while link.dep == "conj" and link.tag == "IN":
            link = parse.head(link.i)
        head = parse.head(link.i)
        if link.lower in _LAYING:
            objects = [child for child in parse.children(head.i) if child.dep == "dobj" and child.i < token.i]
            if objects:
                return [lead_pronoun(parse, objects[0].i)], None
            if head.tag[:2] == "NN" and parse.lemma(head.head) in _BLAMING:
                return [head.i], None
    if head.tag[:2] == "NN":
        owners = [child.i for child in parse.children(head.i) if child.dep == "poss"]
        if infinitive and not owners:
            owners = _addressed(parse, head) or [
                child.i for child in parse.children(head.i) if child.dep == "compound" and is_name(parse, child)
            ]
        if owners:
            return owners, None
        head = next((a for a in parse.ancestors(head.i) if a.tag[:2] == "VB"), head)
        if head.tag[:2] == "NN":
            return [], None
    return [], head.i


def _controlled(parse: Parse, token: Token, head: Token) -> list[int]:
    """Whom the governing verb asks, makes or sees do what the verb says."""
    if token.dep == "xcomp" and parse.lemma(head.i) not in _SPENDING:
        objects = [c for c in parse.children(head.i) if c.dep in ("dobj", "dative") and c.i < token.i]
        if objects:
            return [objects[0].i]
    if parse.lemma(head.i) in _ASKING:
        return [g.i for c in parse.children(head.i) if c.dep == "prep" and c.i < token.i for g in objects_of(parse, c)][
            :1
        ]
    return []


def _addressed(parse: Parse, noun: Token) -> list[int]:
    """Whom a noun of asking is addressed to ("an ultimatum to the rebels to leave")."""
    if noun_lemma(parse, noun.i) not in _ADDRESSES:
        return []
    holders = [noun.i, *([noun.head] if noun.dep == "dobj" else [])]
    return [
        grand.i
        for holder in holders
        for child in parse.children(holder)
        if child.dep in ("prep", "dative") and child.lower in ("to", "on") and child.i > noun.i
        for grand in objects_of(parse, child)
    ]


def _around_place(parse: Parse, token: Token) -> Token | None:
    """Return who is at the place that a participle was hung on ("a team is in Rome looking into it"), or None."""
    place = parse.tokens[token.head]
    if token.dep != "acl" or token.tag != "VBG" or place.tag not in ("NNP", "NNPS") or place.dep != "pobj":
        return None
    link = parse.head(place.i)
    if link.lower not in _AT_A_PLACE:
        return None
    above = parse.head(link.i)
    return above if above.tag[:2] in ("VB", "NN") else None


def find_agents(parse: Parse, i: int) -> list[int]:
    """Who a passive names as doing it: its own "by", a predicate's, or one shared with a verb beside or above it."""
    holders = [i, *(child.i for child in parse.children(i) if child.dep in PREDICATES)]
    holders.extend(
        j
        for j in parse.conjuncts(i)
        if parse.tokens[j].tag in ("VBN", "VBD") and parse.child(j, "nsubj", "nsubjpass") is None
    )
    token = parse.tokens[i]
    if token.dep == "pcomp":
        holders.append(parse.tokens[token.head].head)
    for holder in holders:
        for child in parse.children(holder):
            if child.i > i and (child.dep == "agent" or (child.dep == "prep" and child.lower == "by")):
                found = [grand.i for grand in objects_of(parse, child)]
                if found:
                    return found
    return []


def light_subjects(parse: Parse, i: int) -> list[int]:
    """Subjects of a light verb: the agent where it is passive."""
    return find_agents(parse, i) if is_passive(parse, i) else find_subjects(parse, i)


def outer_subjects(parse: Parse, i: int, lexicon: EventLexicon) -> list[int]:
    """Who acts where the subject that syntax gives cannot: whose the thing is, or who does something with it.

    "Police officers in Rome, including guards beating …" (the noun beside the participle), "his remarks urging …"
    (their owner), "passed a bill banning …", "signs a deal handing over …" (who passed and signed it), "says the tariff
    is an insult and vows …" (who says so). Who speaks after the words ("…, the mayor said") has only told of them.
    """
    token = parse.tokens[i]
    if token.dep == "conj":
        first = parse.head(i)
        while first.dep == "conj" and first.tag[:2] == "VB":
            first = parse.head(first.i)
        told_first = first.dep == "ccomp" and first.head < first.i
        return find_subjects(parse, first.head) if told_first else []
    holder = parse.tokens[token.head]
    if token.dep == "ccomp" and token.tag == "VBG":
        own = parse.child(i, "nsubj")
        return light_subjects(parse, token.head) if own is not None else []
    if token.dep not in ("acl", "relcl") or holder.tag[:2] != "NN":
        return []
    beside = parse.tokens[i - 1] if i else holder
    if token.dep == "acl" and beside.i != holder.i and beside.tag[:2] == "NN" and may_act(parse, beside.i, lexicon):
        return [beside.i]
    owners = [child.i for child in parse.children(holder.i) if child.dep == "poss"] or find_owners(
        parse, holder.i, lexicon
    )
    if owners:
        return owners
    while holder.dep in ("conj", "appos") and parse.head(holder.i).tag[:2] == "NN":
        holder = parse.head(holder.i)
    above = parse.head(holder.i)
    if holder.dep == "pobj" and above.lower in _WITHIN:
        above = parse.head(above.i)
    elif holder.dep not in ("dobj", "attr"):
        return []
    return light_subjects(parse, above.i) if above.tag[:2] == "VB" else []
