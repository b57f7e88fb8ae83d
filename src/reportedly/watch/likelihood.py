"""Words for likelihood, by Intelligence Community Directive 203 (2015): each word stands for a range of shares."""

_WORDS = (
    (0.05, "almost no chance"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "roughly even chance"),
    (0.80, "likely"),
    (0.95, "very likely"),
    (1.00, "almost certain"),
)
"""Upper ends of the ranges of the directive's table, and its first row of words."""


def estimate_share(came: int, total: int) -> float:
    """Return the share to expect of the next case, by Laplace's rule of succession: (came + 1) / (total + 2).

    Few cases stay near one half, and no record makes certain.

    Raises:
        ValueError: more came about than there were.
    """
    if not 0 <= came <= total:
        raise ValueError(f"{came} of {total} cannot have come about")
    return (came + 1) / (total + 2)


def word_share(came: int, total: int) -> str:
    """Return the word for what a record lets expect, with the range it stands for: "likely (55–80%)"."""
    share = estimate_share(came, total)
    low = 0.01
    for high, word in _WORDS:
        if share <= high:
            return f"{word} ({low:.0%}–{min(high, 0.99):.0%})".replace("%–", "–")
        low = high
    raise AssertionError("shares end at one")
