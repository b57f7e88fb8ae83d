"""Decisions of persons: taken, kept, and applied to the record whenever it is derived again."""

from reportedly.deciding.applying import Application, apply_decisions, find_waiting
from reportedly.deciding.forced import Forced, find_forced, find_standing
from reportedly.deciding.taking import take_decision

__all__ = ["Application", "Forced", "apply_decisions", "find_forced", "find_standing", "find_waiting", "take_decision"]
