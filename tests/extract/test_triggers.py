"""The lexicon's patterns against the syntax."""

from collections.abc import Callable

import pytest

from reportedly.extract.event_lexicon import EventLexicon, open_triggers
from reportedly.extract.events import find_events
from reportedly.extract.parse import Parse
from reportedly.extract.triggers import Trigger, find_objects, find_trigger, is_passive, noun_lemma
from reportedly.records.document import Document
from reportedly.records.ontology import EventType, open_ontology

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def lexicon() -> EventLexicon:
    return open_triggers()


def _at(parse: Parse, lexicon: EventLexicon, word: str, toponyms: frozenset[int] = frozenset()) -> Trigger | None:
    token = next(token for token in parse.tokens if token.text == word)
    return find_trigger(parse, token.i, lexicon, toponyms)


@pytest.mark.parametrize(
    ("text", "word", "event_type", "mode"),
    [
        ("Rebels shelled the port.", "shelled", "ASSAULT", "heavy-weapons"),
        ("Rebels fired rockets at the port.", "fired", "ASSAULT", "heavy-weapons"),
        ("The company fired two executives.", "fired", "SANCTION", None),
        ("The army fired a missile toward the sea.", "fired", "MOBILIZE", "weapons"),
        ("The mayor stepped down on Friday.", "stepped", "RETREAT", "resign"),
        ("The group laid down its weapons.", "laid", "RETREAT", None),
        ("They took three sailors hostage.", "took", "ASSAULT", "abduct"),
        ("The council called for a ceasefire.", "called", "REQUEST", "yield"),
        ("The premier called the president by telephone.", "called", "CONSULT", "phone"),
        ("The miners went on strike.", "went", "PROTEST", "strike"),
        ("Two strikes hit the bridge.", "strikes", "ASSAULT", None),
        ("The teachers ended their strike.", "strike", "PROTEST", "strike"),
        ("Inmates began a hunger strike.", "strike", "PROTEST", "hunger"),
        ("The court found the clerk guilty.", "found", "SANCTION", "convict"),
        ("The two navies held a joint exercise.", "exercise", "COOPERATE", None),
        ("The air strike went unseen.", "strike", "ASSAULT", "aerial"),
        ("Southland is willing to negotiate.", "willing", "AGREE", None),
        ("A halt to the fighting is near.", "halt", "RETREAT", "ceasefire"),
        ("A halt to the aid is near.", "halt", "SANCTION", "discontinue"),
        ("The envoy failed to reach a deal.", "failed", "REJECT", None),
        ("The donor sent two tons of medicine.", "sent", "AID", None),
        ("Police dispersed the crowd.", "dispersed", "ASSAULT", "crowd-control"),
        ("A convoy of nine lorries reached the valley.", "reached", "AID", None),
        ("A convoy of nine lorries is to reach the valley.", "reach", "AID", None),
        ("Blankets were handed out in the school.", "handed", "AID", None),
        ("The rebels received rifles from Northland.", "received", "AID", None),
        ("The bank released six million euros for the valley.", "released", "AID", None),
        ("A column of armoured vehicles crossed the pass.", "crossed", "MOBILIZE", "troops"),
        ("The navy began an exercise off the coast.", "exercise", "MOBILIZE", None),
        ("The last battalion withdrew from the district.", "withdrew", "RETREAT", "withdraw"),
        ("Northland withdrew from the treaty.", "withdrew", "SANCTION", "withdraw"),
        ("The army broke the truce.", "broke", "ASSAULT", None),
        ("The two armies agreed on an exchange of prisoners.", "exchange", "COOPERATE", None),
        ("Farmers closed the bridge.", "closed", "PROTEST", "obstruct"),
        ("The army closed the bridge.", "closed", "COERCE", "restrict"),
        ("The guards turned back the lorries.", "turned", "COERCE", "restrict"),
        ("The government cut off the internet.", "cut", "COERCE", "censor"),
        ("The governor lifted the order.", "lifted", "CONCEDE", None),
        ("The minister said that Southland must withdraw.", "said", "REQUEST", None),
    ],
)
def test_the_most_demanding_pattern_wins(
    read_parse: Callable[[str], Parse], lexicon: EventLexicon, text: str, word: str, event_type: str, mode: str | None
) -> None:
    trigger = _at(read_parse(text), lexicon, word)
    assert trigger is not None
    assert (trigger.type, trigger.mode) == (EventType(event_type), mode)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The rebels are led by a wanted man.", "wanted"),
        ("The impounded ship lay at anchor.", "impounded"),
        ("The minister attacked the reform.", "reform"),
        ("The talks failed to meet expectations.", "meet"),
        ("The ship was flying a white flag.", "flying"),
        ("He was asked whether it rained.", "rained"),
        ("The class began an exercise in spelling.", "exercise"),
    ],
)
def test_what_only_describes_is_no_trigger(
    read_parse: Callable[[str], Parse], lexicon: EventLexicon, text: str, word: str
) -> None:
    assert _at(read_parse(text), lexicon, word) is None


@pytest.mark.parametrize(
    ("text", "wanted", "mode"),
    [
        ("Hackers broke into the network of the central bank.", "COERCE", "cyber"),
        ("Suicide drones smashed into a block of flats.", "ASSAULT", "heavy-weapons"),
        ("Grace Obuya called the vote a farce.", "ACCUSE", "disapprove"),
        ("No meeting has been scheduled.", "CONSULT", None),
        ("A second strike killed eleven nurses.", "ASSAULT", None),
        ("The army has moved bridging equipment forward.", "MOBILIZE", None),
        ("Troops are taking part in a routine exercise.", "MOBILIZE", None),
        ("Northland will strike the port if Southland sends troops, President Malek warned.", "THREATEN", None),
    ],
)
def test_what_evokes_an_event_without_its_name(
    read_parse: Callable[[str], Parse], lexicon: EventLexicon, text: str, wanted: str, mode: str | None
) -> None:
    events = find_events(read_parse(text), Document(id="test", text=text), lexicon)
    found = {(event.types[0].value.value, event.modes[0].value if event.modes else None) for event in events}
    assert (wanted, mode) in found


def test_a_place_name_fills_a_place_slot(read_parse: Callable[[str], Parse], lexicon: EventLexicon) -> None:
    parse = read_parse("Rebels captured Ostrava on Monday.")
    place = next(token.i for token in parse.tokens if token.text == "Ostrava")
    as_place = _at(parse, lexicon, "captured", frozenset({place}))
    as_person = _at(parse, lexicon, "captured")
    assert as_place is not None
    assert as_person is not None
    assert (as_place.type, as_person.type) == (EventType.ASSAULT, EventType.COERCE)


def test_a_refusal_takes_its_negation_in(read_parse: Callable[[str], Parse], lexicon: EventLexicon) -> None:
    parse = read_parse("Southland will not comply with the order.")
    trigger = _at(parse, lexicon, "comply")
    assert trigger is not None
    assert trigger.refusal
    assert trigger.type is EventType.REJECT
    assert parse.span(trigger.tokens).slice(parse.text) == "will not comply"


def test_a_weekday_is_no_object_of_a_preposition(read_parse: Callable[[str], Parse], lexicon: EventLexicon) -> None:
    trigger = _at(read_parse("The premier called the king on Friday."), lexicon, "called")
    assert trigger is not None
    assert trigger.type is EventType.CONSULT


def test_plurals_that_dictionaries_list_lose_their_ending(read_parse: Callable[[str], Parse]) -> None:
    parse = read_parse("Talks on the troops ended.")
    nouns = {token.text: noun_lemma(parse, token.i) for token in parse.tokens}
    assert (nouns["Talks"], nouns["troops"]) == ("talk", "troop")


@pytest.mark.parametrize(
    ("text", "word", "passive"),
    [
        ("The port was shelled.", "shelled", True),
        ("The port shelled by rebels burned.", "shelled", True),
        ("The blast left two men wounded.", "wounded", True),
        ("The rebels have shelled the port.", "shelled", False),
    ],
)
def test_passives(read_parse: Callable[[str], Parse], text: str, word: str, passive: bool) -> None:
    parse = read_parse(text)
    assert is_passive(parse, next(token.i for token in parse.tokens if token.text == word)) is passive


def test_objects_are_found_through_a_relative_clause(read_parse: Callable[[str], Parse]) -> None:
    parse = read_parse("The port that rebels shelled burned.")
    verb = next(token.i for token in parse.tokens if token.text == "shelled")
    assert [parse.tokens[i].text for i in find_objects(parse, verb)] == ["port"]


def test_every_mode_belongs_to_its_type(lexicon: EventLexicon) -> None:
    ontology = open_ontology()
    tables = (lexicon.verbs, lexicon.adjectives, lexicon.nouns)
    patterns = [pattern for table in tables for found in table.values() for pattern in found]
    assert {pattern.type for pattern in patterns} == set(EventType)
    assert all(pattern.mode is None or pattern.mode in ontology.types[pattern.type].modes for pattern in patterns)
