"""Parties that are places: a name joined by "and" is one party, and a sea is nobody."""

from collections.abc import Sequence

import msgspec

from reportedly.extract.mentions import EventMention, PlaceMention
from reportedly.extract.place_lexicon import PlaceLexicon
from reportedly.records.spans import Field, Span

MIN_MENTION = 0.5
"""Mentions below are not held to be places."""

_JOINTS = (" and ", " & ")
_PEOPLES = frozenset({"states", "countries", "nations"})
"""Last words of the names of regions that stand for the states of them ("the Baltic states")."""


def find_unowned(places: Sequence[PlaceMention], lexicon: PlaceLexicon) -> frozenset[Span]:
    """Return the spans of the names that are no party to anything: waters, and regions across borders.

    Continents and unions are left out, for they speak and are spoken to.
    """
    return frozenset(
        mention.field.span
        for mention in places
        if mention.field.span is not None
        and mention.field.score >= MIN_MENTION
        and mention.field.by != "rule:demonym"
        and _is_unowned(mention, lexicon)
    )


def _is_unowned(mention: PlaceMention, lexicon: PlaceLexicon) -> bool:
    known = mention.known
    last = mention.field.value.text.rsplit(" ", 1)[-1].lower()
    if known is None:
        return last in lexicon.words["waters"]
    if known.given or known.kind in lexicon.words["waters"]:
        return not known.given
    return known.country is None and known.kind in lexicon.words["stretches"] and last not in _PEOPLES


def settle_parties(
    text: str,
    events: Sequence[EventMention],
    places: Sequence[PlaceMention],
    unowned: frozenset[Span],
    lexicon: PlaceLexicon,
) -> tuple[EventMention, ...]:
    """Write the parties of events as the place names of the document have them.

    Args:
        text: The document's text.
        events: The events, their parties as syntax gives them: one a conjunct.
        places: All place names of the document.
        unowned: From ``find_unowned``.
        lexicon: From ``open_places``.

    Returns:
        The events in the same order, where the conjuncts of one name ("Trinidad and Tobago") are one party, at the
        place of the first, and those are left out that are nobody ("strikes in the Caribbean"); a group called after
        a water stays.
    """
    joint = [
        mention.field.span
        for mention in places
        if mention.field.span is not None
        and mention.field.score >= MIN_MENTION
        and any(word in mention.field.value.text for word in _JOINTS)
    ]
    if not joint and not unowned:
        return tuple(events)

    def settle(side: Sequence[Field[str]]) -> tuple[Field[str], ...]:
        return tuple(field for field in _join(text, side, joint) if not _is_nobody(text, field, unowned, lexicon))

    return tuple(
        msgspec.structs.replace(event, actors=settle(event.actors), recipients=settle(event.recipients))
        for event in events
    )


def _join(text: str, fields: Sequence[Field[str]], joint: Sequence[Span]) -> list[Field[str]]:
    joined = list(fields)
    for span in joint:
        parts = [field for field in joined if field.span is not None and field.span.overlaps(span)]
        if not parts or (len(parts) == 1 and parts[0].span is not None and parts[0].span.covers(span)):
            continue
        spans = [span, *(part.span for part in parts if part.span is not None)]
        whole = Span(min(s.start for s in spans), max(s.end for s in spans))
        joined[joined.index(parts[0])] = Field(whole.slice(text), whole, parts[0].by, parts[0].score)
        joined = [field for field in joined if not any(field is part for part in parts)]
    return joined


def _is_nobody(text: str, field: Field[str], unowned: frozenset[Span], lexicon: PlaceLexicon) -> bool:
    """Say whether a phrase is nothing but the name of a place that is nobody's, with its kind and direction."""
    span = field.span
    generic = lexicon.words["generics"]
    if span is None:
        return False
    for name in unowned:
        if span.covers(name):
            rest = f"{text[span.start : name.start]} {text[name.end : span.end]}".lower().split()
            return all(word == "the" or word in generic or word in lexicon.words["directions"] for word in rest)
    return False
