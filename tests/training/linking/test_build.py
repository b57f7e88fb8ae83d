import json
from pathlib import Path

import msgspec
import pytest

from reportedly.records.claim import Status
from training.linking.build import main, read_crises, read_marks

CRISIS = """### raid | a raid
e1 ASSAULT 2024-04-02 gunmen raid the market
e2 MOBILIZE 2024-04-04 soldiers are sent

> Plateau Mail | 2024-04-03
Gunmen [[e1|raided]] the market. Soldiers [[e2/planned|will come]].

> Radio | 2024-04-05
Soldiers [[e2|arrived]] after the [[e1|raid]].
"""


def test_marks_become_offsets() -> None:
    text, mentions = read_marks("Gunmen [[e1|raided]] the market; soldiers [[e2/planned|will come]].")
    assert text == "Gunmen raided the market; soldiers will come."
    assert [(text[m.start : m.end], m.event, m.status) for m in mentions] == [
        ("raided", "e1", Status.OCCURRED),
        ("will come", "e2", Status.PLANNED),
    ]


@pytest.mark.parametrize("marked", ["Gunmen [[raided]] it", "Gunmen [[e1|raided it", "a | b", "[[e1/maybe|raided]]"])
def test_broken_marks_are_refused(marked: str) -> None:
    with pytest.raises(ValueError, match=r"mark|maybe"):
        read_marks(marked)


def test_a_crisis_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(CRISIS, encoding="utf-8")
    (crisis,) = read_crises(tmp_path)
    assert (crisis.id, [event.key for event in crisis.events]) == ("raid", ["e1", "e2"])
    assert [(report.id, report.published) for report in crisis.reports] == [
        ("raid/1", "2024-04-03"),
        ("raid/2", "2024-04-05"),
    ]
    assert crisis.synthetic


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("e2 MOBILIZE", "e2 MARCH", 3),
        ("2024-04-04", "2024-04-31", 3),
        ("> Radio | 2024-04-05", "> Radio", 8),
        ("[[e2|arrived]]", "[[e2 arrived]]", 9),
        ("> Radio | 2024-04-05\n", "", 8),
    ],
)
def test_an_error_names_file_and_line(tmp_path: Path, old: str, new: str, line: int) -> None:
    (tmp_path / "one.txt").write_text(CRISIS.replace(old, new), encoding="utf-8")
    with pytest.raises(ValueError, match=rf"one\.txt, line {line}:"):
        read_crises(tmp_path)


def test_json_lines_hold_what_was_read(tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl"
    main([str(path)])
    lines = path.read_text(encoding="utf-8").splitlines()
    crises = read_crises()
    assert [json.loads(line)["id"] for line in lines] == [crisis.id for crisis in crises]
    assert msgspec.json.decode(lines[0], type=type(crises[0])) == crises[0]
