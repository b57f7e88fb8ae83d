"""How events stand: every status with its look-alikes, stages, conditions and axes."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.extract.mentions import EventMention, StatusReading
from reportedly.extract.parse import Parser
from reportedly.extract.status import StatusCues, open_status, read_status
from reportedly.extract.times import find_times, open_times
from reportedly.records.claim import Axes, Certainty, Mood, Polarity, Tense, derive_status
from reportedly.records.document import Document, Publication, TimePrecision
from reportedly.records.ontology import EventType
from reportedly.records.spans import Field

pytestmark = pytest.mark.slow

PUBLISHED = Publication("2031-05-14", TimePrecision.DAY, False, "given", True)
Read = Callable[..., StatusReading]


@pytest.fixture(scope="module")
def cues() -> StatusCues:
    return open_status()


@pytest.fixture(scope="module")
def read(parser: Parser, cues: StatusCues) -> Read:
    """Read the status of the event that one word of a text evokes (the last one with that form)."""
    lexicon = open_times()

    def read_word(
        text: str, word: str, kind: EventType = EventType.ASSAULT, implied: Axes | None = None
    ) -> StatusReading:
        document = Document(id="test", text=text, published=PUBLISHED)
        parse = parser.parse(document)
        token = [token for token in parse.tokens if token.text == word][-1]
        event = EventMention(
            head=token.i,
            trigger=Field(token.text, token.span, "test"),
            types=(Field(kind, token.span, "test"),),
            evidence=token.span,
            implied=Field(implied, token.span, "test") if implied else None,
        )
        return read_status(parse, event, find_times(parse, document, lexicon), document, cues)

    return read_word


SENTENCES = [
    ("occurred", "Rebels shelled the port of Belmora.", "shelled"),
    ("occurred", "The raid on Belmora killed six people.", "raid"),
    ("planned", "Norland to shell rebel bases near Belmora", "shell"),
    ("planned", "The air force is to strike rebel camps near Belmora.", "strike"),
    ("planned", "He will be jailed when he is released by the rebels.", "released"),
    ("denied", "Norland rejected accusations that it had shelled Belmora.", "shelled"),
    ("undecided", "Norland has not decided whether to shell Belmora.", "shell"),
    ("occurred", "The army managed to capture Belmora.", "capture"),
    ("occurred", "Troops helped release the hostages.", "release"),
    ("occurred", "He was the first rebel to surrender.", "surrender"),
    ("occurred", "Norland condemned the attack on Sudmark.", "attack"),
    ("occurred", "The minister will visit the site of the attack.", "attack"),
    ("occurred", "The council called for an inquiry into the killing of two monks.", "killing"),
    ("occurred", "He did not only attack the port but burned it.", "attack"),
    ("occurred", "Norland ended its blockade of the port.", "blockade"),
    ("occurred", "The envoy called the bombing a crime.", "bombing"),
    ("occurred", "Norland proposed talks after its allies attacked the port.", "attacked"),
    ("occurred", "Many homes were lost due to the bombing of the port.", "bombing"),
    ("occurred", "The raid on the port was intended to frighten Sudmark.", "raid"),
    ("ongoing", "Troops are shelling the port of Belmora.", "shelling"),
    ("ongoing", "The navy has blockaded the port since March.", "blockaded"),
    ("ongoing", "Clashes continue in Belmora.", "Clashes"),
    ("ongoing", "The war in Norland has displaced thousands.", "war"),
    ("ongoing", "Markets closed amid clashes in Belmora.", "clashes"),
    ("planned", "Norland plans to attack Sudmark.", "attack"),
    ("planned", "The president ordered strikes on the camps.", "strikes"),
    ("planned", "The two leaders will meet in Belmora on Friday.", "meet"),
    ("planned", "The upcoming talks alarmed Sudmark.", "talks"),
    ("planned", "The talks are scheduled for next week.", "talks"),
    ("planned", "The goal was to capture the president.", "capture"),
    ("planned", "Lawmakers agreed to lift the ban.", "lift"),
    ("planned", "He said the army would withdraw.", "withdraw"),
    ("possible", "The rebels might attack the port.", "attack"),
    ("possible", "Residents fear an attack on the port.", "attack"),
    ("possible", "Analysts warned of a possible coup.", "coup"),
    ("possible", "He is suspected of bombing the station.", "bombing"),
    ("possible", "Norland did not rule out strikes.", "strikes"),
    ("conditional", "Norland will attack if Sudmark closes the strait.", "attack"),
    ("conditional", "Norland will attack if Sudmark closes the strait.", "closes"),
    ("conditional", "Should Sudmark close the strait, Norland will respond with strikes.", "strikes"),
    ("conditional", "An attack on the island would trigger a war.", "attack"),
    ("conditional", "The border stays shut until Sudmark withdraws its troops.", "withdraws"),
    ("threatened", "Norland threatened to bomb the dam.", "bomb"),
    ("threatened", "Norland threatened Sudmark with sanctions.", "sanctions"),
    ("threatened", "Norland warned that it would bomb the dam.", "bomb"),
    ("threatened", "The threat of strikes remains.", "strikes"),
    ("demanded", "Norland demanded that Sudmark withdraw its troops.", "withdraw"),
    ("demanded", "Protesters called for a ceasefire.", "ceasefire"),
    ("demanded", "The council urged Norland to release the prisoners.", "release"),
    ("demanded", '"Release the prisoners," he said.', "Release"),
    ("demanded", "The two sides must halt the fighting, the envoy said.", "halt"),
    ("undecided", "No decision has been made on strikes against the camps.", "strikes"),
    ("undecided", "It is unclear whether Norland will attack.", "attack"),
    ("denied", "Norland denied bombing the hospital.", "bombing"),
    ("denied", "The ministry denied that its jets struck the hospital.", "struck"),
    ("negated", "Norland did not attack the convoy.", "attack"),
    ("negated", "Guards prevented an attack on the embassy.", "attack"),
    ("negated", "The minister refused to meet the envoy.", "meet"),
    ("negated", "No attack took place.", "attack"),
    ("negated", "The army left without attacking the village.", "attacking"),
    ("negated", "The government denied a request for a visa.", "request"),
    ("historical", "Norland invaded Sudmark in 1974.", "invaded"),
    ("historical", "The crowd marked the anniversary of the massacre.", "massacre"),
]


@pytest.mark.parametrize(
    ("status", "text", "word"), SENTENCES, ids=[f"{s[0]}-{s[2]}-{n}" for n, s in enumerate(SENTENCES)]
)
def test_status(read: Read, status: str, text: str, word: str) -> None:
    assert derive_status(read(text, word).axes.value).value == status


@pytest.mark.parametrize(
    ("stage", "text", "word"),
    [
        ("considered", "Ministers are weighing airstrikes on the camps.", "airstrikes"),
        ("prepared", "The army is preparing an assault on Belmora.", "assault"),
        ("prepared", "The army attempted to storm the palace.", "storm"),
        ("ordered", "Norland authorised strikes on the camps.", "strikes"),
        ("announced", "The minister pledged to send aid.", "send"),
        ("announced", "The two leaders will meet in Belmora.", "meet"),
    ],
)
def test_stage(read: Read, stage: str, text: str, word: str) -> None:
    found = read(text, word).stage
    assert found is not None
    assert found.value.value == stage


def test_only_a_plan_has_a_stage(read: Read) -> None:
    assert read("Rebels shelled the port.", "shelled").stage is None
    assert read("The rebels might attack the port.", "attack").stage is None


@pytest.mark.parametrize(
    ("text", "word", "condition"),
    [
        (
            "Norland will attack if Sudmark closes the strait.",
            "attack",
            "if Sudmark closes the strait",
        ),
        (
            "Strike packages are ready should the rebels or their allies resist the blockade.",
            "Strike",
            "should the rebels or their allies resist the blockade",
        ),
        ("Norland will not attack unless Sudmark closes the strait.", "attack", "unless Sudmark closes the strait"),
        (
            "Norland will recognise Sudmark upon the release of all hostages.",
            "recognise",
            "upon the release of all hostages",
        ),
    ],
)
def test_the_condition_is_kept_as_a_span(read: Read, text: str, word: str, condition: str) -> None:
    field = read(text, word).condition
    assert field is not None
    assert field.value == condition
    assert field.span is not None
    assert field.span.slice(text) == condition


def test_an_if_that_is_a_question_is_no_condition(read: Read) -> None:
    assert read("Reporters asked if he met the envoy.", "asked").condition is None


def test_the_words_that_decide_are_shown(read: Read) -> None:
    text = "The ministry denied that its jets struck the hospital."
    axes = read(text, "struck").axes
    assert axes.span is not None
    assert axes.span.slice(text) == "denied"
    assert axes.by == "rule:denial"


def test_axes_keep_what_the_label_drops(read: Read) -> None:
    axes = read("The rebels might not attack the port.", "attack").axes.value
    assert axes == Axes(Polarity.NEGATIVE, Certainty.POSSIBLE, Tense.PAST, Mood.ASSERTED)


def test_what_the_construction_implies_wins(read: Read) -> None:
    implied = Axes(time=Tense.FUTURE, mood=Mood.THREATENED)
    assert read("Norland spoke of strikes.", "strikes", implied=implied).axes.value == implied


def test_an_assembly_performs_the_act_of_speech_it_is_held_for(read: Read) -> None:
    text = "Thousands rallied to denounce the law."
    assert derive_status(read(text, "denounce", EventType.ACCUSE).axes.value).value == "occurred"
    assert derive_status(read(text, "denounce", EventType.ASSAULT).axes.value).value == "planned"


def test_a_hedge_lowers_certainty_and_not_the_label(read: Read) -> None:
    axes = read("The army reportedly shelled the port.", "shelled").axes.value
    assert axes.certainty is Certainty.PROBABLE
    assert derive_status(axes).value == "occurred"


@given(st.text(max_size=200))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_can_be_read(parser: Parser, cues: StatusCues, text: str) -> None:
    document = Document(id="d", text=text, published=PUBLISHED)
    parse = parser.parse(document)
    times = find_times(parse, document, open_times())
    for token in parse.tokens:
        event = EventMention(
            token.i, Field(token.text, token.span, "t"), (Field(EventType.AID, token.span, "t"),), token.span
        )
        reading = read_status(parse, event, times, document, cues)
        for field in (reading.condition, *reading.hedges):
            assert field is None or (field.span is not None and field.span.slice(text) == field.value)
