"""How much speaks for two claims of one report telling of one event."""

import re
import tomllib
from importlib.resources import files

import msgspec

from reportedly.link.distance import measure_km
from reportedly.records.claim import Claim, Figure, PlaceRole, Scope, Status
from reportedly.records.grounding import CalendarInterval, Grounding, PlaceCandidate
from reportedly.records.ontology import EventType

PROSPECTIVE = frozenset(
    {Status.PLANNED, Status.POSSIBLE, Status.CONDITIONAL, Status.THREATENED, Status.DEMANDED, Status.UNDECIDED}
)
OPPOSING = frozenset({Status.DENIED, Status.NEGATED, Status.UNDECIDED})
ACTUAL = frozenset({Status.OCCURRED, Status.ONGOING})
_SPEECH = frozenset({EventType.ACCUSE, EventType.REQUEST, EventType.REJECT, EventType.AGREE, EventType.SUPPORT})

_PARTY, _CROWD, _PLACE, _WIDE, _DAY, _SPAN, _STEM, _POINTER, _NAMED, _COUNT = (
    1.5,
    1.0,
    1.5,
    0.5,
    1.5,
    0.5,
    0.5,
    1.5,
    1.0,
    1.5,
)
"""What each agreement counts, set by hand: two of party, town, day, count and a word that points back make one event;
a whole country, a month, "civilians" or the same verb only helps."""

ENOUGH = 3.0
"""Points from which two claims are mentions of one event."""
ENOUGH_AHEAD = 1.5
"""The same for what is only planned, feared or threatened: a report seldom foresees two like events of one pair."""
_SPEECH_EXTRA = 0.5
"""Acts of speech need more: one party says many things to another."""

_TOGETHER_KM = 15.0
"""Areas that come this close to each other may hold one event."""
COUNTED = frozenset({"killed", "injured", "casualties", "missing", "detained", "displaced", "operations"})
"""Keys of figures that tell events apart, or show one."""
_BEFORE = 40
"""Characters before a trigger in which its determiner is looked for."""
LENT = frozenset({"rule:anaphora", "rule:place", "rule:carried"})
"""Rules that may lend a claim a party or a place from another sentence: the one it was told with before, or where it
happens."""
ANYBODY = frozenset({"people", "persons", "person", "others", "victims", "bodies", "dead"})
"""Units that say no more than that people are counted, and may stand for any other ("14 people", "14 civilians")."""
_WIDE_KINDS = frozenset({"country", "continent"})


class AlikeWords(msgspec.Struct, frozen=True):
    """The word lists of ``alike.toml``."""

    anaphors: frozenset[str]
    pointing: re.Pattern[str]
    apart: re.Pattern[str]
    stems: dict[str, str]
    kin: tuple[frozenset[str], ...]
    people: frozenset[str]
    rebuttal: re.Pattern[str]


class Judgement(msgspec.Struct, frozen=True):
    """What speaks for one event: points, what agrees, and whether something speaks against it outright."""

    points: float
    agreed: tuple[str, ...]
    apart: str | None = None


def open_alike() -> AlikeWords:
    """Read the word lists that ship with the package and compile their patterns."""
    table = tomllib.loads(files("reportedly.link").joinpath("data", "alike.toml").read_text(encoding="utf-8"))
    pointing, apart = ("|".join(table[name].split()) for name in ("pointing", "apart"))
    rebuttal = "|".join(table["rebuttal"]["nouns"].split())
    return AlikeWords(
        anaphors=frozenset(table["anaphors"].split()),
        pointing=re.compile(rf"\b(?:{pointing})\s+(?:[\w’'-]+\s+){{0,2}}$", re.IGNORECASE),
        apart=re.compile(rf"\b(?:{apart})\b(?:\s+[\w’'-]+){{0,2}}\s+$", re.IGNORECASE),
        stems=table["stems"],
        kin=tuple(frozenset(modes.split()) for modes in table["kin"].values()),
        people=frozenset(table["people"]["sectors"].split()),
        rebuttal=re.compile(rf"\b(?:{rebuttal})\b", re.IGNORECASE),
    )


def judge(
    left: Claim, right: Claim, groundings: tuple[Grounding, Grounding], text: str, words: AlikeWords
) -> Judgement:
    """Weigh two claims of one type, ``left`` the earlier.

    What is carried over from elsewhere (an inherited party, a place named in another sentence) is no evidence of its
    own and is left out.

    Returns:
        Points for every agreement. ``apart`` names what rules one event out: parties, places, days or manners that
        differ, an event yet to come beside one that happened, counts of one voice that exclude each other, or words
        that say so ("a second strike").
    """
    if apart := _stand_apart(left, right, groundings, text, words):
        return Judgement(0.0, (), apart)
    agreed: list[tuple[str, float]] = []
    for role in ("actor", "recipient"):
        points = _compare_parties(left, right, groundings, role, words)
        if points is None:
            return Judgement(0.0, (), role)
        agreed.append((role, points))
    places = _compare_places(left, right, groundings)
    times = _compare_times(left, right, groundings)
    if places is None or times is None:
        return Judgement(0.0, (), "place" if places is None else "time")
    agreed += [("place", places), ("time", times), ("count", _compare_counts(left, right))]
    if make_stem(left, words) == make_stem(right, words):
        agreed.append(("word", _STEM))
    if points_back(right, text, words):
        agreed.append(("reference", _POINTER))
    if _is_named_before(left, right, text, words):
        agreed.append(("description", _NAMED))
    held = [(name, points) for name, points in agreed if points > 0]
    return Judgement(sum(points for _, points in held), tuple(name for name, _ in held))


def enough(left: Claim, right: Claim) -> float:
    """Return how many points make one event of two claims of these statuses and this type."""
    bound = ENOUGH_AHEAD if {left.status.value, right.status.value} <= PROSPECTIVE else ENOUGH
    return bound + _SPEECH_EXTRA * (left.type.value in _SPEECH)


def points_back(claim: Claim, text: str, words: AlikeWords) -> bool:
    """Say whether the trigger takes up something told before ("the attack", "these talks")."""
    return _last_word(claim) in words.anaphors and words.pointing.search(_before(claim, text)) is not None


def make_stem(claim: Claim, words: AlikeWords) -> str:
    """Return the trigger's last word without its ending, so that "bombed" and "bombing" are one."""
    word = _last_word(claim)
    if word in words.stems:
        return words.stems[word]
    return re.sub(r"(?:ments?|ations?|ings?|ions?|ed|es|s|e)$", "", word) if len(word) > 4 else word


def _is_named_before(left: Claim, right: Claim, text: str, words: AlikeWords) -> bool:
    """Say whether the later trigger describes the event by words of the earlier sentence ("a drone … drone attack")."""
    *describing, _ = re.findall(r"[\w’'-]+", right.trigger.value.lower()) or [""]
    told = set(re.findall(r"[\w’'-]+", left.sentence.slice(text).lower()))
    return any(len(word) > 2 and word in told and word not in words.anaphors for word in describing)


def voice_of(claim: Claim, grounding: Grounding) -> str | None:
    """Return who says so, innermost; None where the outlet speaks for itself."""
    if not claim.chain:
        return None
    return (grounding.sources[-1].code if grounding.sources else None) or claim.chain[-1].text.lower()


def is_of_period(claim: Claim, grounding: Grounding) -> bool:
    """Say whether a claim speaks of a time that is open to today ("since 2022") or lasted for a year or more."""
    time = grounding.time
    if claim.time is None or time is None:
        return False
    return claim.time.value.modifier == "since" or time.precision in ("year", "decade")


def are_compatible(one: Figure, other: Figure) -> bool:
    """Say whether two counts of one thing can both hold."""
    low = max(one.low or 0, other.low or 0)
    highs = [high for high in (one.high, other.high) if high is not None]
    return not highs or low <= min(highs)


def _last_word(claim: Claim) -> str:
    found = re.findall(r"[\w’'-]+", claim.trigger.value.lower())
    return found[-1] if found else ""


def _before(claim: Claim, text: str) -> str:
    span = claim.trigger.span or claim.evidence
    return text[max(claim.sentence.start, span.start - _BEFORE) : span.start]


def _stand_apart(
    left: Claim, right: Claim, groundings: tuple[Grounding, Grounding], text: str, words: AlikeWords
) -> str | None:
    one, other = left.status.value, right.status.value
    if (one is Status.HISTORICAL) != (other is Status.HISTORICAL):
        return "status"
    pair = {one, other}
    for claim, grounding in zip((left, right), groundings, strict=True):
        if len(pair) > 1 and claim.status.value is Status.NEGATED and is_of_period(claim, grounding):
            return "period"  # "no strike since 2022" is about all other strikes
    if pair & ACTUAL and pair & PROSPECTIVE and pair & PROSPECTIVE != {Status.POSSIBLE}:
        return "status"
    if words.apart.search(_before(right, text)):
        return "words"
    modes = [{mode.value for mode in claim.modes} for claim in (left, right)]
    if all(modes) and not modes[0] & modes[1] and make_stem(left, words) != make_stem(right, words):
        kin = any(modes[0] & family and modes[1] & family for family in words.kin)
        if not kin:
            return "mode"
    same_voice = voice_of(left, groundings[0]) == voice_of(right, groundings[1])
    if same_voice and pair <= ACTUAL and any(True for _ in find_clashes(left, right)):
        return "count"
    return None


def find_clashes(left: Claim, right: Claim) -> list[tuple[Figure, Figure]]:
    """Return the pairs of counts of people or acts, of one key and scope, that cannot both hold."""
    return [
        (one.value, other.value)
        for one in left.figures
        for other in right.figures
        if one.value.key == other.value.key
        and one.value.key in COUNTED
        and one.value.scope is other.value.scope is Scope.THIS
        and count_alike(one.value, other.value)
        and not are_compatible(one.value, other.value)
    ]


def count_alike(one: Figure, other: Figure) -> bool:
    """Say whether two figures count the same people: fighters killed say nothing of civilians killed."""
    units = {(unit or "people").lower().split()[-1] for unit in (one.unit, other.unit)}
    return len(units) == 1 or bool(units & ANYBODY)


def _compare_counts(left: Claim, right: Claim) -> float:
    counts = [
        {(f.value.key, f.value.low, f.value.high) for f in claim.figures if f.value.key in COUNTED}
        for claim in (left, right)
    ]
    return _COUNT if any(low != 1 or high != 1 for _, low, high in counts[0] & counts[1]) else 0.0


def _compare_parties(
    left: Claim, right: Claim, groundings: tuple[Grounding, Grounding], role: str, words: AlikeWords
) -> float | None:
    """Points for one role; None where both sides are known and differ."""
    one, other = (_parties(claim, g, role) for claim, g in zip((left, right), groundings, strict=True))
    if not one or not other:
        return 0.0
    bases = [{code.split("/")[0] for code in side} for side in (one, other)]
    same = one & other | {a for a in one for b in other if a[0] != "~" and _kind(a, words) == _kind(b, words)}
    if same:
        return _CROWD if all(_kind(code, words)[1] for code in same) else _PARTY
    if bases[0] & bases[1]:
        return _WIDE
    unknown = any(code.startswith("~") for code in one | other)
    return 0.0 if unknown else None


def _kind(code: str, words: AlikeWords) -> tuple[str, bool]:
    """A party as far as it matters here: which state, and whether people or power."""
    base, _, sector = code.partition("/")
    return base, sector in words.people


def _parties(claim: Claim, grounding: Grounding, role: str) -> set[str]:
    fields, mentions = (claim.actors, grounding.actors) if role == "actor" else (claim.recipients, grounding.recipients)
    found: set[str] = set()
    for field, mention in zip(fields, mentions, strict=False):
        if field.by in LENT and not (field.span and claim.sentence.covers(field.span)):
            continue
        name = re.sub(r"^(?:the|a|an|its|their|his|her)\s+", "", field.value.lower())
        found |= set(mention.codes) or {f"~{name}"}
    return found


def _compare_places(left: Claim, right: Claim, groundings: tuple[Grounding, Grounding]) -> float | None:
    """Points for the places that each claim's own sentence names; None where they lie apart."""
    one, other = (_places(claim, g) for claim, g in zip((left, right), groundings, strict=True))
    if not one or not other:
        return 0.0
    best: float | None = None
    for name, place in one:
        for other_name, other_place in other:
            points = _compare_place(name, place, other_name, other_place)
            best = points if best is None or (points or 0.0) > best else best
    return best


def _compare_place(
    name: str, place: PlaceCandidate | None, other_name: str, other: PlaceCandidate | None
) -> float | None:
    if place is not None and other is not None and place.id == other.id:
        return _WIDE if place.kind in _WIDE_KINDS else _PLACE
    if place is None or other is None:
        return _PLACE if name == other_name else None
    apart = measure_km(place, other) - place.radius_km - other.radius_km
    return 0.0 if apart <= _TOGETHER_KM else None


def _places(claim: Claim, grounding: Grounding) -> list[tuple[str, PlaceCandidate | None]]:
    return [
        (field.value.text.lower(), grounded.candidates[0] if grounded.candidates else None)
        for field, grounded in zip(claim.places, grounding.places, strict=False)
        if field.value.role is PlaceRole.EVENT
        and field.by != "rule:carried"
        and field.span is not None
        and claim.sentence.overlaps(field.span)
    ]


def _compare_times(left: Claim, right: Claim, groundings: tuple[Grounding, Grounding]) -> float | None:
    one, other = (_find_time(claim, g) for claim, g in zip((left, right), groundings, strict=True))
    if one is None or other is None:
        return 0.0
    if (one.end and other.start and one.end < other.start) or (other.end and one.start and other.end < one.start):
        return None
    return _DAY if one.precision == other.precision == "day" and one.start == other.start == other.end else _SPAN


def _find_time(claim: Claim, grounding: Grounding) -> CalendarInterval | None:
    """Return when the event was, where its own sentence says so."""
    span = claim.time.span if claim.time is not None else None
    return grounding.time if span is not None and claim.sentence.covers(span) else None
