"""Links between the claims of one report: mentions of one event, and claims that pull apart.

Linking across reports builds on the same judgements.
"""

from collections.abc import Mapping, Sequence

from reportedly.records.claim import Claim, Figure, PlaceRole, Status
from reportedly.records.grounding import Grounding
from reportedly.records.report import Link, Relation

_HAPPENED = frozenset({Status.OCCURRED, Status.ONGOING})
_INTENDED = frozenset({Status.PLANNED, Status.THREATENED})
_OPEN = _INTENDED | {Status.CONDITIONAL}
_MIN_SCORE = 0.5


def link_within(claims: Sequence[Claim], groundings: Mapping[str, Grounding]) -> tuple[Link, ...]:
    """Link the claims of one report.

    Two claims are mentions of one event where type, parties, place, time and figures agree or are silent, and at least
    one of parties and place agrees outright. Over such a pair, statuses and figures that cannot both hold are a
    contradiction; those that pull apart without excluding each other ("preparing" beside "no decision") a tension.

    Returns:
        Links in text order of their left claim, each pair once; empty where nothing belongs together.
    """
    ordered = sorted(claims, key=lambda claim: (claim.evidence, claim.id))
    links: list[Link] = []
    for index, left in enumerate(ordered):
        for right in ordered[index + 1 :]:
            score, reason = _same_event(left, right, groundings)
            if score < _MIN_SCORE:
                continue
            links.append(Link(left.id, right.id, Relation.SAME_EVENT, score, "rule:within", reason))
            links.extend(_conflicts(left, right))
    return tuple(links)


def _same_event(left: Claim, right: Claim, groundings: Mapping[str, Grounding]) -> tuple[float, str]:
    if left.type.value is not right.type.value or left.sentence == right.sentence:
        return 0.0, ""
    if (left.status.value is Status.HISTORICAL) != (right.status.value is Status.HISTORICAL):
        return 0.0, ""
    modes = {mode.value for mode in left.modes}, {mode.value for mode in right.modes}
    if all(modes) and not modes[0] & modes[1]:
        return 0.0, ""
    first, second = groundings.get(left.id), groundings.get(right.id)
    if first is None or second is None:
        return 0.0, ""
    pairs = {
        "actor": (_codes(first, "actors"), _codes(second, "actors")),
        "recipient": (_codes(first, "recipients"), _codes(second, "recipients")),
        "place": (_places(left, first), _places(right, second)),
        "time": ({first.time.value} if first.time else set(), {second.time.value} if second.time else set()),
    }
    agreed = [name for name, (one, other) in pairs.items() if one & other]
    apart = [name for name, (one, other) in pairs.items() if one and other and not one & other]
    if apart or not {"actor", "recipient", "place"} & set(agreed):
        return 0.0, ""
    silent = len(pairs) - len(agreed)
    return round(1.0 - 0.15 * silent, 2), f"same type, same {' and '.join(agreed)}"


def _codes(grounding: Grounding, role: str) -> set[str]:
    mentions = grounding.actors if role == "actors" else grounding.recipients
    return {code.split("/")[0] for mention in mentions for code in mention.codes}


def _places(claim: Claim, grounding: Grounding) -> set[str]:
    """Identifiers of the event places; the words themselves where the gazetteer knows none."""
    found = set()
    for field, grounded in zip(claim.places, grounding.places, strict=True):
        if field.value.role is PlaceRole.EVENT:
            found.add(grounded.candidates[0].id if grounded.candidates else field.value.text.lower())
    return found


def _conflicts(left: Claim, right: Claim) -> list[Link]:
    one, other = left.status.value, right.status.value
    found: list[tuple[Relation, str]] = []
    statuses = {one, other}
    if Status.DENIED in statuses and len(statuses) == 2:
        found.append((Relation.DENIES, f"{one} beside {other}"))
    elif Status.NEGATED in statuses and statuses & _HAPPENED:
        found.append((Relation.CONTRADICTS, f"{one} beside {other}"))
    elif (Status.UNDECIDED in statuses and statuses & _OPEN) or (Status.NEGATED in statuses and statuses & _INTENDED):
        found.append((Relation.TENSION, f"{one} beside {other}"))
    if statuses <= _HAPPENED:
        found.extend(
            (Relation.CONTRADICTS, f"{first.key}: {_range(first)} beside {_range(second)}")
            for first in (field.value for field in left.figures)
            for second in (field.value for field in right.figures)
            if first.key == second.key and first.scope is second.scope and not _compatible(first, second)
        )
    return [Link(left.id, right.id, relation, 0.7, "rule:within", reason) for relation, reason in found]


def _compatible(one: Figure, other: Figure) -> bool:
    low = max(one.low or 0, other.low or 0)
    highs = [high for high in (one.high, other.high) if high is not None]
    return not highs or low <= min(highs)


def _range(figure: Figure) -> str:
    low = "" if figure.low is None else str(figure.low)
    high = "" if figure.high is None else str(figure.high)
    return low if low == high else f"{low}–{high}"
