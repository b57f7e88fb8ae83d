"""What a sentence shows by its own words, and what it only seems to."""

import msgspec
import pytest

from reportedly.records.claim import Figure, Source, Status
from reportedly.records.ontology import EventType
from reportedly.records.spans import Field, Span
from reportedly.records.stored import StoredClaim
from reportedly.watch.lexicon import open_marks
from reportedly.watch.marks import (
    are_of_one_day,
    count_speakers,
    is_of_author,
    is_refusal,
    is_unnamed,
    keep_shown,
    share_words,
    shows_figure,
    shows_source,
    shows_status,
)
from tests.link.situations import make_claim, make_head

MARKS = open_marks()
HEAD = make_head("wire", "Harbour Wire")


def locate(sentence: str, words: str) -> Span:
    start = sentence.rindex(words)
    return Span(start, start + len(words))


def make(sentence: str, trigger: str, status: Status = Status.OCCURRED) -> StoredClaim:
    item = make_claim("a", HEAD, status=status, sentence=sentence)
    span = locate(sentence, trigger)
    claim = msgspec.structs.replace(item.claim, evidence=span, trigger=Field(trigger, span, "rule:lexicon"))
    return msgspec.structs.replace(item, claim=claim)


@pytest.mark.parametrize(
    ("sentence", "trigger", "status"),
    [
        ("Jets struck the port, the mayor said.", "struck", Status.OCCURRED),
        ("Crowds marched against the bombing of Oldport.", "bombing", Status.OCCURRED),
        ("A curfew has kept forty thousand indoors since Friday.", "curfew", Status.OCCURRED),
        ("The strike was the second this month.", "strike", Status.OCCURRED),
        ("If rain comes, they will wait, but jets struck the port on Friday.", "struck", Status.OCCURRED),
        ("The army is still shelling the port.", "shelling", Status.ONGOING),
        ("The army will leave the port on Friday.", "leave", Status.PLANNED),
        ("Officials spoke of plans for a strike on the port.", "strike", Status.PLANNED),
        ("Lorra threatened to close the crossing.", "close", Status.THREATENED),
        ("The general called for new strikes.", "strikes", Status.DEMANDED),
        ("Any strike would end the truce unless it was agreed.", "strike", Status.CONDITIONAL),
        ("The minister may resign.", "resign", Status.POSSIBLE),
        ("The president has not decided whether to order an attack.", "attack", Status.UNDECIDED),
        ("The ministry denied that jets struck the port.", "struck", Status.DENIED),
        ("No shot was fired.", "fired", Status.NEGATED),
    ],
)
def test_a_status_that_its_sentence_shows(sentence: str, trigger: str, status: Status) -> None:
    assert shows_status(make(sentence, trigger, status), MARKS)


@pytest.mark.parametrize(
    ("sentence", "trigger", "status"),
    [
        ("Jets will strike the port.", "strike", Status.OCCURRED),
        ("The Front will answer if it happens again, its spokesman warned.", "warned", Status.OCCURRED),
        ("They will begin with the hill from which the port was shelled.", "shelled", Status.OCCURRED),
        ("The army may have shelled the port.", "shelled", Status.OCCURRED),
        ("The general called on Friday for new air strikes.", "strikes", Status.OCCURRED),
        ("The envoy went to Oldport to hold talks.", "talks", Status.OCCURRED),
        ("The paper retracts its report that the leader was killed.", "killed", Status.OCCURRED),
        ("It was not clear who sent the drone.", "sent", Status.OCCURRED),
        ("Was the port shelled?", "shelled", Status.OCCURRED),
        ('"The port was shelled', "shelled", Status.OCCURRED),
        ("The army retook the town in May.", "retook", Status.PLANNED),
        ("Lorra will close the crossing if a bomb falls.", "close", Status.PLANNED),
        ("Tolland will reply to Tuesday's expulsion of an envoy.", "expulsion", Status.PLANNED),
        ("The curfew will be lifted when those who laid the bombs are found.", "lifted", Status.PLANNED),
        ("Nobody had gone back to work in spite of the threat of dismissals.", "dismissals", Status.THREATENED),
        ("Brazil offered to host talks.", "talks", Status.PLANNED),
        ("An attack, if confirmed, could be a crime.", "attack", Status.CONDITIONAL),
        ("Men suspected of the attack were held.", "attack", Status.POSSIBLE),
        ("Diplomats do not rule out talks.", "talks", Status.NEGATED),
        ("That he was killed is not in dispute.", "killed", Status.NEGATED),
        ("The group vowed revenge for the killing of its leader.", "killing", Status.THREATENED),
        ("Diplomats do not rule out talks.", "talks", Status.DENIED),
        ("The government dismissed the sanctions.", "sanctions", Status.DENIED),
        ("The army had shelled the port in 1998.", "shelled", Status.HISTORICAL),
        ('"They may ban our ships, they cannot ban the wind," he said.', "ban our", Status.POSSIBLE),
        ("They want him out before the committee that is investigating him has met.", "investigating", Status.ONGOING),
        ("The base lies below the ridge where the general was killed.", "killed", Status.OCCURRED),
        ("The rebels who left Oldport on Friday were not hurt.", "left", Status.OCCURRED),
        ("A colonel promised that there would be no third attack.", "attack", Status.NEGATED),
        ("The measure will stand until the army withdraws from Oldport.", "withdraws", Status.CONDITIONAL),
        ("They will withdraw from Oldport on Friday.", "withdraw", Status.PLANNED),
        ('"They may ban our ships, they cannot ban the wind," he said.', "ban the", Status.NEGATED),
        ("Tanks came after the arrest of men accused of planning a coup.", "coup", Status.PLANNED),
        ("The ministry that had denied any strike gave them a day.", "strike", Status.DENIED),
        (
            "The two states are to meet in Oldport on Friday, although Lorra has not lifted the ban.",
            "lifted",
            Status.NEGATED,
        ),
        ("The Front holds a third of the province and is funded by Lorra.", "funded", Status.OCCURRED),
        ("The curfew runs from nine in the evening to five.", "curfew", Status.OCCURRED),
        ("About 600 soldiers are still stationed there.", "stationed", Status.OCCURRED),
        ("First it throws out an officer, and then it wonders.", "throws out", Status.OCCURRED),
        ("Nothing has been heard of the boat since she was hijacked on Tuesday.", "hijacked", Status.OCCURRED),
    ],
)
def test_a_status_that_was_misread_is_not_told(sentence: str, trigger: str, status: Status) -> None:
    assert not shows_status(make(sentence, trigger, status), MARKS)
    assert keep_shown(make(sentence, trigger, status), MARKS) is None


@pytest.mark.parametrize(
    ("sentence", "source", "shown"),
    [
        ("The harbour master said jets struck.", "The harbour master", True),
        ("Jets struck, according to the harbour master.", "the harbour master", True),
        ("Jets struck, a hospital in the capital Oldport said.", "Oldport", False),
        ("Lorra appealed to the Security Council over the strike.", "the Security Council", False),
        ("The port was shelled near the harbour master.", "the harbour master", False),
        ("Jets struck twice; the harbour master said once.", "the harbour master", False),
        ("Jets struck the port, and then, the harbour master says, the town.", "the harbour master", False),
    ],
)
def test_a_source_opens_its_clause_and_speaks(sentence: str, source: str, shown: bool) -> None:
    item = make_claim("a", HEAD, sentence=sentence)
    assert shows_source(item, Source(source, locate(sentence, source)), MARKS) is shown


def test_a_source_of_another_sentence_is_not_shown() -> None:
    item = make_claim("a", HEAD, sentence="It said jets struck the port.")
    source = Source("The ministry", Span(200, 212))
    item = msgspec.structs.replace(item, claim=msgspec.structs.replace(item.claim, chain=(source,)))
    kept = keep_shown(item, MARKS)
    assert kept is not None
    assert kept.claim.chain == ()


@pytest.mark.parametrize(
    ("sentence", "words", "key", "low", "high", "shown"),
    [
        ("Jets killed twelve sailors.", "twelve sailors", "killed", 12, 12, True),
        ("Jets killed twelve sailors.", "twelve sailors", "killed", 13, 13, False),
        ("Jets killed at least twelve sailors.", "twelve sailors", "killed", 12, 12, False),
        ("Jets killed at least twelve sailors.", "at least twelve sailors", "killed", 12, None, True),
        ("Twelve sailors slept, and two were killed.", "Twelve sailors", "killed", 12, 12, False),
        ("Seven of the 12 officers were freed.", "Seven of the 12 officers", "officers", 7, 7, False),
        ("Jets dropped four bombs.", "four bombs", "bombs", 4, 4, True),
        ("A sailor was killed.", "A sailor", "killed", 1, 1, True),
        ("No civilian was killed.", "No civilian", "killed", 0, 0, True),
        ("Dozens were killed.", "Dozens", "killed", 24, None, False),
        ("With eleven votes to two the council agreed.", "eleven votes", "votes", 11, 11, False),
        ("At least 16 sailors were killed and 40 wounded.", "40", "injured", 40, 40, False),
        ("Three sailors were killed and 40 wounded.", "40", "injured", 40, 40, True),
        ("The food comes on top of the 800 tents.", "800 tents", "tents", 800, 800, True),
        ("Two men were arrested at the port.", "Two men", "detained", 2, 2, True),
        ("Two men arrested at the port were released.", "Two men", "detained", 2, 2, False),
        ("Three missing sailors were found.", "Three missing sailors", "missing", 3, 3, False),
        ("Seven of the 12 men detained were freed.", "Seven of the 12 men", "detained", 12, 12, False),
    ],
)
def test_a_figure_stands_beside_what_it_counts(
    sentence: str, words: str, key: str, low: int, high: int | None, shown: bool
) -> None:
    field = Field(Figure(key, low, high), locate(sentence, words), "rule:n")
    assert shows_figure(make_claim("a", HEAD, sentence=sentence), field, MARKS) is shown


@pytest.mark.parametrize(
    ("sentence", "words", "source", "kept"),
    [
        ("The town mourned after shells fell, which it said killed 18 sailors.", "18 sailors", None, False),
        ("Shells killed 18 sailors.", "18 sailors", None, True),
        ("Shells killed 18 sailors, the mayor said.", "18 sailors", "the mayor", True),
        ("The mayor said shells fell on the port, residents counted 18 killed.", "18", "The mayor", False),
    ],
)
def test_a_figure_is_kept_with_who_gives_it(sentence: str, words: str, source: str | None, kept: bool) -> None:
    item = make(sentence, "killed")
    field = Field(Figure("killed", 18, 18), locate(sentence, words), "rule:n")
    chain = (Source(source, locate(sentence, source)),) if source else ()
    item = msgspec.structs.replace(item, claim=msgspec.structs.replace(item.claim, figures=(field,), chain=chain))
    shown = keep_shown(item, MARKS)
    assert bool(shown is not None and shown.claim.figures) is kept


def test_what_is_held_at_arms_length_is_not_told_by_nobody() -> None:
    assert keep_shown(make("Several sites had claimed that jets struck the port.", "struck"), MARKS) is None
    assert keep_shown(make("He is thought to have paid the men who shelled the port.", "shelled"), MARKS) is None
    assert keep_shown(make("The town accused Lorra on Friday.", "accused"), MARKS) is not None


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("The rebels, she told them, attacked the port.", False),
        ("The rebels attacked the port, it was said on Friday.", False),
        ("The rebels attacked the port, where he spoke and said little of it on the day.", True),
        ("The rebels attacked the port on Friday, killing nine.", True),
    ],
)
def test_what_somebody_unnamed_puts_in_is_not_told(sentence: str, kept: bool) -> None:
    assert (keep_shown(make(sentence, "attacked"), MARKS) is not None) is kept


def test_speakers_are_counted_outside_quotations() -> None:
    assert count_speakers('The mayor said "they told us nothing".', MARKS) == 1
    assert count_speakers("Lorra denied it, and the army said the same.", MARKS) == 2
    assert count_speakers("A group that calls itself the Gulls spoke of what it called a raid.", MARKS) == 0


def test_a_denial_of_the_deed_and_a_refusal() -> None:
    assert is_of_author("The group has denied any role in the blast.", MARKS)
    assert is_of_author("It denies having bombed the port.", MARKS)
    assert not is_of_author("The ministry denied that jets struck the port.", MARKS)
    assert is_refusal(make("Lorra refused to recognise the vote.", "recognise", Status.NEGATED), MARKS)
    assert not is_refusal(make("Lorra has not recognised the vote.", "recognised", Status.NEGATED), MARKS)


def test_who_is_unnamed() -> None:
    assert is_unnamed("two government officials", MARKS)
    assert not is_unnamed("officials of the Lorran Ministry", MARKS)
    assert not is_unnamed("figures", MARKS)


def test_sentences_of_one_matter_share_words_and_a_day() -> None:
    assert share_words("Jets struck the harbour of Oldport.", "Oldport harbour was struck.", MARKS) == 3
    assert share_words("He said that they were there.", "They said that it was there.", MARKS) == 0
    assert are_of_one_day("on Monday", "on Friday, after Monday's strike")
    assert are_of_one_day("on Monday", "in May")
    assert not are_of_one_day("on Monday", "on Friday")


@pytest.mark.parametrize(
    ("sentence", "trigger", "shown"),
    [
        ("Lorra threatened a duty on timber.", "threatened", True),
        ("Lorra shut its port, carrying out a threat.", "threat", False),
        ("Lorra shut its port as it had threatened to.", "threatened", False),
        ("Lorra left the table because Tolland threatens it.", "threatens", False),
        ("The bishop asked the coastguard what it did.", "asked", False),
        ("Barbers near the barracks have been told to hire.", "told", False),
    ],
)
def test_a_call_or_a_threat_is_told_where_its_sentence_makes_it(sentence: str, trigger: str, shown: bool) -> None:
    item = make(sentence, trigger)
    claim = msgspec.structs.replace(item.claim, type=Field(EventType.THREATEN, None, "rule:lexicon"))
    assert shows_status(msgspec.structs.replace(item, claim=claim), MARKS) is shown
