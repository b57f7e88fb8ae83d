"""What looks like violence, or like an event of now, and is none.

Seven kinds of text fool systems of this kind: court reports, lawsuits, pleas, editorials, anniversaries, weather and
political metaphor; sport is an eighth. The first three have types of their own here; what is left out is the violence
within them.
"""

import re

from reportedly.extract.clauses import has_condition_mark
from reportedly.extract.event_lexicon import EventLexicon
from reportedly.extract.parse import Parse, Token
from reportedly.extract.parties import is_event_noun, is_party
from reportedly.extract.subjects import find_subjects
from reportedly.extract.triggers import Trigger, find_objects, is_passive, noun_lemma
from reportedly.records.document import Document, Genre
from reportedly.records.ontology import EventType

_FORCE = frozenset({EventType.ASSAULT, EventType.MOBILIZE, EventType.PROTEST, EventType.COERCE})
_YIELDING = frozenset({EventType.RETREAT, EventType.CONCEDE})
_SPORTING = _FORCE | {EventType.SANCTION}
_ABOUT = frozenset({"of", "for", "on", "against", "over"})
_CONFESSIONS = frozenset({"admit", "confess", "deny"})
_OWN = frozenset({"he", "she", "it", "they", "we", "i", "his", "her", "its", "their", "our"})
_BURSTING = frozenset({"explode", "erupt", "blow"})
_SCORE = re.compile(r"(?<![\w-])\d{1,2}[-–]\d{1,2}(?![\w-])")
_MIN_SPORT_WORDS = 2


def is_excluded(parse: Parse, document: Document, trigger: Trigger, lexicon: EventLexicon) -> bool:
    """Say whether a trigger is no event: sport, weather, accident, court matter, metaphor or a fixed name."""
    if document.genre in (Genre.SPORT, Genre.WEATHER):
        return True
    if trigger.type is EventType.AGREE and _is_no_agreement(parse, trigger):
        return True
    if trigger.mode == "ceasefire" and _is_over(parse, trigger, lexicon):
        return True
    if trigger.type is EventType.THREATEN and _is_forecast(parse, trigger, lexicon):
        return True
    if trigger.type in (EventType.REJECT, EventType.REQUEST) and _is_silence(parse, trigger, lexicon):
        return True
    if trigger.type in _YIELDING and _is_retraction(parse, trigger, lexicon):
        return True
    if _is_name_part(parse, trigger, lexicon) or _is_topic(parse, trigger, lexicon):
        return True
    if trigger.type in _SPORTING and _is_sport(parse, trigger, lexicon):
        return True
    if trigger.type is EventType.PROTEST and _is_in_protest(parse, trigger):
        return True
    if trigger.type is EventType.ASSAULT and (
        _is_bloodless(parse, document, trigger, lexicon) or _is_tally(parse, trigger)
    ):
        return True
    if trigger.type in _FORCE and (_is_figurative(parse, trigger, lexicon) or _is_remembered(parse, trigger, lexicon)):
        return True
    if trigger.mode == "deport":
        return _is_accident(parse, trigger, lexicon)
    return trigger.type is EventType.ASSAULT and (
        _is_accident(parse, trigger, lexicon) or _is_court_matter(parse, trigger, lexicon)
    )


def _is_name_part(parse: Parse, trigger: Trigger, lexicon: EventLexicon) -> bool:
    """A fixed compound ("heart attack", "World War", "press conference")."""
    token = parse.tokens[trigger.head]
    if token.tag[:2] == "VB":
        return False
    i = trigger.tokens[0] - 1
    first = parse.sentence_of(trigger.head).first
    if i > first and parse.tokens[i].text == "-":
        i -= 1
    return i >= first and parse.tokens[i].lower in lexicon.words["never_before"]


def _is_silence(parse: Parse, trigger: Trigger, lexicon: EventLexicon) -> bool:
    """Declining to comment, or to be named, rejects nothing, and asking not to be named is no demand."""
    return any(
        child.dep == "xcomp"
        and parse.lemma(child.i) in lexicon.words["telling"]
        and (trigger.type is EventType.REJECT or parse.child(child.i, "neg") is not None)
        for child in parse.children(trigger.head)
    )


def _is_retraction(parse: Parse, trigger: Trigger, lexicon: EventLexicon) -> bool:
    """Taking back a report yields to nobody."""
    objects = [parse.tokens[j] for j in find_objects(parse, trigger.head)]
    return bool(objects) and all(_is_among(parse, thing, lexicon.words["texts"]) for thing in objects)


def _is_over(parse: Parse, trigger: Trigger, lexicon: EventLexicon) -> bool:
    """A ceasefire that has lapsed or is over: no act of peace is told of."""
    token = parse.tokens[trigger.head]
    if token.dep != "nsubj":
        return False
    verb = parse.lemma(token.head)
    if verb == "be":
        return any(child.lower in lexicon.words["past"] for child in parse.children(token.head))
    return verb in lexicon.words["lapsing"]


def _is_in_protest(parse: Parse, trigger: Trigger) -> bool:
    """What is done "in protest" is the event, and no demonstration."""
    token = parse.tokens[trigger.head]
    return token.dep == "pobj" and parse.head(token.i).lower == "in" and not parse.children(token.i)


def _is_bloodless(parse: Parse, document: Document, trigger: Trigger, lexicon: EventLexicon) -> bool:
    """A verb of killing over what has no life ("kill the health service"); in an opinion, force upon nobody."""
    token = parse.tokens[trigger.head]
    if token.tag[:2] != "VB" or trigger.specific:
        return False
    objects = [parse.tokens[j] for j in find_objects(parse, token.i)]
    if document.genre is Genre.OPINION and not any(is_party(parse, thing.i, lexicon) for thing in objects):
        return lexicon.words["beyond_sport"].isdisjoint(parse.sentence_words(token.sentence))
    if parse.lemma(token.i) in lexicon.words["shelling"]:
        return False
    return bool(objects) and all(_is_among(parse, thing, lexicon.words["lifeless"]) for thing in objects)


def _is_tally(parse: Parse, trigger: Trigger) -> bool:
    """The wounded as people to whom something else is done ("evacuated 60 wounded")."""
    token = parse.tokens[trigger.head]
    head = parse.tokens[token.head]
    return (
        token.dep == "acl"
        and token.tag == "VBN"
        and head.tag == "CD"
        and head.dep in ("dobj", "nsubjpass")
        and not parse.children(token.i)
    )


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
    if any(child.dep == "advcl" and has_condition_mark(parse, child.i) for child in parse.children(clause.i)):
        return parse.child(clause.i, "aux") is None
    if not any(
        child.tag == "MD" and child.lower in lexicon.words["hostile_modals"] for child in parse.children(clause.i)
    ):
        return True
    doer = parse.child(clause.i, "nsubj")
    if doer is None:
        return not is_passive(parse, clause.i)
    return doer.lower not in _OWN and not any(child.lower in _OWN for child in parse.children(doer.i))


def _is_sport(parse: Parse, trigger: Trigger, lexicon: EventLexicon) -> bool:
    """The sentence speaks of a game, and nothing in it is beyond a game."""
    sentence = parse.sentence_of(trigger.head)
    if lexicon.words["sport"].isdisjoint(parse.sentence_words(sentence.index)):
        words = [token.lower for token in parse.tokens[sentence.first : sentence.last]]
        hints = sum(word in lexicon.words["sport_hints"] for word in words)
        if hints + _MIN_SPORT_WORDS * _has_score(parse, trigger) < _MIN_SPORT_WORDS:
            return False
    return lexicon.words["beyond_sport"].isdisjoint(parse.sentence_words(sentence.index))


def _has_score(parse: Parse, trigger: Trigger) -> bool:
    """Say whether a result stands after the trigger ("destroyed Italy 3-0"), and no vote is told of."""
    sentence = parse.sentence_of(trigger.head)
    text = parse.text[parse.tokens[trigger.head].start : sentence.span.end]
    return _SCORE.search(text) is not None and "vote" not in text


def _is_score(word: str) -> bool:
    return "-" in word and _SCORE.fullmatch(word) is not None


def _is_figurative(parse: Parse, trigger: Trigger, lexicon: EventLexicon) -> bool:
    """Force against or for something that cannot be hit ("an assault on common sense", "battle for votes")."""
    head = trigger.head
    words = lexicon.words["figurative"]
    if parse.lemma(head) == "come" and any(
        c.dep == "prep" and c.lower in ("over", "for") for c in parse.children(head)
    ):
        return True
    if parse.lemma(head) in _BURSTING and any(
        is_event_noun(noun_lemma(parse, j), lexicon) for j in find_subjects(parse, head)
    ):
        return True
    holders = [head, *([trigger.consumed] if trigger.consumed is not None else [])]
    if parse.tokens[head].tag[:2] == "NN" and parse.tokens[head].dep in ("dobj", "attr"):
        holders.append(parse.tokens[head].head)
    for holder in holders:
        for child in parse.children(holder):
            if (
                child.dep == "prep"
                and (child.lower in _ABOUT or (child.lower == "with" and holder == head))
                and any(_is_among(parse, grand, words) for grand in parse.children(child.i))
            ):
                return True
    if any(_is_among(parse, parse.tokens[j], words) for j in find_objects(parse, head)):
        return True
    if trigger.type is EventType.COERCE:
        return False
    doers = parse.tokens[head]
    if doers.tag[:2] == "NN":
        governor = parse.head(head)
        if doers.dep != "attr":
            return False
        subjects = find_subjects(parse, governor.i)
    else:
        subjects = [] if is_passive(parse, head) else find_subjects(parse, head)
    return bool(subjects) and all(_is_among(parse, parse.tokens[j], lexicon.words["no_actor"]) for j in subjects)


def _is_among(parse: Parse, token: Token, words: frozenset[str]) -> bool:
    return token.tag[:2] in ("NN", "JJ") and (token.lower in words or noun_lemma(parse, token.i) in words)


def _is_accident(parse: Parse, trigger: Trigger, lexicon: EventLexicon) -> bool:
    """Deaths and destruction by flood, crash or disease."""
    head = trigger.head
    words = lexicon.words
    if parse.tokens[head].tag[:2] != "VB":
        return any(child.dep == "compound" and child.lower in words["disaster"] for child in parse.children(head))
    clauses = [child for verb in parse.conjuncts(head) for child in parse.children(verb) if child.dep == "advcl"]
    if any(parse.lemma(clause.i) in words["collapse"] for clause in clauses):
        return True
    causes = [parse.tokens[i] for i in find_subjects(parse, head)]
    for child in parse.children(head):
        if child.dep in ("prep", "agent", "advcl"):
            causes.extend(parse.children(child.i))
    for cause in causes:
        lemma = noun_lemma(parse, cause.i)
        if cause.lower in words["weapon"] or lemma in words["weapon"]:
            return False
        if cause.lower in words["disaster"] or lemma in words["disaster"]:
            return True
    return parse.lemma(parse.tokens[head].head) in words["collapse"]


def _is_court_matter(parse: Parse, trigger: Trigger, lexicon: EventLexicon) -> bool:
    """Violence that a court, a charge, a suit or a plea speaks of is not reported as of now."""
    court, setting = lexicon.words["court"], lexicon.words["court_setting"]
    below = parse.tokens[trigger.head]
    for ancestor in parse.ancestors(trigger.head):
        if below.dep in ("relcl", "conj") and ancestor.tag[:2] == "VB" and below.tag[:2] != "VB":
            return False
        if below.dep == "conj" and parse.lemma(ancestor.i) in court and below.tag[:2] == "VB":
            below = ancestor
            continue
        lemma = parse.lemma(ancestor.i)
        if lemma in court and below.dep not in ("nsubj", "nsubjpass", "dobj", "advcl"):
            return True
        if lemma in _CONFESSIONS and _mentions(parse, ancestor, court | setting):
            return True
        if ancestor.tag[:2] == "VB" and below.dep in ("ccomp", "xcomp", "advcl"):
            subjects = find_subjects(parse, ancestor.i)
            if lemma == "sue" or any(noun_lemma(parse, j) in setting for j in subjects):
                return lemma == "sue" or lemma in lexicon.words["court_speech"]
        below = ancestor
    return False


def _mentions(parse: Parse, token: Token, words: frozenset[str]) -> bool:
    return not words.isdisjoint(parse.sentence_words(token.sentence))


def _is_remembered(parse: Parse, trigger: Trigger, lexicon: EventLexicon) -> bool:
    """What is commemorated, not told."""
    token = parse.tokens[trigger.head]
    while token.dep == "conj":
        token = parse.head(token.i)
    if token.dep not in ("dobj", "nsubjpass") or token.tag[:2] != "NN":
        return False
    return parse.lemma(token.head) in lexicon.words["remembering"]
