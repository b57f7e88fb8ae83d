"""How templates are read, and how stages are scored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.incidents import STAGES, Answered, prepare_text, recall_stage, score_stages, sum_targets


def test_wire_capitals_become_sentences() -> None:
    text = 'NAVONA, 4 MAY (XYZ) -- [TEXT] REBELS\nATTACKED A FARM.  NOBODY DIED.\n\n   "IT BURNED," HE SAID.'
    assert prepare_text(text) == 'Rebels attacked a farm. Nobody died.\n\n"It burned," he said.'


@pytest.mark.parametrize(
    ("number", "bounds"),
    [
        ("3", (3, 3)),
        ("~100", (100, 100)),
        ("23 -", (23, None)),
        ("- 15", (0, 15)),
        ("5/6", (5, 6)),
        ("PLURAL", (2, None)),
        ("1 / PLURAL", (1, None)),
    ],
)
def test_numbers_of_targets(number: str, bounds: tuple[int, int | None]) -> None:
    template = {
        "HUM TGT: NUMBER": [f'{number}: "FARMERS"'],
        "HUM TGT: EFFECT OF INCIDENT": ['DEATH: "FARMERS"'],
    }
    assert sum_targets([template], "DEATH") == bounds
    assert sum_targets([template], "INJURY") == (0, 0)


def test_a_target_of_two_templates_is_counted_once() -> None:
    template = {"HUM TGT: NUMBER": ['2: "GUARDS"'], "HUM TGT: EFFECT OF INCIDENT": ['DEATH: "GUARDS"']}
    other = {"HUM TGT: NUMBER": ['1: "DRIVER"'], "HUM TGT: EFFECT OF INCIDENT": ['DEATH: "DRIVER"']}
    assert sum_targets([template, template, other], "DEATH") == (3, 3)


def test_the_dead_and_the_hurt_of_one_wording_have_their_own_numbers() -> None:
    template = {
        "HUM TGT: NUMBER": ['4: "FARMERS"', '10: "FARMERS"'],
        "HUM TGT: EFFECT OF INCIDENT": ['DEATH: "FARMERS"', 'INJURY: "FARMERS"'],
    }
    assert [sum_targets([template], effect) for effect in ("DEATH", "INJURY")] == [(4, 4), (10, 10)]


def test_an_optional_effect_may_be_none() -> None:
    template = {"HUM TGT: NUMBER": ['2: "GUARDS"'], "HUM TGT: EFFECT OF INCIDENT": ['? DEATH: "GUARDS"']}
    assert sum_targets([template], "DEATH") == (0, 2)


def answered(*pairs: tuple[set[str], set[str]]) -> Answered:
    return Answered(tuple((frozenset(held), frozenset(predicted)) for held, predicted in pairs), True, True)


def test_stages_are_scored_one_by_one() -> None:
    sample = [answered(({"ACCOMPLISHED"}, {"ACCOMPLISHED"}), ({"THREATENED"}, {"ACCOMPLISHED"}))]
    assert score_stages(sample) == pytest.approx((2 / 3 + 0) / 2)
    assert [recall_stage(sample, stage) for stage in STAGES] == [1.0, 0.0, 0.0]


@given(st.lists(st.sets(st.sampled_from(STAGES), min_size=1), min_size=1))
def test_what_agrees_everywhere_scores_one(stages: list[set[str]]) -> None:
    assert score_stages([answered(*((held, held) for held in stages))]) == 1.0
