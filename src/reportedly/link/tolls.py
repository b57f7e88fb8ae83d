"""Whom the figures of a claim count, and which of two figures exclude each other."""

import re
import tomllib
from collections.abc import Collection, Hashable, Iterator, Sequence
from importlib.resources import files

import msgspec

from reportedly.link.alike import ANYBODY, COUNTED, are_compatible, is_of_period
from reportedly.records.claim import Figure, Scope, Status
from reportedly.records.spans import Field
from reportedly.records.stored import StoredClaim

_COUNTED = COUNTED | {"troops"}
"""Of one event, what is told of the troops in it can pull apart, too; across events they are often the same ones."""
_LASTING = frozenset({"killed", "injured"})
"""What "no casualties" rules out."""
_ROUND_FROM, _ROUND_SHARE = 100, 0.05
"""Counts from this many on are often rounded: a difference of less than this share of the larger excludes nothing."""
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_BEFORE = 2
"""Words before "casualties" that may say whose there were none."""


class PeopleWords(msgspec.Struct, frozen=True):
    """The lists of ``people.toml``: a kind by each of its words, and the keys that count people."""

    kinds: dict[str, str]
    harm: frozenset[str]


class Count(msgspec.Struct, frozen=True):
    """A figure with the kind of people or things that it counts; None for anybody."""

    figure: Figure
    kind: str | None


def open_people() -> PeopleWords:
    """Read the lists that ship with the package."""
    table = tomllib.loads(files("reportedly.link").joinpath("data", "people.toml").read_text(encoding="utf-8"))
    kinds = {word: kind for kind, listed in table["kinds"].items() for word in listed.split()}
    return PeopleWords(kinds, frozenset(table["harm"].split()))


def find_counts(item: StoredClaim, words: PeopleWords) -> tuple[Count, ...]:
    """Return the figures of a claim, in its order, each with the kind that it counts."""
    return tuple(Count(field.value, _find_kind(field, item, words)) for field in item.claim.figures)


def counts_nobody(item: StoredClaim, words: PeopleWords) -> bool:
    """Say whether a claim tells that none were harmed ("no civilian had been killed"): a toll, and no denial."""
    return any(field.value.key in words.harm and field.value.high == 0 for field in item.claim.figures)


def says_no(item: StoredClaim, words: PeopleWords) -> bool:
    """Say whether a negated claim says of its very event that it did not happen.

    A toll of none does not, nor does a negation over a past period ("no strike had been flown since 2022"): that speaks
    of all the others.
    """
    return (
        item.claim.status.value is Status.NEGATED
        and not counts_nobody(item, words)
        and not is_of_period(item.claim, item.grounding)
    )


def find_moves(
    told: Sequence[tuple[StoredClaim, Hashable]], words: PeopleWords, copies: Collection[str] = ()
) -> set[str]:
    """Return the claims with which a voice gives another figure than it gave last, be it one that it gave before.

    A report that gives the latest figure as well moves nothing: it only looks back ("15, up from 12"). Nor does a copy
    that repeats what the voice gave before; one that changed the figure does, so that what puts it right moves, too.

    Args:
        told: Claims in order of publication, each with who speaks.
        words: From ``open_people``.
        copies: Ids of those that stand in copies.

    Returns:
        Their ids; a voice's first figure is not among them.
    """
    counted = [
        (item, (voice, count.figure.key, count.figure.scope, count.kind), (count.figure.low, count.figure.high))
        for item, voice in told
        for count in find_counts(item, words)
    ]
    given = {(item.document.id, key, bounds) for item, key, bounds in counted}
    latest: dict[Hashable, tuple[int | None, int | None]] = {}
    known: set[Hashable] = set()
    moves: set[str] = set()
    for item, key, bounds in counted:
        if item.claim.id in copies and (key, bounds) in known:
            continue
        known.add((key, bounds))
        before = latest.setdefault(key, bounds)
        if before != bounds and (item.document.id, key, before) not in given:
            moves.add(item.claim.id)
            latest[key] = bounds
    return moves


def pair_counts(left: StoredClaim, right: StoredClaim, words: PeopleWords) -> Iterator[tuple[Count, Count]]:
    """Pair the figures of two claims that count one thing, in one scope, as of no different times.

    A part (children) is paired with the whole (people), another kind (soldiers) is not. "No casualties" is paired with
    the killed and the injured.
    """
    for one in find_counts(left, words):
        for other in find_counts(right, words):
            if _are_alike(one, other):
                yield one, other


def exclude(one: Count, other: Count) -> bool:
    """Say whether two figures that were paired cannot both hold: large ones are rounded, a part is within the whole."""
    if one.kind == other.kind:
        first, second = one.figure, other.figure
    elif one.kind is None:
        first, second = one.figure, msgspec.structs.replace(other.figure, high=None)
    else:
        first, second = msgspec.structs.replace(one.figure, high=None), other.figure
    if are_compatible(first, second):
        return False
    low = max(first.low or 0, second.low or 0)
    high = min(high for high in (first.high, second.high) if high is not None)
    return low < _ROUND_FROM or low - high >= _ROUND_SHARE * low


def spares_some(one: Count, other: Count) -> bool:
    """Say whether one of two figures counts none of a kind, and the other harmed people of whom no kind is told."""
    none, some = (one, other) if one.figure.high == 0 else (other, one)
    return none.figure.high == 0 and none.kind is not None and some.kind is None and (some.figure.low or 0) > 0


def name_count(count: Count) -> str:
    """Return a figure with its kind, as a reader should see it: ``12``, ``12 or more children``, ``no civilians``."""
    number = "no" if count.figure.high == 0 and count.kind else name_figure(count.figure)
    return f"{number} {count.kind}" if count.kind else number


def name_figure(figure: Figure) -> str:
    """Return a figure as a reader should see it: ``12``, ``12 or more``, ``at most 12``, ``10 to 15``."""
    if figure.low is None:
        return "an unknown number" if figure.high is None else f"at most {figure.high}"
    if figure.high is None:
        return f"{figure.low} or more"
    return str(figure.low) if figure.low == figure.high else f"{figure.low} to {figure.high}"


def _find_kind(field: Field[Figure], item: StoredClaim, words: PeopleWords) -> str | None:
    figure = field.value
    if figure.key not in words.harm:
        parts = (figure.unit or "people").lower().split()
        return None if not parts or parts[-1] in ANYBODY or parts[-1] == figure.key.split()[-1] else parts[-1]
    told = _WORD.findall(figure.unit or "")
    if not told and field.span is not None:
        start, end = field.span.start - item.claim.sentence.start, field.span.end - item.claim.sentence.start
        told = _WORD.findall(item.sentence[max(0, start) : max(0, end)])
        if figure.high == 0 and start > 0:
            told = [*_WORD.findall(item.sentence[:start])[-_BEFORE:], *told]
    return next((words.kinds[word.lower()] for word in told if word.lower() in words.kinds), None)


def _are_alike(one: Count, other: Count) -> bool:
    first, second = one.figure, other.figure
    if first.key not in _COUNTED or second.key not in _COUNTED or first.scope is not second.scope:
        return False
    if first.scope is Scope.ADDED or (first.scope is Scope.SERIES and (first.as_of or "") != (second.as_of or "")):
        return False
    if one.kind != other.kind and None not in (one.kind, other.kind):
        return False
    if first.key == second.key:
        return True
    pair = {first.key: first, second.key: second}
    nobody = pair.get("casualties")
    return nobody is not None and nobody.high == 0 and bool(pair.keys() & _LASTING)
