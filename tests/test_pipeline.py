"""The whole reading: what stands in a report, that reruns add nothing, and that one bad document ends no run."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.config import Settings
from reportedly.pipeline import MIN_PARALLEL, STAGES, Reader, clean_all, read_all, read_documents
from reportedly.records.claim import Status
from reportedly.records.document import Document, Hints
from reportedly.records.ontology import EventType
from reportedly.records.report import Report
from reportedly.records.spans import Field, Span

pytestmark = pytest.mark.slow

TEXT = (
    "Norland is preparing strikes on Sudmark, two officials told the Harbour Wire on Friday. "
    "Norland's foreign minister denied the report. "
    "Rebels shelled the town of Oldport on Thursday, killing at least 12 people, medics said."
)


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader(Settings())


def find_spans(item: object) -> Iterator[Span]:
    """Every span anywhere in a record."""
    if isinstance(item, Span):
        yield item
    elif isinstance(item, msgspec.Struct):
        for name in item.__struct_fields__:
            yield from find_spans(getattr(item, name))
    elif isinstance(item, tuple | list):
        for part in item:
            yield from find_spans(part)


def find_fields(item: object) -> Iterator[Field[object]]:
    if isinstance(item, Field):
        yield item
    if isinstance(item, msgspec.Struct):
        for name in item.__struct_fields__:
            yield from find_fields(getattr(item, name))
    elif isinstance(item, tuple | list):
        for part in item:
            yield from find_fields(part)


def test_a_report_is_read(reader: Reader) -> None:
    report = reader.read(TEXT, published="2025-10-31", publisher="Harbour Wire")
    planned = next(claim for claim in report.claims if claim.status.value is Status.PLANNED)
    assert planned.type.value is EventType.ASSAULT
    assert [source.text.removeprefix("the ") for source in planned.chain] == ["Harbour Wire", "two officials"]
    shelled = next(claim for claim in report.claims if claim.trigger.value == "shelled")
    figures = {field.value.key: (field.value.low, field.value.high) for field in shelled.figures}
    assert figures == {"killed": (12, None)}
    time = report.groundings[report.claims.index(shelled)].time
    assert time is not None
    assert (time.start, time.anchored_by) == ("2025-10-30", "published")


def test_every_record_says_what_made_it(reader: Reader) -> None:
    report = reader.read(TEXT, published="2025-10-31")
    assert report.document is not None
    assert report.document.versions == {"clean": STAGES["clean"]}
    assert all(set(claim.versions) == {"clean", "extract", "encoder"} for claim in report.claims)
    digests = [
        line[:12] for line in files("reportedly.extract").joinpath("data/encoder.sha256").read_text().splitlines()
    ]
    assert {claim.versions["encoder"] for claim in report.claims} == {digests[0]}
    assert all(grounding.versions == {"ground": STAGES["ground"]} for grounding in report.groundings)


def test_rules_alone_can_be_asked_for() -> None:
    report = Reader(Settings(encoder="off")).read(TEXT, published="2025-10-31")
    assert report.claims
    assert {claim.versions["encoder"] for claim in report.claims} == {"off"}
    assert not any(field.by.startswith("encoder") for claim in report.claims for field in find_fields(claim))


def test_a_rerun_gives_the_same_records(reader: Reader) -> None:
    assert reader.read(TEXT, published="2025-10-31") == reader.read(TEXT, published="2025-10-31")


def test_ids_are_unique_within_a_report(reader: Reader) -> None:
    report = reader.read(TEXT * 2, published="2025-10-31")
    ids = [claim.id for claim in report.claims] + [statement.id for statement in report.statements]
    assert len(ids) == len(set(ids))


def test_two_outlets_with_one_text_are_two_documents(reader: Reader) -> None:
    one, other = reader.read(TEXT, publisher="Gazette"), reader.read(TEXT, publisher="Lantern")
    assert one.document is not None
    assert other.document is not None
    assert one.document.id != other.document.id


@pytest.mark.parametrize(
    "text",
    ["", "   \n", "الجيش يقصف المدينة ويقتل عشرات المدنيين في الشمال", "军队周五轰炸了这座城市，造成数十人死亡。"],
)
def test_what_cannot_be_read_says_why(reader: Reader, text: str) -> None:
    report = reader.read(text)
    assert report.document is None
    (failure,) = report.failures
    assert failure.error in ("empty-document", "language")
    assert failure.message


def test_one_enormous_sentence_is_read(reader: Reader) -> None:
    text = "Troops shelled the town " + "and the village and the harbour " * 8_000 + "on Friday."
    report = reader.read(text)
    assert report.document is not None
    assert report.failures == ()


@given(st.text(max_size=400))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_has_one_outcome_and_spans_within_it(reader: Reader, text: str) -> None:
    report = reader.read(text)
    assert (report.document is None) == bool(report.failures)
    if report.document is not None:
        assert report.document.text == text
        assert all(span.end <= len(text) for span in find_spans(report))


@given(
    st.lists(
        st.sampled_from([*TEXT.split(), "“", "”", "\n", "\u202e", "\x00", "—", "U.S.", "12", "if", "not"]), max_size=60
    )
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_shuffled_news_breaks_nothing(reader: Reader, words: list[str]) -> None:
    report = reader.read("The army said: " + " ".join(words))
    assert len(report.groundings) == len(report.claims)
    assert msgspec.json.decode(msgspec.json.encode(report), type=Report) == report
    assert all(0 <= field.score <= 1 for field in find_fields(report))


def test_one_bad_document_ends_no_run(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.7 broken")
    (tmp_path / "d.txt").write_text(TEXT, encoding="utf-8")
    reports = list(read_all([str(tmp_path)], Settings(processes=1)))
    assert [bool(report.document) for report in reports] == [True, False, False, True]
    assert all(failure.message for report in reports for failure in report.failures)


def test_what_the_user_says_wins(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    (report,) = read_all([str(path)], Settings(processes=1), Hints(published="2025-10-31", publisher="Gazette"))
    assert report.document is not None
    assert report.document.publisher == "Gazette"
    assert report.document.published is not None
    assert (report.document.published.time, report.document.published.known_by) == ("2025-10-31", "given")


def test_several_processes_give_what_one_gives(tmp_path: Path) -> None:
    count = MIN_PARALLEL + 3
    for index in range(count):
        (tmp_path / f"{index:02}.txt").write_text(f"{TEXT} Report {index}.", encoding="utf-8")
    (tmp_path / "05.txt").write_bytes(b"\x00\x01\x02" * 50)
    one = list(read_all([str(tmp_path)], Settings(processes=1)))
    two = list(read_all([str(tmp_path)], Settings(processes=2)))
    assert one == two
    assert len(one) == count
    assert sum(report.document is None for report in one) == 1


def test_a_precedent_lends_no_date_to_what_may_come(reader: Reader) -> None:
    text = (
        "If Norland strikes ports on Sudmark's soil, it would be its first attack on a neighbour. "
        "There are precedents. Norland's troops invaded Grenada in 1983."
    )
    report = reader.read(text, published="2025-10-31")
    past = [claim for claim in report.claims if claim.status.value is Status.HISTORICAL]
    assert [claim.time.value.value for claim in past if claim.time] == ["1983"]
    others = [claim for claim in report.claims if claim not in past]
    assert others
    assert all(claim.time is None for claim in others)
    assert all("Grenada" not in field.value.text for claim in others for field in claim.places)


UNREADABLE = Settings(model="no-such-model", processes=1)


def write_reports(folder: Path, count: int) -> None:
    folder.mkdir()
    (folder / "00.txt").write_bytes(b"")
    for number in range(1, count + 1):
        (folder / f"{number:02}.txt").write_text(f"{TEXT} Case {number}.", encoding="utf-8")


def test_cleaning_and_reading_apart_give_what_reading_gives(tmp_path: Path) -> None:
    write_reports(tmp_path / "in", 2)
    given = Settings(processes=1)
    apart = list(read_documents(clean_all([str(tmp_path / "in")], given), given))
    assert apart == list(read_all([str(tmp_path / "in")], given))
    assert [bool(report.failures) for report in apart] == [True, False, False]


def test_cleaning_and_passing_on_need_no_language_model(tmp_path: Path) -> None:
    write_reports(tmp_path / "in", 3)
    passed = [
        item if isinstance(item, Report) else Report(item) for item in clean_all([str(tmp_path / "in")], UNREADABLE)
    ]
    assert list(read_documents(passed, UNREADABLE)) == passed
    assert len(passed) == 4


def test_what_is_passed_on_keeps_its_place_among_what_is_read(tmp_path: Path) -> None:
    write_reports(tmp_path / "in", 2 * MIN_PARALLEL)
    given = Settings(processes=2)
    items = [
        Report(item) if isinstance(item, Document) and number % 2 else item
        for number, item in enumerate(clean_all([str(tmp_path / "in")], given))
    ]
    found = list(read_documents(items, given))
    assert [report.document for report in found[1:]] == [
        item.document if isinstance(item, Report) else item for item in items[1:]
    ]
    assert [bool(report.claims) for report in found] == [isinstance(item, Document) for item in items]
