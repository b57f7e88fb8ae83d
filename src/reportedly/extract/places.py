"""Place names of a report, and the place of each event."""

from reportedly.extract.event_places import propose_places
from reportedly.extract.mentions import PlaceMention
from reportedly.extract.parse import Parse
from reportedly.extract.place_lexicon import PlaceLexicon, ToponymIndex, open_places
from reportedly.extract.toponyms import find_toponyms
from reportedly.records.claim import Place, PlaceRole
from reportedly.records.document import Document
from reportedly.records.spans import Field

__all__ = ["PlaceLexicon", "ToponymIndex", "find_places", "open_places", "propose_places"]


def find_places(
    parse: Parse, document: Document, names: ToponymIndex, lexicon: PlaceLexicon
) -> tuple[PlaceMention, ...]:
    """Find the place names of a document.

    Args:
        parse: Its syntax.
        document: The document; what it does not code holds no mention, but for the dateline, which is read apart.
        names: The list of names, a gazetteer.
        lexicon: From ``open_places``.

    Returns:
        Mentions in text order, not overlapping, all with the role ``mention``; the text of each is as written, or the
        plain name for an adjective ("Venezuela" for "Venezuelan"). ``by`` says what found each:
        ``rule:name`` a name of the list, ``rule:embedded`` one inside a longer name ("Paris Herald"),
        ``rule:demonym`` an adjective or a word for the people ("Venezuelan"), ``rule:facility`` a name whose last word
        says what it is ("Royal Street"), ``rule:unknown`` a name of no list after "in", "near" … The score, .5 or
        more for what is held to be a place, says how surely it is one. Names of no list without such signs are missed.
    """
    mentions = []
    for toponym in find_toponyms(parse, names, lexicon):
        span = parse.span(range(toponym.first, toponym.last))
        known = toponym.known
        plain = known.name if known is not None and toponym.by == "rule:demonym" else span.slice(document.text)
        place = Place(plain, PlaceRole.MENTION)
        field = Field(place, span, toponym.by, round(toponym.score, 3))
        mentions.append(PlaceMention(field, toponym.first, toponym.last, known))
    return tuple(mentions)
