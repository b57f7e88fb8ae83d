"""How fields are put into words, the same in every output for people."""

import re
import unicodedata
from collections.abc import Sequence
from typing import TypeGuard

from reportedly.records.claim import Claim, Figure, PlaceRole, Scope, Source, Status
from reportedly.records.document import Document, Publication
from reportedly.records.grounding import CalendarInterval, GroundedActor, GroundedSource, Grounding
from reportedly.records.report import Failure
from reportedly.records.spans import Field

STATUS_ORDER: tuple[Status, ...] = (
    Status.OCCURRED,
    Status.ONGOING,
    Status.PLANNED,
    Status.THREATENED,
    Status.DEMANDED,
    Status.CONDITIONAL,
    Status.POSSIBLE,
    Status.UNDECIDED,
    Status.DENIED,
    Status.NEGATED,
    Status.HISTORICAL,
)
"""The order in which groups of claims are shown: what is, what may come, what is not, what was."""

STATUS_SHAPES: dict[Status, str] = {
    Status.OCCURRED: "●",
    Status.ONGOING: "◉",
    Status.PLANNED: "◔",
    Status.THREATENED: "▲",
    Status.DEMANDED: "▷",
    Status.CONDITIONAL: "◈",
    Status.POSSIBLE: "◇",
    Status.UNDECIDED: "○",
    Status.DENIED: "✕",
    Status.NEGATED: "⊘",
    Status.HISTORICAL: "◂",
}
"""A shape a status, so that nothing hangs on colour alone."""


_CONDITIONAL = re.compile(
    r"(?:if|unless|until|once|should|were|when(?:ever)?|as long as|so long as|in case|provided|on condition)\b", re.I
)


_NOT_PLAIN = re.compile(r"[^\n -~]")


def word_range(low: int | None, high: int | None) -> str:
    """Put bounds into signs: "13", "≥ 13", "> 50", "≤ 20", "10–15"; "some" where both are open.

    A lower bound of 51 is written as "> 50", as the press says it.
    """
    if low is None and high is None:
        return "some"
    if high is None:
        low = low or 0
        return f"> {low - 1:,}" if low % 10 == 1 and low > 10 else f"≥ {low:,}"
    if low is None:
        return f"≤ {high:,}"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


_SCOPES = {Scope.THIS: "", Scope.SERIES: " so far", Scope.ADDED: " more"}


def name_count(key: str, unit: str | None, scope: Scope = Scope.THIS) -> str:
    """Name what is counted: "killed", "killed (civilians)", "killed so far", "killed more"."""
    return (f"{key} ({unit})" if unit else key) + _SCOPES[scope]


def word_figure(figure: Figure) -> str:
    """Put a figure into words: "13 killed", "≥ 13 operations", "> 50 casualties", "≤ 20 troops", "10–15 injured"."""
    amount = word_range(figure.low, figure.high)
    more = " more" if figure.scope is Scope.ADDED else ""
    return f"{amount}{more} {figure.key}{' so far' if figure.scope is Scope.SERIES else ''}"


def word_figures(claim: Claim) -> str:
    """Put the figures of a claim into words, one after another; empty where there are none."""
    return ", ".join(word_figure(field.value) for field in claim.figures)


def word_parties(fields: Sequence[Field[str]], grounded: Sequence[GroundedActor]) -> str:
    """Name parties as the text does, with their codes: "U.S. forces [USA/MIL]"; empty where there are none."""
    return ", ".join(
        f"{excerpt(field.value, 40)} [{' '.join(actor.codes)}]" if actor.codes else excerpt(field.value, 40)
        for field, actor in zip(fields, grounded, strict=True)
    )


def word_who(claim: Claim, grounding: Grounding) -> str:
    """Say who acts on whom: "A → B", "A ↔ B" for mutual acts, "? → B" where nobody is named."""
    actors = word_parties(claim.actors, grounding.actors)
    recipients = word_parties(claim.recipients, grounding.recipients)
    if len(claim.actors) > 1 and not recipients:
        return " ↔ ".join(
            word_parties([field], [actor]) for field, actor in zip(claim.actors, grounding.actors, strict=True)
        )
    if not recipients:
        return actors or "?"
    return f"{actors or '?'} → {recipients}"


def word_type(claim: Claim) -> str:
    """Name the event type and its modes: "ASSAULT aerial"."""
    return " ".join([claim.type.value.value, *(mode.value for mode in claim.modes)])


def word_status(claim: Claim) -> str:
    """Name the status and how far a plan has come: "planned, prepared"."""
    status = claim.status.value.value
    return f"{status}, {claim.stage.value.value}" if claim.stage is not None else status


def word_place(claim: Claim) -> str:
    """Name where the event is, as the text does; empty where it does not say."""
    places = [field.value for field in claim.places if field.value.role is PlaceRole.EVENT]
    return "; ".join(dict.fromkeys(_place(place.relation, place.text) for place in places))


def _place(relation: str | None, text: str) -> str:
    return text if relation is None or text.lower().startswith(relation.lower()) else f"{relation} {text}"


def word_time(claim: Claim, grounding: Grounding) -> str:
    """Say when: the calendar interval where there is one, else the words of the text; empty where it does not say."""
    if grounding.time is not None:
        return word_interval(grounding.time)
    return claim.time.value.text if claim.time is not None else ""


def word_interval(interval: CalendarInterval) -> str:
    """Put a calendar interval into words: "2025-10-31", "2025-10", "since 2025-09", "until 2024", "A to B"."""
    cut = {"day": 10, "month": 7, "year": 4}.get(interval.precision, 10)
    start, end = interval.start, interval.end
    if start is None:
        return f"until {end[:cut]}" if end is not None else ""
    if end is None:
        return f"since {start[:cut]}"
    if interval.precision in ("day", "month", "year") and start[:cut] == end[:cut]:
        return start[:cut]
    return f"{start[:cut]} to {end[:cut]}"


def word_chain(claim_chain: Sequence[Source], grounded: Sequence[GroundedSource], outlet: str | None) -> str:
    """Name who says so, outermost first: "The Washington Post ← U.S. officials, anonymous".

    Where the chain is empty the outlet speaks for itself.
    """
    if not claim_chain:
        return f"{outlet or 'the outlet'} itself"
    return " ← ".join(
        excerpt(source.text, 50) + (", anonymous" if kind.anonymous else "")
        for source, kind in zip(claim_chain, grounded, strict=True)
    )


def word_publication(published: Publication | None) -> str:
    """Say when a document was published and how that is known: "2025-10-31 (metadata)", "not before 2025-10-31 (…)"."""
    if published is None:
        return "undated"
    time = published.time.replace("T", " ").removesuffix("Z")
    prefix = "not before " if published.not_before else ""
    doubt = "" if published.reliable or published.not_before else ", uncertain"
    return f"{prefix}{time} ({published.known_by}{doubt})"


def word_published(published: Publication | None) -> str | None:
    """Write a publication time for a table; a mere lower bound starts with ``>=``."""
    return None if published is None else (">=" if published.not_before else "") + published.time


def word_condition(condition: str) -> str:
    """Quote a condition: "if Washington strikes", "unless they leave"; one that names none is led in by "if:"."""
    words = excerpt(condition, 90)
    return words[0].lower() + words[1:] if _CONDITIONAL.match(words) else f"if: {words}"


def word_count(number: int, noun: str) -> str:
    """Count things: "1 claim", "1,200 claims"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def name_one(noun: str) -> str:
    """Name one thing of a kind: "a claim", "an event"."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def word_failure(failure: Failure) -> str:
    """Say which document was not read, and why, on one line that a terminal can show."""
    line = f"not read ({failure.error}, {failure.stage}): {failure.address}: {failure.message}"
    return strip_controls(" ".join(line.split()))


def strip_controls(text: str) -> str:
    """Take out what would steer a terminal or turn the direction of a line; line feeds stay, tabs become spaces.

    The words of a report are shown, not obeyed.
    """
    return _NOT_PLAIN.sub(_strip, text)


def _strip(match: re.Match[str]) -> str:
    char = match.group()
    return " " if char == "\t" else "" if unicodedata.category(char) in ("Cc", "Cf") else char


def is_web(address: str | None) -> TypeGuard[str]:
    """Say whether an address may become a link: only those of the web do."""
    return address is not None and address.startswith(("http://", "https://"))


def word_headline(document: Document) -> str:
    """Return the headline, or the first words of the text where there is none."""
    return document.title or excerpt(" ".join(document.text[:200].split()), 80)


def excerpt(text: str, length: int = 110) -> str:
    """Return a text on one line, cut at ``length`` characters."""
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
