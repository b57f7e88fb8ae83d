"""The page is self-contained, escapes what it shows, and every line of it leads to words in the text."""

import re
from importlib.resources import files

import msgspec
import pytest
from lxml import html

from reportedly.records.claim import Place, PlaceRole
from reportedly.records.grounding import GroundedActor
from reportedly.records.report import Report
from reportedly.records.spans import Field, Span
from reportedly.write.markup import find_segments, show_claim
from reportedly.write.page import make_page
from tests.write import world


def test_the_text_is_whole_and_escaped(report: Report) -> None:
    page = html.document_fromstring(make_page(report))
    (article,) = page.xpath("//article[@id='text']")
    assert report.document is not None
    assert article.text_content() == report.document.text


def test_every_line_leads_to_words(report: Report) -> None:
    page = html.document_fromstring(make_page(report))
    owners = set(page.xpath("//@data-owner"))
    assert {"c0", "c1", "s0"} <= owners
    for owner in owners:
        assert page.xpath(f"//a[@id='{owner}']"), owner
        assert any(mark.startswith(f"{owner}:") for marks in page.xpath("//@data-marks") for mark in marks.split())


def test_a_link_leads_to_the_trigger(report: Report) -> None:
    page = html.document_fromstring(make_page(report))
    (following,) = page.xpath("//a[@id='c0']/following-sibling::span[1]")
    assert following.text_content() == "strikes"


def test_a_line_shows_status_type_and_the_words_that_evoke_the_event(report: Report) -> None:
    page = html.document_fromstring(make_page(report))
    (card,) = page.xpath("//div[contains(@class, 'card planned')][1]")[:1]
    assert "ASSAULT" in card.text_content()
    assert "“strikes”" in card.text_content()
    shape, status = card.xpath(".//a[contains(@class, 'row')]/span[position() < 3]")
    assert shape.get("aria-hidden") == "true"
    assert status.text_content() == "planned:"


def test_words_turn_no_line_and_tabs_part_words(report: Report) -> None:
    assert report.document is not None
    title, text = "Norland\u202e\tstrikes", report.document.text.replace("is apparently", "is\tapparently")
    page = html.document_fromstring(
        make_page(
            msgspec.structs.replace(report, document=msgspec.structs.replace(report.document, title=title, text=text))
        )
    )
    assert page.xpath("string(//h1)") == "Norland strikes"
    assert page.xpath("string(//article[@id='text'])") == report.document.text


def test_private_people_have_no_entry_among_the_parties(report: Report) -> None:
    toll, attack = (world.make_reports()[name] for name in ("toll", "attack"))
    panel = html.document_fromstring(make_page(toll)).xpath("string(//h2[.='Parties']/following-sibling::p[1]/..)")
    parties = panel[panel.index("Parties") : panel.index("Law")]
    assert "Marsh" not in parties
    assert "a witness" in parties
    claim = attack.claims[0]
    brine = Field("Ada Brine", world.find("attack", "Ada Brine"), "rule:test")
    named = msgspec.structs.replace(
        attack,
        claims=(msgspec.structs.replace(claim, recipients=(brine,)),),
        groundings=(msgspec.structs.replace(attack.groundings[0], recipients=(GroundedActor("Ada Brine"),)),),
    )
    panel = html.document_fromstring(make_page(named)).xpath("string(//h2[.='Parties']/..)")
    parties = panel[panel.index("Parties") : panel.index("Law")]
    assert "Ada Brine" not in parties
    assert "Ross warplanes" in parties
    assert "the city hospital" in parties


def test_places_are_named_by_their_role(report: Report) -> None:
    claim = report.claims[0]
    dateline = Field(Place("Port Selim", PlaceRole.DATELINE), claim.places[0].span, "rule:dateline")
    shown = show_claim(msgspec.structs.replace(claim, places=(claim.places[0], dateline)))
    assert [item.field for item in shown if item.value == "Port Selim"][-2:] == ["place", "dateline"]


def test_what_scrolls_can_be_reached_and_letters_work_only_there(report: Report) -> None:
    page = html.document_fromstring(make_page(report))
    assert page.xpath("//article[@id='text'][@tabindex='0'][@aria-label]")
    (script,) = page.xpath("//script")
    assert script.text.index('closest("#text, #panel")') < script.text.index("{j: 1, k: -1}")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("sheet", ["explain.html", "dossier/style.css"])
def test_words_stand_out_from_what_is_behind_them(sheet: str, dark: bool) -> None:
    style = files("reportedly.write").joinpath(f"templates/{sheet}").read_text(encoding="utf-8")
    roots = re.findall(r":root \{(.*?)\}", style, re.DOTALL)[: 1 + dark]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", "".join(roots)))
    behind = {name: colours.pop(name) for name in ("ground", "card", "on", "mark") if name in colours}
    del colours["line"]
    # On what the dossier marks there is ink alone.
    pairs = [(name, back) for back in behind for name in (["ink"] if back == "mark" else colours)]
    assert [(name, back) for name, back in pairs if find_contrast(colours[name], behind[back]) < 4.5] == []


def find_contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.1 of two colours."""
    lights = sorted(find_light(colour) for colour in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def find_light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_nothing_is_loaded_from_elsewhere(report: Report) -> None:
    page = html.document_fromstring(make_page(report))
    assert not page.xpath("//link | //img | //iframe | //script[@src]")
    assert "@import" not in make_page(report)


def test_a_failure_has_no_page(failed: Report) -> None:
    with pytest.raises(ValueError, match="could not be read"):
        make_page(failed)


def test_segments_join_to_the_text(report: Report) -> None:
    assert report.document is not None
    segments = list(find_segments(report))
    assert "".join(segment.text for segment in segments) == report.document.text
    part = Span(3, 40)
    assert "".join(segment.text for segment in find_segments(report, part)) == part.slice(report.document.text)


def test_every_field_points_at_its_words(report: Report) -> None:
    assert report.document is not None
    shown = {item.field: item for item in show_claim(report.claims[0])}
    assert {"trigger", "type", "status", "stage", "hedge", "source", "cue", "place", "actor", "recipient"} <= set(shown)
    assert shown["hedge"].span is not None
    assert shown["hedge"].span.slice(report.document.text) == "apparently"
