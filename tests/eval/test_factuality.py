"""The fit that turns readings into numbers, and what it is fitted on."""

import json
from pathlib import Path

import pytest

from eval.factuality import Example, describe, join_tokens, measure_factuality, predict
from reportedly.extract.parse import Parser
from reportedly.extract.status_cues import open_status
from reportedly.records.document import Document


def make_examples(count: int) -> list[Example]:
    """Examples whose value follows their status, two to one with a second feature that says nothing."""
    values = {"occurred": 3.0, "negated": -3.0, "possible": 1.0}
    return [
        Example(frozenset({f"status={name}", f"noise={n % 2}"}), value, n)
        for n in range(count)
        for name, value in values.items()
    ]


def test_the_fit_learns_what_each_status_is_worth() -> None:
    train = make_examples(40)
    held = make_examples(2)
    assert predict(train, held) == pytest.approx([example.value for example in held], abs=0.1)


def test_what_train_has_not_seen_falls_back_on_the_middle() -> None:
    unseen = Example(frozenset({"status=denied"}), 0.0, 0)
    (value,) = predict(make_examples(40), [unseen])
    assert -3 <= value <= 3


def test_tokens_are_joined_as_text_is_written() -> None:
    tokens = ["``", "Do", "n't", "go", ",", "''", "he", "said", "."]
    text, spans = join_tokens(tokens)
    assert [span.slice(text) for span in spans] == ['"', "Do", "n't", "go", ",", '"', "he", "said", "."]


@pytest.mark.slow
def test_features_name_what_the_product_says(parser: Parser) -> None:
    document = Document(id="d", text="Norland did not attack the convoy.")
    parse = parser.parse(document)
    features = describe(parse, 3, document, open_status())
    assert {"status=negated", "polarity=negative", "tag=VB", "negated=True"} <= features


@pytest.mark.slow
def test_a_set_is_measured_and_a_missing_one_left_out(parser: Parser, tmp_path: Path) -> None:
    folder = tmp_path / "factuality" / "UW"
    folder.mkdir(parents=True)
    rows = [
        {"text": "Rebels shelled the port .", "targets": [{"span1": [1, 2], "label": 3.0}]},
        {"text": "Rebels did not shell the port .", "targets": [{"span1": [3, 4], "label": -3.0}]},
    ]
    lines = "\n".join(json.dumps(row) for row in rows * 30)
    for split in ("train", "dev"):
        (folder / f"{split}.jsonl").write_text(lines, encoding="utf-8")
    scores, intervals = measure_factuality(tmp_path, parser, open_status())
    assert set(scores) == {"UW"}
    assert scores["UW"]["mae"] < 0.2
    assert scores["UW"]["r"] > 0.9
    assert set(intervals) == {"factuality.UW.mae", "factuality.UW.r"}
