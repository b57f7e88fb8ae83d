"""What a sentence shows by its own words: that something happened or is only planned, who says so, how many."""

import re

import msgspec

from reportedly.extract.numbers import read_number
from reportedly.records.claim import Claim, Figure, Source, Status
from reportedly.records.ontology import EventType
from reportedly.records.spans import Field, Span
from reportedly.records.stored import StoredClaim
from reportedly.watch.lexicon import Marks, Pattern
from reportedly.watch.wording import LONGEST, word_bounds

_BREAK = re.compile(
    r"[;:—–]|,(?!\d)|\b(?:and|but|after|before|while|although|though|because|as|which|who|when|where|despite|since)\b",
    re.I,
)
"""What parts clauses, roughly."""
_FINITE = re.compile(r"\b(?:has|have|had|was|were|been|being|is|are)(?: \w+ly)?$", re.I)
PAST = re.compile(
    r"\b(?:\w+ed|struck|hit|shot|fought|took|taken|held|met|broke|broken|left|sent|came|gave|given|went|won|began|begun|fell"
    r"|drove|driven|flew|flown|blew|cut|shut|put|set|laid|led|lost|made|paid|withdrew|withdrawn|overran|retook|brought"
    r"|caught|found|stole|stolen|threw|thrown|ran|sank|sunk|slew|stood|spoke|swept|burnt|freed|fled|let|built|bought)\b",
    re.I,
)
"""A verb in the past; any other trigger is taken for a noun or an infinitive, of which its sentence has to say more."""
_INFINITIVE = re.compile(r"\bto (?!the\b|an?\b|its?\b|his\b|her\b|their\b|[A-Z])\w+(?: [\w'’-]+){0,5} ?$")
_TOKENS = re.compile(r"\d[\d,.]*(?:\s+(?:million|billion|thousand))?|[A-Za-z-]+")
_ONE = re.compile(r"\b(?:an?|one|the)\b", re.I)
_NONE = re.compile(r"\b(?:no|none|nobody)\b", re.I)
_AGREED = re.compile(
    r"\b(?:agree[sd]?|promise[sd]?|pledge[sd]?|vow(?:s|ed)?)(?: [\w'’-]+){0,3} to(?: [\w'’-]+){0,3} ?$", re.I
)
_IS = re.compile(r"\b(?:is|are)(?: (?:\w+ly|still|now|also|again|both|all))?\s*$", re.I)
_PERSONAL = re.compile(r"\b(?:he|she|it)\s+$", re.I)
_RUNS = re.compile(r"\s+(?!(?:has|was|this|as)\b)(?:is|are|[a-z]+[^\Wsu]s)\b")
"""Present tense before a participle, and behind a noun ("thus" and "across" are none)."""
_NEAR = 40
"""Characters between a source and its word of saying at most."""
_PARTED = re.compile(r"([\w-]+) of the [\w,.]+(?: \w+)?$")
"""Before a number: another of which it is the whole ("seven of the 12 officers")."""
_AGAINST_IT = re.compile(r" (?:to|against) ([\w-]+)")
"""Behind a number: the other side of a vote or a score, where that is a number, too."""
_FEW = 5
"""Words before a negated clause from which on they are a clause of their own."""
_CONTENT = re.compile(r"[^\W\d_]{4,}")
_STEM = 5
_DAYS = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")

_TURNS = re.compile(r";|, (?:and|but|while|whereas) ")
"""Between a source and what it would have said: somebody else tells on."""
_JOINED = re.compile(r"[;:]|\b(?:and|but)\b")
_INSERTED = re.compile(r"\b(?:and|but|after|before|for|with|by|of|as|to|in)\b(?: \w+)?,\s*(?:according to )?$")
"""Before a source that speaks of what follows it only: "and then, the skipper says, …"."""
_PUT_IN = re.compile(r",\s*(?:[\w'’-]+\s+){1,5}$")
_CLOSED = re.compile(r"(?:\s+[\w'’-]+){0,4}\s*(?:[,;]|\.?$)")
"""Before and behind a word of saying that stands in a clause of its own between commas, or at the end."""
_QUOTED = re.compile(r'"[^"]*"|“[^”]*”|\bwhat \w+ (?:call|describ)\w+')
"""Words that are not the outlet's: what stands in them does not say that somebody speaks."""
ACTUAL = frozenset({Status.OCCURRED, Status.ONGOING})
"""Told as a fact of the past or of now."""
_RELATIVE = re.compile(
    r"\b(?:who|whom|whose|which|where|since|that (?:is|are|was|were|has|have|had|will|would|did|does|\w+ed)\b)[^,;:]*$",
    re.I,
)
"""A clause that only says which or since when: the sentence as a whole tells something else."""
CALLS = frozenset({EventType.REQUEST, EventType.THREATEN})
"""What has happened in these is only that somebody spoke; they are told of for what lies ahead."""
_OLDER = re.compile(
    r"\bhad (?:\w+ ){0,2}$|\b(?:because|as|after|since|while|when|before|than|whether|if)\b[^,;]*$", re.I
)
_ASKED = re.compile(r"\s*(?:[\w'’]+ ){0,4}(?:what|who|how|why|when|where|whether|if)\b", re.I)


def keep_shown(item: StoredClaim, marks: Marks) -> StoredClaim | None:
    """Return a claim with only what its own sentence shows; None where it does not show the status.

    A source that stands in another sentence, or of which no word says that it speaks, is left out: what is said then
    stands under the name of the outlet alone. So is a figure whose number and noun do not stand together, or of which
    somebody speaks whom the sentence does not name beside it. What is told as having happened at arm's length, or by
    somebody who cannot be named, is not kept. Nor is a text without full stops: it would have to be quoted whole.
    """
    if len(item.sentence) > LONGEST or not shows_status(item, marks):
        return None
    claim = item.claim
    chain = claim.chain if claim.chain and shows_source(item, claim.chain[-1], marks) else ()
    kept = msgspec.structs.replace(item, claim=msgspec.structs.replace(claim, chain=chain))
    distant = keeps_distance(kept, marks) or _is_interjected(kept, marks)
    if not chain and claim.status.value in ACTUAL and distant:
        return None
    figures = tuple(
        figure for figure in claim.figures if shows_figure(item, figure, marks) and _is_given(kept, figure, marks)
    )
    claim = kept.claim
    return msgspec.structs.replace(item, claim=msgspec.structs.replace(claim, figures=figures))


def _is_call(before: str, word: str, behind: str) -> bool:
    """Say whether a verb calls or threatens in its sentence: no older threat, reason, question or hearsay."""
    heard = word.lower().startswith("told") and _FINITE.search(before.rstrip())
    return not heard and not _OLDER.search(before) and not _ASKED.match(behind)


def shows_status(item: StoredClaim, marks: Marks) -> bool:
    """Say whether a reader sees in the sentence alone that the event has the status of the claim."""
    found = marks.statuses.get(item.claim.status.value)
    if found is None or _is_torn(item.sentence):
        return False
    start, end = locate(item.claim, item.claim.evidence)
    first, last = locate(item.claim, item.claim.trigger.span or item.claim.evidence)
    low, high = find_clause(item.sentence, min(start, first), max(end, last))
    clause, sentence = item.sentence[low:high], item.sentence
    if found.needs is not None and not found.needs.search(sentence if found.wide else clause):
        return False
    if found.anywhere is not None and found.anywhere.search(sentence):
        return False
    actual = item.claim.status.value in ACTUAL
    if not actual and item.claim.status.value is not Status.DENIED and marks.pointing.match(sentence):
        return False
    verbal = is_finite(sentence, first, last)
    if item.claim.status.value is Status.OCCURRED and _is_standing(sentence, first, last, verbal=verbal):
        return False
    if actual and marks.future.search(_JOINED.split(sentence[:last])[-1]):
        return False
    if actual and _RELATIVE.search(sentence[:first]):
        return False
    if actual and item.claim.type.value in CALLS:
        called = verbal and _is_call(sentence[:first], sentence[first:last], sentence[last:])
        if not called:
            return False
    if actual and not verbal and _INFINITIVE.search(sentence[low:first]):
        return False
    if item.claim.status.value is Status.NEGATED and not _opens(sentence[:low], found.needs):
        return False
    if not actual and not verbal and marks.past.search(sentence[:first]):
        return False
    if item.claim.status.value is Status.PLANNED and not marks.planned.search(sentence[:first]):
        return False
    if found.bars is None:
        return True
    low, high = (0, len(sentence)) if actual and not verbal else (low, high)
    return all(
        low + match.start() < last and first < low + match.end() for match in found.bars.finditer(sentence[low:high])
    )


def _opens(before: str, negation: Pattern | None) -> bool:
    """Say whether hardly anything stands before a clause but what is negated, too; else that is told first."""
    return len(before.split()) < _FEW or (negation is not None and negation.search(before) is not None)


def _is_torn(sentence: str) -> bool:
    """Say whether a sentence is only the beginning or end of a quotation, or a question: it may turn on the rest."""
    return sentence.rstrip().endswith("?") or sentence.count('"') % 2 == 1 or sentence.count("“") != sentence.count("”")


def locate(claim: Claim, span: Span) -> tuple[int, int]:
    """Return where a span of the text lies in the sentence of its claim."""
    length = claim.sentence.end - claim.sentence.start
    start, end = (min(max(0, at - claim.sentence.start), length) for at in (span.start, span.end))
    return start, end


def find_clause(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Return roughly where the clause begins and ends that holds a part of a sentence."""
    before = [match.end() for match in _BREAK.finditer(sentence, 0, start)]
    after = _BREAK.search(sentence, end)
    return (before[-1] if before else 0), (after.start() if after else len(sentence))


def is_finite(sentence: str, first: int, last: int) -> bool:
    """Say whether a trigger is a verb in the past, or stands behind an auxiliary."""
    return bool(PAST.match(sentence[first:last]) or _FINITE.search(sentence[:first].rstrip()))


def _is_standing(sentence: str, first: int, last: int, *, verbal: bool) -> bool:
    """Say whether something is told as being so, not as having happened ("is funded by", "the curfew runs from")."""
    if verbal:
        return _IS.search(sentence[:first]) is not None
    present = _PERSONAL.search(sentence[:first]) is not None and sentence[first:last].partition(" ")[0].endswith("s")
    return present or _RUNS.match(sentence[last:]) is not None


def shows_source(item: StoredClaim, source: Source, marks: Marks) -> bool:
    """Say whether the sentence itself names a source and says that it speaks."""
    if not (item.claim.sentence.start <= source.span.start and source.span.end <= item.claim.sentence.end):
        return False
    if marks.plain.nobody.fullmatch(source.text):
        return False
    start, end = locate(item.claim, source.span)
    first, last = locate(item.claim, item.claim.evidence)
    if _TURNS.search(item.sentence[min(end, last) : max(start, first)]):
        return False
    before, after = item.sentence[:start], item.sentence[end : end + _NEAR]
    if last <= start and _INSERTED.search(before):
        return False
    if marks.leads.search(before):
        return True
    return marks.opens.search(before) is not None and marks.says.search(after) is not None


def count_speakers(sentence: str, marks: Marks) -> int:
    """Return how often a sentence says that somebody speaks; what stands in quotation marks is passed over."""
    return len(marks.speaking.findall(_QUOTED.sub(" ", sentence)))


def keeps_distance(item: StoredClaim, marks: Marks) -> bool:
    """Say whether a sentence holds its event at arm's length; an accusation that is the event itself does not."""
    first, last = locate(item.claim, item.claim.trigger.span or item.claim.evidence)
    return any(match.end() <= first or last <= match.start() for match in marks.distance.finditer(item.sentence))


def _is_interjected(item: StoredClaim, marks: Marks) -> bool:
    """Say whether somebody speaks in a clause put into the sentence or behind it (", she told them,")."""
    first, last = locate(item.claim, item.claim.trigger.span or item.claim.evidence)
    sentence = item.sentence
    return any(
        _PUT_IN.search(sentence[: match.start()]) is not None and _CLOSED.match(sentence[match.end() :]) is not None
        for match in marks.speaking.finditer(sentence)
        if match.end() <= first or last <= match.start()
    )


def is_of_author(sentence: str, marks: Marks) -> bool:
    """Say whether somebody denies to have done something: "denied any role", "denies having set it alight"."""
    return marks.author.search(sentence) is not None


def is_agreed(item: StoredClaim) -> bool:
    """Say whether what is planned is what somebody agreed or promised to do."""
    first, _ = locate(item.claim, item.claim.trigger.span or item.claim.evidence)
    return _AGREED.search(item.sentence[:first]) is not None


def is_refusal(item: StoredClaim, marks: Marks) -> bool:
    """Say whether a negated claim is that somebody refused: that has happened, whatever it kept from happening."""
    if item.claim.status.value is not Status.NEGATED:
        return False
    first, _ = locate(item.claim, item.claim.trigger.span or item.claim.evidence)
    low, _ = find_clause(item.sentence, first, first)
    return marks.refusal.search(item.sentence[low:first]) is not None


def _is_given(item: StoredClaim, field: Field[Figure], marks: Marks) -> bool:
    """Say whether it is shown who gives a figure: the outlet, where nobody speaks, or a source right beside it."""
    if not item.claim.chain:
        return not count_speakers(item.sentence, marks)
    source = item.claim.chain[-1]
    if field.span is None:
        return False
    start, end = locate(item.claim, source.span)
    first, last = locate(item.claim, field.span)
    return count_speakers(item.sentence[min(end, last) : max(start, first)], marks) <= 1


def is_unnamed(name: str, marks: Marks) -> bool:
    """Say whether the words for a source name nobody: people, by what they are, and no name beside it."""
    return marks.unnamed.search(name) is not None and not re.search(r"(?<!^)\b[A-Z]", name)


def shows_figure(item: StoredClaim, field: Field[Figure], marks: Marks) -> bool:
    """Say whether a number and what it counts stand in one clause, with bounds as it has them, and hold still."""
    if field.span is None:
        return False
    start, end = locate(item.claim, field.span)
    words = item.sentence[start:end]
    low, high = find_clause(item.sentence, start, end)
    figure, clause = field.value, item.sentence[low:high]
    counted = marks.figures.get(figure.key)
    if counted is None:
        if " of " in words:
            return False
        counted = re.compile(rf"\b{re.escape(figure.key[: max(3, len(figure.key) - 3)])}\w*", re.I)
    if not counted.search(clause) or not _holds_number(words, figure):
        return False
    undone = marks.undone.get(figure.key)
    if undone is not None and undone.search(item.sentence):
        return False
    near = item.sentence[max(0, start - 20) : end]
    parted = _PARTED.search(item.sentence[:end])
    if parted is not None and read_number(parted.group(1)) is not None:
        return False
    opposite = _AGAINST_IT.match(item.sentence, end)
    if (opposite and read_number(opposite.group(1)) is not None) or _has_hedge_before(item.sentence[:start], marks):
        return False
    if figure.low == figure.high:
        return not any(mark.search(near) for mark in (marks.about, marks.more, marks.less))
    return any(mark.search(near) for mark in (marks.about, marks.more, marks.less)) or "-" in near or " to " in near


def _has_hedge_before(words: str, marks: Marks) -> bool:
    """Say whether a bound before another number may reach over this one: "at least 16 were killed and 40 wounded"."""
    joined = re.search(r"[^.;:]*\b(?:and|or) $", words)
    return joined is not None and any(
        re.search(rf"{mark.pattern} \w", joined.group(), re.I) for mark in (marks.more, marks.less)
    )


def _holds_number(words: str, figure: Figure) -> bool:
    """Say whether words hold a bound of a figure as a number; an article may stand for one, "no" for none.

    "More than 50" is read as 51 and more, "fewer than 20" as up to 19: the number beside the bound counts, too.
    """
    bounds = {bound for bound in (figure.low, figure.high) if bound is not None}
    exact = figure.low is not None and figure.low == figure.high
    near = bounds if exact else bounds | {bound - 1 for bound in bounds} | {bound + 1 for bound in bounds}
    if near & _find_numbers(words):
        return True
    return exact and ((bounds == {0} and bool(_NONE.search(words))) or (bounds == {1} and bool(_ONE.search(words))))


def _find_numbers(words: str) -> set[int]:
    """Return all numbers that runs of words can be read as."""
    tokens = _TOKENS.findall(words)
    runs = (" ".join(tokens[i:j]) for i in range(len(tokens)) for j in range(i + 1, min(i + 5, len(tokens)) + 1))
    return {round(number) for run in runs if (number := read_number(run)) is not None}


def word_figure(item: StoredClaim, key: str, low: int | None, high: int | None) -> str:
    """Return a figure of a claim as its sentence puts it: "more than 120" where at least 121 are told of so."""
    spans = [field.span for field in item.claim.figures if field.value.key == key and field.span is not None]
    numbers = {number for span in spans for number in _find_numbers(item.sentence[slice(*locate(item.claim, span))])}
    if high is None and low is not None and low not in numbers and low - 1 in numbers:
        return f"more than {low - 1:,}"
    if low is None and high is not None and high not in numbers and high + 1 in numbers:
        return f"fewer than {high + 1:,}"
    return word_bounds(low, high)


def are_of_one_day(one: str, other: str) -> bool:
    """Say whether the days of the week that two sentences name leave them one; a sentence that names none fits any."""
    first, second = (set(_DAYS.findall(sentence)) for sentence in (one, other))
    return not first or not second or bool(first & second)


def share_words(one: str, other: str, marks: Marks) -> int:
    """Return how many words of some length, by their first letters, two sentences share; common words do not count."""
    return len(find_stems(one, marks) & find_stems(other, marks))


def find_tokens(sentence: str) -> list[str]:
    """Return the words and numbers of a sentence."""
    return _TOKENS.findall(sentence)


def find_stems(sentence: str, marks: Marks) -> set[str]:
    """Return the words of a sentence that have some length and are not common, by their first letters."""
    words = (word.lower() for word in _CONTENT.findall(sentence))
    return {word[:_STEM] for word in words if word not in marks.common}
