"""Which figure is which event's."""

from collections.abc import Callable

import pytest

from reportedly.extract.decide import MIN_SCORE
from reportedly.extract.events import find_events, open_events
from reportedly.extract.figure_binding import propose_all_figures
from reportedly.extract.figures import FigureLexicon, find_figures, open_figures
from reportedly.extract.parse import Parse
from reportedly.records.document import Document

pytestmark = pytest.mark.slow

Bounds = dict[str, tuple[int | None, int | None]]


@pytest.fixture(scope="module")
def lexicon() -> FigureLexicon:
    return open_figures()


def bind(parse: Parse, lexicon: FigureLexicon) -> dict[str, Bounds]:
    document = Document(id="test", text=parse.text)
    figures = find_figures(parse, document, lexicon)
    events = find_events(parse, document, open_events())
    proposed = propose_all_figures(parse, events, figures, lexicon)
    return {
        event.trigger.value: {f.value.key: (f.value.low, f.value.high) for f in fields if f.score >= MIN_SCORE}
        for event, fields in zip(events, proposed, strict=True)
    }


def test_each_event_has_its_own_figures(read_parse: Callable[[str], Parse], lexicon: FigureLexicon) -> None:
    parse = read_parse("Militants attacked the village and killed 12 people, and police arrested 30 suspects.")
    bound = bind(parse, lexicon)
    assert bound["arrested"] == {"detained": (30, 30)}
    assert any(figures.get("killed") == (12, 12) for figures in bound.values())


def test_things_counted_are_figures_of_their_event(read_parse: Callable[[str], Parse], lexicon: FigureLexicon) -> None:
    assert bind(read_parse("Navona deployed ten fighter jets to the border."), lexicon) == {
        "deployed": {"fighter jets": (10, 10)}
    }


def test_harm_does_not_count_for_the_act_of_speech_about_it(
    read_parse: Callable[[str], Parse], lexicon: FigureLexicon
) -> None:
    bound = bind(read_parse("France condemned the attack, which killed 12 people."), lexicon)
    assert bound["condemned"] == {}


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        (
            "The strikes came two days after rebels ambushed a convoy near Oldport, killing six soldiers.",
            {"strikes": {}, "ambushed": {"killed": (6, 6)}},
        ),
        (
            "Soldiers executed at least 70 villagers and burned 300 homes in the valley.",
            {"executed": {"killed": (70, None)}, "burned": {"homes": (300, 300)}},
        ),
    ],
)
def test_a_figure_is_the_best_event_s_alone(
    text: str, bound: dict[str, Bounds], read_parse: Callable[[str], Parse], lexicon: FigureLexicon
) -> None:
    assert bind(read_parse(text), lexicon) == bound


def test_hurt_people_are_no_figure_of_an_arrest_beside(
    read_parse: Callable[[str], Parse], lexicon: FigureLexicon
) -> None:
    bound = bind(read_parse("At least 23 marchers were hurt and 60 detained, a lawyer said."), lexicon)
    assert bound["detained"] == {"detained": (60, 60)}


def test_a_party_of_two_acts_counts_in_both(read_parse: Callable[[str], Parse], lexicon: FigureLexicon) -> None:
    bound = bind(read_parse("Police fired tear gas at thousands of protesters who marched on Saturday."), lexicon)
    assert [figures.get("protesters") for figures in bound.values()] == [(2000, None)] * 2
