"""Who acts in an event and who is acted on, read from syntax: active, passive, nominal, shared and reciprocal."""

from collections.abc import Iterable

import msgspec

from reportedly.extract.parse import Parse, Token
from reportedly.extract.triggers import EventLexicon, Trigger, find_objects, is_passive, lead_pronoun
from reportedly.records.ontology import EventType
from reportedly.records.spans import Field

_THIRD_PERSON = frozenset({"he", "she", "they", "it", "him", "her", "them", "his", "their", "its"})
_PERSON_ENDINGS = ("er", "or", "ent", "ief", "ist", "man")
_SUBJECT_CONTROL = frozenset({"xcomp", "advcl", "conj", "acl", "pcomp", "ccomp"})
_RECIPIENT_PREPOSITIONS: dict[EventType, tuple[str, ...]] = {
    EventType.ASSAULT: ("on", "against", "at", "into", "over", "in"),
    EventType.COERCE: ("on", "against", "of", "from", "to"),
    EventType.SANCTION: ("on", "against", "of", "from", "with"),
    EventType.MOBILIZE: ("against", "toward", "towards", "near", "to", "into", "in", "along", "on"),
    EventType.PROTEST: ("against", "outside", "over"),
    EventType.THREATEN: ("against", "to", "with"),
    EventType.REQUEST: ("on", "upon", "from", "to", "for", "with", "of"),
    EventType.ACCUSE: ("of", "against", "into", "at", "for", "over"),
    EventType.REJECT: ("of", "by", "from", "to", "with"),
    EventType.AGREE: ("with", "to"),
    EventType.CONSULT: ("with", "to", "by"),
    EventType.SUPPORT: ("for", "of", "to", "with", "behind"),
    EventType.CONCEDE: ("to", "with", "for"),
    EventType.COOPERATE: ("with", "to", "from"),
    EventType.AID: ("to", "for", "with"),
    EventType.RETREAT: ("from", "to", "of", "with"),
}
_MUTUAL_NOUNS = frozenset(
    {"talk", "talks", "meeting", "summit", "negotiation", "ceasefire", "truce", "war", "clash", "agreement", "dialogue"}
    | {"fighting", "conflict", "exercise", "drill", "cooperation", "trade", "fire", "swap", "exchange", "discussion"}
)


class Arguments(msgspec.Struct, frozen=True):
    """Head tokens of actors and recipients, in text order, and the rule that found each side."""

    actors: tuple[int, ...]
    recipients: tuple[int, ...]
    by: str


def find_arguments(parse: Parse, trigger: Trigger, lexicon: EventLexicon) -> Arguments:
    """Find the actors and recipients of one trigger.

    Source of the scheme: the argument positions of Universal PETRARCH and of NomBank-style nominals, over CLEAR labels.
    """
    token = parse.tokens[trigger.head]
    if token.tag[:2] == "VB":
        return _of_verb(parse, trigger, lexicon)
    return _of_noun(parse, trigger, lexicon)


def _of_verb(parse: Parse, trigger: Trigger, lexicon: EventLexicon) -> Arguments:
    i = trigger.head
    passive = is_passive(parse, i)
    if passive:
        actors = [child.i for agent in parse.children(i) if agent.dep == "agent" for child in _objects_of(parse, agent)]
        recipients = find_objects(parse, i) or find_subjects(parse, i)
    else:
        actors = find_subjects(parse, i)
        recipients = [j for j in find_objects(parse, i) if parse.tokens[j].dep not in ("acomp", "attr")]
    if not passive and parse.lemma(i) in lexicon.words["harm_intransitive"]:
        return Arguments((), tuple(actors), "intransitive")
    recipients = [j for j in recipients if _is_party(parse, j, lexicon)]
    if not recipients:
        recipients = _by_preposition(parse, i, trigger.type, lexicon)
    if trigger.type is EventType.CONSULT:
        return Arguments(_spread(parse, [*actors, *recipients]), (), "verb")
    nominal = trigger.consumed
    if nominal is not None and not recipients:
        recipients = _by_preposition(parse, nominal, trigger.type, lexicon)
    spread = _spread(parse, actors)
    return Arguments(spread, tuple(j for j in _spread(parse, recipients) if j not in spread), "verb")


def _of_noun(parse: Parse, trigger: Trigger, lexicon: EventLexicon) -> Arguments:
    i = trigger.head
    first = trigger.tokens[0]
    actors: list[int] = []
    recipients: list[int] = []
    for child in parse.children(i):
        if child.dep == "poss" or (child.i < first and child.dep in ("compound", "amod", "nmod") and _is_name(child)):
            actors.append(child.i)
        elif child.dep in ("prep", "agent") and (
            child.lower in ("by", "between", "among") or (child.lower == "with" and parse.lemma(i) in _MUTUAL_NOUNS)
        ):
            actors.extend(grand.i for grand in _objects_of(parse, child))
    of = [grand.i for child in parse.children(i) if child.lower == "of" for grand in _objects_of(parse, child)]
    of = [j for j in of if _is_party(parse, j, lexicon)]
    recipients = _by_preposition(parse, i, trigger.type, lexicon)
    if of and not recipients:
        recipients = of
    elif of and not actors:
        actors = of
    governor = parse.tokens[parse.tokens[i].head]
    if not actors and governor.tag[:2] == "VB" and parse.tokens[i].dep in ("dobj", "nsubjpass", "pobj", "attr"):
        lemma = parse.lemma(governor.i)
        if lemma in lexicon.words["actor_light"]:
            actors = _light_subjects(parse, governor.i)
        elif lemma in lexicon.words["victim_light"] and not recipients:
            recipients = find_subjects(parse, governor.i)
    if not actors and parse.tokens[i].dep == "pobj" and governor.dep == "prep":
        above = parse.tokens[governor.head]
        if above.tag[:2] == "VB" and parse.lemma(above.i) in lexicon.words["actor_light"]:
            actors = find_subjects(parse, above.i)
    mutual = trigger.type in (EventType.CONSULT, EventType.COOPERATE) or parse.lemma(i) in _MUTUAL_NOUNS
    if mutual:
        return Arguments(_spread(parse, [*actors, *recipients]), (), "mutual noun")
    actors_ = _spread(parse, actors)
    return Arguments(actors_, tuple(j for j in _spread(parse, recipients) if j not in actors_), "noun")


def _light_subjects(parse: Parse, i: int) -> list[int]:
    """Subjects of a light verb: the agent where it is passive."""
    if is_passive(parse, i):
        return [child.i for agent in parse.children(i) if agent.dep == "agent" for child in _objects_of(parse, agent)]
    return find_subjects(parse, i)


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
        if token.dep in ("acl", "relcl"):
            return [token.head] if token.tag in ("VBG", "VBN", "VB") or token.dep == "relcl" else []
        if token.dep not in _SUBJECT_CONTROL or token.head == i:
            return []
        head = parse.tokens[token.head]
        if token.dep == "xcomp" and head.tag[:2] == "VB":
            objects = [child for child in parse.children(head.i) if child.dep in ("dobj", "dative") and child.i < i]
            if objects:
                return [objects[0].i]
        if token.dep == "pcomp":
            head = parse.tokens[head.head]
            if head.tag[:2] == "NN":
                return [child.i for child in parse.children(head.i) if child.dep == "poss"]
            objects = [child for child in parse.children(head.i) if child.dep == "dobj"]
            if objects:
                return [objects[0].i]
        if head.tag[:2] == "NN":
            return [child.i for child in parse.children(head.i) if child.dep == "poss"]
        i = head.i
    return []


def _objects_of(parse: Parse, preposition: Token) -> list[Token]:
    return [child for child in parse.children(preposition.i) if child.dep == "pobj"]


def _by_preposition(parse: Parse, i: int, event_type: EventType, lexicon: EventLexicon) -> list[int]:
    for wanted in _RECIPIENT_PREPOSITIONS[event_type]:
        for child in parse.children(i):
            if child.dep in ("prep", "dative") and child.lower == wanted:
                found = [grand.i for grand in _objects_of(parse, child) if _is_party(parse, grand.i, lexicon)]
                if found:
                    return found
    return []


def _is_name(token: Token) -> bool:
    return token.tag in ("NNP", "NNPS") or (token.tag == "JJ" and token.text[:1].isupper())


def _is_party(parse: Parse, i: int, lexicon: EventLexicon) -> bool:
    """Say whether the phrase can be a party: a name, a pronoun, people, or a thing that carries a name."""
    token = parse.tokens[i]
    if token.tag in ("NNP", "NNPS") or token.lower in _THIRD_PERSON or token.tag in ("CD",):
        return token.lower not in lexicon.words["calendar"]
    if token.lower in lexicon.human or parse.lemma(i) in lexicon.human:
        return True
    return any(_is_name(parse.tokens[j]) for j in parse.subtree(i, without=("relcl", "acl", "advcl", "appos", "conj")))


def _spread(parse: Parse, heads: Iterable[int]) -> tuple[int, ...]:
    """Heads with what is coordinated with each, pronouns led to their antecedents, in text order without repeats."""
    found: dict[int, None] = {}
    for head in heads:
        for i in parse.conjuncts(head):
            found.setdefault(find_antecedent(parse, i))
    return tuple(sorted(found))


def find_antecedent(parse: Parse, i: int) -> int:
    """Lead a third-person pronoun to the noun it most plausibly stands for, or return ``i``.

    Looks for the nearest subject before it that agrees, first in its own sentence outside its own clause, then in the
    two sentences before (Hobbs's preference for subjects, without his tree walk).
    """
    token = parse.tokens[i]
    if token.lower not in _THIRD_PERSON:
        return i
    personal = token.lower in ("he", "she", "him", "her", "his")
    plural = token.lower in ("they", "them", "their")
    sentence = parse.sentence_of(i)
    same = [t for t in parse.tokens[sentence.first : i] if t.dep in ("nsubj", "nsubjpass", "poss")]
    candidates = list(same)
    for index in range(sentence.index - 1, max(-1, sentence.index - 3), -1):
        earlier = parse.sentences[index]
        candidates.extend(t for t in parse.tokens[earlier.first : earlier.last] if t.dep in ("nsubj", "nsubjpass"))
    return next((candidate.i for candidate in candidates if _agrees(parse, candidate, personal, plural)), i)


def _agrees(parse: Parse, candidate: Token, personal: bool, plural: bool) -> bool:
    """Say whether a pronoun of this kind can stand for the candidate."""
    if candidate.tag in ("NNP", "NNPS"):
        return personal or not plural or candidate.tag == "NNPS" or len(parse.conjuncts(candidate.i)) > 1
    if candidate.tag == "NNS":
        return plural
    if candidate.tag == "NN" and not plural:
        return not personal or candidate.lower.endswith(_PERSON_ENDINGS)
    return False


def phrase_field(parse: Parse, i: int, by: str) -> Field[str]:
    """Return the noun phrase headed by ``i`` as a field, determiners and a possessive ending left out."""
    tokens = parse.noun_phrase(i)
    while len(tokens) > 1 and parse.tokens[tokens[-1]].tag in ("POS", ",", ".", ":", "``", "''", "-RRB-", "IN", "CC"):
        tokens.pop()
    while len(tokens) > 1 and parse.tokens[tokens[0]].tag in ("``", "''", ",", ":", "-LRB-"):
        tokens.pop(0)
    span = parse.span(tokens)
    return Field(span.slice(parse.text), span, f"rule:{by}", 0.8)
