from pathlib import Path

import pytest

from training.corpus.agreement import SECOND, compare, find_alpha
from training.corpus.build import parse_file, read_reports
from training.corpus.records import MarkedReport

TEXT = """### a-1 | Courier | 2025-05-14 | local
The army shelled Ostrel on Tuesday, a clerk said.
"""
FIRST = TEXT + (
    "~ o a clerk > said > The army ... Tuesday\n"
    "- shelled | ASSAULT | occurred | a=The army | p=Ostrel | t=on Tuesday{2025-05-13} | s=a clerk\n"
)


def read(tmp_path: Path, content: str) -> list[MarkedReport]:
    path = tmp_path / "a.txt"
    path.write_text(content, encoding="utf-8")
    reports, faults = parse_file(path)
    assert faults == []
    return reports


def test_alpha_is_that_of_the_textbook() -> None:
    """Krippendorff's own example of two coders and two values (2011, "Computing Krippendorff's Alpha-Reliability")."""
    one, other = "0 1 0 0 0 0 0 0 1 0".split(), "1 1 1 0 0 1 0 0 0 0".split()
    assert find_alpha(list(zip(one, other, strict=True))) == pytest.approx(0.095, abs=0.0005)


def test_a_coding_agrees_with_itself(tmp_path: Path) -> None:
    found = compare(read(tmp_path, FIRST), read(tmp_path, FIRST))
    assert all(one == other for pairs in found.values() for one, other in pairs)
    assert found["status"] == [("occurred", "occurred")]
    assert found["place"] == [("Ostrel", "Ostrel")]
    assert ("cue", "cue") in found["source, cue and content, words"]


def test_where_two_differ_is_seen(tmp_path: Path) -> None:
    other = TEXT + "- shelled | COERCE | planned | a=The army\n"
    found = compare(read(tmp_path, FIRST), read(tmp_path, other))
    assert found["type"] == [("ASSAULT", "COERCE")]
    assert found["time"] == [("2025-05-13", "none")]
    assert found["source, cue and content, words"].count(("content", "none")) == 6
    assert [pair for pair in found["actors and recipients, words"] if pair != ("none", "none")] == 2 * [
        ("actor", "actor")
    ]


def test_another_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="a-1"):
        compare(read(tmp_path, FIRST), read(tmp_path, FIRST.replace("Ostrel", "Kessin")))


def test_enough_is_coded_twice_and_agrees() -> None:
    second = read_reports(SECOND)
    assert sum(len(report.sentences) for report in second) >= 400
    alphas = {name: find_alpha(pairs) for name, pairs in compare(read_reports(), second).items()}
    assert min(alphas["type"], alphas["status"]) > 0.8
