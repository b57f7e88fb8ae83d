"""The set of copies is as it says, and its figures are counted right."""

from collections import Counter

import pytest

from eval.copies import Judged, Pair, cut, f1, macro_f1, read_pairs, read_reports
from reportedly.link.copy_judgement import PairClass

PAIRS = read_pairs()


def test_every_class_is_there_often_enough() -> None:
    counts = Counter(pair.kind for pair in PAIRS)
    assert len(PAIRS) >= 300
    assert set(counts) == set(PairClass)
    assert min(counts.values()) >= 55


def test_held_out_part_shares_no_report_with_the_other() -> None:
    reports = {
        part: {end for pair in PAIRS if pair.part == part for end in (pair.left, pair.right)}
        for part in ("dev", "test")
    }
    assert not {end.rsplit("-", 1)[0] for end in reports["dev"]} & {end.rsplit("-", 1)[0] for end in reports["test"]}
    assert 0.25 < sum(pair.part == "test" for pair in PAIRS) / len(PAIRS) < 0.4


def test_every_report_is_used_and_origins_stand_where_something_was_taken() -> None:
    reports = read_reports()
    assert {end for pair in PAIRS for end in (pair.left, pair.right)} == set(reports)
    for pair in PAIRS:
        taken = pair.kind in (PairClass.EXACT, PairClass.EDITED, PairClass.REWRITE)
        assert (pair.origin in ("left", "right")) is taken


def test_f1_counts_what_was_missed_and_what_was_too_much() -> None:
    def judged(kind: PairClass, said: PairClass) -> Judged:
        return Judged(Pair("a", "b", kind, None, "dev"), said, said, True, None)

    items = [
        judged(PairClass.EXACT, PairClass.EXACT),
        judged(PairClass.EXACT, PairClass.EDITED),
        judged(PairClass.REWRITE, PairClass.REWRITE),
    ]
    assert f1(items, PairClass.EXACT) == pytest.approx(2 / 3)
    assert f1(items, PairClass.EDITED) == 0.0
    assert f1(items, PairClass.UNRELATED) == 1.0
    assert macro_f1(items) == pytest.approx((2 / 3 + 0 + 1 + 1 + 1) / 5)


def test_baseline_parts_classes_by_height() -> None:
    kinds = [cut(value, 0.9, 0.4, 0.2, 0.1) for value in (0.95, 0.5, 0.3, 0.15, 0.0)]
    assert kinds == [
        PairClass.EXACT,
        PairClass.EDITED,
        PairClass.UNRELATED,
        PairClass.REWRITE,
        PairClass.INDEPENDENT,
    ]
