"""Runs of text between quotation marks."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.extract.quotations import find_quotations


@pytest.mark.parametrize(
    "text",
    [
        "She said “the bridge is gone” and left.",
        'She said "the bridge is gone" and left.',
        "She said ''the bridge is gone'' and left.",
        "She said ``the bridge is gone'' and left.",
        "She said «the bridge is gone» and left.",
        "She said „the bridge is gone“ and left.",
        "She said ‘the bridge is gone’ and left.",
    ],
)
def test_every_style_of_marks(text: str) -> None:
    assert [span.slice(text) for span in find_quotations(text)] == ["the bridge is gone"]


def test_apostrophes_do_not_close_single_marks() -> None:
    text = "‘We can’t cross and the workers’ huts are gone,’ he said."
    assert [span.slice(text) for span in find_quotations(text)] == ["We can’t cross and the workers’ huts are gone,"]


def test_an_apostrophe_opens_nothing() -> None:
    assert find_quotations("The miners’ strike of ’84 didn’t end the mayor's term.") == ()


def test_one_word_is_no_speech() -> None:
    assert find_quotations("The “terrorists” fled, the “so-called” army said.") == ()


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    text = "“We left the town.\n“We never went back,” she said."
    assert [span.slice(text) for span in find_quotations(text)] == ["We left the town.", "We never went back,"]


def test_nothing_in_nothing() -> None:
    assert find_quotations("") == ()
    assert find_quotations("“”") == ()


@given(st.text(alphabet="“”\"'‘’„«»` ab.\n", max_size=200))
def test_spans_lie_in_order_within_the_text(text: str) -> None:
    spans = find_quotations(text)
    assert all(span.slice(text).strip() for span in spans)
    assert all(span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
