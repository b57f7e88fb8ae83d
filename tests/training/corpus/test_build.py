from pathlib import Path

import msgspec
import pytest

from reportedly.records.claim import PlaceRole, Scope, Stage, Status
from reportedly.records.grounding import SourceKind
from reportedly.records.ontology import EventType
from reportedly.records.spans import Span
from training.corpus.build import find_quotation, main, parse_file, read_reports
from training.corpus.records import MarkedReport, MarkedSentence, NonEvent, Quotation

HEAD = "### a-1 | Ostrel Courier | 2025-05-14 | local paper\n"


def parse(tmp_path: Path, lines: str, head: str = HEAD) -> tuple[list[MarkedReport], list[str]]:
    path = tmp_path / "a.txt"
    path.write_text(head + lines, encoding="utf-8")
    return parse_file(path)


def read_one(tmp_path: Path, lines: str) -> MarkedReport:
    (report,), faults = parse(tmp_path, lines)
    assert faults == []
    return report


def last(report: MarkedReport) -> MarkedSentence:
    return report.sentences[-1]


def test_a_claim_has_all_its_spans(tmp_path: Path) -> None:
    report = read_one(
        tmp_path,
        "If the convoy moves, the army is to shell the harbour near Ostrel on Friday, reportedly to kill up to 20.\n"
        "- shell | ASSAULT/heavy-weapons | planned/ordered[is to] | a=the army | r=the harbour | p=near+Ostrel"
        " | t=on Friday{2025-05-16} | f=killed:-20:up to 20:series | h=reportedly | c=If the convoy moves"
        " | x=military\n",
    )
    (claim,) = last(report).claims
    text = report.text
    assert (claim.type, claim.modes, claim.contexts) == (EventType.ASSAULT, ("heavy-weapons",), ("military",))
    assert (claim.status, claim.stage) == (Status.PLANNED, Stage.ORDERED)
    assert claim.cue is not None
    assert claim.condition is not None
    assert claim.time is not None
    assert [
        span.slice(text)
        for span in (claim.trigger, claim.evidence, claim.cue, claim.condition, claim.time.span, *claim.hedges)
    ] == ["shell", "the army is to shell the harbour", "is to", "If the convoy moves", "on Friday", "reportedly"]
    assert claim.time.value == "2025-05-16"
    (place,), (figure,) = claim.places, claim.figures
    assert (place.span.slice(text), place.role, place.relation) == ("Ostrel", PlaceRole.EVENT, "near")
    assert (figure.key, figure.low, figure.high, figure.scope) == ("killed", None, 20, Scope.SERIES)


def test_mentions_lead_back_to_what_they_stand_for(tmp_path: Path) -> None:
    report = read_one(
        tmp_path,
        "The army came.\nIt shelled Ostrel, a clerk said.\n"
        "- shelled | ASSAULT | occurred | a=It<the army | r=Ostrel | s=a clerk\n"
        "Two died.\n- died | ASSAULT | occurred | a=^The army | s=^a clerk\n",
    )
    (actor,) = report.sentences[1].claims[0].actors
    assert actor.antecedent is not None
    assert (actor.span.slice(report.text), actor.antecedent.slice(report.text)) == ("It", "The army")
    claim = last(report).claims[0]
    assert claim.actors[0].carried
    assert claim.chain[0].span.slice(report.text) == "a clerk"
    assert claim.evidence == claim.trigger


def test_words_that_stand_twice_are_told_apart_and_runs_are_the_shortest(tmp_path: Path) -> None:
    report = read_one(
        tmp_path,
        "The raid came after the raid that the army of the north denied.\n"
        "- raid#2 | ASSAULT | denied[denied] | a=the army ... north\n",
    )
    claim = last(report).claims[0]
    assert claim.trigger.start == report.text.rindex("raid")
    assert claim.actors[0].span.slice(report.text) == "the army of the north"


def test_an_attribution_has_its_chain_and_its_quotation(tmp_path: Path) -> None:
    report = read_one(
        tmp_path,
        '"We go," officials told Radio Ost.\n~ n Radio Ost ; o? officials > told > "We go,"\n'
        "They had, they added, no choice.\n~ o? they<officials > added > They had ... no choice\n"
        'It was "a shame", says a study.\n~ d? a study > says > It was "a shame"\n',
    )
    first, second, third = (sentence.attributions[0] for sentence in report.sentences)
    assert [(link.kind, link.anonymous) for link in first.chain] == [
        (SourceKind.NEWS_OUTLET, False),
        (SourceKind.OFFICIAL, True),
    ]
    assert (first.quotation, second.quotation, third.quotation) == (
        Quotation.DIRECT,
        Quotation.INDIRECT,
        Quotation.MIXED,
    )
    assert [part.slice(report.text) for part in second.content] == ["They had,", "no choice"]


@pytest.mark.parametrize(
    ("parts", "opened", "found"),
    [
        (['"We go,"'], False, Quotation.DIRECT),
        (['"We go,"', '"and soon."'], False, Quotation.DIRECT),
        (['We go."'], True, Quotation.DIRECT),
        (["that they go"], False, Quotation.INDIRECT),
        (['that they "go"'], False, Quotation.MIXED),
        (['"We go" and nobody else'], False, Quotation.MIXED),
    ],
)
def test_a_content_is_direct_mixed_or_indirect(parts: list[str], opened: bool, found: Quotation) -> None:
    assert find_quotation(parts, opened) is found


def test_what_is_no_claim_is_coded_too(tmp_path: Path) -> None:
    report = read_one(
        tmp_path,
        "A storm of protest hit Oslo last year.\n! metaphor | storm of protest\n@ Oslo=mention\n# last year{2024}\n",
    )
    sentence = last(report)
    assert sentence.claims == ()
    assert [(item.kind, item.span.slice(report.text)) for item in sentence.non_events] == [
        (NonEvent.METAPHOR, "storm of protest")
    ]
    assert sentence.toponyms[0].role is PlaceRole.MENTION
    assert sentence.timexes[0].value == "2024"


def test_paragraphs_are_parted(tmp_path: Path) -> None:
    report = read_one(tmp_path, "One.\nTwo.\n\nThree.\n")
    assert report.text == "One. Two.\n\nThree."
    assert [sentence.span for sentence in report.sentences] == [Span(0, 4), Span(5, 9), Span(11, 17)]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("- bombed | ASSAULT | occurred", "'bombed' does not stand in the sentence"),
        ("- raid | ATTACK | occurred", "'ATTACK' is no event type"),
        ("- raid | ASSAULT/visit | occurred", "'visit' is no mode of ASSAULT"),
        ("- raid | ASSAULT | done", "'done' is no status"),
        ("- raid | ASSAULT | occurred | z=raid", "'z=raid' is no key"),
        ("- raid | ASSAULT | occurred | a=raid | a=raid", "key 'a' stands twice"),
        ("- raid | ASSAULT", "a claim is"),
        ("- raid | ASSAULT | occurred | f=killed:some:raid", "'some' are no bounds"),
        ("- raid | ASSAULT | occurred | t=raid", "is no time expression"),
        ("- raid | ASSAULT | occurred | x=weather", "'weather' is no context"),
        ("- raid | ASSAULT | occurred | a=^nobody", "does not stand in an earlier sentence"),
        ("~ x raid > came > A raid", "'x' is no kind of source"),
        ("~ o raid", "an attribution is"),
        ("@ raid=town", "'town' is no role of a place"),
        ("! song | raid", "'song' is no kind of non-event"),
    ],
)
def test_a_wrong_line_is_named_and_the_rest_is_read(tmp_path: Path, line: str, told: str) -> None:
    (report,), faults = parse(tmp_path, f"A raid came.\n{line}\nAnother came.\n")
    assert len(report.sentences) == 2
    (fault,) = faults
    assert fault.startswith("a.txt:3: ")
    assert told in fault


def test_sentences_need_a_head(tmp_path: Path) -> None:
    reports, faults = parse(tmp_path, "One.\n", head="")
    assert reports == []
    assert faults == ["a.txt: sentences without a head before them"]
    assert "a head is" in parse(tmp_path, "One.\n", head="### a\n")[1][0]


def test_the_corpus_is_written_a_report_a_line(tmp_path: Path) -> None:
    out = tmp_path / "corpus.jsonl"
    assert main([str(out)]) == 0
    lines = out.read_bytes().splitlines()
    first = msgspec.json.decode(lines[0])
    assert (first["synthetic"], first["license"]) == (True, "CC-BY-4.0")
    assert [msgspec.json.decode(line, type=MarkedReport) for line in lines] == read_reports()
