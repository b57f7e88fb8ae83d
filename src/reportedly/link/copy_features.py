"""What is measured of two reports to tell whether one was taken from the other."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from reportedly.link.copy_runs import Run, share_covered
from reportedly.link.copy_text import QUOTE_SEED, CopyText, Sentence

FEATURES: Mapping[str, str] = {
    "verbatim": "{} of the words of one stand in the other in the same runs",
    "verbatim_both": "{} of the words of either stand in the other in the same runs",
    "longest": "a long run of words is the same",
    "told": "{} of what the sentences of one tell has a counterpart",
    "told_both": "{} of what the sentences of either tell has a counterpart",
    "in_order": "{} of the counterparts follow in the same order",
    "names_kept": "{} of the names of one stand in the other",
    "names_kept_both": "{} of the names of either stand in the other",
    "figures_kept": "{} of the figures of one stand in the other",
    "figures_kept_both": "{} of the figures of either stand in the other",
    "facts_kept": "{} of the names and figures of one stand in the other",
    "facts_kept_both": "{} of the names and figures of either stand in the other",
    "own_facts": "each has names and figures of its own",
    "shared_facts": "many names and figures are the same",
    "shared_counts": "figures of two digits and more are the same",
    "lead_facts": "{} of the names and figures that open one stand in the other",
    "lead_facts_both": "{} of the names and figures that open either stand in the other",
    "changed": "{} of the sentences made alike give other names or figures",
    "own_quotes": "each quotes words that the other has not",
    "shared_quotes": "{} of the words quoted are the same",
    "lead": "the first sentences are {} alike",
    "credited": "one names the other's outlet, or both the same agency",
    "same_day": "both name the same day",
    "days_apart": "they tell of days that lie apart",
}
"""Name and meaning, with a place for the share; each is from 0 to 1. Of the two directions the greater counts, with
``_both`` the lesser."""

ENOUGH_ALIKE = 0.4
"""What two sentences must share to be counterparts."""
MADE_ALIKE = 0.5
"""What two sentences must share besides names and figures to be made alike."""
LEAST_ALIKE = 3
"""Content words besides names that a sentence must have to be made alike."""
LONG_RUN = 60
"""Words; a longer run says no more."""
MANY_FACTS = 10
MANY_COUNTS = 3
MANY_OWN = 6
"""Numbers of own or shared names and figures above which more say no more."""
UNDATED = 0.25
"""Stands for days apart where they are not known: about what pairs have on average, so that it says nothing."""
OPENING = 2
"""Sentences that open a report and hold what it is about."""
_MONTHS = {name: at for at, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_WEEKDAYS = {name: at for at, name in enumerate("mon tue wed thu fri sat sun".split())}
_DATE = re.compile(
    r"\b(?:(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]{2})[a-z]*|(?P<month2>[A-Z][a-z]{2})[a-z]*\.? (?P<day2>\d{1,2}))\b"
    r"|\b(?P<weekday>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?P<near>[Yy]esterday|[Tt]oday|[Oo]vernight|[Tt]onight)\b"
)


def measure_pair(left: CopyText, right: CopyText, runs: Sequence[Run]) -> dict[str, float]:
    """Measure what speaks for and against copying; the order of the two does not matter.

    Args:
        left: A report.
        right: Another one.
        runs: From ``find_runs`` over their words.

    Returns:
        A value for every name of ``FEATURES``.
    """

    def both_ways(share: Callable[[CopyText, CopyText], float]) -> tuple[float, float]:
        one, other = share(left, right), share(right, left)
        return max(one, other), min(one, other)

    covered = (share_covered(runs, len(left.tokens), "left"), share_covered(runs, len(right.tokens), "right"))
    table = _compare_sentences(left.sentences, right.sentences)
    columns = [list(column) for column in zip(*table, strict=True)]
    told = [_average([max(row, default=0.0) for row in rows]) for rows in (table, columns)]
    names = both_ways(lambda one, other: _share(one.names, other.names))
    figures = both_ways(lambda one, other: _share(one.figures, other.figures))
    facts = both_ways(lambda one, other: _share(one.names | one.figures, other.names | other.figures))
    opening = both_ways(lambda one, other: _share(_open_facts(one), other.names | other.figures))
    quotes = (share_quotes(left, right), share_quotes(right, left))
    days = (find_days(left), find_days(right))
    return {
        "verbatim": max(covered),
        "verbatim_both": min(covered),
        "longest": min(1.0, max((run.length for run in runs), default=0) / LONG_RUN),
        "told": max(told),
        "told_both": min(told),
        "in_order": max(_order(table), _order(columns)),
        "names_kept": names[0],
        "names_kept_both": names[1],
        "figures_kept": figures[0],
        "figures_kept_both": figures[1],
        "facts_kept": facts[0],
        "facts_kept_both": facts[1],
        "own_facts": min(1.0, min(_count_own(left, right), _count_own(right, left)) / MANY_OWN),
        "shared_facts": min(1.0, len((left.names | left.figures) & (right.names | right.figures)) / MANY_FACTS),
        "shared_counts": min(1.0, sum(len(figure) > 1 for figure in left.figures & right.figures) / MANY_COUNTS),
        "lead_facts": opening[0],
        "lead_facts_both": opening[1],
        "changed": _share_changed(left.sentences, right.sentences),
        "own_quotes": min(1 - share if quoted else 0.0 for share, quoted in quotes),
        "shared_quotes": max(share for share, _ in quotes),
        "lead": max((max(row[:2]) for row in table[:2] if row), default=0.0),
        "credited": float(cites(left, right) or cites(right, left) or share_credit(left, right)),
        "same_day": float(bool(days[0] & days[1])),
        "days_apart": _find_gap(left, right, days),
    }


def names_outlet(one: CopyText, other: CopyText) -> bool:
    """Say whether one report names the other's publisher, which is not its own."""
    name = re.sub(r"^[Tt]he ", "", other.document.publisher or "")
    return name != re.sub(r"^[Tt]he ", "", one.document.publisher or "") and _has_name(one, name)


def cites(one: CopyText, other: CopyText) -> bool:
    """Say whether one report names the other's publisher, or the agency that the other is credited to."""
    credit = other.document.credit or ""
    return names_outlet(one, other) or (credit != one.document.credit and _has_name(one, credit))


def _has_name(text: CopyText, name: str) -> bool:
    return len(name) > 2 and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text.document.text) is not None


def share_credit(left: CopyText, right: CopyText) -> bool:
    """Say whether both are credited to one agency, or one to the other's publisher."""
    one, other = left.document, right.document
    credits = {one.credit, other.credit}
    return bool(credits - {None}) and (len(credits) == 1 or bool(credits & {one.publisher, other.publisher} - {None}))


def share_quotes(one: CopyText, other: CopyText) -> tuple[float, bool]:
    """Return the share of one report's quoted words that the other has in runs, and whether it quotes anything."""
    total = sum(map(len, one.quotes))
    return (sum(_count_kept(quote, other) for quote in one.quotes) / total if total else 0.0), total > 0


def _count_kept(quote: tuple[str, ...], other: CopyText) -> int:
    if f" {' '.join(quote)} " in other.plain:
        return len(quote)
    kept: set[int] = set()
    for at in range(len(quote) - QUOTE_SEED + 1):
        if quote[at : at + QUOTE_SEED] in other.grams:
            kept.update(range(at, at + QUOTE_SEED))
    return len(kept)


def find_days(text: CopyText) -> frozenset[str]:
    """Return the days that a report names: by date, by weekday (the last one before publication) or as yesterday.

    A report whose day of publication is not known names none: weekdays and dates without a year are then anybody's.
    """
    day = text.document.published.day if text.document.published else None
    if day is None:
        return frozenset()
    published = date.fromisoformat(day)
    found: set[date] = set()
    for match in _DATE.finditer(text.body):
        parts = match.groupdict()
        if parts["near"]:
            found.add(published - timedelta(days=parts["near"].lower() == "yesterday"))
        elif parts["weekday"]:
            back = (published.weekday() - _WEEKDAYS[parts["weekday"][:3].lower()]) % 7
            found.add(published - timedelta(days=back))
        else:
            month = _MONTHS.get((parts["month"] or parts["month2"]).lower())
            number = int(parts["day"] or parts["day2"])
            near = _nearest(published, month, number) if month else None
            found |= {near} if near else set()
    return frozenset(day.isoformat() for day in found)


def _find_gap(left: CopyText, right: CopyText, named: tuple[frozenset[str], frozenset[str]]) -> float:
    """Return how far apart the days are that two reports tell of, a week being 1; ``UNDATED`` where none is known.

    A report that names no day tells of that of its publication.
    """
    sides: list[list[date]] = []
    for text, days in zip((left, right), named, strict=True):
        published = text.document.published.day if text.document.published else None
        sides.append([date.fromisoformat(day) for day in days or {published} if day])
    if not all(sides):
        return UNDATED
    return min(1.0, min(abs((one - other).days) for one in sides[0] for other in sides[1]) / 7)


def _nearest(published: date, month: int, number: int) -> date | None:
    """Return the day of this month and number that lies nearest to publication."""
    days = []
    for year in (published.year - 1, published.year, published.year + 1):
        try:
            days.append(date(year, month, number))
        except ValueError:
            continue
    return min(days, key=lambda day: abs(day - published), default=None)


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one) if one else 0.5


def _count_own(one: CopyText, other: CopyText) -> int:
    return len((one.names | one.figures) - other.names - other.figures)


def _open_facts(text: CopyText) -> frozenset[str]:
    return frozenset().union(*(sentence.names | sentence.figures for sentence in text.sentences[:OPENING]))


def _average(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _compare_sentences(left: Sequence[Sentence], right: Sequence[Sentence]) -> list[list[float]]:
    """Return how alike every sentence of the one is to every sentence of the other, a row a sentence of ``left``.

    It is the share of what the lighter sentence holds that stands in the other. A sentence of a word or two is
    everywhere, so that no less than three points are asked for.
    """
    weights = [sentence.weight for sentence in right]
    table: list[list[float]] = []
    for one in left:
        stems, names, figures, weight = one.stems, one.names, one.figures, one.weight
        row: list[float] = []
        for other, other_weight in zip(right, weights, strict=True):
            shared = len(stems & other.stems)
            if figures or shared:
                shared += len(names & other.names) + 2 * len(figures & other.figures)
            row.append(shared / max(3, min(weight, other_weight)))
        table.append(row)
    return table


def _order(table: Sequence[Sequence[float]]) -> float:
    """Return the share of neighbouring counterparts that follow in the same order; half where there are no two."""
    places = [row.index(max(row)) for row in table if row and max(row) >= ENOUGH_ALIKE]
    steps = [one <= two for one, two in pairwise(places)]
    return sum(steps) / len(steps) if steps else 0.5


def _share_changed(left: Sequence[Sentence], right: Sequence[Sentence]) -> float:
    """Return the share of sentences made alike, in all but names and figures, whose names or figures all differ.

    They are what a daily bulletin and its next issue have, and what a report and its rewrite do not.
    """
    alike = changed = 0
    plain = [other.stems - other.names for other in right]
    for one in left:
        own = one.stems - one.names
        for other, theirs in zip(right, plain, strict=True):
            least = min(len(own), len(theirs))
            if least < LEAST_ALIKE or len(own & theirs) < MADE_ALIKE * least:
                continue
            alike += 1
            changed += any(a and b and not a & b for a, b in ((one.names, other.names), (one.figures, other.figures)))
    return changed / alike if alike else 0.0
