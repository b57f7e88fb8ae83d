"""JSON Lines: one claim or statement a line, each complete in itself."""

from collections.abc import Iterator

import msgspec

from reportedly.records.claim import Claim, Statement
from reportedly.records.document import Document, Publication
from reportedly.records.grounding import Grounding
from reportedly.records.report import SCHEMA_VERSION, Report
from reportedly.write.places import round_places


class DocumentBrief(msgspec.Struct, frozen=True):
    """What a line says of the document it comes from: everything but the text."""

    id: str
    address: str | None
    title: str | None
    publisher: str | None
    published: Publication | None
    credit: str | None
    genre: str


class ClaimLine(msgspec.Struct, frozen=True, tag_field="record", tag="claim"):
    """One claim, its grounding, and the sentence that holds it.

    Attributes:
        document: The document it was read from.
        sentence: The text of ``claim.sentence``; the offsets of the claim point into the whole document.
        claim: The claim.
        grounding: Identifiers for its mentions; coordinates are rounded to what the circle of the place bears.
        schema_version: Of the schema that ``reportedly schema`` prints.
    """

    document: DocumentBrief
    sentence: str
    claim: Claim
    grounding: Grounding
    schema_version: str = SCHEMA_VERSION


class StatementLine(msgspec.Struct, frozen=True, tag_field="record", tag="statement"):
    """One statement that is no event, and the words that make it."""

    document: DocumentBrief
    sentence: str
    statement: Statement
    schema_version: str = SCHEMA_VERSION


Line = ClaimLine | StatementLine


def make_lines(report: Report) -> Iterator[Line]:
    """Yield the claims of a report, most salient first, then its statements; nothing for one that was not read."""
    document = report.document
    if document is None:
        return
    brief = _brief(document)
    for claim, grounding in zip(report.claims, report.groundings, strict=True):
        yield ClaimLine(brief, claim.sentence.slice(document.text), claim, round_places(grounding))
    for statement in report.statements:
        yield StatementLine(brief, statement.span.slice(document.text), statement)


def _brief(document: Document) -> DocumentBrief:
    return DocumentBrief(
        document.id,
        document.address,
        document.title,
        document.publisher,
        document.published,
        document.credit,
        document.genre.value,
    )


def encode_lines(report: Report) -> bytes:
    """Return the lines of a report as JSON Lines, each ending in a line feed."""
    return b"".join(msgspec.json.encode(line) + b"\n" for line in make_lines(report))
