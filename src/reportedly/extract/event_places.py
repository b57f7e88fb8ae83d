"""The place of an event, chosen among the place names of its sentence and of those before by syntax."""

from collections.abc import Sequence

import msgspec

from reportedly.extract.mentions import EventMention, PlaceMention
from reportedly.extract.parse import Parse, Token
from reportedly.extract.place_anaphora import find_definite_places
from reportedly.extract.place_lexicon import PlaceLexicon
from reportedly.extract.place_paths import Path, find_path, stands_for
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

_AWAY = frozenset({"seize", "withhold", "deport", "cyber", "expel", "withdraw"})
"""Modes of acts upon others than one's own people."""

_LEAVING = frozenset({EventType.RETREAT, EventType.COERCE})
"""Types of acts that are where they lead away from ("withdrew from X", "the removal of people from X")."""

_CARRIED = 3
"""Sentences before, whose place an event without one of its own takes."""

_ELSEWHERE = frozenset({"rule:addressed", "rule:origin", "rule:seat"})
"""Relations of a name that is spoken to, left, or only the seat of a body that tells of the event."""

_INHERITING = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.PROTEST, EventType.MOBILIZE})


def propose_all_places(
    parse: Parse,
    events: Sequence[EventMention],
    places: Sequence[PlaceMention],
    document: Document,
    lexicon: PlaceLexicon,
) -> list[tuple[Field[Place], ...]]:
    """Propose where each event of a document is, by ``propose_places``; each knows where those before it were.

    Returns:
        Candidates of each event, in the order of the events, which is that of the text.
    """
    told: list[tuple[EventMention, Field[Place]]] = []
    proposed = []
    for event in events:
        fields = propose_places(parse, event, places, document, lexicon, told)
        best = next((f for f in fields if f.value.role is PlaceRole.EVENT and f.score >= MIN_MENTION), None)
        if best is not None and best.by != "rule:sole":
            told.append((event, best))
        proposed.append(fields)
    return proposed


def propose_places(
    parse: Parse,
    event: EventMention,
    places: Sequence[PlaceMention],
    document: Document,
    lexicon: PlaceLexicon,
    told: Sequence[tuple[EventMention, Field[Place]]] = (),
) -> tuple[Field[Place], ...]:
    """Propose where one event is.

    Args:
        parse: The document's syntax.
        event: The event mention.
        places: All place names of the document, in text order, from ``find_places``.
        document: The document; its dateline is proposed with the role of one.
        lexicon: From ``open_places``.
        told: The events before it of which the place is known, in text order; one told of again is where it was.

    Returns:
        Candidates, best first: the role ``event`` for the place of the event, scored .5 or more where it is to be
        believed; ``origin`` for a place it comes from; ``mention`` for the other names of the sentence. The text is as
        written, with the noun that makes an area of it ("border with Colombia", "Venezuelan airspace"); a country's
        soil is the country. ``relation`` holds words such as "near" and "off". Empty where no place stands near.
    """
    sentence = parse.sentence_of(event.head)
    beside = [m for m in places if sentence.first <= m.first < sentence.last and m.field.score >= MIN_MENTION]
    standing = [*beside, *find_definite_places(parse, sentence, places, lexicon)]
    own = [_propose(parse, event, mention, beside, lexicon) for mention in standing]
    if not any(field.value.role is PlaceRole.EVENT and field.score >= MIN_MENTION for field in own):
        own.extend(
            _carry_event(parse, event, told)
            or _carry(parse, event, places, lexicon)
            or _take_likely(event, own)
            or _take_sole(parse, event, own, lexicon)
        )
    own.sort(key=lambda field: (field.value.role is not PlaceRole.EVENT, -field.score, field.span or Span(0, 0)))
    if document.dateline is not None:
        dateline = document.dateline
        own.append(Field(Place(dateline.place, PlaceRole.DATELINE), dateline.span, "rule:dateline", 0.3))
    return tuple(own)


def _propose(
    parse: Parse, event: EventMention, mention: PlaceMention, places: Sequence[PlaceMention], lexicon: PlaceLexicon
) -> Field[Place]:
    path = find_path(parse, event.head, mention, lexicon)
    path.holds = any(
        stands_for(parse, other, i, lexicon)
        for other in places
        if other is not mention and other.field.by != "rule:demonym"
        for i in path.crossed
    )
    place, span = _compose(parse, mention, path, lexicon)
    left = event.types[0].value in _LEAVING
    if path.preposition is not None and path.preposition.lower == "from" and path.down == 0 and not left:
        return Field(msgspec.structs.replace(place, role=PlaceRole.ORIGIN), span, "rule:origin", 0.6)
    score, by = _weigh_path(parse, event, mention, path, lexicon)
    role = PlaceRole.EVENT if score >= 0.3 else PlaceRole.MENTION
    return Field(msgspec.structs.replace(place, role=role), span, f"rule:{by}", round(max(0.05, min(0.95, score)), 3))


def _weigh_path(
    parse: Parse, event: EventMention, mention: PlaceMention, path: Path, lexicon: PlaceLexicon
) -> tuple[float, str]:
    """Say how likely the name is the place of the event, and by which relation."""
    kind = event.types[0].value
    bodily = kind in _BODILY
    preposition = path.preposition.lower if path.preposition is not None else None
    ground = mention.field.by == "rule:demonym" and _is_ground(parse, mention, lexicon)
    cost = (
        (0.06 if kind in _INHERITING else 0.12) * min(path.down, 4)
        + 0.2 * path.clauses
        + 0.25 * path.reported
        + 0.25 * path.said
        + 0.02 * path.listed
    )
    cost += 0.4 * path.temporal + 0.2 * path.holds + 0.15 * (not bodily)
    if not ground:
        cost += _modifier_cost(parse, event, mention, lexicon)
    if kind in _SPOKEN:
        cost += 0.15 + 0.2 * bool(path.nouns)
    if path.reported and any(noun.lower in lexicon.words["seated"] for noun in path.nouns):
        return 0.2, "seat"
    if _is_at_home(parse, event, mention, path, lexicon):
        return 0.7 - 0.1 * path.clauses, "home"
    if mention.field.by == "rule:demonym" and not ground:
        return _weigh_people(parse, event, mention, path, lexicon)
    if mention.field.by == "rule:embedded":
        return 0.4 - cost, "embedded"
    if preposition in lexicon.words["locative"] or (ground and bodily):
        return 0.9 - cost, "locative"
    if kind is EventType.CONSULT and _is_visited(parse, event, path, lexicon):
        return 0.95 - cost, "visited"
    if _is_state(mention):
        if path.addressed and preposition != "to":
            return 0.25 - cost, "addressed"
        cost += 0.4 * _is_among(mention, event.actors)
    if preposition in ("to", "of", "on", "against", "over", "with") or (preposition == "from" and kind in _LEAVING):
        return (0.75 if bodily else 0.45) - cost, "target"
    if preposition is not None:
        return 0.5 - cost, "prepositional"
    if path.label in ("dobj", "nsubjpass", "attr"):
        reached = kind is not EventType.AID or parse.lemma(event.head) in lexicon.words["reached"]
        return (0.92 if bodily and reached else 0.35) - cost, "object"
    if path.label in ("poss", "compound", "amod", "nmod"):
        return (0.65 if bodily else 0.5) - cost, "modifier"
    if kind in _HOME and not _is_upon_others(parse, event, lexicon) and _is_among(mention, event.actors):
        return 0.95 - cost, "home"
    if path.label == "nsubj":
        return (0.3 if bodily else 0.1) - cost, "subject"
    return 0.5 - cost, "near"


def _is_state(mention: PlaceMention) -> bool:
    """Say whether a name may also stand for a government: that of a state or its capital, or one that no list holds."""
    return mention.known is None or mention.known.kind == "country" or mention.known.capital


def _is_at_home(parse: Parse, event: EventMention, mention: PlaceMention, path: Path, lexicon: PlaceLexicon) -> bool:
    """Say whether a name is that of the state whose courts, police or parliament act: they mostly do so at home.

    So does whoever appoints, dismisses, charges or jails somebody.
    """
    if event.types[0].value in (EventType.ASSAULT, EventType.AID, EventType.CONSULT, EventType.THREATEN):
        return False
    if _is_upon_others(parse, event, lexicon):
        return False
    domestic = parse.lemma(event.head) in lexicon.words["domestic"]
    seats = [noun.span for noun in path.nouns if noun.lower in lexicon.words["institutions"]]
    for party in _doers(parse, event):
        if any(party.overlaps(seat) for seat in seats):
            return True
        if mention.field.span is None or not party.overlaps(mention.field.span):
            continue
        if domestic or any(token.lower in lexicon.words["institutions"] for token in parse.tokens_in(party)):
            return True
    return False


def _is_upon_others(parse: Parse, event: EventMention, lexicon: PlaceLexicon) -> bool:
    """Say whether what is done is mostly done to others than one's own people ("siege", "expel")."""
    away = parse.tokens[event.head].lower in lexicon.words["abroad"]
    return away or (bool(event.modes) and event.modes[0].value in _AWAY)


def _doers(parse: Parse, event: EventMention) -> list[Span]:
    """Return the phrases of who acts; where nobody is named, of the subjects of the verbs that the event hangs on."""
    spans = [actor.span for actor in event.actors if actor.span is not None and actor.by != "rule:anaphora"]
    if not spans:
        lineage = [event.head, *(token.i for token in parse.ancestors(event.head))]
        subjects = [parse.child(i, "nsubj") for i in lineage]
        spans = [parse.span(parse.noun_phrase(subject.i)) for subject in subjects if subject is not None]
    return spans


def _is_visited(parse: Parse, event: EventMention, path: Path, lexicon: PlaceLexicon) -> bool:
    """Say whether a name is where somebody goes to meet: the object of a visit, or what a trip on the way leads to."""
    if path.down == 0 and path.label == "dobj" and parse.lemma(event.head) in lexicon.words["moved"]:
        return True
    if path.preposition is None or path.preposition.lower not in ("to", "of"):
        return False
    return parse.head(path.preposition.i).lower in lexicon.words["visits"]


def _weigh_people(
    parse: Parse, event: EventMention, mention: PlaceMention, path: Path, lexicon: PlaceLexicon
) -> tuple[float, str]:
    """An adjective of a country says where only for what a state's own bodies and people do at home."""
    kind = event.types[0].value
    if kind is EventType.PROTEST or (
        kind in _HOME and not _is_upon_others(parse, event, lexicon) and _is_among(mention, event.actors)
    ):
        return 0.55 - 0.2 * path.clauses, "home"
    return (0.35 if kind in _BODILY else 0.2) - 0.3 * (path.clauses > 0), "people"


def _is_among(mention: PlaceMention, parties: Sequence[Field[str]]) -> bool:
    span = mention.field.span
    return span is not None and any(party.span is not None and party.span.overlaps(span) for party in parties)


def _modifier_cost(parse: Parse, event: EventMention, mention: PlaceMention, lexicon: PlaceLexicon) -> float:
    """A name that only modifies a noun says less ("a U.S. patrol"), but for kinds of place ("the Milltown jail").

    Before the event itself a state's name is who acts, any other name is where ("the Milltown bombing").
    """
    token = parse.tokens[mention.last - 1]
    if token.dep not in ("compound", "poss", "nmod", "amod"):
        return 0.0
    head = parse.head(token.i)
    if head.lower in lexicon.words["generics"] or head.lower in lexicon.words["facilities"]:
        return 0.0
    here = head.i == event.head or (parse.tokens[event.head].dep == "compound" and parse.head(event.head).i == head.i)
    if here and token.dep != "poss" and mention.known is not None and mention.known.kind != "country":
        return 0.2 * mention.known.capital
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


def _compose(parse: Parse, mention: PlaceMention, path: Path, lexicon: PlaceLexicon) -> tuple[Place, Span | None]:
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


def _carry_event(
    parse: Parse, event: EventMention, told: Sequence[tuple[EventMention, Field[Place]]]
) -> list[Field[Place]]:
    """Take the place of the nearest event on the ground before: a report goes on with what it tells of."""
    if event.types[0].value not in _INHERITING:
        return []
    sentence = parse.sentence_of(event.head).index
    for other, field in reversed(told):
        back = sentence - parse.tokens[other.head].sentence
        if back > _CARRIED:
            break
        if other.types[0].value in _BODILY:
            place = Place(field.value.text, PlaceRole.EVENT, field.value.relation)
            return [Field(place, field.span, "rule:told", round(0.62 - 0.03 * back, 3))]
    return []


def _take_likely(event: EventMention, own: Sequence[Field[Place]]) -> list[Field[Place]]:
    """Take the likeliest place of the sentence after all, where nothing before tells of another."""
    if event.types[0].value not in _INHERITING:
        return []
    likely = [f for f in own if f.value.role is PlaceRole.EVENT and f.by in ("rule:locative", "rule:object")]
    best = max(likely, key=lambda field: field.score, default=None)
    return [Field(best.value, best.span, "rule:likely", MIN_MENTION)] if best is not None else []


def _take_sole(
    parse: Parse, event: EventMention, own: Sequence[Field[Place]], lexicon: PlaceLexicon
) -> list[Field[Place]]:
    """Take the only place that a sentence names, where it is not that of who acts upon others."""
    if event.types[0].value not in _INHERITING or len({field.value.text for field in own}) != 1:
        return []
    if event.types[0].value not in _HOME or _is_upon_others(parse, event, lexicon):
        spans = [actor.span for actor in event.actors if actor.span is not None]
        if any(field.span is not None and field.span.overlaps(span) for field in own for span in spans):
            return []
    if own[0].by in _ELSEWHERE:
        return []
    place = msgspec.structs.replace(own[0].value, role=PlaceRole.EVENT)
    return [Field(place, own[0].span, "rule:sole", MIN_MENTION)]


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
