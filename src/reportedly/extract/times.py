"""Time expressions: found by a grammar of regular expressions, read as far as the words alone allow.

The grammar follows the classes of TIMEX3 (TimeML 1.2.1). What needs a calendar ("Friday", "last month") is left to
grounding: here it becomes unit, offset and name.
"""

from collections.abc import Sequence

import msgspec

from reportedly.extract.mentions import EventMention, TimeMention
from reportedly.extract.parse import Parse
from reportedly.extract.timex import READERS, TimeLexicon, open_times
from reportedly.records.claim import Timex, TimexKind
from reportedly.records.document import Document
from reportedly.records.spans import Field, Span

__all__ = ["TimeLexicon", "find_times", "open_times", "propose_times"]

_FUTURE_AUX = frozenset({"will", "shall", "'ll", "’ll"})


def find_times(parse: Parse, document: Document, lexicon: TimeLexicon) -> tuple[TimeMention, ...]:
    """Find the time expressions of a document, in text order, not overlapping.

    A span is widened from the first token it touches to the last. A weekday or month in a clause that looks ahead
    ("will meet on Friday") has offset 1, so that grounding resolves it forward.
    """
    found: list[TimeMention] = []
    for sentence in parse.sentences:
        text = sentence.span.slice(parse.text)
        taken: list[Span] = []
        for pattern, name in lexicon.rules:
            for match in pattern.finditer(text):
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
    if timex.offset is not None or timex.name is None:
        return timex
    for ancestor in parse.ancestors(i):
        if ancestor.tag[:2] == "VB":
            words = {child.lower for child in parse.children(ancestor.i) if child.dep in ("aux", "auxpass")}
            if words & _FUTURE_AUX:
                return msgspec.structs.replace(timex, offset=1)
            return timex
    return timex


def propose_times(parse: Parse, event: EventMention, times: Sequence[TimeMention]) -> tuple[Field[Timex], ...]:
    """Propose the time of one event, best first: below its trigger, in its clause, then in its sentence.

    Durations and repeated times date nothing; vague ones ("recently") come last.
    """
    sentence = parse.sentence_of(event.head)
    clause = _clause(parse, event.head)
    proposed: list[Field[Timex]] = []
    for mention in times:
        timex = mention.field.value
        if parse.tokens[mention.first].sentence != sentence.index:
            continue
        if timex.kind in (TimexKind.DURATION, TimexKind.SET) or (timex.value or "").endswith("_REF"):
            continue
        head = next(
            (i for i in range(mention.first, mention.last) if not mention.first <= parse.tokens[i].head < mention.last),
            mention.first,
        )
        above = [ancestor.i for ancestor in parse.ancestors(head)]
        between = next((j for j, i in enumerate(above) if i == event.head), None)
        if between is not None:
            barrier = any(parse.tokens[i].tag[:2] == "VB" for i in above[:between])
            score = 0.6 if barrier else 0.95
        elif clause in above:
            barrier = any(parse.tokens[i].tag[:2] == "VB" for i in above[: above.index(clause)])
            score = 0.45 if barrier else 0.85
        else:
            score = 0.55 if _governs(parse, above, event.head) else 0.3
        modifier = _since(parse, mention.first)
        if modifier is not None:
            timex = msgspec.structs.replace(timex, modifier=modifier)
        proposed.append(Field(timex, mention.field.span, mention.field.by, score))
    return tuple(sorted(proposed, key=lambda field: -field.score))


def _governs(parse: Parse, above: Sequence[int], head: int) -> bool:
    """Say whether the expression's nearest verb governs the event ("said on Friday that …" does not date it)."""
    verb = next((i for i in above if parse.tokens[i].tag[:2] == "VB"), None)
    if verb is None or verb not in [ancestor.i for ancestor in parse.ancestors(head)]:
        return False
    path = [parse.tokens[head], *parse.ancestors(head)]
    return not any(token.dep in ("ccomp", "relcl", "parataxis") for token in path[: [t.i for t in path].index(verb)])


def _clause(parse: Parse, i: int) -> int:
    if parse.tokens[i].tag[:2] == "VB":
        return i
    return next((ancestor.i for ancestor in parse.ancestors(i) if ancestor.tag[:2] == "VB"), i)


def _since(parse: Parse, first: int) -> str | None:
    before = parse.tokens[first - 1].lower if first > 0 else ""
    return before if before in ("since", "until", "before", "after", "by") else None
