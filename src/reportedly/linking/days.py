"""Windows of days."""

from datetime import date, timedelta


def shift_day(day: str, days: int) -> str:
    """Return the day so many days later; earlier, where ``days`` is negative; the calendar's end where it is past."""
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except OverflowError:
        return (date.max if days > 0 else date.min).isoformat()
