"""How a report's number of killed civilians is composed, on records and invented sentences."""

import csv
from pathlib import Path

import pytest

from eval.fakes_syria import Killed, compose, cut_text, find_who, measure_fakes_syria, name_number, read_day
from reportedly.pipeline import Reader
from reportedly.records.claim import Figure
from reportedly.records.spans import Span
from tests.link.situations import make_claim, make_head


def killed(at: int, number: int, who: str) -> Killed:
    return Killed(at, number, who, Figure("killed", number, number))


def test_the_first_event_counts_and_civilians_before_people() -> None:
    near = [killed(10, 5, "people"), killed(60, 3, "civilians"), killed(900, 80, "civilians")]
    assert compose(near, 3).number == 3
    assert compose([killed(10, 5, "fighters"), killed(900, 80, "civilians")], 0).number == 0
    assert compose([], 0).number == 0


def test_the_number_is_the_one_that_is_written() -> None:
    text = "more than 80 people"
    assert name_number(Figure("killed", 81, None), Span(0, len(text)), text) == 80
    assert name_number(Figure("killed", 80, None), Span(0, 11), "at least 80") == 80


def test_whom_a_figure_counts() -> None:
    claim = make_claim("1", make_head("d", "Harbour Wire")).claim
    assert find_who(claim, Figure("killed", 3, 3, "rebel fighters")) == "fighters"
    assert find_who(claim, Figure("killed", 3, 3, "civilians")) == "civilians"
    assert find_who(claim, Figure("killed", 3, 3, "people")) == "people"


def test_days_and_heads_of_texts() -> None:
    assert read_day("7/10/15") == "2015-07-10"
    long = "Jets struck. " * 300
    assert cut_text("Jets struck.") == "Jets struck."
    assert 2000 <= len(cut_text(long)) < 2020


@pytest.mark.slow
def test_reports_of_one_day_and_place_contradict(tmp_path: Path) -> None:
    told = [
        ("Jets bombed a market in Selby on Monday. The strike killed 12 civilians.", 12),
        ("An air strike on the market of Selby killed 20 civilians, medics said.", 20),
        ("Shelling killed nine soldiers near Selby.", 0),
    ]
    (tmp_path / "figures").mkdir()
    with (tmp_path / "figures" / "fakes_syria_dev.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["article_content", "date", "location", "nb_civilians"])
        rows.writerows((text, "6/2/25", "selby", number) for text, number in told)
    values, _ = measure_fakes_syria(tmp_path, Reader())
    assert values["killed_civilians_exact"] == 1.0
    assert (values["pairs"], values["conflict_p"]) == (3.0, 1.0)
    assert values["conflict_r"] == pytest.approx(1 / 3)
    assert values["conflict_both_r"] == 1.0
