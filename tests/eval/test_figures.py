"""How a report's numbers killed and injured are composed from its figures."""

import pytest

from eval.figures import compose_totals
from reportedly.records.claim import Figure, Scope
from reportedly.records.spans import Field, Span


def figure(text: str, words: str, key: str, low: int, scope: Scope = Scope.THIS, score: float = 0.9) -> Field[Figure]:
    start = text.index(words)
    return Field(Figure(key, low, low, scope=scope), Span(start, start + len(words)), "rule:test", score)


def test_no_figures_are_none_killed_and_none_injured() -> None:
    assert compose_totals("Nothing happened.", []) == (0, 0)


def test_the_largest_number_of_each_key_counts() -> None:
    text = "Two died. Three died, police said later. One was hurt and two were hurt."
    fields = [
        figure(text, "Two died", "killed", 2),
        figure(text, "Three died", "killed", 3),
        figure(text, "two were", "injured", 2),
    ]
    assert compose_totals(text, fields) == (3, 2)


def test_one_person_hurt_is_the_one_who_died() -> None:
    text = "A man was wounded. He died in hospital."
    fields = [figure(text, "A man", "injured", 1), figure(text, "He", "killed", 1)]
    assert compose_totals(text, fields) == (1, 0)


@pytest.mark.parametrize(
    ("text", "hurt", "scope"),
    [
        ("One man died and one was wounded.", "one was", Scope.THIS),
        ("One man died. Police say another man was wounded.", "another man", Scope.ADDED),
    ],
)
def test_another_person_hurt_is_counted(text: str, hurt: str, scope: Scope) -> None:
    fields = [figure(text, "One man", "killed", 1), figure(text, hurt, "injured", 1, scope)]
    assert compose_totals(text, fields) == (1, 1)


def test_of_those_shot_who_did_not_die_are_injured() -> None:
    text = "Five people were shot. Two died."
    fields = [figure(text, "Five people", "casualties", 5), figure(text, "Two", "killed", 2)]
    assert compose_totals(text, fields) == (2, 3)


def test_what_is_only_feared_does_not_count() -> None:
    text = "Nine people may have been killed."
    assert compose_totals(text, [figure(text, "Nine people", "killed", 9, score=0.2)]) == (0, 0)
