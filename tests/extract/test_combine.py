"""Which of rules and encoder decides what."""

from collections.abc import Callable

import pytest

from reportedly.extract.combine import KEEPS, RECALLS, is_event, judge_triggers, settle_status, settle_trigger
from reportedly.extract.mentions import EventMention, Judgement, StatusReading
from reportedly.extract.parse import Parse
from reportedly.extract.triggers import Trigger
from reportedly.records.claim import Axes, Mood, Status, Tense, derive_status
from reportedly.records.ontology import EventType
from reportedly.records.spans import Field, Span

SPAN = Span(0, 6)


def make_trigger(*, specific: bool) -> Trigger:
    return Trigger(0, (0,), EventType.ASSAULT, None, specific)


def make_judgement(event: float = 0.9, historical: float = 0.0) -> Judgement:
    statuses = dict.fromkeys(Status, 0.0) | {Status.HISTORICAL: historical, Status.OCCURRED: 1 - historical}
    return Judgement(event, statuses, 0.0)


@pytest.mark.parametrize(
    ("specific", "event", "kept"),
    [(False, KEEPS, True), (False, KEEPS - 0.01, False), (True, 0.0, True), (False, None, True)],
)
def test_the_encoder_decides_about_bare_words_alone(specific: bool, event: float | None, kept: bool) -> None:
    judgements = {} if event is None else {0: make_judgement(event)}
    assert is_event(make_trigger(specific=specific), judgements) is kept


def test_the_record_says_who_set_the_trigger() -> None:
    bare, specific = make_trigger(specific=False), make_trigger(specific=True)
    judgements = {0: make_judgement(0.83)}
    by_rule = Field("strike", SPAN, "rule:lexicon", 0.7)
    assert settle_trigger(by_rule, bare, judgements) == Field("strike", SPAN, "encoder:event", 0.83)
    assert settle_trigger(by_rule, bare, {}) == by_rule
    assert settle_trigger(by_rule, specific, judgements) == by_rule


@pytest.mark.parametrize(
    ("text", "word", "axes", "historical", "status"),
    [
        ("He fled after the shelling of 1971.", "shelling", Axes(), RECALLS, Status.HISTORICAL),
        ("He fled after the shelling of 1971.", "shelling", Axes(), RECALLS - 0.01, Status.OCCURRED),
        ("It was the first strike since 1971.", "strike", Axes(), 1.0, Status.OCCURRED),
        (
            "He spoke of the strike of next week.",
            "strike",
            Axes(time=Tense.FUTURE, mood=Mood.PLANNED),
            1.0,
            Status.PLANNED,
        ),
    ],
)
def test_the_encoder_recalls_history_that_is_told_in_passing(
    read_parse: Callable[[str], Parse], text: str, word: str, axes: Axes, historical: float, status: Status
) -> None:
    parse = read_parse(text)
    token = next(token for token in parse.tokens if token.text == word)
    event = EventMention(
        head=token.i,
        trigger=Field(word, token.span, "rule:lexicon"),
        types=(Field(EventType.ASSAULT, token.span, "rule:lexicon"),),
        evidence=token.span,
        judgement=make_judgement(historical=historical),
    )
    settled = settle_status(parse, StatusReading(Field(axes, token.span, "rule:tense", 0.8)), event)
    assert derive_status(settled.axes.value) is status
    assert (settled.axes.by == "encoder:status") is (status is Status.HISTORICAL)


def test_without_an_encoder_nothing_is_judged(read_parse: Callable[[str], Parse]) -> None:
    parse = read_parse("Strikes hit the port.")
    assert judge_triggers(parse, [make_trigger(specific=False)], None) == {}
