"""Events of a document: triggers, their arguments, and what is left out because it is no event of now."""

from reportedly.extract.arguments import Arguments, find_arguments, phrase_field
from reportedly.extract.mentions import EventMention
from reportedly.extract.nonevents import is_excluded
from reportedly.extract.parse import Parse
from reportedly.extract.triggers import EventLexicon, Trigger, find_trigger, open_triggers
from reportedly.records.document import Document
from reportedly.records.ontology import EventType
from reportedly.records.spans import Field, Span

MAX_EVIDENCE_CHARS = 240


def open_events() -> EventLexicon:
    """Read the trigger lexicon and the word lists that ship with the package."""
    return open_triggers()


def find_events(
    parse: Parse, document: Document, lexicon: EventLexicon, toponyms: frozenset[int] = frozenset()
) -> tuple[EventMention, ...]:
    """Find the events that a document tells of, in text order.

    Args:
        parse: The document's syntax.
        document: The document; its genre decides what cannot be an event of now.
        lexicon: From ``open_events``.
        toponyms: Indices of tokens that belong to a place name, for triggers that need a place.

    Returns:
        One mention an act: several a sentence, but the killing and the airstrike that killed are one. Empty where
        nothing is told that the sixteen types cover.
    """
    found: list[EventMention] = []
    for sentence in parse.sentences:
        triggers = [
            trigger
            for i in range(sentence.first, sentence.last)
            if (trigger := find_trigger(parse, i, lexicon, toponyms)) is not None
            and not is_excluded(parse, document, trigger, lexicon)
        ]
        for trigger in _merge(parse, triggers, lexicon):
            found.append(_make_mention(parse, trigger, find_arguments(parse, trigger, lexicon)))
    return tuple(found)


def _merge(parse: Parse, triggers: list[Trigger], lexicon: EventLexicon) -> list[Trigger]:
    """Drop triggers that are part of another's act.

    A verb's own object ("hold talks"), a light verb over an event noun ("carried out a strike"), harm done in or by an
    event of violence ("killed in an airstrike", "the blast killed"), and harm as its result ("bombed X, killing 5").
    """
    by_head = {trigger.head: trigger for trigger in triggers}
    dropped: set[int] = set()
    for trigger in triggers:
        token = parse.tokens[trigger.head]
        if trigger.consumed is not None and trigger.consumed in by_head:
            dropped.add(trigger.consumed)
        if token.tag[:2] != "VB":
            continue
        lemma = parse.lemma(trigger.head)
        for child in parse.children(trigger.head):
            inner = child.i
            if child.dep in ("prep", "agent"):
                inner = next((grand.i for grand in parse.children(child.i) if grand.dep == "pobj"), -1)
            other = by_head.get(inner)
            if other is None or inner in dropped or parse.tokens[inner].tag[:2] == "VB":
                continue
            violent = other.type is EventType.ASSAULT and trigger.type is EventType.ASSAULT
            if violent and (lemma in lexicon.words["harm"] or child.dep in ("nsubj", "agent", "dobj")):
                dropped.add(inner)
            elif child.dep in ("dobj", "nsubjpass") and trigger.consumed is None and lemma in lexicon.words["light"]:
                if not trigger.specific:
                    dropped.add(trigger.head)
            elif child.dep == "nsubj" and trigger.type is other.type:
                dropped.add(inner)
        governor = by_head.get(token.head)
        if (
            governor is not None
            and governor.type is EventType.ASSAULT is trigger.type
            and token.dep in ("advcl", "xcomp", "conj", "acl", "relcl")
            and lemma in lexicon.words["harm"]
            and governor.head not in dropped
        ):
            dropped.add(trigger.head)
    return [trigger for trigger in triggers if trigger.head not in dropped]


def _make_mention(parse: Parse, trigger: Trigger, arguments: Arguments) -> EventMention:
    span = parse.span(trigger.tokens)
    actors = tuple(phrase_field(parse, i, arguments.by) for i in arguments.actors)
    recipients = tuple(phrase_field(parse, i, arguments.by) for i in arguments.recipients)
    score = 0.9 if trigger.specific else 0.7
    return EventMention(
        head=trigger.head,
        trigger=Field(span.slice(parse.text), span, "rule:lexicon", score),
        types=(Field(trigger.type, span, "rule:lexicon", score),),
        modes=(Field(trigger.mode, span, "rule:lexicon", score),) if trigger.mode else (),
        actors=actors,
        recipients=recipients,
        evidence=_find_evidence(parse, trigger, (*actors, *recipients)),
    )


def _find_evidence(parse: Parse, trigger: Trigger, parties: tuple[Field[str], ...]) -> Span:
    """Return the run from the first to the last of trigger, object and parties in its sentence, cut where too long."""
    sentence = parse.sentence_of(trigger.head).span
    start, end = parse.tokens[min(trigger.tokens)].start, parse.tokens[max(trigger.tokens)].end
    spans = [field.span for field in parties if field.span is not None]
    if trigger.consumed is not None:
        spans.append(parse.span(parse.noun_phrase(trigger.consumed)))
    for span in sorted(spans, key=lambda s: min(abs(s.start - end), abs(start - s.end))):
        if sentence.covers(span) and max(end, span.end) - min(start, span.start) <= MAX_EVIDENCE_CHARS:
            start, end = min(start, span.start), max(end, span.end)
    return Span(start, end)
