"""How two reports stand to each other, and which of them was there first."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import pairwise

import msgspec

from reportedly.link.copy_features import FEATURES, measure_pair, names_outlet
from reportedly.link.copy_runs import Run, find_runs
from reportedly.link.copy_text import CopyText, find_tokens
from reportedly.link.copy_words import CopyWords, Question


class PairClass(StrEnum):
    """How two reports stand to each other: one was taken from the other, both tell of one event, or neither."""

    EXACT = "exact"
    EDITED = "edited"
    REWRITE = "rewrite"
    INDEPENDENT = "independent"
    UNRELATED = "unrelated"


class PairJudgement(msgspec.Struct, frozen=True):
    """The class of a pair, how strongly it is held (from 0 to 1), and why in words."""

    kind: PairClass
    score: float
    reason: str


MAX_FURNITURE = 30
"""Words of site furniture at either end that cleaning may have left."""
MAX_FURNITURE_SHARE = 0.25
MAX_FRINGE = 3
"""Words at either end that are never looked at: a name, a day, the word that opens a sentence."""
_ENDS = re.compile(r"""[.!?]["')]*\s*$""")
EXACT_FROM = 0.97
"""Share of the words between first and last run that must lie in runs: spelling may differ in one word of thirty."""
EDITED_FROM = 0.55
"""Share of the words of one report that stand in the other in runs, from which what was taken was not reworded."""
TAKEN_FROM = 0.65
"""Probability from which one report is held to be taken from the other. It lies between the copies and the rest of the
development part, and above a half: below it, in real news, stand one outlet's updates of its own story, and a report
that is wrongly held for a copy no longer counts as a witness."""
_REASONS = 3


def judge_pair(left: CopyText, right: CopyText, words: CopyWords) -> PairJudgement:
    """Judge how two reports stand to each other; their order does not matter.

    What is word for word the same but for its ends is an exact copy. Else one question decides whether one was taken
    from the other, and the share of words in common runs whether it was edited or rewritten; a second question, whether
    reports that stand on their own tell of one event.

    Args:
        left: A report, read by ``read_pair``.
        right: The other.
        words: From ``open_copies``.
    """
    if left.document.id > right.document.id:
        left, right = right, left  # runs are looked for in one direction
    runs = find_runs(left.tokens, right.tokens)
    if is_exact(left, right, runs):
        return PairJudgement(PairClass.EXACT, 1.0, "word for word the same report")
    seen = measure_pair(left, right, runs)
    taken = words.taken.answer(seen)
    if taken >= TAKEN_FROM:
        kind = PairClass.EDITED if seen["verbatim"] >= EDITED_FROM else PairClass.REWRITE
        return PairJudgement(kind, taken, _say(words.taken, seen, yes=True))
    one_event = words.one_event.answer(seen)
    kind = PairClass.INDEPENDENT if one_event >= 0.5 else PairClass.UNRELATED
    return PairJudgement(
        kind, (1 - taken) * max(one_event, 1 - one_event), _say(words.one_event, seen, yes=one_event >= 0.5)
    )


def is_exact(left: CopyText, right: CopyText, runs: Sequence[Run]) -> bool:
    """Say whether two reports differ only in site furniture before or after them, and in spelling here and there.

    A sentence more or less at either end is an edit, and so is a number that differs.
    """
    if not runs:
        return left.tokens == right.tokens != []
    inner = max(
        runs[-1].left + runs[-1].length - runs[0].left,
        runs[-1].right + runs[-1].length - runs[0].right,
    )
    shared = sum(run.length for run in runs)
    ascending = all(one.left + one.length <= two.left for one, two in pairwise(runs))
    outer = len(left.tokens) + len(right.tokens) - 2 * shared
    if (
        not ascending
        or outer > 4 * MAX_FURNITURE
        or shared < EXACT_FROM * inner
        or _differ_in_figures(left, right, runs)
    ):
        return False
    ends = (
        left.cut(0, runs[0].left),
        right.cut(0, runs[0].right),
        left.cut(runs[-1].left + runs[-1].length, len(left.tokens)),
        right.cut(runs[-1].right + runs[-1].length, len(right.tokens)),
    )
    return all(_is_furniture(text, shared) for text in ends)


def _is_furniture(text: str, shared: int) -> bool:
    """Say whether what stands outside is a line or two that are no sentences: short, and without a full stop."""
    count = len(find_tokens(text))
    if count <= MAX_FRINGE:
        return True
    lines = [line for line in text.split("\n") if len(find_tokens(line)) > MAX_FRINGE]
    return count <= min(MAX_FURNITURE, MAX_FURNITURE_SHARE * shared) and not any(map(_ENDS.search, lines))


def _differ_in_figures(left: CopyText, right: CopyText, runs: Sequence[Run]) -> bool:
    """Say whether a number stands between two runs: a changed toll is an edit, however small."""
    numbers = left.words.numbers
    return any(
        token[0].isdigit() or any(part in numbers for part in token.split("-"))
        for one, two in pairwise(runs)
        for token in (*left.tokens[one.left + one.length : two.left], *right.tokens[one.right + one.length : two.right])
    )


def _say(question: Question, seen: Mapping[str, float], yes: bool) -> str:
    """Name what weighs most for the answer given: for yes what is there, for no also what is missing."""
    weighed = question.weigh(seen)
    sign = 1 if yes else -1
    kept = [name for name, points in weighed.items() if sign * points > 0 and (question.weights[name] > 0 or not yes)]
    first = sorted(kept, key=lambda name: (-sign * weighed[name], name))[:_REASONS]
    return "; ".join(FEATURES[name].format(f"{seen[name]:.0%}") for name in first)


def find_origin(left: CopyText, right: CopyText) -> tuple[str, str]:
    """Return which of the two was there first, ``left`` or ``right``, and why in words.

    What was published on an earlier day comes first. On one day a text credited to an agency comes from that agency's
    own report; a report that names the other's outlet comes from that one; else the earlier comes first; else the one
    with more words; else the one with the smaller id.
    """
    one, other = left.document, right.document
    first, second = (document.published.day if document.published else None for document in (one, other))
    if first is not None and second is not None and first != second:
        return ("left" if first < second else "right"), "the earlier one"
    credited = (_is_credited(left, right), _is_credited(right, left))
    if credited[0] is not credited[1]:
        return ("right", f"credited to {other.publisher}") if credited[0] else ("left", f"credited to {one.publisher}")
    named = (names_outlet(left, right), names_outlet(right, left))
    if named[0] is not named[1]:
        return ("right", f"it names {other.publisher}") if named[0] else ("left", f"it names {one.publisher}")
    times = [document.published.time if document.published else "" for document in (one, other)]
    shorter = min(map(len, times))
    if shorter and times[0][:shorter] != times[1][:shorter]:
        return ("left" if times[0] < times[1] else "right"), "the earlier one"
    if len(left.tokens) != len(right.tokens):
        return ("left" if len(left.tokens) > len(right.tokens) else "right"), "the longer one, for want of times"
    return ("left" if one.id <= other.id else "right"), "nothing tells which came first"


def _is_credited(one: CopyText, other: CopyText) -> bool:
    """Say whether one report is credited to the outlet that published the other, and is not that outlet's own."""
    name, publisher = other.document.publisher, one.document.publisher
    if not name or name == publisher:
        return False
    return one.document.credit == name or re.search(rf"\(\s*{re.escape(name)}\s*\)", one.document.text) is not None
