"""JSON Lines in the peers' contract and in ours."""

import io
import json

from reportedly.acquire.jsonlines import read_json_lines
from reportedly.errors import DocumentError, EmptyDocumentError, FormatError, RecordError
from reportedly.records.document import Hints, RawDocument


def read(*lines: object, max_bytes: int = 10_000) -> list[RawDocument | DocumentError]:
    content = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    return list(read_json_lines("in.jsonl", io.BytesIO(content), max_bytes))


def test_the_peers_records_load_unchanged() -> None:
    assert read({"id": "a1", "date": "2025-10-31", "event_text": "Police in Norland held 12 people."}) == [
        RawDocument(
            "in.jsonl#a1",
            b"Police in Norland held 12 people.",
            "text/plain",
            "utf-8",
            Hints(id="a1", published="2025-10-31"),
        )
    ]


def test_our_own_records_carry_more() -> None:
    record = {
        "id": 7,
        "text": "Le café est fermé.",
        "title": "Closed",
        "published": "31 Oct 2025, 10:00",
        "publisher": "Norland Post",
        "url": "https://post.example/7",
        "anything": [1],
    }
    hints = Hints(id="7", title="Closed", published="31 Oct 2025, 10:00", publisher="Norland Post")
    assert read(record) == [
        RawDocument("https://post.example/7", "Le café est fermé.".encode(), "text/plain", "utf-8", hints)
    ]


def test_html_is_kept_as_html_and_a_record_without_id_is_addressed_by_line() -> None:
    (outcome,) = read({"html": "<p>Rebels left.</p>", "text": "unused"})
    assert isinstance(outcome, RawDocument)
    assert (outcome.address, outcome.media_type, outcome.content) == (
        "in.jsonl#line-1",
        "text/html",
        b"<p>Rebels left.</p>",
    )


def test_a_broken_line_costs_only_itself() -> None:
    outcomes = read({"text": "one"}, b'{"text": "tw', b"", b"[1, 2]", b'{"text": "\xff\xfe"}', {"text": "three"})
    assert [type(outcome) for outcome in outcomes] == [RawDocument, RecordError, RecordError, RecordError, RawDocument]
    assert "line 2 of in.jsonl" in str(outcomes[1])
    assert "line 4 of in.jsonl" in str(outcomes[2])
    assert "event_text" in str(outcomes[1])
    assert getattr(outcomes[-1], "address", "") == "in.jsonl#line-6"


def test_records_without_text_say_which_line() -> None:
    nothing, empty, wrong = read({"id": 1}, {"text": "  "}, {"text": 12})
    assert isinstance(nothing, RecordError)
    assert isinstance(empty, EmptyDocumentError)
    assert isinstance(wrong, RecordError)
    assert "line 3" in str(wrong)


def test_a_line_over_the_limit_is_skipped_whole() -> None:
    long, short = read({"text": "x" * 500}, {"text": "y"}, max_bytes=100)
    assert isinstance(long, FormatError)
    assert "max_bytes" in str(long)
    assert isinstance(short, RawDocument)


def test_a_byte_order_mark_in_front_is_no_fault() -> None:
    (outcome,) = read(b'\xef\xbb\xbf{"text": "one"}')
    assert isinstance(outcome, RawDocument)


def test_half_a_surrogate_pair_does_not_end_the_run() -> None:
    (outcome,) = read(b'{"text": "smile \\ud83d"}')
    assert isinstance(outcome, (RawDocument, RecordError))


def test_no_record_at_all_is_one_outcome() -> None:
    (outcome,) = read(b"", b"  ")
    assert isinstance(outcome, EmptyDocumentError)
