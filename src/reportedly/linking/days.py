"""Windows of days."""

from datetime import date, timedelta

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
