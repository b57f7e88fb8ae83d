"""The gate fails where a figure fell, and only there."""

from eval.gate import SLACK, find_falls
from eval.quality import Figure, get_value, read_figures, render


def make_results(value: float) -> dict[str, object]:
    return {"claims": {"mention": {"F1": value}}, "factuality": {"UW": {"mae": value}}}


def test_a_figure_that_rose_or_stayed_holds() -> None:
    assert find_falls(make_results(0.8), {"claims.mention.F1": 0.8, "factuality.UW.mae": 0.8}) == []
    assert find_falls(make_results(0.9), {"claims.mention.F1": 0.8}) == []


def test_a_figure_that_fell_is_named() -> None:
    (line,) = find_falls(make_results(0.7), {"claims.mention.F1": 0.8})
    assert line.startswith("claims.mention.F1: 0.7000")


def test_an_error_that_rose_is_named() -> None:
    (line,) = find_falls(make_results(0.7), {"factuality.UW.mae": 0.5})
    assert line.startswith("factuality.UW.mae")


def test_a_figure_that_is_no_longer_measured_is_named() -> None:
    (line,) = find_falls({}, {"claims.mention.F1": 0.8})
    assert "not measured" in line


def test_the_slack_is_small() -> None:
    assert find_falls(make_results(0.8 - SLACK * 1.5), {"claims.mention.F1": 0.8})
    assert not find_falls(make_results(0.8 - SLACK / 2), {"claims.mention.F1": 0.8})


def test_every_figure_has_a_key_of_its_own() -> None:
    keys = [figure.key for figure in read_figures()]
    assert len(keys) == len(set(keys))
    assert get_value({"a": {"b": 1}}, "a.b") == 1
    assert get_value({"a": {"b": 1}}, "a.c") is None


def test_a_missed_floor_is_said_on_the_page() -> None:
    low = render(make_results(0.1), {}, {"time": "not there"}, {"claims": 3.0})
    assert "(missed)" in low
    assert "- time: not there" in low
    assert "(missed)" not in render({"claims": {"mention": {"F1": 0.99}}}, {}, {}, {})


def test_a_floor_of_an_error_is_a_ceiling() -> None:
    figure = Figure("x", "x", "", floor=0.5, lower_is_better=True)
    assert figure.holds(0.4)
    assert not figure.holds(0.6)
