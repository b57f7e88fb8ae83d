import msgspec
import pytest

from eval.gold import gold_path
from training.linking.build import Crisis, MarkedReport, read_crises, read_marks
from training.linking.validate import find_sentences, validate
from training.overlap import find_alike, find_gold_overlaps, read_gold


def make_report(marked: str, published: str = "2024-04-03", key: str = "a/1") -> MarkedReport:
    text, mentions = read_marks(marked)
    return MarkedReport(key, "Plateau Mail", published, text, mentions)


def change(crises: list[Crisis], **fields: object) -> list[Crisis]:
    return [msgspec.structs.replace(crises[0], **fields), *crises[1:]]


def test_the_corpus_keeps_its_rules() -> None:
    assert validate(read_crises()) == []


@pytest.mark.gold
def test_the_corpus_shares_no_sentence_with_gold() -> None:
    if not gold_path("claims").is_dir():
        pytest.skip("no gold set")
    reports = [(report.id, report.text) for crisis in read_crises() for report in crisis.reports]
    assert find_gold_overlaps(reports, read_gold(gold_path())) == []


def test_faults_are_found() -> None:
    crises = read_crises()
    first = crises[0]
    known = first.reports[0].text
    bad = [
        (
            make_report("Gunmen [[e9|raided]] the market of Tarsa, the mayor and two other people there said at noon."),
            "e9",
        ),
        (
            make_report("Nobody in the market of Tarsa saw or heard anything at all, they said at noon."),
            "nothing is marked",
        ),
        (
            make_report("Gunmen [[e1| raided]] the market of Tarsa, the mayor and two other people there said."),
            "blanks",
        ),
        (make_report("Gunmen [[e1|raided]] it.", "2024-04-03"), "words"),
        (
            make_report("Gunmen [[e2|raided]] the market of Tarsa, the mayor and two other people there said."),
            "as done on",
        ),
        (make_report("On the whole it was bad: men [[e1|raided]] the market of Tarsa on Friday at noon."), "'Friday'"),
        (MarkedReport("b/1", "Radio", "2024-04-03", known, first.reports[0].mentions), "nearly alike"),
    ]
    for report, words in bad:
        faults = validate(change(crises, reports=(first.reports[0], report, *first.reports[2:])))
        assert any(words in fault for fault in faults), (words, faults)


def test_a_sentence_ends_before_a_capital() -> None:
    text = 'The U.N. asked. "We came," he said. It was late.'
    assert [text[start:end].strip() for start, end in find_sentences(text)] == [
        "The U.N. asked.",
        '"We came," he said.',
        "It was late.",
    ]


def test_shared_runs_are_found_and_names_let_pass() -> None:
    one = make_report("The men who [[e1|raided]] the market left their motorbikes behind the old mill that night.")
    other = make_report("Men who raided the market left their motorbikes behind the old mill, said she.", key="a/2")
    assert len(find_alike([(one.id, one.text), (other.id, other.text)])) == 1
    assert (
        len(find_gold_overlaps([(one.id, one.text)], ["x raided the market left their motorbikes behind the old y"]))
        == 2
    )
    named = make_report("President Adil Korem of Zarhan met Prime Minister Lotte Arends of Belmark in Vienna.")
    assert find_gold_overlaps([(named.id, named.text)], [named.text]) == []
