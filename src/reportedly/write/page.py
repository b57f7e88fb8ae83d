"""The explanation as one self-contained HTML page: every line leads to the words it rests on.

The page opens offline, needs no script to be read, and carries nothing of anyone's but the text itself.
"""

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from reportedly.records.claim import Claim, StatementKind, Status
from reportedly.records.grounding import GroundedActor, Grounding, name_source
from reportedly.records.link import Relation
from reportedly.records.report import Report
from reportedly.records.spans import Field
from reportedly.write.environment import open_environment, render
from reportedly.write.gather import name_parties
from reportedly.write.ledger import word_statement
from reportedly.write.markup import Segment, find_segments, show_claim, show_statement
from reportedly.write.wording import (
    STATUS_ORDER,
    STATUS_SHAPES,
    excerpt,
    word_chain,
    word_condition,
    word_figures,
    word_headline,
    word_place,
    word_publication,
    word_time,
    word_type,
    word_who,
)

_AHEAD = (Status.PLANNED, Status.THREATENED, Status.DEMANDED, Status.CONDITIONAL, Status.POSSIBLE, Status.UNDECIDED)


LEGEND = ("actor", "recipient", "source", "cue", "place", "time", "figure", "hedge", "condition", "norm")
"""Fields that have a colour of their own where a line is chosen."""


class _Row(msgspec.Struct, frozen=True):
    """One line of the page; ``owner`` names the marks in the text that it leads to."""

    owner: str
    shape: str
    status: str
    head: str
    what: str
    trigger: str
    notes: tuple[str, ...]
    says: str


class _Party(msgspec.Struct, frozen=True):
    """One party with its codes, and the claims it stands in as (owner, label) pairs."""

    name: str
    codes: str
    roles: tuple[tuple[str, str], ...]


def make_page(report: Report) -> str:
    """Return the page of one report.

    Raises:
        ValueError: the report has no document; say why it failed instead.
    """
    document = report.document
    if document is None:
        raise ValueError("a document that could not be read has no page")
    segments = list(find_segments(report))
    anchors = _find_anchors(segments)
    rows = [_make_row(report, index) for index in range(len(report.claims))]
    groups = [
        (status.value, STATUS_SHAPES[status], [row for row in rows if row.status == status.value])
        for status in STATUS_ORDER
    ]
    return render(
        open_environment(),
        "explain.html",
        title=word_headline(document),
        document=document,
        published=word_publication(document.published),
        groups=[group for group in groups if group[2]],
        ahead=[row for row, claim in zip(rows, report.claims, strict=True) if claim.status.value in _AHEAD],
        parties=_find_parties(report),
        statements={
            kind.value: [
                (f"s{index}", word_statement(item), " ← ".join(source.text for source in item.chain))
                for index, item in enumerate(report.statements)
                if item.kind is kind
            ]
            for kind in StatementKind
        },
        conflicts=_find_conflicts(report),
        segments=[
            (segment.text, segment.uncoded, _join(segment.marks), _classes(segment.marks), anchors.get(index, ()))
            for index, segment in enumerate(segments)
        ],
        fields={
            **{f"c{index}": show_claim(claim) for index, claim in enumerate(report.claims)},
            **{f"s{index}": show_statement(item) for index, item in enumerate(report.statements)},
        },
        text=document.text,
        legend=LEGEND,
    )


def _find_anchors(segments: Sequence[Segment]) -> dict[int, list[str]]:
    """Return, by index of a segment, the owners whose links lead to it: to their trigger, else to their first words."""
    first: dict[str, int] = {}
    best: dict[str, int] = {}
    for index, segment in enumerate(segments):
        for owner, field in segment.marks:
            first.setdefault(owner, index)
            if field == "trigger":
                best.setdefault(owner, index)
    anchors: dict[int, list[str]] = defaultdict(list)
    for owner, index in (first | best).items():
        anchors[index].append(owner)
    return anchors


def _join(marks: Sequence[tuple[str, str]]) -> str:
    """``c0:trigger c1:actor`` for a data attribute."""
    return " ".join(f"{owner}:{field}" for owner, field in marks)


def _classes(marks: Sequence[tuple[str, str]]) -> str:
    return " ".join(dict.fromkeys(field for _, field in marks))


def _make_row(report: Report, index: int) -> _Row:
    claim, grounding = report.claims[index], report.groundings[index]
    notes = [word_place(claim), word_time(claim, grounding), word_figures(claim)]
    if claim.stage is not None:
        notes.insert(0, claim.stage.value.value)
    if claim.condition is not None:
        notes.append(word_condition(claim.condition.value))
    if claim.hedges:
        notes.append("hedged: " + ", ".join(hedge.value for hedge in claim.hedges))
    outlet = report.document.publisher if report.document else None
    return _Row(
        owner=f"c{index}",
        shape=STATUS_SHAPES[claim.status.value],
        status=claim.status.value.value,
        head=word_who(claim, grounding),
        what=word_type(claim),
        trigger=excerpt(claim.trigger.value, 60),
        notes=tuple(note for note in notes if note),
        says=word_chain(claim.chain, grounding.sources, outlet),
    )


def _find_parties(report: Report) -> list[_Party]:
    """List who acts, is acted on or speaks, by code where there is one, those in most claims first.

    A private person gets no entry: who speaks is listed by what they are, and who acts or is acted on only with a code
    or by words that name no one. The text and the claims have their names as reported.
    """
    roles: dict[str, dict[str, None]] = defaultdict(dict)
    names: dict[str, str] = {}
    for index, (claim, grounding) in enumerate(zip(report.claims, report.groundings, strict=True)):
        for role, name, codes in _parties_of(claim, grounding):
            key = codes or name.lower()
            names.setdefault(key, name)
            roles[key].setdefault(f"c{index}|{role} {claim.salience}")
    ordered = sorted(roles, key=lambda key: (-len(roles[key]), key))
    return [
        _Party(names[key], key if key != names[key].lower() else "", tuple(_split(role) for role in roles[key]))
        for key in ordered
    ]


def _split(role: str) -> tuple[str, str]:
    owner, _, label = role.partition("|")
    return owner, label


def _parties_of(claim: Claim, grounding: Grounding) -> list[tuple[str, str, str]]:
    def name(role: str, fields: Sequence[Field[str]], actors: Sequence[GroundedActor]) -> list[tuple[str, str, str]]:
        return [
            (role, field.value, " ".join(actor.codes))
            for field, actor in zip(fields, actors, strict=True)
            if actor.codes or name_parties([field.value], frozenset())
        ]

    found = name("acts", claim.actors, grounding.actors) + name("acted on", claim.recipients, grounding.recipients)
    return found + [
        (
            "says",
            name_source(source.text, grounded.kind.value, grounded.code, anonymous=grounded.anonymous),
            grounded.code or "",
        )
        for source, grounded in zip(claim.chain, grounding.sources, strict=True)
    ]


def _find_conflicts(report: Report) -> list[tuple[str, str, str, str]]:
    """Pairs that pull apart, as (owner, owner, relation, reason)."""
    owners = {claim.id: f"c{index}" for index, claim in enumerate(report.claims)}
    return [
        (owners[link.left], owners[link.right], link.relation.value.replace("_", " "), link.reason)
        for link in report.links
        if link.relation is not Relation.SAME_EVENT
    ]
