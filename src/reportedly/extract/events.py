"""Events of a document: triggers, their arguments, and what is left out because it is no event of now."""

from collections.abc import Sequence

import msgspec

from reportedly.extract.arguments import Arguments, find_arguments
from reportedly.extract.combine import Judgements, is_event, judge_triggers, settle_trigger
from reportedly.extract.contexts import find_contexts
from reportedly.extract.encode import Encoder
from reportedly.extract.event_lexicon import EventLexicon, open_triggers
from reportedly.extract.mentions import Attribution, EventMention
from reportedly.extract.merging import Candidate, merge_triggers
from reportedly.extract.nonevents import is_excluded
from reportedly.extract.parse import Parse, Sentence
from reportedly.extract.parties import phrase_field
from reportedly.extract.references import References, find_references
from reportedly.extract.triggers import Trigger, find_trigger, noun_lemma
from reportedly.records.claim import Axes, Mood, Tense
from reportedly.records.document import Document
from reportedly.records.ontology import EventType
from reportedly.records.spans import Field, Span

MAX_EVIDENCE_CHARS = 240
MAX_SENTENCES_BACK = 6
"""How far "the attack" may point back for the parties of the attack; further back there is likely another."""

MAX_TOLL_BACK = 3
"""How far before a count of the dead the act may stand that they died in."""

_POINTERS = frozenset({"the", "this", "these", "that", "those", "both"})
_OWN = ("our ", "my ", "we ")
_EVOKING = "VNJ"
"""First letters of the tags of words that may evoke an event: verbs, nouns, adjectives."""

_ROOT_CHARS = 4
_DONE = Axes()
_THREATENED = Axes(time=Tense.FUTURE, mood=Mood.THREATENED)
_THREATENABLE = frozenset(
    {EventType.ASSAULT, EventType.COERCE, EventType.SANCTION, EventType.MOBILIZE, EventType.PROTEST, EventType.REJECT}
)


def open_events() -> EventLexicon:
    """Read the trigger lexicon and the word lists that ship with the package."""
    return open_triggers()


def find_events(
    parse: Parse,
    document: Document,
    lexicon: EventLexicon,
    toponyms: frozenset[int] = frozenset(),
    attributions: Sequence[Attribution] = (),
    encoder: Encoder | None = None,
) -> tuple[EventMention, ...]:
    """Find the events that a document tells of, in text order.

    Args:
        parse: The document's syntax.
        document: The document; its genre decides what cannot be an event of now.
        lexicon: From ``open_events``.
        toponyms: Indices of tokens that belong to a place name, for triggers that need a place.
        attributions: Who says what, so that "we" in a quotation is who is quoted.
        encoder: Judges bare words; None lets the rules decide alone.

    Returns:
        One mention an act: several a sentence, but the killing and the airstrike that killed are one. Empty where
        nothing is told that the sixteen types cover.
    """
    found: list[EventMention] = []
    references = find_references(parse, toponyms, attributions, lexicon)
    triggers = _find_triggers(parse, lexicon, toponyms)
    judgements = judge_triggers(parse, [trigger for some in triggers for trigger in some], encoder)
    for sentence in parse.sentences:
        violent = _follows_violence(parse, sentence, found)
        proposed = [trigger for trigger in triggers[sentence.index] if is_event(trigger, judgements)]
        candidates = [
            _as_told_before(parse, candidate, found, lexicon)
            for candidate in _find_candidates(parse, document, proposed, lexicon, references, violent)
        ]
        if not candidates:
            continue
        merged = merge_triggers(parse, candidates, lexicon)
        contexts = find_contexts(parse, sentence, lexicon.contexts)
        for candidate in _share_targets(parse, merged):
            if not _is_bare(parse, candidate, lexicon):
                mention = _make_mention(parse, candidate, merged, contexts, judgements)
                found.append(_inherit_parties(parse, candidate, mention, found, lexicon))
    return tuple(found)


def _find_triggers(parse: Parse, lexicon: EventLexicon, toponyms: frozenset[int]) -> list[list[Trigger]]:
    """Return the triggers that the rules propose, by sentence."""
    return [
        [
            trigger
            for token in parse.tokens[sentence.first : sentence.last]
            if token.tag[:1] in _EVOKING and (trigger := find_trigger(parse, token.i, lexicon, toponyms)) is not None
        ]
        for sentence in parse.sentences
    ]


def _find_candidates(
    parse: Parse,
    document: Document,
    triggers: Sequence[Trigger],
    lexicon: EventLexicon,
    references: References,
    violent: bool,
) -> list[Candidate]:
    found: list[Candidate] = []
    tolls: list[Candidate] = []
    for trigger in triggers:
        toll = _is_toll(parse, trigger, lexicon)
        if toll and not (violent and _has_number(parse, trigger, lexicon)):
            continue
        if not is_excluded(parse, document, trigger, lexicon):
            arguments = find_arguments(parse, trigger, lexicon, references)
            if toll:
                tolls.append(Candidate(trigger, _of_toll(parse, trigger, arguments, lexicon)))
            else:
                found.append(Candidate(trigger, arguments))
    if tolls and all(candidate.type is not EventType.ASSAULT for candidate in found):
        found.extend(tolls)
    return found


def _is_toll(parse: Parse, trigger: Trigger, lexicon: EventLexicon) -> bool:
    """Say whether words only count the dead ("33 people had died"): an event where an act of violence was told of."""
    if trigger.type is not EventType.ASSAULT or parse.lemma(trigger.head) not in lexicon.words["tolling"]:
        return False
    return not trigger.specific or parse.lemma(trigger.head) not in lexicon.words["harm_intransitive"]


def _of_toll(parse: Parse, trigger: Trigger, arguments: Arguments, lexicon: EventLexicon) -> Arguments:
    """Return the parties of a count: who counts has killed nobody, and nobody is named but as the subject of "died"."""
    died = parse.lemma(trigger.head) in lexicon.words["harm_intransitive"]
    return msgspec.structs.replace(arguments, actors=(), recipients=arguments.recipients if died else ())


def _has_number(parse: Parse, trigger: Trigger, lexicon: EventLexicon) -> bool:
    """Say whether a number stands with who has died, where only that makes a count of it ("33 people had died")."""
    if parse.lemma(trigger.head) not in lexicon.words["numbered"]:
        return True
    subject = parse.child(trigger.head, "nsubj")
    heads = [trigger.head, *([subject.i] if subject is not None else [])]
    return any(parse.tokens[i].tag == "CD" or parse.child(i, "nummod") is not None for i in heads)


def _follows_violence(parse: Parse, sentence: Sentence, earlier: list[EventMention]) -> bool:
    """Say whether a sentence has a number and those right before it tell of an act of violence."""
    if all(token.tag != "CD" for token in parse.sentence_tokens(sentence.index)):
        return False
    return any(
        event.types[0].value is EventType.ASSAULT
        for event in earlier
        if parse.tokens[event.head].sentence >= sentence.index - MAX_TOLL_BACK
    )


def _as_told_before(
    parse: Parse, candidate: Candidate, earlier: list[EventMention], lexicon: EventLexicon
) -> Candidate:
    """Give a noun that points back ("the strike") the type of the event last told of by the same word."""
    trigger = candidate.trigger
    if trigger.specific or not _is_definite(parse, trigger.head):
        return candidate
    word = noun_lemma(parse, trigger.head)
    readings = {pattern.type for pattern in lexicon.nouns.get(word, ())}
    for other in reversed(earlier):
        if word in other.evidence.slice(parse.text).lower().split() and other.types[0].value in readings:
            if other.types[0].value is trigger.type:
                break
            mode = other.modes[0].value if other.modes else None
            again = msgspec.structs.replace(trigger, type=other.types[0].value, mode=mode)
            return msgspec.structs.replace(candidate, trigger=again)
    return candidate


def _is_bare(parse: Parse, candidate: Candidate, lexicon: EventLexicon) -> bool:
    """Say whether an event noun that needs a party beside it has none."""
    trigger = candidate.trigger
    token = parse.tokens[trigger.head]
    if token.tag[:2] != "NN" or trigger.specific or candidate.absorbed:
        return False
    if trigger.mode == "ceasefire" and token.dep in ("nsubj", "nsubjpass"):
        return False
    if candidate.arguments.actors or candidate.arguments.recipients:
        return False
    return noun_lemma(parse, trigger.head) in lexicon.words["weak"] and not _proceeds(parse, trigger, lexicon)


def _proceeds(parse: Parse, trigger: Trigger, lexicon: EventLexicon) -> bool:
    """Say whether talks are said to begin, go on or end, or to be held: their parties may stand elsewhere."""
    token = parse.tokens[trigger.head]
    if trigger.type is not EventType.CONSULT or token.dep not in ("nsubj", "nsubjpass"):
        return False
    return parse.lemma(token.head) in lexicon.words["proceeding"]


def _make_mention(
    parse: Parse,
    candidate: Candidate,
    merged: list[Candidate],
    contexts: tuple[Field[str], ...],
    judgements: Judgements,
) -> EventMention:
    trigger, arguments = candidate.trigger, candidate.arguments
    span = parse.span(trigger.tokens)
    actors = tuple(phrase_field(parse, i, arguments.by) for i in arguments.actors)
    recipients = tuple(phrase_field(parse, i, arguments.by) for i in arguments.recipients)
    score = 0.9 if trigger.specific else 0.7
    return EventMention(
        head=trigger.head,
        trigger=settle_trigger(Field(span.slice(parse.text), span, "rule:lexicon", score), trigger, judgements),
        types=(Field(trigger.type, span, "rule:lexicon", score),),
        modes=_find_modes(parse, candidate, score),
        contexts=contexts,
        actors=actors,
        recipients=recipients,
        evidence=_find_evidence(parse, candidate),
        implied=_find_implied(parse, candidate, merged),
        judgement=judgements.get(trigger.head),
    )


def _find_modes(parse: Parse, candidate: Candidate, score: float) -> tuple[Field[str], ...]:
    """Return the modes of a trigger and of what was merged into it, those of the most specific pattern first."""
    modes: dict[str, Field[str]] = {}
    triggers = [candidate.trigger, *candidate.absorbed]
    for trigger in sorted(triggers, key=lambda t: not t.specific):
        if trigger.mode is not None and trigger.type is candidate.trigger.type:
            span = parse.span(trigger.tokens)
            modes.setdefault(trigger.mode, Field(trigger.mode, span, "rule:lexicon", score))
    return tuple(modes.values())


def _find_implied(parse: Parse, candidate: Candidate, merged: list[Candidate]) -> Field[Axes] | None:
    """Return the axes that the construction itself imposes: a refusal has happened, the content of a threat has not."""
    trigger = candidate.trigger
    if trigger.refusal:
        return Field(_DONE, parse.span(trigger.tokens), "rule:refusal", 0.8)
    threat = _find_threat(parse, candidate, merged)
    if threat is None:
        return None
    return Field(_THREATENED, parse.span(threat.trigger.tokens), "rule:threat", 0.8)


def _find_threat(parse: Parse, candidate: Candidate, merged: list[Candidate]) -> Candidate | None:
    """Return the threat that an act is the content of, or None."""
    threats = {other.head: other for other in merged if other.type is EventType.THREATEN}
    if not threats or candidate.type not in _THREATENABLE:
        return None
    i = candidate.head
    for ancestor in parse.ancestors(i):
        dep = parse.tokens[i].dep
        if ancestor.i in threats:
            return threats[ancestor.i] if dep in ("xcomp", "dobj", "prep", "ccomp", "acl") else None
        if dep in ("advcl", "relcl", "mark"):
            return None
        i = ancestor.i
    return None


def _share_targets(parse: Parse, merged: list[Candidate]) -> list[Candidate]:
    """Let a threat and what is threatened share whom they are meant for, where only one of them says so."""
    targets: dict[int, tuple[int, ...]] = {}
    for candidate in merged:
        threat = _find_threat(parse, candidate, merged)
        if threat is None:
            continue
        own, theirs = candidate.arguments.recipients, threat.arguments.recipients
        if own and not theirs:
            targets[threat.head] = own
        elif theirs and not own:
            targets[candidate.head] = theirs
    return [
        msgspec.structs.replace(
            candidate,
            arguments=msgspec.structs.replace(candidate.arguments, recipients=targets[candidate.head]),
        )
        if candidate.head in targets
        else candidate
        for candidate in merged
    ]


def _inherit_parties(
    parse: Parse,
    candidate: Candidate,
    mention: EventMention,
    earlier: list[EventMention],
    lexicon: EventLexicon,
) -> EventMention:
    """Give an event told of again ("the attack", "these talks") the parties it was told of with before."""
    pointers = [head for head in candidate.heads if _is_definite(parse, head)]
    if mention.actors or not pointers:
        return mention
    event_type, sentence = mention.types[0].value, parse.tokens[mention.head].sentence
    for other in reversed(earlier):
        if parse.tokens[other.head].sentence < sentence - MAX_SENTENCES_BACK:
            break
        if other.types[0].value is event_type and other.actors and _is_alike(parse, pointers, mention, other, lexicon):
            return msgspec.structs.replace(
                mention,
                actors=_as_inherited(other.actors),
                recipients=mention.recipients or _as_inherited(other.recipients),
            )
    return mention


def _is_alike(
    parse: Parse, pointers: list[int], mention: EventMention, other: EventMention, lexicon: EventLexicon
) -> bool:
    """Say whether an event told before can be meant by the noun: by the same word or mode, or a noun that fits any.

    Not where one side speaks of itself ("our forces"): it does not tell who did what the noun means.
    """
    if any(field.value.lower().startswith(_OWN) for field in other.actors):
        return False
    if {mode.value for mode in mention.modes} & {mode.value for mode in other.modes}:
        return True
    root = parse.lemma(other.head)[:_ROOT_CHARS]
    return any(
        noun_lemma(parse, i) in lexicon.words["any_event"] or parse.lemma(i)[:_ROOT_CHARS] == root for i in pointers
    )


def _is_definite(parse: Parse, i: int) -> bool:
    """Say whether a noun points back to something told before."""
    if parse.tokens[i].tag[:2] != "NN":
        return False
    return any(child.dep == "det" and child.lower in _POINTERS for child in parse.children(i))


def _as_inherited(fields: tuple[Field[str], ...]) -> tuple[Field[str], ...]:
    return tuple(Field(field.value, field.span, "rule:anaphora", 0.5) for field in fields)


def _find_evidence(parse: Parse, candidate: Candidate) -> Span:
    """Return the run from the first to the last of trigger, object and parties in its sentence, cut where too long."""
    trigger = candidate.trigger
    sentence = parse.sentence_of(trigger.head).span
    whole = parse.span(trigger.tokens)
    start, end = whole.start, whole.end
    heads = [i for i in candidate.arguments.beside if _stands_beside(parse, i, trigger.head)]
    heads.extend(child.i for child in parse.children(trigger.head) if child.dep in ("dobj", "nsubjpass"))
    if trigger.consumed is not None:
        heads.append(trigger.consumed)
    spans = [parse.span(parse.noun_phrase(i)) for i in dict.fromkeys(heads)]
    spans.extend(parse.span(other.tokens) for other in candidate.absorbed)
    for span in sorted(spans, key=lambda s: min(abs(s.start - end), abs(start - s.end))):
        if sentence.covers(span) and max(end, span.end) - min(start, span.start) <= MAX_EVIDENCE_CHARS:
            start, end = min(start, span.start), max(end, span.end)
    return Span(start, end)


def _stands_beside(parse: Parse, party: int, head: int) -> bool:
    """Say whether a party stands with its trigger, and not with another verb that shares it ("came and took")."""
    if parse.tokens[head].tag[:2] != "VB":
        return True
    low, high = sorted((party, head))
    return not any(
        parse.tokens[i].tag[:2] == "VB" and parse.tokens[i].dep not in ("aux", "auxpass", "amod")
        for i in range(low + 1, high)
    )
