"""The place of an event, chosen among the place names of its sentence and of those before by syntax."""

from collections.abc import Sequence

import msgspec

from reportedly.extract.mentions import EventMention, PlaceMention
from reportedly.extract.parse import Parse, Token
from reportedly.extract.place_lexicon import PlaceLexicon
from reportedly.records.claim import Place, PlaceRole
from reportedly.records.document import Document
from reportedly.records.ontology import EventType
from reportedly.records.spans import Field, Span

MIN_MENTION = 0.5
"""Mentions below are not held to be places."""

_BODILY = frozenset(
    {EventType.ASSAULT, EventType.COERCE, EventType.PROTEST, EventType.MOBILIZE, EventType.RETREAT, EventType.AID}
)
"""Types whose events fill a place on the ground; the others are mostly words or papers, and said anywhere."""

_VERBAL_COST = 0.15
_CARRIED = 2
"""Sentences before, whose place an event without one of its own takes."""


class _Path(msgspec.Struct):
    """How a place name hangs on an event: what is crossed from the name up to a word that both hang on, and down."""

    preposition: Token | None
    nouns: list[Token]
    clauses: int
    label: str
    down: int
    reported: bool
    listed: bool


def propose_places(
    parse: Parse, event: EventMention, places: Sequence[PlaceMention], document: Document, lexicon: PlaceLexicon
) -> tuple[Field[Place], ...]:
    """Propose where one event is.

    Args:
        parse: The document's syntax.
        event: The event mention.
        places: All place names of the document, in text order, from ``find_places``.
        document: The document; its dateline is proposed with the role of one.
        lexicon: From ``open_places``.

    Returns:
        Candidates, best first: the role ``event`` for the place of the event, scored .5 or more where it is to be
        believed; ``origin`` for a place it comes from; ``mention`` for the other names of the sentence. The text is as
        written, with the noun that makes an area of it ("border with Colombia", "Venezuelan airspace"); a country's
        soil is the country. ``relation`` holds words such as "near" and "off". Empty where no place stands near.
    """
    sentence = parse.sentence_of(event.head)
    own: list[Field[Place]] = []
    for mention in places:
        if sentence.first <= mention.first < sentence.last and mention.field.score >= MIN_MENTION:
            own.append(_propose(parse, event, mention, lexicon))
    if not any(field.value.role is PlaceRole.EVENT and field.score >= MIN_MENTION for field in own):
        own.extend(_carry(parse, event, places, lexicon))
    own.sort(key=lambda field: (field.value.role is not PlaceRole.EVENT, -field.score, field.span or Span(0, 0)))
    if document.dateline is not None:
        dateline = document.dateline
        own.append(Field(Place(dateline.place, PlaceRole.DATELINE), dateline.span, "rule:dateline", 0.3))
    return tuple(own)


def _propose(parse: Parse, event: EventMention, mention: PlaceMention, lexicon: PlaceLexicon) -> Field[Place]:
    path = _find_path(parse, event.head, mention)
    place, span = _compose(parse, mention, path, lexicon)
    if path.preposition is not None and path.preposition.lower == "from" and path.down == 0:
        return Field(msgspec.structs.replace(place, role=PlaceRole.ORIGIN), span, "rule:origin", 0.6)
    score, by = _weigh_path(parse, event, mention, path, lexicon)
    role = PlaceRole.EVENT if score >= 0.3 else PlaceRole.MENTION
    return Field(msgspec.structs.replace(place, role=role), span, f"rule:{by}", round(max(0.05, min(0.95, score)), 3))


def _find_path(parse: Parse, head: int, mention: PlaceMention) -> _Path:
    """Climb from the name to the first word that the event hangs on too."""
    lineage = [head, *(token.i for token in parse.ancestors(head))]
    depth = {i: steps for steps, i in enumerate(lineage)}
    inside = range(mention.first, mention.last)
    i = next((j for j in inside if parse.tokens[j].head not in inside or parse.tokens[j].head == j), mention.last - 1)
    path = _Path(None, [], 0, parse.tokens[i].dep, 0, False, False)
    if i in depth:
        path.down = depth[i]
        return path
    while i not in depth:
        token = parse.tokens[i]
        if token.i not in inside:
            if token.dep in ("prep", "agent", "dative") and token.tag in ("IN", "TO", "RB", "VBG"):
                path.preposition = path.preposition or token
            elif token.tag[:2] == "NN":
                path.nouns.append(token)
            elif token.tag[:2] == "VB":
                path.clauses += 1
        path.listed = path.listed or token.dep in ("appos", "conj")
        if token.dep not in ("appos", "conj", "compound", "pobj", "pcomp", "nmod"):
            path.label = token.dep
        if token.head == i:
            break
        i = token.head
    path.down = depth.get(i, len(lineage))
    path.reported = any(parse.tokens[j].dep in ("ccomp", "parataxis") for j in lineage[: path.down])
    return path


def _weigh_path(
    parse: Parse, event: EventMention, mention: PlaceMention, path: _Path, lexicon: PlaceLexicon
) -> tuple[float, str]:
    """Say how likely the name is the place of the event, and by which relation."""
    kind = event.types[0].value
    bodily = kind in _BODILY
    preposition = path.preposition.lower if path.preposition is not None else None
    demonym = mention.field.by == "rule:demonym"
    inherited = 0.06 * min(path.down, 4) + 0.2 * path.clauses + 0.25 * path.reported + 0.02 * path.listed
    if mention.field.by == "rule:embedded":
        inherited += 0.2
    if not bodily:
        inherited += _VERBAL_COST
    if demonym and not _is_ground(parse, mention, lexicon):
        return (0.35 if bodily else 0.2) - 0.3 * (path.clauses > 0), "people"
    if preposition in lexicon.words["locative"] or (demonym and bodily):
        return 0.9 - inherited, "locative"
    if preposition in ("to", "of", "on", "against", "over", "with"):
        return (0.75 if bodily else 0.45) - inherited, "target"
    if preposition is not None:
        return 0.5 - inherited, "prepositional"
    if path.label in ("dobj", "nsubjpass", "attr"):
        return (0.7 if bodily else 0.35) - inherited, "object"
    if path.label in ("poss", "compound", "amod", "nmod"):
        return (0.65 if bodily else 0.5) - inherited, "modifier"
    if path.label == "nsubj":
        return (0.3 if bodily else 0.1) - inherited, "subject"
    return 0.5 - inherited, "near"


def _is_ground(parse: Parse, mention: PlaceMention, lexicon: PlaceLexicon) -> bool:
    """Say whether an adjective stands before a noun that makes a place of it ("Venezuelan soil")."""
    return _ground_noun(parse, mention, lexicon) is not None


def _ground_noun(parse: Parse, mention: PlaceMention, lexicon: PlaceLexicon) -> Token | None:
    sentence = parse.sentence_of(mention.first)
    for token in parse.tokens[mention.last : min(mention.last + 3, sentence.last)]:
        if token.lower in lexicon.words["territory"]:
            return token
        if token.tag not in ("JJ", "NN", "NNP"):
            return None
    return None


def _compose(parse: Parse, mention: PlaceMention, path: _Path, lexicon: PlaceLexicon) -> tuple[Place, Span | None]:
    """Write the place as the text has it, with the noun that makes an area of it and the words of relation before."""
    first, last = mention.first, mention.last
    text = mention.field.value.text
    if mention.field.by == "rule:demonym":
        noun = _ground_noun(parse, mention, lexicon)
        if noun is not None and noun.lower not in lexicon.words["soil"]:
            last = noun.i + 1
            text = parse.span(range(first, last)).slice(parse.text)
    elif path.nouns and path.nouns[0].lower in lexicon.words["edges"] and 0 < first - path.nouns[0].i <= 4:
        first = path.nouns[0].i
        text = parse.span(range(first, last)).slice(parse.text)
    return Place(text, PlaceRole.EVENT, _relation(parse, first, lexicon)), parse.span(range(first, last))


def _relation(parse: Parse, first: int, lexicon: PlaceLexicon) -> str | None:
    """Return the words before the place that say how the event lies to it; "in" and "at" say nothing."""
    sentence = parse.sentence_of(first)
    words: list[str] = []
    i = first - 1
    while i >= sentence.first and len(words) < 4:
        token = parse.tokens[i]
        if token.lower not in lexicon.words["relation"]:
            break
        words.insert(0, token.lower)
        i -= 1
    while words and words[-1] in ("the", "a", "an"):
        words.pop()
    while words and words[0] in ("the", "of", "to", "a"):
        words.pop(0)
    text = " ".join(words)
    return text if text and text not in ("in", "at", "on") else None


def _carry(
    parse: Parse, event: EventMention, places: Sequence[PlaceMention], lexicon: PlaceLexicon
) -> list[Field[Place]]:
    """Take the place from the sentences before, for events on the ground: reports name it once."""
    if event.types[0].value not in _BODILY:
        return []
    sentence = parse.sentence_of(event.head)
    earliest = max(0, sentence.index - _CARRIED)
    found: list[Field[Place]] = []
    for mention in reversed(places):
        index = parse.tokens[mention.first].sentence
        if index >= sentence.index or mention.field.score < MIN_MENTION:
            continue
        if index < earliest:
            break
        if mention.field.by in ("rule:demonym", "rule:embedded"):
            continue
        before = parse.tokens[mention.first - 1].lower if mention.first else ""
        score = 0.55 if before in lexicon.words["locative"] else 0.45
        score -= 0.04 * (sentence.index - index)
        place = Place(mention.field.value.text, PlaceRole.EVENT, None)
        found.append(Field(place, mention.field.span, "rule:carried", round(score, 3)))
    return found[:3]
