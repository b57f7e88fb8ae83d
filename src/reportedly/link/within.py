"""Links between the claims of one report: mentions of one event, and claims that pull apart.

Linking across reports builds on the same judgements.
"""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from reportedly.link.alike import (
    ACTUAL,
    OPPOSING,
    PROSPECTIVE,
    AlikeWords,
    Judgement,
    enough,
    find_clashes,
    judge,
    points_back,
    voice_of,
)
from reportedly.records.claim import Claim, Figure, Status
from reportedly.records.document import Document
from reportedly.records.grounding import Grounding
from reportedly.records.link import Link, Relation
from reportedly.records.ontology import EventType
from reportedly.records.spans import Span

_ENOUGH_TO_OPPOSE = 0.5
"""Points from which what is denied or left open is led to a claim near it: it repeats verb, party or place."""
_ENOUGH_TO_CONTRADICT = 1.5
"""The same for what did not happen beside what did, unless the verb is the same: "never attacks" is a principle."""
_BESIDE = 2
"""How many sentences with claims back a denial is led to a claim of its type although it repeats nothing."""
_NEAR = 4
"""How many sentences with claims back a denial, or a word that points back, is led."""
MAX_APART = 100
"""Claims further apart are not compared: few reports hold as many, and in a long text pairs grow with the square."""
_STEP = 0.1
"""What each sentence between costs a candidate."""
_VIOLENT = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.MOBILIZE})


class _Pair(msgspec.Struct, frozen=True):
    """Two claims of one type, the earlier first, with what speaks for one event."""

    left: Claim
    right: Claim
    judgement: Judgement
    steps: int


def link_within(
    document: Document, claims: Sequence[Claim], groundings: Mapping[str, Grounding], words: AlikeWords
) -> tuple[Link, ...]:
    """Link the claims of one report.

    Two claims are mentions of one event where enough of type, parties, town, day and counts agree and nothing speaks
    against it. A word that points back ("the raid") is led to the one claim that fits it best, and so is a denial, a
    negation or a matter left open, which seldom repeats the details: the two are linked as one event, and by how they
    pull apart. Statuses or counts of two voices that cannot both hold are a contradiction; those that pull apart
    without excluding each other ("preparing" beside "no decision") a tension. Whoever rejects an allegation or a report
    denies the claim it is made in.

    Args:
        document: The report; the words before a trigger tell "the strike" from "a second strike".
        claims: Its claims, in any order.
        groundings: By claim id; a claim without one is linked to nothing.
        words: From ``open_alike``.

    Returns:
        Links in text order of their left claim, each pair once for a relation; empty where nothing belongs together.
    """
    ordered = sorted((c for c in claims if c.id in groundings), key=lambda claim: (claim.evidence, claim.id))
    number = {span: i for i, span in enumerate(sorted({claim.sentence for claim in ordered}))}
    pairs = [
        _Pair(left, right, judge(left, right, (groundings[left.id], groundings[right.id]), document.text, words), steps)
        for index, left in enumerate(ordered)
        for right in ordered[index + 1 : index + 1 + MAX_APART]
        if left.type.value is right.type.value and (steps := number[right.sentence] - number[left.sentence]) > 0
    ]
    pairs = [pair for pair in pairs if pair.judgement.apart is None]
    one_event = [pair for pair in pairs if pair.judgement.points >= enough(pair.left, pair.right)]
    one_event.extend(_lead_back(pairs, one_event, document.text, words))
    one_event.extend(_lead_opposing(pairs, one_event, groundings))
    links: dict[tuple[str, str, Relation], Link] = {}
    for pair in one_event:
        found = (_join(pair), *_find_conflicts(pair, groundings))
        links.update({(link.left, link.right, link.relation): link for link in found})
    for link in _find_rebuttals(ordered, groundings, number, document.text, words):
        links.setdefault((link.left, link.right, link.relation), link)
    place = {claim.id: i for i, claim in enumerate(ordered)}
    return tuple(sorted(links.values(), key=lambda link: (place[link.left], place[link.right], link.relation)))


def _lead_back(pairs: Sequence[_Pair], known: Sequence[_Pair], text: str, words: AlikeWords) -> Iterator[_Pair]:
    """Lead each word that points back to the claim it fits best, unless that is known already."""
    done = {pair.right.id for pair in known}
    for right in {pair.right.id: pair.right for pair in pairs}.values():
        if right.id in done or right.status.value in OPPOSING or not points_back(right, text, words):
            continue
        fitting = [pair for pair in pairs if pair.right.id == right.id and pair.steps <= _NEAR]
        if fitting:
            yield max(fitting, key=_fit)


def _lead_opposing(
    pairs: Sequence[_Pair], known: Sequence[_Pair], groundings: Mapping[str, Grounding]
) -> Iterator[_Pair]:
    """Lead each denial, negation and open matter to the claim that it speaks against: the best before it, or after."""
    opposed = {claim.id for pair in known if _oppose(pair, groundings) for claim in (pair.left, pair.right)}
    claims = {claim.id: claim for pair in pairs for claim in (pair.left, pair.right)}
    for claim in claims.values():
        if claim.status.value not in OPPOSING or claim.id in opposed:
            continue
        own = [p for p in pairs if claim in (p.left, p.right) and _oppose(p, groundings) and p.steps <= _NEAR]
        own = [pair for pair in own if _is_opposable(pair) or _follows(pair)]
        if own:
            yield max(own, key=lambda pair: (pair.right is claim, _fit(pair)))


def _is_opposable(pair: _Pair) -> bool:
    """Say whether two claims near each other are alike enough for one to speak against the other."""
    statuses = {pair.left.status.value, pair.right.status.value}
    points, agreed = pair.judgement.points, set(pair.judgement.agreed)
    if Status.NEGATED in statuses and statuses & ACTUAL:
        return "word" in agreed or (points >= _ENOUGH_TO_CONTRADICT and agreed != {"reference"})
    return points >= _ENOUGH_TO_OPPOSE


def _follows(pair: _Pair) -> bool:
    """Say whether a denial comes right after what it may deny ("bombed two villages … denied that it struck any")."""
    return pair.right.status.value is Status.DENIED and pair.steps <= _BESIDE


def _fit(pair: _Pair) -> tuple[float, int]:
    return pair.judgement.points - _STEP * pair.steps, pair.left.evidence.start


def _oppose(pair: _Pair, groundings: Mapping[str, Grounding]) -> bool:
    return any(True for _ in _find_conflicts(pair, groundings))


def _join(pair: _Pair) -> Link:
    agreed = pair.judgement.agreed
    score = min(0.95, 0.4 + 0.1 * pair.judgement.points)
    reason = f"same type, same {' and '.join(agreed)}" if agreed else "same type, beside each other"
    return Link(pair.left.id, pair.right.id, Relation.SAME_EVENT, round(score, 2), "rule:within", reason)


def _find_conflicts(pair: _Pair, groundings: Mapping[str, Grounding]) -> Iterator[Link]:
    """Find how two claims of one event pull apart."""
    left, right = pair.left, pair.right
    one, other = left.status.value, right.status.value
    statuses = {one, other}
    voices = voice_of(left, groundings[left.id]), voice_of(right, groundings[right.id])
    found: list[tuple[Relation, str]] = []
    if Status.DENIED in statuses and len(statuses) == 2 and (voices[0] != voices[1] or voices[0] is None):
        found.append((Relation.DENIES, f"{one} beside {other}"))
    elif Status.NEGATED in statuses and statuses & ACTUAL:
        found.append((Relation.CONTRADICTS, f"{one} beside {other}"))
    elif statuses & {Status.UNDECIDED, Status.NEGATED} and statuses & (PROSPECTIVE - {Status.UNDECIDED}):
        found.append((Relation.TENSION, f"{one} beside {other}"))
    if statuses <= ACTUAL and voices[0] != voices[1]:
        found.extend(
            (Relation.CONTRADICTS, f"{first.key}: {_range(first)} beside {_range(second)}")
            for first, second in find_clashes(left, right)
        )
    for relation, reason in found:
        turned = relation is Relation.DENIES and one is Status.DENIED
        ends = (right.id, left.id) if turned else (left.id, right.id)
        yield Link(*ends, relation, 0.7, "rule:within", reason)


def _find_rebuttals(
    ordered: Sequence[Claim],
    groundings: Mapping[str, Grounding],
    number: Mapping[Span, int],
    text: str,
    words: AlikeWords,
) -> Iterator[Link]:
    """Lead "rejected the allegations", "dismissed the report" to the claim that alleges or reports."""
    for index, claim in enumerate(ordered):
        if claim.type.value is not EventType.REJECT or claim.status.value not in ACTUAL:
            continue
        start = (claim.trigger.span or claim.evidence).start
        aimed = words.rebuttal.search(text, start, claim.sentence.end)
        if aimed is None:
            continue
        if denied := _find_content(ordered, claim, Span(aimed.end(), max(aimed.end(), claim.sentence.end)), text):
            yield Link(denied.id, claim.id, Relation.DENIES, 0.7, "rule:rebuttal", "rejected as it is told")
            continue
        weighed = [
            (_weigh_rebuttal(other, claim, groundings, words), -steps, -other.salience, other)
            for other in ordered[:index]
            if 0 < (steps := number[claim.sentence] - number[other.sentence]) <= _NEAR
        ]
        weighed = [item for item in weighed if item[0] > 0]
        if weighed:
            denied = max(weighed, key=lambda item: item[:3])[-1]
            yield Link(denied.id, claim.id, Relation.DENIES, 0.6, "rule:rebuttal", "an allegation beside its rejection")


def _find_content(ordered: Sequence[Claim], rejection: Claim, rest: Span, text: str) -> Claim | None:
    """Return the claim that the allegation itself tells ("rejected accusations that its troops had shot …")."""
    if not rest.slice(text).lstrip().lower().startswith(("that ", "of ")):
        return None
    inside = (claim for claim in ordered if claim.sentence == rejection.sentence and claim.id != rejection.id)
    return next((claim for claim in inside if rest.covers(claim.trigger.span or claim.evidence)), None)


def _weigh_rebuttal(alleged: Claim, rejection: Claim, groundings: Mapping[str, Grounding], words: AlikeWords) -> float:
    """Say how well an earlier claim fits what is rejected; 0 for one that nobody alleges of whoever rejects it."""
    rejecting = _bases(groundings[rejection.id], "actors")
    accusing = alleged.type.value is EventType.ACCUSE
    if not accusing and (alleged.type.value not in _VIOLENT or not alleged.chain):
        return 0.0
    accused = _bases(groundings[alleged.id], "recipients" if accusing else "actors")
    speaking = _bases(groundings[alleged.id], "actors") if accusing else {voice_of(alleged, groundings[alleged.id])}
    if speaking & rejecting:
        return 0.0
    if rejecting and accused:
        return 2.0 if rejecting & accused else 0.0
    return 1.0 if accusing else 0.5


def _bases(grounding: Grounding, role: str) -> set[str]:
    mentions = grounding.actors if role == "actors" else grounding.recipients
    return {code.split("/")[0] for mention in mentions for code in mention.codes}


def _range(figure: Figure) -> str:
    low = "" if figure.low is None else str(figure.low)
    high = "" if figure.high is None else str(figure.high)
    return low if low == high else f"{low}–{high}"
