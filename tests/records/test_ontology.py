"""The ontology covers every type, and mode scores replace type scores."""

import pytest

from reportedly.records.ontology import EventType, open_ontology


def test_every_type_has_an_entry() -> None:
    assert set(open_ontology().types) == set(EventType)


def test_scores_lie_on_the_scale() -> None:
    for entry in open_ontology().types.values():
        assert all(-10 <= score <= 10 for score in (entry.score, *entry.modes.values()))


def test_the_most_extreme_mode_replaces_the_type() -> None:
    ontology = open_ontology()
    assert ontology.score(EventType.PROTEST) == -5
    assert ontology.score(EventType.PROTEST, ("demo", "riot")) == -7


def test_a_mode_of_another_type_is_refused() -> None:
    with pytest.raises(KeyError):
        open_ontology().score(EventType.AID, ("riot",))
