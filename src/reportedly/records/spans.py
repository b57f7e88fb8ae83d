"""Spans of text, and values that point at the words which show them."""

from typing import Generic, TypeVar

import msgspec

T_co = TypeVar("T_co", covariant=True)


class Span(msgspec.Struct, frozen=True, order=True):
    """Half-open code-point offsets into ``Document.text``; ``start <= end``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse spans that could not slice a text."""
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def slice(self, text: str) -> str:
        """Return the words the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Say whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: "Span") -> bool:
        """Say whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


class Field(msgspec.Struct, Generic[T_co], frozen=True):
    """One value of a claim, with the words that show it and what set it.

    Rules and encoder return scored candidates of this type; ``extract.decide``
    chooses among them.

    Attributes:
        value: The value.
        span: The words that show it; None where the value is read from absence
            (an outlet that speaks for itself) or from the whole claim.
        by: What set it: ``rule:<name>`` or ``encoder:<head>``.
        score: From 0 to 1, how strongly ``by`` holds it; comparable between the
            candidates of one field only.
    """

    value: T_co
    span: Span | None
    by: str
    score: float = 1.0
