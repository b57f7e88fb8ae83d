"""Lists keep within their width, name what to ask for, and say where there is nothing."""

import io
from pathlib import Path

import msgspec
import pytest
from rich.text import Text

from reportedly.link.outcomes import score_voices
from reportedly.records.claim import Scope, Status
from reportedly.records.event import FigureHistory, FigureReading, LifeStep
from reportedly.records.grounding import CalendarInterval
from reportedly.records.query import ClaimQuery, Hit
from reportedly.records.spans import Span
from reportedly.write.ledger import MIN_TABLE_WIDTH, PIPED_WIDTH, make_console
from reportedly.write.listing import (
    ID_SHOWN,
    _mark,
    hang,
    print_claims,
    print_events,
    print_hits,
    print_stories,
    print_voices,
    word_history,
    word_life,
    word_told,
)
from tests.write import world
from tests.write.ledger import open_view

WIDTHS = (60, 80, MIN_TABLE_WIDTH, 120, 200)


def print_all(folder: Path, width: int | None) -> str:
    out = io.StringIO()
    console = make_console(out, width)
    with open_view(folder) as view:
        claims = view.find_claims(ClaimQuery())
        print_claims(claims, console)
        print_events(view.find_events(), console)
        print_stories(view.find_stories(), console)
        print_hits(view.search("hospital"), console)
        print_voices(score_voices(claims, world.make_links()), console)
    return out.getvalue()


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wider_than_the_terminal(tmp_path: Path, width: int) -> None:
    assert max(len(line) for line in print_all(tmp_path, width).splitlines()) <= width


def test_piped_lists_are_plain_and_of_a_fixed_width(tmp_path: Path) -> None:
    printed = print_all(tmp_path, None)
    assert "\x1b" not in printed
    assert max(len(line) for line in printed.splitlines()) <= PIPED_WIDTH


@pytest.mark.parametrize("width", WIDTHS)
def test_every_record_has_the_id_to_ask_for(tmp_path: Path, width: int) -> None:
    printed = print_all(tmp_path, width)
    for label in ("plan1", "deny", "hit", "seize", "strike", "talks-ev", "story", "attack"):
        assert world.name_claim(label)[:ID_SHOWN] in printed


def test_events_say_who_stands_behind_them_and_that_reports_pull_apart(tmp_path: Path) -> None:
    printed = print_all(tmp_path, 120)
    assert "3 named voices, 1 unnamed (independence unknown), 3 origins, 5 reports, 1 against" in printed
    assert "planned → denied → occurred" in printed
    assert "⇄ reports of it do not agree" in printed
    assert "killed 13–20 (2 sources)" in printed


def test_what_was_taken_back_says_so() -> None:
    out = io.StringIO()
    print_events([msgspec.structs.replace(world.make_events()[0], retracted=True)], make_console(out, 120))
    assert "taken back by all who reported it" in out.getvalue()
    assert "do not agree" not in out.getvalue()


@pytest.mark.parametrize(
    ("start", "end", "precision", "told"),
    [
        ("2025-10-31", "2025-10-31", "day", "· on 2025-10-31\n"),
        ("2025-10-01", "2025-10-31", "month", "· in 2025-10\n"),
        ("2022-01-01", None, "year", "· since 2022\n"),
        (None, "2022-12-31", "year", "· until 2022\n"),
        ("2025-11-03", "2025-11-09", "week", "· from 2025-11-03 to 2025-11-09\n"),
    ],
)
def test_when_an_event_was_is_put_into_words(start: str | None, end: str | None, precision: str, told: str) -> None:
    interval = CalendarInterval(start, end, precision, "", "published")
    event = msgspec.structs.replace(world.make_events()[0], interval=interval, figures=())
    out = io.StringIO()
    print_events([event], make_console(out, 120))
    assert told in out.getvalue()


def test_a_claim_that_was_only_accepted_is_not_told_to_be_corrected(tmp_path: Path) -> None:
    out = io.StringIO()
    with open_view(tmp_path) as view:
        claim = view.get_claim(world.name_claim("hit"))
    print_claims([msgspec.structs.replace(claim, decided=("5" * 20,))], make_console(out, 120))
    assert "decided by hand" in out.getvalue()
    assert "corrected" not in out.getvalue()


def test_where_nothing_fits_lists_are_empty() -> None:
    out = io.StringIO()
    console = make_console(out, 80)
    print_claims([], console)
    print_events([], console)
    print_stories([], console)
    print_hits([], console)
    print_voices([], console)
    assert out.getvalue() == ""


def test_words_of_others_are_no_markup_and_no_control_characters() -> None:
    out = io.StringIO()
    hit = Hit("d" * 20, "[red]\x1b[31mTitle", "[bold]", None, "a [found] word [sic]", 1.0, (Span(2, 9),))
    print_hits([hit], make_console(out, 80))
    assert "[red]" in out.getvalue()
    assert "\x1b" not in out.getvalue()
    assert "a found word [sic]" in out.getvalue()


def test_only_what_was_found_is_bold_and_a_long_excerpt_is_cut() -> None:
    words = "He said [sic] the [strike] was " + "very " * 40 + "[late]"
    hit = Hit("d" * 20, None, None, None, words, 1.0, (Span(18, 26), Span(len(words) - 6, len(words))))
    marked = _mark(hit, 100)
    assert marked.plain.startswith("He said [sic] the strike was very")
    assert [marked.plain[span.start : span.end] for span in marked.spans if span.style == "bold"] == ["strike"]
    assert marked.plain.endswith("…")
    assert len(marked.plain) <= 100


def test_lines_that_wrap_stay_beside_the_id() -> None:
    lines = hang("abcdefghijkl", [Text("word " * 30), Text("next")], 40).plain.split("\n")
    assert lines[0].startswith("abcdefgh  word")
    assert all(line.startswith(" " * (ID_SHOWN + 2)) for line in lines[1:])
    assert lines[-1].strip() == "next"
    assert max(map(len, lines)) <= 40


def test_statuses_are_named_once_in_a_row() -> None:
    steps = tuple(
        LifeStep(status, None, voice, "c")
        for status, voice in (
            (Status.PLANNED, "a"), (Status.PLANNED, "b"), (Status.OCCURRED, "a"), (Status.PLANNED, "c"),
        )
    )  # fmt: skip
    assert word_life(msgspec.structs.replace(world.make_events()[0], life=steps)) == "planned → occurred → planned"


def test_days_in_words() -> None:
    assert word_told(None, None) == "undated"
    assert word_told("2025-11-01", "2025-11-01") == "told 2025-11-01"
    assert word_told("2025-11-01", "2025-11-05") == "told 2025-11-01 to 2025-11-05"


def test_only_sources_that_stand_are_counted() -> None:
    def read(voice: str, *, updated: str | None = None, retracted: bool = False) -> FigureReading:
        return FigureReading(voice, "c", None, 3, 3, updated_by=updated, retracted=retracted)

    history = FigureHistory("killed", Scope.THIS, 3, 3, (read("a"), read("b", updated="d"), read("c", retracted=True)))
    assert word_history(history) == "killed 3"
    more = msgspec.structs.replace(history, readings=(*history.readings, read("e")))
    assert word_history(more) == "killed 3 (2 sources)"
