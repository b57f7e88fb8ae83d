"""Reads stored texts again."""

from reportedly.deciding.forced import Forced, find_forced

__all__ = ["Forced", "find_forced"]
