"""Reads public news reports and keeps the record of who claims what happened."""

from reportedly.version import __version__

__all__ = ["__version__"]
