"""A brief as Markdown, page and JSON: every sentence leads to its words, and words of others stay words."""

import msgspec
import pytest

from reportedly.records.brief import (
    Brief,
    BriefItem,
    BriefSection,
    BriefSentence,
    Citation,
    Coverage,
    Piece,
    PieceKind,
)
from reportedly.records.spans import Span
from reportedly.write.brief import encode_brief, make_brief_page, make_markdown, word_coverage, word_period

WORDS = "Jets struck <b>Oldport</b> & [the harbour](x)."
COVERAGE = Coverage(2, 1, (("Harbour Wire", 2),), 1, ("en",), "2025-11-01", "2025-11-02", 0, 0, 0)


def make(address: str | None = "https://example.org/1", **given: object) -> Brief:
    citation = Citation(
        1,
        "c" * 20,
        "d" * 20,
        "Harbour Wire",
        "*Title*",
        address,
        "2025-11-01",
        Span(0, 46),
        WORDS,
        "struck",
        Span(5, 11),
    )
    pieces = (Piece(PieceKind.STATUS, "Told as having happened", "c" * 20), Piece(PieceKind.QUOTE, WORDS, "c" * 20))
    item = BriefItem("e" * 20, "Jets struck", (BriefSentence(pieces, (1,)),))
    brief = Brief(
        "Oldport", None, None, None, None, "2025-11-10T08:00:00.000000Z",
        (BriefSection("What happened", (item,), 2),), (citation,), COVERAGE, ("All reports are in one language (en).",),
    )  # fmt: skip
    return msgspec.structs.replace(brief, **given)


def test_json_gives_the_record_back() -> None:
    assert msgspec.json.decode(encode_brief(make()), type=Brief) == make()


def test_numbers_lead_to_citations() -> None:
    markdown, page = make_markdown(make()), make_brief_page(make())
    assert "(#c1)" in markdown
    assert 'id="c1"' in markdown
    assert 'href="#c1"' in page
    assert 'id="c1"' in page


def test_words_of_others_stay_words() -> None:
    markdown, page = make_markdown(make()), make_brief_page(make())
    assert "<b>" not in markdown
    assert "\\[the harbour\\]" in markdown
    assert "<b>" not in page
    assert "&lt;b&gt;Oldport&lt;/b&gt; &amp;" in page


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "javascript://x%0aalert(1)", "file:///etc/passwd", "reports/1.txt", None]
)
def test_only_web_addresses_are_links(address: str | None) -> None:
    page, markdown = make_brief_page(make(address)), make_markdown(make(address))
    assert "href" not in page.replace('href="#c1"', "")
    assert "<" not in markdown.replace('<a id="c1"></a>', "").replace("\\<", "")


def test_no_address_ends_its_link() -> None:
    address = "https://x.example/a><img src=x onerror=alert(1)>\t`b`\\"
    markdown = make_markdown(make(address))
    assert "<https://x.example/a%3E%3Cimg%20src=x%20onerror=alert(1)%3E%09%60b%60%5C>" in markdown
    assert "<img" not in markdown


def test_the_words_that_are_cited_are_marked_where_they_stand() -> None:
    told = make()
    words = "It struck a deal; jets struck the port."
    for marked, shown in ((Span(23, 29), "jets <mark>struck</mark> the port."), (None, words)):
        citation = msgspec.structs.replace(told.citations[0], words=words, evidence="struck", marked=marked)
        page = make_brief_page(msgspec.structs.replace(told, citations=(citation,)))
        assert shown in page.partition("<blockquote>")[2]
    empty = msgspec.structs.replace(told.citations[0], evidence="", marked=None)
    assert WORDS[:12] in make_brief_page(msgspec.structs.replace(told, citations=(empty,)))


def test_nothing_turns_a_line_and_tabs_part_words() -> None:
    citation = msgspec.structs.replace(make().citations[0], words="Jets\tstruck \u202eOldport.", marked=None)
    brief = make(citations=(citation,))
    for written in (make_markdown(brief), make_brief_page(brief)):
        assert "Jets struck Oldport." in written
        assert "\u202e" not in written


def test_what_is_faint_can_be_read_on_the_citation_that_was_followed() -> None:
    assert ".citations li:target .faint { color: inherit; }" in make_brief_page(make())


def test_what_was_left_out_is_said() -> None:
    assert "2 events of less weight left out." in make_markdown(make())
    assert "2 events of less weight left out." in make_brief_page(make())
    assert word_coverage(make(dropped=1))[-1].endswith("1 sentence left out.")
    assert word_coverage(make())[-1].endswith("none had to be left out.")


def test_coverage_counts_copies_apart() -> None:
    assert word_coverage(make())[0] == "2 reports, 1 original and 1 copy."
    assert "Outlets: Harbour Wire (2); owners behind them: 1." in word_coverage(make())


def test_periods_in_words_name_their_clock() -> None:
    record = "the record as of 2025-11-10 08:00 UTC"
    assert word_period(make()) == f"T{record[1:]}"
    assert word_period(make(published_since="2025-11-01")) == f"Published from 2025-11-01 on; {record}"
    assert word_period(make(published_until="2025-11-05")) == f"Published until 2025-11-05; {record}"
    assert (
        word_period(make(since="2025-11-01", until="2025-11-05")) == f"Events from 2025-11-01 to 2025-11-05; {record}"
    )
    both = make(published_since="2025-11-03", since="2025-11-01", until="2025-11-05")
    assert word_period(both) == f"Published from 2025-11-03 on; events from 2025-11-01 to 2025-11-05; {record}"


def test_an_empty_brief_says_so() -> None:
    empty = make(sections=(), citations=())
    assert "Nothing in the record fits." in make_markdown(empty)
    assert "Nothing in the record fits." in make_brief_page(empty)
    assert "## Citations" not in make_markdown(empty)
