"""Time expressions: found by a grammar of regular expressions, read as far as the words alone allow.

The grammar follows the classes of TIMEX3 (TimeML 1.2.1). What needs a calendar ("Friday", "last month") is left to
grounding: here it becomes unit, offset and name.
"""

from collections.abc import Sequence

import msgspec

from reportedly.extract.mentions import EventMention, TimeMention
from reportedly.extract.parse import Parse, Token
from reportedly.extract.time_lexicon import TimeLexicon, open_times
from reportedly.extract.timex import READERS
from reportedly.records.claim import Timex, TimexKind
from reportedly.records.document import Document
from reportedly.records.spans import Field, Span

__all__ = ["TimeLexicon", "find_times", "open_times", "propose_times"]

_MODIFYING = frozenset({"compound", "nummod", "nmod", "amod", "poss", "npadvmod"})
_PASSING = {
    "dobj": 0.9,
    "nsubj": 0.9,
    "nsubjpass": 0.9,
    "attr": 0.9,
    "pobj": 0.9,
    "pcomp": 0.7,
    "prep": 1.0,
    "compound": 0.9,
    "xcomp": 0.85,
    "conj": 0.65,
    "advcl": 0.55,
    "acl": 0.5,
    "agent": 1.0,
    "oprd": 0.9,
}
"""How much of the certainty passes from an event to what it hangs on, by dependency; 0 for all others: a reporting
verb's time is not that of what is reported."""
_SETTING = frozenset(
    {"begin", "start", "take", "happen", "occur", "schedule", "set", "plan", "hold", "due", "sign", "end"}
)
"""Verbs of a clause on an event noun that date the noun ("the truce that began on Monday")."""
_FUTURE_AUX = frozenset({"will", "shall", "'ll", "’ll", "would"})
_PLANNING = frozenset(
    {"plan", "expect", "schedule", "set", "due", "intend", "agree", "want", "hope", "prepare", "slate"}
)
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
                timex = _look_ahead(parse, tokens[0].i, timex)
                found.append(TimeMention(Field(timex, span, f"rule:{name}", 0.9), tokens[0].i, tokens[-1].i + 1))
    found.sort(key=lambda mention: mention.first)
    return tuple(_compare(parse, found, index) for index in range(len(found)))


def _compare(parse: Parse, found: Sequence[TimeMention], index: int) -> TimeMention:
    """Give "a year earlier" the period it is compared with, where a quarter was spoken of just before."""
    mention = found[index]
    timex = mention.field.value
    if timex.modifier != "ago" or timex.unit != "year" or timex.offset != -1:
        return mention
    sentence = parse.tokens[mention.first].sentence
    for earlier in reversed(found[:index]):
        period = earlier.field.value
        if sentence - parse.tokens[earlier.first].sentence > 3:
            break
        if period.unit == "quarter" and period.modifier != "ago":
            offset = -1.0 if period.value is not None else (period.offset or 0.0) - 4
            timex = msgspec.structs.replace(timex, unit="quarter", value=period.value, offset=offset)
            field = msgspec.structs.replace(mention.field, value=timex)
            return msgspec.structs.replace(mention, field=field)
    return mention


_CLOCKED = frozenset({"earlier", "later", "once", "previously", "future", "recent", "current"})


def _is_temporal(parse: Parse, i: int, words: str) -> bool:
    """Keep vague words only where they date something: "recent" before a noun, "later" not in "later than"."""
    following = parse.tokens[i + 1].lower if i + 1 < len(parse.tokens) else ""
    return words.lower() not in _CLOCKED or (words.lower() in ("recent", "current", "future") and following != "and")


def _look_ahead(parse: Parse, i: int, timex: Timex) -> Timex:
    """Give a weekday or a day without a year offset 1 where its clause looks ahead: "will meet", "until", "plan to"."""
    if timex.offset is not None or timex.name is None:
        return timex
    before = parse.tokens[i - 1].lower if i else ""
    ahead = before == "until"
    for ancestor in parse.ancestors(i):
        if ancestor.tag[:2] == "VB":
            words = {child.lower for child in parse.children(ancestor.i) if child.dep in ("aux", "auxpass")}
            governor = parse.head(ancestor.i)
            planned = "to" in words and parse.lemma(governor.i) in _PLANNING
            ahead = ahead or bool(words & _FUTURE_AUX) or planned or ancestor.lower in _PLANNED
            break
    return msgspec.structs.replace(timex, offset=1) if ahead else timex


def propose_times(parse: Parse, event: EventMention, times: Sequence[TimeMention]) -> tuple[Field[Timex], ...]:
    """Propose the time of one event, best first, scored by ``score_binding``.

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
        if timex.kind is TimexKind.DURATION and timex.offset is None:
            continue
        score = score_binding(parse, event.head, mention)
        modifier = find_preposition(parse, mention)
        if modifier is not None:
            timex = msgspec.structs.replace(timex, modifier=modifier)
        proposed.append(Field(timex, mention.field.span, mention.field.by, score))
    return tuple(sorted(proposed, key=lambda field: -field.score))


def score_binding(parse: Parse, head: int, mention: TimeMention) -> float:
    """Say how surely a time expression of the same sentence dates the event at ``head``, from 0 to 1.

    It dates what it hangs on: the event, or the verb whose clause the event belongs to. A day before a noun ("the
    May 5 vote") dates that noun alone; one on another noun ("before the vote on May 5") dates that one, unless the
    noun is a name, since parsers hang "in Kyiv on Friday" on either word.
    """
    token = parse.tokens[find_head(parse, mention)]
    if token.i == head:
        return 0.0
    host, prepositional = _find_host(parse, token)
    if host == head:
        return 0.95
    if not prepositional and token.dep in _MODIFYING and parse.tokens[host].tag[:1] == "N":
        occasion = parse.tokens[host].dep == "pobj" and parse.head(host).lower in ("at", "during")
        above = parse.head(parse.head(host).i).i if occasion else -1
        return _find_line(parse, head, mention).get(above, 0.2) * (0.85 if occasion else 1.0)
    if parse.tokens[host].head == head and parse.tokens[host].dep in ("relcl", "acl"):
        return 0.8 if parse.lemma(host) in _SETTING else 0.35
    line = _find_line(parse, head, mention)
    if host in line:
        return line[host]
    if parse.tokens[host].tag[:2] == "VB":
        return 0.35
    above = next((a for a in parse.ancestors(host) if a.i in line or a.tag[:2] == "VB"), None)
    if above is None or above.i not in line:
        return 0.3
    return line[above.i] * (0.95 if parse.tokens[host].pos == "PROPN" else 0.6)


def _find_host(parse: Parse, token: Token) -> tuple[int, bool]:
    """Return what a time expression hangs on, prepositions skipped, and whether one stood between."""
    prepositional = False
    up = parse.head(token.i)
    while up.pos in ("ADP", "PART") and up.head != up.i:
        up, prepositional = parse.head(up.i), True
    return up.i, prepositional


def _find_line(parse: Parse, head: int, mention: TimeMention) -> dict[int, float]:
    """Return the tokens whose time is also the event's, with how surely: itself and what it hangs on."""
    line, score, i = {head: 0.95}, 0.95, head
    for up in parse.ancestors(head):
        dep = parse.tokens[i].dep
        # "Launched an attack on May 5 that killed …": what an object did is dated with it.
        score *= 0.65 if dep == "relcl" and up.dep == "dobj" else _PASSING.get(dep, 0.0)
        if dep == "conj" and mention.first > up.i:
            score *= 0.75
        if up.pos in ("ADP", "PART"):
            score *= 1.0 if up.lower == "of" else 0.7
        else:
            line[up.i] = score
        if score < 0.2:
            break
        i = up.i
    return line


def find_head(parse: Parse, mention: TimeMention) -> int:
    """Return the token of a time expression that hangs outside it."""
    inside = range(mention.first, mention.last)
    return next((i for i in inside if parse.tokens[i].head not in inside), mention.first)


def find_preposition(parse: Parse, mention: TimeMention) -> str | None:
    """Return the word before a time expression that opens or bounds it ("since", "until"), or None."""
    before = parse.tokens[mention.first - 1].lower if mention.first > 0 else ""
    return before if before in ("since", "until", "before", "after", "by") else None
