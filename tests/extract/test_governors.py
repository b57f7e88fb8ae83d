"""What the walk up the tree sees, and where it ends."""

from collections.abc import Callable

import pytest

from reportedly.extract.governors import StatusTrace, trace_status
from reportedly.extract.parse import Parse
from reportedly.extract.status_cues import open_status

pytestmark = pytest.mark.slow


def trace(parse: Parse, word: str) -> StatusTrace:
    return trace_status(parse, next(token.i for token in parse.tokens if token.text == word), open_status())


def names(parse: Parse, found: StatusTrace) -> list[tuple[str, str, str]]:
    return [(g.name, parse.tokens[g.token].text, g.relation) for g in found.governors]


@pytest.mark.parametrize(
    ("text", "word", "governors"),
    [
        ("Norland plans to attack.", "attack", [("prepared", "plans", "to")]),
        (
            "Norland denied planning an attack.",
            "attack",
            [("prepared", "planning", "obj"), ("denied", "denied", "ing")],
        ),
        ("Sudmark called on Norland to release the men.", "release", [("demanded", "called", "to")]),
        ("Norland ruled out strikes.", "strikes", [("negated", "ruled", "obj")]),
        ("A planned attack failed.", "attack", [("announced", "planned", "mod")]),
        ("Fear of an attack grew.", "attack", [("possible", "Fear", "of")]),
        ("He voiced outrage at the attack.", "attack", []),
        ("Norland told reporters about an attack.", "attack", []),
    ],
)
def test_governors(
    read_parse: Callable[[str], Parse], text: str, word: str, governors: list[tuple[str, str, str]]
) -> None:
    parse = read_parse(text)
    assert names(parse, trace(parse, word)) == governors


def test_a_series_passes_on_what_is_said_of_it(read_parse: Callable[[str], Parse]) -> None:
    parse = read_parse("Norland plans a series of strikes.")
    assert names(parse, trace(parse, "strikes")) == [("prepared", "plans", "obj")]


def test_a_reporting_verb_ends_the_walk(read_parse: Callable[[str], Parse]) -> None:
    parse = read_parse("The minister who plans to resign said that rebels shelled the port.")
    found = trace(parse, "shelled")
    assert found.end == "clause"
    assert found.report is not None
    assert parse.tokens[found.report].text == "said"
    assert found.governors == []


def test_a_known_event_is_taken_as_given(read_parse: Callable[[str], Parse]) -> None:
    parse = read_parse("The envoy will condemn the attack.")
    found = trace(parse, "attack")
    assert (found.end, found.tense, found.modal) == ("given", "none", None)


def test_a_light_verb_lends_its_form(read_parse: Callable[[str], Parse]) -> None:
    parse = read_parse("Norland might carry out strikes.")
    found = trace(parse, "strikes")
    assert found.tense == "present"
    assert found.modal is not None
    assert parse.tokens[found.modal].text == "might"


def test_a_second_clause_keeps_its_own_form(read_parse: Callable[[str], Parse]) -> None:
    parse = read_parse("Norland did not sign the accord, but Sudmark bombed the port.")
    assert trace(parse, "bombed").negated is None


def test_coordinated_verbs_share_their_auxiliaries(read_parse: Callable[[str], Parse]) -> None:
    parse = read_parse("Norland will bomb and burn the port.")
    found = trace(parse, "burn")
    assert found.tense == "future"
