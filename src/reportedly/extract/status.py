"""Did it happen? Axes, stage, condition and hedges of one event mention, from the words that govern it.

``governors`` follows the event up its syntactic tree; this module turns what was seen there into the codebook's axes.
Times decide what is background and what lies ahead.
"""

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from reportedly.extract.background import find_ahead, find_background
from reportedly.extract.clauses import find_tense
from reportedly.extract.denials import find_denial, find_open_decision
from reportedly.extract.governors import StatusTrace, trace_status
from reportedly.extract.hedges import find_hedges
from reportedly.extract.mentions import EventMention, StatusReading, TimeMention
from reportedly.extract.parse import Parse, Token
from reportedly.extract.status_cues import StatusCues, open_status
from reportedly.records.claim import Axes, Certainty, Mood, Polarity, Stage, Tense
from reportedly.records.document import Document
from reportedly.records.ontology import EventType
from reportedly.records.spans import Field, Span

__all__ = ["StatusCues", "StatusTrace", "open_status", "read_status", "trace_status"]

_STAGES = {
    "considered": Stage.CONSIDERED,
    "prepared": Stage.PREPARED,
    "ordered": Stage.ORDERED,
    "announced": Stage.ANNOUNCED,
    "attempted": Stage.PREPARED,
}
_SPEECH = frozenset(
    {
        EventType.ACCUSE,
        EventType.PROTEST,
        EventType.REJECT,
        EventType.REQUEST,
        EventType.SUPPORT,
        EventType.THREATEN,
    }
)
"""Acts that an assembly or a visit performs by being held: "rallied to denounce" is a denunciation."""
_UNREAL = frozenset({"future", "infinitive", "imperative"})


class _Decision(msgspec.Struct, frozen=True):
    """Axes, the token that decides them, and the rule's name."""

    axes: Axes
    token: int | None
    by: str


def read_status(
    parse: Parse, event: EventMention, times: Sequence[TimeMention], document: Document, cues: StatusCues
) -> StatusReading:
    """Read how one event mention stands.

    Args:
        parse: The document's syntax.
        event: The event; its head may be a verb or a noun.
        times: Time expressions of the document; old ones mark background, coming ones plans.
        document: The document, for its genre and publication time (a bound will do).
        cues: From ``open_status``.

    Returns:
        Axes with the words that decide them, stage where planned, condition where the event stands in one or depends
        on one, and hedges.
    """
    trace = trace_status(parse, event.head, cues)
    hedges = find_hedges(parse, event, trace, cues.words)
    ahead = find_ahead(parse, event, times, document)
    if event.implied is not None:
        decision = _Decision(event.implied.value, event.head, "implied")
    else:
        speech = event.types[0].value in _SPEECH
        if speech and trace.hypothetical is not None and parse.tokens[event.head].tag[:1] == "N":
            trace.hypothetical = None
        decision = _decide(parse, event.head, trace, cues, ahead is not None, speech)
    axes = decision.axes
    if hedges and axes.certainty is Certainty.CERTAIN:
        axes = msgspec.structs.replace(axes, certainty=Certainty.PROBABLE)
    span = parse.tokens[decision.token].span if decision.token is not None else None
    background = find_background(parse, event, times, document, cues.words)
    by = decision.by
    if background is not None and axes.time is not Tense.FUTURE:
        axes, span, by = msgspec.structs.replace(axes, time=Tense.HISTORICAL), background, "background"
    condition = trace.condition
    return StatusReading(
        axes=Field(axes, span, f"rule:{by}", 0.8),
        stage=_find_stage(parse, trace, axes),
        condition=Field(condition.slice(parse.text), condition, "rule:condition", 0.8) if condition else None,
        hedges=hedges,
    )


def _decide(parse: Parse, head: int, trace: StatusTrace, cues: StatusCues, ahead: bool, speech: bool) -> _Decision:
    """Turn what was seen into axes, in the codebook's order of precedence."""
    time = _find_time(parse, head, trace, cues, ahead, speech)
    certainty = _find_certainty(parse, trace, cues)
    for decision in (
        _decide_polarity(parse, head, trace, cues, time, certainty),
        _decide_mood(parse, head, trace, cues, time, certainty, speech),
    ):
        if decision is not None:
            return decision
    possible = trace.find("possible", "wanted")
    if possible is not None:
        return _Decision(Axes(certainty=Certainty.POSSIBLE, time=time), possible.token, "possibility")
    if certainty is Certainty.POSSIBLE:
        return _Decision(Axes(certainty=certainty, time=time), trace.modal, "modal")
    if time is Tense.FUTURE:
        return _Decision(Axes(certainty=certainty, time=time, mood=Mood.PLANNED), head, "future")
    ongoing = trace.find("ongoing")
    return _Decision(Axes(certainty=certainty, time=time), ongoing.token if ongoing else head, "tense")


def _decide_polarity(
    parse: Parse, head: int, trace: StatusTrace, cues: StatusCues, time: Tense, certainty: Certainty
) -> _Decision | None:
    """Denied, negated or left open."""
    denied = trace.find("denied")
    denial = denied.token if denied is not None else find_denial(parse, head, cues.words)
    if denial is not None:
        return _Decision(Axes(Polarity.DENIED, certainty, time), denial, "denial")
    pending = find_open_decision(parse, trace, cues.words)
    if pending is not None:
        return _Decision(Axes(Polarity.OPEN, certainty, time), pending, "no-decision")
    if trace.negated is not None:
        if parse.tokens[trace.negated].lower == "no" and parse.lemma(parse.tokens[trace.negated].head) == "decision":
            return _Decision(Axes(Polarity.OPEN, certainty, time), trace.negated, "no-decision")
        if not trace.protasis:
            return _Decision(Axes(Polarity.NEGATIVE, certainty, time), trace.negated, "negation")
    negated = trace.find("negated")
    if negated is not None and not trace.protasis:
        return _Decision(Axes(Polarity.NEGATIVE, certainty, time), negated.token, "negation")
    undecided = trace.find("undecided")
    if undecided is not None:
        return _Decision(Axes(Polarity.OPEN, certainty, time), undecided.token, "undecided")
    if _is_undecided(parse, head):
        return _Decision(Axes(Polarity.OPEN, certainty, time), head, "no-decision")
    return None


def _decide_mood(
    parse: Parse,
    head: int,
    trace: StatusTrace,
    cues: StatusCues,
    time: Tense,
    certainty: Certainty,
    speech: bool,
) -> _Decision | None:
    """Threatened, demanded, conditional or planned."""
    if trace.hypothetical is not None:
        axes = Axes(certainty=certainty, time=Tense.FUTURE, mood=Mood.CONDITIONAL)
        return _Decision(axes, trace.hypothetical, "condition")
    threatened = trace.find("threatened")
    if threatened is not None:
        axes = Axes(certainty=certainty, time=Tense.FUTURE, mood=Mood.THREATENED)
        return _Decision(axes, threatened.token, "threatened")
    demanded = trace.find("demanded")
    must = _modal_in(parse, trace, cues, "demanding_modals")
    if demanded is not None or ((must or trace.tense == "imperative") and not trace.protasis):
        axes = Axes(certainty=certainty, time=Tense.FUTURE, mood=Mood.DEMANDED)
        return _Decision(axes, demanded.token if demanded else trace.modal or head, "demanded")
    first = trace.governors[0] if trace.governors else None
    scheduled = first is not None and first.relation == "mod" and first.name == "announced"
    if _is_conditional(parse, trace) and not (scheduled and trace.protasis):
        axes = Axes(certainty=certainty, time=Tense.FUTURE, mood=Mood.CONDITIONAL)
        return _Decision(axes, head, "condition")
    planned = trace.find(*_STAGES)
    # "Voted to condemn" is the condemnation.
    voted = speech and planned is not None and parse.lemma(planned.token) == "vote"
    if planned is not None and not voted:
        return _Decision(Axes(certainty=certainty, time=Tense.FUTURE, mood=Mood.PLANNED), planned.token, "plan")
    return None


def _modal_in(parse: Parse, trace: StatusTrace, cues: StatusCues, words: str) -> bool:
    return trace.modal is not None and parse.tokens[trace.modal].lower in cues.words[words]


def _is_conditional(parse: Parse, trace: StatusTrace) -> bool:
    if trace.condition is not None:
        return trace.protasis or trace.modal is not None or trace.tense in (*_UNREAL, "present", "none")
    modal = parse.tokens[trace.modal].lower if trace.modal is not None else ""
    return modal in ("would", "'d", "’d") and trace.report is None


def _find_certainty(parse: Parse, trace: StatusTrace, cues: StatusCues) -> Certainty:
    if _modal_in(parse, trace, cues, "possible_modals"):
        return Certainty.POSSIBLE
    return Certainty.PROBABLE if trace.find("probable") else Certainty.CERTAIN


def _find_time(parse: Parse, head: int, trace: StatusTrace, cues: StatusCues, ahead: bool, speech: bool) -> Tense:
    if trace.tense == "future" or trace.hypothetical is not None or _modal_in(parse, trace, cues, "future_modals"):
        return Tense.FUTURE
    if trace.tense == "infinitive" and trace.verb is not None and parse.tokens[trace.verb].dep == "ROOT":
        # "Norland to send troops": a headline's future.
        return Tense.FUTURE
    purpose = trace.find("purpose")
    if purpose is not None and speech and find_tense(parse, purpose.token) not in _UNREAL:
        return Tense.PAST
    if purpose is not None or trace.find("prospective") or trace.tense == "imperative":
        return Tense.FUTURE
    if trace.find("wanted") or (ahead and trace.tense not in ("past", "perfect")):
        return Tense.FUTURE
    ended = trace.find("ended")
    if ended is not None:
        verb = ended.token if parse.tokens[ended.token].tag[:2] == "VB" else None
        return Tense.PRESENT if verb is not None and find_tense(parse, verb) in _UNREAL else Tense.PAST
    return Tense.PRESENT if trace.find("ongoing") or _is_lasting(parse, head, trace, cues, speech) else Tense.PAST


def _is_lasting(parse: Parse, head: int, trace: StatusTrace, cues: StatusCues, speech: bool) -> bool:
    """Say whether the form of an event's clause, or its noun, tells of something that goes on."""
    if trace.tense in ("progressive", "perfect-progressive"):
        return True
    if trace.tense == "perfect":
        return _goes_on(parse, trace.verb if trace.verb is not None else head)
    lemma = parse.lemma(head)
    if parse.tokens[head].tag[:1] == "N":
        return trace.tense in ("none", "present") and lemma in cues.words["states"]
    if trace.tense not in ("present", "participle"):
        return False
    mark = parse.child(head, "mark")
    if mark is not None and mark.lower in ("as", "while") and trace.tense == "present" and not speech:
        return True
    return lemma in cues.words["durative"] and parse.tokens[head].dep in ("relcl", "acl", "advcl")


def _goes_on(parse: Parse, verb: int) -> bool:
    """A perfect with "since" on it or "so far" beside it tells of something that goes on."""
    words = [token.lower for token in parse.sentence_tokens(parse.tokens[verb].sentence)]
    near = parse.children(verb)
    below = [*near, *(g for child in near if child.pos in ("NOUN", "PROPN", "ADP") for g in parse.children(child.i))]
    return any(child.lower == "since" for child in below) or any(pair == ("so", "far") for pair in pairwise(words))


def _is_undecided(parse: Parse, head: int) -> bool:
    """Say whether the sentence says outright that nothing is decided on the event."""
    for token in parse.sentence_tokens(parse.tokens[head].sentence):
        if token.lower in ("decision", "decisions") and any(
            child.lower == "no" or child.dep == "neg" for child in parse.children(token.i)
        ):
            return token.i in [ancestor.i for ancestor in parse.ancestors(head)] or _shares_clause(parse, token, head)
        if token.lower == "undecided":
            return True
    return False


def _shares_clause(parse: Parse, token: Token, head: int) -> bool:
    root = next((a.i for a in parse.ancestors(token.i) if a.tag[:2] == "VB"), token.i)
    return any(ancestor.i == root for ancestor in parse.ancestors(head))


def _find_stage(parse: Parse, trace: StatusTrace, axes: Axes) -> Field[Stage] | None:
    if axes.mood is not Mood.PLANNED:
        return None
    planned = trace.find(*_STAGES)
    if planned is not None:
        span: Span = parse.tokens[planned.token].span
        return Field(_STAGES[planned.name], span, f"rule:{planned.name}", 0.8)
    return Field(Stage.ANNOUNCED, None, "rule:future", 0.6)
