"""Two readings of one text are compared claim by claim."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.differences import FieldChange, diff_readings
from reportedly.records.claim import Status
from reportedly.records.ontology import EventType
from reportedly.records.report import Report
from reportedly.records.spans import Field
from tests.store.makers import Told, make_report

FIRST = Told("The army shelled rebels in Garrach.", killed=12)
SECOND = Told("A depot burned down.", trigger="burned")


@pytest.fixture
def before() -> Report:
    return make_report([FIRST, SECOND])


def test_the_same_reading_differs_in_nothing(before: Report) -> None:
    diff = diff_readings(before, before)
    assert diff.empty
    assert not diff.moved
    assert diff.same == 2


def test_other_versions_of_the_stages_are_no_difference(before: Report) -> None:
    after = msgspec.structs.replace(
        before,
        claims=tuple(msgspec.structs.replace(claim, versions={"extract": "9"}) for claim in before.claims[::-1]),
        groundings=tuple(msgspec.structs.replace(item, versions={"ground": "9"}) for item in before.groundings),
    )
    assert not diff_readings(before, after).moved


def test_what_came_and_went(before: Report) -> None:
    less = msgspec.structs.replace(before, claims=before.claims[:1], statements=())
    diff = diff_readings(before, less)
    assert ([line.id for line in diff.went], diff.came) == ([before.claims[1].id], ())
    assert diff.statements_went == ("legal: The army ",)
    diff = diff_readings(less, before)
    assert ([line.id for line in diff.came], diff.went) == ([before.claims[1].id], ())
    assert diff.came[0].evidence == "A depot burned down."
    assert (diff.empty, diff.moved) == (False, True)


def test_what_changed_is_told_field_by_field() -> None:
    before = make_report([FIRST])
    after = make_report(
        [msgspec.structs.replace(FIRST, status=Status.PLANNED, actor="NLD/MIL", killed=14, hedge="army")]
    )
    (change,) = diff_readings(before, after).changed
    assert set(change.fields) == {
        FieldChange("status", "occurred", "planned"),
        FieldChange("actors", "the army [NLD]", "the army [NLD/MIL]"),
        FieldChange("figures.killed", ">=12", ">=14"),
        FieldChange("hedged", "", "army"),
    }


def test_a_claim_of_another_type_is_the_same_claim_changed() -> None:
    before = make_report([FIRST])
    after = make_report([msgspec.structs.replace(FIRST, type=EventType.COERCE)])
    diff = diff_readings(before, after)
    assert (diff.came, diff.went) == ((), ())
    assert diff.changed[0].fields == (FieldChange("type", "ASSAULT", "COERCE"),)
    assert diff.changed[0].before.id != diff.changed[0].after.id


def test_a_moved_score_is_no_difference_to_a_reader_but_is_one_to_a_store(before: Report) -> None:
    claim = before.claims[0]
    moved = msgspec.structs.replace(claim, type=Field(claim.type.value, claim.type.span, "rule:other", 0.4))
    diff = diff_readings(before, msgspec.structs.replace(before, claims=(moved, before.claims[1])))
    assert (diff.empty, diff.moved, diff.same) == (True, True, 2)


def test_another_link_within_is_no_difference_to_a_reader_but_is_one_to_a_store() -> None:
    before = make_report([Told("The army shelled Garrach."), Told("It shelled Garrach.")])
    diff = diff_readings(before, msgspec.structs.replace(before, links=()))
    assert (diff.empty, diff.moved) == (True, True)


@given(st.sets(st.integers(0, 4)), st.sets(st.integers(0, 4)))
def test_every_claim_is_counted_once(left: set[int], right: set[int]) -> None:
    whole = make_report([Told(f"Sentence {number} shelled.") for number in range(5)])

    def keep(numbers: set[int]) -> Report:
        return msgspec.structs.replace(
            whole, claims=tuple(claim for number, claim in enumerate(whole.claims) if number in numbers)
        )

    diff = diff_readings(keep(left), keep(right))
    assert diff.same == len(left & right)
    assert len(diff.went) == len(left - right)
    assert len(diff.came) == len(right - left)


def test_two_documents_are_not_compared(before: Report) -> None:
    with pytest.raises(ValueError, match="one document"):
        diff_readings(before, make_report([FIRST]))
