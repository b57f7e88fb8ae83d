"""Two readings of one text, claim by claim: what came, what went, what changed in which field."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from reportedly.deciding.anchors import find_anchored, make_anchor
from reportedly.deciding.describing import describe_claim
from reportedly.records.claim import Claim, Statement
from reportedly.records.link import make_link_id
from reportedly.records.report import Report, pair_claims


class FieldChange(msgspec.Struct, frozen=True):
    """A field before and after, in words; empty where nothing is said."""

    field: str
    before: str
    after: str


class ClaimLine(msgspec.Struct, frozen=True):
    """A claim in one line: what kind, whether it happened, and the words that show it."""

    id: str
    type: str
    status: str
    evidence: str


class ClaimChange(msgspec.Struct, frozen=True):
    """A claim that both readings have, with the fields that differ."""

    before: ClaimLine
    after: ClaimLine
    fields: tuple[FieldChange, ...]


class ReadingDiff(msgspec.Struct, frozen=True):
    """How two readings of one document differ.

    Attributes:
        document: Its id.
        title: Its headline.
        same: Claims that say the same in both, though their spans, scores or rules may differ.
        came: Claims of the later reading only.
        went: Claims of the earlier one only.
        changed: Claims of both that say something else, in text order.
        statements_came: Statements of the later reading only, in words.
        statements_went: Statements of the earlier one only.
        moved: True where any record of it differs, be it only a link within it, a span, a score or what set a field.
    """

    document: str
    title: str | None = None
    same: int = 0
    came: tuple[ClaimLine, ...] = ()
    went: tuple[ClaimLine, ...] = ()
    changed: tuple[ClaimChange, ...] = ()
    statements_came: tuple[str, ...] = ()
    statements_went: tuple[str, ...] = ()
    moved: bool = False

    @property
    def empty(self) -> bool:
        """Whether both readings say the same."""
        return not (self.came or self.went or self.changed or self.statements_came or self.statements_went)


def diff_readings(before: Report, after: Report) -> ReadingDiff:
    """Compare two readings of one stored text.

    A claim is the same as one of the same id, else as one whose trigger shares words with its own (see
    ``find_anchored``); each is matched once.

    Raises:
        ValueError: a report has no document, or they are of two.
    """
    document = before.document
    if document is None or after.document is None or document.id != after.document.id:
        raise ValueError("two readings of one document are compared")
    pairs, came, went = _pair(before.claims, after.claims)
    old, new = pair_claims(before), pair_claims(after)
    changed: list[ClaimChange] = []
    for one, other in pairs:
        left = describe_claim(*old[one.id], document.text)
        right = describe_claim(*new[other.id], document.text)
        fields = _compare(left, right)
        if fields:
            changed.append(ClaimChange(_line(one, document.text), _line(other, document.text), fields))
    left_words, right_words = (_word_statements(report.statements, document.text) for report in (before, after))
    return ReadingDiff(
        document.id,
        document.title,
        len(pairs) - len(changed),
        tuple(_line(claim, document.text) for claim in came),
        tuple(_line(claim, document.text) for claim in went),
        tuple(changed),
        tuple(words for words in right_words if words not in left_words),
        tuple(words for words in left_words if words not in right_words),
        _strip(before) != _strip(after),
    )


def _pair(
    before: Sequence[Claim], after: Sequence[Claim]
) -> tuple[list[tuple[Claim, Claim]], list[Claim], list[Claim]]:
    """Match claims of two readings, in text order; those of one id first."""
    left, right = (sorted(claims, key=lambda claim: (claim.evidence, claim.id)) for claims in (before, after))
    by_id = {claim.id: claim for claim in right}
    match = {claim.id: by_id[claim.id] for claim in left if claim.id in by_id}
    free = [claim for claim in right if claim.id not in match]
    for claim in left:
        if claim.id not in match and (found := find_anchored(make_anchor(claim), free)) is not None:
            match[claim.id] = found
            free.remove(found)
    return (
        [(claim, match[claim.id]) for claim in left if claim.id in match],
        free,
        [claim for claim in left if claim.id not in match],
    )


def _compare(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[FieldChange, ...]:
    names = dict.fromkeys((*before, *after))
    return tuple(
        FieldChange(name, before.get(name, ""), after.get(name, ""))
        for name in names
        if before.get(name, "") != after.get(name, "")
    )


def _line(claim: Claim, text: str) -> ClaimLine:
    return ClaimLine(claim.id, claim.type.value.value, claim.status.value.value, claim.evidence.slice(text))


def _word_statements(statements: Iterable[Statement], text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{item.kind.value}: {item.span.slice(text)}" for item in statements))


def _strip(report: Report) -> Report:
    """Take off what always differs between two versions of the stages, and the order that a store does not keep."""
    return Report(
        None,
        tuple(sorted((msgspec.structs.replace(item, versions={}) for item in report.claims), key=lambda item: item.id)),
        tuple(
            sorted((msgspec.structs.replace(item, versions={}) for item in report.statements), key=lambda item: item.id)
        ),
        tuple(
            sorted(
                (msgspec.structs.replace(item, versions={}) for item in report.groundings),
                key=lambda item: item.claim_id,
            )
        ),
        tuple(sorted(report.links, key=make_link_id)),
    )
