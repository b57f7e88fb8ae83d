"""Event mentions: one an act, with modes, evidence and implied axes."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.extract.event_lexicon import EventLexicon
from reportedly.extract.events import MAX_EVIDENCE_CHARS, find_events, open_events
from reportedly.extract.mentions import EventMention
from reportedly.extract.parse import Parse, Parser
from reportedly.records.claim import Axes, Mood
from reportedly.records.document import Document
from reportedly.records.ontology import EventType

pytestmark = pytest.mark.slow

REPORT = (
    "Northland bombed the port of Orsk on Monday, killing nine sailors and wounding dozens, officials said. "
    "The foreign minister of Southland condemned the attack and called for talks. "
    "Police arrested forty people who had marched against the war in the capital. "
)


@pytest.fixture(scope="module")
def lexicon() -> EventLexicon:
    return open_events()


def _read(parse: Parse, lexicon: EventLexicon) -> tuple[EventMention, ...]:
    return find_events(parse, Document(id="test", text=parse.text), lexicon)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nine people were killed and ten wounded in an airstrike on Orsk.", [("ASSAULT", "aerial")]),
        ("A bomb went off in the market on Friday.", [("ASSAULT", "explosives")]),
        ("The blast killed two men.", [("ASSAULT", "explosives")]),
        ("Rebels bombed the port, killing nine sailors.", [("ASSAULT", "aerial")]),
        ("Airstrikes hit the port.", [("ASSAULT", "aerial")]),
        ("The shelling left two villages destroyed.", [("ASSAULT", "heavy-weapons")]),
        ("The army carried out a strike and sank a boat.", [("ASSAULT", "destroy")]),
        ("Southland imposed sanctions on Westland.", [("SANCTION", None)]),
        ("The envoys met for talks in Geneva.", [("CONSULT", None)]),
        ("Police conducted arrests, searches and interrogations.", [("COERCE", "arrest")]),
        ("The president ordered police to detain the editor.", [("COERCE", "arrest")]),
        ("The assembly voted to approve the treaty.", [("SUPPORT", None)]),
        ("Rebels shelled the town and the army withdrew.", [("ASSAULT", "heavy-weapons"), ("RETREAT", "withdraw")]),
        ("Southland condemned the killing of a mayor.", [("ACCUSE", "disapprove"), ("ASSAULT", None)]),
    ],
)
def test_one_mention_an_act(
    read_parse: Callable[[str], Parse], lexicon: EventLexicon, text: str, expected: list[tuple[str, str | None]]
) -> None:
    events = _read(read_parse(text), lexicon)
    assert [(e.types[0].value.value, e.modes[0].value if e.modes else None) for e in events] == expected


@pytest.mark.parametrize(
    "text",
    [
        "The war was long.",
        "The report is about aid.",
        "The conference hall was empty.",
        "He reads the news and has no opinion.",
        "The first phase of the truce lasted a week.",
        "Southland does not agree to the terms.",
    ],
)
def test_nothing_is_told(read_parse: Callable[[str], Parse], lexicon: EventLexicon, text: str) -> None:
    assert _read(read_parse(text), lexicon) == ()


@pytest.mark.parametrize(
    ("text", "trigger", "evidence"),
    [
        ("Officials said Northland attacked Orsk on Monday.", "attacked", "Northland attacked Orsk"),
        ("The port of Orsk was shelled by rebels overnight.", "shelled", "The port of Orsk was shelled by rebels"),
        ("The militia came at dawn and abducted a priest.", "abducted", "abducted a priest"),
        ("Talks between Northland and Southland ended.", "Talks", "Talks between Northland and Southland"),
    ],
)
def test_evidence_is_the_trigger_with_what_stands_beside_it(
    read_parse: Callable[[str], Parse], lexicon: EventLexicon, text: str, trigger: str, evidence: str
) -> None:
    event = next(event for event in _read(read_parse(text), lexicon) if event.trigger.value == trigger)
    assert event.evidence.slice(text) == evidence


def test_the_violence_of_a_threat_is_threatened(read_parse: Callable[[str], Parse], lexicon: EventLexicon) -> None:
    threat, violence = _read(read_parse("Northland threatened to bomb Southland."), lexicon)
    assert (threat.types[0].value, threat.implied) == (EventType.THREATEN, None)
    assert violence.types[0].value is EventType.ASSAULT
    assert violence.implied is not None
    assert violence.implied.value.mood is Mood.THREATENED


def test_violence_beside_a_threat_is_not(read_parse: Callable[[str], Parse], lexicon: EventLexicon) -> None:
    events = _read(read_parse("Northland bombed Orsk and threatened to close the border."), lexicon)
    assert [(e.types[0].value.value, e.implied is not None) for e in events] == [
        ("ASSAULT", False),
        ("THREATEN", False),
        ("COERCE", True),
    ]


def test_a_truce_is_told_of_by_its_sides_or_as_what_begins(
    read_parse: Callable[[str], Parse], lexicon: EventLexicon
) -> None:
    def told(text: str) -> bool:
        return any("ceasefire" in {m.value for m in event.modes} for event in _read(read_parse(text), lexicon))

    assert told("A ceasefire took effect on Monday.")
    assert told("Northland and Southland agreed to a ceasefire.")
    assert not told("The envoys changed the language on a ceasefire.")


@pytest.mark.parametrize(
    ("toll", "trigger"),
    [
        ("The Front said 33 people had died.", "died"),
        ("The mayor put the number of dead at nine.", "number"),
        ("The rebels speak of 31 dead.", "dead"),
        ("Fourteen bodies had been brought in.", "brought in"),
        ("The army raised its own count to 11 militants.", "count"),
    ],
)
def test_a_count_of_the_dead_tells_of_the_act_before_it(
    read_parse: Callable[[str], Parse], lexicon: EventLexicon, toll: str, trigger: str
) -> None:
    told = _read(read_parse(f"An air strike hit the market. {toll}"), lexicon)
    assert [(event.types[0].value, event.trigger.value) for event in told[1:]] == [(EventType.ASSAULT, trigger)]
    assert told[1].actors == ()
    assert EventType.ASSAULT not in {event.types[0].value for event in _read(read_parse(toll), lexicon)}


def test_one_death_is_no_count(read_parse: Callable[[str], Parse], lexicon: EventLexicon) -> None:
    told = _read(read_parse("An air strike hit the market on May 2. The poet died in his bed on May 9."), lexicon)
    assert len(told) == 1


def test_a_word_of_two_meanings_keeps_the_one_it_was_told_with(
    read_parse: Callable[[str], Parse], lexicon: EventLexicon
) -> None:
    events = _read(read_parse("Rail workers began a strike. The strike stopped trains on Monday."), lexicon)
    assert {event.types[0].value for event in events} == {EventType.PROTEST}


def test_a_refusal_has_happened(read_parse: Callable[[str], Parse], lexicon: EventLexicon) -> None:
    (refusal,) = _read(read_parse("Southland will not attend."), lexicon)
    assert refusal.implied is not None
    assert refusal.implied.value == Axes()


def test_modes_come_most_specific_first(read_parse: Callable[[str], Parse], lexicon: EventLexicon) -> None:
    (event,) = _read(read_parse("The drone strike destroyed the bridge."), lexicon)
    assert [mode.value for mode in event.modes] == ["drone", "destroy"]


@given(st.lists(st.sampled_from(REPORT.split()), max_size=40).map(" ".join))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_spans_lie_within_any_text(parser: Parser, lexicon: EventLexicon, text: str) -> None:
    document = Document(id="test", text=text)
    parse = parser.parse(document)
    events = find_events(parse, document, lexicon)
    assert [event.head for event in events] == sorted(event.head for event in events)
    for event in events:
        assert event.trigger.span is not None
        assert event.evidence.covers(event.trigger.span)
        assert event.evidence.end <= len(text)
        assert event.evidence.end - event.evidence.start <= max(
            MAX_EVIDENCE_CHARS, event.trigger.span.end - event.trigger.span.start
        )
