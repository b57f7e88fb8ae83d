"""Sentences that a brief leaves out, whatever they show."""

import msgspec
import pytest

from reportedly.records.claim import Source, Status
from reportedly.records.ontology import EventType
from reportedly.records.stored import StoredClaim
from reportedly.watch.lexicon import open_marks
from reportedly.watch.marks import keep_shown
from reportedly.watch.plain import is_of_now, is_plain
from tests.watch.test_marks import locate, make

MARKS = open_marks()


def is_told(item: StoredClaim) -> bool:
    kept = keep_shown(item, MARKS)
    return kept is not None and is_plain(kept, MARKS)


def with_source(item: StoredClaim, source: str, cue: str) -> StoredClaim:
    chain = (Source(source, locate(item.sentence, source), locate(item.sentence, cue)),)
    return msgspec.structs.replace(item, claim=msgspec.structs.replace(item.claim, chain=chain))


def of_type(item: StoredClaim, kind: EventType) -> StoredClaim:
    field = msgspec.structs.replace(item.claim.type, value=kind)
    return msgspec.structs.replace(item, claim=msgspec.structs.replace(item.claim, type=field))


@pytest.mark.parametrize(
    ("sentence", "trigger", "status"),
    [
        ("Jets struck the port on Friday.", "struck", Status.OCCURRED),
        ("The curfew in Oldport was lifted on Friday.", "curfew", Status.OCCURRED),
        ("The army will leave the port on Friday.", "leave", Status.PLANNED),
        ("There was heavy shelling of the port on Friday.", "shelling", Status.OCCURRED),
        ("A raid on the port killed two sailors.", "raid", Status.OCCURRED),
        ("Bail may be granted on Saturday.", "granted", Status.POSSIBLE),
        ("No troops have left their barracks.", "left", Status.NEGATED),
        ("Lorra threatened to close the crossing.", "close", Status.THREATENED),
        ("Two days after jets struck the port, the mayor resigned.", "resigned", Status.OCCURRED),
    ],
)
def test_plain_sentences_are_told(sentence: str, trigger: str, status: Status) -> None:
    assert is_told(make(sentence, trigger, status))


@pytest.mark.parametrize(
    ("sentence", "trigger", "status"),
    [
        ("It struck the port on Friday.", "struck", Status.OCCURRED),
        ("On Friday our lions struck the port.", "struck", Status.OCCURRED),
        ("Jets apparently struck the port on Friday.", "struck", Status.OCCURRED),
        ("By some accounts jets struck the port.", "struck", Status.OCCURRED),
        ("Jets struck the port, the skipper complained.", "struck", Status.OCCURRED),
        ("Parliament votes on that on Friday.", "votes", Status.OCCURRED),
        ("Unions have called a boycott of the vote.", "boycott", Status.OCCURRED),
        ("The minister met envoys ahead of a summit of leaders.", "summit", Status.OCCURRED),
        ("The accord obliged it to admit all ships.", "admit", Status.OCCURRED),
        ("Uganda first offered and then un-offered help.", "offered", Status.OCCURRED),
        ("Tavaria's strike committee met on Friday.", "strike", Status.OCCURRED),
        ("Funerals may be attended by twenty people.", "attended", Status.POSSIBLE),
        ("The exchange of prisoners stalled over eleven names.", "exchange", Status.OCCURRED),
        ("The city was full of stories: the guards had mutinied.", "mutinied", Status.OCCURRED),
        ("Lorra had proposed a mission, restricted to the port.", "restricted", Status.OCCURRED),
        ("A cabinet that would never meet the rebels until they left met them.", "meet", Status.NEGATED),
        ("Two were freed.", "freed", Status.OCCURRED),
        ("Congress voted before the deal had been signed.", "signed", Status.OCCURRED),
        ("Lorra would reconsider its withdrawal if duties were lifted.", "withdrawal", Status.CONDITIONAL),
        ("The mayor was unaware of any shelling of the port.", "shelling", Status.OCCURRED),
        ("The tribunal dropped a charge of insulting the president.", "insulting", Status.OCCURRED),
        ("On Friday the council decided on their release.", "release", Status.OCCURRED),
        ("Police stopped a rebel called Issa.", "called", Status.OCCURRED),
        ("A faction stopped short of saying it will fight.", "fight", Status.PLANNED),
        ("Troops left; the envoy may return on Friday.", "return", Status.POSSIBLE),
        ("The council met after two sides threatened to close the port.", "close", Status.THREATENED),
        ("Whether they will be released has not been decided.", "released", Status.NEGATED),
        ("Church leaders urged the army not to arm guards.", "arm", Status.NEGATED),
        ("A spokesman knew of no decision on cancelling the exercise.", "exercise", Status.NEGATED),
    ],
)
def test_what_is_not_plain_is_left_out(sentence: str, trigger: str, status: Status) -> None:
    assert not is_told(make(sentence, trigger, status))


def test_who_speaks_is_named_or_the_sentence_is_left_out() -> None:
    item = make("Jets struck the port, the mayor observed.", "struck")
    assert not is_told(item)
    said = make("Jets struck the port, the mayor said.", "struck")
    assert is_told(with_source(said, "the mayor", "said"))
    two = make("Jets struck the port, the mayor said, and the governor confirmed it.", "struck")
    assert not is_told(with_source(two, "the mayor", "said"))
    beside = make("Prices doubled on Friday, brokers said, a day after jets struck the port.", "struck")
    assert not is_told(with_source(beside, "brokers", "said"))
    nameless = make("According to them, jets struck the port.", "struck")
    assert not is_told(with_source(nameless, "them", "According to"))
    first = make("Herdsmen say they have lost all, two weeks after jets struck the port.", "struck")
    assert not is_told(with_source(first, "Herdsmen", "say"))
    within = make("The mayor said that a day after the vote jets struck the port.", "struck")
    assert is_told(with_source(within, "The mayor", "said"))


@pytest.mark.parametrize(
    ("sentence", "source", "cue"),
    [
        ("Nobody was hurt when jets struck the port, it adds.", "Nobody", "adds"),
        ("The attorney general said the transfer showed that jets struck the port.", "the transfer", "said"),
        ("Jets struck the port and, according to the union, two boats.", "the union", "according to"),
        ("Jets struck the port, eleven of those interviewed said.", "eleven of those", "said"),
    ],
)
def test_nobody_is_named_who_does_not_say_it(sentence: str, source: str, cue: str) -> None:
    kept = keep_shown(with_source(make(sentence, "struck"), source, cue), MARKS)
    assert kept is None or kept.claim.chain == ()


@pytest.mark.parametrize(
    ("sentence", "trigger", "kind", "told"),
    [
        ("The bishop demanded an inquiry.", "demanded", EventType.REQUEST, True),
        ("The director was summoned by parliament.", "summoned", EventType.REQUEST, False),
        ("Finland was asked to lend divers.", "asked", EventType.REQUEST, True),
        ("Staal asked a guard for the way to the sea.", "asked", EventType.REQUEST, False),
        ("Both promised to send envoys.", "promised", EventType.AGREE, False),
        ("Egypt promised to send envoys.", "promised", EventType.AGREE, True),
        ("The crowd promised not to leave.", "promised", EventType.AGREE, False),
    ],
)
def test_a_call_and_a_promise_are_so_by_their_own_word(
    sentence: str, trigger: str, kind: EventType, told: bool
) -> None:
    assert is_told(of_type(make(sentence, trigger), kind)) is told


def test_a_toll_of_an_earlier_year_is_none_of_now() -> None:
    assert is_of_now("Seven men died on Friday.")
    assert not is_of_now("Seven men died there a year ago.")
