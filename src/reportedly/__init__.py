"""Reads public news reports and keeps the record of who claims what happened.

>>> import reportedly
>>> reader = reportedly.Reader()
>>> report = reader.read("Rebels shelled Hodeidah on Friday, killing 12.", published="2025-10-31")
>>> report.claims[0].status.value.value
'occurred'
"""

from typing import TYPE_CHECKING

from reportedly.version import __version__

if TYPE_CHECKING:
    from reportedly.pipeline import Reader

__all__ = ["Reader", "__version__"]


def __getattr__(name: str) -> object:
    """Import ``Reader`` when it is asked for: it brings the language library along, which takes seconds."""
    if name == "Reader":
        from reportedly.pipeline import Reader

        return Reader
    raise AttributeError(f"module 'reportedly' has no attribute {name!r}")
