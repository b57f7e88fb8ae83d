"""What a claim says, field by field, in words: what two readings, or a claim and a correction of it, differ in."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from reportedly.records.claim import Claim, Figure, PlaceRole, Scope
from reportedly.records.grounding import GroundedActor, Grounding
from reportedly.records.spans import Field


def describe_claim(claim: Claim, grounding: Grounding, text: str) -> dict[str, str]:
    """Return what a claim says, field by field, in words; what it does not say is left out."""
    event = [
        (field.value.text, grounded.candidates[0].id if grounded.candidates else "")
        for field, grounded in zip(claim.places, grounding.places, strict=False)
        if field.value.role is PlaceRole.EVENT
    ]
    time = grounding.time
    words = {
        "evidence": claim.evidence.slice(text),
        "type": claim.type.value.value,
        "status": claim.status.value.value,
        "stage": claim.stage.value.value if claim.stage else "",
        "condition": claim.condition.value if claim.condition else "",
        "modes": _join(claim.modes),
        "contexts": _join(claim.contexts),
        "actors": _word_parties(claim.actors, grounding.actors),
        "recipients": _word_parties(claim.recipients, grounding.recipients),
        "source": " > ".join(source.text for source in claim.chain),
        "hedged": _join(claim.hedges),
        "basis": claim.basis.value.value if claim.basis else "",
        "place": "; ".join(f"{name} [{found}]" if found else name for name, found in event),
        "time": claim.time.value.text if claim.time else "",
        "when": f"{time.start or '…'}/{time.end or '…'}" if time else "",
    }
    words |= _word_figures(field.value for field in claim.figures)
    return {name: value for name, value in words.items() if value}


def _join(fields: Iterable[Field[str]]) -> str:
    return "; ".join(field.value for field in fields)


def _word_parties(fields: Sequence[Field[str]], grounded: Sequence[GroundedActor]) -> str:
    return "; ".join(
        f"{field.value} [{' '.join(actor.codes)}]" if actor.codes else field.value
        for field, actor in zip(fields, grounded, strict=False)
    )


def _word_figures(figures: Iterable[Figure]) -> dict[str, str]:
    """Word figures by key and scope; of several, each with what it counts."""
    found: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        scope = "" if figure.scope is Scope.THIS else f" ({figure.scope.value})"
        found[f"figures.{figure.key}{scope}"].append(figure)
    return {
        name: _word_amount(some[0])
        if len(some) == 1
        else "; ".join(" ".join(filter(None, (_word_amount(figure), figure.unit))) for figure in some)
        for name, some in found.items()
    }


def _word_amount(figure: Figure) -> str:
    if figure.low == figure.high:
        return "some" if figure.low is None else str(figure.low)
    if figure.high is None:
        return f">={figure.low}"
    return f"<={figure.high}" if figure.low is None else f"{figure.low}-{figure.high}"
