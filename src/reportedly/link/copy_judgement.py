"""What speaks for one report having been taken from another, and which of the two came first."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import pairwise

import msgspec

from reportedly.link.copy_runs import Run, find_runs, share_covered
from reportedly.link.copy_text import CopyText, Sentence


class PairClass(StrEnum):
    """How two reports stand to each other."""

    EXACT = "exact"
    EDITED = "edited"
    REWRITE = "rewrite"
    INDEPENDENT = "independent"
    UNRELATED = "unrelated"


class PairJudgement(msgspec.Struct, frozen=True):
    """The class of a pair, how strongly it is held, and why in words."""

    kind: PairClass
    score: float
    reason: str


FEATURES = (
    "verbatim",
    "verbatim_both",
    "longest",
    "aligned",
    "aligned_both",
    "in_order",
    "facts_kept",
    "facts_kept_both",
    "names_kept",
    "figures_kept",
    "figures_kept_both",
    "own_quotes",
    "shared_quotes",
    "credited",
    "days_clash",
)
"""What is measured of a pair; each from 0 to 1. ``_both`` is the lesser of the two directions, else the greater."""


def judge_pair(left: CopyText, right: CopyText) -> PairJudgement:
    """Judge how two reports stand to each other; their order does not matter."""
    runs = find_runs(left.tokens, right.tokens)
    if is_exact(left, right, runs):
        return PairJudgement(PairClass.EXACT, 1.0, "word for word the same report")
    seen = measure_pair(left, right, runs)
    if seen["verbatim"] >= 0.5 and seen["names_kept"] >= 0.7:
        return PairJudgement(PairClass.EDITED, seen["verbatim"], _say(seen))
    if seen["facts_kept"] >= 0.7 and seen["aligned"] >= 0.6:
        return PairJudgement(PairClass.REWRITE, seen["facts_kept"], _say(seen))
    if seen["facts_kept"] >= 0.3:
        return PairJudgement(PairClass.INDEPENDENT, 1 - seen["facts_kept"], _say(seen))
    return PairJudgement(PairClass.UNRELATED, 1 - seen["facts_kept"], _say(seen))


def _say(seen: Mapping[str, float]) -> str:
    return (
        f"{seen['verbatim']:.0%} of the words stand there in the same runs, "
        f"{seen['facts_kept']:.0%} of the names and figures, {seen['aligned']:.0%} of the sentences"
    )


MAX_FURNITURE = 40
"""Words of site furniture at either end that cleaning may have left."""


def is_exact(left: CopyText, right: CopyText, runs: Sequence[Run]) -> bool:
    """Say whether two reports differ only in what stands before or after them, and in spelling here and there."""
    if not runs:
        return left.tokens == right.tokens != []
    inner = (
        runs[-1].left + runs[-1].length - runs[0].left,
        runs[-1].right + runs[-1].length - runs[0].right,
    )
    outer = (len(left.tokens) - inner[0], len(right.tokens) - inner[1])
    shared = sum(run.length for run in runs)
    ascending = all(one.left + one.length <= two.left for one, two in pairwise(runs))
    if not ascending or shared < 0.97 * max(inner) or min(outer) > 3:
        return False
    return max(outer) <= min(MAX_FURNITURE, 0.25 * shared)


def measure_pair(left: CopyText, right: CopyText, runs: Sequence[Run] | None = None) -> dict[str, float]:
    """Measure what speaks for and against copying; see ``FEATURES``. The order of the two does not matter."""
    runs = find_runs(left.tokens, right.tokens) if runs is None else runs
    covered = (share_covered(runs, len(left.tokens), "left"), share_covered(runs, len(right.tokens), "right"))
    aligned = [_align(right.sentences, left.sentences), _align(left.sentences, right.sentences)]
    facts = [
        _share(one.names | one.figures, other.names | other.figures) for one, other in ((left, right), (right, left))
    ]
    figures = [_share(one.figures, other.figures) for one, other in ((left, right), (right, left))]
    names = [_share(one.names, other.names) for one, other in ((left, right), (right, left))]
    quotes = [_share_quotes(one, other) for one, other in ((left, right), (right, left))]
    return {
        "verbatim": max(covered),
        "verbatim_both": min(covered),
        "longest": min(1.0, max((run.length for run in runs), default=0) / 60),
        "aligned": max(share for share, _ in aligned),
        "aligned_both": min(share for share, _ in aligned),
        "in_order": max(order for _, order in aligned),
        "facts_kept": max(facts),
        "facts_kept_both": min(facts),
        "names_kept": max(names),
        "figures_kept": max(figures),
        "figures_kept_both": min(figures),
        "own_quotes": float(min(own for own, _ in quotes)),
        "shared_quotes": float(max(shared for _, shared in quotes)),
        "credited": float(_cites(left, right) or _cites(right, left) or _share_credit(left, right)),
        "days_clash": float(bool(left.days and right.days and not left.days & right.days)),
    }


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one) if one else 0.0


def _align(texts: Sequence[Sentence], against: Sequence[Sentence]) -> tuple[float, float]:
    """Return the share of sentences that have a counterpart, and how far the counterparts keep the order."""
    places: list[int] = []
    for sentence in texts:
        best, place = 0.0, -1
        for at, other in enumerate(against):
            alike = _alike(sentence, other)
            if alike > best:
                best, place = alike, at
        if best >= 0.4:
            places.append(place)
    if not places:
        return 0.0, 0.0
    steps = list(pairwise(places))
    order = sum(a <= b for a, b in steps) / len(steps) if steps else 0.5
    return len(places) / len(texts), order


def _alike(one: Sentence, other: Sentence) -> float:
    """Weigh what one sentence shares with another: a name or a figure counts twice a word."""
    total = len(one.stems) + len(one.names) + 2 * len(one.figures)
    if not total:
        return 0.0
    shared = len(one.stems & other.stems) + len(one.names & other.names) + 2 * len(one.figures & other.figures)
    return shared / total


def _share_quotes(one: CopyText, other: CopyText) -> tuple[float, float]:
    """Return the share of one report's quoted words that the other has not in runs, and the share that it has."""
    total = sum(map(len, one.quotes))
    if not total:
        return 0.0, 0.0
    kept = sum(run.length for quote in one.quotes for run in find_runs(other.tokens, quote, 4))
    return 1 - min(1.0, kept / total), min(1.0, kept / total)


def _cites(one: CopyText, other: CopyText) -> bool:
    """Say whether one report names the other's publisher as the outlet that has it."""
    return any(re.search(rf"\b{re.escape(name)}\b", one.body, re.IGNORECASE) is not None for name in _outlets(other))


def _outlets(text: CopyText) -> list[str]:
    document = text.document
    names = {document.publisher or "", document.credit or ""}
    return [re.sub(r"^The ", "", name) for name in sorted(names) if len(name) > 2]


def _share_credit(left: CopyText, right: CopyText) -> bool:
    one, other = left.document, right.document
    credits = {one.credit, other.credit}
    return bool(credits - {None}) and (len(credits) == 1 or bool(credits & {one.publisher, other.publisher} - {None}))


def find_origin(left: CopyText, right: CopyText) -> tuple[str, str]:
    """Return which of the two was there first, ``left`` or ``right``, and why in words.

    A text credited to an agency comes from that agency's own report; a report that names the other's outlet comes from
    that one; else the earlier comes first; else the longer; else the one with the smaller id.
    """
    one, other = left.document, right.document
    if other.credit and other.credit == one.publisher != other.publisher:
        return "left", f"credited to {other.credit}"
    if one.credit and one.credit == other.publisher != one.publisher:
        return "right", f"credited to {one.credit}"
    cites = (_cites(left, right), _cites(right, left))
    if cites[1] and not cites[0]:
        return "left", f"it names {one.publisher or one.credit}"
    if cites[0] and not cites[1]:
        return "right", f"it names {other.publisher or other.credit}"
    times = [document.published.time if document.published else "" for document in (one, other)]
    if all(times) and times[0][: len(times[1])] != times[1][: len(times[0])]:
        return ("left" if times[0] < times[1] else "right"), "published earlier"
    if len(left.tokens) != len(right.tokens):
        return ("left" if len(left.tokens) > len(right.tokens) else "right"), "the longer text"
    return ("left" if one.id <= other.id else "right"), "neither is known to be earlier"
