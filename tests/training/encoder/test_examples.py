from pathlib import Path

from tokenizers import Tokenizer

from training.corpus.build import parse_file, read_reports
from training.encoder.examples import Example, is_held_out, make_examples
from training.encoder.labels import ANCHORS, PLACE_ROLES, ROLES, STATUSES, TYPES, begin, inside


def make(tmp_path: Path, tokenizer: Tokenizer, lines: str) -> list[Example]:
    path = tmp_path / "a.txt"
    path.write_text("### a-1 | Courier | 2025-05-14 | local\n" + lines, encoding="utf-8")
    reports, faults = parse_file(path)
    assert faults == []
    return list(make_examples(reports, tokenizer))


def test_every_piece_has_its_class(tmp_path: Path, tokenizer: Tokenizer) -> None:
    (example,) = make(
        tmp_path,
        tokenizer,
        "The army reportedly shelled Ostrel on Tuesday, a clerk said.\n"
        "~ o? a clerk > said > The army ... Tuesday\n"
        "- shelled | ASSAULT | occurred | a=The army | p=Ostrel | t=on Tuesday{2025-05-13} | h=reportedly\n",
    )
    pieces = [tokenizer.id_to_token(i) for i in example.ids]
    assert pieces[:7] == ["[CLS]", "the", "army", "reportedly", "shell", "##ed", "ost"]
    trigger, cue = ANCHORS.index("trigger"), ANCHORS.index("cue")
    assert example.anchor_tags[4:6] == (begin(trigger), inside(trigger))
    assert example.anchor_tags[pieces.index("said")] == begin(cue)
    event = PLACE_ROLES.index("event")
    assert example.place_tags[6:8] == (begin(event), inside(event))
    assert example.time_tags[8:10] == (begin(0), inside(0))
    said, shelled = example.anchors
    assert pieces[said.piece] == "said"
    assert [ROLES[role] for role in said.roles[1:4]] == ["content"] * 3
    assert ROLES[said.roles[pieces.index("clerk")]] == "source"
    assert (pieces[shelled.piece], TYPES[shelled.type], STATUSES[shelled.status]) == ("shell", "ASSAULT", "occurred")
    assert shelled.hedged == 1
    assert [ROLES[role] for role in shelled.roles[1:10]] == (
        ["actor", "actor", "hedge", "none", "none", "place", "place", "time", "time"]
    )
    assert example.relevant == 1


def test_a_sentence_without_a_claim_is_not_relevant(tmp_path: Path, tokenizer: Tokenizer) -> None:
    (example,) = make(tmp_path, tokenizer, "The clerk.\n")
    assert (example.relevant, example.anchors, set(example.anchor_tags)) == (0, (), {0})


def test_what_another_sentence_holds_is_no_piece_of_this_one(tmp_path: Path, tokenizer: Tokenizer) -> None:
    _, example = make(
        tmp_path, tokenizer, "The army.\nIt shelled Ostrel.\n- shelled | ASSAULT | occurred | a=^The army\n"
    )
    assert all(role == 0 for role in example.anchors[0].roles)


def test_about_a_tenth_is_held_out_whatever_the_order() -> None:
    reports = read_reports()
    held = [report.id for report in reports if is_held_out(report)]
    assert 0.06 < len(held) / len(reports) < 0.14
    assert held == [report.id for report in reversed(reports) if is_held_out(report)][::-1]
