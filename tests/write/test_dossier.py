"""The dossier opens offline, shows every claim with its evidence, leads nowhere that is not there, leaks nothing."""

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from reportedly.records.claim import Scope
from reportedly.records.link import Link, Relation
from reportedly.records.query import ClaimQuery
from reportedly.store import open_store
from reportedly.store.base import View
from reportedly.watch.wording import word_bounds
from reportedly.write.dossier import _strike, make_dossier_page, write_dossier
from reportedly.write.dossier.charts import draw_toll
from reportedly.write.dossier.model import Toll, TollLine
from tests.write import world
from tests.write.ledger import fill, open_view

FETCHED = {"src", "srcset", "data", "poster", "action", "background"}


class Page(HTMLParser):
    """Collects what a page links to, fetches, and names."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.ids: list[str] = []
        self.marks: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "href" and tag == "a":
                self.links.append(value or "")
            elif name in FETCHED or (name == "href" and tag == "link"):
                self.fetched.append(value or "")
            elif name == "id":
                self.ids.append(value or "")
        if tag in ("script", "iframe", "img", "object", "embed"):
            self.fetched.append(tag)
        if tag not in ("meta", "br", "path", "circle", "link", "hr"):
            self.open.append(tag)
        if tag == "mark":
            self.marks.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("meta", "br", "path", "circle", "link", "hr"):
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] == ["mark"]:
            self.marks[-1] += data


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    with open_view(tmp_path_factory.mktemp("world")) as opened:
        yield opened


def read(folder: Path) -> dict[Path, str]:
    return {path: path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.html"))}


def test_pages_fetch_nothing_and_every_link_leads_somewhere(view: View, tmp_path: Path) -> None:
    assert write_dossier(view, tmp_path, "Port Selim") == tmp_path / "index.html"
    pages = {path: Page(text) for path, text in read(tmp_path).items()}
    assert len(pages) == 1 + 2 + 1 + 6
    for path, page in pages.items():
        assert page.open == []
        assert page.fetched == []
        assert len(page.ids) == len(set(page.ids))
        for link in page.links:
            if link.startswith("https://"):
                continue
            target, _, anchor = link.partition("#")
            there = (path.parent / target).resolve() if target else path
            assert there in pages, link
            assert not anchor or anchor in pages[there].ids, link


def test_every_claim_stands_with_its_evidence(view: View, tmp_path: Path) -> None:
    write_dossier(view, tmp_path, "Port Selim")
    for name, report in world.make_reports().items():
        assert report.document is not None
        page = Page((tmp_path / "reports" / f"{world.name_claim(name)}.html").read_text(encoding="utf-8"))
        shown = [claim.evidence.slice(report.document.text) for claim in report.claims]
        assert page.marks == shown


def test_the_index_counts_repetition_once(view: View, tmp_path: Path) -> None:
    text = write_dossier(view, tmp_path, "Port Selim").read_text(encoding="utf-8")
    assert "pull apart" in text.lower()
    assert "13 to 20 killed" in text
    assert "<svg" in text
    assert re.search(r"Coast Daily</a>,<br>2025-11-01</td><td[^>]*>edited", text)
    assert "hedge lost" in text.lower()
    assert re.search(r"<del>apparently\b.*?</del>|<del>apparently</del>", text)


def test_a_claim_of_another_event_that_contradicts_is_shown_beside_it(tmp_path: Path) -> None:
    seize, deny = world.name_claim("seize"), world.name_claim("deny")
    with open_store(str(tmp_path / "world.db")) as store:
        fill(store)
        with store.writing() as writer:
            writer.put_links([Link(deny, seize, Relation.CONTRADICTS, 0.9, "rule:test", "one or the other")])
        with store.reading() as view:
            query = ClaimQuery(events=(world.name_claim("strike"),))
            write_dossier(view, tmp_path / "pages", "Port Selim", query)
    page = (tmp_path / "pages" / "events" / f"{world.name_claim('strike')}.html").read_text(encoding="utf-8")
    assert "one or the other" in page
    assert "seized" in page
    assert (tmp_path / "pages" / "reports" / f"{world.name_claim('talks')}.html").exists()


def test_whole_texts_and_names_stay_out(view: View, tmp_path: Path) -> None:
    write_dossier(view, tmp_path, "Port Selim")
    text = "\n".join(read(tmp_path).values())
    assert world.FILLER not in text
    assert "Ada Brine" not in text
    index = unescape((tmp_path / "index.html").read_text(encoding="utf-8"))
    sources = index[index.index('id="sources"') :]
    assert "Marsh" not in sources
    assert "witnesses" in sources
    assert "According to a witness" in text
    assert text.count("Marsh") == text.count("resident Olav Marsh told the Coast Daily.")
    write_dossier(view, tmp_path, "Port Selim", full_text=True)
    assert "\n".join(read(tmp_path).values()).count(world.FILLER) == len(world.TEXTS)


def test_words_of_reports_are_no_markup(view: View, tmp_path: Path) -> None:
    write_dossier(view, tmp_path, "<b>Port</b> & Selim")
    text = "\n".join(read(tmp_path).values())
    assert "<attack>" not in text
    assert "&lt;attack&gt; &amp; Port Selim" in text
    assert "<b>Port</b>" not in text


def test_words_turn_no_line_and_tabs_part_words(tmp_path: Path) -> None:
    with open_view(tmp_path) as opened:
        write_dossier(opened, tmp_path / "pages", "Port\u202e\tSelim\x1b[2J")
        page = make_dossier_page(opened, "Port\u202e\tSelim\x1b[2J")
    for text in (*read(tmp_path / "pages").values(), page):
        assert "Port Selim[2J" in text
        assert not re.search("[\u202e\t\x1b]", text)


def test_one_page_holds_all_of_it(view: View) -> None:
    text = make_dossier_page(view, "Port Selim")
    page = Page(text)
    assert page.open == []
    assert page.fetched == []
    assert len(page.ids) == len(set(page.ids))
    for link in page.links:
        assert link.startswith("https://") or link.removeprefix("#") in page.ids, link
    for report in world.make_reports().values():
        for claim in report.claims:
            assert f"claim-{claim.id}" in page.ids
    assert world.FILLER not in text
    assert text == make_dossier_page(view, "Port Selim")


def test_filters_narrow_it_and_pages_that_are_no_more_are_removed(view: View, tmp_path: Path) -> None:
    write_dossier(view, tmp_path, "All")
    kept = tmp_path / "reports" / "notes.html"
    kept.write_text("mine", encoding="utf-8")
    write_dossier(view, tmp_path, "Talks", ClaimQuery(documents=(world.name_claim("talks"),)))
    own = f"{world.name_claim('talks')}.html"
    assert {path.name for path in (tmp_path / "reports").iterdir()} == {"notes.html", own}
    assert len(list((tmp_path / "events").iterdir())) == 1
    for path, text in read(tmp_path).items():
        for link in Page(text).links if path != kept else ():
            assert link.startswith("https://") or (path.parent / link.partition("#")[0]).exists()


def test_a_ledger_that_is_not_linked_still_shows_its_claims(tmp_path: Path) -> None:
    with open_view(tmp_path, linked=False) as unlinked:
        text = make_dossier_page(unlinked, "Port Selim")
        write_dossier(unlinked, tmp_path / "pages", "Port Selim")
    assert text.count("<mark>") == 7
    assert "reportedly link" in text
    assert len(read(tmp_path / "pages")) == 7


def find_headings(text: str) -> list[int]:
    return [int(level) for level in re.findall(r"<h([1-6])", text)]


def test_headings_go_down_one_level_at_a_time(view: View, tmp_path: Path) -> None:
    write_dossier(view, tmp_path, "Port Selim", full_text=True)
    for text in (*read(tmp_path).values(), make_dossier_page(view, "Port Selim")):
        levels = find_headings(text)
        assert levels[0] == 1
        assert all(below - above <= 1 for above, below in pairwise(levels))
    event = (tmp_path / "events" / f"{world.name_claim('strike')}.html").read_text(encoding="utf-8")
    assert re.search(r"<h2>Killed: .*?</h2>", event)
    assert re.search(r"<h4>Killed: .*?</h4>", make_dossier_page(view, "Port Selim"))


def test_tables_have_captions_and_what_scrolls_has_a_name(view: View) -> None:
    text = make_dossier_page(view, "Port Selim")
    assert text.count("<table") == len(re.findall(r"<table>\s*<caption>[^<]+</caption>", text))
    assert text.count('class="scroll"') == len(
        re.findall(r'<div class="scroll" tabindex="0" role="region" aria-label="[^"]+">', text)
    )
    assert text.count('class="scroll"') == text.count("<table")


def test_nothing_is_said_in_titles_alone(view: View) -> None:
    text = make_dossier_page(view, "Port Selim")
    assert "title=" not in text
    assert re.search(r'aria-hidden="true">\+1\?</span><span class="unseen"> and 1 of unknown independence</span>', text)
    assert re.search(r"edited<br><span[^>]*>same</span>", text)


def test_marks_that_overlap_are_one() -> None:
    words = ("plans for strikes", "strikes soon", "", "not there")
    assert _strike("It has plans for strikes soon & more", words, "del") == (
        "It has <del>plans for strikes soon</del> &amp; more"
    )


def line(voice: str, day: str | None, low: int | None, high: int | None) -> TollLine:
    return TollLine(voice, day, low, high, word_bounds(low, high), Scope.THIS.value, None, None, True, False)


def make_toll(*lines: TollLine) -> Toll:
    return Toll("e", "A strike", "killed", "13 to 20 killed", lines)


@pytest.mark.parametrize(
    "lines",
    [
        (),
        (line("a", "2025-11-03", 13, 13),),
        (line("a", "2025-11-03", 13, 13), line("b", "2025-11-03", 20, 20)),
        (line("a", "2025-11-03", 13, 13), line("b", "2025-11-04", 13, 13)),
        (line("a", None, 13, 13), line("b", "2025-11-04", 20, 20)),
        (line("a", "2025-11-03", None, None), line("b", "2025-11-04", 20, 20)),
    ],
)
def test_where_a_chart_would_say_nothing_there_is_none(lines: tuple[TollLine, ...]) -> None:
    assert draw_toll(make_toll(*lines)).chart == ""


def test_a_chart_draws_bounds_as_bounds_and_names_every_source() -> None:
    gone = msgspec.structs.replace(line("hospital <b>", "2025-11-03", 13, None), stands=False)
    lines = (gone, line("hospital <b>", "2025-11-05", 14, 18), line("rebels", "2025-11-04", None, 20))
    chart = draw_toll(make_toll(*lines)).chart
    assert chart.count("<title>") == 3
    assert "replaced since" in chart
    assert "hospital &lt;b&gt;" in chart
    assert "rebels: up to 20" in chart
    assert chart.count('class="mark gone"') == 1
    page = Page(chart)
    assert page.open == []


def test_many_sources_stay_within_the_picture() -> None:
    near = [line(f"source {number}", "2025-11-03", 13, 13) for number in range(20)]
    far = [line("first", "2025-11-01", 40, 40), line("last", "2025-11-08", 1, 1)]
    apart = [line(f"other {number}", f"2025-11-0{number + 4}", 2, 2) for number in range(4)]
    for lines in ([*near, *far], [*far, *apart], [*near, *far, *apart]):
        chart = draw_toll(make_toll(*lines)).chart
        (width, height) = map(int, re.findall(r'viewBox="0 0 (\d+) (\d+)"', chart)[0])
        labels = sorted(float(y) for y in re.findall(r'<text class="name" x="\d+" y="([-\d.]+)"', chart))
        assert labels[0] > 0
        assert labels[-1] < height
        assert all(after - before >= 14.9 for before, after in pairwise(labels))
        marks = find_marks(chart)
        assert len(marks) == len(lines)
        assert 46 <= min(marks) <= max(marks) <= width - 210


def find_marks(chart: str) -> list[float]:
    """Where the figures stand from left to right."""
    mark = r'</title>(?:<path class="span"[^>]*/>)?<(?:circle class="dot" cx="|path class="dot" d="M)([-\d.]+)'
    return sorted(float(x) for x in re.findall(mark, chart))


def test_sources_that_say_the_same_stand_side_by_side_around_their_day() -> None:
    last = line("c", "2025-11-05", 20, 20)
    (middle, _) = find_marks(draw_toll(make_toll(line("a", "2025-11-03", 13, 13), last)).chart)
    pair = [line(voice, "2025-11-03", 13, 13) for voice in "ab"]
    (one, other, _) = find_marks(draw_toll(make_toll(*pair, last)).chart)
    assert one < middle < other
    assert abs((one + other) / 2 - middle) < 0.1


def test_many_sources_keep_their_labels_apart() -> None:
    lines = [line(f"source {number}", f"2025-11-{number + 1:02}", 10, 10 + number) for number in range(12)]
    chart = draw_toll(make_toll(*lines)).chart
    places = sorted(float(y) for y in re.findall(r'<text class="name" x="\d+" y="([-\d.]+)"', chart))
    assert len(places) == 12
    assert all(after - before >= 14.9 for before, after in pairwise(places))
    assert "nan" not in chart
