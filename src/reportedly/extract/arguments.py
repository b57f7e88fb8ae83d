"""Who acts in an event and who is acted on, read from syntax: active, passive, nominal, shared and reciprocal."""

import msgspec

from reportedly.extract.antecedents import find_antecedent
from reportedly.extract.event_lexicon import EventLexicon
from reportedly.extract.parse import Parse
from reportedly.extract.parties import find_owners, is_name, is_party, may_act, objects_of
from reportedly.extract.references import References, settle
from reportedly.extract.subjects import PREDICATES, find_agents, find_subjects, light_subjects, outer_subjects
from reportedly.extract.triggers import Trigger, find_objects, is_passive, noun_lemma
from reportedly.records.ontology import EventType

__all__ = ["Arguments", "find_antecedent", "find_arguments", "find_subjects"]

_RECIPIENT_PREPOSITIONS: dict[EventType, tuple[str, ...]] = {
    EventType.ASSAULT: ("on", "against", "at", "into", "over", "across", "in"),
    EventType.COERCE: ("on", "against", "of", "from", "to"),
    EventType.SANCTION: ("on", "against", "of", "from", "with", "to"),
    EventType.MOBILIZE: ("against", "toward", "towards", "near", "to", "into", "in", "along", "on"),
    EventType.PROTEST: ("against", "outside", "over"),
    EventType.THREATEN: ("against", "to", "with", "on", "from"),
    EventType.REQUEST: ("on", "upon", "from", "to", "for", "with", "of"),
    EventType.ACCUSE: ("against", "into", "at", "for", "over", "by"),
    EventType.REJECT: ("by", "from", "to", "with", "of", "on", "against", "for"),
    EventType.AGREE: ("with", "to", "for", "against"),
    EventType.CONSULT: ("with", "to", "by"),
    EventType.SUPPORT: ("for", "of", "to", "with", "behind"),
    EventType.CONCEDE: ("to", "with", "for", "on", "by", "against"),
    EventType.COOPERATE: ("with", "to", "from"),
    EventType.AID: ("to", "for", "with", "into", "in"),
    EventType.RETREAT: ("from", "to", "of", "with", "by", "against"),
}
_SPEECH_ACTS = frozenset(
    {EventType.AGREE, EventType.THREATEN, EventType.REQUEST, EventType.REJECT, EventType.SUPPORT, EventType.ACCUSE}
    | {EventType.CONCEDE}
)
_OWNED = frozenset({EventType.REJECT, EventType.SUPPORT, EventType.ACCUSE, EventType.CONCEDE, EventType.RETREAT})
"""Acts upon somebody's act: the recipient is whose act it is ("rejected Chad's offer", "condemned an attack by…")."""

_OF_ACTS = frozenset({EventType.PROTEST, EventType.CONSULT, EventType.AGREE, EventType.REQUEST, EventType.MOBILIZE})
_OF_ACTOR_MODES = frozenset({"withdraw", "disarm", "resign"})
_MUTUAL_NOUNS = frozenset(
    {"talk", "meeting", "summit", "negotiation", "ceasefire", "truce", "war", "clash", "agreement", "dialogue"}
    | {"fighting", "conflict", "exercise", "drill", "cooperation", "trade", "fire", "swap", "exchange", "discussion"}
    | {"battle", "skirmish", "shootout", "confrontation", "hostility"}
)
_TAKING = frozenset({EventType.COERCE, EventType.SANCTION, EventType.RETREAT})
_BEFORE = frozenset({"compound", "amod", "nmod"})
_CONTENT = frozenset({"for", "on", "to", "of", "about", "over", "in", "from", "against"})
_LENDING = frozenset({"in", "on", "for", "with", "of", "to", "by", "from", "against"})
_AROUND = ("involve", "include")


_Found = tuple[list[int], list[int], str]
"""Heads of actors and of recipients, and the rule that found them."""


class Arguments(msgspec.Struct, frozen=True):
    """Head tokens of actors and recipients, in text order, and the rule that found each side.

    ``beside`` holds the heads as they stand in the sentence, pronouns included, where the others hold antecedents.
    """

    actors: tuple[int, ...]
    recipients: tuple[int, ...]
    by: str
    beside: tuple[int, ...] = ()


def find_arguments(parse: Parse, trigger: Trigger, lexicon: EventLexicon, references: References) -> Arguments:
    """Find the actors and recipients of one trigger.

    Source of the scheme: the argument positions of Universal PETRARCH and of NomBank-style nominals, over CLEAR labels.
    """
    verbal = parse.tokens[trigger.head].tag[:2] in ("VB", "JJ")
    actors, recipients, by = (_of_verb if verbal else _of_noun)(parse, trigger, lexicon)
    standing = [k for j in actors if may_act(parse, j, lexicon) for k in parse.conjuncts(j)]
    hit = [k for j in recipients for k in parse.conjuncts(j) if k == j or is_party(parse, k, lexicon)]
    acting = settle(parse, standing, references)
    struck = tuple(j for j in settle(parse, hit, references) if j not in acting)
    return Arguments(acting, struck, by, (*standing, *hit))


def _of_verb(parse: Parse, trigger: Trigger, lexicon: EventLexicon) -> _Found:
    i = trigger.head
    passive = is_passive(parse, i) and not (parse.tokens[i].lower in lexicon.adjectives and trigger.specific)
    if passive:
        actors = find_agents(parse, i)
        objects = [j for j in find_objects(parse, i) if parse.tokens[j].dep not in PREDICATES]
        objects = objects or find_subjects(parse, i)
    else:
        actors = find_subjects(parse, i)
        objects = [j for j in find_objects(parse, i) if parse.tokens[j].dep not in PREDICATES]
        if not any(may_act(parse, j, lexicon) for j in actors):
            actors = outer_subjects(parse, i, lexicon) or actors
    if not passive and parse.lemma(i) in lexicon.words["harm_intransitive"]:
        return [], actors, "intransitive"
    objects = [j for j in objects if j not in actors and not _is_asset(parse, j, trigger, lexicon)]
    recipients = [j for j in objects if is_party(parse, j, lexicon)]
    recipients = recipients or _by_preposition(parse, i, trigger.type, lexicon)
    recipients = recipients or _through_complement(parse, i, objects, trigger.type, lexicon)
    if trigger.type is EventType.CONSULT:
        return [*actors, *recipients], [], "verb"
    return actors, recipients, "verb"


def _is_asset(parse: Parse, i: int, trigger: Trigger, lexicon: EventLexicon) -> bool:
    """Say whether an object is what the actor moves or gives ("sent troops"), not whom it acts upon."""
    if (
        trigger.type is not EventType.MOBILIZE
        and trigger.mode not in _OF_ACTOR_MODES
        and trigger.type is not EventType.AID
    ):
        return False
    return noun_lemma(parse, i) in lexicon.words["assets"]


def _through_complement(
    parse: Parse, i: int, objects: list[int], event_type: EventType, lexicon: EventLexicon
) -> list[int]:
    """Find the recipient of a verb in what it takes: whose act it is about, or whom the content concerns."""
    nouns = [*objects]
    for child in parse.children(i):
        if child.dep == "prep" and child.i > i and child.lower in _CONTENT:
            nouns.extend(grand.i for grand in objects_of(parse, child))
    for noun in nouns:
        found = find_owners(parse, noun, lexicon) if event_type in _OWNED else []
        found = found or _by_preposition(parse, noun, event_type, lexicon)
        if found:
            return found
    if event_type not in _SPEECH_ACTS:
        return []
    for child in parse.children(i):
        if child.dep not in ("xcomp", "ccomp", "advcl") or child.tag[:2] != "VB" or child.i < i:
            continue
        if event_type in (EventType.REQUEST, EventType.ACCUSE):
            wanted = ("nsubj",) if event_type is EventType.ACCUSE else ("nsubj", "nsubjpass")
            found = [grand.i for grand in parse.children(child.i) if grand.dep in wanted]
        else:
            inner = [j for j in find_objects(parse, child.i) if noun_lemma(parse, j) not in lexicon.words["assets"]]
            found = [j for j in inner if is_party(parse, j, lexicon)]
            found = found or _by_preposition(parse, child.i, event_type, lexicon)
            found = found or [k for j in inner for k in _by_preposition(parse, j, event_type, lexicon)]
        found = [j for j in found if is_party(parse, j, lexicon)]
        if found:
            return found
    return _of_condition(parse, i, lexicon) if event_type is EventType.THREATEN else []


def _of_condition(parse: Parse, i: int, lexicon: EventLexicon) -> list[int]:
    """Whom a threat is meant for, where only its condition names them ("unless Chad withdraws")."""
    for child in parse.children(i):
        if child.dep == "ccomp" and child.i > i:
            found = _of_condition(parse, child.i, lexicon)
            if found:
                return found
        if child.dep == "advcl" and any(
            g.dep == "mark" and g.lower in ("if", "unless", "should") for g in parse.children(child.i)
        ):
            found = [g.i for g in parse.children(child.i) if g.dep in ("nsubj", "nsubjpass")]
            return [j for j in found if is_party(parse, j, lexicon)]
    return []


def _of_noun(parse: Parse, trigger: Trigger, lexicon: EventLexicon) -> _Found:
    i = trigger.head
    lemma = noun_lemma(parse, i)
    joint = trigger.type in (EventType.CONSULT, EventType.COOPERATE)
    mutual = joint or lemma in _MUTUAL_NOUNS
    actors = _nominal_actors(parse, trigger, mutual, lexicon)
    of = [grand.i for child in parse.children(i) if child.lower == "of" for grand in objects_of(parse, child)]
    of = [j for j in of if is_party(parse, j, lexicon)]
    recipients = [j for j in _by_preposition(parse, i, trigger.type, lexicon) if j not in of]
    if trigger.type in _OF_ACTS or trigger.mode in _OF_ACTOR_MODES:
        actors = actors or of
    elif not recipients:
        recipients = of
    elif not actors:
        actors = of
    if trigger.mode == "ceasefire" and not actors:
        for child in parse.children(i):
            if child.dep == "prep" and child.lower in ("to", "of"):
                actors = [owner for noun in objects_of(parse, child) for owner in find_owners(parse, noun.i, lexicon)]
    if not recipients:
        recipients = _beneath(parse, i, trigger.type, lexicon)
    if not actors:
        actors, hit = _from_governor(parse, i, trigger, lexicon)
        recipients = recipients or hit
    if joint:
        return [*actors, *recipients], [], "mutual noun"
    return actors, recipients, "noun"


def _beneath(parse: Parse, i: int, event_type: EventType, lexicon: EventLexicon) -> list[int]:
    """Find the recipient below a noun that is none itself ("a freeze on aid to Chad", "a raid by Chad on a base")."""
    for child in parse.children(i):
        if child.dep in ("prep", "agent") and child.lower == "by":
            for doer in objects_of(parse, child):
                for low in parse.children(doer.i):
                    if low.dep == "prep" and low.lower in ("on", "against"):
                        return [g.i for g in objects_of(parse, low) if is_party(parse, g.i, lexicon)]
        if child.dep == "prep" and child.lower in ("on", "of", "to", "for"):
            for noun in objects_of(parse, child):
                if not is_party(parse, noun.i, lexicon):
                    return _by_preposition(parse, noun.i, event_type, lexicon)
    return []


def _nominal_actors(parse: Parse, trigger: Trigger, mutual: bool, lexicon: EventLexicon) -> list[int]:
    i, first = trigger.head, trigger.tokens[0]
    actors: list[int] = []
    for child in parse.children(i):
        before = child.i < first and child.dep in _BEFORE
        force = before and noun_lemma(parse, child.i) in lexicon.words["forces"]
        if child.dep == "poss" or force or (before and is_name(parse, child)):
            actors.append(child.i)
        elif child.i < i and child.dep in _BEFORE and not is_name(parse, child):
            actors.extend(low.i for low in parse.children(child.i) if low.dep in _BEFORE and is_name(parse, low))
        elif child.dep in ("prep", "agent") and (
            child.lower in ("by", "between", "among")
            or (child.lower == "from" and trigger.type not in _TAKING)
            or (child.lower == "with" and mutual)
        ):
            actors.extend(grand.i for grand in objects_of(parse, child))
        elif child.dep in ("acl", "prep") and (child.lower in ("involving",) or parse.lemma(child.i) in _AROUND):
            actors.extend(grand.i for grand in parse.children(child.i) if grand.dep in ("dobj", "pobj"))
        elif child.dep == "acl" and child.tag == "VBN":
            actors.extend(
                g.i for agent in parse.children(child.i) if agent.dep == "agent" for g in objects_of(parse, agent)
            )
    return actors


def _from_governor(parse: Parse, i: int, trigger: Trigger, lexicon: EventLexicon) -> tuple[list[int], list[int]]:
    """Find the parties of an event noun around the verb that governs it, as far as the verb lends them."""
    token = parse.tokens[i]
    governor = parse.head(i)
    if governor.i == i:
        return [], []
    if token.dep == "conj" and governor.tag[:2] == "NN":
        shared = [
            c.i for c in parse.children(governor.i) if c.dep == "poss" or (c.dep in _BEFORE and is_name(parse, c))
        ]
        return (shared, []) if shared else _from_governor(parse, governor.i, trigger, lexicon)
    if governor.dep in ("prep", "dative") and token.dep == "pobj":
        if governor.lower not in _LENDING:
            return [], []
        above = parse.head(governor.i)
        if above.tag[:2] == "VB":
            if parse.lemma(above.i) in ("accuse", "suspect", "convict", "blame", "charge"):
                return [j for j in find_objects(parse, above.i) if is_party(parse, j, lexicon)], []
            if parse.lemma(above.i) in lexicon.words["actor_light"]:
                return light_subjects(parse, above.i), []
        if above.tag[:2] == "NN" and noun_lemma(parse, above.i) in lexicon.words["intents"]:
            return find_owners(parse, above.i, lexicon), []
        return [], []
    if governor.tag[:2] != "VB" or token.dep not in ("dobj", "nsubjpass", "attr", "nsubj"):
        return [], []
    if token.dep == "nsubj":
        return [], []
    lemma = parse.lemma(governor.i)
    actors = light_subjects(parse, governor.i) if lemma in lexicon.words["actor_light"] else []
    if trigger.type is EventType.CONSULT:
        for child in parse.children(governor.i):
            if child.dep == "prep" and child.lower in ("between", "with", "among", "involving"):
                actors.extend(grand.i for grand in objects_of(parse, child))
    hit: list[int] = []
    if lemma in lexicon.words["victim_light"]:
        hit = find_subjects(parse, governor.i)
    elif actors:
        hit = _by_preposition(parse, governor.i, trigger.type, lexicon)
    return actors, hit


def _by_preposition(parse: Parse, i: int, event_type: EventType, lexicon: EventLexicon) -> list[int]:
    for wanted in _RECIPIENT_PREPOSITIONS[event_type]:
        for child in parse.children(i):
            if child.i < i and parse.tokens[i].tag[:2] == "VB":
                continue
            if child.dep in ("prep", "dative", "agent") and child.lower == wanted:
                if child.dep == "agent" and event_type not in _OWNED:
                    continue
                found = [grand.i for grand in objects_of(parse, child) if is_party(parse, grand.i, lexicon)]
                if found:
                    return found
            elif child.dep == "dative" and is_party(parse, child.i, lexicon):
                return [child.i]
    return []
