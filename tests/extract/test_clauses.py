"""Tense, negation and conditions of one clause."""

from collections.abc import Callable

import pytest

from reportedly.extract.clauses import find_modal, find_negation, find_tense, has_condition_mark, is_awaited
from reportedly.extract.parse import Parse

pytestmark = pytest.mark.slow


def index_of(parse: Parse, word: str) -> int:
    return next(token.i for token in parse.tokens if token.text == word)


@pytest.mark.parametrize(
    ("text", "word", "tense"),
    [
        ("Rebels shelled the port.", "shelled", "past"),
        ("The port was shelled by rebels.", "shelled", "past"),
        ("Rebels had shelled the port.", "shelled", "past"),
        ("Rebels were shelling the port.", "shelling", "past"),
        ("Rebels have shelled the port.", "shelled", "perfect"),
        ("Rebels have been shelling the port.", "shelling", "perfect-progressive"),
        ("Rebels are shelling the port.", "shelling", "progressive"),
        ("The port is being shelled.", "shelled", "progressive"),
        ("Rebels shell the port.", "shell", "present"),
        ("Rebels will shell the port.", "shell", "future"),
        ("Rebels won’t shell the port.", "shell", "future"),
        ("Rebels are going to shell the port.", "going", "future"),
        ("Rebels want to shell the port.", "shell", "infinitive"),
        ("Rebels began shelling the port.", "shelling", "participle"),
        ("Stop the shelling.", "Stop", "imperative"),
    ],
)
def test_tense(read_parse: Callable[[str], Parse], text: str, word: str, tense: str) -> None:
    parse = read_parse(text)
    assert find_tense(parse, index_of(parse, word)) == tense


@pytest.mark.parametrize(
    ("text", "word", "negation"),
    [
        ("Rebels did not shell the port.", "shell", "not"),
        ("Rebels never shelled the port.", "shelled", "never"),
        ("No rebels shelled the port.", "shelled", "No"),
        ("Rebels shelled no ports.", "shelled", "no"),
        ("There was no attack.", "attack", "no"),
        ("Rebels did not only shell the port.", "shell", None),
        ("Rebels shelled the port.", "shelled", None),
    ],
)
def test_negation(read_parse: Callable[[str], Parse], text: str, word: str, negation: str | None) -> None:
    parse = read_parse(text)
    found = find_negation(parse, index_of(parse, word))
    assert (parse.tokens[found].text if found is not None else None) == negation


def test_conditions(read_parse: Callable[[str], Parse]) -> None:
    parse = read_parse("Norland will act if rebels shell the port, and the siege lasts until Sudmark releases them.")
    assert has_condition_mark(parse, index_of(parse, "shell"))
    assert not has_condition_mark(parse, index_of(parse, "act"))
    assert is_awaited(parse, index_of(parse, "releases"))
    assert not is_awaited(parse, index_of(parse, "shell"))


def test_what_has_come_is_not_awaited(read_parse: Callable[[str], Parse]) -> None:
    parse = read_parse("The siege lasted until Sudmark yielded.")
    assert not is_awaited(parse, index_of(parse, "yielded"))


def test_modal(read_parse: Callable[[str], Parse]) -> None:
    parse = read_parse("Rebels might shell the port.")
    modal = find_modal(parse, index_of(parse, "shell"))
    assert modal is not None
    assert parse.tokens[modal].text == "might"
