"""Time expressions: found by a grammar of regular expressions, read as far as the words alone allow.

The grammar follows the classes of TIMEX3 (TimeML 1.2.1). What needs a calendar ("Friday", "last month") is left to
grounding: here it becomes unit, offset and name.
"""

import calendar
from collections.abc import Sequence

import msgspec

from reportedly.extract.binding import find_preposition, find_verb, score_binding
from reportedly.extract.clauses import find_modal, find_tense
from reportedly.extract.mentions import EventMention, TimeMention
from reportedly.extract.parse import Parse, Token
from reportedly.extract.time_context import read_in_context
from reportedly.extract.time_lexicon import TimeLexicon, open_times
from reportedly.extract.timex import READERS
from reportedly.records.claim import Timex, TimexKind
from reportedly.records.document import Document
from reportedly.records.ontology import EventType
from reportedly.records.spans import Field, Span

__all__ = ["SAYING", "TimeLexicon", "find_times", "open_times", "propose_times"]

_SPOKEN = frozenset({EventType.AGREE, EventType.CONCEDE, EventType.REJECT, EventType.THREATEN})
"""Acts that a saying performs by itself."""
SAYING = frozenset({"say", "tell", "announce", "declare", "state", "add", "vow", "pledge", "write", "reiterate"})
_FUTURE_AUX = frozenset({"will", "shall", "'ll", "’ll", "would"})
_PLANNING = frozenset(
    {"plan", "expect", "schedule", "set", "due", "intend", "agree", "want", "hope", "prepare", "slate"}
)
_IS = frozenset({"is", "are", "’s", "'s"})
_NAMED = frozenset(name.lower() for name in (*calendar.day_name, *calendar.month_name[1:]))
_PLANNED = frozenset({"scheduled", "slated", "planned", "expected"})


def find_times(parse: Parse, document: Document, lexicon: TimeLexicon) -> tuple[TimeMention, ...]:
    """Find the time expressions of a document, in text order, not overlapping.

    A span is widened from the first token it touches to the last. A weekday or month in a clause that looks ahead
    ("will meet on Friday") has offset 1, so that grounding resolves it forward.
    """
    found: list[TimeMention] = []
    for sentence in parse.sentences:
        text = sentence.span.slice(parse.text)
        lower = text.lower()
        has_digit = any(map(str.isdigit, lower))
        taken: list[Span] = []
        for rule in lexicon.rules:
            if not rule.may_match(lower, has_digit):
                continue
            name = rule.reader
            for match in rule.pattern.finditer(text):
                span = Span(sentence.span.start + match.start(), sentence.span.start + match.end())
                if span.start == span.end or any(span.overlaps(other) for other in taken):
                    continue
                timex = READERS[name](match, lexicon)
                if timex is None:
                    continue
                taken.append(span)
                tokens = parse.tokens_in(span)
                if not tokens or (name == "ref" and not _is_temporal(parse, tokens[0].i, match.group())):
                    continue
                if name in _PLAIN and _is_title(parse, tokens):
                    continue
                timex = _look_ahead(parse, tokens[0].i, timex)
                found.append(TimeMention(Field(timex, span, f"rule:{name}", 0.9), tokens[0].i, tokens[-1].i + 1))
    found.sort(key=lambda mention: mention.first)
    return read_in_context(parse, found)


_CLOCKED = frozenset({"earlier", "later", "once", "previously", "future", "recent", "current"})


def _is_temporal(parse: Parse, i: int, words: str) -> bool:
    """Keep vague words only where they date something: "recent" before a noun, "later" not in "later than"."""
    following = parse.tokens[i + 1].lower if i + 1 < len(parse.tokens) else ""
    return words.lower() not in _CLOCKED or (words.lower() in ("recent", "current", "future") and following != "and")


_PLAIN = frozenset(
    {"duration", "span", "unit", "same", "ref", "vague", "noon", "relative_day", "part", "recent", "rolling"}
    | {"running", "running_year", "running_unit", "set"}
)
"""Readers of expressions that hold no name."""


def _is_title(parse: Parse, tokens: Sequence[Token]) -> bool:
    """Say whether plain words have a capital inside a sentence: a programme, a paper or a group of that name.

    A headline, with capitals throughout, says nothing by them.
    """
    words = parse.sentence_tokens(tokens[0].sentence)
    follows = tokens[0].i > words[0].i and parse.tokens[tokens[0].i - 1].text.isalpha()
    marked = [token for token in tokens[0 if follows else 1 :] if token.text.istitle() and token.lower not in _NAMED]
    if not marked:
        return False
    return sum(token.text[0].isupper() for token in words) < sum(token.text.islower() for token in words)


def _look_ahead(parse: Parse, i: int, timex: Timex) -> Timex:
    """Give a weekday or a day without a year offset 1 where its clause looks ahead: "will meet", "until", "plan to"."""
    if timex.offset is not None or timex.name is None:
        return timex
    before = parse.tokens[i - 1].lower if i else ""
    ahead = before == "until" or (before == "as" and i > 1 and parse.tokens[i - 2].lower in ("early", "soon"))
    verb = next((ancestor for ancestor in parse.ancestors(i) if ancestor.tag[:2] == "VB"), None)
    if verb is not None:
        ahead = (ahead or _is_to_come(parse, verb)) and not _was_to_come(parse, verb)
    if ahead:
        return msgspec.structs.replace(timex, offset=1)
    return msgspec.structs.replace(timex, offset=-1) if timex.unit == "month" and _is_told(parse, i) else timex


def _is_to_come(parse: Parse, verb: Token) -> bool:
    """Say whether the clause of a verb tells of what is planned or will be."""
    words = {child.lower for child in parse.children(verb.i) if child.dep in ("aux", "auxpass")}
    governor = parse.head(verb.i)
    if "to" in words and (parse.lemma(governor.i) in _PLANNING or governor.lower in _IS):
        return True
    if parse.lemma(verb.i) == "plan" and parse.child(verb.i, "xcomp") is not None:
        return True
    return bool(words & _FUTURE_AUX) or verb.lower in _PLANNED or find_tense(parse, verb.i) == "future"


def _was_to_come(parse: Parse, verb: Token) -> bool:
    """Say whether it was planned at some time before: "the truce had been set to end on Friday"."""
    line = [verb.i, verb.head, parse.tokens[verb.head].head]
    return any(child.lower == "had" and child.dep == "aux" for above in line for child in parse.children(above))


def _is_told(parse: Parse, i: int) -> bool:
    """Say whether a time hangs on a verb in the past, with no noun between ("started in January")."""
    host = parse.head(i)
    if host.tag == "IN":
        host = parse.head(host.i)
    passive = host.tag == "VBN" and any(child.lower in ("was", "were") for child in parse.children(host.i))
    return (host.tag == "VBD" or passive) and find_tense(parse, host.i) == "past"


def propose_times(parse: Parse, event: EventMention, times: Sequence[TimeMention]) -> tuple[Field[Timex], ...]:
    """Propose the time of one event from its own sentence, best first, scored by ``score_binding``.

    Repeated times date nothing, nor do durations but those that end or begin with the report ("in the past four
    days"); vague times ("recently") are left out.
    """
    proposed: list[Field[Timex]] = []
    for mention in times:
        timex = mention.field.value
        if parse.tokens[mention.first].sentence != parse.tokens[event.head].sentence:
            continue
        if timex.kind is TimexKind.SET or (timex.value or "").endswith("_REF"):
            continue
        if timex.value is None and timex.offset is None and timex.name is None:
            # "That day", where no day was named before it.
            continue
        if (timex.kind is TimexKind.DURATION and timex.offset is None) or _is_bare_clock(timex):
            continue
        score = max(score_binding(parse, event.head, mention), _score_saying(parse, event, mention))
        modifier = find_preposition(parse, mention)
        if modifier is not None:
            timex = msgspec.structs.replace(timex, modifier=modifier)
        proposed.append(Field(timex, mention.field.span, mention.field.by, score))
    return tuple(sorted(proposed, key=lambda field: -field.score))


def _is_bare_clock(timex: Timex) -> bool:
    """Say whether a time of day names no day: "at 17:30" dates nothing, since publication is no default."""
    on_clock = timex.part is not None and timex.part[1:2].isdigit()
    return on_clock and timex.name is None and timex.value is None and "day" not in timex.text.lower()


def _score_saying(parse: Parse, event: EventMention, mention: TimeMention) -> float:
    """Score the day of a saying for the promise, concession or refusal that the saying is.

    "Norland said on Friday that it would lift the ban": the concession is made on Friday, whatever is to come then.
    """
    if event.types[0].value not in _SPOKEN:
        return 0.0
    below = parse.tokens[event.head]
    for up in parse.ancestors(event.head):
        if below.dep == "ccomp" and parse.lemma(up.i) in SAYING:
            if find_tense(parse, below.i) in ("past", "perfect") and find_modal(parse, below.i) is None:
                return 0.0
            return 0.8 if find_verb(parse, mention) == up.i else 0.0
        below = up
    return 0.0
