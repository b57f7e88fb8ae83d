"""Did it happen? Axes, stage, condition and hedges of one event mention, from the words that govern it.

The event is followed up its syntactic tree. Each governor ("plan", "threat of", "deny") is looked up in a table of
classes; auxiliaries, negation and conditional clauses are read on the way; times decide what is background. The scheme
follows FactBank and the event-selecting predicates of Saurí and Pustejovsky (2009), with the codebook's values.
"""

import tomllib
from collections.abc import Sequence
from importlib.resources import files
from itertools import pairwise

import msgspec

from reportedly.extract.background import find_background
from reportedly.extract.hedges import find_hedges
from reportedly.extract.mentions import EventMention, StatusReading, TimeMention
from reportedly.extract.parse import Parse, Token
from reportedly.records.claim import Axes, Certainty, Mood, Polarity, Stage, Tense
from reportedly.records.document import Document
from reportedly.records.spans import Field, Span

_STAGES = {
    "considered": Stage.CONSIDERED,
    "prepared": Stage.PREPARED,
    "ordered": Stage.ORDERED,
    "announced": Stage.ANNOUNCED,
}
_UP = frozenset(
    {"xcomp", "dobj", "pobj", "pcomp", "prep", "acl", "nsubjpass", "compound", "amod", "attr", "nmod", "agent"}
)
_MAX_STEPS = 8


class StatusCues(msgspec.Struct, frozen=True):
    """Governor lemma to its classes, and word lists."""

    governors: dict[str, tuple[str, ...]]
    words: dict[str, frozenset[str]]


class StatusTrace(msgspec.Struct, frozen=True):
    """What was seen on the way up from an event: the classes of its governors, innermost first, and its own form.

    Attributes:
        governors: (class, token index) pairs.
        modal: Modal verb over the event, lower case.
        negated: Token of a negation over the event, or None.
        tense: Own tense as the auxiliaries show it.
        condition: Span of the condition the event stands in or depends on.
        conditional: Whether the event itself is the condition (protasis).
        report: Token of the first reporting verb above, or None.
    """

    governors: tuple[tuple[str, int], ...]
    modal: str | None
    negated: int | None
    tense: str
    condition: Span | None
    conditional: bool
    report: int | None


def open_status() -> StatusCues:
    """Read the cue lists that ship with the package."""
    table = tomllib.loads(files("reportedly.extract").joinpath("data", "status.toml").read_text(encoding="utf-8"))
    governors: dict[str, list[str]] = {}
    for name, text in table["governors"].items():
        for lemma in text.split():
            classes = governors.setdefault(lemma, [])
            if name not in classes:
                classes.append(name)
    return StatusCues(
        governors={lemma: tuple(names) for lemma, names in governors.items()},
        words={name: frozenset(text.split()) for name, text in table["words"].items()},
    )


def read_status(
    parse: Parse, event: EventMention, times: Sequence[TimeMention], document: Document, cues: StatusCues
) -> StatusReading:
    """Read how one event mention stands.

    Args:
        parse: The document's syntax.
        event: The event; its head may be a verb or a noun.
        times: Time expressions of the document; explicit years and decades mark background.
        document: The document, for its genre and publication time (a bound will do).
        cues: From ``open_status``.

    Returns:
        Axes with the words that decide them, stage where planned, condition where conditional, and hedges.
    """
    trace = trace_status(parse, event.head, cues)
    axes, token, by = _decide_axes(parse, event.head, trace, cues)
    background = find_background(parse, event, times, document, cues.words)
    if background is not None:
        axes, token, by = msgspec.structs.replace(axes, time=Tense.HISTORICAL), None, "background"
    span = background or (parse.tokens[token].span if token is not None else None)
    stage = _find_stage(parse, trace, axes)
    condition = trace.condition if axes.mood is Mood.CONDITIONAL or trace.condition is not None else None
    return StatusReading(
        axes=Field(axes, span, f"rule:{by}", 0.8),
        stage=stage,
        condition=Field(condition.slice(parse.text), condition, "rule:condition") if condition is not None else None,
        hedges=find_hedges(parse, event, cues.words),
    )


def trace_status(parse: Parse, head: int, cues: StatusCues) -> StatusTrace:
    """Follow an event up its tree and note what governs it."""
    governors: list[tuple[str, int]] = []
    modal, negated, report, condition = None, _find_negation(parse, head), None, None
    conditional = False
    verb: int | None = head if parse.tokens[head].tag[:2] == "VB" or parse.tokens[head].tag == "MD" else None
    tense = _own_tense(parse, head) if verb is not None else "none"
    governors.extend(_modifier_classes(parse, head, cues))
    i = head
    for _ in range(_MAX_STEPS):
        token = parse.tokens[i]
        if token.tag[:2] == "VB":
            modal = modal or _find_modal(parse, i)
            mark = _find_condition_mark(parse, i, cues)
            if mark is not None and condition is None:
                condition, conditional = parse.span(parse.subtree(i)), True
            elif condition is None:
                condition = _find_own_condition(parse, i, cues)
        if token.head == i:
            break
        up = parse.tokens[token.head]
        if token.dep == "conj" and up.tag[:1] == token.tag[:1]:
            modal = modal or (_find_modal(parse, up.i) if token.tag == "VB" else None)
            i = up.i
            continue
        classes = cues.governors.get(parse.lemma(up.i), ()) if up.pos in ("VERB", "NOUN", "ADJ", "PROPN", "AUX") else ()
        if token.dep == "ccomp" or (token.dep == "acl" and _has_mark(parse, i)):
            governors.extend((name, up.i) for name in classes if name in _THROUGH_CLAUSES)
            if up.tag[:2] == "VB" and report is None:
                report = up.i
                if any(name in ("denied",) for name in classes):
                    i = up.i
                    continue
            if _find_negation(parse, up.i) is not None and parse.lemma(up.i) in ("say", "confirm", "believe", "think"):
                negated = negated if negated is not None else _find_negation(parse, up.i)
            if "possible" in classes or parse.lemma(up.i) in ("believe", "suspect", "fear"):
                i = up.i
                continue
            break
        if token.dep not in _UP and not (token.dep == "advcl" and token.tag == "VB"):
            if token.dep == "nsubj" and up.tag[:2] == "VB":
                governors.extend((name, up.i) for name in classes if name in ("ongoing", "ended"))
                if _find_negation(parse, up.i) is not None and negated is None and parse.lemma(up.i) in _HAPPEN:
                    negated = _find_negation(parse, up.i)
                modal = modal or _find_modal(parse, up.i)
            if token.dep == "advcl":
                condition_up = _find_condition_mark(parse, up.i, cues)
                if condition_up is not None and condition is None:
                    condition, conditional = parse.span(parse.subtree(up.i)), True
            break
        if up.tag[:2] == "VB" and verb is None:
            verb = up.i
            tense = _own_tense(parse, up.i)
            if negated is None and token.dep in ("dobj", "nsubjpass", "attr", "prep"):
                negated = _find_negation(parse, up.i)
        elif up.tag[:2] == "VB" and token.dep == "xcomp" and negated is None:
            negated = _find_negation(parse, up.i)
        for name in classes:
            if name in ("demanded", "threatened") and token.dep == "prep" and token.lower in ("against", "by", "to"):
                continue
            governors.append((name, up.i))
        i = up.i
    return StatusTrace(tuple(governors), modal, negated, tense, condition, conditional, report)


_HAPPEN = frozenset({"happen", "occur", "take", "be", "begin", "start"})
_THROUGH_CLAUSES = frozenset({"denied", "possible", "demanded", "announced", "undecided", "threatened"})


def _modifier_classes(parse: Parse, i: int, cues: StatusCues) -> list[tuple[str, int]]:
    found = []
    for child in parse.children(i):
        if child.dep not in ("amod", "compound", "advmod", "nmod", "det"):
            continue
        for name in ("possible", "planned", "threatened", "ongoing", "denied"):
            if child.lower in cues.words[f"{name}_adjectives"]:
                found.append(("announced" if name == "planned" else name, child.i))
        if child.lower == "attempted":
            found.append(("attempted", child.i))
    return found


def _own_tense(parse: Parse, i: int) -> str:
    """past, present, progressive, perfect, perfect-progressive, future, infinitive, participle."""
    token = parse.tokens[i]
    auxiliaries = [child for child in parse.children(i) if child.dep in ("aux", "auxpass")]
    words = {child.lower for child in auxiliaries}
    if any(child.tag == "TO" for child in auxiliaries):
        return "infinitive"
    if words & {"will", "shall", "'ll", "’ll", "wo", "would"}:
        return "future"
    has = words & {"has", "have", "'ve", "’ve", "had", "having"}
    be = words & {"is", "are", "am", "'s", "’s", "'re", "’re", "being"}
    if token.tag == "VBG":
        if has and "been" in words:
            return "perfect-progressive" if not words & {"had"} else "past"
        if be:
            return "progressive"
        return "past" if words & {"was", "were"} else "participle"
    if has and "had" not in has:
        return "perfect"
    if be and any(child.dep == "auxpass" and child.lower == "being" for child in auxiliaries):
        return "progressive"
    if token.tag in ("VBZ", "VBP", "VB") and not has:
        return "present"
    return "past"


def _find_modal(parse: Parse, i: int) -> str | None:
    return next((child.lower for child in parse.children(i) if child.dep == "aux" and child.tag == "MD"), None)


def _find_negation(parse: Parse, i: int) -> int | None:
    for child in parse.children(i):
        if child.dep == "neg" or child.lower in ("never", "n't", "not", "n’t"):
            following = parse.tokens[child.i + 1].lower if child.i + 1 < len(parse.tokens) else ""
            if following not in ("only", "just"):
                return child.i
        if child.dep == "det" and child.lower in ("no", "neither"):
            return child.i
        if child.dep in ("dobj", "nsubjpass", "nsubj") and any(
            grand.dep == "det" and grand.lower == "no" for grand in parse.children(child.i)
        ):
            return child.i
    up = parse.head(i)
    if parse.tokens[i].dep in ("pobj", "pcomp") and up.lower == "without":
        return up.i
    return None


def _has_mark(parse: Parse, i: int) -> bool:
    return parse.child(i, "mark") is not None


def _find_condition_mark(parse: Parse, i: int, cues: StatusCues) -> int | None:
    """Return the word that makes the clause of verb ``i`` a condition: a conjunction, or an inverted "should"."""
    token = parse.tokens[i]
    for child in parse.children(i):
        if child.dep == "mark" and child.lower in ("if", "unless"):
            return child.i
        inverted = child.dep == "aux" and child.lower == "should" and token.dep == "advcl"
        subject = parse.child(i, "nsubj", "nsubjpass")
        if inverted and subject is not None and child.i < subject.i:
            return child.i
    return None


def _find_own_condition(parse: Parse, i: int, cues: StatusCues) -> Span | None:
    """Return the condition that the clause of verb ``i`` depends on ("if …" beside it)."""
    for child in parse.children(i):
        if child.dep == "advcl" and _find_condition_mark(parse, child.i, cues) is not None:
            return parse.span(parse.subtree(child.i))
        if child.dep == "prep" and child.lower in cues.words["conditional_phrases"]:
            return parse.span(parse.subtree(child.i))
    return None


def _decide_axes(parse: Parse, head: int, trace: StatusTrace, cues: StatusCues) -> tuple[Axes, int | None, str]:
    """Turn what was seen into axes; the word that decides and the rule's name come along."""
    first: dict[str, int] = {}
    for name, token in trace.governors:
        first.setdefault(name, token)
    time = _tense_axis(parse, head, trace, first)
    certainty = Certainty.POSSIBLE if trace.modal in cues.words["possible_modals"] else Certainty.CERTAIN
    if "denied" in first:
        return Axes(Polarity.DENIED, certainty, time), first["denied"], "denial"
    if _is_undecided(parse, head, trace):
        return Axes(Polarity.OPEN, certainty, time), head, "no-decision"
    inner = trace.governors[0][0] if trace.governors else None
    if trace.negated is not None or "negated" in first:
        token = trace.negated if trace.negated is not None else first["negated"]
        return Axes(Polarity.NEGATIVE, certainty, time), token, "negation"
    if trace.condition is not None and (trace.conditional or trace.modal or trace.tense in ("future", "infinitive")):
        mood = Mood.THREATENED if "threatened" in first else Mood.CONDITIONAL
        return Axes(certainty=certainty, time=Tense.FUTURE, mood=mood), head, "condition"
    for name, mood in (("threatened", Mood.THREATENED), ("demanded", Mood.DEMANDED)):
        if name in first and inner != "ended":
            return Axes(certainty=certainty, time=Tense.FUTURE, mood=mood), first[name], name
    for name in _STAGES:
        if name in first:
            return Axes(certainty=certainty, time=Tense.FUTURE, mood=Mood.PLANNED), first[name], "plan"
    if "possible" in first:
        return Axes(certainty=Certainty.POSSIBLE, time=time), first["possible"], "possibility"
    if certainty is Certainty.POSSIBLE:
        return Axes(certainty=certainty, time=time), head, "modal"
    if time is Tense.FUTURE:
        return Axes(time=time, mood=Mood.PLANNED), head, "future"
    return Axes(certainty=certainty, time=time), first.get("ongoing", head), "tense"


def _tense_axis(parse: Parse, head: int, trace: StatusTrace, first: dict[str, int]) -> Tense:
    if trace.tense in ("future",) and trace.modal != "would":
        return Tense.FUTURE
    if trace.tense == "infinitive" and not any(name in ("ended", "ongoing", "attempted") for name in first):
        return Tense.FUTURE if _is_prospective(parse, head) else Tense.PAST
    if "ended" in first:
        return Tense.PAST
    if "ongoing" in first or trace.tense in ("progressive", "perfect-progressive"):
        return Tense.PRESENT
    if trace.tense == "perfect" and _goes_on(parse, head):
        return Tense.PRESENT
    return Tense.PAST


def _is_prospective(parse: Parse, head: int) -> bool:
    """An infinitive of purpose or plan looks ahead; one under an implicative verb ("managed to") does not."""
    up = parse.head(head)
    return parse.lemma(up.i) not in _IMPLICATIVE


_IMPLICATIVE = frozenset(
    {"manage", "help", "begin", "start", "force", "get", "rush", "go", "come", "happen", "allow", "cause"}
)


def _goes_on(parse: Parse, head: int) -> bool:
    """A perfect with "since" or "so far" tells of something that goes on."""
    sentence = parse.sentence_of(head)
    words = [token.lower for token in parse.tokens[sentence.first : sentence.last]]
    return "since" in words or any(pair == ("so", "far") for pair in pairwise(words))


def _is_undecided(parse: Parse, head: int, trace: StatusTrace) -> bool:
    """Say whether the sentence says outright that nothing is decided on the event."""
    sentence = parse.sentence_of(head)
    for token in parse.tokens[sentence.first : sentence.last]:
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
    for name, token in trace.governors:
        if name in _STAGES:
            return Field(_STAGES[name], parse.tokens[token].span, f"rule:{name}", 0.8)
    return Field(Stage.ANNOUNCED, None, "rule:future", 0.6)
