"""Who acts and who is acted on in an event noun: what stands around it, and what the verb above lends it."""

from reportedly.extract.event_lexicon import EventLexicon
from reportedly.extract.parse import Parse, Token
from reportedly.extract.parties import find_owners, is_name, is_party, objects_of
from reportedly.extract.recipients import by_preposition
from reportedly.extract.subjects import find_subjects, light_subjects
from reportedly.extract.triggers import Trigger, find_objects, is_passive, noun_lemma
from reportedly.records.ontology import EventType

Parties = tuple[list[int], list[int]]
"""Heads of actors and of recipients."""

OF_ACTOR_MODES = frozenset({"withdraw", "disarm", "resign"})
_OF_ACTS = frozenset({EventType.PROTEST, EventType.CONSULT, EventType.AGREE, EventType.REQUEST, EventType.MOBILIZE})
_MUTUAL_NOUNS = frozenset(
    {"talk", "meeting", "summit", "negotiation", "ceasefire", "truce", "war", "clash", "agreement", "dialogue"}
    | {"fighting", "conflict", "exercise", "drill", "cooperation", "trade", "fire", "swap", "exchange", "discussion"}
    | {"battle", "skirmish", "shootout", "confrontation", "hostility"}
)
_TAKING = frozenset({EventType.COERCE, EventType.SANCTION, EventType.RETREAT})
_BEFORE = frozenset({"compound", "amod", "nmod"})
_LENDING = frozenset({"in", "on", "for", "with", "of", "to", "by", "from", "against"})
_AROUND = ("involve", "include")
_WITHIN_NOUN_PHRASE = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "VBN", "HYPH", "CC", "CD"})
_TRADING = frozenset({"exchange", "swap"})
"""Nouns whose "of" is what changes hands."""

_HOLDING = frozenset({"custody", "captivity", "detention", "prison", "jail"})
_PREFIXES = frozenset({"pro", "anti", "counter", "non"})
_BLAMING = frozenset({"accuse", "suspect", "convict", "blame", "charge", "implicate", "indict"})
_PUTTING = frozenset({"place", "put", "take", "hold", "keep", "remand"})
"""Verbs whose object comes into what the noun names ("placed him under arrest")."""

_ASKING = frozenset({"call", "ask", "appeal", "plead", "push", "press", "lobby"})
"""What these ask "for" others are to do; only talks would be the asker's own as well."""


def of_noun(parse: Parse, trigger: Trigger, lexicon: EventLexicon) -> tuple[list[int], list[int], str]:
    """Return the heads of actors and recipients of an event noun, and the rule that found them."""
    i = trigger.head
    joint = trigger.type in (EventType.CONSULT, EventType.COOPERATE)
    mutual = joint or noun_lemma(parse, i) in _MUTUAL_NOUNS
    actors, undergoing = _around(parse, trigger, mutual, lexicon)
    of = [grand.i for child in parse.children(i) if child.lower == "of" for grand in objects_of(parse, child)]
    of = [j for j in of if is_party(parse, j, lexicon) and noun_lemma(parse, i) not in _TRADING]
    recipients = undergoing or [j for j in by_preposition(parse, i, trigger.type, lexicon) if j not in of]
    if trigger.type in _OF_ACTS or trigger.mode in OF_ACTOR_MODES:
        actors = actors or of
    elif not recipients:
        recipients = of
    elif not actors and not undergoing:
        actors = of
    if trigger.mode == "ceasefire" and not actors:
        actors = _of_stopped(parse, i)
    recipients = recipients or _beneath(parse, i, trigger.type, lexicon)
    if not actors:
        actors, hit = _from_governor(parse, i, trigger, lexicon)
        recipients = recipients or hit
    if joint:
        return [*actors, *recipients], [], "mutual noun"
    return actors, recipients, "noun"


def _around(parse: Parse, trigger: Trigger, mutual: bool, lexicon: EventLexicon) -> Parties:
    """Find who acts and who undergoes in the noun's own dependents."""
    i, first = trigger.head, trigger.tokens[0]
    actors: list[int] = []
    undergoing: list[int] = []
    told_apart = any(child.lower in ("by", "of") for child in parse.children(i))
    undergone = noun_lemma(parse, i) in lexicon.words["undergone"] and not told_apart
    for child in parse.children(i):
        before = child.i < first and child.dep in _BEFORE
        if child.dep == "poss":
            (undergoing if undergone else actors).append(child.i)
        elif before and (prefix := _prefix_of(parse, child)):
            if prefix == "anti" and trigger.type is EventType.PROTEST:
                undergoing.append(child.i)
        elif before and (is_name(parse, child) or noun_lemma(parse, child.i) in lexicon.words["forces"]):
            actors.append(child.i)
        elif child.i > i:
            actors.extend(_after(parse, child, trigger, mutual))
    if not actors and not undergoing and (name := _name_before(parse, trigger)) is not None:
        actors.append(name)
    return actors, undergoing


def _after(parse: Parse, child: Token, trigger: Trigger, mutual: bool) -> list[int]:
    """Who acts by a phrase after the noun ("by", "between", "involving", "carried out by")."""
    if child.dep in ("prep", "agent") and (
        child.lower in ("by", "between", "among")
        or (child.lower == "from" and trigger.type not in _TAKING)
        or (child.lower == "with" and mutual)
    ):
        return [grand.i for grand in objects_of(parse, child)]
    if trigger.mode == "release" and child.lower == "from":
        held = [noun for noun in objects_of(parse, child) if noun_lemma(parse, noun.i) in _HOLDING]
        return [doer for noun in held for doer in find_doers(parse, noun.i)]
    if child.dep in ("acl", "prep", "relcl") and parse.lemma(child.i) in _AROUND:
        return [grand.i for grand in parse.children(child.i) if grand.dep in ("dobj", "pobj")]
    if child.dep in ("acl", "relcl") and child.tag == "VBN":
        agents = [agent for agent in parse.children(child.i) if agent.dep == "agent"]
        return [grand.i for agent in agents for grand in objects_of(parse, agent)]
    return []


def _prefix_of(parse: Parse, token: Token) -> str | None:
    """Return the prefix by which a word before a noun names no doer ("pro-Chadian", "anti-government")."""
    prefix, hyphen, _ = token.lower.partition("-")
    if hyphen and prefix in _PREFIXES:
        return prefix
    if token.i < 2 or parse.tokens[token.i - 1].text not in ("-", "–"):
        return None
    before = parse.tokens[token.i - 2].lower
    return before if before in _PREFIXES else None


def _name_before(parse: Parse, trigger: Trigger) -> int | None:
    """Find a name before the noun that the parser hung elsewhere ("Chadian rocket and drone strikes")."""
    sentence = parse.sentence_of(trigger.head)
    i = trigger.tokens[0] - 1
    while i >= sentence.first and parse.tokens[i].tag in _WITHIN_NOUN_PHRASE:
        token = parse.tokens[i]
        if token.dep in ("nsubj", "nsubjpass") or (token.dep == "pobj" and token.tag != "NN"):
            return None
        if is_name(parse, token) and _prefix_of(parse, token) is None:
            return i if token.dep in _BEFORE else None
        i -= 1
    return None


def _of_stopped(parse: Parse, i: int) -> list[int]:
    """Who is to stop what a truce or halt is to ("a halt to Chad's attacks", "of raids by Chad")."""
    return [
        owner
        for child in parse.children(i)
        if child.dep == "prep" and child.lower in ("to", "of")
        for noun in objects_of(parse, child)
        for owner in find_doers(parse, noun.i)
    ]


def find_doers(parse: Parse, i: int) -> list[int]:
    """Whose act a noun names, what it is "of" left out: by, possessor, a name before it."""
    doers: list[int] = []
    for child in parse.children(i):
        if child.dep in ("prep", "agent") and child.lower == "by":
            return [grand.i for grand in objects_of(parse, child)]
        if child.dep == "poss" or (child.dep in _BEFORE and is_name(parse, child)):
            doers.append(child.i)
    return doers


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
                    return by_preposition(parse, noun.i, event_type, lexicon)
    return []


def _from_governor(parse: Parse, i: int, trigger: Trigger, lexicon: EventLexicon) -> Parties:
    """Find the parties of an event noun around what governs it, as far as that lends them."""
    token = parse.tokens[i]
    governor = parse.head(i)
    if governor.i == i:
        return [], []
    if token.dep == "conj" and governor.tag[:2] == "NN":
        shared = find_doers(parse, governor.i)
        return (shared, []) if shared else _from_governor(parse, governor.i, trigger, lexicon)
    if governor.dep in ("prep", "dative") and token.dep == "pobj":
        return _from_phrase(parse, governor, trigger, lexicon)
    if governor.tag[:2] != "VB" or token.dep not in ("dobj", "nsubjpass", "attr"):
        return [], []
    if parse.child(governor.i, "oprd") is not None:
        return [], []
    lemma = parse.lemma(governor.i)
    actors = light_subjects(parse, governor.i) if lemma in lexicon.words["actor_light"] else []
    if trigger.type is EventType.CONSULT:
        actors = [*actors, *_joined(parse, governor.i)]
    hit: list[int] = []
    if lemma in lexicon.words["victim_light"]:
        hit = find_subjects(parse, governor.i)
    elif actors:
        hit = by_preposition(parse, governor.i, trigger.type, lexicon)
    return actors, hit


def _joined(parse: Parse, verb: int) -> list[int]:
    """Who takes part in talks by a phrase on the verb ("is held between", "involving")."""
    found: list[int] = []
    for child in parse.children(verb):
        if child.dep == "prep" and child.lower in ("between", "with", "among", "involving"):
            found.extend(grand.i for grand in objects_of(parse, child))
        elif child.tag == "VBG" and parse.lemma(child.i) in _AROUND:
            found.extend(grand.i for grand in parse.children(child.i) if grand.dep == "dobj")
    return found


def _from_phrase(parse: Parse, link: Token, trigger: Trigger, lexicon: EventLexicon) -> Parties:
    """Find the parties of an event noun behind a preposition around what the preposition hangs on."""
    above = parse.head(link.i)
    lemma = parse.lemma(above.i)
    if above.tag[:2] == "NN":
        if noun_lemma(parse, above.i) in lexicon.words["doers"] and link.lower in ("of", "behind"):
            return [above.i], []
        if noun_lemma(parse, above.i) in lexicon.words["victims"] and link.lower == "of":
            return [], [above.i]
        if noun_lemma(parse, above.i) == "part" and link.lower == "of" and parse.head(above.i).lower == "as":
            verb = parse.head(parse.head(above.i).i)
            return (light_subjects(parse, verb.i), []) if verb.tag[:2] == "VB" else ([], [])
        if noun_lemma(parse, above.i) in lexicon.words["intents"] and trigger.mode != "ceasefire":
            owner = parse.child(above.i, "poss")
            return [owner.i] if owner is not None else find_owners(parse, above.i, lexicon), []
        return [], []
    if above.tag[:2] != "VB" or link.lower not in _LENDING:
        return [], []
    objects = [j for j in find_objects(parse, above.i) if is_party(parse, j, lexicon)]
    if lemma in _BLAMING:
        return objects, []
    if lemma in _PUTTING and link.lower in ("in", "into", "under") and trigger.type is EventType.COERCE:
        return light_subjects(parse, above.i), objects
    if lemma == "provide" and link.lower == "with" and not is_passive(parse, above.i):
        return find_subjects(parse, above.i), objects
    if link.lower == "for" and lemma in _ASKING and trigger.type is not EventType.CONSULT:
        return [], []
    if lemma in lexicon.words["actor_light"]:
        return light_subjects(parse, above.i), []
    return [], []
