"""Which reports tell the same, by their own words."""

import pytest

from reportedly.records.claim import Status
from reportedly.records.stored import StoredClaim
from reportedly.watch.alike import find_alike, get_words, tells_alike
from reportedly.watch.lexicon import open_marks
from tests.link.situations import make_head
from tests.watch.test_checks import make_evidence, make_struck, make_told

MARKS = open_marks()
WIRE = make_head("wire", "Harbour Wire", day="2025-06-02")
POST = make_head("post", "Oldport Post", day="2025-06-02")
COLUMN = ("Lorran tanks crossed the Brankov pass", " on Sunday.")


def count(*items: StoredClaim) -> int:
    evidence = make_evidence(*items)
    return len(find_alike(evidence.event, evidence.claims, MARKS))


@pytest.mark.parametrize(
    ("words", "rest", "counted"),
    [
        ("Tanks from Lorra crossed the Brankov pass", ".", 2),
        ("Several sites had claimed that Lorran tanks crossed the Brankov pass", ".", 0),
        ("Lorran tanks crossed the Brankov pass", ", Harbour Wire reports.", 0),
        ("Harbour Wire and others confirm that Lorran tanks crossed the Brankov pass", ".", 0),
        ("Lorran tanks crossed the Brankov pass", ", somebody said.", 0),
        ("Lorran tanks left the Ostrel barracks", ".", 0),
        ("Lorran tanks crossed the Brankov pass", " on Friday.", 0),
    ],
)
def test_only_reports_whose_words_tell_it_are_counted(words: str, rest: str, counted: int) -> None:
    other = make_struck("b", words, rest, head=POST)
    assert count(make_struck("a", *COLUMN, head=WIRE), other) == (counted or 1)


def test_a_toll_that_differs_is_not_told_alike() -> None:
    four = make_struck("a", "Shells killed four dockers in Oldport harbour", head=WIRE)
    seven = make_struck("b", "Shells killed seven dockers in Oldport harbour", head=POST)
    assert not tells_alike(four, seven, MARKS)
    assert tells_alike(four, four, MARKS)


def test_the_words_of_which_others_leave_out_least_stand_for_all() -> None:
    more = make_struck("a", "Lorra has supplied attack drones to the Harbour Front", head=WIRE)
    less = make_struck("b", "Lorra sent drones to the Harbour Front", head=POST)
    evidence = make_evidence(more, less)
    first, *others = find_alike(evidence.event, evidence.claims, MARKS)
    assert (first.claim.id, len(others)) == ("b", 1)


def test_words_that_cannot_be_read_alone_stand_for_nobody() -> None:
    torn = make_told("a", "The mayor spoke of it, and shells fell.", "shells fell", Status.OCCURRED, head=WIRE)
    assert count(torn) == 0


def test_words_do_not_end_within_a_name() -> None:
    item = make_struck("a", "Lorra reopened the Brankov", " crossing to goods on Friday.", head=WIRE)
    assert get_words(item) == "Lorra reopened the Brankov crossing"


def test_a_verb_without_its_object_is_cut() -> None:
    item = make_struck("a", "Jets struck the port of Oldport, killing", " 14 sailors.", head=WIRE)
    assert get_words(item) == "Jets struck the port of Oldport"
