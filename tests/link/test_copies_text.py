"""What is read of a report to compare it: sentences, names, figures, days, quotations, and runs shared with another."""

from hypothesis import given
from hypothesis import strategies as st

from reportedly.link.copies import open_copies
from reportedly.link.copy_features import FEATURES, find_days, measure_pair, share_quotes
from reportedly.link.copy_runs import Run, find_runs, share_covered
from reportedly.link.copy_text import CopyText, find_anchors, find_figures, find_tokens, read_pair, split_sentences
from reportedly.records.document import Document, Publication, TimePrecision

WORDS = open_copies()


def read(text: str, day: str = "2025-11-05") -> CopyText:
    """A report published on a Wednesday."""
    published = Publication(day, TimePrecision.DAY, False, "record", True) if day else None
    return CopyText(Document(id="d", text=text, published=published), WORDS)


def test_abbreviations_and_initials_end_no_sentence() -> None:
    text = 'Gen. J. Vesk met U.N. envoys at 5 p.m. on Monday. "No," he said. Talks go on.\nIt rained'
    assert list(split_sentences(text, WORDS)) == [
        "Gen. J. Vesk met U.N. envoys at 5 p.m. on Monday.",
        '"No," he said.',
        "Talks go on.",
        "It rained",
    ]


def test_figures_in_words_and_digits_are_one() -> None:
    words = find_figures(
        find_tokens("thirty thousand of twelve hundred men; one hundred and twelve, twenty-six, 2.4 million"), WORDS
    )
    assert words == {"30000", "1200", "112", "26", "2400000"}
    assert find_figures(find_tokens("30,000 of 1,200; 112, 26, 2400000"), WORDS) == words


@given(st.lists(st.sampled_from("one two ten twenty ninety hundred thousand million and 7 1,200 3.5 cats".split())))
def test_any_order_of_number_words_gives_numbers(tokens: list[str]) -> None:
    assert all(float(figure) > 0 for figure in find_figures(tokens, WORDS))


def test_name_that_opens_a_sentence_is_one_where_the_other_report_shows_it() -> None:
    texts = ("Karvia fired four missiles.", "Four missiles came from Karvia.")
    alone = CopyText(Document(id="a", text=texts[0]), WORDS)
    left, right = read_pair(Document(id="a", text=texts[0]), Document(id="b", text=texts[1]), WORDS)
    assert alone.names == frozenset()
    assert left.names == right.names == {"karvia"}


def test_days_are_resolved_by_publication() -> None:
    assert find_days(read("On Tuesday and yesterday, and on 3 November, as on Oct. 31.")) == {
        "2025-11-04",
        "2025-11-03",
        "2025-10-31",
    }
    assert find_days(read("On December 30", "2026-01-02")) == {"2025-12-30"}
    assert find_days(read("On Tuesday, 31 February", "")) == frozenset()


def test_quotations_count_by_the_words_kept() -> None:
    one = read('"They came from three sides and fired at anyone who ran," she said.')
    whole, part = read("They came from three sides and fired at anyone who ran"), read("They came from three sides.")
    assert share_quotes(one, whole) == (1.0, True)
    assert share_quotes(one, part) == (5 / 11, True)
    assert share_quotes(read("Nothing."), one) == (0.0, False)


def test_stock_phrases_are_left_out() -> None:
    text = read("The ministry did not immediately respond to a request for comment on the raid.")
    assert "respond" not in text.tokens
    assert "raid" in text.tokens


def test_anchors_are_names_and_figures_that_few_reports_share() -> None:
    body = (
        'Gunmen in Russia killed 14 people in Arvenna on Tuesday in 2025. Witness Ilo Marenka saw two. "Vesk," he said.'
    )
    assert find_anchors(body, WORDS) == ("14", "arvenn", "ilo", "marenk")


def test_runs_are_the_longest_and_in_order() -> None:
    left, right = "a b c d e f g h i".split(), "x c d e f g y a b c d e".split()
    assert find_runs(left, right) == (Run(2, 1, 5), Run(0, 7, 5))
    assert share_covered(find_runs(left, right), len(left), "left") == 7 / 9
    assert share_covered(find_runs(left, right), len(right), "right") == 10 / 12
    assert share_covered((), 0, "left") == 0.0


@given(st.lists(st.sampled_from("abc"), max_size=40), st.lists(st.sampled_from("abc"), max_size=40))
def test_runs_stand_in_both_texts_and_do_not_overlap(left: list[str], right: list[str]) -> None:
    end = 0
    for run in find_runs(left, right):
        assert left[run.left : run.left + run.length] == right[run.right : run.right + run.length]
        assert run.right >= end
        end = run.right + run.length


@given(st.text(max_size=200), st.text(max_size=200))
def test_features_are_all_there_from_0_to_1_and_alike_both_ways(one: str, other: str) -> None:
    left, right = read_pair(Document(id="a", text=one), Document(id="b", text=other), WORDS)
    seen = measure_pair(left, right, find_runs(left.tokens, right.tokens))
    assert seen.keys() == FEATURES.keys()
    assert all(0 <= value <= 1 for value in seen.values())
