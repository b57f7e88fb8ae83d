"""Times that a report gives an event in another sentence than the event's own."""

from collections.abc import Sequence

from reportedly.extract.binding import find_host, find_verb
from reportedly.extract.clauses import find_modal, find_tense, is_definite
from reportedly.extract.mentions import EventMention, TimeMention
from reportedly.extract.parse import Parse, Token
from reportedly.extract.times import SAYING, propose_times
from reportedly.records.claim import Timex, TimexKind
from reportedly.records.spans import Field

SURE = 0.5
"""Scores from which a time expression is taken to date an event; one that is so dated takes no other day."""

_NEAR = 3
"""So many sentences back a known event ("the raid") may be the one last dated."""

_LASTING = frozenset({"war", "conflict", "fighting", "siege", "blockade", "occupation", "violence", "talk"})
"""Nouns of what goes on: no day of it dates the whole."""

_Fields = tuple[Field[Timex], ...]


def propose_all_times(
    parse: Parse, events: Sequence[EventMention], times: Sequence[TimeMention]
) -> tuple[_Fields, ...]:
    """Propose the times of all events of a document.

    Returns:
        For each event its candidates, best first. An event that its own sentence does not date takes the day of the
        same event where that is told again, and of a further act of the same day ("also"), at lower scores.
    """
    own = [propose_times(parse, event, times) for event in events]
    dated = [(event, fields[0]) for event, fields in zip(events, own, strict=True) if fields and _is_day(fields[0])]
    return tuple(
        fields if fields and fields[0].score >= SURE else _add_carried(parse, event, fields, dated, times)
        for event, fields in zip(events, own, strict=True)
    )


def _is_day(field: Field[Timex]) -> bool:
    timex = field.value
    return field.score >= SURE and timex.kind is TimexKind.DATE and timex.modifier not in ("since", "until", "by")


def _add_carried(
    parse: Parse,
    event: EventMention,
    fields: _Fields,
    dated: Sequence[tuple[EventMention, Field[Timex]]],
    times: Sequence[TimeMention],
) -> _Fields:
    carried = (
        _find_same_word(parse, event, times)
        or _find_retold(parse, event, times)
        or _find_known(parse, event, dated)
        or _find_further(parse, event, times)
    )
    return tuple(sorted((*fields, carried), key=lambda field: -field.score)) if carried is not None else fields


def _find_same_word(parse: Parse, event: EventMention, times: Sequence[TimeMention]) -> Field[Timex] | None:
    """Date "the assassination" of a report that dates one assassination.

    The event must be a noun marked as known; the word, as noun or verb, must be dated once or always alike.
    """
    head = parse.tokens[event.head]
    if head.tag[:1] != "N" or not is_definite(parse, event.head):
        return None
    lemma = parse.lemma(event.head)
    found: list[Field[Timex]] = []
    for mention in times:
        timex = mention.field.value
        if timex.kind is not TimexKind.DATE or (timex.value or "").endswith("_REF"):
            continue
        if parse.tokens[mention.first].sentence == head.sentence:
            continue
        host, _ = find_host(parse, mention)
        hosts = [host, *(child.i for child in parse.children(host) if child.dep in ("dobj", "nsubjpass"))]
        if any(parse.lemma(i) == lemma for i in hosts):
            found.append(Field(timex, mention.field.span, "rule:same-word", 0.55))
    return found[0] if found and _agree(found) else None


def _find_retold(parse: Parse, event: EventMention, times: Sequence[TimeMention]) -> Field[Timex] | None:
    """Date an act told again in the same verb with the same object ("passed the bill", "the bill passed on Friday").

    Where several are dated, the one with most nouns in common counts, then the nearest.
    """
    if not _is_past_verb(parse, event.head):
        return None
    head, lemma = parse.tokens[event.head], parse.lemma(event.head)
    done_to = parse.child(event.head, "dobj", "nsubjpass")
    if done_to is None:
        return None
    things = _find_nouns(parse, parse.tokens_in(event.evidence), event.head)
    found: list[tuple[int, int, TimeMention]] = []
    for mention in times:
        host = parse.tokens[find_verb(parse, mention)]
        if parse.lemma(host.i) != lemma or host.sentence == head.sentence or not _is_plain(mention):
            continue
        nouns = _find_nouns(parse, parse.sentence_tokens(host.sentence), host.i)
        shared = len(things & nouns)
        if parse.lemma(done_to.i) in nouns:
            found.append((shared, -abs(host.sentence - head.sentence), mention))
    if not found:
        return None
    best = max(found, key=lambda item: item[:2])[2].field
    return Field(best.value, best.span, "rule:retold", 0.55)


def _find_known(
    parse: Parse, event: EventMention, dated: Sequence[tuple[EventMention, Field[Timex]]]
) -> Field[Timex] | None:
    """Date a known event ("the raid") as the last dated one of its type shortly before, or the only one there is."""
    head = parse.tokens[event.head]
    if head.tag[:1] != "N" or not is_definite(parse, event.head) or parse.lemma(event.head) in _LASTING:
        return None
    alike = [
        (other, field)
        for other, field in dated
        if other.types[0].value is event.types[0].value and not _looks_ahead(parse, other.head)
    ]
    for other, field in reversed(alike):
        if other.head < event.head and head.sentence - parse.tokens[other.head].sentence <= _NEAR:
            return Field(field.value, field.span, "rule:known", 0.5)
    if alike and _agree([field for _, field in alike]):
        return Field(alike[0][1].value, alike[0][1].span, "rule:known", 0.5)
    return None


def _find_further(parse: Parse, event: EventMention, times: Sequence[TimeMention]) -> Field[Timex] | None:
    """Date a further act ("the navy also sent planes") as what is told in the sentences before it."""
    head = parse.tokens[event.head]
    if not _is_past_verb(parse, head.i) or head.dep not in ("ROOT", "conj", "ccomp"):
        return None
    if not any(child.lower in ("also", "then") for child in parse.children(head.i)):
        return None
    for mention in reversed(times):
        before = head.sentence - parse.tokens[mention.first].sentence
        if not 0 < before < _NEAR or not _is_plain(mention):
            continue
        verb = find_verb(parse, mention)
        if _is_past_verb(parse, verb) and parse.lemma(verb) not in SAYING:
            return Field(mention.field.value, mention.field.span, "rule:further", 0.5)
    return None


def _looks_ahead(parse: Parse, head: int) -> bool:
    verb = next((i for i in (head, *(a.i for a in parse.ancestors(head))) if parse.tokens[i].tag[:2] == "VB"), None)
    return verb is not None and (find_modal(parse, verb) is not None or find_tense(parse, verb) == "infinitive")


def _is_past_verb(parse: Parse, head: int) -> bool:
    past = parse.tokens[head].tag in ("VBD", "VBN") and find_tense(parse, head) in ("past", "perfect")
    return past and find_modal(parse, head) is None


def _find_nouns(parse: Parse, tokens: Sequence[Token], head: int) -> set[str]:
    """Return the lemmas of the nouns among some tokens, an event's own word left out."""
    return {parse.lemma(token.i) for token in tokens if token.pos in ("NOUN", "PROPN") and token.i != head}


def _is_plain(mention: TimeMention) -> bool:
    """Say whether a time expression names days, as opposed to spans, repetitions and "recently"."""
    timex = mention.field.value
    return timex.kind is TimexKind.DATE and not (timex.value or "").endswith("_REF")


def _agree(found: Sequence[Field[Timex]]) -> bool:
    return len({(f.value.value, f.value.name, f.value.unit, f.value.offset) for f in found}) == 1
