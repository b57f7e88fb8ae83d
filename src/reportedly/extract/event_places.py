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

_SPOKEN = frozenset(
    {
        EventType.ACCUSE,
        EventType.REQUEST,
        EventType.REJECT,
        EventType.THREATEN,
        EventType.SANCTION,
        EventType.AGREE,
    }
)
"""Types that are words or papers: a place beside them is mostly that of what they are about."""

_HOME = frozenset({EventType.COERCE, EventType.PROTEST})
"""Types that a state's own bodies and people mostly do at home."""

_CARRIED = 3
"""Sentences before, whose place an event without one of its own takes."""

_INHERITING = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.PROTEST, EventType.MOBILIZE})


class _Path(msgspec.Struct):
    """How a place name hangs on an event: what is crossed from the name up to a word that both hang on, and down."""

    preposition: Token | None
    nouns: list[Token]
    clauses: int
    label: str
    down: int
    reported: bool
    listed: bool
    temporal: bool
    crossed: list[int]
    holds: bool = False


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
            own.append(_propose(parse, event, mention, places, lexicon))
    if not any(field.value.role is PlaceRole.EVENT and field.score >= MIN_MENTION for field in own):
        own.extend(_carry(parse, event, places, lexicon))
    own.sort(key=lambda field: (field.value.role is not PlaceRole.EVENT, -field.score, field.span or Span(0, 0)))
    if document.dateline is not None:
        dateline = document.dateline
        own.append(Field(Place(dateline.place, PlaceRole.DATELINE), dateline.span, "rule:dateline", 0.3))
    return tuple(own)


def _propose(
    parse: Parse, event: EventMention, mention: PlaceMention, places: Sequence[PlaceMention], lexicon: PlaceLexicon
) -> Field[Place]:
    path = _find_path(parse, event.head, mention, lexicon)
    path.holds = any(
        _stands_for(parse, other, i, lexicon)
        for other in places
        if other is not mention and other.field.by != "rule:demonym" and other.field.score >= MIN_MENTION
        for i in path.crossed
    )
    place, span = _compose(parse, mention, path, lexicon)
    if path.preposition is not None and path.preposition.lower == "from" and path.down == 0:
        return Field(msgspec.structs.replace(place, role=PlaceRole.ORIGIN), span, "rule:origin", 0.6)
    score, by = _weigh_path(parse, event, mention, path, lexicon)
    role = PlaceRole.EVENT if score >= 0.3 else PlaceRole.MENTION
    return Field(msgspec.structs.replace(place, role=role), span, f"rule:{by}", round(max(0.05, min(0.95, score)), 3))


def _stands_for(parse: Parse, mention: PlaceMention, i: int, lexicon: PlaceLexicon) -> bool:
    """Say whether a token belongs to a name, or is the kind of place that the name is given ("X district")."""
    if mention.first <= i < mention.last:
        return True
    token = parse.tokens[mention.last - 1]
    return token.head == i and token.dep in ("compound", "nmod") and parse.tokens[i].lower in lexicon.words["generics"]


def _find_path(parse: Parse, head: int, mention: PlaceMention, lexicon: PlaceLexicon) -> _Path:
    """Climb from the name to the first word that the event hangs on too."""
    lineage = [head, *(token.i for token in parse.ancestors(head))]
    depth = {i: steps for steps, i in enumerate(lineage)}
    inside = range(mention.first, mention.last)
    i = next((j for j in inside if parse.tokens[j].head not in inside or parse.tokens[j].head == j), mention.last - 1)
    path = _Path(None, [], 0, parse.tokens[i].dep, 0, False, False, False, [])
    while i not in depth:
        token = parse.tokens[i]
        if token.i not in inside:
            path.crossed.append(token.i)
            if token.dep in ("prep", "agent", "dative") and token.tag in ("IN", "TO", "RB", "VBG"):
                if not _names_kind(parse, token, lexicon):
                    path.preposition = path.preposition or token
                path.temporal = path.temporal or token.lower in lexicon.words["temporal"]
            elif token.tag[:2] == "NN":
                path.nouns.append(token)
            elif token.tag[:2] == "VB":
                path.clauses += 1
        path.listed = path.listed or token.dep in ("appos", "conj")
        if token.dep in ("dobj", "nsubjpass", "attr", "nsubj") and path.preposition is None:
            path.label = token.dep
        if token.head == i:
            break
        i = token.head
    path.down = depth.get(i, len(lineage))
    path.reported = any(parse.tokens[j].dep in ("ccomp", "parataxis") for j in lineage[: path.down])
    return path


def _names_kind(parse: Parse, preposition: Token, lexicon: PlaceLexicon) -> bool:
    """Say whether "of" only ties a name to its kind ("the town of X"), so that the words outside count."""
    return preposition.lower == "of" and parse.head(preposition.i).lower in lexicon.words["generics"]


def _weigh_path(
    parse: Parse, event: EventMention, mention: PlaceMention, path: _Path, lexicon: PlaceLexicon
) -> tuple[float, str]:
    """Say how likely the name is the place of the event, and by which relation."""
    bodily = event.types[0].value in _BODILY
    preposition = path.preposition.lower if path.preposition is not None else None
    ground = mention.field.by == "rule:demonym" and _is_ground(parse, mention, lexicon)
    cost = 0.06 * min(path.down, 4) + 0.2 * path.clauses + 0.25 * path.reported + 0.02 * path.listed
    cost += 0.4 * path.temporal + 0.2 * path.holds + 0.15 * (not bodily)
    if not ground:
        cost += _modifier_cost(parse, mention, lexicon)
    if event.types[0].value in _SPOKEN:
        cost += 0.15 + 0.2 * bool(path.nouns)
    if mention.field.by == "rule:demonym" and not ground:
        return _weigh_people(parse, event, mention, path)
    if mention.field.by == "rule:embedded":
        return 0.4 - cost, "embedded"
    if preposition in lexicon.words["locative"] or (ground and bodily):
        return 0.9 - cost, "locative"
    if preposition in ("to", "of", "on", "against", "over", "with"):
        return (0.75 if bodily else 0.45) - cost, "target"
    if preposition is not None:
        return 0.5 - cost, "prepositional"
    if path.label in ("dobj", "nsubjpass", "attr"):
        return (0.92 if bodily and event.types[0].value is not EventType.AID else 0.35) - cost, "object"
    if path.label in ("poss", "compound", "amod", "nmod"):
        return (0.65 if bodily else 0.5) - cost, "modifier"
    if event.types[0].value in _HOME and _is_among(mention, event.actors):
        return 0.55 - cost, "home"
    if path.label == "nsubj":
        return (0.3 if bodily else 0.1) - cost, "subject"
    return 0.5 - cost, "near"


def _weigh_people(parse: Parse, event: EventMention, mention: PlaceMention, path: _Path) -> tuple[float, str]:
    """An adjective of a country says where only for what a state's own bodies and people do at home."""
    kind = event.types[0].value
    if kind is EventType.PROTEST or (kind in _HOME and _is_among(mention, event.actors)):
        return 0.55 - 0.2 * path.clauses, "home"
    return (0.35 if kind in _BODILY else 0.2) - 0.3 * (path.clauses > 0), "people"


def _is_among(mention: PlaceMention, parties: Sequence[Field[str]]) -> bool:
    span = mention.field.span
    return span is not None and any(party.span is not None and party.span.overlaps(span) for party in parties)


def _modifier_cost(parse: Parse, mention: PlaceMention, lexicon: PlaceLexicon) -> float:
    """A name that only modifies a noun says less ("a U.S. patrol"), but for kinds of place ("the Milltown jail")."""
    token = parse.tokens[mention.last - 1]
    if token.dep not in ("compound", "poss", "nmod", "amod"):
        return 0.0
    head = parse.head(token.i)
    if head.lower in lexicon.words["generics"] or head.lower in lexicon.words["facilities"]:
        return 0.0
    return 0.25 if token.dep == "poss" else 0.5


def _is_ground(parse: Parse, mention: PlaceMention, lexicon: PlaceLexicon) -> bool:
    """Say whether an adjective stands before a noun that makes a place of it ("Venezuelan soil")."""
    return _ground_noun(parse, mention, lexicon) is not None


def _ground_noun(parse: Parse, mention: PlaceMention, lexicon: PlaceLexicon) -> Token | None:
    sentence = parse.sentence_of(mention.first)
    for token in parse.tokens[mention.last : min(mention.last + 3, sentence.last)]:
        if token.lower in lexicon.words["territory"]:
            return None if _names_another(parse, token) else token
        if token.tag not in ("JJ", "NN", "NNP"):
            return None
    return None


def _names_another(parse: Parse, noun: Token) -> bool:
    """Say whether a kind of place goes on to its own name ("the Syrian town of X", "the Belgian capital X")."""
    return any(
        child.i > noun.i and (child.lower == "of" or (child.dep == "appos" and child.tag[:3] == "NNP"))
        for child in parse.children(noun.i)
    )


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
    told = any(word not in lexicon.words["directions"] and word not in ("in", "at", "on", "the") for word in words)
    return " ".join(words) if told else None


def _carry(
    parse: Parse, event: EventMention, places: Sequence[PlaceMention], lexicon: PlaceLexicon
) -> list[Field[Place]]:
    """Take the place from the sentences before, for events on the ground: reports name it once."""
    if event.types[0].value not in _INHERITING:
        return []
    sentence = parse.sentence_of(event.head)
    found: list[Field[Place]] = []
    for mention in reversed(places):
        back = sentence.index - parse.tokens[mention.first].sentence
        if back <= 0 or mention.field.score < MIN_MENTION or mention.field.by in ("rule:demonym", "rule:embedded"):
            continue
        if back > _CARRIED:
            break
        before = parse.tokens[mention.first - 1].lower if mention.first else ""
        after = parse.tokens[mention.last].tag if mention.last < len(parse.tokens) else ""
        said = before in lexicon.words["locative"] or (before in ("of", "on", "over") and after != "POS")
        score = (0.6 if said else 0.45) - 0.03 * back
        place = Place(mention.field.value.text, PlaceRole.EVENT)
        found.append(Field(place, mention.field.span, "rule:carried", round(score, 3)))
    return sorted(found, key=lambda field: -field.score)[:3]
