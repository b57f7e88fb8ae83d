"""What looks like violence, or like an event of now, and is none.

Seven kinds of text fool systems of this kind: court reports, lawsuits, pleas, editorials, anniversaries, weather and
political metaphor. The first three have types of their own here; what is left out is the violence within them.
"""

from reportedly.extract.event_lexicon import EventLexicon
from reportedly.extract.parse import Parse
from reportedly.extract.triggers import Trigger, find_objects, noun_lemma
from reportedly.records.document import Document, Genre
from reportedly.records.ontology import EventType

_FORCE = frozenset({EventType.ASSAULT, EventType.MOBILIZE, EventType.PROTEST, EventType.COERCE})


def is_excluded(parse: Parse, document: Document, trigger: Trigger, lexicon: EventLexicon) -> bool:
    """Say whether a trigger is no event: sport, weather, accident, court matter, metaphor or a fixed name."""
    if document.genre in (Genre.SPORT, Genre.WEATHER):
        return True
    return (
        _is_name_part(parse, trigger, lexicon)
        or _is_topic(parse, trigger, lexicon)
        or (trigger.type is EventType.AGREE and _is_no_agreement(parse, trigger))
        or (trigger.type is EventType.THREATEN and _is_forecast(parse, trigger, lexicon))
        or (trigger.type in _FORCE and _is_figurative(parse, trigger, lexicon))
        or (trigger.type is EventType.ASSAULT and _is_accident(parse, trigger, lexicon))
        or (trigger.type is EventType.ASSAULT and _is_court_matter(parse, trigger, lexicon))
    )


def _is_name_part(parse: Parse, trigger: Trigger, lexicon: EventLexicon) -> bool:
    """A fixed compound ("heart attack", "World War") or a title ("defence minister talks" is none)."""
    token = parse.tokens[trigger.head]
    if token.tag[:2] == "VB":
        return False
    i = trigger.tokens[0] - 1
    first = parse.sentence_of(trigger.head).first
    if i > first and parse.tokens[i].text == "-":
        i -= 1
    return i >= first and parse.tokens[i].lower in lexicon.words["never_before"]


def _is_topic(parse: Parse, trigger: Trigger, lexicon: EventLexicon) -> bool:
    """An event that only dates or names what a text is about ("the first phase of the truce")."""
    if parse.tokens[trigger.head].dep != "pobj":
        return False
    preposition = parse.head(trigger.head)
    above = parse.head(preposition.i)
    return above.tag[:2] == "NN" and noun_lemma(parse, above.i) in lexicon.words["topic"]


def _is_no_agreement(parse: Parse, trigger: Trigger) -> bool:
    """An agreement that is negated, or only the condition of something else."""
    return any(
        child.dep == "neg" or (child.dep == "mark" and child.lower in ("if", "unless", "until"))
        for child in parse.children(trigger.head)
    )


def _is_forecast(parse: Parse, trigger: Trigger, lexicon: EventLexicon) -> bool:
    """A warning of what others may do or what may come about, not of the speaker's own steps."""
    clause = parse.child(trigger.head, "ccomp")
    if parse.lemma(trigger.head) != "warn" or clause is None:
        return False
    subject = parse.child(trigger.head, "nsubj")
    if subject is not None and noun_lemma(parse, subject.i) in lexicon.words["observers"]:
        return True
    modals = (parse.tokens[i] for i in parse.subtree(clause.i))
    return not any(token.tag == "MD" and token.lower in lexicon.words["hostile_modals"] for token in modals)


def _is_figurative(parse: Parse, trigger: Trigger, lexicon: EventLexicon) -> bool:
    words = lexicon.words["figurative"]
    for child in parse.children(trigger.head):
        about = child.dep == "prep" and child.lower in ("of", "for", "on", "against", "over")
        if about and any(grand.lower in words for grand in parse.children(child.i)):
            return True
    if any(parse.tokens[j].lower in words for j in find_objects(parse, trigger.head)):
        return True
    sentence = parse.sentence_of(trigger.head)
    return any(token.lower in lexicon.words["sport"] for token in parse.tokens[sentence.first : sentence.last])


def _is_accident(parse: Parse, trigger: Trigger, lexicon: EventLexicon) -> bool:
    """Deaths and destruction by flood, crash or disease."""
    head = trigger.head
    if parse.tokens[head].tag[:2] != "VB":
        return any(
            child.dep == "compound" and child.lower in lexicon.words["disaster"] for child in parse.children(head)
        )
    if any(
        child.dep == "advcl" and parse.lemma(child.i) in lexicon.words["collapse"] for child in parse.children(head)
    ):
        return True
    causes = [child for child in parse.children(head) if child.dep in ("nsubj", "prep", "agent", "advcl")]
    for cause in causes:
        nouns = [cause] if cause.dep == "nsubj" else parse.children(cause.i)
        for noun in nouns:
            if noun.lower in lexicon.words["weapon"] or parse.lemma(noun.i) in lexicon.words["weapon"]:
                return False
            if noun.lower in lexicon.words["disaster"] or parse.lemma(noun.i) in lexicon.words["disaster"]:
                return True
    governor = parse.tokens[parse.tokens[head].head]
    return parse.lemma(governor.i) in lexicon.words["collapse"]


def _is_court_matter(parse: Parse, trigger: Trigger, lexicon: EventLexicon) -> bool:
    """Violence that a court, a charge or a sentence speaks of is not reported as of now."""
    i = trigger.head
    for ancestor in parse.ancestors(i):
        if ancestor.dep in ("pobj", "pcomp", "prep", "dobj", "compound", "conj", "amod"):
            continue
        lemma = parse.lemma(ancestor.i)
        return lemma in lexicon.words["court"] and lemma != "accuse"
    return False
