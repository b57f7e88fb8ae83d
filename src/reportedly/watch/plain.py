"""Sentences that a brief leaves out, whatever they show: who speaks in them, or what they turn on, is not plain.

A brief quotes a sentence and says in a word how it stands. That word must hold for a reader who sees nothing else. So
a sentence is passed over that somebody speaks whom the brief could not name, that is spoken by "I" or opens with
"they", that holds what it tells at arm's length, or in which what the word is about is told by the way.
"""

import re

from reportedly.records.claim import Status
from reportedly.records.ontology import EventType
from reportedly.records.stored import StoredClaim
from reportedly.watch.lexicon import Marks, Pattern
from reportedly.watch.marks import ACTUAL, CALLS, PAST, find_clause, is_finite, is_refusal, locate

_QUOTES = re.compile(r'"([^"]*)"|“([^”]*)”')
_SPOKEN = 3
"""Words in quotation marks from which on somebody speaks; fewer are a term."""
_PARTS = re.compile(r"[;:—–]")
_BY_THE_WAY = re.compile(
    r"\b(?:after|before|since|when|while|because|as|although|though|until|where|who|whom|whose|which|than"
    r"|that (?:is|are|was|were|has|have|had))\b[^,;]*$"
    r"|\bthat (?:(?:[\w'’-]+ ){1,3}(?:is|are|was|were|has|have|had) )?$"
    r"|,\s*(?:an?|the) [\w-]+(?: that)? [^,;]*$"
)
"""Before a trigger: a clause that only says when, why or which, or a word put beside another with more behind it."""
_PASSED = re.compile(r"\b(?:ago|last year|years? (?:before|earlier)|anniversary)\b", re.I)
_PERFECT = re.compile(r"\b(?:was|were|has|have|had|did)\b", re.I)
_NEGATION = re.compile(
    r"(?:\b(?:no|not|never|nobody|none|neither|nor|nothing|cannot)|n['’]t|\b(?:fail|refus)\w*\b.*\bto)"
    r"(?: [\w'’-]+){0,3} ?$",
    re.I,
)
_UNTOLD = re.compile(
    r"\b(?:any|his|her|its|their)(?: [\w'’-]+)? $"
    r"|\b(?:charg|count|offence|crime|suspicion|allegation|accusation|conviction|guilty|rumour|talk)\w*,? (?:of|for)"
    r"(?: [\w'’-]+){0,2} $",
    re.I,
)
"""Before a noun or a gerund that does not tell of what happened: "unaware of any raid", "a charge of insulting"."""
_PRONOUN = re.compile(r"(?:s?he|they|it|them|him|her|we|i|you|us|me|this|that|these|those|others|some|both|all)", re.I)
_NOT_YET = re.compile(r"\bbefore\b[^,;]*\bhad\b[^,;]*$", re.I)
"""Before what had not happened by then: "before the deal had been **signed**"."""
_DRAFTED = re.compile(r"\b(?:proposed|suggested|recommended|drafted|envisaged|planned|offered)\b[^.;]*, $", re.I)
"""Before a participle that says what something is to be like: "proposed a mission, **restricted** to the west"."""
_SET_GOING = re.compile(
    r"\bthere (?:was|were|(?:has|have|had) been)(?: [\w'’-]+){0,3} $"
    r"|\b(?:carried out|launched|staged|mounted|held|conducted|made|opened|signed|imposed|declared|began|started"
    r"|ended|lifted|resumed|waged|fought|used|fired|threw|suffered|survived|issued|reached|concluded)"
    r"(?: [\w'’-]+){0,4} $",
    re.I,
)
_WENT_ON = re.compile(
    r"(?: [\w'’-]+){0,5}? (?:began|started|broke out|erupted|flared|raged|took place|killed|wounded|injured|hit|struck"
    r"|destroyed|damaged|left|claimed|tore|ripped|rocked|shook|lasted|spread|resumed|continued|forced|drove|displaced|sank|paralysed"
    r"|(?:was|were|has been|have been) (?:lifted|ended|declared|imposed|carried out|held|opened|signed|reached))\b"
)
"""Around a noun that tells of what happened; other nouns only speak of it: "the exchange has stalled"."""
_APPENDED = re.compile(
    r"[^.;]*,\s+(?:[\w'’-]+ ){0,3}?(?:after|before|following|since|when|while|as|because|although|though)\b[^,;]*$"
)
"""Behind a source: what the reporter adds of other matters."""
_TITLE = re.compile(
    r"\s+(?:tsar|czar|chief|minister|envoy|officials?|officers?|negotiators?|mediators?|spokes\w+|coordinator|experts?"
    r"|commission\w*|committee|council|teams?|squads?|unit|office|ministry|agency|department|bill|laws?|regime|lists?)\b"
)
"""Behind a noun that belongs to the name of somebody or something: "the sanctions tsar"."""
_AHEAD = re.compile(r"\b(?:will|would|shall|won['’]t)\b", re.I)
_NAMED = re.compile(r"responsible\b|(?:called|calling|calls) (?!off\b|in\b|up\b|on\b|for\b|them\b|it\b|him\b|her\b)")
"""A name, a word for something or a quality, and no event."""
_GERUND = re.compile(r"\w+ing\b", re.I)
_TORN = re.compile(r"[\w-]$")
"""Before a trigger that is part of a longer word: "un-offered"."""
_TO = re.compile(r"(?<!\bbegan )(?<!\bbegun )\bto $", re.I)
_CONDITION = re.compile(r"\b(?:if|unless|should|provided|whether|once)\b", re.I)
_IRREAL = re.compile(r"\b(?:be|being) $")
"""Before a participle: what has to be, or is yet to be."""
_WAS = re.compile(r"\b(?:is|are|was|were|been|the|a|an|this|that|of|in)(?: [\w'’-]+)? $|^$|\b[\w'’-]+['’]s? $", re.I)
"""Before a word in "ing": it goes on, or stands for a noun."""
_TOLD_AS = {EventType.REQUEST: Status.DEMANDED, EventType.THREATEN: Status.THREATENED}
"""A call that has happened is told as what it calls for."""
_SPOKE = CALLS | {EventType.AGREE}


def is_plain(item: StoredClaim, marks: Marks) -> bool:
    """Say whether a brief may tell a claim in the words of its sentence.

    Args:
        item: A claim whose sentence shows its status, with that source only which the sentence shows.
        marks: From ``open_marks``.
    """
    return _is_of_a_reporter(item, marks) and _is_of_its_type(item, marks) and _fits_status(item, marks)


def _is_of_a_reporter(item: StoredClaim, marks: Marks) -> bool:
    """Say whether a sentence stands alone, is told without reserve, and by nobody but a source that the brief names."""
    sentence, plain = item.sentence, marks.plain
    first, last = _find_trigger(item)
    outside = _QUOTES.sub(lambda match: " " * len(match.group()), sentence)
    if _TORN.search(sentence[:first]) or plain.opens.match(sentence) or plain.persons.search(outside):
        return False
    if _find_beside(plain.distance, sentence, first, last):
        return False
    speaking = _find_beside(plain.speaking, outside, first, last)
    if item.claim.chain:
        if _PRONOUN.fullmatch(item.claim.chain[-1].text):
            return False
        return len(speaking) <= 1 and not _is_appended(item, first)
    quoted = any(len(max(match.groups(""), key=len).split()) >= _SPOKEN for match in _QUOTES.finditer(sentence))
    return not speaking and not quoted


def _is_appended(item: StoredClaim, first: int) -> bool:
    """Say whether a trigger is told behind the source, by the way: "prices rose, they said, a day after raids"."""
    _, end = locate(item.claim, item.claim.chain[-1].span)
    return end <= first and _APPENDED.match(item.sentence, end, first) is not None


def _fits_status(item: StoredClaim, marks: Marks) -> bool:
    """Say whether a sentence shows the status of its trigger, and nothing in it takes that back."""
    sentence, status, kind = item.sentence, item.claim.status.value, item.claim.type.value
    first, last = _find_trigger(item)
    actual = status in ACTUAL
    if actual and not _is_told_plainly(item, marks):
        return False
    if ((not actual and status is not Status.DENIED) or kind in _SPOKE) and (
        _PARTS.search(sentence) or _BY_THE_WAY.search(sentence[:first])
    ):
        return False
    refused = is_refusal(item, marks)
    if status is Status.NEGATED and (
        _is_quoted(sentence, first) or not (refused or _is_negated(sentence, first, last))
    ):
        return False
    if status is Status.DENIED and _goes_on(sentence, first, marks):
        return False
    if status is Status.CONDITIONAL and not _follows_condition(sentence, first, last):
        return False
    barred = marks.plain.bars.get(_TOLD_AS.get(kind, status) if actual else status)
    return barred is None or refused or not barred.search(sentence)


def _find_trigger(item: StoredClaim) -> tuple[int, int]:
    return locate(item.claim, item.claim.trigger.span or item.claim.evidence)


def _find_beside(words: Pattern, sentence: str, first: int, last: int) -> list[re.Match[str]]:
    """Return where such words stand beside a trigger, and are not its own."""
    return [match for match in words.finditer(sentence) if match.end() <= first or last <= match.start()]


def _goes_on(sentence: str, first: int, marks: Marks) -> bool:
    """Say whether something else is told between the denial and a trigger: "denied it and **demanded**"."""
    denials = [match.end() for match in marks.plain.denied.finditer(sentence, 0, first)]
    return bool(denials) and re.search(r"\b(?:and|but)\b", sentence[denials[-1] : first]) is not None


def _follows_condition(sentence: str, first: int, last: int) -> bool:
    """Say whether a trigger stands for what would follow, and not for the condition itself."""
    low, _ = find_clause(sentence, first, last)
    before = sentence[low:first]
    undone = not is_finite(sentence, first, last) and _UNTOLD.search(before) is not None
    return _AHEAD.search(before) is not None and _CONDITION.search(before) is None and not undone


def _is_of_its_type(item: StoredClaim, marks: Marks) -> bool:
    """Say whether what is told as a call or a promise is one by its own word: a summons and an advice are none."""
    if item.claim.status.value not in ACTUAL:
        return True
    kind = item.claim.type.value
    if kind is EventType.AGREE and marks.plain.spurned.search(item.sentence):
        return False
    words = {EventType.REQUEST: marks.plain.calls, EventType.AGREE: marks.plain.promises}.get(kind)
    first, _ = _find_trigger(item)
    return words is None or words.match(item.sentence[first:]) is not None


def _is_told_plainly(item: StoredClaim, marks: Marks) -> bool:
    """Say whether what has happened is told in the past, by the reporter, and nothing is denied beside it."""
    sentence = item.sentence
    first, last = _find_trigger(item)
    before, words = sentence[:first], sentence[first:]
    low, high = find_clause(sentence, first, last)
    if _TO.search(before) or _IRREAL.search(before) or _AHEAD.search(sentence[low:last]) or _is_quoted(sentence, first):
        return False
    if _NOT_YET.search(before) or _DRAFTED.search(before):
        return False
    if _NAMED.match(words) or (_GERUND.match(words) and _WAS.search(before) is None):
        return False
    verbal = is_finite(sentence, first, last)
    if not verbal and (
        marks.plain.announced.search(before)
        or _UNTOLD.search(before)
        or _TITLE.match(sentence, last)
        or not (_SET_GOING.search(before) or _WENT_ON.match(sentence, last))
    ):
        return False
    told = sentence[low:high] if verbal else sentence
    if item.claim.status.value is Status.OCCURRED and not (PAST.search(told) or _PERFECT.search(told)):
        return False
    return not _find_beside(marks.plain.denied, sentence[low:high], first - low, last - low)


def _is_negated(sentence: str, first: int, last: int) -> bool:
    """Say whether a noun stands right behind what negates it: "no decision on the strike" negates no strike."""
    return is_finite(sentence, first, last) or _NEGATION.search(sentence[:first]) is not None


def _is_quoted(sentence: str, at: int) -> bool:
    return any(match.start() < at < match.end() for match in _QUOTES.finditer(sentence) if " " in match.group())


def is_of_now(sentence: str) -> bool:
    """Say whether a sentence looks back on no earlier year: a toll in it may be of then."""
    return _PASSED.search(sentence) is None
