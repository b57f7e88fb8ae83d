"""How two claims of different reports compare, comparison by comparison, each on a few levels that carry a weight."""

import math

from reportedly.link.alike import ACTUAL, ANYBODY, OPPOSING, PROSPECTIVE
from reportedly.link.event_features import EventFeatures, FeatureFigure, FeaturePlace
from reportedly.link.event_words import EventWords
from reportedly.records.claim import Status

Levels = dict[str, str]
"""Comparison to level; what says nothing is left out."""
Parties = tuple[tuple[str, bool], ...]
"""Parties of one role, each with whether another sentence lent it."""

_KM_A_DEGREE = 111.2
_NEAR_KM = 15.0
"""Circles that come this close may hold one event."""
_APART_KM = 60.0
"""Towns further apart than this, their circles taken off, are two places, whatever a report rounds to."""
_TOWN, _PROVINCE, _COUNTRY = 1, 2, 3
"""Ranks of places up to which they are towns, provinces, countries."""
_SLACK_DAYS = 1
"""Reports across time zones, or told overnight, give one event neighbouring days."""
_WEEK, _YEAR = 7, 364
_TOLD_BEFORE = {True: 2, False: 7}
"""How many days before publication an undated event that is told as news (or denied) mostly lies."""
_AHEAD_DAYS = 45
"""How far ahead an undated plan mostly reaches."""
_LATE_DAYS = 1
"""What is still told as planned so long after it happened is another event."""
_GAPS = ((0, "fits"), (2, "near"), (6, "week"), (14, "fortnight"), (45, "month"))
_SMALL = 3
"""Counts up to this agree by chance."""
_RATIO = 3.0
"""Counts further apart than this are of two events, or of two scopes."""
_TEXT = ((0.75, "copy"), (0.5, "strong"), (0.33, "fair"), (0.18, "weak"))
_LEAD = ((0.6, "strong"), (0.35, "fair"), (0.15, "weak"))
_NAMED = 4
"""Names at the head of a report from which it tells something that another shares hardly any of them."""
_BESIDE = 2
"""Names and numbers in the sentence of a claim from which it tells something that another has none of them."""
_CODED = frozenset({"state", "crowd", "same"})
_CLOSE = frozenset({"near", "province", "town"})
_FINENESS = ("", "lent", "state", "head", "crowd", "words", "same")
_CLOSENESS = ("", "apart", "within country", "country", "within province", "near", "province", "town")
_AGREEMENT = ("", "far", "differs", "fits", "same few", "same")
"""Levels of one comparison, the one that speaks least for one event first."""


def find_contradiction(one: EventFeatures, other: EventFeatures) -> str | None:
    """Return what rules one event out for two claims, whoever tells them; None where nothing does.

    Days that are known and lie apart, towns too far from each other, countries that differ, one act beside a series,
    and neighbouring days in the mouth of one voice. Figures that differ rule nothing out: tolls are told differently.
    """
    if one.series != other.series:
        return "series"
    if not one.lent_time and not other.lent_time and (gap := _gap(one.start, one.end, other.start, other.end)):
        slack = _SLACK_DAYS if one.exact and other.exact else 0
        same_voice = one.voice == other.voice and (one.voice is not None or one.document == other.document)
        if gap > slack or (same_voice and one.exact and other.exact):
            return "time"
    if one.places and other.places and all(_are_apart(a, b) for a in one.places for b in other.places):
        return "place"
    return None


def compare(one: EventFeatures, other: EventFeatures, words: EventWords) -> Levels | None:
    """Compare two claims; None where something rules one event out.

    Args:
        one: The claim published first.
        other: The claim published later.
        words: From ``open_event_words``.

    Returns:
        Levels by comparison, each a key of the weights.
    """
    if other.type not in words.near[one.type]:
        return None
    if find_contradiction(one, other):
        return None
    status = _compare_statuses(one, other)
    if status is None:
        return None
    levels = {
        "kind": words.kinds[one.type],
        "type": "same" if one.type == other.type else "near",
        "status": status,
        "mode": _compare_modes(one, other, words),
        "place": _compare_places(one.places, other.places),
        "time": _compare_times(one, other),
        "count": _compare_figures(one.figures, other.figures),
        "word": _compare_stems(one, other, words),
        "text": _grade(_overlap(one, other), _TEXT),
        "matter": _grade(_cosine(one.lead, other.lead), _LEAD),
        "series": "both" if one.series else "",
        "voice": "same" if one.voice is not None and one.voice == other.voice else "",
    }
    levels["actor"], levels["recipient"] = _compare_roles(one, other, words)
    if _are_strangers(one, other, levels):
        return None
    return {name: level for name, level in levels.items() if level}


def _are_strangers(one: EventFeatures, other: EventFeatures, levels: Levels) -> bool:
    """Say whether two reports share hardly a name where they name some, and the claims neither a party nor a town.

    Reports of one event nearly always name one place, body or person alike, at their heads or beside the act itself;
    without, two like acts far from each other would be one wherever a list knows neither party. One name among many is
    shared by chance: the UN is named everywhere.
    """
    if levels["matter"] != "none":
        return False
    headed = min(len(one.lead), len(other.lead)) >= _NAMED
    beside = min(len(one.names), len(other.names)) >= _BESIDE and not one.names & other.names
    if not headed and not beside:
        return False
    parties = (levels["actor"], levels["recipient"])
    return levels["place"] not in _CLOSE and not any(level in _CODED for level in parties)


def _compare_statuses(one: EventFeatures, other: EventFeatures) -> str | None:
    """Level of two statuses: one planned and one that happened are steps of one life, in this order."""
    first, second = one.status, other.status
    if (first is Status.HISTORICAL) != (second is Status.HISTORICAL):
        # Background is one event with news only where both say when, and the same.
        dated = one.start is not None and other.start is not None and not one.lent_time and not other.lent_time
        return "recalled" if dated else None
    if first is Status.HISTORICAL:
        return "historical"
    if any(item.status is Status.NEGATED and _is_long(item) for item in (one, other)) and first is not second:
        return None  # "no strike since 2022" is about all other strikes
    if first in OPPOSING or second in OPPOSING:
        return "opposed"
    if first in PROSPECTIVE and second in PROSPECTIVE:
        return "ahead"
    if first in ACTUAL and second in ACTUAL:
        return ""
    if first in PROSPECTIVE:
        return "life"
    late = one.published is not None and other.published is not None and other.published - one.published > _LATE_DAYS
    if late and one.exact and not one.lent_time and not other.start:
        # The act has its day, and the plan for it was told later: that is a plan for another.
        return None
    return "late" if late else "life"


def _compare_modes(one: EventFeatures, other: EventFeatures, words: EventWords) -> str:
    if not one.modes or not other.modes:
        return ""
    first, second = set(one.modes), set(other.modes)
    if first & second:
        return "same"
    return "kin" if any(first & family and second & family for family in words.alike.kin) else "differs"


def _compare_stems(one: EventFeatures, other: EventFeatures, words: EventWords) -> str:
    if one.stem != other.stem:
        return "differs"
    return "common" if one.stem in words.common else "same"


def _compare_roles(one: EventFeatures, other: EventFeatures, words: EventWords) -> tuple[str, str]:
    """Levels of actors and recipients; between equals also the wrong way round, where that fits better."""
    people, weights = words.alike.people, words.weights.levels
    straight = (
        _compare_parties(one.actors, other.actors, people),
        _compare_parties(one.recipients, other.recipients, people),
    )
    if one.type not in words.mutual and other.type not in words.mutual:
        return straight
    crossed = (
        _compare_parties(one.actors, other.recipients, people),
        _compare_parties(one.recipients, other.actors, people),
    )
    return max(
        (straight, crossed),
        key=lambda pair: weights["actor"].get(pair[0], 0.0) + weights["recipient"].get(pair[1], 0.0),
    )


def _compare_parties(one: Parties, other: Parties, people: frozenset[str]) -> str:
    """Level of one role: the finest agreement between any two of the parties named."""
    if not one or not other:
        return ""
    best, sure = "", True
    for code, lent in one:
        for second, second_lent in other:
            level = _match(code, second, people)
            if level and (lent or second_lent):
                level = "lent"
            best = max(best, level, key=_FINENESS.index)
            sure = sure and not (lent or second_lent) and _is_name(code) and _is_name(second)
    return best or ("differs" if sure else "")


def _is_name(code: str) -> bool:
    """Say whether a party is named; one that is described ("Norlandic rebels", "gunmen") may bear any other's name."""
    return code[0] != "~" and not code.rsplit(" ", 1)[-1][0].islower()


def _match(one: str, other: str, people: frozenset[str]) -> str:
    """Say how finely two parties agree; empty where they do not."""
    if one[0] == "~" or other[0] == "~":
        if one == other:
            return "words"
        alike = one[0] == other[0] and one.rsplit(" ", 1)[-1].lstrip("~") == other.rsplit(" ", 1)[-1].lstrip("~")
        return "head" if alike else ""
    base, _, sector = one.partition("/")
    second_base, _, second_sector = other.partition("/")
    if base != second_base:
        return ""
    crowd = sector in people
    if crowd != (second_sector in people):
        return "state"
    return "crowd" if crowd else "same"


def _compare_places(one: tuple[FeaturePlace, ...], other: tuple[FeaturePlace, ...]) -> str:
    """Level of two places, neither of which is known to lie apart from the other."""
    if not one or not other:
        return ""
    best = max((_compare_place(a, b) for a in one for b in other), key=_CLOSENESS.index)
    lent = all(place.lent for place in one) or all(place.lent for place in other)
    return f"lent {best}" if lent and best else best


def _compare_place(one: FeaturePlace, other: FeaturePlace) -> str:
    if one.id == other.id:
        return "town" if one.rank <= _TOWN else "province" if one.rank <= _PROVINCE else "country"
    if one.id[0] == "~" or other.id[0] == "~":
        return ""
    apart = _distance_km(one, other)
    if apart - one.radius_km - other.radius_km > _NEAR_KM:
        return "apart"
    if max(one.rank, other.rank) <= _TOWN:
        return "near"
    wide = max(one.rank, other.rank)
    return "within country" if wide >= _COUNTRY else "within province"


def _are_apart(one: FeaturePlace, other: FeaturePlace) -> bool:
    """Say whether one event can hardly be in both; places that another sentence lends may be lent wrongly."""
    if one.id == other.id or one.lent or other.lent or one.id[0] == "~" or other.id[0] == "~":
        return False
    if one.rank == other.rank == _COUNTRY:
        return one.country != other.country
    bound = _APART_KM if max(one.rank, other.rank) <= _TOWN else _NEAR_KM
    if one.country == other.country and max(one.rank, other.rank) >= _COUNTRY:
        return False
    return _distance_km(one, other) - one.radius_km - other.radius_km > bound


def _distance_km(one: FeaturePlace, other: FeaturePlace) -> float:
    """Great-circle distance on a flat patch: within 1% below a few hundred kilometres, and five times as quick."""
    east = abs(one.longitude - other.longitude)
    east = min(east, 360.0 - east) * math.cos(math.radians((one.latitude + other.latitude) / 2))
    return _KM_A_DEGREE * math.hypot(east, one.latitude - other.latitude)


def _gap(start: int | None, end: int | None, other_start: int | None, other_end: int | None) -> int:
    """Days between two intervals; 0 where they meet or are open towards each other."""
    before = other_start - end if end is not None and other_start is not None else 0
    after = start - other_end if start is not None and other_end is not None else 0
    return max(0, before, after)


def _compare_times(one: EventFeatures, other: EventFeatures) -> str:
    """Level of when: days that both say, or what publication implies where one does not."""
    told = [item for item in (one, other) if item.start is not None or item.end is not None]
    if len(told) == 2:
        gap = _gap(one.start, one.end, other.start, other.end)
        if one.lent_time or other.lent_time:
            return "lent apart" if gap > _SLACK_DAYS else "lent day" if one.exact and other.exact else ""
        if gap:
            return "next day"
        if one.exact and other.exact:
            return "day"
        return "week" if _span(one) <= _WEEK and _span(other) <= _WEEK else "overlap"
    spans = [_imply(item) for item in (one, other)]
    if spans[0] is None or spans[1] is None:
        return ""
    gap = _gap(*spans[0], *spans[1])
    level = next((level for bound, level in _GAPS if gap <= bound), "far")
    return f"{'told' if told else 'published'} {level}"


def _span(features: EventFeatures) -> int:
    if features.start is None or features.end is None:
        return _WEEK + 1
    return features.end - features.start


def _is_long(features: EventFeatures) -> bool:
    """Say whether a claim speaks of a time that is open to today or lasted for a year."""
    return features.start is not None and (features.end is None or features.end - features.start >= _YEAR)


def _imply(features: EventFeatures) -> tuple[int | None, int | None] | None:
    """Return when a claim says its event is, or else when, by its status and publication, it mostly is."""
    if features.start is not None or features.end is not None:
        return features.start, features.end
    if features.published is None or features.status is Status.HISTORICAL:
        return None
    if features.status in PROSPECTIVE:
        return features.published, features.published + _AHEAD_DAYS
    return features.published - _TOLD_BEFORE[features.status in ACTUAL], features.published


def _compare_figures(one: tuple[FeatureFigure, ...], other: tuple[FeatureFigure, ...]) -> str:
    """Level of the counts of one thing that both give: the best of them."""
    best = ""
    for first in one:
        for second in other:
            if first.key != second.key:
                continue
            if first.unit != second.unit and first.unit not in ANYBODY and second.unit not in ANYBODY:
                continue
            best = max(best, _compare_figure(first, second), key=_AGREEMENT.index)
    return best


def _compare_figure(one: FeatureFigure, other: FeatureFigure) -> str:
    first, second = one.low or one.high or 0, other.low or other.high or 0
    if (one.low, one.high) == (other.low, other.high):
        return "same" if first > _SMALL else "same few"
    highs = [high for high in (one.high, other.high) if high is not None]
    if not highs or max(one.low or 0, other.low or 0) <= min(highs):
        return "fits"
    return "far" if max(first, second) > _RATIO * max(1, min(first, second)) else "differs"


def _overlap(one: EventFeatures, other: EventFeatures) -> float:
    """Cosine of two sentences in which a name or number weighs twice a word."""
    first, second = 2 * len(one.names) + len(one.words), 2 * len(other.names) + len(other.words)
    if not first or not second:
        return 0.0
    shared = 2 * len(one.names & other.names) + len(one.words & other.words)
    return shared / math.sqrt(first * second)


def _cosine(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / math.sqrt(len(one) * len(other)) if one and other else 0.0


def _grade(value: float, steps: tuple[tuple[float, str], ...]) -> str:
    return next((level for bound, level in steps if value >= bound), "none")
