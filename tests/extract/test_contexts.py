"""Contexts from the words of a sentence."""

from collections.abc import Callable

import pytest

from reportedly.extract.contexts import find_contexts, open_contexts
from reportedly.extract.parse import Parse
from reportedly.records.ontology import open_ontology

CONTEXTS = open_contexts()


def test_the_list_covers_the_ontology_and_nothing_else() -> None:
    assert {name for names in CONTEXTS.values() for name in names} == open_ontology().contexts


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army moved two tanks.", {"military"}),
        ("Cholera closed three hospitals.", {"health"}),
        ("The prime minister dissolved parliament.", {"executive", "legislative"}),
        ("Migrants were sent to the border.", {"migration", "territory"}),
        ("Nobody said a word.", set()),
    ],
)
def test_words_show_contexts(read_parse: Callable[[str], Parse], text: str, expected: set[str]) -> None:
    parse = read_parse(text)
    assert {field.value for field in find_contexts(parse, parse.sentences[0], CONTEXTS)} == expected


@pytest.mark.slow
def test_a_context_shows_its_word_and_two_words_count_more(read_parse: Callable[[str], Parse]) -> None:
    parse = read_parse("Soldiers left the base, and the navy stayed, while a judge slept.")
    fields = {field.value: field for field in find_contexts(parse, parse.sentences[0], CONTEXTS)}
    span = fields["military"].span
    assert span is not None
    assert span.slice(parse.text) == "Soldiers"
    assert fields["military"].score > fields["legal"].score


@pytest.mark.slow
def test_a_pair_of_words_is_shown_whole(read_parse: Callable[[str], Parse]) -> None:
    parse = read_parse("The case is about human rights.")
    fields = {field.value: field for field in find_contexts(parse, parse.sentences[0], CONTEXTS)}
    span = fields["human_rights"].span
    assert span is not None
    assert span.slice(parse.text) == "human rights"


@pytest.mark.slow
def test_other_sentences_show_nothing_here(read_parse: Callable[[str], Parse]) -> None:
    parse = read_parse("The army left. It rained.")
    assert find_contexts(parse, parse.sentences[1], CONTEXTS) == ()
