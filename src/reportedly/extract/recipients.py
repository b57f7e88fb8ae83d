"""Whom an act is upon: behind which prepositions the recipient of a type stands, and where else a verb names it."""

from reportedly.extract.event_lexicon import EventLexicon
from reportedly.extract.parse import Parse
from reportedly.extract.parties import find_owners, is_named, is_party, objects_of
from reportedly.extract.triggers import find_objects, noun_lemma
from reportedly.records.ontology import EventType

_RECIPIENT_PREPOSITIONS: dict[EventType, tuple[str, ...]] = {
    EventType.ASSAULT: ("on", "against", "at", "into", "over", "across", "in"),
    EventType.COERCE: ("on", "against", "of", "from", "to", "for"),
    EventType.SANCTION: ("on", "against", "of", "from", "with", "to"),
    EventType.MOBILIZE: ("against", "toward", "towards", "near", "into"),
    EventType.PROTEST: ("against", "outside", "over"),
    EventType.THREATEN: ("against", "to", "with", "on", "from"),
    EventType.REQUEST: ("on", "upon", "from", "to", "for", "with", "of"),
    EventType.ACCUSE: ("against", "into", "at", "for", "over", "by"),
    EventType.REJECT: ("by", "from", "to", "with", "of", "on", "against", "for"),
    EventType.AGREE: ("with", "to", "for", "toward", "towards", "against"),
    EventType.CONSULT: ("with", "to", "by"),
    EventType.SUPPORT: ("for", "of", "to", "with", "behind"),
    EventType.CONCEDE: ("to", "with", "for", "on", "by", "against"),
    EventType.COOPERATE: ("with", "to", "from"),
    EventType.AID: ("to", "for", "toward", "towards", "with", "into", "in"),
    EventType.RETREAT: ("from", "to", "of", "with", "by", "against"),
}
_SPEECH_ACTS = frozenset(
    {EventType.AGREE, EventType.THREATEN, EventType.REQUEST, EventType.REJECT, EventType.SUPPORT, EventType.ACCUSE}
    | {EventType.CONCEDE}
)
OWNED = frozenset({EventType.REJECT, EventType.SUPPORT, EventType.ACCUSE, EventType.CONCEDE, EventType.RETREAT})
"""Acts upon somebody's act: the recipient is whose act it is ("rejected Chad's offer", "condemned an attack by…")."""

_ABOUT = frozenset({"on", "in", "over", "at"})
"""Behind a noun that is asked for, agreed to or offered these tell what it is about or where ("a meeting on Chad")."""

NONE: frozenset[str] = frozenset()
_GIVEN = frozenset({EventType.AGREE, EventType.AID})
_TALKED_OF = frozenset({EventType.REQUEST, EventType.AGREE})
_CONTENT = frozenset({"for", "on", "to", "of", "about", "over", "in", "from", "against"})
_LETTING = frozenset({"release", "free", "return", "take", "admit", "accept"})
"""Who is let go or in by what one offers is not whom it is offered to."""

_MOVING = frozenset({"retreat", "withdraw", "pull", "fall", "move", "flee", "return"})
"""What moves "to" a place does nothing to it."""


def by_preposition(
    parse: Parse, i: int, event_type: EventType, lexicon: EventLexicon, besides: frozenset[str] = NONE
) -> list[int]:
    """Return the parties behind the first preposition, none of ``besides``, that leads to a recipient of the type."""
    moving = event_type is EventType.RETREAT and parse.lemma(i) in _MOVING
    for wanted in _RECIPIENT_PREPOSITIONS[event_type]:
        if wanted in besides or (moving and wanted == "to"):
            continue
        for child in parse.children(i):
            if child.i < i and parse.tokens[i].tag[:2] == "VB":
                continue
            if child.dep in ("prep", "dative", "agent") and child.lower == wanted:
                if child.dep == "agent" and event_type not in OWNED:
                    continue
                found = [grand.i for grand in objects_of(parse, child) if is_party(parse, grand.i, lexicon)]
                found = [j for j in found if parse.tokens[j].tag != "CD"]
                if found:
                    return found
            elif child.dep == "dative" and is_party(parse, child.i, lexicon):
                return [child.i]
    return []


def through_complement(
    parse: Parse, i: int, objects: list[int], event_type: EventType, lexicon: EventLexicon
) -> list[int]:
    """Find the recipient of a verb in what it takes: whose act it is about, or whom the content concerns."""
    nouns = [*objects]
    for child in parse.children(i):
        if child.dep == "prep" and child.i > i and child.lower in _CONTENT:
            nouns.extend(grand.i for grand in objects_of(parse, child))
    for noun in nouns:
        found = find_owners(parse, noun, lexicon) if event_type in OWNED else []
        found = found or by_preposition(parse, noun, event_type, lexicon, _ABOUT if event_type in _TALKED_OF else NONE)
        found = found or (_inside(parse, noun, event_type, lexicon) if event_type in _GIVEN else [])
        if found:
            return found
    if event_type not in _SPEECH_ACTS:
        return []
    for child in parse.children(i):
        if child.dep not in ("xcomp", "ccomp", "advcl") or child.tag[:2] != "VB" or child.i < i:
            continue
        if child.dep == "advcl" and parse.child(child.i, "nsubj", "nsubjpass", "mark") is not None:
            continue
        if event_type in (EventType.REQUEST, EventType.ACCUSE):
            wanted = ("nsubj",) if event_type is EventType.ACCUSE else ("nsubj", "nsubjpass")
            found = [grand.i for grand in parse.children(child.i) if grand.dep in wanted]
        else:
            inner = [j for j in find_objects(parse, child.i) if noun_lemma(parse, j) not in lexicon.words["assets"]]
            found = [j for j in inner if is_party(parse, j, lexicon)]
            if event_type is EventType.AGREE and parse.lemma(child.i) in _LETTING:
                found = [j for j in found if is_named(parse, j)]
            found = found or by_preposition(parse, child.i, event_type, lexicon)
            found = found or [k for j in inner for k in by_preposition(parse, j, event_type, lexicon)]
        found = [j for j in found if is_party(parse, j, lexicon)]
        if found:
            return found
    return _of_condition(parse, i, lexicon) if event_type is EventType.THREATEN else []


def _inside(parse: Parse, i: int, event_type: EventType, lexicon: EventLexicon) -> list[int]:
    """Find the recipient below what a sum is made of ("5 million euros in aid to Chad")."""
    for child in parse.children(i):
        if child.dep == "prep" and child.lower in ("in", "of", "worth"):
            for noun in objects_of(parse, child):
                found = by_preposition(parse, noun.i, event_type, lexicon)
                if found:
                    return found
    return []


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
