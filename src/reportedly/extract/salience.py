"""Which claims of a report stand first."""

from collections.abc import Sequence

import msgspec

from reportedly.records.claim import Claim, Status
from reportedly.records.document import Document
from reportedly.records.ontology import Ontology

_STATUS_WEIGHT = {Status.HISTORICAL: -3.0, Status.NEGATED: -0.5, Status.CONDITIONAL: -0.3, Status.POSSIBLE: -0.3}


def rank_claims(claims: Sequence[Claim], document: Document, ontology: Ontology) -> tuple[Claim, ...]:
    """Order claims most salient first and number them from 1.

    News puts the matter first, so position weighs most; an event that is graver by its conflict-cooperation score,
    has known parties, figures, a place or a headline's words rises; background sinks. Ties keep text order.
    """
    length = max(1, len(document.text))
    title = (document.title or "").lower()

    def weigh(claim: Claim) -> float:
        weight = 3.0 * (1.0 - claim.evidence.start / length)
        weight += abs(ontology.types[claim.type.value].score) / 10
        weight += 0.4 * bool(claim.actors) + 0.4 * bool(claim.recipients)
        weight += 0.5 * bool(claim.figures) + 0.2 * bool(claim.places) + 0.2 * bool(claim.time)
        weight += 0.5 * (claim.trigger.value.lower() in title)
        return weight + _STATUS_WEIGHT.get(claim.status.value, 0.0)

    ordered = sorted(claims, key=lambda claim: (-weigh(claim), claim.evidence, claim.id))
    return tuple(msgspec.structs.replace(claim, salience=rank) for rank, claim in enumerate(ordered, start=1))
