"""A value that is put in shows in claim and grounding alike, and nothing else changes."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.deciding.corrections import AXES, correct_claim
from reportedly.deciding.values import Tables, read_value
from reportedly.errors import DecisionError
from reportedly.records.claim import Claim, Place, PlaceRole, Status, derive_status
from reportedly.records.grounding import Grounding
from reportedly.records.report import Report
from tests.store.makers import Told, make_report


def correct(field: str, value: str, report: Report, tables: Tables) -> tuple[Claim, Grounding]:
    assert report.document is not None
    claim, grounding = report.claims[0], report.groundings[0]
    kept = read_value(field, value, claim, report.document, tables)
    return correct_claim(claim, grounding, field, kept, "person:ann")


@given(st.sampled_from(Status))
def test_the_axes_of_a_status_give_that_status(status: Status) -> None:
    assert derive_status(AXES[status]) is status


@pytest.mark.parametrize(
    ("field", "value", "claim_fields", "grounding_fields"),
    [
        ("type", "COERCE", {"type", "modes"}, set()),
        ("status", "denied", {"status", "axes"}, set()),
        ("stage", "ordered", {"stage"}, set()),
        ("hedged", "possibly", {"hedges"}, set()),
        ("source", "medics", {"chain"}, {"sources"}),
        ("actors", "FRA/MIL", {"actors"}, {"actors"}),
        ("recipients", "none", {"recipients"}, {"recipients"}),
        ("place", "none", {"places"}, {"places"}),
        ("time", "2025-10-30", {"time"}, {"time"}),
        ("figures.killed", "14", {"figures"}, set()),
        ("figures.injured", "3", {"figures"}, set()),
    ],
)
def test_only_the_field_changes(
    field: str, value: str, claim_fields: set[str], grounding_fields: set[str], one: Report, tables: Tables
) -> None:
    claim, grounding = correct(field, value, one, tables)
    before, after = one.claims[0], one.groundings[0]
    changed = {name for name in Claim.__struct_fields__ if getattr(claim, name) != getattr(before, name)}
    grounded = {name for name in Grounding.__struct_fields__ if getattr(grounding, name) != getattr(after, name)}
    assert changed <= claim_fields
    assert (changed, grounded) != (set(), set())
    assert grounded == grounding_fields
    assert len(claim.places) == len(grounding.places)
    assert len(claim.actors) == len(grounding.actors)
    assert len(claim.chain) == len(grounding.sources)


def test_who_set_a_field_is_on_it(one: Report, tables: Tables) -> None:
    claim, _ = correct("status", "denied", one, tables)
    assert claim.status.by == "person:ann"
    claim, _ = correct("source", "medics", one, tables)
    assert claim.chain[0].by == "person:ann"


def test_modes_of_another_type_go_with_the_type(one: Report, tables: Tables) -> None:
    claim, grounding = correct("modes", "aerial", one, tables)
    assert [field.value for field in claim.modes] == ["aerial"]
    claim, _ = correct_claim(claim, grounding, "type", '"COERCE"', "person:ann")
    assert claim.modes == ()


def test_a_figure_keeps_what_the_correction_does_not_say(one: Report, tables: Tables) -> None:
    claim, _ = correct("figures.killed", "14", one, tables)
    (field,) = claim.figures
    assert (field.value.low, field.value.high) == (14, 14)
    assert field.value.scope is one.claims[0].figures[0].value.scope
    claim, _ = correct("figures.killed", "60 series", one, tables)
    assert [(field.value.scope.value, field.value.low) for field in claim.figures] == [("this", 12), ("series", 60)]
    assert correct("figures.killed", "none", one, tables)[0].figures == ()


@pytest.mark.slow
def test_a_place_replaces_only_where_the_event_is(one: Report, tables: Tables) -> None:
    claim, grounding = correct("place", "Rotterdam", one, tables)
    assert [field.value.role for field in claim.places] == [PlaceRole.EVENT]
    assert grounding.places[0].candidates[0].id == "geonames:2747891"
    elsewhere = msgspec.structs.replace(
        claim, places=(msgspec.structs.replace(claim.places[0], value=msgspec.structs.replace(
            claim.places[0].value, role=PlaceRole.ORIGIN)),)
    )  # fmt: skip
    kept, grounded = correct_claim(elsewhere, grounding, "place", "null", "person:ann")
    assert kept.places == elsewhere.places
    assert grounded.places == grounding.places


@pytest.mark.slow
def test_a_claim_without_its_grounding_takes_a_place(one: Report, tables: Tables) -> None:
    assert one.document is not None
    claim = one.claims[0]
    origin = msgspec.structs.replace(claim.places[0], value=Place("Hillford", PlaceRole.ORIGIN))
    claim = msgspec.structs.replace(claim, places=(*claim.places, origin))
    value = read_value("place", "Rotterdam", claim, one.document, tables)
    corrected, grounding = correct_claim(claim, Grounding(claim.id), "place", value, "person:ann")
    assert [field.value.text for field in corrected.places] == ["Rotterdam", "Hillford"]
    assert [len(place.candidates) for place in grounding.places] == [1, 0]


@pytest.mark.parametrize(("field", "value"), [("wings", "1"), ("status", '"asleep"'), ("time", "{"), ("type", "1")])
def test_what_is_on_record_and_not_known_is_an_error_of_its_own(field: str, value: str, one: Report) -> None:
    with pytest.raises(DecisionError, match=field):
        correct_claim(one.claims[0], one.groundings[0], field, value, "person:ann")


def test_a_correction_can_be_put_into_another_reading(one: Report, tables: Tables) -> None:
    assert one.document is not None
    kept = read_value("actors", "Hamas", one.claims[0], one.document, tables)
    bare = make_report([Told("The army shelled rebels in Garrach, possibly killing 12, medics said.", place=None)])
    claim, grounding = correct_claim(bare.claims[0], bare.groundings[0], "actors", kept, "person:ann")
    assert [field.value for field in claim.actors] == ["Hamas"]
    assert [actor.codes for actor in grounding.actors] == [("Hamas",)]
