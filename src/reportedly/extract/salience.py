"""Which claims of a report stand first."""

from collections.abc import Sequence

import msgspec

from reportedly.records.claim import Claim, PlaceRole, Status
from reportedly.records.document import Document
from reportedly.records.ontology import Ontology
from reportedly.records.spans import Field

_STATUS_WEIGHT = {
    Status.HISTORICAL: -3.0,
    Status.DEMANDED: -1.2,
    Status.THREATENED: -1.0,
    Status.POSSIBLE: -0.6,
    Status.NEGATED: -0.6,
    Status.CONDITIONAL: -0.3,
}
"""Background sinks, and so does what is only called for or threatened: call and threat are claims themselves."""

_NOT_ITS_OWN = frozenset({"rule:anaphora", "rule:place", "rule:speaker", "rule:carried"})
"""Rules that lend a claim what another sentence, or no word of its own, says."""


def rank_claims(claims: Sequence[Claim], document: Document, ontology: Ontology) -> tuple[Claim, ...]:
    """Order claims most salient first and number them from 1.

    News puts the matter first, so position weighs most, and the first sentence that tells of anything once more. A
    claim that is told in full – who, to whom, when, where, how many, in words of its own – is one the report is about;
    one in passing has a bare noun. What is graver by its conflict-cooperation score or stands in the headline rises a
    little. Ties keep text order. The weights were set by hand and checked on which claims of coded reports their
    coders call central.
    """
    length = max(1, len(document.text))
    title = (document.title or "").lower()
    lead = min((claim.sentence for claim in claims), default=None)

    def weigh(claim: Claim) -> float:
        weight = 2.5 * (1.0 - claim.evidence.start / length) + 0.5 * (claim.sentence == lead)
        weight += 0.5 * abs(ontology.types[claim.type.value].score) / 10
        weight += 0.7 * _has_own(claim.actors) + 0.5 * _has_own(claim.recipients)
        weight += 1.0 * bool(claim.figures) + 1.2 * (claim.time is not None)
        weight += 0.2 * _has_own(tuple(p for p in claim.places if p.value.role is PlaceRole.EVENT))
        weight += 0.5 * (claim.trigger.value.lower() in title)
        return weight + _STATUS_WEIGHT.get(claim.status.value, 0.0)

    ordered = sorted(claims, key=lambda claim: (-weigh(claim), claim.evidence, claim.id))
    return tuple(msgspec.structs.replace(claim, salience=rank) for rank, claim in enumerate(ordered, start=1))


def _has_own(fields: Sequence[Field[object]]) -> bool:
    return any(field.by not in _NOT_ITS_OWN for field in fields)
