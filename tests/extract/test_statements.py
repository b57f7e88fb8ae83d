"""Statements: ties, legal characterisations, intents and risks, with subject, object, norms, hedges and chain."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.extract.attribution import find_attributions, open_cues
from reportedly.extract.parse import Parse, Parser
from reportedly.extract.statements import find_statements, make_statement_id, open_statements
from reportedly.records.claim import Statement, StatementKind
from reportedly.records.document import Document
from reportedly.records.spans import Span

pytestmark = pytest.mark.slow


def find(parse: Parse) -> tuple[Statement, ...]:
    document = Document(id="test", text=parse.text)
    attributions = find_attributions(parse, document, open_cues())
    return find_statements(parse, document, attributions, open_statements())


def only(parse: Parse, kind: StatementKind) -> Statement:
    found = [statement for statement in find(parse) if statement.kind is kind]
    assert len(found) == 1, [statement.span.slice(parse.text) for statement in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "span", "subject", "other"),
    [
        (
            "Police raided three companies affiliated with the Kremlin.",
            "affiliated with the Kremlin",
            "three companies",
            "the Kremlin",
        ),
        ("The militia is funded by Iran.", "is funded by Iran", "The militia", "Iran"),
        ("An Iran-backed militia fired rockets.", "Iran-backed militia", "An Iran-backed militia", "Iran"),
        ("The bank has ties to the junta.", "ties to the junta", "The bank", "the junta"),
        ("Iranian proxies fired rockets.", "Iranian proxies", "Iranian proxies", "Iranian"),
        ("Navona accused Sudmark of arming the rebels.", "arming the rebels", "the rebels", "Sudmark"),
        (
            "Hackers linked to the Navonan army broke into the network of a bank in May.",
            "linked to the Navonan army",
            "Hackers",
            "the Navonan army",
        ),
    ],
)
def test_ties(text: str, span: str, subject: str, other: str, read_parse: Callable[[str], Parse]) -> None:
    statement = only(read_parse(text), StatementKind.AFFILIATION)
    assert statement.span.slice(text) == span
    assert statement.subject is not None
    assert statement.subject.value == subject
    assert statement.object is not None
    assert statement.object.value == other


def test_an_alleged_tie_keeps_its_hedge(read_parse: Callable[[str], Parse]) -> None:
    parse = read_parse("The gang, said to be linked to the Navonan government, runs the port.")
    statement = only(parse, StatementKind.AFFILIATION)
    assert statement.span.slice(parse.text) == "said to be linked to the Navonan government"
    assert [hedge.value for hedge in statement.hedges] == ["said"]
    assert statement.chain == ()


@pytest.mark.parametrize(
    ("text", "denial", "source"),
    [
        ("The president denied that his party has ties to the cartel.", "denied", "The president"),
        ("Sudmark denies backing the rebels.", "denies", "Sudmark"),
        ("The minister dismissed claims that the gang is linked to the army.", "dismissed", "The minister"),
    ],
)
def test_a_tie_denied_says_so(text: str, denial: str, source: str, read_parse: Callable[[str], Parse]) -> None:
    statement = only(read_parse(text), StatementKind.AFFILIATION)
    assert [hedge.value for hedge in statement.hedges] == [denial]
    assert [link.text for link in statement.chain] == [source]


@pytest.mark.parametrize(
    ("text", "subject", "verdict", "speakers"),
    [
        (
            "The court found Josef Mirza guilty of war crimes and genocide.",
            "Josef Mirza",
            "war crimes and genocide",
            ["The court"],
        ),
        (
            "The agency criticised the deportations as a violation of international law.",
            "the deportations",
            "violation",
            ["The agency"],
        ),
        (
            "Officials called the arrest of the editor an illegal act.",
            "the arrest of the editor",
            "illegal",
            ["Officials"],
        ),
        ("The party condemned the tariffs as an illegal measure.", "the tariffs", "illegal", ["The party"]),
    ],
)
def test_what_a_verdict_is_passed_on(
    text: str, subject: str, verdict: str, speakers: list[str], read_parse: Callable[[str], Parse]
) -> None:
    statement = only(read_parse(text), StatementKind.LEGAL)
    assert statement.subject is not None
    assert statement.subject.value == subject
    assert statement.object is not None
    assert statement.object.value == verdict
    assert [link.text for link in statement.chain] == speakers


@pytest.mark.parametrize(
    ("text", "span", "norms", "speakers"),
    [
        (
            "Experts said the raids amount to extrajudicial executions.",
            "amount to extrajudicial executions",
            [],
            ["Experts"],
        ),
        ("The minister called the blockade illegal.", "the blockade illegal", [], ["The minister"]),
        ("Rights groups accused the army of war crimes.", "accused the army of war crimes", [], ["Rights groups"]),
        (
            "The raid was in violation of the U.N. Charter.",
            "in violation of the U.N. Charter",
            ["the U.N. Charter"],
            [],
        ),
        (
            "Navona said the incursion violated its sovereignty.",
            "violated its sovereignty",
            ["its sovereignty"],
            ["Navona"],
        ),
    ],
)
def test_legal_characterisations(
    text: str, span: str, norms: list[str], speakers: list[str], read_parse: Callable[[str], Parse]
) -> None:
    statement = only(read_parse(text), StatementKind.LEGAL)
    assert statement.span.slice(text) == span
    assert [norm.value for norm in statement.norms] == norms
    assert [source.text for source in statement.chain] == speakers


def test_who_asks_for_a_judgement_is_its_source(read_parse: Callable[[str], Parse]) -> None:
    parse = read_parse("Navona asked the court to declare the blockade illegal.")
    statement = only(parse, StatementKind.LEGAL)
    assert [source.text for source in statement.chain] == ["Navona"]


def test_a_judgement_refused_keeps_its_negation(read_parse: Callable[[str], Parse]) -> None:
    parse = read_parse("The court found that the ban did not violate the constitution.")
    statement = only(parse, StatementKind.LEGAL)
    assert statement.object is not None
    assert statement.object.value == "not violate"


@pytest.mark.parametrize(
    ("text", "subject", "goal"),
    [
        ("The exercise is intended to send a message to Navona.", "The exercise", "send a message to Navona"),
        ("Critics say the real goal of the campaign is regime change.", "the campaign", "regime change"),
        ("The patrols are aimed at deterring smugglers.", "The patrols", "deterring smugglers"),
        ("Navona closed the port in order to stop the smuggling.", "Navona", "stop the smuggling"),
        ("Officials portrayed the raid as a rescue mission.", "Officials", "as a rescue mission"),
        ("The goal of the mission is to protect convoys.", "the mission", "protect convoys"),
    ],
)
def test_intents_and_framings(text: str, subject: str, goal: str, read_parse: Callable[[str], Parse]) -> None:
    statement = only(read_parse(text), StatementKind.INTENT)
    assert statement.subject is not None
    assert statement.subject.value == subject
    assert statement.object is not None
    assert statement.object.value == goal


@pytest.mark.parametrize(
    ("text", "exposed"),
    [
        ("The war could spill over into Chad.", "Chad"),
        (
            "Analysts say the arms race is destabilising neighbours such as Mali and Niger.",
            "neighbours such as Mali and Niger",
        ),
        ("The strikes put civilians at risk.", "civilians"),
        ("The clashes threaten stability in the region.", "stability in the region"),
    ],
)
def test_third_parties_at_risk(text: str, exposed: str, read_parse: Callable[[str], Parse]) -> None:
    statement = only(read_parse(text), StatementKind.RISK)
    assert statement.subject is not None
    assert statement.subject.value == exposed


@pytest.mark.parametrize(
    "text",
    [
        "The drought is linked to climate change.",
        "An illegal immigrant crossed the border.",
        "The man intended to rob the bank.",
        "Navona cut its ties with Russia.",
        "The plan was backed by lawmakers.",
        "The Human Rights Council met in Geneva.",
        "Protests spread across the country.",
        "The general threatened Navona.",
        "The company has no ties to the army.",
        "The state-run Anadolu agency carried the speech.",
        "Lawyers discussed the Genocide Convention.",
    ],
)
def test_what_is_no_statement(text: str, read_parse: Callable[[str], Parse]) -> None:
    assert find(read_parse(text)) == ()


def test_ids_follow_from_document_span_and_kind(read_parse: Callable[[str], Parse]) -> None:
    parse = read_parse("The minister called the blockade illegal.")
    first, second = find(parse), find(parse)
    assert first == second
    span = Span(0, 4)
    assert make_statement_id("a", span, StatementKind.LEGAL) != make_statement_id("b", span, StatementKind.LEGAL)
    assert make_statement_id("a", span, StatementKind.LEGAL) != make_statement_id("a", span, StatementKind.RISK)


WORDS = [
    "linked",
    "to",
    "the",
    "army",
    "called",
    "it",
    "illegal",
    "war crimes",
    "at risk",
    "in order to",
    ",",
    "intended",
    "“",
    "destabilising",
    "of",
    "accused",
]


@settings(max_examples=40, deadline=None)
@given(words=st.lists(st.sampled_from(WORDS), max_size=14))
def test_spans_slice_within_any_text(words: list[str], parser: Parser) -> None:
    text = " ".join(words)
    for statement in find(parser.parse(Document(id="test", text=text))):
        fields = [statement.subject, statement.object, *statement.norms, *statement.hedges]
        spans = [statement.span, *(field.span for field in fields if field is not None and field.span is not None)]
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
