from pathlib import Path

import pytest

from eval.gold import gold_path
from training.corpus.build import parse_file, read_reports
from training.corpus.validate import Counts, check_report, main, validate
from training.overlap import find_gold_overlaps, read_gold


def check(tmp_path: Path, lines: str) -> list[str]:
    path = tmp_path / "a.txt"
    path.write_text("### a-1 | Courier | 2025-05-14 | local paper\n" + lines + "It rained.\n" * 4, encoding="utf-8")
    (report,), faults = parse_file(path)
    assert faults == []
    return list(check_report(report))


def test_the_corpus_keeps_its_rules() -> None:
    reports = read_reports()
    assert validate(reports) == []
    assert list(Counts(reports).find_lacks()) == []


@pytest.mark.gold
def test_the_corpus_shares_no_sentence_with_gold() -> None:
    if not gold_path("claims").is_dir():
        pytest.skip("no gold set")
    texts = [(report.id, report.text) for report in read_reports()]
    assert find_gold_overlaps(texts, read_gold(gold_path())) == []


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("It is shelled.\n- shelled | ASSAULT | occurred/ordered\n", "has a stage and is occurred"),
        ("It is shelled.\n- shelled | ASSAULT | conditional\n", "without a condition"),
        ("It fell on Friday.\n- fell | ASSAULT | occurred | t=on Friday{2025-05-13}\n", "2025-05-13 is a Tuesday"),
        ("It fell on Friday.\n- fell | ASSAULT | occurred | t=on Friday{2025-05-16}\n", "after it was published"),
        ("It will fall Friday.\n- fall | ASSAULT | planned | t=Friday{2025-05-09}\n", "before it was published"),
        ("It fell then.\n# then{soon}\n", "'soon' is no TIMEX3 value"),
        ("9 to 5 fell.\n- fell | ASSAULT | occurred | f=killed:9-5:9 to 5\n", "the wrong way round"),
        ("It fell.\n- fell | ASSAULT | occurred\n- fell | ASSAULT | occurred\n", "coded twice alike"),
        ("It fell, he said.\n~ p he > said > It fell, he said\n", "lies in the content"),
    ],
)
def test_faults_are_found(tmp_path: Path, lines: str, told: str) -> None:
    (fault,) = check(tmp_path, lines)
    assert told in fault


def test_intervals_and_seasons_are_times(tmp_path: Path) -> None:
    assert check(tmp_path, "It rained for days in spring.\n# for days{2025-05-01/2025-05-03} & spring{2025-SP}\n") == []


def test_one_frame_filled_twice_is_found(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    frame = "The mayor of {} said late in the evening that nobody in the town had seen the lorries pass.\n"
    text = "".join(
        f"### a-{name} | C | 2025-05-14 | local\n{frame.format(name.title())}" + f"It rained {name}.\n" * 3
        for name in ("one", "two")
    )
    path.write_text(text, encoding="utf-8")
    reports, _ = parse_file(path)
    assert any("nearly alike" in fault for fault in validate(reports))


def test_one_file_is_checked_without_what_is_asked_of_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text("### a-1 | C | 2025-05-14 | local\nOne raid came.\n" + "Rain.\n" * 3, encoding="utf-8")
    assert main([str(path)]) == 0
    assert "4 sentences" in capsys.readouterr().out
    path.write_text("### a-1 | C | 2025-05-14 | local\nOne raid came.\n- war | ASSAULT | occurred\n", encoding="utf-8")
    assert main([str(path)]) == 1
