"""Windows of days, and the order of publication."""

from collections.abc import Sequence
from datetime import date, timedelta

from reportedly.records.stored import StoredClaim

NO_DAY = ("0001-01-01", "0001-01-01")
"""Days on which nothing was published: the store gives what has no day beside what was published on them."""


def shift_day(day: str, days: int) -> str:
    """Return the day so many days later; earlier, where ``days`` is negative; the calendar's end where it is past."""
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except OverflowError:
        return (date.max if days > 0 else date.min).isoformat()


def are_within(one: str | None, other: str | None, days: int) -> bool:
    """Say whether two days lie no further apart; a day that is not known lies near any."""
    if one is None or other is None:
        return True
    return abs(date.fromisoformat(one) - date.fromisoformat(other)) <= timedelta(days=days)


def sort_claims(claims: Sequence[StoredClaim]) -> list[StoredClaim]:
    """Return claims in order of publication, then of document and text, the undated last; each once."""
    distinct = {item.claim.id: item for item in claims}
    return sorted(distinct.values(), key=_place_in_time)


def _place_in_time(item: StoredClaim) -> tuple[bool, str, str, int, str]:
    time = item.document.published.time if item.document.published else ""
    return (item.document.day is None, time, item.document.id, item.claim.evidence.start, item.claim.id)
