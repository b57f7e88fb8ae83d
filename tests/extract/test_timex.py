"""The grammar of time expressions, reader by reader; no parse is needed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.extract.time_lexicon import TimeLexicon, open_times
from reportedly.extract.timex import READERS
from reportedly.records.claim import Timex, TimexKind

LEXICON = open_times()
DATE, TIME, DURATION, SET = TimexKind.DATE, TimexKind.TIME, TimexKind.DURATION, TimexKind.SET


def read_all(text: str, lexicon: TimeLexicon = LEXICON) -> list[Timex]:
    """Read every expression of a text, earlier rules first, as ``find_times`` does."""
    lower = text.lower()
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, Timex]] = []
    for rule in lexicon.rules:
        if not rule.may_match(lower, any(map(str.isdigit, lower))):
            continue
        for match in rule.pattern.finditer(text):
            if match.start() == match.end() or any(match.start() < end and start < match.end() for start, end in taken):
                continue
            timex = READERS[rule.reader](match, lexicon)
            if timex is not None:
                taken.append(match.span())
                found.append((match.start(), timex))
    return [timex for _, timex in sorted(found, key=lambda pair: pair[0])]


@pytest.mark.parametrize(
    ("text", "words", "kind", "value"),
    [
        ("on 2031-05-14", "2031-05-14", DATE, "2031-05-14"),
        ("dated 05/14/2031", "05/14/2031", DATE, "2031-05-14"),
        ("on May 14, 2031", "May 14, 2031", DATE, "2031-05-14"),
        ("on 14 May 2031", "14 May 2031", DATE, "2031-05-14"),
        ("on Wednesday, May 14: the vote", "Wednesday, May 14", DATE, "XXXX-05-14"),
        ("in May 2031", "May 2031", DATE, "2031-05"),
        ("since Sept. 3", "Sept. 3", DATE, "XXXX-09-03"),
        ("in the third quarter of 2030", "the third quarter of 2030", DATE, "2030-Q3"),
        ("in the 2030 third quarter", "the 2030 third quarter", DATE, "2030-Q3"),
        ("in 1974", "1974", DATE, "1974"),
        ("in the 1980s", "the 1980s", DATE, "198"),
        ("in the 19th century", "the 19th century", DATE, "18"),
        ("in the summer of 2029", "the summer of 2029", DATE, "2029-SU"),
        ("for three weeks", "three weeks", DURATION, "P3W"),
        ("for half an hour", "half an hour", DURATION, "PT0.5H"),
        ("for two and a half years", "two and a half years", DURATION, "P2Y6M"),
        ("for two decades", "two decades", DURATION, "P20Y"),
        ("for several months", "several months", DURATION, "PXM"),
        ("in recent weeks", "in recent weeks", DURATION, "PXW"),
        ("in the past four days", "the past four days", DURATION, "P4D"),
        ("the past year", "the past year", DURATION, "P1Y"),
        ("every week", "every week", SET, "P1W"),
        ("every Friday", "every Friday", SET, "XXXX-WXX-5"),
        ("each July", "each July", SET, "XXXX-07"),
        ("over Christmas", "Christmas", DATE, "XXXX-12-25"),
        ("he is now free", "now", DATE, "PRESENT_REF"),
        ("they recently met", "recently", DATE, "PAST_REF"),
        ("in the near future", "in the near future", DATE, "FUTURE_REF"),
        ("in nineteen eighty-four", "nineteen eighty-four", DATE, "1984"),
        ("Nineteen oh seven was wet", "Nineteen oh seven", DATE, "1907"),
        ("in twenty thirty-one", "twenty thirty-one", DATE, "2031"),
        ("in May, nineteen ninety-two", "May, nineteen ninety-two", DATE, "1992-05"),
        ("by the year two thousand and twelve", "the year two thousand and twelve", DATE, "2012"),
        ("in the late seventies", "the late seventies", DATE, "197"),
        ("for two more weeks", "two more weeks", DURATION, "P2W"),
        ("a week-long siege", "week-long", DURATION, "P1W"),
        ("a years-long siege", "years-long", DURATION, "PXY"),
        ("within months", "within months", DURATION, "PXM"),
        ("two days before the vote", "two days before", DURATION, "P2D"),
        ("two days before he fled", "two days before", DURATION, "P2D"),
        ("a few hours later", "a few hours later", DURATION, "PTXH"),
        ("sales for the year ended", "the year", DURATION, "P1Y"),
        ("on Mondays", "Mondays", SET, "XXXX-WXX-1"),
        ("on Monday nights", "Monday nights", SET, "XXXX-WXX-1TNI"),
        ("every quarter", "every quarter", SET, "P1Q"),
        ("in coming weeks", "in coming weeks", DATE, "FUTURE_REF"),
        ("as in past years", "in past years", DATE, "PAST_REF"),
    ],
)
def test_values_that_need_no_anchor(text: str, words: str, kind: TimexKind, value: str) -> None:
    timexes = read_all(text)
    assert [(timex.text, timex.kind, timex.value) for timex in timexes] == [(words, kind, value)]


@pytest.mark.parametrize(
    ("text", "unit", "offset", "name", "modifier", "part"),
    [
        ("yesterday", "day", -1, None, None, None),
        ("tonight", "day", 0, None, None, "TNI"),
        ("on Friday", "day", None, "friday", None, None),
        ("last Friday", "day", -1, "friday", None, None),
        ("Friday morning", "day", None, "friday", None, "TMO"),
        ("10 p.m. Friday", "day", None, "friday", None, "T22:00"),
        ("at noon", "day", 0, None, None, "T12:00"),
        ("at 17:30 local time", "day", 0, None, None, "T17:30"),
        ("last month", "month", -1, None, None, None),
        ("earlier this week", "week", 0, None, "early", None),
        ("next year", "year", 1, None, None, None),
        ("three days ago", "day", -3, None, "ago", None),
        ("a year later", "year", 1, None, "ago", None),
        ("over the weekend", "weekend", None, "weekend", None, None),
        ("by the end of the month", "month", 0, None, "late", None),
        ("on Thanksgiving", "holiday", None, "thanksgiving", None, None),
        ("in June last year", "year", -1, "June", None, None),
        ("last spring", "season", -1, "spring", None, None),
        ("this coming Friday", "day", 1, "friday", None, None),
        ("at four in the morning", "day", 0, None, None, "T04:00"),
        ("at 11 at night", "day", 0, None, None, "T23:00"),
        ("at 2 at night", "day", 0, None, None, "T02:00"),
        ("at 5 pm", "day", 0, None, None, "T17:00"),
        ("for the year as a whole", "year", 0, None, None, None),
        ("later in the week", "week", 0, None, "late", None),
        ("the latest fiscal year", "year", 0, None, None, None),
        ("two weeks before, he had fled", "week", -2, None, "ago", None),
    ],
)
def test_what_needs_an_anchor(
    text: str, unit: str, offset: float | None, name: str | None, modifier: str | None, part: str | None
) -> None:
    (timex,) = read_all(text)
    assert (timex.unit, timex.offset, timex.name, timex.modifier, timex.part) == (unit, offset, name, modifier, part)


@pytest.mark.parametrize(
    "text",
    [
        "He may march on May Street.",
        "Jan Novak resigned.",
        "He hit 1974 people.",
        "Shares closed at 2082.1 points.",
        "It runs five flights a week.",
        "A second blast hit the port.",
        "The 12-year-old fled.",
        "The fall of the town was sudden.",
        "Some 1,974 men left.",
        "The road goes nowhere.",
        "He left quarterly reports unread.",
        "Three-quarters of the flour was lost.",
        "They took a quarter of the town.",
        "Someday it may end.",
        "She was named player of the year's team.",
        "The year after was worse.",
    ],
)
def test_look_alikes(text: str) -> None:
    assert read_all(text) == []


def test_may_is_a_month_after_a_preposition() -> None:
    assert [timex.value for timex in read_all("They met in May.")] == ["XXXX-05"]


def test_every_rule_has_a_reader() -> None:
    assert {rule.reader for rule in LEXICON.rules} <= set(READERS)
    assert set(READERS) <= {rule.reader for rule in LEXICON.rules}


_VALUE = re.compile(
    r"(?:\d{2,4}|XXXX)(?:-(?:\d\d|Q[1-4]|SP|SU|FA|WI|WXX)(?:-\d{1,2})?)?"
    r"|PT?(?:\d+(?:\.\d+)?|X)[A-Z]+(?:T?\d+[A-Z])?|(?:PAST|PRESENT|FUTURE)_REF"
)

_VOCABULARY = """
last next past coming this the a in of May June 14 31 2031 1974 week weeks year years month day days Friday ago morning
earlier later two several half quarter third fiscal 10 p.m. noon every each Christmas spring 1980s century 19th now
recently
end weekend over hour and 1/2 , ' - .
"""
_WORDS = st.sampled_from(_VOCABULARY.split())


@given(st.lists(_WORDS, max_size=12).map(" ".join) | st.text(max_size=80))
def test_every_value_parses_or_is_vague(text: str) -> None:
    for timex in read_all(text):
        assert timex.text in text
        if timex.value is None:
            assert timex.unit is not None
        else:
            assert _VALUE.fullmatch(timex.value), timex
