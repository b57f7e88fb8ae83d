"""What reading one document gives: everything, or the reason why not."""

import msgspec

from reportedly.records.claim import Claim, Statement
from reportedly.records.document import Document
from reportedly.records.grounding import Grounding
from reportedly.records.link import Link

SCHEMA_VERSION = "1"


class Failure(msgspec.Struct, frozen=True):
    """Why one document could not be read; the run goes on.

    Attributes:
        address: The document.
        stage: Stage that refused it.
        error: Stable code of the error class (``empty-document``).
        message: What failed, what was expected, what to do.
    """

    address: str
    stage: str
    error: str
    message: str


class Report(msgspec.Struct, frozen=True):
    """One document, read.

    Exactly one of these holds: ``document`` is there and ``failures`` is empty, or the document could not be read and
    ``failures`` says why. Claims stand most salient first; groundings in the order of the claims.
    """

    document: Document | None
    claims: tuple[Claim, ...] = ()
    statements: tuple[Statement, ...] = ()
    groundings: tuple[Grounding, ...] = ()
    links: tuple[Link, ...] = ()
    failures: tuple[Failure, ...] = ()
    schema_version: str = SCHEMA_VERSION


def pair_claims(report: Report) -> dict[str, tuple[Claim, Grounding]]:
    """Return claims with their groundings, by claim id, most salient first; one that has none gets an empty one."""
    groundings = {grounding.claim_id: grounding for grounding in report.groundings}
    return {claim.id: (claim, groundings.get(claim.id) or Grounding(claim.id)) for claim in report.claims}
