"""Sets of others as examples: what they do not mark is no answer."""

import json
from pathlib import Path

from tokenizers import Tokenizer

from training.encoder.further import UNKNOWN, read_riqua, read_uds
from training.encoder.labels import ANCHORS, ROLES, begin


def test_factuality_says_whether_something_is_a_fact(tmp_path: Path, tokenizer: Tokenizer) -> None:
    rows = [
        {
            "text": "the army shelled Ostrel .",
            "targets": [{"span1": [2, 3], "label": 2.6}, {"span1": [1, 2], "label": 0.5}],
        },
        {"text": "the clerk said .", "targets": [{"span1": [2, 3], "label": -0.2}]},
        {"text": "a clerk said .", "targets": [{"span1": [2, 3], "label": -2.0}]},
    ]
    (tmp_path / "train.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    shelled, said = read_uds(tmp_path, tokenizer)
    (anchor,) = shelled.anchors
    assert tokenizer.id_to_token(shelled.ids[anchor.piece]) == "shell"
    assert (anchor.fact, anchor.status, anchor.type) == (1, -1, -1)
    assert [item.fact for item in said.anchors] == [0]
    assert {*shelled.anchor_tags, *shelled.time_tags, *anchor.roles, shelled.relevant} == {UNKNOWN}
    assert len(list(read_uds(tmp_path, tokenizer, 1))) == 1


def test_a_quotation_has_a_source_a_cue_and_content(tmp_path: Path, tokenizer: Tokenizer) -> None:
    rows = [
        {
            "tokens": "a clerk said the army shelled Ostrel .".split(),
            "labels": ["B-source", "I-source", "B-cue", "B-content", "I-content", "I-content", "I-content", "O"],
        },
        {"tokens": ["said", "clerk", "said"], "labels": ["B-cue", "B-source", "B-cue"]},
    ]
    (tmp_path / "train.txt").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (example,) = read_riqua(tmp_path, tokenizer)
    pieces = [tokenizer.id_to_token(i) for i in example.ids]
    (anchor,) = example.anchors
    assert pieces[anchor.piece] == "said"
    assert example.anchor_tags[anchor.piece] == begin(ANCHORS.index("cue"))
    told = [ROLES[role] for role in anchor.roles]
    assert told[1:3] == ["source", "source"]
    assert set(told[4:-2]) == {"content"}
    assert set(example.place_tags) == {UNKNOWN}
