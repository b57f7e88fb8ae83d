"""Who acts in an event and who is acted on, read from syntax: active, passive, nominal, shared and reciprocal."""

import msgspec

from reportedly.extract.antecedents import find_antecedent
from reportedly.extract.event_lexicon import EventLexicon
from reportedly.extract.nominals import OF_ACTOR_MODES, of_noun
from reportedly.extract.parse import Parse
from reportedly.extract.parties import find_owners, is_name, is_named, is_party, may_act, objects_of
from reportedly.extract.recipients import by_preposition, through_complement
from reportedly.extract.references import References, settle
from reportedly.extract.subjects import PREDICATES, find_agents, find_subjects, outer_subjects
from reportedly.extract.triggers import Trigger, find_objects, is_passive, noun_lemma
from reportedly.records.ontology import EventType

__all__ = ["Arguments", "find_antecedent", "find_arguments", "find_subjects"]

_ENVOYS_OF = frozenset({EventType.CONSULT, EventType.AGREE, EventType.COOPERATE})
"""Acts in which people stand for who sent them; in acts of force they do not ("gunmen from Chad")."""

_GIVING = frozenset({EventType.AID, EventType.RETREAT, EventType.CONCEDE})
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
    actors, recipients, by = (_of_verb if verbal else of_noun)(parse, trigger, lexicon)
    standing = [k for j in actors if may_act(parse, j, lexicon) for k in parse.conjuncts(j)]
    if trigger.type in _ENVOYS_OF:
        standing = [k for j in standing for k in _sent_by(parse, j)]
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
    recipients = _receivers(parse, i, lexicon) if trigger.type in _GIVING else []
    recipients = recipients or [j for j in objects if is_party(parse, j, lexicon)]
    recipients = recipients or by_preposition(parse, i, trigger.type, lexicon)
    recipients = recipients or through_complement(parse, i, objects, trigger.type, lexicon)
    if trigger.type is EventType.CONSULT:
        return [*actors, *recipients], [], "verb"
    if trigger.type is EventType.AID:
        return *_of_help(parse, i, actors, objects, recipients, lexicon), "verb"
    return actors, recipients, "verb"


def _of_help(
    parse: Parse, i: int, actors: list[int], objects: list[int], recipients: list[int], lexicon: EventLexicon
) -> tuple[list[int], list[int]]:
    """Return who helps and who is helped: who receives is helped; help that comes is its senders'.

    "The rebels received rifles from Chad", "tents from Japan were handed out", "a Canadian shipment arrived".
    """
    if parse.lemma(i) in lexicon.words["receiving"]:
        return [s for holder in (i, *objects) for s in _senders(parse, holder)], [*actors, *recipients]
    if any(may_act(parse, j, lexicon) for j in actors):
        return actors, recipients
    goods = actors or [
        j for j in objects if parse.tokens[j].dep == "nsubjpass" and noun_lemma(parse, j) not in lexicon.human
    ]
    sent = [s for j in goods for s in _senders(parse, j) or find_owners(parse, j, lexicon)]
    along = [j for j in recipients if parse.tokens[j].dep == "dobj" and parse.child(i, "nsubjpass") is not None]
    return sent or actors, [j for j in recipients if j not in goods and j not in along]


def _senders(parse: Parse, i: int) -> list[int]:
    """Return whom something comes from, by "from" on its word."""
    links = [child for child in parse.children(i) if child.dep == "prep" and child.lower == "from"]
    return [grand.i for link in links for grand in objects_of(parse, link) if is_name(parse, grand)]


def _sent_by(parse: Parse, i: int) -> list[int]:
    """Return whom unnamed people speak for ("negotiators from Chad and Norway"), or themselves."""
    if parse.tokens[i].tag not in ("NN", "NNS") or is_named(parse, i):
        return [i]
    senders = [grand for child in parse.children(i) if child.lower == "from" for grand in objects_of(parse, child)]
    return [k for sender in senders if is_name(parse, sender) for k in parse.conjuncts(sender.i)] or [i]


def _receivers(parse: Parse, i: int, lexicon: EventLexicon) -> list[int]:
    """Return to whom something is handed over, rather than what."""
    if parse.lemma(i) not in lexicon.words["giving"] or parse.child(i, "dobj", "nsubjpass") is None:
        return []
    links = [child for child in parse.children(i) if child.dep in ("prep", "dative") and child.lower == "to"]
    return [grand.i for link in links for grand in objects_of(parse, link) if is_party(parse, grand.i, lexicon)]


def _is_asset(parse: Parse, i: int, trigger: Trigger, lexicon: EventLexicon) -> bool:
    """Say whether an object is what the actor moves or gives ("sent troops"), not whom it acts upon."""
    if (
        trigger.type is not EventType.MOBILIZE
        and trigger.mode not in OF_ACTOR_MODES
        and trigger.type is not EventType.AID
    ):
        return False
    return noun_lemma(parse, i) in lexicon.words["assets"]
