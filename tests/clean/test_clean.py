"""Raw bytes to documents: every outcome is a document or a named refusal, and the text stays as it came."""

import itertools
import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reportedly.clean import CleanResources, clean, make_document
from reportedly.errors import DocumentError, EmptyDocumentError, FormatError, LanguageError, RecordError
from reportedly.records.document import Document, Genre, Hints, RangeKind, RawDocument

PROSE = "Rebels shelled the harbour of Port Ravel on Tuesday, officials said, and the navy denied it. "
PAGE = """<html><head><title>Harbour shelled | Ravel Gazette</title>
<meta property="og:site_name" content="Ravel Gazette">
<meta property="article:published_time" content="2025-10-31T18:38:34+01:00"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<article><h1>Harbour shelled</h1>
<p>PORT RAVEL, Oct 31 (Reuters) - Rebels shelled the harbour of Port Ravel on Friday, officials said.</p>
<p>The navy <a href="/2025/10/30/navy-statement">denied a report</a> that two of its ships were hit on Friday.</p>
<p class="imageCaption">Smoke over the harbour of Port Ravel on Friday</p>
<p><a href="/2025/10/29/other">How the war came to Port Ravel</a></p>
<p>More than 200 people left the town over the weekend, according to the mayor, who asked the government for help.</p>
</article></body></html>"""

BITS = st.sampled_from(
    [
        PROSE,
        "\n",
        "By Ana Roe\n",
        "PORT RAVEL, Oct 31 (AP) — ",
        "What Comes Next For now ",
        "Read more: x",
        "https://example.org/a-1761932314256",
        "\x00",
        "\u202e",
        "© 2025 Ravel Gazette",
        "\u2028",
        "(Reporting by Ana Roe)",
        "Navy Denies Losses\n",
    ]
)


def check_document(document: Document, text: str) -> None:
    assert document.text == text
    spans = [item.span for item in document.uncoded]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(left.end <= right.start for left, right in itertools.pairwise(spans))
    if document.published is not None and document.published.span is not None:
        assert document.published.span.end <= len(text)
    if document.dateline is not None:
        assert document.dateline.span.slice(text).startswith(document.dateline.place)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text() | st.lists(BITS, max_size=12).map("".join))
@example("\ud800")
@example("By ")
@example("https://[")
def test_any_text_is_a_document_or_a_refusal(resources: CleanResources, text: str) -> None:
    try:
        document = make_document(text, resources=resources)
    except DocumentError:
        return
    check_document(document, text)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary() | st.lists(BITS, max_size=12).map(lambda bits: "".join(bits).encode()),
    st.sampled_from(["text/plain", "text/html"]),
    st.sampled_from([None, "utf-8", "latin-1", "hex", "no such", "utf-16"]),
)
def test_any_bytes_are_a_document_or_a_refusal(
    resources: CleanResources, content: bytes, media_type: str, charset: str | None
) -> None:
    try:
        document = clean(RawDocument("any", content, media_type, charset), resources)
    except DocumentError:
        return
    check_document(document, document.text)


def test_plain_text_stays_as_it_came(resources: CleanResources) -> None:
    text = f"  {PROSE}\r\n\r\n\tThe mayor’s “house” was\u00a0hit.\x07\u200f \n\n"
    assert clean(RawDocument("a.txt", text.encode(), "text/plain"), resources).text == text


def test_a_page_gives_its_report(resources: CleanResources) -> None:
    address = "https://www.ravelgazette.example/2025/10/31/harbour"
    document = clean(RawDocument(address, PAGE.encode(), "text/html"), resources)
    assert document.text.startswith("PORT RAVEL, Oct 31 (Reuters) - Rebels")
    assert len(document.text.split("\n")) == 3
    assert document.title == "Harbour shelled"
    assert document.publisher == "Ravel Gazette"
    assert document.published is not None
    assert (document.published.time, document.published.known_by) == ("2025-10-31T17:38:34Z", "metadata")
    assert document.published.reliable
    assert document.links == ("https://www.ravelgazette.example/2025/10/30/navy-statement",)
    assert document.dateline is not None
    assert (document.dateline.place, document.dateline.date, document.credit) == ("PORT RAVEL", "Oct 31", "Reuters")
    assert [item.kind for item in document.uncoded] == [RangeKind.DATELINE, RangeKind.CREDIT]
    assert document.genre is Genre.REPORT


@pytest.mark.parametrize(
    ("content", "media_type", "error"),
    [
        (b"", "text/plain", EmptyDocumentError),
        (b" \n\t\xef\xbb\xbf", "text/plain", EmptyDocumentError),
        (b"https://example.org/a\nShare on Facebook\n", "text/plain", EmptyDocumentError),
        (b"%PDF-1.7 \x01", "text/plain", FormatError),
        (bytes(range(256)) * 40, "text/plain", FormatError),
        (b"<html></html>", "text/html", EmptyDocumentError),
        (b"<ul>" + b"<li><a href='/x'>All about sailing</a></li>" * 40 + b"</ul>", "text/html", EmptyDocumentError),
        ("قالت وزارة الدفاع إن القوات عبرت الحدود صباح اليوم".encode(), "text/plain", LanguageError),
        ("国防部发言人今天表示，部队今天早上越过了边界。".encode(), "text/plain", LanguageError),
    ],
)
def test_refusals_name_the_document(
    resources: CleanResources, content: bytes, media_type: str, error: type[DocumentError]
) -> None:
    with pytest.raises(error, match=r"^folder/x\.bin: .{20}"):
        clean(RawDocument("folder/x.bin", content, media_type), resources)


def test_broken_markup_is_read(resources: CleanResources) -> None:
    broken = f"<p>{PROSE * 3}<div><p>The mayor asked for help.</b></i><table><p><a href='http://[x'>x"
    document = clean(RawDocument("x.html", broken.encode(), "text/html"), resources)
    assert document.text.startswith("Rebels shelled")


def test_an_unreadable_time_is_no_reason_not_to_read(resources: CleanResources) -> None:
    raw = RawDocument("x.jsonl#4", PROSE.encode(), "text/plain", hints=Hints(published="some day"))
    assert clean(raw, resources).published is None
    with pytest.raises(RecordError, match="'some day'"):
        make_document(PROSE, published="some day", resources=resources)


def test_what_the_user_gives_wins(resources: CleanResources) -> None:
    hints = Hints(published="2024-02-01", publisher="Own Desk", title="Own title", given=True)
    document = clean(RawDocument("x.html", PAGE.encode(), "text/html", hints=hints), resources)
    assert document.published is not None
    assert (document.published.time, document.published.known_by) == ("2024-02-01", "given")
    assert (document.publisher, document.title) == ("Own Desk", "Own title")


def test_ids_tell_outlets_apart_and_repeat(resources: CleanResources) -> None:
    one, again, other = (make_document(PROSE, publisher=name, resources=resources) for name in ("A", "A", "B"))
    assert one.id == again.id != other.id


def test_the_first_line_over_a_report_is_its_title(resources: CleanResources) -> None:
    text = f"Rebels shell harbour\nBy Ana Roe\n\n{PROSE}"
    document = make_document(text, resources=resources)
    assert document.title == "Rebels shell harbour"
    assert [(item.kind.value, item.span.slice(text)) for item in document.uncoded] == [
        ("headline", "Rebels shell harbour"),
        ("credit", "By Ana Roe"),
    ]


def test_large_texts_are_read_in_a_time_that_grows_with_them(resources: CleanResources) -> None:
    sentence = PROSE.replace(".", ",")
    started = time.perf_counter()
    make_document(sentence * 10_000, resources=resources)
    assert time.perf_counter() - started < 5


def test_a_short_document_costs_little(resources: CleanResources) -> None:
    text = (PROSE * 5 + "\n") * 4
    started = time.perf_counter()
    for _ in range(20):
        make_document(text, published="2025-10-31", resources=resources)
    assert (time.perf_counter() - started) / 20 < 0.02


def test_a_text_longer_than_any_report_is_refused(resources: CleanResources) -> None:
    with pytest.raises(FormatError, match="one report at a time"):
        make_document("Troops left. " * 80_000, resources=resources)
