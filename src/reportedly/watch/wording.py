"""Words for the values of records, as diffs and briefs put them."""

from collections.abc import Sequence

from reportedly.records.claim import Status
from reportedly.records.stored import StoredClaim

_QUOTE = 240
"""Characters of a quotation at most."""


def word_bounds(low: int | None, high: int | None) -> str:
    """Return a figure in words: "13", "at least 13", "up to 20", "10 to 15"; an open figure is "an unknown number"."""
    if low is not None and low == high:
        return f"{low:,}"
    if low is not None and high is not None:
        return f"{low:,} to {high:,}"
    if low is not None:
        return f"at least {low:,}"
    return f"up to {high:,}" if high is not None else "an unknown number"


def word_statuses(statuses: Sequence[Status]) -> str:
    """Return statuses in words: "planned and denied"."""
    words = [status.value for status in statuses]
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def cut_quote(item: StoredClaim) -> str:
    """Return the sentence of a claim, or, where that is long, the part of it around the words that show the event.

    Without the full stop at its end, so that it can stand in another sentence. Only whole words are left out, and "…"
    stands for them.
    """
    words = " ".join(item.sentence.split())
    if len(words) <= _QUOTE:
        return words.rstrip(". ")
    start = max(0, item.claim.evidence.start - item.claim.sentence.start)
    end = min(len(item.sentence), item.claim.evidence.end - item.claim.sentence.start)
    room = max(0, _QUOTE - (end - start)) // 2
    left = 0 if start <= room else item.sentence.find(" ", start - room) + 1
    right = len(item.sentence) if end + room >= len(item.sentence) else item.sentence.rfind(" ", end, end + room)
    right = end if right < end else right
    left = min(left, start) if left else 0
    cut = " ".join(item.sentence[left:right].split())
    return ("… " if left else "") + cut + (" …" if right < len(item.sentence) else "")
