"""Several triggers, one act: which triggers of a sentence belong to another's event, and what they bring along."""

import msgspec

from reportedly.extract.arguments import Arguments
from reportedly.extract.event_lexicon import EventLexicon
from reportedly.extract.parse import Parse, Token
from reportedly.extract.parties import is_named
from reportedly.extract.triggers import Trigger
from reportedly.records.ontology import EventType

_RESULT_CLAUSES = frozenset({"advcl", "xcomp", "conj", "acl", "relcl", "ccomp", "dep"})
_PHRASES = frozenset({"pobj", "prep", "conj", "appos", "pcomp", "npadvmod"})
_SAME_ACT = frozenset(
    {EventType.CONSULT, EventType.PROTEST, EventType.ASSAULT, EventType.MOBILIZE, EventType.COERCE, EventType.AID}
)
_ORDERS = frozenset({"order", "instruct", "direct", "command"})
_OCCASION = frozenset({"in", "during", "by", "from", "of", "with", "for", "after", "on", "at", "through", "amid"})


class Candidate(msgspec.Struct, frozen=True):
    """A trigger with its arguments, and the triggers that were merged into it."""

    trigger: Trigger
    arguments: Arguments
    absorbed: tuple[Trigger, ...] = ()

    @property
    def head(self) -> int:
        """Token index of the trigger's head."""
        return self.trigger.head

    @property
    def type(self) -> EventType:
        """Event type of the trigger."""
        return self.trigger.type

    @property
    def heads(self) -> tuple[int, ...]:
        """Heads of the trigger and of those merged into it."""
        return (self.head, *(trigger.head for trigger in self.absorbed))


def merge_triggers(parse: Parse, candidates: list[Candidate], lexicon: EventLexicon) -> list[Candidate]:
    """Merge triggers that tell of one act, and drop those that only carry another.

    An object that a pattern asked for ("imposed sanctions"), a light verb over an event noun ("carried out a strike"),
    harm done in an event of violence ("killed in an airstrike", "the blast killed") or as its result ("bombed X,
    killing five"), the occasion of an act of the same kind ("met for talks"), and like events side by side ("arrests,
    searches and interrogations").

    Args:
        parse: The document's syntax.
        candidates: Triggers of one sentence, in text order.
        lexicon: Word lists.

    Returns:
        What is left, in text order; a candidate that absorbed others has their modes and, where it lacked them, their
        actors and recipients.
    """
    by_head = {candidate.head: candidate for candidate in candidates}
    owner: dict[int, int] = {}
    dropped: set[int] = set()
    for candidate in candidates:
        if candidate.trigger.consumed in by_head:
            owner.setdefault(candidate.trigger.consumed, candidate.head)
    for candidate in candidates:
        if _is_light(parse, candidate, by_head, lexicon) or _is_order(parse, candidate, by_head):
            dropped.add(candidate.head)
    for candidate in candidates:
        if candidate.head in dropped or candidate.head in owner:
            continue
        master = _find_master(parse, candidate, by_head, lexicon)
        if master is not None and master not in dropped and not _are_parted(parse, candidate.head, master):
            owner[candidate.head] = master
    groups: dict[int, list[int]] = {}
    for head in owner:
        groups.setdefault(_top(head, owner), []).append(head)
    return [
        _absorb(parse, candidate, [by_head[head] for head in groups.get(candidate.head, ())])
        for candidate in candidates
        if candidate.head not in owner and candidate.head not in dropped
    ]


def _are_parted(parse: Parse, one: int, other: int) -> bool:
    """Say whether a semicolon stands between two triggers, or they are the same."""
    low, high = sorted((one, other))
    return low == high or any(parse.tokens[i].text == ";" for i in range(low + 1, high))


def _top(head: int, owner: dict[int, int]) -> int:
    seen = {head}
    while head in owner and owner[head] not in seen:
        head = owner[head]
        seen.add(head)
    return head


def _absorb(parse: Parse, candidate: Candidate, others: list[Candidate]) -> Candidate:
    if not others:
        return candidate
    arguments = candidate.arguments
    actors, recipients = arguments.actors, arguments.recipients
    heads = {other.head for other in others}
    actors = tuple(i for i in actors if i not in heads)
    for other in others:
        if other.type is not candidate.type:
            continue
        if candidate.type is EventType.CONSULT:
            actors = tuple(sorted({*actors, *other.arguments.actors}))
            continue
        actors = actors or tuple(i for i in other.arguments.actors if i not in recipients)
        if not any(is_named(parse, i) for i in recipients):
            more = (i for i in other.arguments.recipients if i not in actors and i not in recipients)
            recipients = (*recipients, *more)
    absorbed = tuple(other.trigger for other in others)
    beside = tuple(i for i in arguments.beside if i not in heads)
    return Candidate(candidate.trigger, Arguments(actors, recipients, arguments.by, beside), absorbed)


def _is_light(parse: Parse, candidate: Candidate, by_head: dict[int, Candidate], lexicon: EventLexicon) -> bool:
    """Say whether a verb only carries an event noun that is its object."""
    trigger = candidate.trigger
    if trigger.specific or parse.tokens[trigger.head].tag[:2] != "VB":
        return False
    if parse.lemma(trigger.head) not in lexicon.words["light"]:
        return False
    return any(child.i in by_head for child in parse.children(trigger.head) if child.dep in ("dobj", "nsubjpass"))


def _is_order(parse: Parse, candidate: Candidate, by_head: dict[int, Candidate]) -> bool:
    """Say whether an order only carries the act that is ordered ("ordered police to detain them")."""
    if candidate.type is not EventType.REQUEST or parse.lemma(candidate.head) not in _ORDERS:
        return False
    return any(child.i in by_head for child in parse.children(candidate.head) if child.dep in ("xcomp", "ccomp"))


def _find_master(
    parse: Parse, candidate: Candidate, by_head: dict[int, Candidate], lexicon: EventLexicon
) -> int | None:
    """Return the head of the trigger whose act this one belongs to, or None."""
    token = parse.tokens[candidate.head]
    if token.dep == "conj" and token.tag[:2] == "NN":
        first = token
        while first.dep == "conj" and (first.i == token.i or first.i not in by_head):
            first = parse.head(first.i)
        governor = by_head.get(first.i)
        if governor is not None and governor.type is candidate.type and governor.head != candidate.head:
            return governor.head
        token = first
    if token.tag[:2] == "VB":
        return _master_of_verb(parse, candidate, token, by_head, lexicon)
    return _master_of_noun(parse, candidate, token, by_head, lexicon)


def _master_of_verb(
    parse: Parse, candidate: Candidate, token: Token, by_head: dict[int, Candidate], lexicon: EventLexicon
) -> int | None:
    if token.dep in ("csubj", "nsubj") and candidate.type is EventType.ASSAULT:
        harm = by_head.get(token.head)
        return harm.head if harm is not None and harm.type is candidate.type else None
    if token.dep not in _RESULT_CLAUSES:
        return None
    governor = _event_of(parse, token.head, by_head, lexicon)
    infinitive = any(child.tag == "TO" for child in parse.children(token.i))
    if governor is None and token.dep == "acl":
        above = parse.tokens[token.head].head
        if infinitive or parse.lemma(above) in lexicon.words["result"]:
            governor = _event_of(parse, above, by_head, lexicon)
    if governor is None or governor.type is not candidate.type:
        return None
    lemma = parse.lemma(token.i)
    if candidate.type is EventType.ASSAULT:
        carried = parse.tokens[governor.head].tag[:2] == "NN"
        harmed = lemma in lexicon.words["result_harm"] and (
            token.dep != "conj" or carried or lemma in lexicon.words["harm"]
        )
        occasion = token.dep == "advcl" and parse.lemma(governor.head) in lexicon.words["harm"]
        return governor.head if harmed or occasion else None
    if infinitive or (candidate.type in _SAME_ACT and token.dep in ("xcomp", "advcl") and token.tag == "VBG"):
        return governor.head
    return None


def _master_of_noun(
    parse: Parse, candidate: Candidate, token: Token, by_head: dict[int, Candidate], lexicon: EventLexicon
) -> int | None:
    if candidate.type not in _SAME_ACT:
        return None
    if token.dep in ("nsubj", "dobj", "nsubjpass", "compound"):
        governor = by_head.get(token.head)
        if governor is not None and governor.type is candidate.type:
            return governor.head
        if token.dep == "dobj" and candidate.type is EventType.ASSAULT:
            return _result_master(parse, token.head, by_head, lexicon)
        return None
    if token.dep != "pobj":
        return None
    preposition = parse.head(token.i)
    above = parse.head(preposition.i)
    if preposition.lower not in _OCCASION:
        return None
    while above.i not in by_head and above.dep in _PHRASES:
        above = parse.head(above.i)
    if above.i not in by_head and above.dep in ("dobj", "nsubjpass"):
        above = parse.head(above.i)
    governor = by_head.get(above.i)
    if governor is not None and governor.type is candidate.type and _may_share(candidate, governor):
        return governor.head
    if preposition.lower == "in" and candidate.type is EventType.ASSAULT:
        return _result_master(parse, above.i, by_head, lexicon)
    return None


def _may_share(candidate: Candidate, governor: Candidate) -> bool:
    """Say whether the parties of two triggers allow that they tell of one act."""
    actors = set(candidate.arguments.actors)
    return (
        candidate.type is EventType.CONSULT
        or not actors
        or not governor.arguments.actors
        or bool(actors & set(governor.arguments.actors))
    )


def _result_master(parse: Parse, verb: int, by_head: dict[int, Candidate], lexicon: EventLexicon) -> int | None:
    """Lead what "resulted in destruction" or "left a trail of" to the event that is its subject."""
    if parse.lemma(verb) not in lexicon.words["result"]:
        return None
    subject = parse.child(verb, "nsubj")
    governor = by_head.get(subject.i) if subject is not None else None
    return governor.head if governor is not None and governor.type is EventType.ASSAULT else None


def _event_of(parse: Parse, i: int, by_head: dict[int, Candidate], lexicon: EventLexicon) -> Candidate | None:
    """Return the event that token ``i`` heads, or that a light verb there carries."""
    if i in by_head:
        return by_head[i]
    if parse.lemma(i) in lexicon.words["light"] or parse.lemma(i) in lexicon.words["result"]:
        for child in parse.children(i):
            if child.dep in ("dobj", "nsubjpass", "nsubj") and child.i in by_head:
                return by_head[child.i]
            if child.dep in ("dobj", "nsubjpass", "prep"):
                for grand in parse.children(child.i):
                    found = (
                        grand.i
                        if grand.dep == "pobj"
                        else next((low.i for low in parse.children(grand.i) if low.dep == "pobj"), -1)
                    )
                    if found in by_head:
                        return by_head[found]
    return None
