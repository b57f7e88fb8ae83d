"""Words for the values of records, as diffs and briefs put them."""

from collections.abc import Sequence

from reportedly.records.claim import Status
from reportedly.records.spans import Span
from reportedly.records.stored import StoredClaim

LEADS = {
    Status.OCCURRED: "Told as having happened",
    Status.ONGOING: "Told as going on",
    Status.PLANNED: "Planned",
    Status.THREATENED: "Threatened",
    Status.DEMANDED: "Called for",
    Status.CONDITIONAL: "Conditional",
    Status.POSSIBLE: "Held possible",
    Status.UNDECIDED: "Left open",
    Status.DENIED: "Denied",
    Status.NEGATED: "Told in the negative",
    Status.HISTORICAL: "Told as background",
}
"""How a sentence about a status begins."""
LONGEST = 600
"""Characters of a sentence that may be quoted; what passes for a longer one is a text without full stops."""
LABELS = {"killed": "dead"}
"""What a figure is called where that is not its key: who died was not always killed."""
TELLS = {
    Status.OCCURRED: "having happened",
    Status.ONGOING: "going on",
    Status.PLANNED: "planned",
    Status.THREATENED: "a threat",
    Status.DEMANDED: "a demand",
    Status.DENIED: "denied",
}
"""What several reports tell of something as."""


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


def opens_with(item: StoredClaim, title: str) -> bool:
    """Say whether a title is the beginning of a claim's sentence, or of what stands there behind a colon."""
    sentence, words = quote_sentence(item).casefold(), title.rstrip("… .").casefold()
    before, found, _ = sentence.partition(words)
    return bool(found) and before.rstrip(' "“')[-1:] in ("", ":")


def shorten(words: str, most: int = 120) -> str:
    """Return a line of words, cut behind a word where it is long, and marked as cut."""
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + " …"


def cut_sentence(item: StoredClaim) -> str:
    """Return the sentence of a claim; where it is longer than ``LONGEST``, the part around what shows the event."""
    sentence = item.sentence
    if len(sentence) <= LONGEST:
        return sentence
    at = item.claim.evidence.start - item.claim.sentence.start
    start = min(max(0, at - LONGEST // 3), len(sentence) - LONGEST)
    words = sentence[start : start + LONGEST]
    if start + LONGEST < len(sentence):
        words = f"{words.rpartition(' ')[0] or words} …"
    return f"… {words.partition(' ')[2] or words}" if start else words


def quote_sentence(item: StoredClaim) -> str:
    """Return the sentence of a claim without the full stop at its end, so that it can stand in another sentence.

    It is never cut: what a cut takes away may be the hedge, the negation or the name that the rest hangs on. What is
    longer than ``LONGEST`` is not quoted at all.
    """
    return " ".join(item.sentence.split()).rstrip(". ")


def find_marked(item: StoredClaim) -> Span | None:
    """Return where the words that evoke the event of a claim stand in ``quote_sentence``; None where they do not."""
    trigger, sentence = item.claim.trigger.span, item.claim.sentence
    if trigger is None or trigger.start < sentence.start or sentence.end < trigger.end:
        return None
    words = " ".join(item.sentence[trigger.start - sentence.start : trigger.end - sentence.start].split())
    # A letter stands in for the trigger, so that a space before it is kept.
    start = len(" ".join(f"{item.sentence[: trigger.start - sentence.start]}x".split())) - 1
    end = start + len(words)
    return Span(start, end) if words and quote_sentence(item)[start:end] == words else None
