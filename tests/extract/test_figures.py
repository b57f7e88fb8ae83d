"""Figures: bounds, keys, what is no figure, and which event each belongs to."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.extract.decide import MIN_SCORE
from reportedly.extract.figures import FigureLexicon, find_figures, open_figures
from reportedly.extract.mentions import FigureMention
from reportedly.extract.parse import Parse, Parser
from reportedly.records.claim import Scope
from reportedly.records.document import Document

pytestmark = pytest.mark.slow

Bounds = dict[str, tuple[int | None, int | None]]


@pytest.fixture(scope="module")
def lexicon() -> FigureLexicon:
    return open_figures()


def find(parse: Parse, lexicon: FigureLexicon) -> tuple[FigureMention, ...]:
    return find_figures(parse, Document(id="test", text=parse.text), lexicon)


def told(parse: Parse, lexicon: FigureLexicon) -> list[tuple[str, int | None, int | None]]:
    fields = [mention.field for mention in find(parse, lexicon)]
    return [(f.value.key, f.value.low, f.value.high) for f in fields if f.score >= MIN_SCORE]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("The raid killed 13 people.", [("killed", 13, 13)]),
        ("Its army said it had lost three fighters in the raids.", [("killed", 3, 3)]),
        ("Norland police detained 37 people, the state agency reported.", [("detained", 37, 37)]),
        ("The Red Cross evacuated 60 wounded on Saturday.", [("injured", 60, 60)]),
        ("At least 13 people were killed.", [("killed", 13, None)]),
        ("Fourteen bodies had been brought in.", [("killed", 14, 14)]),
        ("The mayor put the number of dead at nine.", [("killed", 9, 9)]),
        ("The army raised its count to 11 militants.", [("killed", 11, 11)]),
        ("The clashes left over 50 people wounded.", [("injured", 51, None)]),
        ("Up to 20 sailors are missing.", [("missing", None, 20)]),
        ("Fewer than 5 soldiers were wounded.", [("injured", None, 4)]),
        ("Between 10 and 15 soldiers died.", [("killed", 10, 15)]),
        ("The shelling killed 10 to 15 villagers.", [("killed", 10, 15)]),
        ("About 30 residents were displaced.", [("displaced", 30, 30)]),
        ("Dozens of people were arrested.", [("detained", 24, None)]),
        ("Tens of thousands of people fled their homes.", [("displaced", 20_000, None)]),
        ("Half a dozen militants were killed.", [("killed", 6, 6)]),
        ("Hundreds were injured.", [("injured", 200, None)]),
        ("1.2 million people have been displaced.", [("displaced", 1_200_000, 1_200_000)]),
        ("50 or more villagers were killed.", [("killed", 50, None)]),
    ],
)
def test_bounds_of_a_count(
    text: str,
    figures: list[tuple[str, int | None, int | None]],
    read_parse: Callable[[str], Parse],
    lexicon: FigureLexicon,
) -> None:
    assert told(read_parse(text), lexicon) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("The blast left 3 dead and 12 wounded.", [("killed", 3, 3), ("injured", 12, 12)]),
        ("40 dead, 120 wounded in airstrike on market", [("killed", 40, 40), ("injured", 120, 120)]),
        ("Three people were killed and seven others injured.", [("killed", 3, 3), ("injured", 7, 7)]),
        ("The blast claimed the lives of seven people.", [("killed", 7, 7)]),
        ("The death toll rose to 85.", [("killed", 85, 85)]),
        ("The arrest of seven foreigners followed.", [("detained", 7, 7)]),
        ("The attack wounded four guards and a driver.", [("injured", 5, 5)]),
        ("Four people were shot.", [("casualties", 4, 4)]),
        ("Two officers were shot and killed.", [("killed", 2, 2)]),
        ("A soldier was killed in the ambush.", [("killed", 1, 1)]),
        ("The strike caused no casualties.", [("casualties", 0, 0)]),
        ("Nobody was hurt.", [("injured", 0, 0)]),
        ("Twelve people were taken to hospital.", [("injured", 12, 12)]),
    ],
)
def test_what_a_count_counts(
    text: str,
    figures: list[tuple[str, int | None, int | None]],
    read_parse: Callable[[str], Parse],
    lexicon: FigureLexicon,
) -> None:
    assert told(read_parse(text), lexicon) == figures


@pytest.mark.parametrize(
    "text",
    [
        "A 12-year-old ran home.",
        "The talks took place on September 11, 2019.",
        "The convoy drove 40 kilometres in 30 minutes.",
        "Turnout rose to 85 percent.",
        "An F-16 and a Boeing 737 landed at Highway 66.",
        "The council adopted Resolution 2231 at 7:45 p.m.",
        "It was the third attack since 2016.",
        "Soldiers fired 9mm rounds.",
        "The shooting happened in the 4800 block of Mill Street.",
    ],
)
def test_numbers_that_are_no_figures(text: str, read_parse: Callable[[str], Parse], lexicon: FigureLexicon) -> None:
    assert told(read_parse(text), lexicon) == []


def test_sub_counts_are_left_out(read_parse: Callable[[str], Parse], lexicon: FigureLexicon) -> None:
    parse = read_parse("The strike killed 12 people, including three children.")
    assert told(parse, lexicon) == [("killed", 12, 12)]


def test_shares_are_left_out(read_parse: Callable[[str], Parse], lexicon: FigureLexicon) -> None:
    assert told(read_parse("More than 90 percent of the town's 20,000 residents have been displaced."), lexicon) == []


def test_coordinated_harms_are_kept_apart(read_parse: Callable[[str], Parse], lexicon: FigureLexicon) -> None:
    figures = told(read_parse("The storm left 41 people killed and nine missing."), lexicon)
    assert sorted(figures) == [("killed", 41, 41), ("missing", 9, 9)]


def test_coordinated_nouns_share_whom_they_hit(read_parse: Callable[[str], Parse], lexicon: FigureLexicon) -> None:
    assert told(read_parse("They mourned the abduction and murder of five students."), lexicon) == [("killed", 5, 5)]


def test_unreal_harm_scores_too_low_to_be_chosen(read_parse: Callable[[str], Parse], lexicon: FigureLexicon) -> None:
    assert told(read_parse("The gunman threatened to kill 20 hostages."), lexicon) == []


def test_one_person_under_a_noun_is_no_figure_of_a_claim(
    read_parse: Callable[[str], Parse], lexicon: FigureLexicon
) -> None:
    assert told(read_parse("The assassination of the president shocked Navona."), lexicon) == []


@pytest.mark.parametrize(
    ("text", "scope", "as_of"),
    [
        ("The raid killed 13 people.", Scope.THIS, None),
        ("There have been at least 13 raids so far.", Scope.SERIES, "so far"),
        ("The death toll rose to 85.", Scope.SERIES, None),
        ("The death toll from the strikes rose to 85.", Scope.SERIES, None),
        ("The death toll from Monday's bombing rose to 85.", Scope.THIS, None),
        ("Another 5 people died.", Scope.ADDED, None),
        ("Five more people died.", Scope.ADDED, None),
    ],
)
def test_scope(
    text: str, scope: Scope, as_of: str | None, read_parse: Callable[[str], Parse], lexicon: FigureLexicon
) -> None:
    figure = find(read_parse(text), lexicon)[0].field.value
    assert (figure.scope, figure.as_of) == (scope, as_of)


def test_a_series_keeps_its_lower_bounds(read_parse: Callable[[str], Parse], lexicon: FigureLexicon) -> None:
    figures = told(read_parse("There have been over 20 raids so far, resulting in at least 60 casualties."), lexicon)
    assert figures == [("raids", 21, None), ("casualties", 60, None)]


WORDS = ["at least", "13", "dozens", "of", "people", "killed", "and", "5", "wounded", "were", ",", "no", "€", "-", "\n"]


@settings(max_examples=25, deadline=None)
@given(words=st.lists(st.sampled_from(WORDS), max_size=14))
def test_spans_slice_within_any_text(words: list[str], parser: Parser, lexicon: FigureLexicon) -> None:
    text = " ".join(words)
    parse = parser.parse(Document(id="test", text=text))
    for mention in find(parse, lexicon):
        span, figure = mention.field.span, mention.field.value
        assert span is not None
        assert 0 <= span.start < span.end <= len(text)
        assert figure.low is None or figure.high is None or figure.low <= figure.high
