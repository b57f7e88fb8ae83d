"""One record, with the words that show it."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from reportedly.config import Settings
from reportedly.deciding import take_decision
from reportedly.records.decision import Verdict
from reportedly.records.link import Link, Relation, make_link_id
from reportedly.store import open_store
from reportedly.store.base import View
from reportedly.write.ledger import make_console
from reportedly.write.showing import show_claim, show_document, show_event, show_story
from tests.write import world
from tests.write.ledger import fill, open_view
from tests.write.world import name_claim

DAILY = name_claim("daily")


def show(folder: Path, print_record: Callable[[View, Console], None], width: int = 120) -> str:
    out = io.StringIO()
    folder.mkdir(exist_ok=True)
    with open_view(folder) as view:
        print_record(view, make_console(out, width))
    return out.getvalue()


def show_strike(view: View, console: Console) -> None:
    show_event(view, view.get_event(name_claim("strike")), console)


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal(tmp_path: Path, width: int) -> None:
    def show_all(view: View, console: Console) -> None:
        show_strike(view, console)
        show_story(view, view.get_story(name_claim("story")), console)
        for label in ("wire", "daily", "talks"):
            show_document(view, view.get_document(name_claim(label)), console)
        show_claim(view, view.get_claim(name_claim("plan1")), console)

    assert max(len(line) for line in show(tmp_path, show_all, width).splitlines()) <= width


def test_a_claim_stands_in_its_sentence_with_its_fields(tmp_path: Path) -> None:
    printed = show(tmp_path, lambda view, console: show_claim(view, view.get_claim(name_claim("plan1")), console))
    told = " ".join(printed.split())
    assert world.TEXTS["wire"].split(". ")[0] in told
    for words in ("hedged apparently", "Port Selim", "two officials", "the ministry denies the plan"):
        assert words in told
    assert name_claim("plan1") in printed


def test_a_claim_without_links_has_no_heading_for_them(tmp_path: Path) -> None:
    printed = show(tmp_path, lambda view, console: show_claim(view, view.get_claim(name_claim("seize")), console))
    assert "HOW CLAIMS STAND" not in printed
    assert "not linked yet" in printed


def test_an_event_lists_each_status_of_a_voice_once(tmp_path: Path) -> None:
    life = show(tmp_path, show_strike).partition("LIFE")[2].partition("WHO STANDS")[0]
    assert [line.split()[2] for line in life.splitlines() if line.strip()] == ["planned", "denied", "occurred"]


def test_figures_stand_by_voice(tmp_path: Path) -> None:
    figures = show(tmp_path, show_strike).partition("KILLED")[2]
    assert "13–20, as it stands" in figures
    assert figures.index("city hospital") < figures.index("Olav Marsh")


def test_that_claims_are_of_one_event_is_told_last_and_links_with_their_ids(tmp_path: Path) -> None:
    claim = name_claim("plan1")
    printed = show(tmp_path, lambda view, console: show_claim(view, view.get_claim(claim), console))
    told = [line.strip() for line in printed.splitlines() if "  link " in line]
    assert [line.split("  ")[0] for line in told] == ["denies", "came about", "same event"]
    ids = {link.relation: make_link_id(link)[:8] for link in world.make_links()}
    assert told[0].endswith(f"link {ids[Relation.DENIES]}")
    daily = show(tmp_path / "other", lambda view, console: show_document(view, view.get_document(DAILY), console))
    assert f"(link {ids[Relation.COPY]})" in daily


def test_places_are_shown_with_the_ids_they_are_asked_for_by(tmp_path: Path) -> None:
    printed = show(tmp_path, lambda view, console: show_claim(view, view.get_claim(name_claim("hit")), console))
    assert "where  Port Selim [geonames:1]" in printed
    assert f"event {name_claim('strike')}  place geonames:1\n" in show(tmp_path / "other", show_strike)


def test_a_rejected_claim_is_shown_as_one(tmp_path: Path) -> None:
    claim = name_claim("seize")
    with open_store(str(tmp_path / "ledger.db")) as store:
        fill(store)
        taken = take_decision(store, Settings(), Verdict.REJECT, [claim], "misread", "ann")
        out = io.StringIO()
        with store.reading() as view:
            show_claim(view, view.get_claim(claim), make_console(out, 120))
    assert "event  none: the claim is out of the record\n" in out.getvalue()
    assert f"decided  rejected ({taken[0].id[:8]})\n" in out.getvalue()


def test_only_the_weightiest_pair_of_a_kind_and_two_voices_is_shown(tmp_path: Path) -> None:
    hit, toll, deny = (name_claim(label) for label in ("hit", "toll", "deny"))
    with open_store(str(tmp_path / "ledger.db")) as store:
        fill(store)
        with store.writing() as writer:
            writer.put_links(
                [
                    Link(hit, toll, Relation.CONTRADICTS, 0.9, "rule:conflicts", "figures apart"),
                    Link(name_claim("plan1"), deny, Relation.CONTRADICTS, 0.7, "rule:conflicts", "weaker"),
                    Link(name_claim("plan2"), deny, Relation.CONTRADICTS, 0.8, "rule:conflicts", "stronger"),
                ]
            )
        out = io.StringIO()
        with store.reading() as view:
            show_strike(view, make_console(out, 120))
    printed = out.getvalue()
    assert "figures apart" in printed
    assert "stronger" in printed
    assert "weaker" not in printed
    assert "and 1 more" in printed


def test_a_story_lists_its_reports_and_events(tmp_path: Path) -> None:
    printed = show(tmp_path, lambda view, console: show_story(view, view.get_story(name_claim("story")), console))
    assert printed.count("taken from Harbour Wire") == 1
    assert printed.index("REPORTS") < printed.index("EVENTS") < printed.index("Ross warplanes struck")


def test_a_copy_shows_what_was_lost_on_the_way(tmp_path: Path) -> None:
    printed = show(tmp_path, lambda view, console: show_document(view, view.get_document(name_claim("daily")), console))
    told = " ".join(printed.split())
    assert printed.count("taken from") == 1
    assert "hedge lost (now claims more) “apparently preparing strikes” → “is to strike”" in told
    assert "− The Ross Republic's navy is apparently preparing strikes" in told
    assert "+ The Ross Republic's navy is to strike" in told


def test_further_copies_are_named_in_one_line(tmp_path: Path) -> None:
    wire, daily = name_claim("wire"), name_claim("daily")
    with open_store(str(tmp_path / "ledger.db")) as store:
        fill(store)
        with store.writing() as writer:
            writer.put_links([Link(name_claim("denial"), daily, Relation.COPY, 0.6, "rule:copies", "much the same")])
        out = io.StringIO()
        with store.reading() as view:
            for name in (daily, wire):
                show_document(view, view.get_document(name), make_console(out, 200))
    printed = out.getvalue()
    assert printed.count("taken from Harbour Wire") == 1
    assert f"much like Ross State Radio ({name_claim('denial')[:8]})" in printed
    assert f"taken over by Coast Daily ({daily[:8]})" in printed
