"""Actors and recipients in every syntactic role."""

from collections.abc import Callable

import pytest

from reportedly.extract.event_lexicon import EventLexicon
from reportedly.extract.events import find_events, open_events
from reportedly.extract.mentions import Attribution, EventMention
from reportedly.extract.parse import Parse
from reportedly.records.claim import Source
from reportedly.records.document import Document
from reportedly.records.ontology import EventType
from reportedly.records.spans import Span

pytestmark = pytest.mark.slow

ROLES = [
    ("active", "Northland attacked Southland on Monday.", "ASSAULT", ["Northland"], ["Southland"]),
    ("passive", "Southland was invaded by Northland.", "ASSAULT", ["Northland"], ["Southland"]),
    ("passive without agent", "Two reporters were arrested overnight.", "COERCE", [], ["Two reporters"]),
    ("dative", "Northland sent Southland 400 tents.", "AID", ["Northland"], ["Southland"]),
    ("goods to a recipient", "Northland sent food to Southland.", "AID", ["Northland"], ["Southland"]),
    ("troops are no recipient", "Northland sent troops into Southland.", "MOBILIZE", ["Northland"], ["Southland"]),
    ("where troops are sent is a place", "Northland deployed ten jets to Orsk.", "MOBILIZE", ["Northland"], []),
    (
        "a thing's maker acts",
        "A Northlandian drone bombed Southland.",
        "ASSAULT",
        ["A Northlandian drone"],
        ["Southland"],
    ),
    ("waters are a place", "Northland attacked a boat in the Red Sea.", "ASSAULT", ["Northland"], []),
    ("money is no party", "Northland pledged $5 million in aid to Southland.", "AGREE", ["Northland"], ["Southland"]),
    (
        "what one is accused of",
        "Northland accused the ruling party of rigging the vote.",
        "ACCUSE",
        ["Northland"],
        ["the ruling party"],
    ),
    ("his killing", "The bishop praised Ivo Malek's assassination in Southland.", "ASSAULT", [], ["Ivo Malek"]),
    ("his arrest", "Northland ordered Ivo Malek's arrest.", "COERCE", ["Northland"], ["Ivo Malek"]),
    (
        "a blamed object acts",
        "Southland accused the militia of kidnapping children.",
        "ASSAULT",
        ["the militia"],
        ["children"],
    ),
    (
        "a participle after by",
        "The army widened its hold on the region by bombing bridges.",
        "ASSAULT",
        ["The army"],
        [],
    ),
    ("owner of words", "His remarks urging Southland to surrender angered people.", "REQUEST", ["His"], ["Southland"]),
    (
        "who passes a law",
        "Parliament passed a bill banning the party.",
        "COERCE",
        ["Parliament"],
        ["the party"],
    ),
    ("handed over to", "Northland handed over the captives to Southland.", "RETREAT", ["Northland"], ["Southland"]),
    ("put into", "The police placed the mayor in detention.", "COERCE", ["The police"], ["the mayor"]),
    ("who is let go is offered nothing", "Northland offered to release the captives.", "AGREE", ["Northland"], []),
    (
        "whom envoys speak for",
        "Negotiators from Northland and Southland met on Monday.",
        "CONSULT",
        ["Northland", "Southland"],
        [],
    ),
    ("votes are no party", "Northland voted 121 to 9 for the measure.", "SUPPORT", ["Northland"], []),
    ("anti-", "An anti-government protest went on in Orsk.", "PROTEST", [], ["government"]),
    (
        "modifiers belong to the party",
        "A US-led coalition airstrike on Southland went on.",
        "ASSAULT",
        ["US-led coalition"],
        ["Southland"],
    ),
    (
        "a named armed group",
        "Nusha, the armed group that kidnapped the governor, fled.",
        "ASSAULT",
        ["Nusha"],
        ["the governor"],
    ),
    ("nominal of and by", "The bombing of Orsk by Northland went on.", "ASSAULT", ["Northland"], ["Orsk"]),
    ("nominal on", "An attack by militants on Southland was reported.", "ASSAULT", ["militants"], ["Southland"]),
    ("possessive", "Northland's invasion of Southland began at dawn.", "ASSAULT", ["Northland"], ["Southland"]),
    ("compound modifier", "U.S. airstrikes hit the port of Hodeidah.", "ASSAULT", ["U.S."], ["the port of Hodeidah"]),
    ("force before the noun", "A rebel attack on Orsk went on.", "ASSAULT", ["rebel"], ["Orsk"]),
    (
        "agent after a predicate",
        "Six soldiers were held hostage by villagers.",
        "ASSAULT",
        ["villagers"],
        ["Six soldiers"],
    ),
    (
        "agent shared with a later verb",
        "Two men were beaten and dragged by a mob.",
        "ASSAULT",
        ["a mob"],
        ["Two men"],
    ),
    ("the source does not act", "Shells hit the mill and killed two men, the mayor said.", "ASSAULT", [], ["two men"]),
    ("who receives is helped", "The rebels received rifles from Northland.", "AID", ["Northland"], ["The rebels"]),
    ("a road is no giver", "At least 20 drones were brought over the Selby pass.", "AID", [], []),
    ("who is given something is helped", "The rebels were given rifles.", "AID", [], ["The rebels"]),
    ("help comes from its senders", "Tents from Northland were handed out.", "AID", ["Northland"], []),
    ("what is exchanged does not act", "An exchange of prisoners took place.", "COOPERATE", [], []),
    ("things do not act", "The scaffold wounded two men.", "ASSAULT", [], ["two men"]),
    ("light verb", "Northland's navy carried out strikes on Orsk.", "ASSAULT", ["Northland's navy"], ["Orsk"]),
    ("light verb of suffering", "Southland suffered a drone attack.", "ASSAULT", [], ["Southland"]),
    (
        "relative subject",
        "The militia, which kidnapped the governor, fled.",
        "ASSAULT",
        ["The militia"],
        ["the governor"],
    ),
    (
        "relative object",
        "The governor, who was kidnapped by the militia, returned.",
        "ASSAULT",
        ["the militia"],
        ["The governor"],
    ),
    ("present participle", "Soldiers shelling Orsk came closer.", "ASSAULT", ["Soldiers"], ["Orsk"]),
    ("past participle", "Reporters arrested by soldiers are safe.", "COERCE", ["soldiers"], ["Reporters"]),
    ("object control", "Northland asked Southland to release the pilots.", "RETREAT", ["Southland"], ["the pilots"]),
    (
        "subject control",
        "Northland agreed to free the Southland pilots.",
        "AGREE",
        ["Northland"],
        ["the Southland pilots"],
    ),
    (
        "prepositional control",
        "Northland called on Southland to free the pilots.",
        "RETREAT",
        ["Southland"],
        ["the pilots"],
    ),
    ("accused of", "Northland accused Southland of bombing Orsk.", "ASSAULT", ["Southland"], ["Orsk"]),
    ("accused", "Northland accused Southland of bombing Orsk.", "ACCUSE", ["Northland"], ["Southland"]),
    ("that-clause", "Northland demanded that Southland free the pilots.", "REQUEST", ["Northland"], ["Southland"]),
    ("adjective", "Northland is ready to help Southland.", "AGREE", ["Northland"], ["Southland"]),
    (
        "coordination of actors",
        "Northland, Southland and Eastland imposed sanctions on Westland.",
        "SANCTION",
        ["Northland", "Southland", "Eastland"],
        ["Westland"],
    ),
    (
        "coordination of recipients",
        "Police arrested the editor and two reporters.",
        "COERCE",
        ["Police"],
        ["the editor", "two reporters"],
    ),
    ("shared subject", "Troops entered Orsk and killed three people.", "ASSAULT", ["Troops"], ["three people"]),
    ("reciprocal verb", "Northland and Southland held talks in Geneva.", "CONSULT", ["Northland", "Southland"], []),
    ("reciprocal noun", "Talks between Northland and Southland ended.", "CONSULT", ["Northland", "Southland"], []),
    ("reciprocal plural", "The two armies clashed.", "ASSAULT", ["The two armies"], []),
    ("clash with", "Northland's clash with Southland went on.", "ASSAULT", ["Northland", "Southland"], []),
    (
        "apposition on a named head",
        "Ivo Malek, the foreign minister of Southland, condemned Northland.",
        "ACCUSE",
        ["Ivo Malek"],
        ["Northland"],
    ),
    (
        "apposition that names",
        "The president of Northland met his counterpart, Ivo Malek of Southland.",
        "CONSULT",
        ["The president of Northland", "Ivo Malek of Southland"],
        [],
    ),
    (
        "pronoun",
        "President Ivo Malek spoke on Monday. He accused Northland of lies.",
        "ACCUSE",
        ["President Ivo Malek"],
        ["Northland"],
    ),
    ("whose act", "Northland rejected a proposal by Southland.", "REJECT", ["Northland"], ["Southland"]),
    ("whose attack", "Ivo Malek condemned the attack by Northland.", "ACCUSE", ["Ivo Malek"], ["Northland"]),
    ("content of a threat", "Northland threatened to bomb Southland.", "THREATEN", ["Northland"], ["Southland"]),
    ("noun of a threat", "Northland threatened sanctions against Southland.", "SANCTION", ["Northland"], ["Southland"]),
    (
        "condition of a threat",
        "Northland threatened an attack unless Southland withdraws its troops.",
        "ASSAULT",
        ["Northland"],
        ["Southland"],
    ),
    ("owner of a plan", "Southland denounced Northland's plan for an invasion.", "ASSAULT", ["Northland"], []),
    (
        "harm in an event",
        "Nine people were killed in a Northland airstrike.",
        "ASSAULT",
        ["Northland"],
        ["Nine people"],
    ),
    ("beneath a noun", "Northland ordered a freeze on aid to Southland.", "SANCTION", ["Northland"], ["Southland"]),
    ("refusal", "Northland will not negotiate with Southland.", "REJECT", ["Northland"], ["Southland"]),
    ("bare places and dates are no actors", "Last week's attack on Orsk went unnoticed.", "ASSAULT", [], ["Orsk"]),
]


@pytest.fixture(scope="module")
def lexicon() -> EventLexicon:
    return open_events()


def _find(parse: Parse, lexicon: EventLexicon, wanted: str) -> EventMention:
    events = find_events(parse, Document(id="test", text=parse.text), lexicon)
    return next(event for event in events if event.types[0].value is EventType(wanted))


@pytest.mark.parametrize(
    ("text", "wanted", "actors", "recipients"), [row[1:] for row in ROLES], ids=[r[0] for r in ROLES]
)
def test_parties(
    read_parse: Callable[[str], Parse],
    lexicon: EventLexicon,
    text: str,
    wanted: str,
    actors: list[str],
    recipients: list[str],
) -> None:
    event = _find(read_parse(text), lexicon, wanted)
    assert [field.value for field in event.actors] == actors
    assert [field.value for field in event.recipients] == recipients


def test_parties_are_spans_of_the_text(read_parse: Callable[[str], Parse], lexicon: EventLexicon) -> None:
    for _, text, *_ in ROLES:
        for event in find_events(read_parse(text), Document(id="test", text=text), lexicon):
            for field in (*event.actors, *event.recipients):
                assert field.span is not None
                assert field.span.slice(text) == field.value


def test_an_event_told_again_has_its_parties(read_parse: Callable[[str], Parse], lexicon: EventLexicon) -> None:
    parse = read_parse("Northland bombed Orsk on Monday. Six people were killed in the attack, a doctor said.")
    events = find_events(parse, Document(id="test", text=parse.text), lexicon)
    assert [field.value for field in events[1].actors] == ["Northland"]
    assert events[1].actors[0].by == "rule:anaphora"
    assert events[1].actors[0].score < events[0].actors[0].score


@pytest.mark.parametrize(
    "text",
    [
        "Northland bombed Orsk on Monday. The stabbing killed a guard.",
        "Our forces attacked the rebels. Three people died in the attack.",
    ],
)
def test_another_event_lends_no_parties(read_parse: Callable[[str], Parse], lexicon: EventLexicon, text: str) -> None:
    assert find_events(read_parse(text), Document(id="test", text=text), lexicon)[-1].actors == ()


def test_an_attack_without_a_pointer_has_none_of_them(
    read_parse: Callable[[str], Parse], lexicon: EventLexicon
) -> None:
    parse = read_parse("Northland bombed Orsk on Monday. Six people were killed in an attack in Eastland.")
    events = find_events(parse, Document(id="test", text=parse.text), lexicon)
    assert events[1].actors == ()


KINDS = [
    ("Polish farmers met on Monday. The farmers condemned Northland.", "Polish farmers"),
    ("General Luis Ortega came to Orsk. The general condemned Northland.", "General Luis Ortega"),
    ("Polish farmers met on Monday. Two farmers condemned Northland.", "Two farmers"),
    ("Polish farmers met on Monday. Other farmers condemned Northland.", "Other farmers"),
]


@pytest.mark.parametrize(("text", "actor"), KINDS, ids=["plural", "title", "numbered", "others"])
def test_a_kind_named_before_is_led_to_its_name(
    read_parse: Callable[[str], Parse], lexicon: EventLexicon, text: str, actor: str
) -> None:
    assert [field.value for field in _find(read_parse(text), lexicon, "ACCUSE").actors] == [actor]


def test_the_first_person_of_a_quotation_is_who_is_quoted(
    read_parse: Callable[[str], Parse], lexicon: EventLexicon
) -> None:
    text = "“We condemn Northland,” said Ivo Malek."
    malek = Span(text.index("Ivo"), len(text) - 1)
    said = Attribution((Source("Ivo Malek", malek),), None, (Span(1, text.index(",")),), "direct")
    event = find_events(read_parse(text), Document(id="test", text=text), lexicon, attributions=[said])[0]
    assert [field.value for field in event.actors] == ["Ivo Malek"]
