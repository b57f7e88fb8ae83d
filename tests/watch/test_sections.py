"""Where a brief tells of an event."""

import msgspec
import pytest

from reportedly.records.claim import Source, Status
from reportedly.records.ontology import EventType
from reportedly.records.spans import Field, Span
from reportedly.watch.leads import lead_in
from reportedly.watch.lexicon import open_marks
from reportedly.watch.sections import AHEAD, DISPUTED, HAPPENED, NEGATIVE, SECTIONS, TAKEN_BACK, choose_section
from tests.link.situations import make_head
from tests.watch.test_checks import make_evidence, make_told

MARKS = open_marks()
FIRST, SECOND = make_head("one", "Harbour Wire", day="2025-06-02"), make_head("two", "Oldport Post", day="2025-06-03")
STRUCK = ("Jets struck the harbour of Oldport.", "struck", Status.OCCURRED)
WILL = ("Jets will strike the harbour of Oldport.", "strike", Status.PLANNED)


def choose(*told: tuple[str, str, Status], retracted: bool = False) -> int | None:
    """Choose for claims of one day after the other."""
    heads = (FIRST, SECOND)
    items = [make_told(f"c{i}", *words, head=heads[i]) for i, words in enumerate(told)]
    evidence = make_evidence(*items)
    event = msgspec.structs.replace(evidence.event, retracted=retracted)
    return choose_section(event, evidence.claims, MARKS)


@pytest.mark.parametrize(
    ("told", "section"),
    [
        ((STRUCK,), HAPPENED),
        ((WILL,), AHEAD),
        ((("The EU asked Lorra to free the sailors.", "free", Status.DEMANDED),), AHEAD),
        ((("Nobody was killed in Oldport.", "killed", Status.NEGATED),), NEGATIVE),
        ((("Lorra refused to hand over the sailors.", "hand over", Status.NEGATED),), HAPPENED),
        ((("The ministry denied that jets struck Oldport.", "struck", Status.DENIED),), DISPUTED),
        ((STRUCK, ("No jets struck the harbour of Oldport.", "struck", Status.NEGATED)), DISPUTED),
        ((STRUCK, ("The ministry denied that jets struck the harbour of Oldport.", "struck", Status.DENIED)), DISPUTED),
        ((("Lorra denied that jets would strike the harbour of Oldport.", "strike", Status.DENIED), STRUCK), HAPPENED),
        ((STRUCK, ("The group denied having struck the harbour of Oldport.", "struck", Status.DENIED)), HAPPENED),
        ((STRUCK, ("There will be no second strike on the harbour of Oldport.", "strike", Status.NEGATED)), HAPPENED),
        ((WILL, ("No jets would strike the harbour of Oldport, Lorra said.", "strike", Status.NEGATED)), DISPUTED),
    ],
)
def test_an_event_is_told_where_its_sentences_put_it(told: tuple[tuple[str, str, Status], ...], section: int) -> None:
    assert choose(*told) == section


def test_what_was_taken_back_is_told_there() -> None:
    assert choose(STRUCK, retracted=True) == TAKEN_BACK
    assert len(SECTIONS) == TAKEN_BACK + 1


def test_what_no_sentence_shows_is_told_nowhere_and_a_plan_no_longer_once_it_happened() -> None:
    planned, struck = make_told("p", *WILL, head=FIRST), make_told("s", *STRUCK, head=SECOND)
    evidence = make_evidence(planned, struck)
    assert choose_section(evidence.event, {}, MARKS) is None
    assert choose_section(evidence.event, {"p": planned}, MARKS) is None
    assert choose_section(evidence.event, {"p": planned, "s": struck}, MARKS) == HAPPENED


def test_a_denial_by_those_whom_the_reports_name_is_one_of_the_event() -> None:
    struck = make_told("s", "Jets of Lorra struck the harbour of Oldport.", "struck", head=FIRST)
    denied = make_told("d", "Lorra denied having struck the harbour of Oldport.", "struck", Status.DENIED, head=SECOND)
    actor = Field("Lorra", Span(0, 5), "rule:subject")
    denied = msgspec.structs.replace(denied, claim=msgspec.structs.replace(denied.claim, actors=(actor,)))
    evidence = make_evidence(struck, denied)
    assert choose_section(evidence.event, evidence.claims, MARKS) == DISPUTED


def test_a_source_does_not_dispute_itself() -> None:
    struck = make_told("s", "The Eastern Command said it hit the command post.", "hit", head=FIRST)
    denied = make_told(
        "d",
        "The Eastern Command denied that it hit the clinic near the command post.",
        "hit",
        Status.DENIED,
        head=SECOND,
    )
    from_source = msgspec.structs.replace(
        struck.claim, chain=(Source("The Eastern Command", Span(0, 19), Span(20, 24)),)
    )
    evidence = make_evidence(msgspec.structs.replace(struck, claim=from_source), denied)
    assert choose_section(evidence.event, evidence.claims, MARKS) == HAPPENED


@pytest.mark.parametrize("kind", [EventType.REQUEST, EventType.THREATEN])
def test_a_call_or_a_threat_is_told_for_what_lies_ahead(kind: EventType) -> None:
    item = make_told("a", "Lorra called on Friday for new strikes on the harbour of Oldport.", "called", head=FIRST)
    claim = item.claim
    item = msgspec.structs.replace(
        item, claim=msgspec.structs.replace(claim, type=msgspec.structs.replace(claim.type, value=kind))
    )
    evidence = make_evidence(item)
    assert choose_section(evidence.event, evidence.claims, MARKS) == AHEAD
    assert lead_in(item, MARKS) == ("Called for" if kind is EventType.REQUEST else "Threatened")


@pytest.mark.parametrize(
    ("sentence", "trigger", "kind", "status", "lead"),
    [
        ("Lorra agreed to share data on fish.", "share", EventType.SUPPORT, Status.PLANNED, "Agreed or promised"),
        ("Lorra will share data on fish.", "share", EventType.SUPPORT, Status.PLANNED, "Planned"),
        ("Journalists were invited to come.", "invited", EventType.REQUEST, Status.OCCURRED, "Invited"),
    ],
)
def test_agreements_and_invitations_are_called_so(
    sentence: str, trigger: str, kind: EventType, status: Status, lead: str
) -> None:
    item = make_told("a", sentence, trigger, status, head=FIRST)
    typed = msgspec.structs.replace(item.claim, type=Field(kind, item.claim.type.span, "rule:lexicon"))
    assert lead_in(msgspec.structs.replace(item, claim=typed), MARKS) == lead
