"""Places named by their kind alone: "in the country", "across the province" stand for one named before."""

from collections.abc import Sequence

import msgspec

from reportedly.extract.mentions import PlaceMention
from reportedly.extract.parse import Parse, Sentence, Token
from reportedly.extract.place_lexicon import PlaceLexicon

_BACK = 4
"""Sentences before in which the place is looked for."""

_MIN_NAME = 0.5
_SCORE = 0.7
_SUBDIVISIONS = frozenset({"admin1", "admin2"})
_NAMED = frozenset({"country", "continent", "city", "capital", *_SUBDIVISIONS})
_CITY = 50_000
"""Inhabitants from which a place is no village any more."""


def find_definite_places(
    parse: Parse, sentence: Sentence, places: Sequence[PlaceMention], lexicon: PlaceLexicon
) -> list[PlaceMention]:
    """Find the nouns of a sentence that stand for a place named before.

    Args:
        parse: The document's syntax.
        sentence: Where to look.
        places: All place names of the document, in text order.
        lexicon: From ``open_places``.

    Returns:
        Mentions whose tokens are the noun, and whose text and span are those of the name; ``by`` is ``rule:definite``.
        A noun of the kind of which no place stands before it within four sentences is left out.
    """
    found = []
    for token in parse.tokens[sentence.first : sentence.last]:
        if token.lower in lexicon.words["definite"] and _is_definite(parse, token, sentence):
            named = _find_named(parse, token, places, lexicon)
            if named is not None:
                field = msgspec.structs.replace(named.field, by="rule:definite", score=_SCORE)
                found.append(PlaceMention(field, token.i, token.i + 1, named.known))
    return found


def _is_definite(parse: Parse, noun: Token, sentence: Sentence) -> bool:
    """Say whether a noun stands after "the" or "this", tells no more of itself, and is not named there."""
    children = parse.children(noun.i)
    if noun.i == sentence.first or parse.tokens[noun.i - 1].lower not in ("the", "this", "that"):
        return False
    return noun.dep == "pobj" and not any(child.i > noun.i or child.dep in ("compound", "amod") for child in children)


def _find_named(
    parse: Parse, noun: Token, places: Sequence[PlaceMention], lexicon: PlaceLexicon
) -> PlaceMention | None:
    """Return the nearest place before a noun that is of its kind; the adjective of a country stands for it."""
    for mention in reversed(places):
        if mention.first >= noun.i or mention.field.score < _MIN_NAME:
            continue
        if noun.sentence - parse.tokens[mention.first].sentence > _BACK:
            return None
        if _is_of_kind(mention, noun.lower, lexicon):
            return mention
    return None


def _is_of_kind(mention: PlaceMention, noun: str, lexicon: PlaceLexicon) -> bool:
    kind = mention.known.kind if mention.known is not None else None
    if noun in ("country", "nation"):
        return kind == "country"
    if mention.field.by == "rule:demonym" or kind == "country":
        return False
    if noun in ("town", "village"):
        return mention.known is None or (mention.known.town and mention.known.population < _CITY)
    if noun in ("city", "capital"):
        return mention.known is not None and mention.known.town
    return kind in _SUBDIVISIONS or (kind is not None and kind not in _NAMED)
